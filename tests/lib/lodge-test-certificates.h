/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An authority of the test's own, and what it signs. certtool makes them; it takes some tenths of a second each. */
typedef struct _LodgeTestCertificates LodgeTestCertificates;

typedef enum
{
  LODGE_TEST_CERTIFICATE_GOOD,
  LODGE_TEST_CERTIFICATE_EXPIRED,
  LODGE_TEST_CERTIFICATE_OTHER_HOST,   /* of a server that has another name */
} LodgeTestCertificateFlaw;

LodgeTestCertificates *lodge_test_certificates_new         (void);
void                   lodge_test_certificates_free        (LodgeTestCertificates    *self);
/* (transfer full): a folder with ca.pem, server-cert.pem and server-key.pem, for localhost */
char                  *lodge_test_certificates_make_server (LodgeTestCertificates    *self,
                                                            LodgeTestCertificateFlaw  flaw);
/* (transfer full): a folder for libvirt's “pkipath=”: cacert.pem where @authority, clientcert.pem and clientkey.pem where
 * @client */
char                  *lodge_test_certificates_make_client (LodgeTestCertificates    *self,
                                                            gboolean                  authority,
                                                            gboolean                  client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeTestCertificates, lodge_test_certificates_free)

G_END_DECLS
