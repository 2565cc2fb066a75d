/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "soak-host.h"

G_BEGIN_DECLS

/* What the two persons of the soak do */

/* One to some dozen commands of the foreigner, which are waited for. FALSE: the host cannot be asked now. */
gboolean soak_act_foreign     (SoakHost *host,
                               GRand    *rand);
/* A call of the model, which is not waited for. FALSE: there is none for the machine that was chosen, or enough are
 * under way. */
gboolean soak_act_own         (SoakHost *host,
                               GRand    *rand);
/* Calls of the model that have not ended, of all hosts */
guint    soak_get_n_pending   (void);
/* A table: each call, how often it ended well, and with which errors it did not */
void     soak_print_acts      (void);

G_END_DECLS
