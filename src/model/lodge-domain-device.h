/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain-edit.h"
#include "lodge-libvirt.h"

G_BEGIN_DECLS

/* For a worker: does one change to a running domain and leaves its error in @change */
void lodge_domain_device_carry_out (virDomainPtr     domain,
                                    LodgeLiveChange *change);

G_END_DECLS
