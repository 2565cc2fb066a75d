/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* For those who implement a screen (a protocol, or a fake one in a test). */

#include "lodge-screen.h"

G_BEGIN_DECLS

/* A larger picture is refused: 8192×8192 or 16384×4096 pixels, 256 MiB */
#define LODGE_SCREEN_MAX_SIDE 16384
#define LODGE_SCREEN_MAX_PIXELS (1 << 26)
#define LODGE_SCREEN_MAX_CURSOR 512

/**
 * LodgeScreenClass:
 * @open: start connecting; the state is CONNECTING already
 * @close: let go of the server, without a signal; called for CLOSED, LOST and disposal
 * @supply_credentials: an answer to lodge_screen_ask_credentials(); the state is CONNECTING again
 * @key: a key by its evdev code; @keyval is its GDK key value, 0 when unknown
 * @move_to: absolute pointer, inside the picture
 * @move_by: relative pointer
 * @button: a button has changed, @buttons (bits by LodgeScreenButton) is the state after that
 * @wheel: whole clicks, positive is right and down
 * @set_locks: make the guest's lights like @locks
 * @request_size: ask the guest for another size
 * @request_heads: (nullable): ask the guest for another number of monitors
 * @copy_files: (nullable): hand @files to the guest, as a guest that takes files; ends @task, which it takes
 * @update_sharing: (nullable): sound, or the shared folder, is another one now
 * @get_usb: (nullable): the USB devices, while CONNECTED
 * @request_update: the last picture has been drawn
 * @offer_clipboard: tell the guest what can be pasted there, 0: nothing; only after lodge_screen_set_has_clipboard()
 * @request_clipboard: ask the guest; answered by lodge_screen_take_clipboard()
 * @send_clipboard: answer lodge_screen_ask_clipboard(); %NULL bytes: there is nothing
 *
 * Everything runs on the main thread, and input comes only while CONNECTED.
 */
struct _LodgeScreenClass
{
  GObjectClass parent_class;

  void (*open)               (LodgeScreen *self);
  void (*close)              (LodgeScreen *self);
  void (*supply_credentials) (LodgeScreen *self, const char *username, const char *password);
  void (*key)                (LodgeScreen *self, guint code, guint keyval, gboolean down);
  void (*move_to)            (LodgeScreen *self, int x, int y, guint buttons);
  void (*move_by)            (LodgeScreen *self, int dx, int dy, guint buttons);
  void (*button)             (LodgeScreen *self, LodgeScreenButton button, gboolean down, guint buttons);
  void (*wheel)              (LodgeScreen *self, int dx, int dy, guint buttons);
  void (*set_locks)          (LodgeScreen *self, guint locks);
  void (*request_size)       (LodgeScreen *self, int width, int height);
  void (*request_heads)      (LodgeScreen *self, guint n_heads);
  void (*copy_files)         (LodgeScreen *self, GFile **files, GFileProgressCallback progress, gpointer progress_data,
                              GTask *task);
  void (*update_sharing)     (LodgeScreen *self);
  struct _LodgeUsbList *(*get_usb) (LodgeScreen *self);
  void (*request_update)     (LodgeScreen *self);
  void (*offer_clipboard)    (LodgeScreen *self, guint formats);
  void (*request_clipboard)  (LodgeScreen *self, LodgeClipboardFormats format);
  void (*send_clipboard)     (LodgeScreen *self, LodgeClipboardFormats format, GBytes *bytes);
};

/* Whether a picture of this size may be shown; sets @error */
gboolean lodge_screen_check_size          (gint64       width,
                                           gint64       height,
                                           GError     **error);

/* The picture: pixels that the backend owns, 32 bits each, B G R x in memory (native xRGB).
 * @data must stay until the next of these calls; all of them copy nothing but what they say. */
void     lodge_screen_set_picture         (LodgeScreen *self,
                                           guchar      *data,
                                           int          width,
                                           int          height,
                                           int          stride);
/* Copies the picture, so that the backend may free its memory */
void     lodge_screen_keep_picture        (LodgeScreen *self);
void     lodge_screen_clear_picture       (LodgeScreen *self);
/* Clips to the picture; what lies outside is ignored */
void     lodge_screen_add_damage          (LodgeScreen *self,
                                           int          x,
                                           int          y,
                                           int          width,
                                           int          height);

void     lodge_screen_set_connected       (LodgeScreen *self);
/* @error says why when it is not the first question (wrong password) */
void     lodge_screen_ask_credentials     (LodgeScreen *self,
                                           gboolean     wants_username,
                                           GError      *error);
/* Takes @error, keeps the picture, closes the backend and becomes LOST */
void     lodge_screen_lose                (LodgeScreen *self,
                                           GError      *error);

/* Straight RGBA, tightly packed */
void     lodge_screen_set_cursor          (LodgeScreen  *self,
                                           const guchar *rgba,
                                           int           width,
                                           int           height,
                                           int           hotspot_x,
                                           int           hotspot_y);
void     lodge_screen_clear_cursor        (LodgeScreen *self);
void     lodge_screen_set_cursor_position (LodgeScreen *self,
                                           int          x,
                                           int          y);
void     lodge_screen_set_absolute_pointer (LodgeScreen *self,
                                           gboolean     absolute);
void     lodge_screen_set_led_state       (LodgeScreen *self,
                                           guint        led_state);
void     lodge_screen_set_can_resize      (LodgeScreen *self,
                                           gboolean     can_resize);
void     lodge_screen_add_head            (LodgeScreen *self,
                                           guint        position,
                                           LodgeScreen *head);
void     lodge_screen_remove_head         (LodgeScreen *self,
                                           LodgeScreen *head);
void     lodge_screen_set_resize_needs    (LodgeScreen *self,
                                           const char  *needs);
void     lodge_screen_set_has_agent       (LodgeScreen *self,
                                           gboolean     has_agent);
void     lodge_screen_set_takes_files     (LodgeScreen *self,
                                           gboolean     takes_files);
void     lodge_screen_set_has_clipboard   (LodgeScreen *self,
                                           gboolean     has_clipboard);
void     lodge_screen_take_clipboard_offer (LodgeScreen *self,
                                           guint        formats);
void     lodge_screen_take_clipboard      (LodgeScreen          *self,
                                           LodgeClipboardFormats format,
                                           gconstpointer         data,
                                           gsize                 size);
void     lodge_screen_ask_clipboard       (LodgeScreen          *self,
                                           LodgeClipboardFormats format);
void     lodge_screen_drop_clipboard      (LodgeScreen *self);
void     lodge_screen_ring                (LodgeScreen *self);
gboolean lodge_screen_get_enable_audio    (LodgeScreen *self);
gboolean lodge_screen_get_remote          (LodgeScreen *self);

/* Address and way to the server, as every backend has them */
typedef struct
{
  LodgeScreenAddress    address;
  LodgeScreenOpenFdFunc open_fd;
  gpointer              user_data;
  GDestroyNotify        destroy;
} LodgeScreenTarget;

void     lodge_screen_target_init         (LodgeScreenTarget        *target,
                                           const LodgeScreenAddress *address,
                                           LodgeScreenOpenFdFunc     open_fd,
                                           gpointer                  user_data,
                                           GDestroyNotify            destroy);
void     lodge_screen_target_clear        (LodgeScreenTarget *target);

G_END_DECLS
