/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_FIELDS (lodge_connection_fields_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionFields, lodge_connection_fields, LODGE, CONNECTION_FIELDS, AdwPreferencesPage)

/* The questions whose answers make the URI of a connection; which of them there are depends on the first two. Signal
 * "changed": another answer. */
char *lodge_connection_fields_dup_uri      (LodgeConnectionFields  *self,
                                            GError                **error);
void  lodge_connection_fields_set_uri      (LodgeConnectionFields  *self,
                                            const char             *uri);
char *lodge_connection_fields_dup_name     (LodgeConnectionFields  *self);
void  lodge_connection_fields_set_wrong    (LodgeConnectionFields  *self,
                                            gboolean                wrong);
void  lodge_connection_fields_set_key_host (LodgeConnectionFields  *self,
                                            LodgeConnection        *connection);

G_END_DECLS
