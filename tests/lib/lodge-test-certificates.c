/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-certificates.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "lodge-test-folder.h"

struct _LodgeTestCertificates
{
  LodgeTestFolder *folder;
  guint            number;   /* of folders in it */
};

static const char authority_template[] = "cn = Lodge's tests\nca\ncert_signing_key\nexpiration_days = 2\n";

static const char * const server_templates[] = {
  [LODGE_TEST_CERTIFICATE_GOOD] =
    "cn = localhost\ndns_name = localhost\nip_address = 127.0.0.1\ntls_www_server\nexpiration_days = 2\n",
  [LODGE_TEST_CERTIFICATE_EXPIRED] =
    "cn = localhost\ndns_name = localhost\nip_address = 127.0.0.1\ntls_www_server\n"
    "activation_date = \"2020-01-01 00:00:00 UTC\"\nexpiration_date = \"2020-02-01 00:00:00 UTC\"\n",
  [LODGE_TEST_CERTIFICATE_OTHER_HOST] =
    "cn = elsewhere.example\ndns_name = elsewhere.example\ntls_www_server\nexpiration_days = 2\n",
};

static const char client_template[] = "cn = alice\ntls_www_client\nexpiration_days = 2\n";

static void
run (const char * const *argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *said = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said,
                &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, NULL))
    g_error ("certtool: %s", said);
}

/* A key and a certificate; @authority: the folder of the one that signs it, NULL: it signs itself */
static void
make (const char *folder,
      const char *certificate_name,
      const char *key_name,
      const char *text,
      const char *authority)
{
  g_autofree char *key = g_build_filename (folder, key_name, NULL);
  g_autofree char *certificate = g_build_filename (folder, certificate_name, NULL);
  g_autofree char *template = g_build_filename (folder, "template", NULL);
  g_autofree char *ca = authority != NULL ? g_build_filename (authority, "ca.pem", NULL) : NULL;
  g_autofree char *ca_key = authority != NULL ? g_build_filename (authority, "ca-key.pem", NULL) : NULL;
  const char * const make_key[] = { "certtool", "--generate-privkey", "--key-type", "ecdsa", "--outfile", key, NULL };
  const char * const sign_self[] = { "certtool", "--generate-self-signed", "--load-privkey", key, "--template",
                                     template, "--outfile", certificate, NULL };
  const char * const sign[] = { "certtool", "--generate-certificate", "--load-privkey", key, "--load-ca-certificate",
                                ca, "--load-ca-privkey", ca_key, "--template", template, "--outfile", certificate,
                                NULL };
  g_autoptr(GError) error = NULL;

  g_file_set_contents (template, text, -1, &error);
  g_assert_no_error (error);
  run (make_key);
  run (authority != NULL ? sign : sign_self);
}

LodgeTestCertificates *
lodge_test_certificates_new (void)
{
  LodgeTestCertificates *self = g_new0 (LodgeTestCertificates, 1);

  self->folder = lodge_test_folder_new ();
  make (lodge_test_folder_get_path (self->folder), "ca.pem", "ca-key.pem", authority_template, NULL);
  return self;
}

void
lodge_test_certificates_free (LodgeTestCertificates *self)
{
  lodge_test_folder_free (self->folder);
  g_free (self);
}

static char *
make_folder (LodgeTestCertificates *self)
{
  g_autofree char *name = g_strdup_printf ("%u", self->number++);
  char *path = lodge_test_folder_build (self->folder, name);

  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  return path;
}

static void
copy_authority (LodgeTestCertificates *self,
                const char            *folder,
                const char            *name)
{
  g_autofree char *path = lodge_test_folder_build (self->folder, "ca.pem");
  g_autofree char *text = NULL;
  g_autofree char *copy = g_build_filename (folder, name, NULL);
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (copy, text, length, NULL));
}

char *
lodge_test_certificates_make_server (LodgeTestCertificates    *self,
                                     LodgeTestCertificateFlaw  flaw)
{
  char *folder = make_folder (self);

  copy_authority (self, folder, "ca.pem");
  make (folder, "server-cert.pem", "server-key.pem", server_templates[flaw], lodge_test_folder_get_path (self->folder));
  return folder;
}

char *
lodge_test_certificates_make_client (LodgeTestCertificates *self,
                                     gboolean               authority,
                                     gboolean               client)
{
  char *folder = make_folder (self);

  if (authority)
    copy_authority (self, folder, "cacert.pem");
  if (client)
    make (folder, "clientcert.pem", "clientkey.pem", client_template, lodge_test_folder_get_path (self->folder));
  return folder;
}
