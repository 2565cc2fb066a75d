/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-list"

#include "config.h"

#include "lodge-machine-list.h"

#include <glib/gi18n.h>

#include "lodge-machine-filter.h"
#include "lodge-machine-grid.h"
#include "lodge-machine-groups.h"
#include "lodge-machine-query.h"
#include "lodge-machine-rows.h"
#include "lodge-machine-table.h"
#include "lodge-selection-bar.h"
#include "lodge-steady-selection.h"
#include "lodge-ui.h"
#include "lodge-view-options.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-domain.h"

/* Running numbers re-sort no more often, so that rows do not jump under the pointer */
#define SORT_INTERVAL_US     (3 * G_USEC_PER_SEC)
#define ANNOUNCE_INTERVAL_US G_USEC_PER_SEC
/* A selection up to this is acted on at once, a larger one when the main loop comes round */
#define SMALL_SELECTION      64

typedef enum
{
  VIEW_TABLE,
  VIEW_ROWS,
  VIEW_GRID,
  N_VIEWS,
} ViewKind;

struct _LodgeMachineList
{
  GtkWidget             parent_instance;

  /* template children */
  GtkWidget            *filter_row;
  GtkSearchEntry       *search_entry;
  AdwToggleGroup       *state_toggles;
  AdwToggle            *issues_toggle;
  GtkLabel             *count_label;
  GtkRevealer          *error_revealer;
  GtkLabel             *error_label;
  GtkStack             *stack;
  LodgeSelectionBar    *selection_bar;

  LodgeConnectionList  *connections;    /* owned */
  LodgeConnection      *connection;     /* owned, nullable: all of them */
  GPtrArray            *watched;        /* of LodgeConnection, whose statistics are read for this list */
  GSettings            *settings;       /* owned */
  GListModel           *all_domains;    /* owned */
  LodgeMachineFilter   *filter;         /* owned */
  LodgeMachineSorter   *sorter;         /* owned */
  GtkFilterListModel   *filter_model;   /* owned */
  GtkSortListModel     *sort_model;     /* owned */
  LodgeSteadySelection *selection;      /* owned */
  GListStore           *selected;       /* owned: what the actions are for */
  LodgeDomainActions   *actions;        /* owned */
  GSimpleActionGroup   *options;        /* owned */
  LodgeMachineView     *views[N_VIEWS]; /* borrowed: in @stack, made when first needed */
  GtkWidget            *menu;           /* owned: a child */
  char                 *summary;        /* owned */
  LodgeListWidth        width_class;
  ViewKind              kind;
  gint64                sort_time;      /* monotonic, µs */
  gint64                announce_time;
  guint                 update_id;
  guint                 filter_id;
  guint                 n_running;
  guint                 n_issues;
  gboolean              searching;      /* the entry is asked for where there is no room for it */
  gboolean              filter_dirty;
  gboolean              selection_dirty;
};

enum
{
  PROP_0,
  PROP_WIDTH_CLASS,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LodgeMachineList, lodge_machine_list, GTK_TYPE_WIDGET)

static void queue_update (LodgeMachineList *self);

static LodgeMachineView *
get_view (LodgeMachineList *self)
{
  return self->views[self->kind];
}

static gboolean
is_narrow (LodgeMachineList *self)
{
  return self->width_class >= LODGE_LIST_NARROW;
}

static GListModel *
get_domains (LodgeMachineList *self)
{
  return self->connection != NULL ? lodge_connection_get_domains (self->connection) : self->all_domains;
}

/* Selection */

static void
update_bar (LodgeMachineList *self)
{
  lodge_selection_bar_update (self->selection_bar, self->actions, G_LIST_MODEL (self->selected), is_narrow (self));
}

/* The actions are for what is selected and seen: positions are stale after the next flush, so the machines are taken
 * out at once */
static void
take_selection (LodgeMachineList *self)
{
  g_autoptr(GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr(GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  self->selection_dirty = FALSE;
  for (gboolean valid = gtk_bitset_iter_init_first (&iter, bits, &position); valid;
       valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (domains, g_list_model_get_item (G_LIST_MODEL (self->selection), position));

  g_list_store_splice (self->selected, 0, g_list_model_get_n_items (G_LIST_MODEL (self->selected)), domains->pdata,
                       domains->len);
  lodge_domain_actions_set_domains (self->actions, G_LIST_MODEL (self->selected));
  update_bar (self);
}

static void
selection_changed_cb (LodgeMachineList *self)
{
  g_autoptr(GtkBitset) bits = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  self->selection_dirty = TRUE;
  if (gtk_bitset_get_size (bits) <= SMALL_SELECTION
      && g_list_model_get_n_items (G_LIST_MODEL (self->selected)) <= SMALL_SELECTION)
    take_selection (self);
  else
    queue_update (self);
}

static void
items_changed_cb (LodgeMachineList *self,
                  guint             position,
                  guint             removed,
                  guint             added)
{
  /* What was selected may have left */
  if (removed > 0 && g_list_model_get_n_items (G_LIST_MODEL (self->selected)) > 0)
    self->selection_dirty = TRUE;
  queue_update (self);
}

static void
clear_selection_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (LODGE_MACHINE_LIST (user_data)->selection));
}

static guint
find_position (LodgeMachineList *self,
               LodgeDomain      *domain)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == domain)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

/* A row of the selection means all of it, another one itself */
static void
select_domain (LodgeMachineList *self,
               LodgeDomain      *domain)
{
  const guint position = find_position (self, domain);

  if (position != GTK_INVALID_LIST_POSITION
      && !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

/* Texts and pages */

static void
update_count_label (LodgeMachineList *self,
                    guint             n,
                    guint             shown)
{
  g_autofree char *count = NULL;
  const gint64 now = g_get_monotonic_time ();

  if (lodge_machine_filter_is_narrowing (self->filter))
    count = g_strdup_printf (g_dngettext (NULL, "%'u of %'u machine", "%'u of %'u machines", n), shown, n);
  else if (self->n_running > 0)
    count = g_strdup_printf (g_dngettext (NULL, "%'u machine, %'u running", "%'u machines, %'u running", n),
                             n, self->n_running);
  else
    count = g_strdup_printf (g_dngettext (NULL, "%'u machine", "%'u machines", n), n);
  if (g_str_equal (count, gtk_label_get_text (self->count_label)))
    return;

  gtk_label_set_text (self->count_label, count);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count_label), count);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && now - self->announce_time >= ANNOUNCE_INTERVAL_US)
    {
      gtk_accessible_announce (GTK_ACCESSIBLE (self), count, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
      self->announce_time = now;
    }
}

static void
update_texts (LodgeMachineList *self)
{
  const guint n = g_list_model_get_n_items (get_domains (self));
  const guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->filter_model));
  g_autofree char *issues = self->n_issues > 0 ? g_strdup_printf (_("Issues %'u"), self->n_issues)
                                               : g_strdup (_("Issues"));
  /* Translators: “16 of 30 running” */
  g_autofree char *summary = g_strdup_printf (_("%'u of %'u running"), self->n_running, n);

  update_count_label (self, n, shown);
  if (g_strcmp0 (issues, adw_toggle_get_label (self->issues_toggle)) != 0)
    adw_toggle_set_label (self->issues_toggle, issues);
  if (g_set_str (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);

  if (shown == 0 && n > 0)
    gtk_stack_set_visible_child_name (self->stack, "no-match");
  else if (get_view (self) != NULL)
    gtk_stack_set_visible_child (self->stack, GTK_WIDGET (get_view (self)));
}

/* Once a turn of the main loop, whatever has happened */
static gboolean
update_cb (gpointer user_data)
{
  LodgeMachineList *self = user_data;
  GListModel *domains = get_domains (self);
  const guint n = g_list_model_get_n_items (domains);

  self->update_id = 0;
  if (self->filter_dirty)
    lodge_machine_filter_refresh (self->filter);
  self->filter_dirty = FALSE;

  self->n_running = self->n_issues = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      self->n_running += lodge_domain_is_running (domain);
      self->n_issues += lodge_domain_has_issue (domain);
    }
  if (self->selection_dirty)
    take_selection (self);
  update_texts (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (LodgeMachineList *self)
{
  /* While the list is taken apart its models still change */
  if (self->update_id == 0 && self->selection != NULL)
    self->update_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, update_cb, self, NULL);
}

static void
states_changed_cb (LodgeMachineList *self)
{
  self->filter_dirty = TRUE;
  lodge_domain_actions_refresh (self->actions);
  queue_update (self);
}

/* Filter */

static gboolean
begin_steady (LodgeMachineList *self)
{
  LodgeMachineView *view = get_view (self);

  /* Groups lie where the model says, and the focus of a row is not carried over */
  if (view == NULL || lodge_machine_view_contains_focus (view)
      || gtk_sort_list_model_get_section_sorter (self->sort_model) != NULL)
    return FALSE;
  lodge_steady_selection_begin (self->selection);
  return TRUE;
}

static void
end_steady (LodgeMachineList *self,
            gboolean          steady)
{
  if (steady)
    lodge_steady_selection_end (self->selection);
}

static LodgeMachineStateFilter
get_state_filter (LodgeMachineList *self)
{
  static const char * const names[] = {
    [LODGE_MACHINE_STATE_ALL] = "all",
    [LODGE_MACHINE_STATE_RUNNING] = "running",
    [LODGE_MACHINE_STATE_OFF] = "off",
    [LODGE_MACHINE_STATE_ISSUES] = "issues",
  };
  const char *name = adw_toggle_group_get_active_name (self->state_toggles);
  guint i = 0;

  while (i < G_N_ELEMENTS (names) - 1 && g_strcmp0 (names[i], name) != 0)
    i++;
  return i;
}

static void
update_search_visible (LodgeMachineList *self)
{
  const gboolean has_text = *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->search_entry),
                          self->width_class < LODGE_LIST_TINY || self->searching || has_text);
}

static void
filter_changed_cb (LodgeMachineList *self)
{
  g_autoptr(GError) error = NULL;
  gboolean steady;

  if (self->filter == NULL)
    return;

  steady = begin_steady (self);
  lodge_machine_filter_set_state (self->filter, get_state_filter (self));
  lodge_machine_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), &error);
  end_steady (self, steady);

  for (guint i = 0; i < self->watched->len && lodge_machine_filter_wants_details (self->filter); i++)
    lodge_connection_load_details (self->watched->pdata[i]);
  if (error != NULL)
    {
      gtk_label_set_text (self->error_label, error->message);
      gtk_widget_add_css_class (GTK_WIDGET (self->search_entry), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
    }
  else if (gtk_widget_has_css_class (GTK_WIDGET (self->search_entry), "error"))
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->search_entry), "error");
      gtk_accessible_reset_state (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_STATE_INVALID);
    }
  gtk_revealer_set_reveal_child (self->error_revealer, error != NULL);
  update_search_visible (self);
  update_texts (self);
}

static gboolean
apply_filter_cb (gpointer user_data)
{
  LodgeMachineList *self = user_data;

  self->filter_id = 0;
  filter_changed_cb (self);
  return G_SOURCE_REMOVE;
}

/* A text that is replaced is empty in between: before the frame is early enough, and once */
static void
search_changed_cb (LodgeMachineList *self)
{
  if (self->filter_id == 0)
    self->filter_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, apply_filter_cb, self, NULL);
}

static void
clear_filters_cb (LodgeMachineList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  adw_toggle_group_set_active_name (self->state_toggles, "all");
  filter_changed_cb (self);
}

/* Escape clears the search first, then the selection */
static void
stop_search_cb (LodgeMachineList *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  g_action_group_change_action_state (G_ACTION_GROUP (self->options), "search", g_variant_new_boolean (FALSE));
  if (get_view (self) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (get_view (self)));
}

static void
open_position (LodgeMachineList *self,
               guint             position)
{
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->selection)))
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  take_selection (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "machine.open", NULL);
}

static void
search_activate_cb (LodgeMachineList *self)
{
  open_position (self, 0);
}

static void
change_search (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  LodgeMachineList *self = user_data;

  self->searching = g_variant_get_boolean (value);
  g_simple_action_set_state (action, value);
  update_search_visible (self);
  if (self->searching)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* Statistics */

/* Rows stay where they are while a person has something in hand */
static gboolean
is_busy (LodgeMachineList *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *pointer = seat != NULL ? gdk_seat_get_pointer (seat) : NULL;
  GdkModifierType modifiers = 0;

  if (self->menu != NULL && gtk_widget_get_mapped (self->menu))
    return TRUE;
  return surface != NULL && pointer != NULL
         && gdk_surface_get_device_position (surface, pointer, NULL, NULL, &modifiers)
         && (modifiers & (GDK_BUTTON1_MASK | GDK_BUTTON2_MASK | GDK_BUTTON3_MASK)) != 0;
}

static void
stats_updated_cb (LodgeMachineList *self,
                  LodgeConnection  *connection)
{
  const gint64 now = g_get_monotonic_time ();
  LodgeMachineView *view = get_view (self);

  if (view == NULL)
    return;
  lodge_machine_view_tick (view, connection);
  if (!lodge_column_get_info (lodge_machine_sorter_get_column (self->sorter))->live
      || now - self->sort_time < SORT_INTERVAL_US || is_busy (self))
    return;
  lodge_machine_view_sort_again (view, self->sorter);
  self->sort_time = now;
}

static void
unwatch_all (LodgeMachineList *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    {
      LodgeConnection *connection = g_ptr_array_index (self->watched, i);

      g_signal_handlers_disconnect_by_data (connection, self);
      lodge_connection_unwatch_stats (connection);
    }
  g_ptr_array_set_size (self->watched, 0);
}

static void
watch_one (LodgeMachineList *self,
           LodgeConnection  *connection)
{
  g_ptr_array_add (self->watched, g_object_ref (connection));
  g_signal_connect_object (connection, "stats-updated", G_CALLBACK (stats_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::n-running", G_CALLBACK (states_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (states_changed_cb), self,
                           G_CONNECT_SWAPPED);
  /* Once a flush: names, tags, addresses … */
  g_signal_connect_object (connection, "domains-changed", G_CALLBACK (states_changed_cb), self, G_CONNECT_SWAPPED);
  lodge_connection_watch_stats (connection);
}

static void
watch_all (LodgeMachineList *self)
{
  unwatch_all (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->connection != NULL)
    {
      watch_one (self, self->connection);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->connections)); i++)
    {
      g_autoptr(LodgeConnection) connection = g_list_model_get_item (G_LIST_MODEL (self->connections), i);

      watch_one (self, connection);
    }
}

static void
lodge_machine_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_machine_list_parent_class)->map (widget);
  watch_all (LODGE_MACHINE_LIST (widget));
  states_changed_cb (LODGE_MACHINE_LIST (widget));
}

static void
lodge_machine_list_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_machine_list_parent_class)->unmap (widget);
  unwatch_all (LODGE_MACHINE_LIST (widget));
}

/* Context menu */

static void
popup_menu (LodgeMachineList   *self,
            LodgeDomain        *domain,
            const GdkRectangle *at)
{
  select_domain (self, domain);
  if (self->selection_dirty)
    take_selection (self);
  if (self->menu == NULL)
    {
      g_autoptr(GMenuModel) model = lodge_domain_actions_create_menu ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_requested_cb (LodgeMachineView *view,
                   LodgeDomain      *domain,
                   double            x,
                   double            y,
                   LodgeMachineList *self)
{
  graphene_point_t point;

  if (gtk_widget_compute_point (GTK_WIDGET (view), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y),
                                &point))
    popup_menu (self, domain, &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (widget);
  LodgeMachineView *view = get_view (self);
  graphene_rect_t bounds;
  LodgeDomain *domain = view != NULL ? lodge_machine_view_get_focus_domain (view, &bounds) : NULL;

  if (domain == NULL)
    return FALSE;
  menu_requested_cb (view, domain, bounds.origin.x + 12, bounds.origin.y + bounds.size.height / 2, self);
  return TRUE;
}

/* Views */

static void
scroll_cb (guint    position,
           gpointer user_data)
{
  lodge_machine_view_scroll_to (get_view (user_data), position, GTK_LIST_SCROLL_NONE);
}

static void
update_room (LodgeMachineList *self)
{
  const gboolean many = self->connection == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->connections)) > 1;

  if (self->views[VIEW_TABLE] != NULL)
    lodge_machine_table_set_room (LODGE_MACHINE_TABLE (self->views[VIEW_TABLE]), self->width_class, many);
}

static void
update_groups (LodgeMachineList *self)
{
  g_autofree char *setting = g_settings_get_string (self->settings, "group-by");
  const LodgeMachineGrouping grouping = lodge_machine_grouping_from_setting (setting);
  g_autoptr(GtkSorter) sorter = lodge_machine_groups_create_sorter (grouping);
  g_autoptr(GtkListItemFactory) factory = lodge_machine_groups_create_factory (grouping);

  gtk_sort_list_model_set_section_sorter (self->sort_model, sorter);
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_header_factory (self->views[i], factory);
    }
}

static void
make_view (LodgeMachineList *self,
           ViewKind          kind)
{
  static const char * const names[N_VIEWS] = { [VIEW_TABLE] = "table", [VIEW_ROWS] = "rows", [VIEW_GRID] = "grid" };
  GtkWidget *view = kind == VIEW_TABLE ? lodge_machine_table_new (self->settings, self->sorter)
                    : kind == VIEW_GRID ? lodge_machine_grid_new () : lodge_machine_rows_new ();

  self->views[kind] = LODGE_MACHINE_VIEW (view);
  g_signal_connect_object (view, "activated", G_CALLBACK (open_position), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "menu-requested", G_CALLBACK (menu_requested_cb), self, 0);
  gtk_stack_add_named (self->stack, view, names[kind]);
  update_groups (self);
}

/* A view that is not seen holds no model, so that it makes no rows */
static void
update_views (LodgeMachineList *self)
{
  g_autofree char *mode = g_settings_get_string (self->settings, "view");
  const ViewKind kind = g_str_equal (mode, "grid") ? VIEW_GRID : is_narrow (self) ? VIEW_ROWS : VIEW_TABLE;

  self->kind = kind;
  if (self->views[kind] == NULL)
    make_view (self, kind);
  update_room (self);
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_model (self->views[i], i == kind ? GTK_SELECTION_MODEL (self->selection) : NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), !is_narrow (self));
  update_search_visible (self);
  update_bar (self);
  update_texts (self);
  queue_update (self);
}

static void
order_changed_cb (LodgeMachineList *self)
{
  /* Asked for by a person: to see what is first now */
  if (get_view (self) != NULL)
    lodge_machine_view_scroll_to (get_view (self), 0, GTK_LIST_SCROLL_NONE);
  self->sort_time = g_get_monotonic_time ();
}

static void
connections_changed_cb (LodgeMachineList *self)
{
  update_room (self);
  watch_all (self);
  queue_update (self);
}

static void
lodge_machine_list_set_width_class (LodgeMachineList *self,
                                    LodgeListWidth    width_class)
{
  const gboolean narrow = width_class >= LODGE_LIST_NARROW;

  if (self->width_class == width_class)
    return;
  self->width_class = width_class;
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_row),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  adw_toggle_group_set_can_shrink (self->state_toggles, narrow);
  update_views (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH_CLASS]);
}

static void
lodge_machine_list_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (object);

  switch (prop_id)
    {
    case PROP_WIDTH_CLASS:
      g_value_set_int (value, self->width_class);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_machine_list_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_WIDTH_CLASS:
      lodge_machine_list_set_width_class (LODGE_MACHINE_LIST (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_machine_list_dispose (GObject *object)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_handle_id (&self->filter_id, g_source_remove);
  unwatch_all (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->selection != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->selection, self);
      lodge_steady_selection_set_scroll (self->selection, NULL, NULL);
    }
  for (guint i = 0; i < N_VIEWS; i++)
    {
      if (self->views[i] != NULL)
        lodge_machine_view_set_model (self->views[i], NULL);
      self->views[i] = NULL;
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->sort_model);
  g_clear_object (&self->filter_model);
  g_clear_object (&self->filter);
  g_clear_object (&self->actions);
  g_clear_object (&self->options);
  g_clear_object (&self->selected);
  g_clear_object (&self->sorter);
  g_clear_object (&self->all_domains);
  g_clear_object (&self->connection);
  g_clear_object (&self->connections);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_LIST);

  G_OBJECT_CLASS (lodge_machine_list_parent_class)->dispose (object);
}

static void
lodge_machine_list_finalize (GObject *object)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->summary, g_free);

  G_OBJECT_CLASS (lodge_machine_list_parent_class)->finalize (object);
}

static void
lodge_machine_list_class_init (LodgeMachineListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_machine_list_dispose;
  object_class->finalize = lodge_machine_list_finalize;
  object_class->get_property = lodge_machine_list_get_property;
  object_class->set_property = lodge_machine_list_set_property;
  widget_class->map = lodge_machine_list_map;
  widget_class->unmap = lodge_machine_list_unmap;

  properties[PROP_WIDTH_CLASS] =
    g_param_spec_int ("width-class", NULL, NULL, LODGE_LIST_WIDE, LODGE_LIST_TINY, LODGE_LIST_WIDE,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
    g_param_spec_string ("summary", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LODGE_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-machine-list.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, filter_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, state_toggles);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, issues_toggle);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, count_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, error_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters_cb);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, GDK_NO_MODIFIER_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "machinelist");
}

static const GActionEntry entries[] = {
  { .name = "clear-selection", .activate = clear_selection_action },
  { .name = "search", .state = "false", .change_state = change_search },
};

static void
lodge_machine_list_init (LodgeMachineList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->selected = g_list_store_new (LODGE_TYPE_DOMAIN);
  self->announce_time = g_get_monotonic_time ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->stack));
}

static void
make_models (LodgeMachineList *self)
{
  GtkMultiSelection *selection;

  self->filter = lodge_machine_filter_new ();
  self->sorter = lodge_machine_sorter_new ();
  self->filter_model = gtk_filter_list_model_new (g_object_ref (self->all_domains),
                                                  GTK_FILTER (g_object_ref (self->filter)));
  self->sort_model = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filter_model)),
                                              GTK_SORTER (g_object_ref (self->sorter)));
  selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->sort_model)));
  self->selection = lodge_steady_selection_new (GTK_SELECTION_MODEL (selection));
  lodge_steady_selection_set_scroll (self->selection, scroll_cb, self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  /* A connection's own list may change while the filter lets nothing of it through */
  g_signal_connect_object (self->all_domains, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
}

/**
 * lodge_machine_list_new:
 * @connections: all that there are
 * @all_domains: the machines of all of them
 * @settings: of the program
 *
 * Returns: a list of the machines of all connections
 */
GtkWidget *
lodge_machine_list_new (LodgeConnectionList *connections,
                        GListModel          *all_domains,
                        GSettings           *settings)
{
  LodgeMachineList *self = g_object_new (LODGE_TYPE_MACHINE_LIST, NULL);

  self->all_domains = g_object_ref (all_domains);
  self->connections = g_object_ref (connections);
  self->settings = g_object_ref (settings);
  self->actions = lodge_domain_actions_new (GTK_WIDGET (self), settings);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine", lodge_domain_actions_get_group (self->actions));
  make_models (self);

  self->options = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->options), entries, G_N_ELEMENTS (entries), self);
  lodge_view_options_add_actions (self->options, settings, self->sorter);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (self->options));

  g_signal_connect_object (self->actions, "changed", G_CALLBACK (update_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sorter, "order-changed", G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::view", G_CALLBACK (update_views), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::group-by", G_CALLBACK (update_groups), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (connections_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_views (self);
  return GTK_WIDGET (self);
}

/**
 * lodge_machine_list_set_connection:
 * @self: a list
 * @connection: (nullable): whose machines to show; %NULL: those of all connections
 */
void
lodge_machine_list_set_connection (LodgeMachineList *self,
                                   LodgeConnection  *connection)
{
  gboolean steady;

  g_return_if_fail (LODGE_IS_MACHINE_LIST (self));

  if (!g_set_object (&self->connection, connection))
    return;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  steady = begin_steady (self);
  lodge_machine_filter_set_connection (self->filter, connection);
  end_steady (self, steady);
  update_room (self);
  watch_all (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  update_cb (self);
}

guint
lodge_machine_list_get_total (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), 0);

  return g_list_model_get_n_items (get_domains (self));
}

/**
 * lodge_machine_list_get_selection:
 *
 * Returns: (transfer none): the machines as they are shown, and which of them are selected
 */
GtkSelectionModel *
lodge_machine_list_get_selection (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}

LodgeDomainActions *
lodge_machine_list_get_actions (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), NULL);

  return self->actions;
}

LodgeMachineView *
lodge_machine_list_get_view (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), NULL);

  return get_view (self);
}

GActionGroup *
lodge_machine_list_get_options (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), NULL);

  return G_ACTION_GROUP (self->options);
}

void
lodge_machine_list_focus_search (LodgeMachineList *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_LIST (self));

  if (self->width_class == LODGE_LIST_TINY)
    g_action_group_change_action_state (G_ACTION_GROUP (self->options), "search", g_variant_new_boolean (TRUE));
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
