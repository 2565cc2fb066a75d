/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-model-types.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONNECTION_TEST_ROW (lodge_connection_test_row_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConnectionTestRow, lodge_connection_test_row, LODGE, CONNECTION_TEST_ROW, AdwActionRow)

/* Tries whether a host answers, and says what it found or what is wrong. A connection that passed stays open while its
 * URI stays, as a key can be set up through it. Signal "changed": another connection, or another state of it. */
void             lodge_connection_test_row_set_uri        (LodgeConnectionTestRow *self,
                                                           const char             *uri);
/* The test is given up, and what passed is closed */
void             lodge_connection_test_row_stop           (LodgeConnectionTestRow *self);
LodgeConnection *lodge_connection_test_row_get_connection (LodgeConnectionTestRow *self);

G_END_DECLS
