/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* At the edge of the model: libvirt as a driver has it that lacks some calls. In the program that has this file, those calls
 * fail with VIR_ERR_NO_SUPPORT, without a word to the host; all others go on to libvirt. */

/* @calls: names of libvirt's functions, NULL-terminated; each must be one that this file knows */
void  driver_stub_set_lacking  (const char * const *calls);
/* How often one that is lacking was called since */
guint driver_stub_get_n_refused (const char        *call);

G_END_DECLS
