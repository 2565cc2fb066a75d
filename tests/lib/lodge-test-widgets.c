/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-widgets.h"

#include "lodge-test-wait.h"

gpointer
lodge_test_get_child (gpointer    widget,
                      GType       type,
                      const char *name)
{
  GObject *child = gtk_widget_get_template_child (GTK_WIDGET (widget), type, name);

  if (child == NULL)
    g_error ("%s has no child “%s”", G_OBJECT_TYPE_NAME (widget), name);
  return child;
}

static gpointer
find_child (GtkWidget  *widget,
            const char *name)
{
  gpointer child = NULL;

  /* Children of libadwaita's templates are its own business */
  if (g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Lodge"))
    child = gtk_widget_get_template_child (widget, G_OBJECT_TYPE (widget), name);
  for (GtkWidget *below = gtk_widget_get_first_child (widget); below != NULL && child == NULL;
       below = gtk_widget_get_next_sibling (below))
    child = find_child (below, name);
  return child;
}

gpointer
lodge_test_find_child (gpointer    widget,
                       const char *name)
{
  gpointer child = find_child (widget, name);

  if (child == NULL)
    g_error ("%s has no child “%s”", G_OBJECT_TYPE_NAME (widget), name);
  return child;
}

gpointer
lodge_test_find_window (GtkApplication *application,
                        GType           type)
{
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type))
        return l->data;
    }
  return NULL;
}

AdwDialog *
lodge_test_get_dialog (gpointer window)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
}

static gboolean
is_called (GtkWidget  *widget,
           const char *label)
{
  static const char * const names[] = { "label", "title", "text" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), names[i]);
      g_autofree char *value = NULL;

      if (pspec == NULL || pspec->value_type != G_TYPE_STRING)
        continue;
      g_object_get (widget, names[i], &value, NULL);
      if (g_strcmp0 (value, label) == 0)
        return TRUE;
    }
  return FALSE;
}

gpointer
lodge_test_find_descendant (gpointer    widget,
                            GType       type,
                            const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gpointer found;

      if (G_TYPE_CHECK_INSTANCE_TYPE (child, type) && (label == NULL || is_called (child, label)))
        return child;
      found = lodge_test_find_descendant (child, type, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

GPid
lodge_test_start_manager (void)
{
  const char *manager[] = { "openbox", NULL };
  g_autoptr(GError) error = NULL;
  GPid pid = 0;

  g_spawn_async (NULL, (char **) manager, NULL,
                 G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_DO_NOT_REAP_CHILD,
                 NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  return pid;
}

void
lodge_test_close_windows (GtkApplication *application)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (application)) != NULL)
    gtk_window_destroy (windows->data);
  lodge_test_settle ();
}

static AdwNavigationView *
get_navigation (gpointer widget)
{
  AdwNavigationView *view = lodge_test_find_descendant (widget, ADW_TYPE_NAVIGATION_VIEW, NULL);

  g_assert_nonnull (view);
  return view;
}

gpointer
lodge_test_get_page (gpointer    widget,
                     const char *tag)
{
  AdwNavigationPage *page = adw_navigation_view_find_page (get_navigation (widget), tag);

  g_assert_nonnull (page);
  return page;
}

gpointer
lodge_test_get_page_child (gpointer    widget,
                           const char *tag,
                           const char *name)
{
  gpointer page = lodge_test_get_page (widget, tag);

  return lodge_test_get_child (page, G_OBJECT_TYPE (page), name);
}

const char *
lodge_test_get_shown_page (gpointer widget)
{
  return adw_navigation_view_get_visible_page_tag (get_navigation (widget));
}
