/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xml/lodge-schema.h"

G_BEGIN_DECLS

gboolean lodge_field_edit (const LodgeSchema  *schema,
                           const LodgeField   *field,
                           LodgeXmlDocument   *document,
                           LodgeXmlNode        node,
                           const char         *value,
                           GError            **error);

G_END_DECLS
