/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-text-diff.h"

#include <string.h>

/* Myers' greedy method on lines. Texts that have less in common than this are told as one difference: nobody reads
 * thousands of hunks, and the memory of the way back grows with its square. */
#define MAX_EDITS 1500

typedef struct
{
  const char **lines;   /* start of each, and of the end */
  guint        n;
} Lines;

static void
split (const char *text,
       Lines      *lines)
{
  GPtrArray *starts = g_ptr_array_new ();

  while (*text != '\0')
    {
      const char *end = strchr (text, '\n');

      g_ptr_array_add (starts, (gpointer) text);
      text = end != NULL ? end + 1 : text + strlen (text);
    }
  lines->n = starts->len;
  g_ptr_array_add (starts, (gpointer) text);
  lines->lines = (const char **) g_ptr_array_free (starts, FALSE);
}

static gsize
get_length (const Lines *lines,
            guint        line)
{
  return lines->lines[line + 1] - lines->lines[line];
}

static gboolean
is_equal (const Lines *a,
          guint        i,
          const Lines *b,
          guint        j)
{
  return get_length (a, i) == get_length (b, j) && memcmp (a->lines[i], b->lines[j], get_length (a, i)) == 0;
}

static void
add_hunk (GArray *hunks,
          guint   old_start,
          guint   n_old,
          guint   new_start,
          guint   n_new)
{
  const LodgeTextHunk hunk = { old_start, n_old, new_start, n_new };

  if (n_old > 0 || n_new > 0)
    g_array_append_val (hunks, hunk);
}

/* From the end to the beginning along the kept rows; marks the lines that both have */
static void
walk_back (GPtrArray *rows,
           guint      first,
           int        n,
           int        m,
           gboolean  *common,
           int       *partner)
{
  int x = n, y = m;

  for (int d = rows->len - 1; d >= 0; d--)
    {
      const int *row = (const int *) g_ptr_array_index (rows, d) + d + 1;
      const int k = x - y;
      int before_x, before_y;

      /* The row is as it was before step d: of d - 1 */
      if (k == -d || (k != d && row[k - 1] < row[k + 1]))
        {
          before_x = row[k + 1];
          before_y = before_x - (k + 1);
        }
      else
        {
          before_x = row[k - 1];
          before_y = before_x - (k - 1);
        }
      if (d == 0)
        before_x = before_y = 0;
      while (x > before_x && y > before_y)
        {
          x--;
          y--;
          common[first + x] = TRUE;
          partner[first + x] = first + y;
        }
      x = before_x;
      y = before_y;
    }
}

/* Lines [first, first + n) against [first, first + m): FALSE when they differ in too much */
static gboolean
find_common (const Lines *a,
             const Lines *b,
             guint        first,
             int          n,
             int          m,
             gboolean    *common,
             int         *partner)
{
  const int max = MIN (n + m, MAX_EDITS);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  g_autofree int *memory = g_new0 (int, 2 * max + 3);
  int *best = memory + max + 1;

  for (int d = 0; d <= max; d++)
    {
      /* Diagonals -d - 1 … d + 1 as they are before this step */
      g_ptr_array_add (rows, g_memdup2 (best - d - 1, (2 * d + 3) * sizeof (int)));
      for (int k = -d; k <= d; k += 2)
        {
          int x = k == -d || (k != d && best[k - 1] < best[k + 1]) ? best[k + 1] : best[k - 1] + 1;
          int y = x - k;

          while (x < n && y < m && y >= 0 && is_equal (a, first + x, b, first + y))
            {
              x++;
              y++;
            }
          best[k] = x;
          if (x >= n && y >= m)
            {
              walk_back (rows, first, n, m, common, partner);
              return TRUE;
            }
        }
    }
  return FALSE;
}

GArray *
lodge_text_diff (const char *old_text,
                 const char *new_text)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (LodgeTextHunk));
  Lines a, b;
  guint first = 0, tail = 0;
  g_autofree gboolean *common = NULL;
  g_autofree int *partner = NULL;

  split (old_text, &a);
  split (new_text, &b);
  while (first < a.n && first < b.n && is_equal (&a, first, &b, first))
    first++;
  while (tail < a.n - first && tail < b.n - first && is_equal (&a, a.n - 1 - tail, &b, b.n - 1 - tail))
    tail++;

  common = g_new0 (gboolean, a.n + 1);
  partner = g_new0 (int, a.n + 1);
  if (!find_common (&a, &b, first, a.n - first - tail, b.n - first - tail, common, partner))
    add_hunk (hunks, first, a.n - first - tail, first, b.n - first - tail);
  else
    {
      guint i = first, j = first;

      for (guint line = first; line < a.n - tail; line++)
        {
          if (!common[line])
            continue;
          add_hunk (hunks, i, line - i, j, partner[line] - j);
          i = line + 1;
          j = partner[line] + 1;
        }
      add_hunk (hunks, i, a.n - tail - i, j, b.n - tail - j);
    }
  g_free (a.lines);
  g_free (b.lines);
  return hunks;
}

/* Neither in the same lines nor next to each other: a line inserted beside a changed one may belong to it */
static gboolean
touch (const LodgeTextHunk *a,
       const LodgeTextHunk *b)
{
  return a->old_start <= b->old_start + b->n_old && b->old_start <= a->old_start + a->n_old;
}

static gboolean
is_same_change (const LodgeTextHunk *a,
                const Lines         *ours,
                const LodgeTextHunk *b,
                const Lines         *theirs)
{
  if (a->old_start != b->old_start || a->n_old != b->n_old || a->n_new != b->n_new)
    return FALSE;
  for (guint i = 0; i < a->n_new; i++)
    {
      if (!is_equal (ours, a->new_start + i, theirs, b->new_start + i))
        return FALSE;
    }
  return TRUE;
}

static void
append_lines (GString     *text,
              const Lines *lines,
              guint        start,
              guint        end)
{
  g_string_append_len (text, lines->lines[start], lines->lines[end] - lines->lines[start]);
}

char *
lodge_text_merge (const char *base,
                  const char *ours,
                  const char *theirs)
{
  g_autoptr(GArray) mine = lodge_text_diff (base, ours);
  g_autoptr(GArray) other = lodge_text_diff (base, theirs);
  g_autoptr(GString) merged = g_string_new (NULL);
  Lines base_lines, our_lines, their_lines;
  guint i = 0, j = 0, line = 0;
  gboolean possible = TRUE;

  split (base, &base_lines);
  split (ours, &our_lines);
  split (theirs, &their_lines);
  while (possible && (i < mine->len || j < other->len))
    {
      const LodgeTextHunk *a = i < mine->len ? &g_array_index (mine, LodgeTextHunk, i) : NULL;
      const LodgeTextHunk *b = j < other->len ? &g_array_index (other, LodgeTextHunk, j) : NULL;
      const gboolean both = a != NULL && b != NULL && touch (a, b);
      const gboolean take_ours = a != NULL && (b == NULL || a->old_start <= b->old_start);
      const LodgeTextHunk *hunk = take_ours ? a : b;

      if (both && !is_same_change (a, &our_lines, b, &their_lines))
        possible = FALSE;
      append_lines (merged, &base_lines, line, hunk->old_start);
      append_lines (merged, take_ours ? &our_lines : &their_lines, hunk->new_start, hunk->new_start + hunk->n_new);
      line = hunk->old_start + hunk->n_old;
      i += take_ours || both;
      j += !take_ours || both;
    }
  append_lines (merged, &base_lines, line, base_lines.n);
  g_free (base_lines.lines);
  g_free (our_lines.lines);
  g_free (their_lines.lines);
  return possible ? g_string_free_and_steal (g_steal_pointer (&merged)) : NULL;
}
