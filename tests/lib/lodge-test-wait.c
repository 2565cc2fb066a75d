/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-wait.h"

#include <stdlib.h>

#define TICK 20  /* ms */

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gint64
get_patience (void)
{
  const char *text = g_getenv ("LODGE_TEST_PATIENCE");
  int seconds = text != NULL ? atoi (text) : 0;

  return (gint64) (seconds > 0 ? seconds : LODGE_TEST_PATIENCE) * G_USEC_PER_SEC;
}

void
lodge_test_wait_begin (LodgeTestWait *self,
                       const char    *condition,
                       const char    *where)
{
  self->condition = condition;
  self->where = where;
  self->end = g_get_monotonic_time () + get_patience ();
  /* The loop must turn when nothing happens in it */
  self->tick = g_timeout_add (TICK, tick_cb, NULL);
}

void
lodge_test_wait_step (LodgeTestWait *self)
{
  if (g_get_monotonic_time () > self->end)
    g_error ("%s: waited in vain for: %s", self->where, self->condition);
  g_main_context_iteration (NULL, TRUE);
}

void
lodge_test_wait_end (LodgeTestWait *self)
{
  g_source_remove (self->tick);
}

void
lodge_test_result_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

void
lodge_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
