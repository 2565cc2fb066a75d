/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of LodgeSpiceScreen: session, pictures, input. */

#include <spice-client.h>

#include "lodge-screen-backend.h"
#include "util/lodge-error.h"

G_BEGIN_DECLS

struct _LodgeSpiceScreen
{
  LodgeScreen          parent_instance;

  LodgeScreenTarget    target;

  /* owned */
  GCancellable        *cancellable;      /* of everything under way for this session */
  SpiceSession        *session;
  SpiceMainChannel    *main;
  SpiceDisplayChannel *display;
  SpiceInputsChannel  *inputs;
  SpiceCursorChannel  *cursor;
  guchar              *converted;        /* 32-bit copy of a 16-bit primary */

  /* the primary surface, owned by the display channel */
  guchar              *primary;
  int                  format;
  int                  primary_width;
  int                  primary_height;
  int                  stride;
  gboolean             marked;           /* the guest wants it to be seen */
  GdkRectangle         head;             /* our part of it */

  gboolean             cursor_hidden;

  guint                keep_id;
  guint                retry_id;
  guint                no_display_id;
};

#define LODGE_TYPE_SPICE_SCREEN (lodge_spice_screen_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSpiceScreen, lodge_spice_screen, LODGE, SPICE_SCREEN, LodgeScreen)

/* lodge-spice-screen.c */
void lodge_spice_screen_lose          (LodgeSpiceScreen *self,
                                       LodgeErrorCode    code,
                                       const char       *message);

/* lodge-spice-picture.c */
void lodge_spice_screen_watch_display (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_watch_cursor  (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_drop_picture  (LodgeSpiceScreen *self);

/* lodge-spice-input.c */
void lodge_spice_screen_watch_main    (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_watch_inputs  (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
/* lodge-spice-clipboard.c */
void lodge_spice_screen_watch_clipboard (LodgeSpiceScreen *self,
                                       SpiceChannel     *channel);
void lodge_spice_screen_install_clipboard (LodgeScreenClass *klass);

void lodge_spice_screen_install_input (LodgeScreenClass *klass);

G_END_DECLS
