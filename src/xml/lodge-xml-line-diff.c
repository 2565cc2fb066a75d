/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-xml-diff.h"

#include <string.h>

/* The differing lines of two texts: E. W. Myers, “An O(ND) Difference Algorithm and Its Variations”. Good for XML,
 * as libvirt prints one element a line and our edits keep all others. */

/* Texts that differ in more lines than this are shown as one replaced by the other: the trace grows with its square */
#define MAX_DIFFERENCES 1500

typedef struct
{
  const char *text;
  gsize       length;
  guint       hash;
} Line;

static GArray *
split (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");
      Line line = { .text = text, .length = length, .hash = 5381 };

      for (gsize i = 0; i < length; i++)
        line.hash = line.hash * 33 + (guchar) text[i];
      g_array_append_val (lines, line);
      text += length + (text[length] == '\n');
    }
  return lines;
}

static gboolean
is_same (GArray *a,
         guint   i,
         GArray *b,
         guint   j)
{
  const Line *x = &g_array_index (a, Line, i);
  const Line *y = &g_array_index (b, Line, j);

  return x->hash == y->hash && x->length == y->length && memcmp (x->text, y->text, x->length) == 0;
}

static void
add_line (GArray *result,
          char    kind,
          GArray *lines,
          guint   old_line,
          guint   new_line)
{
  const Line *line = &g_array_index (lines, Line, (kind == '+' ? new_line : old_line) - 1);
  LodgeXmlLine added = {
    .kind = kind, .old_line = kind == '+' ? 0 : old_line, .new_line = kind == '-' ? 0 : new_line,
    .text = line->text, .length = line->length,
  };

  g_array_append_val (result, added);
}

/* Follows the trace from the end; the lines come out backwards */
static void
walk_back (GPtrArray *trace,
           GArray    *a,
           GArray    *b,
           guint      first,
           int        x,
           int        y,
           GArray    *result)
{
  for (int d = trace->len - 1; d >= 0; d--)
    {
      const int *v = (const int *) g_ptr_array_index (trace, d) + d + 1;
      int k = x - y;
      int previous_k = k == -d || (k != d && v[k - 1] < v[k + 1]) ? k + 1 : k - 1;
      int previous_x = d > 0 ? v[previous_k] : 0;
      int previous_y = d > 0 ? previous_x - previous_k : 0;

      while (x > previous_x && y > previous_y)
        {
          add_line (result, ' ', a, first + x, first + y);
          x--;
          y--;
        }
      if (d == 0)
        break;
      if (x == previous_x)
        add_line (result, '+', b, 0, first + y);
      else
        add_line (result, '-', a, first + x, 0);
      x = previous_x;
      y = previous_y;
    }
}

/* The middle parts, of @n and @m lines from @first on */
static void
compare (GArray *a,
         GArray *b,
         guint   first,
         int     n,
         int     m,
         GArray *result)
{
  int most = MIN (n + m, MAX_DIFFERENCES);
  g_autoptr(GPtrArray) trace = g_ptr_array_new_with_free_func (g_free);
  g_autofree int *storage = g_new0 (int, 2 * most + 3);
  g_autoptr(GArray) backwards = g_array_new (FALSE, FALSE, sizeof (LodgeXmlLine));
  int *v = storage + most + 1;
  gboolean found = FALSE;

  for (int d = 0; d <= most && !found; d++)
    {
      /* What the step before left, for k from −d−1 to d+1 */
      g_ptr_array_add (trace, g_memdup2 (v - d - 1, (2 * d + 3) * sizeof (int)));
      if (d == most && most < n + m)
        break;
      for (int k = -d; k <= d && !found; k += 2)
        {
          int x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
          int y = x - k;

          while (x < n && y < m && is_same (a, first + x, b, first + y))
            {
              x++;
              y++;
            }
          v[k] = x;
          found = x >= n && y >= m;
        }
    }

  if (!found)
    {
      for (int i = 1; i <= n; i++)
        add_line (result, '-', a, first + i, 0);
      for (int i = 1; i <= m; i++)
        add_line (result, '+', b, 0, first + i);
      return;
    }
  walk_back (trace, a, b, first, n, m, backwards);
  for (guint i = backwards->len; i-- > 0;)
    g_array_append_val (result, g_array_index (backwards, LodgeXmlLine, i));
}

/**
 * lodge_xml_diff_lines:
 * @before: a text; must stay as long as the result
 * @after: another; must stay as long as the result
 *
 * Returns: (transfer full) (element-type LodgeXmlLine): all lines of both
 */
GArray *
lodge_xml_diff_lines (const char *before,
                      const char *after)
{
  g_autoptr(GArray) a = split (before);
  g_autoptr(GArray) b = split (after);
  GArray *result = g_array_new (FALSE, FALSE, sizeof (LodgeXmlLine));
  guint first = 0, last = 0;

  while (first < MIN (a->len, b->len) && is_same (a, first, b, first))
    first++;
  while (last < MIN (a->len, b->len) - first && is_same (a, a->len - last - 1, b, b->len - last - 1))
    last++;

  for (guint i = 0; i < first; i++)
    add_line (result, ' ', a, i + 1, i + 1);
  if (a->len - last > first || b->len - last > first)
    compare (a, b, first, a->len - last - first, b->len - last - first, result);
  for (guint i = last; i > 0; i--)
    add_line (result, ' ', a, a->len - i + 1, b->len - i + 1);
  return result;
}
