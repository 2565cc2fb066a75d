/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* What a person typed into the search, taken apart:
 *
 *   web prod            both words, anywhere in name, title, UUID, addresses, tags, system or connection
 *   state:running       one field; the value may be the beginning of a word
 *   host:alpha tag:web  also os:, ip:, folder:, name:, title:, uuid:
 *   -tag:old            not this
 *   tag:"web"           the whole tag, not the beginning of one; folder:"a/b": this one and those below it
 *   "two words"         spaces and colons kept
 *
 * Immutable. */
typedef struct _LodgeMachineQuery LodgeMachineQuery;

LodgeMachineQuery *lodge_machine_query_parse    (const char               *text,
                                                 GError                  **error);
void               lodge_machine_query_free     (LodgeMachineQuery        *self);
gboolean           lodge_machine_query_is_empty (const LodgeMachineQuery  *self);
gboolean           lodge_machine_query_wants_details (const LodgeMachineQuery *self);
const char        *lodge_machine_query_get_state (guint                    index,
                                                  const char             **label);
gboolean           lodge_machine_query_matches  (const LodgeMachineQuery  *self,
                                                 LodgeDomain              *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeMachineQuery, lodge_machine_query_free)

/* The states that the filter row and “state:” know */
gboolean           lodge_domain_is_running      (LodgeDomain              *domain);
/* Crashed, unreachable, or its last operation failed */
gboolean           lodge_domain_has_issue       (LodgeDomain              *domain);

G_END_DECLS
