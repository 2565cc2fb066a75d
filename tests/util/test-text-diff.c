/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "util/lodge-text-diff.h"

#include <string.h>

/* Applies the hunks to the one text: the other one must come out. All lines end with a line feed. */
static char *
patch (const char *old_text,
       const char *new_text,
       GArray     *hunks)
{
  g_auto(GStrv) a = g_strsplit (old_text, "\n", -1);
  g_auto(GStrv) b = g_strsplit (new_text, "\n", -1);
  GString *text = g_string_new (NULL);
  guint line = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      const LodgeTextHunk *hunk = &g_array_index (hunks, LodgeTextHunk, i);

      g_assert_cmpuint (hunk->old_start, >=, line);
      while (line < hunk->old_start)
        g_string_append_printf (text, "%s\n", a[line++]);
      for (guint j = 0; j < hunk->n_new; j++)
        g_string_append_printf (text, "%s\n", b[hunk->new_start + j]);
      line += hunk->n_old;
    }
  while (a[line] != NULL && a[line + 1] != NULL)
    g_string_append_printf (text, "%s\n", a[line++]);
  return g_string_free_and_steal (text);
}

static void
test_hunks (void)
{
  static const struct { const char *a, *b; guint n; } cases[] = {
    { "", "", 0 },
    { "a\nb\n", "a\nb\n", 0 },
    { "a\nb\n", "a\nx\nb\n", 1 },
    { "a\nx\nb\n", "a\nb\n", 1 },
    { "a\nb\nc\n", "x\nb\ny\n", 2 },
    { "", "a\nb\n", 1 },
    { "a\nb\n", "", 1 },
    { "a\nb\nc\nd\ne\n", "c\nd\ne\na\nb\n", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) hunks = lodge_text_diff (cases[i].a, cases[i].b);
      g_autofree char *patched = patch (cases[i].a, cases[i].b, hunks);

      g_assert_cmpuint (hunks->len, ==, cases[i].n);
      g_assert_cmpstr (patched, ==, cases[i].b);
    }
}

static char *
random_text (GRand *rand)
{
  GString *text = g_string_new (NULL);
  const int n = g_rand_int_range (rand, 0, 40);

  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%c\n", 'a' + g_rand_int_range (rand, 0, 6));
  return g_string_free_and_steal (text);
}

static void
test_random (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261125);

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *a = random_text (rand);
      g_autofree char *b = random_text (rand);
      g_autoptr(GArray) hunks = lodge_text_diff (a, b);
      g_autofree char *patched = patch (a, b, hunks);

      g_assert_cmpstr (patched, ==, b);
    }
}

/* Nothing in common, and much of it: one difference, and soon */
static void
test_too_different (void)
{
  g_autoptr(GString) a = g_string_new (NULL);
  g_autoptr(GString) b = g_string_new (NULL);
  g_autoptr(GArray) hunks = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (a, "a%u\n", i);
      g_string_append_printf (b, "b%u\n", i);
    }
  hunks = lodge_text_diff (a->str, b->str);
  g_assert_cmpuint (hunks->len, ==, 1);
  g_assert_cmpuint (g_array_index (hunks, LodgeTextHunk, 0).n_old, ==, 5000);
}

static void
test_merge (void)
{
  static const struct { const char *base, *ours, *theirs, *merged; } cases[] = {
    { "a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n", "A\nb\nc\nD\n" },
    { "a\nb\nc\nd\n", "a\nb\nc\nd\n", "a\nc\nd\n", "a\nc\nd\n" },
    { "a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n", NULL },
    { "a\nb\nc\n", "a\nX\nc\n", "a\nX\nc\n", "a\nX\nc\n" },
    { "a\nb\nc\nd\n", "a\nX\nc\nd\n", "a\nb\nY\nd\n", NULL },   /* neighbors */
    { "a\nb\nc\nd\ne\n", "a\nd\ne\n", "a\nb\nc\nd\ne\nf\n", "a\nd\ne\nf\n" },
    { "a\nb\n", "a\nb\nc\n", "a\nb\nd\n", NULL },   /* both at the end */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *merged = lodge_text_merge (cases[i].base, cases[i].ours, cases[i].theirs);
      g_autofree char *mirrored = lodge_text_merge (cases[i].base, cases[i].theirs, cases[i].ours);

      g_assert_cmpstr (merged, ==, cases[i].merged);
      g_assert_cmpstr (mirrored, ==, cases[i].merged);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-diff/hunks", test_hunks);
  g_test_add_func ("/text-diff/random", test_random);
  g_test_add_func ("/text-diff/too-different", test_too_different);
  g_test_add_func ("/text-diff/merge", test_merge);
  return g_test_run ();
}
