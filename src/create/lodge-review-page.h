/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "create/lodge-create-draft.h"

G_BEGIN_DECLS

#define LODGE_TYPE_REVIEW_PAGE (lodge_review_page_get_type ())
G_DECLARE_FINAL_TYPE (LodgeReviewPage, lodge_review_page, LODGE, REVIEW_PAGE, AdwNavigationPage)

/* Step 4: the name, and all that was chosen in words. Signals: "edit" (const char *tag of the step to go back to);
 * "create": the person wants it; "show-xml" (const char *xml); "customize": the person wants every device page. */
void            lodge_review_page_set_draft  (LodgeReviewPage    *self,
                                              LodgeCreateDraft   *draft);
void            lodge_review_page_enter      (LodgeReviewPage    *self);
/* As if Create were pressed, as soon as everything is decided */
void            lodge_review_page_create     (LodgeReviewPage    *self);
/* (transfer full) (nullable): what is made: the plan, or what the person has made of it; NULL until all is decided */
char           *lodge_review_page_dup_xml    (LodgeReviewPage    *self);
/* Takes what the person has made of the plan, from a page that shows all of it */
void            lodge_review_page_customize  (LodgeReviewPage    *self,
                                              const char         *xml,
                                              GPtrArray          *volumes);
gboolean        lodge_review_page_get_start  (LodgeReviewPage    *self);
/* What went wrong, on the line that it concerns; NULL takes it away */
void            lodge_review_page_show_error (LodgeReviewPage    *self,
                                              LodgeCreationStep   step,
                                              const GError       *error);

G_END_DECLS
