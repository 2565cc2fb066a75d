/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_DOMAIN_EDIT_NONE            = 0,
  LODGE_DOMAIN_EDIT_NO_VALIDATION   = 1 << 0,   /* after the host's schema refused it and a person said so */
  LODGE_DOMAIN_EDIT_OVERWRITE       = 1 << 1,   /* whatever another program has made of it meanwhile */
} LodgeDomainEditFlags;

/* What is done to a running machine besides its definition */
typedef enum
{
  LODGE_LIVE_ATTACH,        /* text: the element of a device */
  LODGE_LIVE_UPDATE,        /* text: the whole live element with what is to be changed */
  LODGE_LIVE_DETACH,        /* text: the whole live element; waits until the guest has let it go */
  LODGE_LIVE_MEMORY,        /* text: KiB, the balloon's size */
  LODGE_LIVE_VCPUS,         /* text: a number of processors */
  LODGE_LIVE_TITLE,         /* text: the title; empty removes it */
  LODGE_LIVE_DESCRIPTION,   /* text: the description; empty removes it */
  LODGE_LIVE_IO_LIMITS,     /* text: the <iotune> element, empty: no limits; target: the disk's */
} LodgeLiveKind;

typedef struct
{
  LodgeLiveKind  kind;
  char          *label;     /* for a person: what it is about */
  char          *text;
  char          *target;    /* nullable */
  GError        *error;     /* set afterwards when it could not be done */
} LodgeLiveChange;

LodgeLiveChange *lodge_live_change_new  (LodgeLiveKind    kind,
                                         const char      *label,
                                         const char      *text,
                                         const char      *target);
void             lodge_live_change_free (LodgeLiveChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeLiveChange, lodge_live_change_free)

/* What a machine is after a change, or was found to be */
typedef struct
{
  char      *inactive;   /* nullable: the definition of the next start */
  char      *live;       /* nullable: it is off */
  GPtrArray *changes;    /* of LodgeLiveChange, nullable: those asked for, each with its error */
} LodgeDomainDefinition;

void             lodge_domain_definition_free (LodgeDomainDefinition *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeDomainDefinition, lodge_domain_definition_free)

void             lodge_domain_read_definition_async  (LodgeDomain          *self,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
LodgeDomainDefinition *
                 lodge_domain_read_definition_finish (LodgeDomain          *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

void             lodge_domain_redefine_async         (LodgeDomain          *self,
                                                      const char           *base,
                                                      const char           *xml,
                                                      GPtrArray            *changes,
                                                      LodgeDomainEditFlags  flags,
                                                      GCancellable         *cancellable,
                                                      GAsyncReadyCallback   callback,
                                                      gpointer              user_data);
LodgeDomainDefinition *
                 lodge_domain_redefine_finish        (LodgeDomain          *self,
                                                      GAsyncResult         *result,
                                                      GError              **error);

/* Whether the host's own schema refused it: “save without validation” may help on an older host */
gboolean         lodge_domain_error_is_schema        (const GError         *error);

G_END_DECLS
