/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-view-options"

#include "config.h"

#include "lodge-view-options.h"

#include <glib/gi18n.h>

#include "lodge-column-layout.h"
#include "lodge-machine-groups.h"

/* As the schema says, px; and by how much a step makes them larger, % */
#define MIN_TILE_WIDTH 120
#define MAX_TILE_WIDTH 480
#define ZOOM_STEP      125

/* What the actions of one list share; owned by their group */
typedef struct
{
  GSettings          *settings;   /* owned */
  LodgeMachineSorter *sorter;     /* owned */
  GActionMap         *group;      /* borrowed: the owner */
  gulong              settings_id;
  gulong              sorter_id;
} Options;

static void
options_free (gpointer data)
{
  Options *options = data;

  g_signal_handler_disconnect (options->settings, options->settings_id);
  g_signal_handler_disconnect (options->sorter, options->sorter_id);
  g_object_unref (options->settings);
  g_object_unref (options->sorter);
  g_free (options);
}

static void
set_state (Options    *options,
           const char *name,
           GVariant   *state)
{
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (options->group, name)), state);
}

static void
columns_changed_cb (Options *options)
{
  LodgeColumnLayout layout;

  lodge_column_layout_load (&layout, options->settings);
  for (guint i = LODGE_COLUMN_NAME + 1; i < LODGE_N_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("column-", lodge_column_get_info (i)->id, NULL);

      set_state (options, name, g_variant_new_boolean (lodge_column_layout_find (&layout, i)->shown));
    }
}

static void
order_changed_cb (Options *options)
{
  const LodgeColumnInfo *info = lodge_column_get_info (lodge_machine_sorter_get_column (options->sorter));
  const gboolean descending = lodge_machine_sorter_get_descending (options->sorter);

  set_state (options, "sort", g_variant_new_string (info->id));
  set_state (options, "sort-descending", g_variant_new_boolean (descending));
  g_settings_set (options->settings, "sort", "(sb)", info->id, descending);
}

static void
change_column (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  Options *options = user_data;
  const char *id = g_action_get_name (G_ACTION (action)) + strlen ("column-");
  LodgeColumnLayout layout;

  lodge_column_layout_load (&layout, options->settings);
  lodge_column_layout_find (&layout, lodge_column_from_id (id))->shown = g_variant_get_boolean (value);
  lodge_column_layout_save (&layout, options->settings);
}

static void
change_sort (GSimpleAction *action,
             GVariant      *value,
             gpointer       user_data)
{
  Options *options = user_data;
  const LodgeColumn column = lodge_column_from_id (g_variant_get_string (value, NULL));

  if (column < LODGE_N_COLUMNS)
    lodge_machine_sorter_set_order (options->sorter, column, lodge_column_get_info (column)->descending);
}

static void
change_descending (GSimpleAction *action,
                   GVariant      *value,
                   gpointer       user_data)
{
  Options *options = user_data;

  lodge_machine_sorter_set_order (options->sorter, lodge_machine_sorter_get_column (options->sorter),
                                  g_variant_get_boolean (value));
}

/* “in”, “out” or “normal” */
static void
activate_zoom (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  Options *options = user_data;
  const char *way = g_variant_get_string (parameter, NULL);
  const int width = g_settings_get_int (options->settings, "tile-width");

  if (g_str_equal (way, "in"))
    g_settings_set_int (options->settings, "tile-width", MIN (width * ZOOM_STEP / 100, MAX_TILE_WIDTH));
  else if (g_str_equal (way, "out"))
    g_settings_set_int (options->settings, "tile-width", MAX (width * 100 / ZOOM_STEP, MIN_TILE_WIDTH));
  else
    g_settings_reset (options->settings, "tile-width");
}

static const GActionEntry entries[] = {
  { .name = "zoom", .parameter_type = "s", .activate = activate_zoom },
  { .name = "sort", .parameter_type = "s", .state = "'name'", .change_state = change_sort },
  { .name = "sort-descending", .state = "false", .change_state = change_descending },
};

void
lodge_view_options_add_actions (GSimpleActionGroup *group,
                                GSettings          *settings,
                                LodgeMachineSorter *sorter)
{
  Options *options = g_new0 (Options, 1);
  g_autoptr(GAction) group_by = g_settings_create_action (settings, "group-by");
  g_autoptr(GAction) view = g_settings_create_action (settings, "view");
  g_autofree char *id = NULL;
  gboolean descending;
  LodgeColumn column;

  options->settings = g_object_ref (settings);
  options->sorter = g_object_ref (sorter);
  options->group = G_ACTION_MAP (group);
  g_action_map_add_action (options->group, group_by);
  g_action_map_add_action (options->group, view);
  g_action_map_add_action_entries (options->group, entries, G_N_ELEMENTS (entries), options);
  for (guint i = LODGE_COLUMN_NAME + 1; i < LODGE_N_COLUMNS; i++)
    {
      g_autofree char *name = g_strconcat ("column-", lodge_column_get_info (i)->id, NULL);
      const GActionEntry entry = { .name = name, .state = "false", .change_state = change_column };

      g_action_map_add_action_entries (options->group, &entry, 1, options);
    }

  g_settings_get (settings, "sort", "(sb)", &id, &descending);
  column = lodge_column_from_id (id);
  if (column < LODGE_N_COLUMNS)
    lodge_machine_sorter_set_order (sorter, column, descending);
  columns_changed_cb (options);
  order_changed_cb (options);
  options->settings_id = g_signal_connect_swapped (settings, "changed::columns", G_CALLBACK (columns_changed_cb),
                                                   options);
  options->sorter_id = g_signal_connect_swapped (sorter, "order-changed", G_CALLBACK (order_changed_cb), options);
  g_object_set_data_full (G_OBJECT (group), "lodge-view-options", options, options_free);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target != NULL ? g_variant_new_string (target) : NULL);
  g_menu_append_item (menu, item);
}

/**
 * lodge_view_options_create_menu:
 *
 * Returns: (transfer full): made from the table of columns, so that a new column is in it
 */
GMenuModel *
lodge_view_options_create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) columns = g_menu_new ();
  g_autoptr(GMenu) sort = g_menu_new ();
  g_autoptr(GMenu) by = g_menu_new ();
  g_autoptr(GMenu) direction = g_menu_new ();
  g_autoptr(GMenu) group = g_menu_new ();
  g_autoptr(GMenu) size = g_menu_new ();

  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      const LodgeColumnInfo *info = lodge_column_get_info (i);
      g_autofree char *action = g_strconcat ("list.column-", info->id, NULL);

      if (i != LODGE_COLUMN_NAME)
        append (columns, _(info->title), action, NULL);
      append (by, _(info->title), "list.sort", info->id);
    }
  append (direction, _("Descending"), "list.sort-descending", NULL);
  g_menu_append_section (sort, NULL, G_MENU_MODEL (by));
  g_menu_append_section (sort, NULL, G_MENU_MODEL (direction));
  for (guint i = 0; i < LODGE_N_GROUPINGS; i++)
    append (group, lodge_machine_grouping_get_label (i), "list.group-by", lodge_machine_grouping_get_setting (i));

  g_menu_append_submenu (menu, _("_Columns"), G_MENU_MODEL (columns));
  g_menu_append_submenu (menu, _("_Sort By"), G_MENU_MODEL (sort));
  g_menu_append_submenu (menu, _("_Group By"), G_MENU_MODEL (group));
  append (size, _("_Larger"), "list.zoom", "in");
  append (size, _("S_maller"), "list.zoom", "out");
  append (size, _("_Normal Size"), "list.zoom", "normal");
  g_menu_append_submenu (menu, _("_Thumbnails"), G_MENU_MODEL (size));
  append (menu, _("Filter by _Tag…"), "list.tags", NULL);
  append (menu, _("S_elect Machines"), "list.select", NULL);
  return G_MENU_MODEL (menu);
}
