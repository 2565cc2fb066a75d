/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-job.h"

G_BEGIN_DECLS

#define LODGE_TYPE_TAGS_DIALOG (lodge_tags_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeTagsDialog, lodge_tags_dialog, LODGE, TAGS_DIALOG, AdwDialog)

/* Edit Tags for some machines, an array of LodgeDomain: tags that all of them have, some, or none; what is not touched
 * stays as it is on each. Also their folder. For several it is a job of @jobs (nullable); what fails is reported on
 * @parent. */
void lodge_tags_dialog_present (GtkWidget    *parent,
                                GPtrArray    *domains,
                                LodgeJobList *jobs);

G_END_DECLS
