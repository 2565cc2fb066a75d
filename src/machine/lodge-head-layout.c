/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-head-layout"

#include "config.h"

#include "lodge-head-layout.h"

static int
find_connector (const char * const *connectors,
                const char         *wanted)
{
  for (int i = 0; connectors[i] != NULL; i++)
    {
      if (g_str_equal (connectors[i], wanted))
        return i;
    }
  return LODGE_HEAD_NOWHERE;
}

static gboolean
is_taken (const int *places,
          guint      n_heads,
          int        place)
{
  for (guint i = 0; i < n_heads; i++)
    {
      if (places[i] == place)
        return TRUE;
    }
  return FALSE;
}

void
lodge_head_layout_find (const char * const *connectors,
                        const char * const *remembered,
                        guint               n_heads,
                        int                *places)
{
  const guint n_monitors = g_strv_length ((char **) connectors);
  const guint n_remembered = g_strv_length ((char **) remembered);

  for (guint i = 0; i < n_heads; i++)
    places[i] = LODGE_HEAD_NOWHERE;
  for (guint i = 0; i < MIN (n_heads, n_remembered); i++)
    {
      const int place = find_connector (connectors, remembered[i]);

      if (place != LODGE_HEAD_NOWHERE && !is_taken (places, n_heads, place))
        places[i] = place;
    }
  /* The others in their order, on what is free */
  for (guint i = 0; i < n_heads; i++)
    {
      for (guint j = 0; places[i] == LODGE_HEAD_NOWHERE && j < n_monitors; j++)
        {
          if (!is_taken (places, n_heads, (int) j))
            places[i] = (int) j;
        }
    }
}

char **
lodge_head_layout_remember (const char * const *remembered,
                            guint               head,
                            const char         *connector)
{
  const guint n = g_strv_length ((char **) remembered);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < MAX (n, head + 1); i++)
    {
      if (i == head)
        g_strv_builder_add (builder, connector);
      else
        g_strv_builder_add (builder, i < n && !g_str_equal (remembered[i], connector) ? remembered[i] : "");
    }
  return g_strv_builder_end (builder);
}
