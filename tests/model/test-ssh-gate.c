/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "lib/lodge-test-wait.h"
#include "model/lodge-ssh-gate.h"

/* Not too many log in at once */

#define N 20

static gboolean called[N + 1];
static guint n_called;

static void
called_cb (gpointer who)
{
  const guint i = GPOINTER_TO_UINT (who);

  g_assert_false (called[i]);
  called[i] = TRUE;
  n_called++;
}

static void
enter_all (void)
{
  n_called = 0;
  for (guint i = 1; i <= N; i++)
    {
      called[i] = FALSE;
      lodge_ssh_gate_enter (GUINT_TO_POINTER (i), called_cb);
    }
  g_assert_cmpuint (n_called, ==, LODGE_SSH_MAX_LOGINS);
}

/* Who comes first goes first; one that leaves lets one in; one that waits no longer is not called */
static void
test_turns (void)
{
  enter_all ();
  g_assert_true (called[1] && called[LODGE_SSH_MAX_LOGINS] && !called[LODGE_SSH_MAX_LOGINS + 1]);
  lodge_ssh_gate_leave (GUINT_TO_POINTER (LODGE_SSH_MAX_LOGINS + 2));
  lodge_ssh_gate_leave (GUINT_TO_POINTER (3));
  g_assert_true (called[LODGE_SSH_MAX_LOGINS + 1]);
  lodge_ssh_gate_leave (GUINT_TO_POINTER (3));
  lodge_ssh_gate_leave (GUINT_TO_POINTER (1));
  g_assert_false (called[LODGE_SSH_MAX_LOGINS + 2]);
  g_assert_true (called[LODGE_SSH_MAX_LOGINS + 3]);
  for (guint i = 1; i <= N; i++)
    lodge_ssh_gate_leave (GUINT_TO_POINTER (i));
  g_assert_cmpuint (n_called, ==, N - 1);
}

/* Hosts that are dead keep nobody waiting for long */
static void
test_dead (void)
{
  enter_all ();
  WAIT_FOR (n_called == N);
  for (guint i = 1; i <= N; i++)
    lodge_ssh_gate_leave (GUINT_TO_POINTER (i));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/ssh-gate/turns", test_turns);
  g_test_add_func ("/model/ssh-gate/dead", test_dead);
  return g_test_run ();
}
