/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-capabilities.h"
#include "model/lodge-machine-facts.h"

G_BEGIN_DECLS

/* Looks a machine over: what would keep it from starting, what is dangerous, and what is needlessly slow. The rules are
 * the table in lodge-check-rules.c. */

typedef enum
{
  LODGE_SEVERITY_ERROR,     /* it cannot start */
  LODGE_SEVERITY_WARNING,   /* it can, and somebody may be sorry */
  LODGE_SEVERITY_HINT,      /* it could be faster, or do more */
} LodgeSeverity;

/**
 * LodgeCheckFacts:
 * @host: (nullable): what the host can
 * @domain: (nullable): what it can for a machine of this kind
 * @machine: (nullable): what is known of the things that the machine needs
 *
 * What the rules know besides the definition. Of what is %NULL they say nothing.
 */
typedef struct
{
  LodgeCapabilities       *host;
  LodgeDomainCapabilities *domain;
  LodgeMachineFacts       *machine;
} LodgeCheckFacts;

void             lodge_check_facts_free        (LodgeCheckFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeCheckFacts, lodge_check_facts_free)

void             lodge_check_facts_read_async  (LodgeConnection      *connection,
                                                const char           *xml,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
LodgeCheckFacts *lodge_check_facts_read_finish (LodgeConnection      *connection,
                                                GAsyncResult         *result,
                                                GError              **error);

/**
 * LodgeFinding:
 * @rule: its id in the table
 * @severity: how bad it is
 * @title: translated
 * @reason: translated: what it is about, and why it matters
 * @fix: (nullable): translated, with a mnemonic: what the button that mends it says; %NULL: only a person can
 * @repair: what is to be done on the host; %LODGE_REPAIR_NONE: the definition is edited
 * @object: (nullable): what it is about: a path, a network …; as it stands in the definition, to be shown as text
 * @page: (nullable): the id of the schema of the page where it is; %NULL: it is a device, see @node
 * @field: (nullable): the row on that page
 * @node: the element in the document that was looked at, until that is edited
 * @position: of the element among its like
 *
 * One thing that was found.
 */
typedef struct
{
  const char      *rule;
  LodgeSeverity    severity;
  const char      *title;
  char            *reason;
  const char      *fix;
  LodgeRepairKind  repair;
  char            *object;
  const char      *page;
  const char      *field;
  LodgeXmlNode     node;
  guint            position;
} LodgeFinding;

LodgeFinding *lodge_finding_copy (const LodgeFinding *self);
void          lodge_finding_free (LodgeFinding       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeFinding, lodge_finding_free)

GPtrArray    *lodge_check_up     (LodgeXmlDocument       *document,
                                  const LodgeCheckFacts  *facts);
gboolean      lodge_finding_mend (const LodgeFinding     *self,
                                  LodgeXmlDocument       *document,
                                  const LodgeCheckFacts  *facts,
                                  GError                **error);

G_END_DECLS
