/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection-private.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "model/lodge-domain-details.h"
#include "window/lodge-machine-list.h"
#include "window/lodge-machine-table.h"
#include "window/lodge-thumbnail.h"
#include "window/lodge-selection-bar.h"

/* The list of machines by itself, in a bare window, on a host of libvirt's test driver with enough machines that its rows
 * are not all alive */

#define N_MACHINES 1200

typedef struct
{
  LodgeTestFolder     *folder;
  LodgeConnectionList *connections;
  LodgeConnection     *connection;
  GSettings           *settings;
  GtkWidget           *window;
  LodgeMachineList    *list;
} Fixture;

static guint
count_rows (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (lodge_machine_list_get_selection (fixture->list)));
}

static LodgeDomain *
get_row (Fixture *fixture,
         guint    position)
{
  /* The list holds it as well */
  g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (lodge_machine_list_get_selection (fixture->list)),
                                                         position);

  return domain;
}

static const char *
get_name (Fixture *fixture,
          guint    position)
{
  return lodge_domain_get_name (get_row (fixture, position));
}

static GtkColumnView *
get_table (Fixture *fixture)
{
  return lodge_test_find_descendant (lodge_machine_list_get_view (fixture->list), GTK_TYPE_COLUMN_VIEW, NULL);
}

static GtkEditable *
get_search (Fixture *fixture)
{
  return lodge_test_find_child (fixture->list, "search_entry");
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  guint *n = user_data;

  (*n)++;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* Until what has changed is laid out and painted */
static void
wait_painted (Fixture *fixture)
{
  guint n = 0, id = gtk_widget_add_tick_callback (fixture->window, tick_cb, &n, NULL);

  WAIT_FOR (n >= 3);
  gtk_widget_remove_tick_callback (fixture->window, id);
}

/* A filter replaces names by others: alpha-… and beta-… by turns */
static char *
write_host (LodgeTestFolder *folder)
{
  g_autoptr(GString) xml = g_string_new ("<node>");

  for (guint i = 0; i < N_MACHINES; i++)
    g_string_append_printf (xml,
                            "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                            "<name>%s-%u</name><memory>%u</memory><vcpu>1</vcpu><os><type>hvm</type></os>"
                            "<test:runstate>%d</test:runstate></domain>",
                            i % 2 == 0 ? "alpha" : "beta", i, 4096 * (1 + i % 7), i % 4 == 0 ? 1 : 5);
  g_string_append (xml, "</node>");
  return lodge_test_write_node (folder, xml->str);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *uri = NULL;

  fixture->folder = lodge_test_folder_new ();
  uri = write_host (fixture->folder);
  fixture->settings = g_settings_new (APPLICATION_ID);
  fixture->connections = lodge_connection_list_new (fixture->settings);
  fixture->connection = lodge_connection_list_add (fixture->connections, uri, "Rack", &error);
  g_assert_no_error (error);
  lodge_test_open_connection (fixture->connection);

  fixture->list = LODGE_MACHINE_LIST (lodge_machine_list_new (fixture->connections,
                                                              lodge_connection_get_domains (fixture->connection),
                                                              fixture->settings));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1100, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR (count_rows (fixture) == N_MACHINES);
  wait_painted (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(LodgeConnection) connection = g_object_ref (fixture->connection);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lodge_connection_close (connection);
  lodge_connection_list_remove (fixture->connections, connection);
  g_object_unref (fixture->connections);
  g_settings_reset (fixture->settings, "columns");
  g_settings_reset (fixture->settings, "sort");
  g_settings_reset (fixture->settings, "group-by");
  g_settings_reset (fixture->settings, "view");
  g_object_unref (fixture->settings);
  lodge_test_settle ();
  lodge_test_folder_free (fixture->folder);
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GObject                  *item,
          guint                    *n)
{
  (*n)++;
}

static void
count_setups (Fixture *fixture,
              guint   *n)
{
  GListModel *columns = gtk_column_view_get_columns (get_table (fixture));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (gtk_column_view_column_get_visible (column))
        g_signal_connect (gtk_column_view_column_get_factory (column), "setup", G_CALLBACK (setup_cb), n);
    }
}

/* A search that replaces all rows that are seen moves the widgets over. GTK would make some 800 new ones: how it recycles
 * is its inner matter and may change, and this tells. */
static void
test_steady (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { const char *text; guint n; const char *first; } keys[] = {
    { "bet", 600, "beta-1" }, { "beta", 600, "beta-1" }, { "", 1200, "alpha-0" },
  };
  guint n = 0;

  count_setups (fixture, &n);
  gtk_widget_grab_focus (GTK_WIDGET (get_search (fixture)));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_editable_set_text (get_search (fixture), keys[i].text);
      WAIT_FOR (count_rows (fixture) == keys[i].n);
      wait_painted (fixture);
      g_assert_cmpstr (get_name (fixture, 0), ==, keys[i].first);
      wait_painted (fixture);
    }
  g_test_message ("%u cells were made", n);
  g_assert_cmpuint (n, <, 20);
}

static void
test_selection_and_filter (Fixture       *fixture,
                           gconstpointer  data)
{
  GtkSelectionModel *selection = lodge_machine_list_get_selection (fixture->list);

  gtk_selection_model_select_item (selection, 700, TRUE);   /* a beta */
  g_assert_true (g_str_has_prefix (get_name (fixture, 700), "beta"));
  gtk_editable_set_text (get_search (fixture), "beta");
  WAIT_FOR (count_rows (fixture) == 600);
  g_assert_true (gtk_selection_model_is_selected (selection, 100));
  gtk_editable_set_text (get_search (fixture), "");
  WAIT_FOR (count_rows (fixture) == N_MACHINES);
  g_assert_true (gtk_selection_model_is_selected (selection, 700));

  /* What the filter hides is not acted upon */
  gtk_selection_model_select_all (selection);
  WAIT_FOR (lodge_domain_actions_count (lodge_machine_list_get_actions (fixture->list), LODGE_DOMAIN_START) == 900);
  gtk_editable_set_text (get_search (fixture), "beta");
  WAIT_FOR (lodge_domain_actions_count (lodge_machine_list_get_actions (fixture->list), LODGE_DOMAIN_START) == 600);
}

static void
test_bad_filter (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkRevealer *revealer = lodge_test_find_child (fixture->list, "error_revealer");
  GtkLabel *label = lodge_test_find_child (fixture->list, "error_label");

  gtk_editable_set_text (get_search (fixture), "state:running");
  WAIT_FOR (count_rows (fixture) == 300);
  gtk_editable_set_text (get_search (fixture), "state:sleepy");
  WAIT_FOR (gtk_revealer_get_reveal_child (revealer));
  g_assert_nonnull (strstr (gtk_label_get_text (label), "sleepy"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_search (fixture)), "error"));
  /* The last search that was one stays in force */
  g_assert_cmpuint (count_rows (fixture), ==, 300);
  gtk_editable_set_text (get_search (fixture), "state:run");
  WAIT_FOR (!gtk_revealer_get_reveal_child (revealer));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_search (fixture)), "error"));
}

static GtkColumnViewColumn *
find_column (Fixture    *fixture,
             const char *id)
{
  GListModel *columns = gtk_column_view_get_columns (get_table (fixture));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      if (g_str_equal (gtk_column_view_column_get_id (column), id))
        return column;
    }
  g_assert_not_reached ();
}

static LodgeDomain *
get_item (GListModel *model,
          guint       position)
{
  g_autoptr(LodgeDomain) domain = g_list_model_get_item (model, position);

  return domain;
}

/* New numbers sort the rows again; what is seen, the focus and the selection stay where they are */
static void
test_pinned (Fixture       *fixture,
             gconstpointer  data)
{
  GListModel *domains = lodge_connection_get_domains (fixture->connection);
  g_autoptr(LodgeMachineSorter) sorter = lodge_machine_sorter_new ();
  g_autoptr(GtkMultiSelection) selection = NULL;
  g_autoptr(LodgeDomain) chosen = NULL;
  LodgeMachineView *view = LODGE_MACHINE_VIEW (lodge_machine_table_new (fixture->settings, sorter));
  GtkAdjustment *adjustment;
  double before;

  selection = gtk_multi_selection_new (G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (domains),
                                                                              GTK_SORTER (g_object_ref (sorter)))));
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (view));
  lodge_machine_sorter_set_order (sorter, LODGE_COLUMN_CPU, TRUE);
  lodge_machine_view_set_model (view, GTK_SELECTION_MODEL (selection));
  wait_painted (fixture);
  lodge_machine_view_scroll_to (view, 600, GTK_LIST_SCROLL_NONE);
  wait_painted (fixture);
  adjustment = gtk_scrollable_get_vadjustment (
    GTK_SCROLLABLE (lodge_test_find_descendant (view, GTK_TYPE_COLUMN_VIEW, NULL)));
  before = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (before, >, 1000);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 600, TRUE);
  chosen = g_list_model_get_item (G_LIST_MODEL (selection), 600);

  /* What stood on top of the view becomes the last, and the first the one in the middle */
  for (guint i = 0; i < N_MACHINES; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (G_LIST_MODEL (selection), i);

      for (int k = 0; k < 2; k++)
        {
          LodgeDomainSample sample = { .active = TRUE, .cpu_time = k * (gint64) i * 100000, .memory = -1,
                                       .memory_max = -1, .vcpus = 1, .counters = { -1, -1, -1, -1 } };

          lodge_domain_apply_sample (domain, &sample, k * G_USEC_PER_SEC + 1);
        }
    }
  lodge_machine_view_sort_again (view, sorter);
  wait_painted (fixture);
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), N_MACHINES - 1 - 600));
  g_assert_true (get_item (G_LIST_MODEL (selection), N_MACHINES - 1 - 600) == chosen);
  /* At most a part of a row: GTK puts a whole one to the top */
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), before, 29);
}

/* Another order is a person's wish: from the top */
static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  GActionGroup *options = lodge_machine_list_get_options (fixture->list);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_table (fixture)));

  lodge_machine_view_scroll_to (lodge_machine_list_get_view (fixture->list), 600, GTK_LIST_SCROLL_NONE);
  wait_painted (fixture);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000);
  g_action_group_change_action_state (options, "sort-descending", g_variant_new_boolean (TRUE));
  wait_painted (fixture);
  g_assert_cmpstr (get_name (fixture, 0), ==, "beta-1199");
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);

  /* The title of a column does the same, and of numbers it puts the largest on top */
  gtk_column_view_sort_by_column (get_table (fixture), find_column (fixture, "cpu"), GTK_SORT_ASCENDING);
  g_assert_cmpstr (g_variant_get_string (g_action_group_get_action_state (options, "sort"), NULL), ==, "cpu");
  g_assert_true (g_variant_get_boolean (g_action_group_get_action_state (options, "sort-descending")));
}

static gboolean
starts_with (Fixture    *fixture,
             const char *expected)
{
  g_autoptr(GVariant) saved = g_settings_get_value (fixture->settings, "columns");
  g_autofree char *text = g_variant_print (saved, FALSE);

  return g_str_has_prefix (text, expected);
}

static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  GActionGroup *options = lodge_machine_list_get_options (fixture->list);
  g_autoptr(GtkColumnViewColumn) state = g_object_ref (find_column (fixture, "state"));
  g_autoptr(GtkColumnViewColumn) first = NULL;
  GtkWidget *other;

  /* There is one connection: nothing to tell apart */
  g_assert_false (gtk_column_view_column_get_visible (find_column (fixture, "connection")));
  g_assert_false (gtk_column_view_column_get_visible (find_column (fixture, "uuid")));
  g_action_group_change_action_state (options, "column-uuid", g_variant_new_boolean (TRUE));
  g_assert_true (gtk_column_view_column_get_visible (find_column (fixture, "uuid")));

  /* Dragged to another place, and wider */
  gtk_column_view_insert_column (get_table (fixture), 0, state);
  gtk_column_view_column_set_fixed_width (state, 200);
  WAIT_FOR (starts_with (fixture, "[('state', true, 200)"));

  /* Another list starts with it */
  other = lodge_machine_list_new (fixture->connections, lodge_connection_get_domains (fixture->connection),
                                  fixture->settings);
  g_object_ref_sink (other);
  first = g_list_model_get_item (gtk_column_view_get_columns (
                                   lodge_test_find_descendant (other, GTK_TYPE_COLUMN_VIEW, NULL)), 0);
  g_assert_cmpstr (gtk_column_view_column_get_id (first), ==, "state");
  g_assert_cmpint (gtk_column_view_column_get_fixed_width (first), ==, 200);
  g_object_run_dispose (G_OBJECT (other));
  g_object_unref (other);

  /* A setting of another version, or of a person who tried */
  g_settings_set_value (fixture->settings, "columns",
                        g_variant_new_parsed ("[('nonsense', true, uint32 5), ('cpu', true, 4000000), ('cpu', false, 1)]"));
  lodge_test_settle ();
  g_assert_true (gtk_column_view_column_get_visible (find_column (fixture, "cpu")));
  g_assert_true (gtk_column_view_column_get_visible (find_column (fixture, "name")));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_column_view_get_columns (get_table (fixture))), ==, LODGE_N_COLUMNS);
}

/* A column appears with the first machine that has something to say there */
static void
test_optional_columns (Fixture       *fixture,
                       gconstpointer  data)
{
  const char * const tags[] = { "web", NULL };
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (gtk_column_view_column_get_visible (find_column (fixture, "tags")));
  g_assert_false (gtk_column_view_column_get_visible (find_column (fixture, "address")));

  lodge_domain_set_tags_async (get_row (fixture, 3), tags, NULL, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  lodge_domain_set_metadata_finish (get_row (fixture, 3), result, &error);
  g_assert_no_error (error);
  WAIT_FOR (gtk_column_view_column_get_visible (find_column (fixture, "tags")));
  g_assert_false (gtk_column_view_column_get_visible (find_column (fixture, "address")));

  /* It stays for the other machines of this list */
  gtk_editable_set_text (get_search (fixture), "beta-1");
  wait_painted (fixture);
  g_assert_true (gtk_column_view_column_get_visible (find_column (fixture, "tags")));
}

static void
test_groups (Fixture       *fixture,
             gconstpointer  data)
{
  GtkSectionModel *sections = GTK_SECTION_MODEL (lodge_machine_list_get_selection (fixture->list));
  guint start, end;

  g_settings_set_string (fixture->settings, "group-by", "state");
  wait_painted (fixture);
  gtk_section_model_get_section (sections, 0, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 300);
  g_assert_nonnull (lodge_test_find_descendant (get_table (fixture), GTK_TYPE_LABEL, "Running (300)"));
  gtk_editable_set_text (get_search (fixture), "beta");
  WAIT_FOR (count_rows (fixture) == 600);
  wait_painted (fixture);
  g_settings_set_string (fixture->settings, "group-by", "none");
  wait_painted (fixture);
}

/* Tiles that are seen get pictures of what runs, taken by the host and scaled to the tile; what is off gets none */
static void
test_grid (Fixture       *fixture,
           gconstpointer  data)
{
  GActionGroup *options = lodge_machine_list_get_options (fixture->list);
  GdkTexture *texture;

  g_action_group_change_action_state (options, "view", g_variant_new_string ("grid"));
  g_assert_nonnull (lodge_test_find_descendant (lodge_machine_list_get_view (fixture->list), GTK_TYPE_GRID_VIEW, NULL));
  g_assert_cmpint (lodge_domain_get_state (get_row (fixture, 0)), ==, LODGE_DOMAIN_STATE_RUNNING);
  WAIT_FOR (lodge_thumbnail_get (get_row (fixture, 0)) != NULL);
  texture = lodge_thumbnail_get (get_row (fixture, 0));
  g_assert_cmpint (gdk_texture_get_width (texture), <=, LODGE_THUMBNAIL_WIDTH);
  g_assert_cmpint (gdk_texture_get_height (texture), <=, LODGE_THUMBNAIL_HEIGHT);
  g_assert_cmpint (lodge_domain_get_state (get_row (fixture, 1)), ==, LODGE_DOMAIN_STATE_OFF);
  g_assert_null (lodge_thumbnail_get (get_row (fixture, 1)));
  g_assert_null (lodge_thumbnail_get (get_row (fixture, N_MACHINES - 2)));   /* runs, out of sight */

  g_action_group_change_action_state (options, "view", g_variant_new_string ("list"));
  g_assert_nonnull (get_table (fixture));
}

/* Narrow windows have rows of two lines, at least 56 px high */
static void
test_narrow (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *view, *row;
  gpointer bar = lodge_test_find_child (fixture->list, "selection_bar");

  g_object_set (fixture->list, "width-class", LODGE_LIST_TINY, NULL);
  wait_painted (fixture);
  view = lodge_test_find_descendant (lodge_machine_list_get_view (fixture->list), GTK_TYPE_LIST_VIEW, NULL);
  row = gtk_widget_get_first_child (view);
  g_assert_cmpint (gtk_widget_get_height (row), >=, 56);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_search (fixture))));
  lodge_machine_list_focus_search (fixture->list);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_search (fixture))));

  gtk_selection_model_select_range (lodge_machine_list_get_selection (fixture->list), 0, 3, TRUE);
  g_assert_true (gtk_action_bar_get_revealed (lodge_test_get_child (bar, LODGE_TYPE_SELECTION_BAR, "action_bar")));
  gtk_widget_activate_action (GTK_WIDGET (fixture->list), "list.clear-selection", NULL);
  g_assert_false (gtk_action_bar_get_revealed (lodge_test_get_child (bar, LODGE_TYPE_SELECTION_BAR, "action_bar")));
}

static LodgeDomainWidget *
find_name_cell (Fixture *fixture)
{
  return lodge_test_find_descendant (get_table (fixture), LODGE_TYPE_DOMAIN_WIDGET, NULL);
}

/* Check boxes while machines are selected; they leave with the selection */
static void
test_select (Fixture       *fixture,
             gconstpointer  data)
{
  GActionGroup *options = lodge_machine_list_get_options (fixture->list);
  GtkSelectionModel *selection = lodge_machine_list_get_selection (fixture->list);

  g_assert_null (lodge_domain_widget_get_mark_icon (find_name_cell (fixture)));
  g_action_group_change_action_state (options, "select", g_variant_new_boolean (TRUE));
  wait_painted (fixture);
  g_assert_cmpstr (lodge_domain_widget_get_mark_icon (find_name_cell (fixture)), ==, "checkbox-symbolic");
  gtk_selection_model_select_all (selection);
  wait_painted (fixture);
  g_assert_cmpstr (lodge_domain_widget_get_mark_icon (find_name_cell (fixture)), ==, "checkbox-checked-symbolic");

  /* Rows that come into view have them too, and another view */
  lodge_machine_view_scroll_to (lodge_machine_list_get_view (fixture->list), 900, GTK_LIST_SCROLL_NONE);
  wait_painted (fixture);
  g_assert_cmpstr (lodge_domain_widget_get_mark_icon (find_name_cell (fixture)), ==, "checkbox-checked-symbolic");
  g_action_group_change_action_state (options, "view", g_variant_new_string ("grid"));
  wait_painted (fixture);
  g_assert_true (gtk_widget_get_visible (lodge_test_find_child (lodge_machine_list_get_view (fixture->list), "check")));
  g_action_group_change_action_state (options, "view", g_variant_new_string ("list"));

  g_action_group_activate_action (options, "clear-selection", NULL);
  wait_painted (fixture);
  g_assert_false (g_variant_get_boolean (g_action_group_get_action_state (options, "select")));
  g_assert_null (lodge_domain_widget_get_mark_icon (find_name_cell (fixture)));
}

static int
get_tile_width (Fixture *fixture)
{
  int width;

  gtk_widget_get_size_request (lodge_test_find_child (lodge_machine_list_get_view (fixture->list), "frame"), &width, NULL);
  return width;
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  GActionGroup *options = lodge_machine_list_get_options (fixture->list);

  g_action_group_change_action_state (options, "view", g_variant_new_string ("grid"));
  wait_painted (fixture);
  g_assert_cmpint (get_tile_width (fixture), ==, LODGE_THUMBNAIL_WIDTH);
  g_action_group_activate_action (options, "zoom", g_variant_new_string ("in"));
  g_assert_cmpint (get_tile_width (fixture), ==, LODGE_THUMBNAIL_WIDTH * 5 / 4);
  for (guint i = 0; i < 9; i++)
    g_action_group_activate_action (options, "zoom", g_variant_new_string ("in"));
  g_assert_cmpint (get_tile_width (fixture), ==, 480);
  for (guint i = 0; i < 20; i++)
    g_action_group_activate_action (options, "zoom", g_variant_new_string ("out"));
  g_assert_cmpint (get_tile_width (fixture), ==, 120);
  g_action_group_activate_action (options, "zoom", g_variant_new_string ("normal"));
  g_assert_cmpint (get_tile_width (fixture), ==, LODGE_THUMBNAIL_WIDTH);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GtkCssProvider) style = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  /* What the application does by itself */
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, RESOURCE_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, function) g_test_add ("/list/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("steady", test_steady);
  ADD ("selection-and-filter", test_selection_and_filter);
  ADD ("bad-filter", test_bad_filter);
  ADD ("pinned", test_pinned);
  ADD ("order", test_order);
  ADD ("columns", test_columns);
  ADD ("optional-columns", test_optional_columns);
  ADD ("groups", test_groups);
  ADD ("grid", test_grid);
  ADD ("select", test_select);
  ADD ("zoom", test_zoom);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
