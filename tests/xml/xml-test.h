/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Two long texts are the same; a failure names @what and shows the first place where they part. */
static inline void
assert_same_text (const char *what,
                  const char *actual,
                  const char *expected)
{
  gsize i = 0, line = 0;

  for (; actual[i] != '\0' && actual[i] == expected[i]; i++)
    {
      if (actual[i] == '\n')
        line = i + 1;
    }
  if (actual[i] != expected[i])
    g_error ("%s: not the same at byte %" G_GSIZE_FORMAT ":\n  %.200s\nexpected\n  %.200s", what, i, actual + line,
             expected + line);
}
