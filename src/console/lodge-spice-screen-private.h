/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of LodgeSpiceScreen: session, pictures, input. */

#include <spice-client.h>

#include "lodge-screen-backend.h"
#include "lodge-usb-list.h"
#include "util/lodge-error.h"

G_BEGIN_DECLS

typedef struct _LodgeSpiceScreen LodgeSpiceScreen;

/* What of all that the guest shows one head is */
typedef struct
{
  guint        display_id;   /* for input and sizes */
  GdkRectangle area;         /* of the primary surface; empty: nothing is shown */
} LodgeSpicePart;

/* A display channel: one surface in memory, and the heads that show parts of it */
typedef struct
{
  LodgeSpiceScreen    *screen;           /* borrowed: whose it is */
  guint                id;
  SpiceDisplayChannel *channel;          /* owned */
  SpiceCursorChannel  *cursor;           /* owned, nullable */
  GPtrArray           *heads;            /* LodgeScreen, borrowed: the screen itself or heads in its list */

  /* the primary surface, owned by the channel */
  guchar              *primary;
  guchar              *converted;        /* owned: 32-bit copy of a 16-bit primary */
  int                  format;
  int                  width;
  int                  height;
  int                  stride;
  gboolean             marked;           /* the guest wants it to be seen */
  gboolean             cursor_hidden;
  guint                keep_id;
} LodgeSpiceSurface;

struct _LodgeSpiceScreen
{
  LodgeScreen          parent_instance;

  LodgeScreenTarget    target;
  LodgeSpicePart       part;
  gboolean             companion;        /* picture and input come another way */

  /* owned */
  GCancellable        *cancellable;      /* of everything under way for this session */
  SpiceSession        *session;
  SpiceMainChannel    *main;
  SpiceInputsChannel  *inputs;
  SpiceChannel        *webdav;           /* nullable: for the shared folder */
  LodgeUsbList        *usb;              /* nullable: nobody has asked */
  GPtrArray           *surfaces;         /* LodgeSpiceSurface, by their channels' numbers; the first may be missing */

  guint                retry_id;
  guint                no_display_id;
};

#define LODGE_TYPE_SPICE_SCREEN (lodge_spice_screen_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSpiceScreen, lodge_spice_screen, LODGE, SPICE_SCREEN, LodgeScreen)

struct _LodgeSpiceHead
{
  LodgeScreen       parent_instance;

  LodgeSpiceScreen *owner;   /* borrowed, NULL after the end */
  LodgeSpicePart    part;
};

#define LODGE_TYPE_SPICE_HEAD (lodge_spice_head_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSpiceHead, lodge_spice_head, LODGE, SPICE_HEAD, LodgeScreen)

/* lodge-spice-screen.c */
void lodge_spice_screen_lose          (LodgeSpiceScreen *self,
                                       LodgeErrorCode    code,
                                       const char       *message);

/* lodge-spice-options.c */
void lodge_spice_screen_set_options   (LodgeSpiceScreen *self);

/* lodge-spice-picture.c */
gboolean
     lodge_spice_screen_add_surface     (LodgeSpiceScreen   *self,
                                         SpiceChannel       *channel);
LodgeSpiceSurface *
     lodge_spice_screen_find_surface    (LodgeSpiceScreen   *self,
                                         guint               id);
void lodge_spice_screen_remove_surface  (LodgeSpiceScreen   *self,
                                         LodgeSpiceSurface  *surface);

/* lodge-spice-cursor.c */
void lodge_spice_surface_set_cursor     (LodgeSpiceSurface  *surface,
                                         SpiceCursorChannel *cursor);
void lodge_spice_surface_update_cursor  (LodgeSpiceSurface  *surface);

/* lodge-spice-head.c */
LodgeScreen *
     lodge_spice_head_new               (LodgeSpiceScreen   *owner);
LodgeSpiceScreen *
     lodge_spice_screen_of              (LodgeScreen        *screen,
                                         LodgeSpicePart    **part);
void lodge_spice_screen_for_each        (LodgeSpiceScreen   *self,
                                         void              (*func) (LodgeSpiceScreen *self, LodgeScreen *screen));

/* lodge-spice-input.c */
void lodge_spice_screen_watch_main    (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_watch_inputs  (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_tell_agent    (LodgeSpiceScreen *self,
                                       LodgeScreen      *screen);
/* lodge-spice-clipboard.c */
void lodge_spice_screen_watch_clipboard (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_install_clipboard (LodgeScreenClass *klass);

/* lodge-spice-sharing.c */
void lodge_spice_screen_prepare_sharing (LodgeSpiceScreen *self);
void lodge_spice_screen_watch_files     (LodgeSpiceScreen *self);
gboolean
     lodge_spice_screen_take_channel    (LodgeSpiceScreen *self,
                                         SpiceChannel     *channel);
void lodge_spice_screen_drop_sharing    (LodgeSpiceScreen *self);
void lodge_spice_screen_install_sharing (LodgeScreenClass *klass);

void lodge_spice_screen_install_input (LodgeScreenClass *klass);
void lodge_spice_screen_install_heads (LodgeScreenClass *klass);

G_END_DECLS
