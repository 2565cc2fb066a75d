/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A data type of XML Schema with its facets, as libvirt's grammars use them */
typedef struct _LodgeDatatype LodgeDatatype;

LodgeDatatype *lodge_datatype_new           (const char           *type,
                                             const char           *define);
void           lodge_datatype_free          (LodgeDatatype        *self);
gboolean       lodge_datatype_add_facet     (LodgeDatatype        *self,
                                             const char           *name,
                                             const char           *value);
void           lodge_datatype_add_exception (LodgeDatatype        *self,
                                             const char           *value);
gboolean       lodge_datatype_check         (const LodgeDatatype  *self,
                                             const char           *value);
/* For people: “a MAC address”, “a number from 1 to 65535” */
char          *lodge_datatype_describe      (const LodgeDatatype  *self);
/* For the generator of test documents; the pattern may be NULL */
const char    *lodge_datatype_get_pattern   (const LodgeDatatype  *self);
const char    *lodge_datatype_get_type      (const LodgeDatatype  *self);
gint64         lodge_datatype_get_minimum   (const LodgeDatatype  *self);

G_END_DECLS
