/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pixels that depend on their place and on @seed only, so that both ends know them. The highest byte is noise too. */
static inline void
noise_fill (guint32 *pixels,
            int      row,
            guint32  seed,
            int      x,
            int      y,
            int      width,
            int      height)
{
  for (int j = y; j < y + height; j++)
    {
      for (int i = x; i < x + width; i++)
        {
          guint32 n = seed * 2654435761u ^ (guint32) i * 2246822519u ^ (guint32) j * 3266489917u;

          n = (n ^ n >> 15) * 2246822519u;
          pixels[j * row + i] = n ^ n >> 13;
        }
    }
}

G_END_DECLS
