/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xml/lodge-schema.h"

/* What the tests of tables share: all tables with their lists, and values for any field */

typedef struct
{
  const LodgeSchema *schema;
  const LodgeSchema *owner;  /* of a list */
  char              *path;   /* from the root, as the grammar knows it: “devices/disk/source/host” */
} TableVisit;

GPtrArray *schema_test_visit_all (void);
GPtrArray *schema_test_samples   (const LodgeField  *field);
gboolean   schema_test_prepare   (const LodgeSchema *schema,
                                  const LodgeField  *field,
                                  LodgeXmlDocument  *document,
                                  LodgeXmlNode       node);
