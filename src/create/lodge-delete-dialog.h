/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"
#include "model/lodge-job.h"

G_BEGIN_DECLS

/* Asks which volumes go with the machines (a model of LodgeDomain), then deletes them as jobs */
AdwDialog *lodge_delete_dialog_present (GtkWidget    *parent,
                                        GListModel   *domains,
                                        LodgeJobList *jobs);

G_END_DECLS
