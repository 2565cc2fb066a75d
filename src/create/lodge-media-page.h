/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "create/lodge-create-draft.h"

G_BEGIN_DECLS

#define LODGE_TYPE_MEDIA_PAGE (lodge_media_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMediaPage, lodge_media_page, LODGE, MEDIA_PAGE, AdwNavigationPage)

/* The rest of step 1: which disc, disk or folder. What was given is looked at before going on. Signal "next". */
void lodge_media_page_set_draft (LodgeMediaPage   *self,
                                 LodgeCreateDraft *draft,
                                 LodgeOsDatabase  *database);
/* Before it is shown: for the source that the draft has */
void lodge_media_page_enter     (LodgeMediaPage   *self);

G_END_DECLS
