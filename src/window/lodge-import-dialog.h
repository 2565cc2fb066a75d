/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-connection-list.h"

G_BEGIN_DECLS

#define LODGE_TYPE_IMPORT_DIALOG (lodge_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LodgeImportDialog, lodge_import_dialog, LODGE, IMPORT_DIALOG, AdwDialog)

/* Takes over connections that virt-manager remembers; all are ticked. Those that virt-manager opens at its start are
 * opened at once. */
AdwDialog *lodge_import_dialog_new (LodgeConnectionList *connections);

G_END_DECLS
