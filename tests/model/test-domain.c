/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "util/lodge-error.h"

/* What a person asks of a machine, against libvirt's test driver in this process */

static const char host_with_machine[] =
  "<node><domain type='test'><name>test</name><memory>1024</memory><os><type>hvm</type></os>"
  "<test:runstate xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>1</test:runstate>"
  "</domain></node>";

static LodgeConnection *
open_machine (LodgeDomain **domain)
{
  g_autoptr(LodgeTestFolder) folder = lodge_test_folder_new ();
  g_autofree char *uri = lodge_test_write_node (folder, host_with_machine);
  LodgeConnection *connection = lodge_test_open (uri);

  *domain = lodge_connection_find_domain (connection, "test");
  g_assert_nonnull (*domain);
  return connection;
}

static void
test_operations (void)
{
  static const struct { LodgeDomainOperation operation; LodgeDomainState after; } steps[] = {
    { LODGE_DOMAIN_PAUSE, LODGE_DOMAIN_STATE_PAUSED },
    { LODGE_DOMAIN_RESUME, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_REBOOT, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_FORCE_RESET, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_SAVE, LODGE_DOMAIN_STATE_SAVED },
    { LODGE_DOMAIN_START, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_SAVE, LODGE_DOMAIN_STATE_SAVED },
    { LODGE_DOMAIN_DISCARD_SAVED, LODGE_DOMAIN_STATE_OFF },
    { LODGE_DOMAIN_START, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_SHUT_DOWN, LODGE_DOMAIN_STATE_OFF },
    { LODGE_DOMAIN_START, LODGE_DOMAIN_STATE_RUNNING },
    { LODGE_DOMAIN_FORCE_OFF, LODGE_DOMAIN_STATE_OFF },
  };
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_assert_true (lodge_domain_can (domain, steps[i].operation));
      lodge_test_run (domain, steps[i].operation);
      lodge_test_wait_state (domain, steps[i].after);
    }
}

static void
test_refused (void)
{
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (lodge_domain_can (domain, LODGE_DOMAIN_START));
  lodge_domain_run_async (domain, LODGE_DOMAIN_START, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_false (lodge_domain_run_finish (domain, result, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_STATE);
  g_assert_false (lodge_domain_can_rename (domain));
}

static void
test_rename (void)
{
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  lodge_test_run (domain, LODGE_DOMAIN_FORCE_OFF);
  lodge_test_wait_state (domain, LODGE_DOMAIN_STATE_OFF);
  g_assert_true (lodge_domain_can_rename (domain));
  lodge_domain_rename_async (domain, "renamed <b>&", NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_domain_rename_finish (domain, result, &error);
  g_assert_no_error (error);
  WAIT_FOR (g_strcmp0 (lodge_domain_get_name (domain), "renamed <b>&") == 0);
  g_assert_cmpuint (g_list_model_get_n_items (lodge_connection_get_domains (connection)), ==, 1);
}

static void
test_xml (void)
{
  LodgeDomain *domain;
  g_autoptr(LodgeConnection) connection = open_machine (&domain);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  lodge_domain_get_xml_async (domain, LODGE_DOMAIN_XML_INACTIVE, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  text = lodge_domain_get_xml_finish (domain, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "<name>test</name>"));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/domain/operations", test_operations);
  g_test_add_func ("/model/domain/refused", test_refused);
  g_test_add_func ("/model/domain/rename", test_rename);
  g_test_add_func ("/model/domain/xml", test_xml);

  return g_test_run ();
}
