/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-field.h"

G_BEGIN_DECLS

typedef struct _LodgeSchema LodgeSchema;

/**
 * LodgeSchema:
 * @id: unique among all
 * @path: to its element: from the document's root, for a list from the element that it is part of; "" is that itself
 * @title: N_(), header capitals: of its page
 * @fields: its settings in the order of the page
 * @n_fields: of @fields
 * @blank: (nullable): the smallest element that libvirt would take, for a new one; %NULL: it is always there,
 *   or made by setting a field
 * @lists: (nullable): things of which the element can have several, ends with %NULL
 * @section: (nullable): of libvirt's page about the format, for help
 * @many: there can be several
 *
 * A page of settings, a device kind: a table.
 */
struct _LodgeSchema
{
  const char                *id;
  const char                *path;
  const char                *title;
  const LodgeField          *fields;
  gsize                      n_fields;
  const char                *blank;
  const LodgeSchema * const *lists;
  const char                *section;
  gboolean                   many;
};

/* All of a machine, in the order of a page list; ends with NULL */
const LodgeSchema * const *lodge_schema_get_all      (void);
const LodgeSchema         *lodge_schema_find         (const char         *id);
const LodgeSchema         *lodge_schema_find_for     (LodgeXmlDocument   *document,
                                                      LodgeXmlNode        node);
const LodgeField          *lodge_schema_find_field   (const LodgeSchema  *self,
                                                      const char         *id);

gboolean                   lodge_schema_check_needs  (const LodgeSchema  *self,
                                                      const LodgeField   *field,
                                                      LodgeXmlDocument   *document,
                                                      LodgeXmlNode        node,
                                                      char              **reason);
LodgeXmlNode               lodge_schema_find_node    (const LodgeSchema  *self,
                                                      LodgeXmlDocument   *document,
                                                      LodgeXmlNode        owner,
                                                      guint               position);
LodgeXmlNode               lodge_schema_add          (const LodgeSchema  *self,
                                                      LodgeXmlDocument   *document,
                                                      LodgeXmlNode        owner,
                                                      GError            **error);
gboolean                   lodge_schema_remove       (const LodgeSchema  *self,
                                                      LodgeXmlDocument   *document,
                                                      LodgeXmlNode        node,
                                                      GError            **error);
GPtrArray                 *lodge_schema_get_stale    (const LodgeSchema  *self,
                                                      LodgeXmlDocument   *document,
                                                      LodgeXmlNode        node);

G_END_DECLS
