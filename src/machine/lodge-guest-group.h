/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "model/lodge-domain.h"

G_BEGIN_DECLS

#define LODGE_TYPE_GUEST_GROUP (lodge_guest_group_get_type ())
G_DECLARE_FINAL_TYPE (LodgeGuestGroup, lodge_guest_group, LODGE, GUEST_GROUP, AdwPreferencesGroup)

/* What the agent in a guest says, with its age; asked when it is shown, and again on demand */
void lodge_guest_group_set_domain (LodgeGuestGroup *self,
                                   LodgeDomain     *domain);
void lodge_guest_group_refresh    (LodgeGuestGroup *self);

G_END_DECLS
