/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-connection.h"
#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* The steps of nearly every test of the model. All of them turn the main loop while they wait. */

/* (transfer full): a connection that is open, with its domains in the list */
LodgeConnection *lodge_test_open            (const char           *uri);
/* Opens, joins an opening, or finds it open; the test fails on an error */
void             lodge_test_open_connection (LodgeConnection      *connection);
/* What is asked after the rows are there has been answered: no call is under way, and none waits */
void             lodge_test_wait_idle       (LodgeConnection      *connection);
/* (transfer full): why it does not open; the test fails when it does */
GError          *lodge_test_open_fails      (LodgeConnection      *connection);
/* Closes and drops the reference, and waits until its threads have ended */
void             lodge_test_close           (LodgeConnection      *connection);
/* (transfer none): a domain of that name, which is waited for */
LodgeDomain     *lodge_test_find_domain     (LodgeConnection      *connection,
                                             const char           *name);
/* Carries it out; the test fails on an error */
void             lodge_test_run             (LodgeDomain          *domain,
                                             LodgeDomainOperation  operation);
/* Waits for a state that nothing is pending in */
void             lodge_test_wait_state      (LodgeDomain          *domain,
                                             LodgeDomainState      state);
guint            lodge_test_count_domains   (LodgeConnection      *connection);
guint            lodge_test_count_threads   (void);
guint            lodge_test_count_files     (void);

/* Each error must say what to do, and keep libvirt's words */
void             lodge_test_assert_helpful  (const GError         *error);

G_END_DECLS
