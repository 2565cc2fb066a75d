/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-model-types.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_MACHINE_STATE_ALL,
  LODGE_MACHINE_STATE_RUNNING,
  LODGE_MACHINE_STATE_OFF,
  LODGE_MACHINE_STATE_ISSUES,
} LodgeMachineStateFilter;

/* “all”, “running”, “off”, “issues”: in settings and for toggles; another name is “all” */
LodgeMachineStateFilter  lodge_machine_state_filter_from_name (const char              *name);
const char              *lodge_machine_state_filter_to_name   (LodgeMachineStateFilter  state);

#define LODGE_TYPE_MACHINE_FILTER (lodge_machine_filter_get_type ())
G_DECLARE_FINAL_TYPE (LodgeMachineFilter, lodge_machine_filter, LODGE, MACHINE_FILTER, GtkFilter)

/* Which machines a list shows: those of a connection, in some states, that fit a search. Each setter changes the filter
 * at most once. A search that does not parse leaves the last one in force. */
LodgeMachineFilter *lodge_machine_filter_new            (void);
void                lodge_machine_filter_set_connection (LodgeMachineFilter       *self,
                                                         LodgeConnection          *connection);
void                lodge_machine_filter_set_state      (LodgeMachineFilter       *self,
                                                         LodgeMachineStateFilter   state);
gboolean            lodge_machine_filter_set_text       (LodgeMachineFilter       *self,
                                                         const char               *text,
                                                         GError                  **error);
/* Something about the machines has changed that the filter looks at */
void                lodge_machine_filter_refresh        (LodgeMachineFilter       *self);
/* The search needs the details of all machines */
gboolean            lodge_machine_filter_wants_details  (LodgeMachineFilter       *self);
/* Besides the connection there is a state or a search */
gboolean            lodge_machine_filter_is_narrowing   (LodgeMachineFilter       *self);

G_END_DECLS
