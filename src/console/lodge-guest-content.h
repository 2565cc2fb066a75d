/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "lodge-screen.h"

G_BEGIN_DECLS

#define LODGE_TYPE_GUEST_CONTENT (lodge_guest_content_get_type ())
G_DECLARE_FINAL_TYPE (LodgeGuestContent, lodge_guest_content, LODGE, GUEST_CONTENT, GdkContentProvider)

/* What a guest has in its clipboard, fetched when somebody pastes */
GdkContentProvider *lodge_guest_content_new (LodgeScreen *screen,
                                             guint        formats);

G_END_DECLS
