/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xml/lodge-schema.h"
#include "xml/lodge-xml-document.h"

G_BEGIN_DECLS

/* What differs between two definitions of a machine, in the words of the tables: the edits that are not applied, or
 * what waits for the next start */

typedef enum
{
  LODGE_EDIT_FIELD,     /* a field of a page or device */
  LODGE_EDIT_ADDED,     /* a device */
  LODGE_EDIT_REMOVED,
  LODGE_EDIT_XML,       /* something that no table knows */
} LodgeEditKind;

typedef struct
{
  LodgeEditKind      kind;
  char              *id;          /* of the page: “memory”, “disk|vda” */
  char              *title;       /* of the page */
  const LodgeSchema *schema;      /* nullable */
  const LodgeField  *field;       /* of LODGE_EDIT_FIELD */
  char              *old_value;   /* nullable: absent */
  char              *new_value;   /* nullable: absent */
} LodgeEdit;

/* (transfer full) (element-type LodgeEdit). With @live, @from is what runs and @to what is defined: what only a running
 * machine has is no difference then. */
GPtrArray *lodge_edit_list_new   (LodgeXmlDocument *from,
                                  LodgeXmlDocument *to,
                                  gboolean          live);
/* Whether a running machine has its own value of it, which says nothing about the definition */
gboolean   lodge_edit_is_runtime (const LodgeSchema *schema,
                                  const LodgeField  *field);
/* Whether a device of the kind can come and go while the machine runs; @schema is nullable */
gboolean   lodge_edit_can_hot_plug (const LodgeSchema *schema);
/* Whether libvirt can do it to a running machine */
gboolean   lodge_edit_is_live    (const LodgeEdit  *edit);
/* (transfer full): “Cache Mode”, “Disk 1” */
char      *lodge_edit_dup_label  (const LodgeEdit  *edit);
/* (transfer full): “8 GiB → 12 GiB”, “added” */
char      *lodge_edit_dup_change (const LodgeEdit  *edit);

G_END_DECLS
