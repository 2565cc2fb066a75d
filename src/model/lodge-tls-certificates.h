/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-uri.h"

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

/* libvirt only says that it does not trust a host: looks at its certificate ourselves, and says what to do. On a thread that
 * may wait, for at most some seconds. (nullable): nothing is known */
char *lodge_tls_certificates_explain     (const LodgeUri       *uri,
                                          GCancellable         *cancellable);

G_END_DECLS
