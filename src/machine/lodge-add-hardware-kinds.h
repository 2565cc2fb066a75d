/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-host-device.h"
#include "xml/lodge-xml-document.h"

G_BEGIN_DECLS

/* What can be added to a machine, as a table: a new kind is one line */

typedef enum
{
  LODGE_ADD_KIND_PLAIN,       /* its settings are enough */
  LODGE_ADD_KIND_STORAGE,     /* a new image or an existing one */
  LODGE_ADD_KIND_MEDIUM,      /* an existing image, or none yet */
  LODGE_ADD_KIND_HOST_DEVICE, /* chosen from those of the host */
} LodgeAddSource;

typedef struct
{
  const char          *id;
  const char          *title;      /* N_() */
  const char          *icon_name;
  const char          *fragment;   /* nullable: made by the kind's function */
  const char          *unique;     /* nullable: a path below <domain>; when it is there, it cannot be added again */
  const char          *required;   /* nullable: paths that need a value, divided by blanks */
  const char          *missing;    /* N_(), nullable: what to do about it */
  const char          *needs;      /* nullable: "devices/tpm": what the host's domain capabilities must support */
  LodgeAddSource       source;
  LodgeHostDeviceKind  host_kind;
} LodgeAddKind;

const LodgeAddKind *lodge_add_kinds_get          (guint               *n);
const LodgeAddKind *lodge_add_kinds_find         (const char          *id);
/* (transfer full): the element to begin with, with defaults for what the machine is */
char               *lodge_add_kind_dup_fragment  (const LodgeAddKind  *self,
                                                  LodgeXmlDocument    *document);
/* Why it cannot be added, translated; NULL: it can. @capabilities is of the domain, nullable. */
const char         *lodge_add_kind_get_obstacle  (const LodgeAddKind  *self,
                                                  LodgeXmlDocument    *document,
                                                  LodgeXmlDocument    *capabilities);
/* What the device still lacks, translated; NULL: nothing */
const char         *lodge_add_kind_get_missing   (const LodgeAddKind  *self,
                                                  LodgeXmlDocument    *document,
                                                  LodgeXmlNode         device);
/* (transfer full): the first of “vda”, “vdb” … that is free on @bus */
char               *lodge_add_dup_free_target    (LodgeXmlDocument    *document,
                                                  const char          *bus);

G_END_DECLS
