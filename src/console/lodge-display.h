/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-screen.h"

G_BEGIN_DECLS

/**
 * LodgeDisplayScaling:
 * @LODGE_DISPLAY_FIT: the whole screen in the widget, aspect kept
 * @LODGE_DISPLAY_ORIGINAL: one guest pixel is one device pixel (times [property@Display:zoom]); scrolls when larger
 */
typedef enum
{
  LODGE_DISPLAY_FIT,
  LODGE_DISPLAY_ORIGINAL,
} LodgeDisplayScaling;

#define LODGE_TYPE_DISPLAY_SCALING (lodge_display_scaling_get_type ())
GType lodge_display_scaling_get_type (void);

/* Keys of a release combination */
#define LODGE_DISPLAY_MAX_RELEASE 4

#define LODGE_TYPE_DISPLAY (lodge_display_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDisplay, lodge_display, LODGE, DISPLAY, GtkWidget)

/* Properties: screen, scaling, zoom (0.1–8), grabbed and attended (read-only: the focus is here, in an
 * active window), machine-name (for the accessible label), and those of GtkScrollable: put it into a GtkScrolledWindow for ORIGINAL.
 * Signals:
 *   "grab-hint": the release combination should be shown (grab began, or a host key was pressed in vain);
 *   "pointer-loose": the guest's pointer is relative and this desktop cannot hold ours: it stops at the edges;
 *   "released": the person pressed the release combination: the display has let go of keyboard and focus,
 *     now give the focus to the header. */

GtkWidget   *lodge_display_new            (void);
LodgeScreen *lodge_display_get_screen     (LodgeDisplay        *self);
void         lodge_display_set_screen     (LodgeDisplay        *self,
                                           LodgeScreen         *screen);
LodgeDisplayScaling
             lodge_display_get_scaling    (LodgeDisplay        *self);
void         lodge_display_set_scaling    (LodgeDisplay        *self,
                                           LodgeDisplayScaling  scaling);
double       lodge_display_get_zoom       (LodgeDisplay        *self);
void         lodge_display_set_zoom       (LodgeDisplay        *self,
                                           double               zoom);
/* Device pixels a guest pixel as shown now, also in FIT: where “Zoom In” should start */
double       lodge_display_get_shown_zoom (LodgeDisplay        *self);
/* What the widget could show one to one, to ask the guest for */
void         lodge_display_get_device_size (LodgeDisplay       *self,
                                           int                 *width,
                                           int                 *height);
/* The guest follows the widget's size (a property, too); why it does not, for a line of text, is "resize-obstacle" */
gboolean     lodge_display_get_resize_guest (LodgeDisplay      *self);
void         lodge_display_set_resize_guest (LodgeDisplay      *self,
                                           gboolean             resize_guest);
const char  *lodge_display_get_resize_obstacle (LodgeDisplay   *self);
const char  *lodge_display_get_machine_name (LodgeDisplay      *self);
void         lodge_display_set_machine_name (LodgeDisplay      *self,
                                           const char          *machine_name);
/* “left Ctrl + left Alt”, for the hint */
const char  *lodge_display_get_release_keys (LodgeDisplay      *self);
/* One to four evdev codes, left Ctrl and left Alt when not set */
void         lodge_display_set_release_keys (LodgeDisplay      *self,
                                           const guint         *codes,
                                           gsize                n_codes);
void         lodge_display_set_release_modifiers (LodgeDisplay *self,
                                           const char          *modifiers);
/* Accelerators that the guest never gets (“F11”, “<Super>Page_Up”); F11 when not set */
void         lodge_display_set_host_keys  (LodgeDisplay        *self,
                                           const char * const  *accelerators);
gboolean     lodge_display_get_grabbed    (LodgeDisplay        *self);
gboolean     lodge_display_get_pointer_held (LodgeDisplay      *self);
void         lodge_display_grab           (LodgeDisplay        *self);
void         lodge_display_release        (LodgeDisplay        *self);
/* Presses @codes (evdev key codes) in order, then releases them in reverse */
void         lodge_display_send_keys      (LodgeDisplay        *self,
                                           const guint         *codes,
                                           gsize                n_codes);
/* Types ASCII text as key presses of a US layout (console login, “type clipboard”) */
void         lodge_display_type_text      (LodgeDisplay        *self,
                                           const char          *text);

G_END_DECLS
