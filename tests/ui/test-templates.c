/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lib/lodge-test-wait.h"
#include "lodge-application.h"

/* Every template in the resources can be made and thrown away. No tool checks them while the program is built: a child
 * or a property that is not there is a critical, here as in a person's hands. */

static char *
find_class (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  g_autoptr(GRegex) regex = g_regex_new ("<template class=\"([A-Za-z]+)\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

static void
test_template (gconstpointer data)
{
  g_autofree char *name = find_class (data);
  g_autoptr(GtkBuilder) builder = gtk_builder_new ();
  GType type;
  GObject *object;

  /* Menus, and rows of a builder's factory, which their list makes */
  if (name == NULL || g_str_has_prefix (name, "Gtk"))
    return;
  /* By the symbol of its get_type function, which this program exports */
  type = gtk_builder_get_type_from_name (builder, name);
  g_assert_true (g_type_is_a (type, GTK_TYPE_WIDGET));
  object = g_object_new (type, NULL);
  g_object_ref_sink (object);
  if (GTK_IS_WINDOW (object))
    gtk_window_destroy (GTK_WINDOW (object));
  lodge_test_settle ();
  g_object_run_dispose (object);
  g_object_unref (object);
}

static void
add_tests (const char *folder)
{
  g_auto(GStrv) names = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (folder, names[i], NULL);
      g_autofree char *test = NULL;

      if (g_str_has_suffix (path, "/"))
        {
          add_tests (path);
          continue;
        }
      test = g_strconcat ("/templates/", names[i], NULL);
      g_test_add_data_func_full (test, g_steal_pointer (&path), test_template, g_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add_tests (RESOURCE_PATH "/ui/");
  return g_test_run ();
}
