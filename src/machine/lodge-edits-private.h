/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-edits.h"

G_BEGIN_DECLS

struct _LodgeEdits
{
  GObject           parent_instance;

  LodgeDomain      *domain;       /* owned, nullable: a machine that is not defined yet */
  LodgeXmlDocument *base;         /* owned, nullable: of the host */
  LodgeXmlDocument *document;     /* owned, nullable: with the edits */
  LodgeXmlDocument *live;         /* owned, nullable: it is off */
  char             *theirs;       /* nullable */
  GError           *error;        /* nullable */
  GCancellable     *reading;      /* owned, nullable */
  LodgeEditsState   state;
  gboolean          transient;
  gboolean          has_edits;    /* as last told */
};

/* lodge-edits.c */
void     lodge_edits_set_state       (LodgeEdits                   *self,
                                      LodgeEditsState               state);
/* Replaces what is at @place; a text that cannot be read leaves it */
gboolean lodge_edits_set_document    (LodgeXmlDocument            **place,
                                      const char                   *text,
                                      GError                      **error);
gboolean lodge_edits_take_definition (LodgeEdits                   *self,
                                      const LodgeDomainDefinition  *definition,
                                      GError                      **error);

G_END_DECLS
