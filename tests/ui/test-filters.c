/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-error.h"
#include "window/lodge-saved-filter-row.h"
#include "window/lodge-search-completion.h"
#include "window/lodge-sidebar.h"
#include "window/lodge-tag-chooser.h"
#include "window/lodge-window.h"

/* What narrows the list of machines down: saved filters, tags, completion and groups, in the whole program, on machines
 * of libvirt's test driver that have tags and folders */

/* A process can have one only */
static LodgeApplication *application;

static const struct { const char *name; gboolean runs; const char *folder, *tag; } machines[] = {
  { "web-01", TRUE, "Customers/Blue", "web" }, { "web-02", FALSE, "Customers/Blue", "web" },
  { "db-01", TRUE, "Customers", "db" }, { "gateway", TRUE, "Customers Old", "net" }, { "notes", FALSE, NULL, NULL },
};

typedef struct
{
  LodgeWindow      *window;
  LodgeMachineList *list;
  LodgeConnection  *connection;
  LodgeTestFolder  *folder;
  GSettings        *settings;
} Fixture;

static char *
write_host (LodgeTestFolder *folder)
{
  g_autoptr(GString) xml = g_string_new ("<node>");

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_string_append_printf (xml, "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>%s"
                              "</name>", machines[i].name);
      if (machines[i].tag != NULL)
        g_string_append_printf (xml, "<metadata><lodge:machine xmlns:lodge='" LODGE_METADATA_NAMESPACE "'><lodge:folder>%s"
                                "</lodge:folder><lodge:tag>%s</lodge:tag></lodge:machine></metadata>",
                                machines[i].folder, machines[i].tag);
      g_string_append_printf (xml, "<memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os>"
                              "<test:runstate>%d</test:runstate></domain>", machines[i].runs ? 1 : 5);
    }
  g_string_append (xml, "</node>");
  return lodge_test_write_node (folder, xml->str);
}

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (fixture->list)));
}

static gboolean
are_details_known (Fixture *fixture)
{
  GListModel *domains = lodge_connection_get_domains (fixture->connection);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      if (!lodge_domain_get_details_known (domain))
        return FALSE;
    }
  return g_list_model_get_n_items (domains) == G_N_ELEMENTS (machines);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  fixture->folder = lodge_test_folder_new ();
  fixture->settings = g_settings_new (APPLICATION_ID);
  uri = write_host (fixture->folder);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  fixture->window = lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_WINDOW);
  fixture->list = lodge_window_get_machine_list (fixture->window);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), uri, "Rack", &error);
  g_assert_no_error (error);
  g_object_ref (fixture->connection);
  lodge_connection_open_async (fixture->connection, NULL, NULL, NULL);
  WAIT_FOR (count_rows (fixture) == G_N_ELEMENTS (machines));
  lodge_connection_load_details (fixture->connection);
  WAIT_FOR (are_details_known (fixture));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_connection_close (fixture->connection);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  g_object_unref (fixture->connection);
  g_settings_reset (fixture->settings, "saved-filters");
  g_settings_reset (fixture->settings, "group-by");
  lodge_test_settle ();
  g_object_unref (fixture->settings);
  lodge_test_folder_free (fixture->folder);
}

static char *
dup_names (LodgeSavedFilters *filters)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (filters)); i++)
    {
      g_autoptr(LodgeSavedFilter) filter = g_list_model_get_item (G_LIST_MODEL (filters), i);

      g_string_append_printf (names, "%s%s", i > 0 ? "," : "", lodge_saved_filter_get_name (filter));
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

static void
assert_names (LodgeSavedFilters *filters,
              const char        *expected)
{
  g_autofree char *names = dup_names (filters);

  g_assert_cmpstr (names, ==, expected);
}

/* The list of filters by itself: names, order, and what a second list of the same settings sees */
static void
test_saved (void)
{
  g_autoptr(GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr(LodgeSavedFilters) filters = lodge_saved_filters_new (settings);
  g_autoptr(LodgeSavedFilters) other = lodge_saved_filters_new (settings);
  g_autofree char *long_name = g_strnfill (LODGE_MAX_FILTER_NAME + 1, 'x');
  g_autoptr(GError) error = NULL;
  LodgeSavedFilter *web;

  web = lodge_saved_filters_save (filters, "  Web ", "tag:\"web\"", LODGE_MACHINE_STATE_RUNNING, &error);
  g_assert_no_error (error);
  lodge_saved_filters_save (filters, "Off", "", LODGE_MACHINE_STATE_OFF, &error);
  lodge_saved_filters_save (filters, "<b>&", "x", LODGE_MACHINE_STATE_ALL, &error);
  g_assert_no_error (error);
  lodge_test_settle ();
  assert_names (filters, "Web,Off,<b>&");
  assert_names (other, "Web,Off,<b>&");
  g_assert_cmpint (lodge_saved_filter_get_state (lodge_saved_filters_find (other, "Web")), ==,
                   LODGE_MACHINE_STATE_RUNNING);
  g_assert_cmpstr (lodge_saved_filter_get_text (lodge_saved_filters_find (other, "Web")), ==, "tag:\"web\"");

  /* The same name is the same filter */
  g_assert_true (lodge_saved_filters_save (filters, "Web", "web", LODGE_MACHINE_STATE_ALL, &error) == web);
  lodge_test_settle ();
  g_assert_cmpstr (lodge_saved_filter_get_text (lodge_saved_filters_find (other, "Web")), ==, "web");

  g_assert_null (lodge_saved_filters_save (filters, "  ", "web", LODGE_MACHINE_STATE_ALL, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_null (lodge_saved_filters_save (filters, long_name, "web", LODGE_MACHINE_STATE_ALL, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_false (lodge_saved_filters_rename (filters, web, "Off", &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_EXISTS);
  g_clear_error (&error);

  lodge_saved_filters_rename (filters, web, "Front", &error);
  g_assert_no_error (error);
  lodge_saved_filters_move (filters, web, 2);
  lodge_test_settle ();
  assert_names (filters, "Off,<b>&,Front");
  assert_names (other, "Off,<b>&,Front");
  g_assert_true (lodge_saved_filters_find (filters, "Front") == web);
  lodge_saved_filters_remove (filters, web);
  lodge_test_settle ();
  assert_names (other, "Off,<b>&");

  /* A file of a person who tried, or of another version */
  g_settings_set_value (settings, "saved-filters",
                        g_variant_new_parsed ("[('', 'x', 'all'), ('A', '\"', 'sleepy'), ('A', 'y', 'off')]"));
  lodge_test_settle ();
  assert_names (other, "A");
  g_assert_cmpint (lodge_saved_filter_get_state (lodge_saved_filters_find (other, "A")), ==, LODGE_MACHINE_STATE_ALL);
  g_settings_reset (settings, "saved-filters");
  lodge_test_settle ();
}

static GtkListBoxRow *
get_row (Fixture *fixture,
         int      index)
{
  GtkListBox *list = lodge_test_get_child (lodge_test_get_child (fixture->window, LODGE_TYPE_WINDOW, "sidebar"),
                                           LODGE_TYPE_SIDEBAR, "list");

  return gtk_list_box_get_row_at_index (list, index);
}

static void
select_row (Fixture *fixture,
            int      index)
{
  GtkListBoxRow *row = get_row (fixture, index);

  gtk_list_box_select_row (GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (row))), row);
}

static void
save_filter (Fixture    *fixture,
             const char *name)
{
  AdwDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.save-filter", NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_cmpint (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "accept"), ==,
                   *gtk_editable_get_text (lodge_test_find_descendant (dialog, GTK_TYPE_ENTRY, NULL)) != '\0');
  gtk_editable_set_text (lodge_test_find_descendant (dialog, GTK_TYPE_ENTRY, NULL), name);
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "accept"));
  g_signal_emit_by_name (dialog, "response::accept", "accept");
  adw_dialog_force_close (dialog);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
}

/* A filter is saved, chosen, renamed, moved and removed in the sidebar */
static void
test_sidebar (Fixture       *fixture,
              gconstpointer  data)
{
  GtkEditable *search = lodge_test_find_child (fixture->list, "search_entry");
  AdwToggleGroup *toggles = lodge_test_find_child (fixture->list, "state_toggles");
  AdwWindowTitle *title = lodge_test_get_child (fixture->window, LODGE_TYPE_WINDOW, "title");
  GtkWidget *save = lodge_test_find_child (fixture->list, "save_button");
  AdwDialog *dialog;

  /* There is nothing to save */
  g_assert_false (gtk_widget_get_visible (save));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.save-filter", NULL);
  g_assert_null (lodge_test_get_dialog (fixture->window));

  gtk_editable_set_text (search, "tag:web");
  adw_toggle_group_set_active_name (toggles, "running");
  WAIT_FOR (count_rows (fixture) == 1);
  WAIT_FOR (gtk_widget_get_visible (save));
  save_filter (fixture, "Web");
  g_assert_true (LODGE_IS_SAVED_FILTER_ROW (get_row (fixture, 1)));
  g_assert_true (gtk_list_box_row_is_selected (get_row (fixture, 1)));
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "Web");

  /* Left, its search goes with it; chosen, it comes back */
  select_row (fixture, 0);
  WAIT_FOR (count_rows (fixture) == G_N_ELEMENTS (machines));
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "All Machines");
  gtk_editable_set_text (search, "db");
  WAIT_FOR (count_rows (fixture) == 1);
  save_filter (fixture, "Databases");
  select_row (fixture, 1);
  WAIT_FOR (g_strcmp0 (gtk_editable_get_text (search), "tag:web") == 0);
  g_assert_cmpstr (adw_toggle_group_get_active_name (toggles), ==, "running");
  WAIT_FOR (count_rows (fixture) == 1);

  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "filter.rename", NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  gtk_editable_set_text (lodge_test_find_descendant (dialog, GTK_TYPE_ENTRY, NULL), "Databases");
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "accept"));
  gtk_editable_set_text (lodge_test_find_descendant (dialog, GTK_TYPE_ENTRY, NULL), "Front");
  g_signal_emit_by_name (dialog, "response::accept", "accept");
  adw_dialog_force_close (dialog);
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "Front");

  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "row.move-down", NULL);
  WAIT_FOR (gtk_list_box_row_is_selected (get_row (fixture, 2)));
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "Front");

  gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 2)), "filter.remove", NULL);
  dialog = lodge_test_get_dialog (fixture->window);
  g_signal_emit_by_name (dialog, "response::remove", "remove");
  adw_dialog_force_close (dialog);
  WAIT_FOR (!LODGE_IS_SAVED_FILTER_ROW (get_row (fixture, 2)));
  g_assert_cmpstr (adw_window_title_get_title (title), ==, "All Machines");
  WAIT_FOR (count_rows (fixture) == G_N_ELEMENTS (machines));
}

/* Ticked tags are terms of the search */
static void
test_tags (Fixture       *fixture,
           gconstpointer  data)
{
  GtkEditable *search = lodge_test_find_child (fixture->list, "search_entry");
  g_autoptr(GtkWidget) chooser = g_object_ref_sink (lodge_tag_chooser_new ());
  GtkMenuButton *button = lodge_test_find_child (fixture->list, "tag_button");
  GtkCheckButton *check;

  gtk_menu_button_popup (button);
  check = lodge_test_find_descendant (gtk_menu_button_get_popover (button), GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_nonnull (check);   /* “web”, which two machines have */
  gtk_editable_set_text (search, "-02");
  gtk_check_button_set_active (check, TRUE);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "-02 tag:\"web\"");
  WAIT_FOR (count_rows (fixture) == 1);
  gtk_check_button_set_active (check, FALSE);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "-02");
  gtk_menu_button_popdown (button);

  /* What is in the search is ticked */
  lodge_tag_chooser_fill (LODGE_TAG_CHOOSER (chooser), lodge_connection_get_domains (fixture->connection),
                          "tag:\"web\"");
  check = lodge_test_find_descendant (chooser, GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_check_button_get_active (check));
}

static const char *
get_proposal (Fixture *fixture,
              int      index)
{
  GtkWidget *entry = lodge_test_find_child (fixture->list, "search_entry");
  GtkWidget *completion = lodge_test_find_descendant (entry, LODGE_TYPE_SEARCH_COMPLETION, NULL);
  GtkListBox *list = lodge_test_find_descendant (completion, GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, index);

  return row != NULL ? g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "lodge-term") : NULL;
}

static void
take (Fixture *fixture,
      int      index)
{
  GtkWidget *entry = lodge_test_find_child (fixture->list, "search_entry");
  GtkListBox *list = lodge_test_find_descendant (lodge_test_find_descendant (entry, LODGE_TYPE_SEARCH_COMPLETION, NULL),
                                                 GTK_TYPE_LIST_BOX, NULL);

  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, index));
}

/* A word becomes a field, the field gets a value, and the search goes on behind it */
static void
test_completion (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkEditable *search = lodge_test_find_child (fixture->list, "search_entry");

  gtk_widget_grab_focus (GTK_WIDGET (search));
  gtk_editable_set_text (search, "fo");
  gtk_editable_set_position (search, -1);
  gtk_editable_insert_text (search, "l", 1, &(int) { 2 });
  g_assert_cmpstr (get_proposal (fixture, 0), ==, "folder:");
  take (fixture, 0);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "folder:");
  g_assert_cmpstr (get_proposal (fixture, 0), ==, "folder:\"Customers/Blue\"");
  take (fixture, 0);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "folder:\"Customers/Blue\" ");
  g_assert_null (get_proposal (fixture, 0));
  WAIT_FOR (count_rows (fixture) == 2);

  /* A word in the middle */
  gtk_editable_set_text (search, "state: web");
  gtk_editable_set_position (search, 6);
  gtk_editable_insert_text (search, "o", 1, &(int) { 6 });
  g_assert_cmpstr (get_proposal (fixture, 0), ==, "state:off");
  take (fixture, 0);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "state:off web");
  WAIT_FOR (count_rows (fixture) == 1);
}

static char *
dup_rows (Fixture *fixture)
{
  g_autoptr(GString) names = g_string_new (NULL);
  GtkSectionModel *sections = GTK_SECTION_MODEL (lodge_machine_list_get_selection (fixture->list));
  guint start, end;

  for (guint i = 0; i < count_rows (fixture); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (sections), i);

      gtk_section_model_get_section (sections, i, &start, &end);
      g_string_append_printf (names, "%s%s", i == 0 ? "" : i == start ? " | " : " ", lodge_domain_get_name (domain));
    }
  return g_string_free_and_steal (g_steal_pointer (&names));
}

static gboolean
is_grouped (Fixture    *fixture,
            const char *expected)
{
  g_autofree char *rows = dup_rows (fixture);

  return g_str_equal (rows, expected);
}

/* Folders stand behind the one they are in; a machine that gets another tag goes to its group */
static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const tags[] = { "db", NULL };
  LodgeDomain *domain = lodge_connection_find_domain (fixture->connection, "gateway");
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_settings_set_string (fixture->settings, "group-by", "folder");
  WAIT_FOR (is_grouped (fixture, "db-01 | web-01 web-02 | gateway | notes"));
  WAIT_FOR (lodge_test_find_descendant (fixture->list, GTK_TYPE_LABEL, "Customers › Blue (2)") != NULL);
  g_settings_set_string (fixture->settings, "group-by", "tag");
  WAIT_FOR (is_grouped (fixture, "db-01 | gateway | web-01 web-02 | notes"));
  WAIT_FOR (lodge_test_find_descendant (fixture->list, GTK_TYPE_LABEL, "Without Tags (1)") != NULL);
  lodge_domain_set_tags_async (domain, tags, "Customers Old", NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_domain_set_metadata_finish (domain, result, &error);
  g_assert_no_error (error);
  WAIT_FOR (is_grouped (fixture, "db-01 gateway | web-01 web-02 | notes"));
  g_settings_set_string (fixture->settings, "group-by", "state");
  WAIT_FOR (is_grouped (fixture, "db-01 gateway web-01 | notes web-02"));
  lodge_domain_run_async (domain, LODGE_DOMAIN_FORCE_OFF, NULL, NULL, NULL);
  WAIT_FOR (is_grouped (fixture, "db-01 web-01 | gateway notes web-02"));
}

/* A search that finds nothing says what to do; of one connection it can go on in all */
static void
test_nothing (Fixture       *fixture,
              gconstpointer  data)
{
  GtkEditable *search = lodge_test_find_child (fixture->list, "search_entry");
  GtkStack *stack = lodge_test_find_child (fixture->list, "stack");
  AdwStatusPage *page = lodge_test_find_child (fixture->list, "no_match_page");
  GtkWidget *everywhere = lodge_test_find_child (fixture->list, "everywhere_button");

  gtk_editable_set_text (search, "<b>nothing</b>");
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "no-match") == 0);
  g_assert_nonnull (strstr (adw_status_page_get_description (page), "“&lt;b&gt;nothing&lt;/b&gt;”"));
  g_assert_false (gtk_widget_get_visible (everywhere));

  lodge_window_select_connection (fixture->window, fixture->connection);
  WAIT_FOR (gtk_widget_get_visible (everywhere));
  g_signal_emit_by_name (everywhere, "clicked");
  WAIT_FOR (!gtk_widget_get_visible (everywhere));
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "<b>nothing</b>");
  g_signal_emit_by_name (lodge_test_find_descendant (page, GTK_TYPE_BUTTON, "_Clear Filters"), "clicked");
  WAIT_FOR (count_rows (fixture) == G_N_ELEMENTS (machines));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  application = lodge_application_new (APPLICATION_ID ".Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/filters/saved", test_saved);
#define ADD(path, function) g_test_add ("/filters/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("sidebar", test_sidebar);
  ADD ("tags", test_tags);
  ADD ("completion", test_completion);
  ADD ("groups", test_groups);
  ADD ("nothing", test_nothing);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
