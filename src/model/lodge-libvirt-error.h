/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/lodge-error.h"

G_BEGIN_DECLS

/* libvirt's last error of this thread as a LODGE_ERROR, with its code, words and a hint. On the thread of the call. */
GError *lodge_error_new_from_libvirt (const char *uri);

G_END_DECLS
