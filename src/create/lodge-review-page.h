/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "create/lodge-create-draft.h"

G_BEGIN_DECLS

#define LODGE_TYPE_REVIEW_PAGE (lodge_review_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeReviewPage, lodge_review_page, LODGE, REVIEW_PAGE, AdwNavigationPage)

/* Step 4: the name, and all that was chosen in words. Signals: "edit" (const char *tag of the step to go back to);
 * "create": the person wants it; "show-xml" (const char *xml). */
void            lodge_review_page_set_draft  (LodgeReviewPage    *self,
                                              LodgeCreateDraft   *draft);
void            lodge_review_page_enter      (LodgeReviewPage    *self);
/* NULL until everything is decided */
LodgeGuestPlan *lodge_review_page_get_plan   (LodgeReviewPage    *self);
gboolean        lodge_review_page_get_start  (LodgeReviewPage    *self);
/* What went wrong, on the line that it concerns; NULL takes it away */
void            lodge_review_page_show_error (LodgeReviewPage    *self,
                                              LodgeCreationStep   step,
                                              const GError       *error);

G_END_DECLS
