/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whether the files are there that libvirt's TLS wants: the certificate of the authority, this computer's certificate
 * and its key. @folder NULL or "": libvirt's own places. Ends with a sentence for the person; %TRUE in @complete when
 * nothing is missing. Only that they can be read is looked at: what is in them is for the host to judge. */
void   lodge_tls_certificates_check_async  (const char           *folder,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
char  *lodge_tls_certificates_check_finish (GAsyncResult         *result,
                                            gboolean             *complete,
                                            GError              **error);

G_END_DECLS
