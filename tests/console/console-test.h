/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A busy machine is slow: a condition that comes true at all comes in this time. */
#define PATIENCE_S 60

static inline gboolean
give_up_cb (gpointer what)
{
  g_error ("waited in vain for: %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

static inline gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Turns the main loop until @condition holds; it may come true in another thread, so somebody has to look. */
#define WAIT_FOR(condition)                                                                     \
  G_STMT_START                                                                                  \
    {                                                                                           \
      guint wait_id = g_timeout_add_seconds (PATIENCE_S, give_up_cb, (gpointer) (__FILE__ ": " #condition)); \
      guint tick_id = g_timeout_add (5, tick_cb, NULL);                                         \
      while (!(condition))                                                                      \
        g_main_context_iteration (NULL, TRUE);                                                  \
      g_source_remove (tick_id);                                                                \
      g_source_remove (wait_id);                                                                \
    }                                                                                           \
  G_STMT_END

G_END_DECLS
