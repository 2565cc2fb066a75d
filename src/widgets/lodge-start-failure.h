/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

/* A machine did not start: looks it over, and where the check-up knows what is wrong says that, and offers to mend it and
 * to start it again, in the error's place. Otherwise it is lodge_error_present(). */
void lodge_start_failure_present (GtkWidget            *parent,
                                  LodgeDomain          *domain,
                                  LodgeDomainOperation  operation,
                                  const char           *heading,
                                  const GError         *error);

G_END_DECLS
