/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"
#include "model/lodge-job.h"
#include "plan/lodge-os-database.h"
#include "widgets/lodge-definition-editor.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CREATE_DIALOG (lodge_create_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCreateDialog, lodge_create_dialog, LODGE, CREATE_DIALOG, AdwDialog)

/* Makes a machine in four steps. Signal "created" (LodgeDomain*). @connection: (nullable): where it is proposed;
 * @create_editor: makes the page in which all that is planned can be changed */
LodgeCreateDialog *lodge_create_dialog_new (LodgeConnectionList *connections,
                                            LodgeConnection     *connection,
                                            LodgeJobList        *jobs,
                                            LodgeOsDatabase     *database,
                                            GSettings           *settings,
                                            LodgeDefinitionEditorFunc create_editor);

G_END_DECLS
