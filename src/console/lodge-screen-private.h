/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of LodgeScreen only: its state, what a backend tells, what the person does. */

#include "lodge-screen-backend.h"

G_BEGIN_DECLS

typedef struct
{
  char             *title;
  char             *folder;               /* nullable: of this computer, for the guest */
  char             *resize_needs;         /* what a guest that does not follow a new size lacks */
  GError           *error;
  cairo_surface_t  *surface;
  GdkTexture       *cursor;
  GListStore       *heads;                /* owned: the guest's further monitors */
  LodgeScreenState  state;
  int               width;
  int               height;
  int               hotspot_x;
  int               hotspot_y;
  int               cursor_x;
  int               cursor_y;
  guint             led_state;
  guint             buttons;
  guint             patience;             /* milliseconds */
  guint             patience_id;
  GTask            *clipboard_task;       /* owned: who waits for the guest's clipboard */
  LodgeClipboardFormats clipboard_wanted;
  guint             clipboard_timeout_id;
  guint             clipboard_offer;      /* what the guest has */
  guint             has_clipboard : 1;
  guint             has_agent : 1;
  guint             takes_files : 1;
  guint             folder_read_only : 1;
  guint             smartcard : 1;
  guint             own_pixels : 1;       /* the surface holds its pixels itself */
  guint             has_cursor_position : 1;
  guint             absolute_pointer : 1;
  guint             can_resize : 1;
  guint             wants_username : 1;
  guint             enable_audio : 1;
  guint             remote : 1;
} LodgeScreenPrivate;

enum
{
  LODGE_SCREEN_PROP_0,
  LODGE_SCREEN_PROP_STATE,
  LODGE_SCREEN_PROP_WIDTH,
  LODGE_SCREEN_PROP_HEIGHT,
  LODGE_SCREEN_PROP_TITLE,
  LODGE_SCREEN_PROP_ABSOLUTE_POINTER,
  LODGE_SCREEN_PROP_LED_STATE,
  LODGE_SCREEN_PROP_CAN_RESIZE,
  LODGE_SCREEN_PROP_HAS_CLIPBOARD,
  LODGE_SCREEN_PROP_HAS_AGENT,
  LODGE_SCREEN_PROP_TAKES_FILES,
  LODGE_SCREEN_PROP_ENABLE_AUDIO,
  LODGE_SCREEN_PROP_REMOTE,
  LODGE_SCREEN_N_PROPS
};

typedef enum
{
  LODGE_SCREEN_SIGNAL_DAMAGE,
  LODGE_SCREEN_SIGNAL_RESIZED,
  LODGE_SCREEN_SIGNAL_PICTURE_CHANGED,
  LODGE_SCREEN_SIGNAL_CURSOR_CHANGED,
  LODGE_SCREEN_SIGNAL_BELL,
  LODGE_SCREEN_SIGNAL_CLIPBOARD_OFFERED,
  LODGE_SCREEN_SIGNAL_CLIPBOARD_REQUESTED,
  LODGE_SCREEN_N_SIGNALS
} LodgeScreenSignal;

extern GParamSpec *lodge_screen_properties[LODGE_SCREEN_N_PROPS];
extern guint lodge_screen_signals[LODGE_SCREEN_N_SIGNALS];

LodgeScreenPrivate *lodge_screen_get_private  (LodgeScreen      *self);
void                lodge_screen_set_state    (LodgeScreen      *self,
                                               LodgeScreenState  state);
void                lodge_screen_drop_surface (LodgeScreen      *self);

/* lodge-screen-heads.c */
void                lodge_screen_drop_heads   (LodgeScreen      *self);

G_END_DECLS
