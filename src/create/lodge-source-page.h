/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "create/lodge-create-draft.h"
#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_SOURCE_PAGE (lodge_source_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeSourcePage, lodge_source_page, LODGE, SOURCE_PAGE, AdwNavigationPage)

/* Step 1: where, and from what. Choosing a row goes on. Signals: "next"; "connection-changed": the draft is for
 * another host now. */
void lodge_source_page_set_draft (LodgeSourcePage     *self,
                                  LodgeCreateDraft    *draft,
                                  LodgeConnectionList *connections,
                                  LodgeConnection     *chosen);

G_END_DECLS
