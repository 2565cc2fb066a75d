/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-guest-facts.h"
#include "lodge-libvirt.h"

G_BEGIN_DECLS

/* Of virDomainGetGuestInfo(): whatever the guest has put into it */
LodgeGuestFacts *lodge_guest_facts_new_from_parameters (virTypedParameterPtr parameters,
                                                        int                  n);

G_END_DECLS
