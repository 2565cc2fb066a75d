/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LodgeScreenState:
 * @LODGE_SCREEN_CLOSED: not opened yet, or closed by us
 * @LODGE_SCREEN_CONNECTING: waiting for the server
 * @LODGE_SCREEN_NEEDS_CREDENTIALS: the server asks, see [method@Screen.supply_credentials]
 * @LODGE_SCREEN_CONNECTED: pictures arrive
 * @LODGE_SCREEN_LOST: the server closed, lied or broke off; [method@Screen.get_error] says why
 */
typedef enum
{
  LODGE_SCREEN_CLOSED,
  LODGE_SCREEN_CONNECTING,
  LODGE_SCREEN_NEEDS_CREDENTIALS,
  LODGE_SCREEN_CONNECTED,
  LODGE_SCREEN_LOST,
} LodgeScreenState;

#define LODGE_TYPE_SCREEN_STATE (lodge_screen_state_get_type ())
GType lodge_screen_state_get_type (void);

/**
 * LodgeScreenAddress:
 * @host: (nullable): a host name or address of the server
 * @port: TCP port, 0 for none
 * @tls_port: TCP port with TLS (SPICE), 0 for none
 * @unix_path: (nullable): a local socket instead
 * @password: (nullable): tried before anyone is asked
 * @username: (nullable): the same
 * @ca: (nullable): PEM certificates to trust instead of the system's
 * @host_subject: (nullable): the subject that the certificate of the server must have, instead of the host's name (SPICE)
 * @tls_ciphers: (nullable): in OpenSSL's words (SPICE)
 * @proxy: (nullable): URI of an HTTP proxy (SPICE)
 * @secure_channels: (nullable): channels that must be encrypted (SPICE)
 * @disabled_effects: (nullable): what the guest's desktop does without: “wallpaper”, “font-smooth”, “animation”, “all”
 *   (SPICE)
 *
 * Where a screen's server listens, as read from the guest's XML or from a connection file.
 */
typedef struct
{
  char *host;
  guint port;
  guint tls_port;
  char *unix_path;
  char *password;
  char *username;
  GBytes *ca;
  char *host_subject;
  char *tls_ciphers;
  char *proxy;
  char **secure_channels;
  char **disabled_effects;
} LodgeScreenAddress;

/**
 * LodgeScreenOpenFdFunc:
 * @cancellable: (nullable): aborts the wait
 * @callback: called with a GTask result whose value is read by
 *   g_task_propagate_int(): an open descriptor that the screen then owns, or -1 and an error
 * @callback_data: for @callback
 * @user_data: as given with the function
 *
 * Gets a fresh connected descriptor for one channel of the server
 * (virDomainOpenGraphicsFD, an SSH forward …). SPICE asks once a channel, VNC once.
 */
typedef void (*LodgeScreenOpenFdFunc) (GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             callback_data,
                                       gpointer             user_data);

/**
 * LodgeScreenLocks:
 * @LODGE_SCREEN_LOCK_SCROLL: Scroll Lock
 * @LODGE_SCREEN_LOCK_NUM: Num Lock
 * @LODGE_SCREEN_LOCK_CAPS: Caps Lock
 *
 * The lights of a keyboard, as both protocols number them.
 */
typedef enum
{
  LODGE_SCREEN_LOCK_SCROLL = 1 << 0,
  LODGE_SCREEN_LOCK_NUM = 1 << 1,
  LODGE_SCREEN_LOCK_CAPS = 1 << 2,
} LodgeScreenLocks;

typedef enum
{
  LODGE_SCREEN_BUTTON_LEFT,
  LODGE_SCREEN_BUTTON_MIDDLE,
  LODGE_SCREEN_BUTTON_RIGHT,
  LODGE_SCREEN_BUTTON_BACK,
  LODGE_SCREEN_BUTTON_FORWARD,
} LodgeScreenButton;

/**
 * LodgeClipboardFormats:
 * @LODGE_CLIPBOARD_TEXT: UTF-8 text
 * @LODGE_CLIPBOARD_PNG: a PNG picture
 *
 * What a clipboard may hold that a guest and this computer both understand.
 */
typedef enum
{
  LODGE_CLIPBOARD_TEXT = 1 << 0,
  LODGE_CLIPBOARD_PNG = 1 << 1,
} LodgeClipboardFormats;

#define LODGE_TYPE_SCREEN (lodge_screen_get_type ())
G_DECLARE_DERIVABLE_TYPE (LodgeScreen, lodge_screen, LODGE, SCREEN, GObject)

/* Properties: state (LodgeScreenState), width, height (guest pixels, 0: none), title (e.g. “Display 1”),
 * absolute-pointer (gboolean), led-state (guint, LodgeScreenLocks), can-resize (gboolean),
 * has-clipboard (gboolean: the guest shares one), has-agent, takes-files (gboolean), enable-audio (gboolean),
 * remote (gboolean, before opening: bytes are dearer than work).
 * Signals: "damage" (x, y, w, h), "resized", "picture-changed" (other memory, maybe the same size),
 * "cursor-changed", "bell", "clipboard-offered" (formats; 0: nothing any more), "clipboard-requested" (format).
 * The last picture stays when the screen is lost or closed, until the next one arrives.
 * How a backend is written: lodge-screen-backend.h. */

void             lodge_screen_open               (LodgeScreen *self);
void             lodge_screen_close              (LodgeScreen *self);
void             lodge_screen_set_patience       (LodgeScreen *self,
                                                  guint        patience_ms);
LodgeScreenState lodge_screen_get_state          (LodgeScreen *self);
const GError    *lodge_screen_get_error          (LodgeScreen *self);
int              lodge_screen_get_width          (LodgeScreen *self);
int              lodge_screen_get_height         (LodgeScreen *self);
gboolean         lodge_screen_wants_username     (LodgeScreen *self);
void             lodge_screen_supply_credentials (LodgeScreen *self,
                                                  const char  *username,
                                                  const char  *password);
/* A copy of the picture as it is now, NULL without one */
GdkTexture      *lodge_screen_dup_texture        (LodgeScreen *self);
const char      *lodge_screen_get_title          (LodgeScreen *self);
void             lodge_screen_set_title          (LodgeScreen *self,
                                                  const char  *title);

/* The living picture (RGB24), NULL: none. Never flush it or mark it dirty. It is finished, with the
 * memory below it, when "picture-changed" comes: hold no reference beyond that. */
cairo_surface_t *lodge_screen_get_surface        (LodgeScreen *self);
/* NULL: the guest shows none, or draws its own */
GdkTexture      *lodge_screen_get_cursor         (LodgeScreen *self,
                                                  int         *hotspot_x,
                                                  int         *hotspot_y);
/* Where the guest has put its cursor: known only while the pointer is relative */
gboolean         lodge_screen_get_cursor_position (LodgeScreen *self,
                                                  int         *x,
                                                  int         *y);
gboolean         lodge_screen_get_absolute_pointer (LodgeScreen *self);
guint            lodge_screen_get_led_state      (LodgeScreen *self);
gboolean         lodge_screen_get_can_resize     (LodgeScreen *self);
gboolean         lodge_screen_get_has_agent      (LodgeScreen *self);
const char      *lodge_screen_get_resize_needs   (LodgeScreen *self);

/* What the person does. All are ignored while the screen is not connected. */
void             lodge_screen_key                (LodgeScreen *self,
                                                  guint        code,
                                                  guint        keyval,
                                                  gboolean     down);
void             lodge_screen_move_to            (LodgeScreen *self,
                                                  int          x,
                                                  int          y);
void             lodge_screen_move_by            (LodgeScreen *self,
                                                  int          dx,
                                                  int          dy);
void             lodge_screen_button             (LodgeScreen      *self,
                                                  LodgeScreenButton button,
                                                  gboolean          down);
void             lodge_screen_wheel              (LodgeScreen *self,
                                                  int          dx,
                                                  int          dy);
void             lodge_screen_set_locks          (LodgeScreen *self,
                                                  guint        locks);
void             lodge_screen_request_size       (LodgeScreen *self,
                                                  int          width,
                                                  int          height);
/* The guest's further monitors, each a screen that lives with this one's connection: see lodge-screen-heads.c */
#define LODGE_SCREEN_MAX_HEADS 16
GListModel      *lodge_screen_get_heads          (LodgeScreen *self);
gboolean         lodge_screen_get_can_request_heads (LodgeScreen *self);
void             lodge_screen_request_heads      (LodgeScreen *self,
                                                  guint        n_heads);
/* To be called once a frame by who shows the picture: a server that is not asked sends nothing */
void             lodge_screen_request_update     (LodgeScreen *self);

/* The guest's clipboard; LodgeClipboard joins it with this computer's. Sizes are bounded: text 16 MiB, PNG 64 MiB. */
gboolean         lodge_screen_get_has_clipboard  (LodgeScreen *self);
guint            lodge_screen_get_clipboard_offer (LodgeScreen *self);
void             lodge_screen_offer_clipboard    (LodgeScreen *self,
                                                  guint        formats);
gboolean         lodge_screen_send_clipboard     (LodgeScreen           *self,
                                                  LodgeClipboardFormats  format,
                                                  GBytes                *bytes);
void             lodge_screen_request_clipboard_async (LodgeScreen     *self,
                                                  LodgeClipboardFormats format,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GBytes          *lodge_screen_request_clipboard_finish (LodgeScreen    *self,
                                                  GAsyncResult         *result,
                                                  GError              **error);
gsize            lodge_clipboard_format_get_limit (LodgeClipboardFormats format);

/* Backends. Give an address, or an @open_fd function, which wins. */
LodgeScreen     *lodge_spice_screen_new          (const LodgeScreenAddress *address,
                                                  LodgeScreenOpenFdFunc     open_fd,
                                                  gpointer                  user_data,
                                                  GDestroyNotify            destroy);
LodgeScreen     *lodge_spice_screen_new_companion (const LodgeScreenAddress *address,
                                                  LodgeScreenOpenFdFunc     open_fd,
                                                  gpointer                  user_data,
                                                  GDestroyNotify            destroy);
LodgeScreen     *lodge_vnc_screen_new            (const LodgeScreenAddress *address,
                                                  LodgeScreenOpenFdFunc     open_fd,
                                                  gpointer                  user_data,
                                                  GDestroyNotify            destroy);
/* QEMU on this computer only: the descriptor is of a peer-to-peer D-Bus connection */
LodgeScreen     *lodge_dbus_screen_new           (LodgeScreenOpenFdFunc     open_fd,
                                                  gpointer                  user_data,
                                                  GDestroyNotify            destroy);

G_END_DECLS
