/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"

G_BEGIN_DECLS

/* What is on a guest's first screen, as the host encodes it (PNG or PPM). On the details lane; a few at a time is enough.
 * Cancelling gives the result up. */
void    lodge_domain_take_screenshot_async  (LodgeDomain          *self,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
GBytes *lodge_domain_take_screenshot_finish (LodgeDomain          *self,
                                             GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
