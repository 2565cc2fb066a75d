/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "create/lodge-create-draft.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SYSTEM_PAGE (lodge_system_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSystemPage, lodge_system_page, LODGE, SYSTEM_PAGE, AdwNavigationPage)

/* Step 2: the operating system, found on the disc or chosen from libosinfo's list. Signals: "next"; "change-media". */
void lodge_system_page_set_draft (LodgeSystemPage  *self,
                                  LodgeCreateDraft *draft,
                                  LodgeOsDatabase  *database);
void lodge_system_page_enter     (LodgeSystemPage  *self);

G_END_DECLS
