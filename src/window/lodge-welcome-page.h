/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_WELCOME_PAGE (lodge_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeWelcomePage, lodge_welcome_page, LODGE, WELCOME_PAGE, AdwBin)

/* What a person sees who has no connections: what this computer has is offered. Activates “win.use-connection” with a
 * URI, “win.add-connection”. */
GtkWidget *lodge_welcome_page_new (void);

G_END_DECLS
