/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-check-up.h"

G_BEGIN_DECLS

/* What a rule looks at */
typedef struct
{
  LodgeXmlDocument      *document;
  LodgeXmlNode           root;
  LodgeXmlNode           node;    /* a device, or the machine */
  const LodgeCheckFacts *facts;
} LodgeCheck;

/**
 * LodgeCheckRule:
 * @id: unique
 * @element: (nullable): looked at for each device of this name; %NULL: once for the machine
 * @find: whether there is something to say; @object: (out) (transfer full) (nullable): what it is about
 * @mend: (nullable): edits the definition so that it is right; the caller makes it one step of undo
 *
 * A row of the table. The rest is as in #LodgeFinding; texts are marked with N_().
 */
typedef struct
{
  const char       *id;
  LodgeSeverity     severity;
  const char       *element;
  const char       *page;
  const char       *field;
  const char       *title;
  const char       *reason;
  const char       *fix;
  LodgeRepairKind   repair;
  gboolean        (*find) (const LodgeCheck *check, char **object);
  gboolean        (*mend) (const LodgeCheck *check, GError **error);
} LodgeCheckRule;

extern const LodgeCheckRule lodge_check_rules[];
extern const gsize lodge_n_check_rules;

G_END_DECLS
