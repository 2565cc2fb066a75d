/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lodge-screen.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CLIPBOARD (lodge_clipboard_get_type ())
G_DECLARE_FINAL_TYPE (LodgeClipboard, lodge_clipboard, LODGE, CLIPBOARD, GObject)

/* One clipboard for this computer and a guest. Bytes move only when somebody pastes, and only while the guest has the
 * person's attention: see lodge_clipboard_set_active().
 * Properties: screen (LodgeScreen), to-guest, from-guest (gboolean, both TRUE at first),
 * active.
 * Signal: "refused" (const char*): something was too large, or not to be read; for a toast. */

LodgeClipboard *lodge_clipboard_new           (GdkClipboard   *clipboard);
void            lodge_clipboard_set_screen    (LodgeClipboard *self,
                                               LodgeScreen    *screen);
void            lodge_clipboard_set_to_guest  (LodgeClipboard *self,
                                               gboolean        to_guest);
gboolean        lodge_clipboard_get_to_guest  (LodgeClipboard *self);
void            lodge_clipboard_set_from_guest (LodgeClipboard *self,
                                               gboolean        from_guest);
gboolean        lodge_clipboard_get_from_guest (LodgeClipboard *self);
void            lodge_clipboard_set_active    (LodgeClipboard *self,
                                               gboolean        active);

G_END_DECLS
