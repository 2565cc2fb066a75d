/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>

/* The program itself, as a person starts it. */

static void
run_lodge (const char * const *arguments,
           int                 expected_status,
           char              **output,
           char              **errors)
{
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) argv = NULL;

  g_strv_builder_add (builder, g_getenv ("LODGE_PROGRAM"));
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  /* No other instance answers: each run has a bus name of its own or none */
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, output, errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, expected_status);
}

static void
test_version (void)
{
  const char *arguments[] = { "--version", NULL };
  g_autofree char *output = NULL, *errors = NULL;

  run_lodge (arguments, 0, &output, &errors);
  g_assert_cmpstr (output, ==, "lodge " LODGE_VERSION "\n");
}

static void
test_help (void)
{
  const char *arguments[] = { "--help", NULL };
  g_autofree char *output = NULL, *errors = NULL;

  run_lodge (arguments, 0, &output, &errors);
  g_assert_nonnull (strstr (output, "--connect"));
  g_assert_nonnull (strstr (output, "--show-machine"));
  g_assert_nonnull (strstr (output, "--new-machine"));
}

static void
test_bad_uri (void)
{
  const char *arguments[] = { "--connect", "no uri at all", NULL };
  g_autofree char *output = NULL, *errors = NULL;

  run_lodge (arguments, 1, &output, &errors);
  g_assert_true (g_str_has_prefix (errors, "lodge: "));
}

static void
test_machine_without_connection (void)
{
  const char *arguments[] = { "--show-machine", "web-01", NULL };
  g_autofree char *output = NULL, *errors = NULL;

  run_lodge (arguments, 1, &output, &errors);
  g_assert_nonnull (strstr (errors, "--connect"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/application/version", test_version);
  g_test_add_func ("/application/help", test_help);
  g_test_add_func ("/application/bad-uri", test_bad_uri);
  g_test_add_func ("/application/machine-without-connection", test_machine_without_connection);

  return g_test_run ();
}
