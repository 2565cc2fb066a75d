/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const struct { double size; const char *unit; } sizes[] = {
  { 1024.0 * 1024 * 1024 * 1024, N_("TiB") },
  { 1024.0 * 1024 * 1024, N_("GiB") },
  { 1024.0 * 1024, N_("MiB") },
  { 1024.0, N_("KiB") },
  { 1, N_("B") },
};

static guint
find_unit (guint64 bytes)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (sizes) - 1 && bytes < sizes[i].size)
    i++;
  return i;
}

/* Three digits say enough: “3.1”, “31”, “312”, without “.0” */
static char *
format_number (double value)
{
  double rounded = value < 10 ? round (value * 10) / 10 : round (value);

  return rounded == floor (rounded) ? g_strdup_printf ("%.0f", rounded)
                                    : g_strdup_printf ("%.1f", rounded);
}

char *
lodge_format_size (guint64 bytes)
{
  guint i = find_unit (bytes);
  g_autofree char *number = format_number (bytes / sizes[i].size);

  /* Translators: a number and its unit: “8 GiB” */
  return g_strdup_printf (_("%s %s"), number, _(sizes[i].unit));
}

char *
lodge_format_size_of (guint64 bytes,
                      guint64 total)
{
  guint i = find_unit (MAX (bytes, total));
  g_autofree char *number = format_number (bytes / sizes[i].size);
  g_autofree char *whole = format_number (total / sizes[i].size);

  /* Translators: “3.1 of 4 GiB” */
  return g_strdup_printf (_("%s of %s %s"), number, whole, _(sizes[i].unit));
}

char *
lodge_format_rate (double bytes_per_second)
{
  static const struct { double size; const char *unit; } units[] = {
    { 1e9, N_("GB/s") },
    { 1e6, N_("MB/s") },
    { 1e3, N_("kB/s") },
    { 1, N_("B/s") },
  };
  g_autofree char *number = NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (units) - 1 && bytes_per_second < units[i].size)
    i++;
  number = format_number (bytes_per_second / units[i].size);
  return g_strdup_printf (_("%s %s"), number, _(units[i].unit));
}

char *
lodge_format_percent (double fraction)
{
  /* Translators: “27 %” */
  return g_strdup_printf (_("%.0f %%"), fraction * 100);
}

static gboolean
turns_direction (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f
         || c == 0x061c;
}

char *
lodge_display_text (const char *text,
                    gsize       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *result = g_string_new (NULL);
  gsize n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (turns_direction (c))
        continue;
      if (n++ == max_chars)
        {
          g_string_append (result, "…");
          break;
        }
      g_string_append_unichar (result, g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
  return g_string_free_and_steal (result);
}

/* Letters without regard to case, runs of digits by their value. Host names are ASCII for the most part, and a list of
 * ten thousand is sorted in a frame: no collation keys. */
int
lodge_compare_names (const char *first,
                     const char *second)
{
  const char *a = first, *b = second;

  while (*a != '\0' && *b != '\0')
    {
      if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b))
        {
          gsize n_a, n_b;
          int order;

          a += strspn (a, "0");
          b += strspn (b, "0");
          n_a = strspn (a, "0123456789");
          n_b = strspn (b, "0123456789");
          order = n_a != n_b ? (n_a > n_b) - (n_a < n_b) : strncmp (a, b, n_a);
          if (order != 0)
            return order;
          a += n_a;
          b += n_b;
        }
      else
        {
          const int x = (guchar) g_ascii_tolower (*a++), y = (guchar) g_ascii_tolower (*b++);

          if (x != y)
            return x - y;
        }
    }
  return *a != *b ? (guchar) *a - (guchar) *b : strcmp (first, second);
}
