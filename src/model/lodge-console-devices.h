/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-console-info.h"
#include "xml/lodge-xml-document.h"

G_BEGIN_DECLS

/* Pure: what of @devices (the element) a console of @kind can make use of */
LodgeConsoleDevices lodge_console_devices_read (LodgeXmlDocument *document,
                                                LodgeXmlNode      devices,
                                                LodgeConsoleKind  kind);

/* Pure: adds to the definition @document what @fix stands for. FALSE and @error: nothing was changed */
gboolean            lodge_console_fix_apply    (LodgeConsoleFix    fix,
                                                LodgeXmlDocument  *document,
                                                GError           **error);

G_END_DECLS
