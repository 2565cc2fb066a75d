/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-list"

#include "config.h"

#include "lodge-machine-list.h"

#include <glib/gi18n.h>

#include "lodge-machine-row.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "widgets/lodge-domain-cell.h"

/* Running numbers re-sort no more often, so that rows do not jump under the pointer */
#define SORT_INTERVAL_US (5 * G_USEC_PER_SEC)
#define ANNOUNCE_INTERVAL_US G_USEC_PER_SEC

struct _LodgeMachineList
{
  GtkWidget            parent_instance;

  /* template children */
  GtkWidget           *filter_row;
  GtkSearchEntry      *search_entry;
  AdwToggleGroup      *state_toggles;
  AdwToggle           *issues_toggle;
  GtkLabel            *count_label;
  GtkStack            *stack;
  GtkColumnView       *column_view;
  GtkListView         *list_view;
  GtkActionBar        *action_bar;
  GtkLabel            *selection_label;
  GtkButton           *start_button;
  GtkButton           *shut_down_button;
  GtkButton           *pause_button;
  GtkButton           *resume_button;
  GtkWidget           *delete_button;

  LodgeConnectionList *connections;    /* owned */
  LodgeConnection     *connection;     /* owned, nullable: all of them */
  GPtrArray           *watched;        /* of LodgeConnection, whose statistics are read for this list */
  GListModel          *all_domains;    /* owned */
  GListModel          *domains;        /* owned: before the filter */
  GtkFilterListModel  *filter_model;   /* owned */
  GtkFilter           *filter;         /* owned */
  GtkMultiSelection   *selection;      /* owned */
  GListModel          *selected;       /* owned */
  LodgeDomainActions  *actions;        /* owned */
  GtkColumnViewColumn *columns[LODGE_N_COLUMNS];   /* borrowed: the view's */
  GHashTable          *cells;          /* widgets that are bound now */
  GtkWidget           *menu;           /* owned: a child */
  char                *needle;         /* owned: casefolded, NULL when nothing is searched */
  char                *summary;        /* owned */
  LodgeListWidth       width_class;
  gint64               sort_time;      /* monotonic, µs */
  gint64               announce_time;
  guint                update_id;
  gboolean             filter_dirty;
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

/* Columns in their order. The last width that still shows one; -1 for those that are only shown when asked for. */
static const struct
{
  LodgeColumn  column;
  const char  *title;
  int          width;     /* logical pixels, -1: takes what is left */
  int          last_width_class;
  gboolean     live;      /* its value changes every tick */
} column_table[] = {
  { LODGE_COLUMN_NAME, N_("Name"), -1, LODGE_LIST_SMALL, FALSE },
  { LODGE_COLUMN_STATE, N_("State"), 128, LODGE_LIST_SMALL, FALSE },
  { LODGE_COLUMN_CONNECTION, N_("Connection"), 130, LODGE_LIST_WIDE, FALSE },
  { LODGE_COLUMN_CPU, N_("CPU"), 122, LODGE_LIST_SMALL, TRUE },
  { LODGE_COLUMN_MEMORY, N_("Memory"), 124, LODGE_LIST_MEDIUM, TRUE },
  { LODGE_COLUMN_DISK, N_("Disk"), 94, LODGE_LIST_WIDE, TRUE },
  { LODGE_COLUMN_NETWORK, N_("Network"), 94, LODGE_LIST_WIDE, TRUE },
};

static int
compare_numbers (double a,
                 double b)
{
  return (a > b) - (a < b);
}

/* Ties are broken by name, so that the order is total and never flickers */
static int
compare_domains (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  LodgeDomain *first = (LodgeDomain *) a;
  LodgeDomain *second = (LodgeDomain *) b;
  LodgeConnection *connections[2];
  int order = 0;

  switch ((LodgeColumn) GPOINTER_TO_INT (user_data))
    {
    case LODGE_COLUMN_STATE:
      order = compare_numbers (lodge_domain_get_state (first), lodge_domain_get_state (second));
      break;
    case LODGE_COLUMN_CONNECTION:
      connections[0] = lodge_domain_get_connection (first);
      connections[1] = lodge_domain_get_connection (second);
      if (connections[0] != connections[1] && connections[0] != NULL && connections[1] != NULL)
        order = g_utf8_collate (lodge_connection_get_label (connections[0]),
                                lodge_connection_get_label (connections[1]));
      break;
    case LODGE_COLUMN_CPU:
      order = compare_numbers (lodge_domain_get_cpu (first), lodge_domain_get_cpu (second));
      break;
    case LODGE_COLUMN_MEMORY:
      order = compare_numbers (lodge_domain_get_memory (first), lodge_domain_get_memory (second));
      break;
    case LODGE_COLUMN_DISK:
      order = compare_numbers (lodge_domain_get_disk_rate (first), lodge_domain_get_disk_rate (second));
      break;
    case LODGE_COLUMN_NETWORK:
      order = compare_numbers (lodge_domain_get_network_rate (first),
                               lodge_domain_get_network_rate (second));
      break;
    case LODGE_COLUMN_NAME:
    case LODGE_COLUMN_LAST_ERROR:
    case LODGE_COLUMN_UUID:
    case LODGE_COLUMN_TITLE:
    case LODGE_N_COLUMNS:
    default:
      break;
    }
  if (order == 0)
    order = g_ascii_strcasecmp (lodge_domain_get_name (first), lodge_domain_get_name (second));
  if (order == 0)
    order = strcmp (lodge_domain_get_uuid (first), lodge_domain_get_uuid (second));
  return order < 0 ? GTK_ORDERING_SMALLER : order > 0 ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static gboolean
has_issue (LodgeDomain *domain)
{
  return lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_CRASHED
         || lodge_domain_get_stale (domain) || lodge_domain_get_last_error (domain) != NULL;
}

static gboolean
is_running (LodgeDomain *domain)
{
  switch (lodge_domain_get_state (domain))
    {
    case LODGE_DOMAIN_STATE_RUNNING:
    case LODGE_DOMAIN_STATE_PAUSED:
    case LODGE_DOMAIN_STATE_SHUTTING_DOWN:
    case LODGE_DOMAIN_STATE_SUSPENDED:
      return TRUE;
    case LODGE_DOMAIN_STATE_UNKNOWN:
    case LODGE_DOMAIN_STATE_OFF:
    case LODGE_DOMAIN_STATE_SAVED:
    case LODGE_DOMAIN_STATE_CRASHED:
    default:
      return FALSE;
    }
}

static gboolean
contains (const char *text,
          const char *needle)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, needle) != NULL;
}

static gboolean
filter_domain (gpointer item,
               gpointer user_data)
{
  LodgeMachineList *self = user_data;
  LodgeDomain *domain = item;
  const char *state = adw_toggle_group_get_active_name (self->state_toggles);

  if (g_strcmp0 (state, "running") == 0 && !is_running (domain))
    return FALSE;
  if (g_strcmp0 (state, "off") == 0 && is_running (domain))
    return FALSE;
  if (g_strcmp0 (state, "issues") == 0 && !has_issue (domain))
    return FALSE;

  return self->needle == NULL
         || contains (lodge_domain_get_name (domain), self->needle)
         || contains (lodge_domain_get_title (domain), self->needle)
         || g_str_has_prefix (lodge_domain_get_uuid (domain), self->needle);
}

static gboolean
is_state_filtered (LodgeMachineList *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->state_toggles), "all") != 0;
}

static gboolean
is_filtered (LodgeMachineList *self)
{
  return self->needle != NULL || is_state_filtered (self);
}

static void
set_button (LodgeMachineList     *self,
            GtkButton            *button,
            LodgeDomainOperation  operation,
            const char           *name,
            guint                 n_selected)
{
  const guint n = lodge_domain_actions_count (self->actions, operation);
  g_autofree char *label = n != n_selected ? g_strdup_printf ("%s %u", name, n) : g_strdup (name);

  gtk_widget_set_visible (GTK_WIDGET (button), n > 0);
  gtk_button_set_label (button, label);
}

static void
update_actions (LodgeMachineList *self)
{
  const guint n = g_list_model_get_n_items (self->selected);
  const gboolean narrow = self->width_class == LODGE_LIST_NARROW;
  g_autofree char *text = NULL;

  gtk_action_bar_set_revealed (self->action_bar, n > 0);
  if (n == 0)
    return;

  if (n == 1)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (self->selected, 0);

      text = lodge_domain_cell_dup_text (domain, LODGE_COLUMN_NAME);
    }
  else
    text = g_strdup_printf (g_dngettext (NULL, "%u machine selected", "%u machines selected", n), n);
  gtk_label_set_text (self->selection_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->selection_label), !narrow);

  set_button (self, self->start_button, LODGE_DOMAIN_START, _("Start"), n);
  set_button (self, self->shut_down_button, LODGE_DOMAIN_SHUT_DOWN, _("Shut Down"), n);
  set_button (self, self->pause_button, LODGE_DOMAIN_PAUSE, _("Pause"), n);
  set_button (self, self->resume_button, LODGE_DOMAIN_RESUME, _("Resume"), n);
  /* There is room for one verb; the menu has the others */
  if (narrow)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->pause_button), FALSE);
      if (gtk_widget_get_visible (GTK_WIDGET (self->start_button)))
        gtk_widget_set_visible (GTK_WIDGET (self->shut_down_button), FALSE);
    }
  gtk_widget_set_visible (self->delete_button, !narrow);
}

static void
selection_changed_cb (LodgeMachineList *self)
{
  lodge_domain_actions_set_domains (self->actions, self->selected);
  update_actions (self);
}

/* The text of the count, the toggles and the page: once a turn of the main loop, whatever has happened */
static gboolean
update_cb (gpointer user_data)
{
  LodgeMachineList *self = user_data;
  const guint n = g_list_model_get_n_items (self->domains);
  guint shown, n_running = 0, n_issues = 0;
  g_autofree char *count = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *issues = NULL;

  self->update_id = 0;
  if (self->filter_dirty && is_filtered (self))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  self->filter_dirty = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (self->domains, i);

      n_running += is_running (domain);
      n_issues += has_issue (domain);
    }

  shown = g_list_model_get_n_items (G_LIST_MODEL (self->filter_model));
  if (is_filtered (self))
    count = g_strdup_printf (g_dngettext (NULL, "%'u of %'u machine", "%'u of %'u machines", n), shown, n);
  else if (n_running > 0)
    count = g_strdup_printf (g_dngettext (NULL, "%'u machine, %'u running", "%'u machines, %'u running", n),
                             n, n_running);
  else
    count = g_strdup_printf (g_dngettext (NULL, "%'u machine", "%'u machines", n), n);
  /* Translators: “16 of 30 running” */
  summary = g_strdup_printf (_("%'u of %'u running"), n_running, n);

  issues = n_issues > 0 ? g_strdup_printf (_("Issues %u"), n_issues) : g_strdup (_("Issues"));
  if (g_strcmp0 (issues, adw_toggle_get_label (self->issues_toggle)) != 0)
    adw_toggle_set_label (self->issues_toggle, issues);

  if (g_strcmp0 (count, gtk_label_get_text (self->count_label)) != 0)
    {
      const gint64 now = g_get_monotonic_time ();

      gtk_label_set_text (self->count_label, count);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->count_label), count);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)) && now - self->announce_time >= ANNOUNCE_INTERVAL_US)
        {
          gtk_accessible_announce (GTK_ACCESSIBLE (self), count, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
          self->announce_time = now;
        }
    }
  if (g_set_str (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);

  if (shown == 0 && n > 0)
    gtk_stack_set_visible_child_name (self->stack, "no-match");
  else
    gtk_stack_set_visible_child_name (self->stack,
                                      self->width_class == LODGE_LIST_NARROW ? "list" : "table");
  return G_SOURCE_REMOVE;
}

static void
queue_update (LodgeMachineList *self)
{
  /* While the list is taken apart its models still change */
  if (self->update_id == 0 && self->domains != NULL)
    self->update_id = g_idle_add_full (GDK_PRIORITY_REDRAW - 1, update_cb, self, NULL);
}

static void
states_changed_cb (LodgeMachineList *self)
{
  self->filter_dirty = TRUE;
  queue_update (self);
}

static void
filter_changed_cb (LodgeMachineList *self)
{
  g_autofree char *text = NULL;

  if (self->filter == NULL)
    return;

  text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);
  g_strstrip (text);
  g_set_str (&self->needle, *text != '\0' ? text : NULL);
  /* No filter is cheaper than one that lets everything through */
  if (is_filtered (self) != (gtk_filter_list_model_get_filter (self->filter_model) != NULL))
    gtk_filter_list_model_set_filter (self->filter_model, is_filtered (self) ? self->filter : NULL);
  else if (is_filtered (self))
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  queue_update (self);
}

static void
clear_filters_cb (LodgeMachineList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  adw_toggle_group_set_active_name (self->state_toggles, "all");
  filter_changed_cb (self);
}

static void
clear_selection_cb (LodgeMachineList *self)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

/* Escape clears the search first, then the selection */
static void
stop_search_cb (LodgeMachineList *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    clear_selection_cb (self);
  gtk_widget_grab_focus (self->width_class == LODGE_LIST_NARROW ? GTK_WIDGET (self->list_view)
                                                                : GTK_WIDGET (self->column_view));
}

static void
search_activate_cb (LodgeMachineList *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "machine.open", NULL);
}

static void
activate_cb (LodgeMachineList *self,
             guint             position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "machine.open", NULL);
}

/* Statistics */

static void
stats_updated_cb (LodgeMachineList *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->column_view);
  GtkColumnViewColumn *primary =
    gtk_column_view_sorter_get_primary_sort_column (GTK_COLUMN_VIEW_SORTER (sorter));
  const gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    {
      if (LODGE_IS_DOMAIN_CELL (cell))
        lodge_domain_cell_tick (cell);
      else
        lodge_machine_row_tick (cell);
    }

  if (primary == NULL || now - self->sort_time < SORT_INTERVAL_US)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (column_table); i++)
    {
      if (column_table[i].live && primary == self->columns[column_table[i].column])
        {
          gtk_sorter_changed (sorter, GTK_SORTER_CHANGE_DIFFERENT);
          self->sort_time = now;
        }
    }
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
  g_signal_connect_object (connection, "stats-updated", G_CALLBACK (stats_updated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::n-running", G_CALLBACK (states_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (states_changed_cb), self,
                           G_CONNECT_SWAPPED);
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

/* Cells */

static void
setup_cell_cb (GtkSignalListItemFactory *factory,
               GtkColumnViewCell        *item,
               gpointer                  user_data)
{
  gtk_column_view_cell_set_child (item, lodge_domain_cell_new ((LodgeColumn) GPOINTER_TO_INT (user_data)));
}

static void
bind_cell_cb (LodgeMachineList  *self,
              GtkColumnViewCell *item)
{
  GtkWidget *cell = gtk_column_view_cell_get_child (item);

  lodge_domain_cell_set_domain (LODGE_DOMAIN_CELL (cell), gtk_column_view_cell_get_item (item));
  g_hash_table_add (self->cells, cell);
}

static void
unbind_cell_cb (LodgeMachineList  *self,
                GtkColumnViewCell *item)
{
  GtkWidget *cell = gtk_column_view_cell_get_child (item);

  g_hash_table_remove (self->cells, cell);
  lodge_domain_cell_set_domain (LODGE_DOMAIN_CELL (cell), NULL);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, lodge_machine_row_new ());
}

static void
bind_row_cb (LodgeMachineList *self,
             GtkListItem      *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  lodge_machine_row_set_domain (LODGE_MACHINE_ROW (row), gtk_list_item_get_item (item));
  g_hash_table_add (self->cells, row);
}

static void
unbind_row_cb (LodgeMachineList *self,
               GtkListItem      *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_hash_table_remove (self->cells, row);
  lodge_machine_row_set_domain (LODGE_MACHINE_ROW (row), NULL);
}

/* “fedora-dev, Running, This Computer”: what a row is called */
static void
bind_view_row_cb (GtkSignalListItemFactory *factory,
                  GtkColumnViewRow         *row)
{
  LodgeDomain *domain = gtk_column_view_row_get_item (row);
  g_autofree char *name = lodge_domain_cell_dup_text (domain, LODGE_COLUMN_NAME);
  g_autofree char *state = lodge_domain_cell_dup_text (domain, LODGE_COLUMN_STATE);
  g_autofree char *connection = lodge_domain_cell_dup_text (domain, LODGE_COLUMN_CONNECTION);
  g_autofree char *label = g_strdup_printf ("%s, %s, %s", name, state, connection);

  gtk_column_view_row_set_accessible_label (row, label);
}

/* Context menu */

/* The machine of the row that @widget is part of */
static LodgeDomain *
find_domain (GtkWidget *widget,
             GtkWidget *view)
{
  for (; widget != NULL && widget != view; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *inner = widget;

      /* A cell or row of the view has what we made as its first descendant */
      for (int depth = 0; inner != NULL && depth < 3; depth++)
        {
          if (LODGE_IS_DOMAIN_CELL (inner))
            return lodge_domain_cell_get_domain (LODGE_DOMAIN_CELL (inner));
          if (LODGE_IS_MACHINE_ROW (inner))
            return lodge_machine_row_get_domain (LODGE_MACHINE_ROW (inner));
          inner = gtk_widget_get_first_child (inner);
        }
      if (GTK_IS_LIST_BASE (widget))
        return NULL;
    }
  return NULL;
}

static void
select_domain (LodgeMachineList *self,
               LodgeDomain      *domain)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item != domain)
        continue;
      if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i))
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
      return;
    }
}

static void
popup_menu (LodgeMachineList   *self,
            const GdkRectangle *at)
{
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
secondary_pressed_cb (GtkGestureClick *gesture,
                      int              n_press,
                      double           x,
                      double           y,
                      gpointer         user_data)
{
  LodgeMachineList *self = user_data;
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  LodgeDomain *domain = find_domain (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT), view);
  graphene_point_t point;

  if (domain == NULL
      || !gtk_widget_compute_point (view, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &point))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  select_domain (self, domain);
  popup_menu (self, &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  LodgeDomain *domain;
  graphene_rect_t bounds;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)))
    return FALSE;
  domain = find_domain (focus, GTK_WIDGET (self->stack));
  if (domain == NULL || !gtk_widget_compute_bounds (focus, widget, &bounds))
    return FALSE;
  select_domain (self, domain);
  popup_menu (self, &(GdkRectangle) { (int) bounds.origin.x + 12,
                                      (int) (bounds.origin.y + bounds.size.height / 2), 1, 1 });
  return TRUE;
}

static void
add_context_gesture (LodgeMachineList *self,
                     GtkWidget        *view)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect (gesture, "pressed", G_CALLBACK (secondary_pressed_cb), self);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (gesture));
}

/* Making */

static void
update_columns (LodgeMachineList *self)
{
  const gboolean one_connection = self->connection != NULL
                                  || g_list_model_get_n_items (G_LIST_MODEL (self->connections)) < 2;

  for (guint i = 0; i < G_N_ELEMENTS (column_table); i++)
    {
      const LodgeColumn column = column_table[i].column;
      gboolean visible = (int) self->width_class <= column_table[i].last_width_class;

      if (column == LODGE_COLUMN_CONNECTION && one_connection)
        visible = FALSE;
      gtk_column_view_column_set_visible (self->columns[column], visible);
    }
}

static void
add_columns (LodgeMachineList *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (column_table); i++)
    {
      const LodgeColumn id = column_table[i].column;
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;
      g_autoptr(GtkSorter) sorter = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), GINT_TO_POINTER (id));
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cell_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cell_cb), self, G_CONNECT_SWAPPED);

      column = gtk_column_view_column_new (_(column_table[i].title), factory);
      sorter = GTK_SORTER (gtk_custom_sorter_new (compare_domains, GINT_TO_POINTER (id), NULL));
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (column_table[i].width < 0)
        gtk_column_view_column_set_expand (column, TRUE);
      else
        gtk_column_view_column_set_fixed_width (column, column_table[i].width);
      gtk_column_view_append_column (self->column_view, column);
      self->columns[id] = column;
      g_object_unref (column);
    }
  gtk_column_view_sort_by_column (self->column_view, self->columns[LODGE_COLUMN_NAME], GTK_SORT_ASCENDING);
}

static void
make_models (LodgeMachineList *self)
{
  GtkListItemFactory *factory;
  GtkListItemFactory *row_factory;
  GtkSorter *sorter = gtk_column_view_get_sorter (self->column_view);
  GtkSortListModel *sorted;

  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_domain, self, NULL));
  self->filter_model = gtk_filter_list_model_new (NULL, NULL);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (self->filter_model)), g_object_ref (sorter));
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (sorted));
  self->selected = G_LIST_MODEL (gtk_selection_filter_model_new (GTK_SELECTION_MODEL (self->selection)));
  g_signal_connect_object (self->selected, "items-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter_model, "items-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);

  row_factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (row_factory, "bind", G_CALLBACK (bind_view_row_cb), NULL);
  gtk_column_view_set_row_factory (self->column_view, row_factory);
  g_object_unref (row_factory);

  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list_view, factory);
  g_object_unref (factory);
}

/* A view that is not seen holds no model, so that it makes no rows */
static void
update_views (LodgeMachineList *self)
{
  const gboolean narrow = self->width_class == LODGE_LIST_NARROW;
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  gtk_column_view_set_model (self->column_view, narrow ? NULL : model);
  gtk_list_view_set_model (self->list_view, narrow ? model : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), !narrow);
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->stack));
  update_columns (self);
  update_actions (self);
  queue_update (self);
}

static void
lodge_machine_list_set_width_class (LodgeMachineList *self,
                                    LodgeListWidth    width_class)
{
  if (self->width_class == width_class)
    return;
  self->width_class = width_class;
  if (width_class == LODGE_LIST_NARROW)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_row),
                                  width_class == LODGE_LIST_NARROW ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL);
  adw_toggle_group_set_can_shrink (self->state_toggles, width_class == LODGE_LIST_NARROW);
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

  g_clear_object (&self->domains);
  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->watched != NULL)
    unwatch_all (self);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->column_view != NULL)
    gtk_column_view_set_model (self->column_view, NULL);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  if (self->filter_model != NULL)
    gtk_filter_list_model_set_filter (self->filter_model, NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->selected);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter_model);
  g_clear_object (&self->filter);
  g_clear_object (&self->all_domains);
  g_clear_object (&self->connection);
  g_clear_object (&self->connections);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_LIST);

  G_OBJECT_CLASS (lodge_machine_list_parent_class)->dispose (object);
}

static void
lodge_machine_list_finalize (GObject *object)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->summary, g_free);

  G_OBJECT_CLASS (lodge_machine_list_parent_class)->finalize (object);
}

static const struct
{
  guint            key;
  GdkModifierType  modifiers;
  const char      *action;
} shortcuts[] = {
  { GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "machine.start" },
  { GDK_KEY_d, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "machine.shut-down" },
  { GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "machine.reboot" },
  { GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "machine.toggle-pause" },
  { GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "machine.save" },
  { GDK_KEY_F2, GDK_NO_MODIFIER_MASK, "machine.rename" },
  { GDK_KEY_Delete, GDK_NO_MODIFIER_MASK, "machine.delete" },
};

static gboolean
delete_or_edit_cb (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  /* In an entry the key means the character after the cursor */
  if (focus != NULL && GTK_IS_EDITABLE (focus))
    return FALSE;
  return gtk_widget_activate_action (widget, "machine.delete", NULL);
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
    g_param_spec_int ("width-class", NULL, NULL, LODGE_LIST_WIDE, LODGE_LIST_NARROW, LODGE_LIST_WIDE,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
    g_param_spec_string ("summary", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-machine-list.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, filter_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, state_toggles);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, issues_toggle);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, count_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, column_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, list_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, action_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, selection_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, start_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, shut_down_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, pause_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, resume_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, delete_button);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      if (shortcuts[i].key == GDK_KEY_Delete)
        gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, GDK_NO_MODIFIER_MASK,
                                      delete_or_edit_cb, NULL);
      else
        gtk_widget_class_add_binding_action (widget_class, shortcuts[i].key, shortcuts[i].modifiers,
                                             shortcuts[i].action, NULL);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, GDK_NO_MODIFIER_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "machinelist");
}

static void
lodge_machine_list_init (LodgeMachineList *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->cells = g_hash_table_new (NULL, NULL);
  self->announce_time = g_get_monotonic_time ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_context_gesture (self, GTK_WIDGET (self->column_view));
  add_context_gesture (self, GTK_WIDGET (self->list_view));
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
  self->actions = lodge_domain_actions_new (GTK_WIDGET (self), settings);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine", lodge_domain_actions_get_group (self->actions));
  g_signal_connect_object (self->actions, "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  add_columns (self);
  make_models (self);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (update_columns), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (watch_all), self, G_CONNECT_SWAPPED);
  lodge_machine_list_set_connection (self, NULL);
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
  g_return_if_fail (LODGE_IS_MACHINE_LIST (self));

  if (!g_set_object (&self->connection, connection) && self->domains != NULL)
    return;

  if (self->domains != NULL)
    g_signal_handlers_disconnect_by_func (self->domains, queue_update, self);
  g_clear_object (&self->domains);
  if (connection != NULL)
    self->domains = g_object_ref (lodge_connection_get_domains (connection));
  else
    self->domains = g_object_ref (self->all_domains);
  g_signal_connect_object (self->domains, "items-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  gtk_filter_list_model_set_model (self->filter_model, self->domains);
  update_columns (self);
  watch_all (self);
  queue_update (self);
}

guint
lodge_machine_list_get_total (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), 0);

  return g_list_model_get_n_items (self->domains);
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

void
lodge_machine_list_focus_search (LodgeMachineList *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
