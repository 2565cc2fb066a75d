/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "create/lodge-create-draft.h"

G_BEGIN_DECLS

#define LODGE_TYPE_RESOURCES_PAGE (lodge_resources_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeResourcesPage, lodge_resources_page, LODGE, RESOURCES_PAGE, AdwNavigationPage)

/* Step 3: memory, processors, storage, network and firmware, within what the host has. Signal "next". */
void lodge_resources_page_set_draft (LodgeResourcesPage *self,
                                     LodgeCreateDraft   *draft);
void lodge_resources_page_enter     (LodgeResourcesPage *self);

G_END_DECLS
