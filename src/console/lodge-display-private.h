/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-display-render.h"
#include "lodge-display.h"
#include "lodge-key-state.h"
#include "lodge-pointer-lock.h"
#include "lodge-wheel.h"

G_BEGIN_DECLS

struct _LodgeDisplay
{
  GtkWidget             parent_instance;

  /* owned */
  LodgeScreen          *screen;
  GSignalGroup         *screen_signals;
  LodgeDisplayRender   *render;
  char                 *machine_name;
  GtkAdjustment        *adjustments[2];     /* horizontal, vertical; NULL outside a scroller */

  double                zoom;
  LodgeDisplayScaling   scaling;
  GtkScrollablePolicy   policies[2];
  int                   render_mode;        /* LodgeDisplayRenderMode, -1: by the renderer */

  /* input, see lodge-display-input.c; owned */
  LodgeKeyState        *keys;
  GSignalGroup         *root_signals;
  GSignalGroup         *surface_signals;
  GtkEventController   *key_controller;     /* borrowed: the window owns it */
  GArray               *typing;             /* guint steps that are still to be sent */
  char                 *release_label;
  GPtrArray            *host_keys;          /* HostKey, in lodge-display-keys.c */
  guint                 held_back;          /* evdev code of a Super key that may begin a host key, 0: none */
  guint                 held_back_keyval;
  guint                 typing_position;
  guint                 typing_id;
  gboolean              typing_shift;

  /* the guest's size, see lodge-display-resize.c */
  char                 *resize_obstacle;
  guint                 resize_id;
  guint                 resize_answer_id;
  int                   asked_width;
  int                   asked_height;
  gboolean              resize_guest;

  /* see lodge-display-lock.c */
  LodgePointerLock     *lock;               /* owned, nullable */
  gboolean              lock_refused;       /* asked for since the grab began, in vain */

  LodgeWheel            wheels[2];
  gint64                hint_time;
  double                pointer_x;          /* last known, in the widget */
  double                pointer_y;
  double                rest_x;             /* relative motion below one step */
  double                rest_y;
  int                   guest_x;            /* last sent */
  int                   guest_y;
  gboolean              pointer_inside;     /* the widget */
  gboolean              over_picture;
  gboolean              wants_grab;
  gboolean              inhibiting;
  gboolean              grabbed;
  gboolean              attended;           /* the focus is here, in an active window */
  gboolean              locks_pending;      /* to be compared before the next key */
};

#define LODGE_DISPLAY_MIN_ZOOM 0.1
#define LODGE_DISPLAY_MAX_ZOOM 8.0

/* lodge-display-layout.c */
double   lodge_display_get_scale             (LodgeDisplay  *self);
void     lodge_display_update_accessible     (LodgeDisplay  *self);
gboolean lodge_display_get_geometry          (LodgeDisplay  *self,
                                              LodgeGeometry *geometry);
double   lodge_display_get_content_size      (LodgeDisplay  *self,
                                              GtkOrientation orientation);
void     lodge_display_configure_adjustment  (LodgeDisplay  *self,
                                              GtkOrientation orientation,
                                              int            size);
void     lodge_display_set_adjustment        (LodgeDisplay  *self,
                                              GtkOrientation orientation,
                                              GtkAdjustment *adjustment);
void     lodge_display_set_policy            (LodgeDisplay  *self,
                                              GtkOrientation orientation,
                                              GtkScrollablePolicy policy,
                                              GParamSpec    *pspec);

/* lodge-display.c */
void     lodge_display_set_grabbed           (LodgeDisplay  *self,
                                              gboolean       grabbed);
void     lodge_display_set_attended          (LodgeDisplay  *self,
                                              gboolean       attended);
void     lodge_display_show_hint             (LodgeDisplay  *self);
void     lodge_display_emit_released         (LodgeDisplay  *self);
void     lodge_display_emit_pointer_loose    (LodgeDisplay  *self);

/* lodge-display-resize.c */
void     lodge_display_resize_later          (LodgeDisplay  *self);
void     lodge_display_resize_answered       (LodgeDisplay  *self);
void     lodge_display_resize_forget         (LodgeDisplay  *self);

/* lodge-display-lock.c */
void     lodge_display_lock_update           (LodgeDisplay  *self,
                                              gboolean       wanted);

/* lodge-display-x11.c */
void     lodge_display_keep_shared_memory    (GdkSurface    *surface);

/* lodge-display-keys.c */
void     lodge_display_keys_init             (LodgeDisplay  *self);
void     lodge_display_keys_map              (LodgeDisplay  *self);
void     lodge_display_keys_unmap            (LodgeDisplay  *self);
void     lodge_display_keys_dispose          (LodgeDisplay  *self);
void     lodge_display_keys_stop_typing      (LodgeDisplay  *self);

/* lodge-display-input.c */
gboolean lodge_display_is_connected          (LodgeDisplay  *self);
gboolean lodge_display_has_focus             (LodgeDisplay  *self);
void     lodge_display_input_init            (LodgeDisplay  *self);
void     lodge_display_input_map             (LodgeDisplay  *self);
void     lodge_display_input_unmap           (LodgeDisplay  *self);
void     lodge_display_input_dispose         (LodgeDisplay  *self);
void     lodge_display_input_reset           (LodgeDisplay  *self);
void     lodge_display_input_update_cursor   (LodgeDisplay  *self);
void     lodge_display_input_update_grab     (LodgeDisplay  *self);

G_END_DECLS
