/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How long a test waits before it fails. A busy machine is slow: this is patience, not a measure. The variable
 * LODGE_TEST_PATIENCE (seconds) overrides it. */
#define LODGE_TEST_PATIENCE 120

typedef struct
{
  const char *condition;
  const char *where;
  gint64      end;
  guint       tick;
} LodgeTestWait;

void     lodge_test_wait_begin (LodgeTestWait *self,
                                const char    *condition,
                                const char    *where);
void     lodge_test_wait_step  (LodgeTestWait *self);
void     lodge_test_wait_end   (LodgeTestWait *self);

/**
 * WAIT_FOR:
 * @condition: an expression
 *
 * Turns the default main loop until @condition holds, and fails the test with its text when it never does. It is
 * looked at after each turn, and at least every 20 ms: it may speak of files, threads and other processes.
 */
#define WAIT_FOR(condition)                                                              \
  G_STMT_START                                                                           \
    {                                                                                    \
      LodgeTestWait wait_;                                                               \
                                                                                         \
      lodge_test_wait_begin (&wait_, #condition, G_STRLOC);                              \
      while (!(condition))                                                               \
        lodge_test_wait_step (&wait_);                                                   \
      lodge_test_wait_end (&wait_);                                                      \
    }                                                                                    \
  G_STMT_END

/**
 * lodge_test_result_cb:
 *
 * The callback of any asynchronous call: puts the result into the GAsyncResult* that its user data point at.
 *
 *     g_autoptr(GAsyncResult) result = NULL;
 *
 *     thing_do_async (thing, NULL, lodge_test_result_cb, &result);
 *     WAIT_FOR (result != NULL);
 *     thing_do_finish (thing, result, &error);
 */
void     lodge_test_result_cb  (GObject       *object,
                                GAsyncResult  *result,
                                gpointer       user_data);

/* Turns the main loop until nothing waits in it */
void     lodge_test_settle     (void);

G_END_DECLS
