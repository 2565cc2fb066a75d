/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-list"

#include "config.h"

#include "lodge-machine-list.h"

#include <glib/gi18n.h>

#include "lodge-filter-bar.h"
#include "lodge-machine-filter.h"
#include "lodge-machine-query.h"
#include "lodge-machine-selection.h"
#include "lodge-machine-views.h"
#include "lodge-selection-bar.h"
#include "lodge-stats-watch.h"
#include "lodge-ui.h"
#include "lodge-view-options.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain.h"
#include "util/lodge-format.h"

struct _LodgeMachineList
{
  GtkWidget              parent_instance;

  /* template children */
  LodgeFilterBar        *filter_bar;
  GtkStack              *stack;
  LodgeMachineViews     *views;
  AdwStatusPage         *no_match_page;
  GtkWidget             *everywhere_button;
  LodgeSelectionBar     *selection_bar;

  LodgeConnectionList   *connections;   /* owned */
  LodgeConnection       *connection;    /* owned, nullable: all of them */
  LodgeStatsWatch       *watch;         /* owned: of what is shown */
  GListModel            *all_domains;   /* owned */
  LodgeMachineFilter    *filter;        /* owned */
  LodgeMachineSorter    *sorter;        /* owned */
  LodgeMachineSelection *selection;     /* owned */
  LodgeDomainActions    *actions;       /* owned */
  GSimpleActionGroup    *options;       /* owned */
  GtkWidget             *menu;          /* owned: a child */
  char                  *summary;       /* owned */
  LodgeListWidth         width_class;
  guint                  update_id;
  guint                  n_running;
  guint                  n_issues;
  gboolean               filter_dirty;
  gboolean               count_dirty;
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
  lodge_selection_bar_update (self->selection_bar, self->actions, lodge_machine_selection_get_selected (self->selection),
                              is_narrow (self), self->width_class == LODGE_LIST_TINY);
}

static void
selection_changed_cb (LodgeMachineList *self)
{
  lodge_domain_actions_set_domains (self->actions, lodge_machine_selection_get_selected (self->selection));
  update_bar (self);
}

static void
clear_selection_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeMachineList *self = user_data;

  lodge_machine_selection_clear (self->selection);
  g_action_group_change_action_state (G_ACTION_GROUP (self->options), "select", g_variant_new_boolean (FALSE));
}

static void
change_select (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  LodgeMachineList *self = user_data;

  g_simple_action_set_state (action, value);
  lodge_machine_views_set_selecting (self->views, g_variant_get_boolean (value));
  if (g_variant_get_boolean (value))
    gtk_widget_grab_focus (GTK_WIDGET (self->views));
}

/* Texts and pages */

/* What finds nothing, and what can be done about it */
static void
update_no_match (LodgeMachineList *self)
{
  g_autofree char *text = lodge_display_text (lodge_filter_bar_get_text (self->filter_bar), 100);
  g_autofree char *description = NULL;
  g_autofree char *escaped = NULL;

  if (*text != '\0')
    description = g_strdup_printf (_("Nothing fits “%s”. Look at its spelling, take a word away, or clear the filters."),
                                   text);
  else
    description = g_strdup (_("No machine is in this state now."));
  /* Its label reads markup */
  escaped = g_markup_escape_text (description, -1);
  adw_status_page_set_description (self->no_match_page, escaped);
  gtk_widget_set_visible (self->everywhere_button, self->connection != NULL);
}

static void
update_texts (LodgeMachineList *self)
{
  const guint n = g_list_model_get_n_items (get_domains (self));
  const guint shown = lodge_machine_selection_get_n_shown (self->selection);
  /* Translators: “16 of 30 running” */
  g_autofree char *summary = g_strdup_printf (_("%'u of %'u running"), self->n_running, n);

  lodge_filter_bar_set_counts (self->filter_bar, n, self->n_running, self->n_issues,
                               lodge_machine_filter_is_narrowing (self->filter) ? shown : G_MAXUINT);
  if (g_set_str (&self->summary, summary))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);

  if (shown == 0 && n > 0)
    update_no_match (self);
  gtk_stack_set_visible_child_name (self->stack, shown == 0 && n > 0 ? "no-match" : "views");
}

static void
count (LodgeMachineList *self)
{
  GListModel *domains = get_domains (self);
  const guint n = g_list_model_get_n_items (domains);

  self->n_running = self->n_issues = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      self->n_running += lodge_domain_is_running (domain);
      self->n_issues += lodge_domain_has_issue (domain);
    }
  self->count_dirty = FALSE;
}

/* Once a turn of the main loop, whatever has happened */
static gboolean
update_cb (gpointer user_data)
{
  LodgeMachineList *self = user_data;

  self->update_id = 0;
  if (self->filter_dirty)
    {
      lodge_machine_filter_refresh (self->filter);
      lodge_machine_views_queue_sort (self->views);
    }
  self->filter_dirty = FALSE;
  if (self->count_dirty)
    count (self);
  lodge_machine_selection_update (self->selection);
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

/* Other machines, or in other states */
static void
queue_count (LodgeMachineList *self)
{
  self->count_dirty = TRUE;
  queue_update (self);
}

static void
states_changed_cb (LodgeMachineList *self)
{
  self->filter_dirty = TRUE;
  lodge_domain_actions_refresh (self->actions);
  queue_count (self);
}

/* Filter */

static gboolean
begin_steady (LodgeMachineList *self)
{
  LodgeMachineView *view = lodge_machine_views_get_view (self->views);

  return view != NULL
         && lodge_machine_selection_begin_steady (self->selection, lodge_machine_view_contains_focus (view));
}

static void
filter_changed_cb (LodgeMachineList *self)
{
  g_autoptr(GError) error = NULL;
  gboolean steady;

  if (self->filter == NULL)
    return;

  steady = begin_steady (self);
  lodge_machine_filter_set_state (self->filter, lodge_filter_bar_get_state (self->filter_bar));
  lodge_machine_filter_set_text (self->filter, lodge_filter_bar_get_text (self->filter_bar), &error);
  lodge_machine_selection_end_steady (self->selection, steady);

  if (lodge_machine_filter_wants_details (self->filter))
    lodge_stats_watch_load_details (self->watch);
  lodge_filter_bar_set_error (self->filter_bar, error);
  update_texts (self);
}

static void
details_wanted_cb (LodgeMachineList *self)
{
  lodge_stats_watch_load_details (self->watch);
}

static void
clear_filters_cb (LodgeMachineList *self)
{
  lodge_filter_bar_clear (self->filter_bar);
}

/* Escape clears the search first, then the selection, and the check boxes go with it */
static void
search_stopped_cb (LodgeMachineList *self)
{
  if (!lodge_filter_bar_clear_text (self->filter_bar))
    g_action_group_activate_action (G_ACTION_GROUP (self->options), "clear-selection", NULL);
  g_action_group_change_action_state (G_ACTION_GROUP (self->options), "search", g_variant_new_boolean (FALSE));
  gtk_widget_grab_focus (GTK_WIDGET (self->views));
}

static void
open_position (LodgeMachineList *self,
               guint             position)
{
  if (lodge_machine_selection_select_position (self->selection, position))
    gtk_widget_activate_action (GTK_WIDGET (self), "machine.open", NULL);
}

static void
search_activated_cb (LodgeMachineList *self)
{
  open_position (self, 0);
}

static void
change_search (GSimpleAction *action,
               GVariant      *value,
               gpointer       user_data)
{
  g_simple_action_set_state (action, value);
  lodge_filter_bar_set_searching (LODGE_MACHINE_LIST (user_data)->filter_bar, g_variant_get_boolean (value));
}

/* Statistics */

static void
stats_updated_cb (LodgeMachineList *self,
                  LodgeConnection  *connection)
{
  lodge_machine_views_tick (self->views, connection);
}

static void
watch_shown (LodgeMachineList *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      lodge_stats_watch_start (self->watch, self->connections, self->connection);
      if (lodge_machine_views_wants_details (self->views) || lodge_machine_filter_wants_details (self->filter))
        lodge_stats_watch_load_details (self->watch);
    }
}

static void
lodge_machine_list_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_machine_list_parent_class)->map (widget);
  watch_shown (LODGE_MACHINE_LIST (widget));
  states_changed_cb (LODGE_MACHINE_LIST (widget));
}

static void
lodge_machine_list_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_machine_list_parent_class)->unmap (widget);
  lodge_stats_watch_stop (LODGE_MACHINE_LIST (widget)->watch);
}

/* Context menu */

static void
menu_closed_cb (LodgeMachineList *self)
{
  lodge_machine_views_set_held (self->views, FALSE);
}

static void
popup_menu (LodgeMachineList   *self,
            LodgeDomain        *domain,
            const GdkRectangle *at)
{
  lodge_machine_selection_select_domain (self->selection, domain);
  if (self->menu == NULL)
    {
      g_autoptr(GMenuModel) model = lodge_domain_actions_create_menu ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      g_signal_connect_object (self->menu, "closed", G_CALLBACK (menu_closed_cb), self, G_CONNECT_SWAPPED);
    }
  lodge_machine_views_set_held (self->views, TRUE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_requested_cb (LodgeMachineList *self,
                   LodgeDomain      *domain,
                   double            x,
                   double            y)
{
  graphene_point_t point;

  if (gtk_widget_compute_point (GTK_WIDGET (self->views), GTK_WIDGET (self),
                                &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    popup_menu (self, domain, &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  search_stopped_cb (LODGE_MACHINE_LIST (widget));
  return TRUE;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  LodgeMachineList *self = LODGE_MACHINE_LIST (widget);
  LodgeMachineView *view = lodge_machine_views_get_view (self->views);
  graphene_rect_t bounds;
  LodgeDomain *domain = view != NULL ? lodge_machine_view_get_focus_domain (view, &bounds) : NULL;

  if (domain == NULL)
    return FALSE;
  menu_requested_cb (self, domain, bounds.origin.x + 12, bounds.origin.y + bounds.size.height / 2);
  return TRUE;
}

/* Room */

static void
update_room (LodgeMachineList *self)
{
  lodge_machine_views_set_many_connections (self->views, self->connection == NULL
                                            && g_list_model_get_n_items (G_LIST_MODEL (self->connections)) > 1);
}

static void
connections_changed_cb (LodgeMachineList *self)
{
  update_room (self);
  watch_shown (self);
  queue_count (self);
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
  lodge_filter_bar_set_width_class (self->filter_bar, width_class);
  lodge_machine_views_set_width_class (self->views, width_class);
  update_bar (self);
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
  lodge_stats_watch_stop (self->watch);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->actions);
  g_clear_object (&self->options);
  g_clear_object (&self->sorter);
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

  g_object_unref (self->watch);
  g_free (self->summary);

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

  g_type_ensure (LODGE_TYPE_FILTER_BAR);
  g_type_ensure (LODGE_TYPE_MACHINE_VIEWS);
  g_type_ensure (LODGE_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-machine-list.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, views);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, no_match_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, everywhere_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineList, selection_bar);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_wanted_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_filters_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_position);
  gtk_widget_class_bind_template_callback (widget_class, menu_requested_cb);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, GDK_NO_MODIFIER_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, GDK_NO_MODIFIER_MASK, escape_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "machinelist");
}

static void
activate_tags (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  lodge_filter_bar_present_tags (LODGE_MACHINE_LIST (user_data)->filter_bar);
}

static const GActionEntry entries[] = {
  { .name = "tags", .activate = activate_tags },
  { .name = "clear-selection", .activate = clear_selection_action },
  { .name = "search", .state = "false", .change_state = change_search },
  { .name = "select", .state = "false", .change_state = change_select },
};

static void
lodge_machine_list_init (LodgeMachineList *self)
{
  self->watch = lodge_stats_watch_new ();
  g_signal_connect_object (self->watch, "numbers", G_CALLBACK (stats_updated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "facts", G_CALLBACK (states_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_filter_bar_capture_keys (self->filter_bar, GTK_WIDGET (self->stack));
}

static void
make_models (LodgeMachineList *self)
{
  self->filter = lodge_machine_filter_new ();
  self->sorter = lodge_machine_sorter_new ();
  self->selection = lodge_machine_selection_new (self->all_domains, self->filter, self->sorter);
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "outdated", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  /* A connection's own list may change while the filter lets nothing of it through */
  g_signal_connect_object (self->all_domains, "items-changed", G_CALLBACK (queue_count), self, G_CONNECT_SWAPPED);
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
  make_models (self);
  lodge_filter_bar_set_domains (self->filter_bar, all_domains);

  self->options = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->options), entries, G_N_ELEMENTS (entries), self);
  lodge_view_options_add_actions (self->options, settings, self->sorter);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", G_ACTION_GROUP (self->options));

  g_signal_connect_object (self->actions, "changed", G_CALLBACK (update_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connections, "items-changed", G_CALLBACK (connections_changed_cb), self,
                           G_CONNECT_SWAPPED);
  lodge_machine_views_set_up (self->views, self->selection, self->sorter, settings);
  update_room (self);
  update_bar (self);
  queue_count (self);
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
  lodge_machine_selection_clear (self->selection);
  steady = begin_steady (self);
  lodge_machine_filter_set_connection (self->filter, connection);
  lodge_machine_selection_end_steady (self->selection, steady);
  update_room (self);
  watch_shown (self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  self->count_dirty = TRUE;
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

  return lodge_machine_selection_get_model (self->selection);
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

  return lodge_machine_views_get_view (self->views);
}

GActionGroup *
lodge_machine_list_get_options (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), NULL);

  return G_ACTION_GROUP (self->options);
}

void
lodge_machine_list_apply_filter (LodgeMachineList        *self,
                                 const char              *text,
                                 LodgeMachineStateFilter  state)
{
  g_return_if_fail (LODGE_IS_MACHINE_LIST (self));

  lodge_filter_bar_apply (self->filter_bar, text, state);
}

const char *
lodge_machine_list_get_filter_text (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), NULL);

  return lodge_filter_bar_get_text (self->filter_bar);
}

LodgeMachineStateFilter
lodge_machine_list_get_filter_state (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), LODGE_MACHINE_STATE_ALL);

  return lodge_filter_bar_get_state (self->filter_bar);
}

gboolean
lodge_machine_list_is_filtered (LodgeMachineList *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_LIST (self), FALSE);

  return lodge_machine_filter_is_narrowing (self->filter);
}

void
lodge_machine_list_focus_search (LodgeMachineList *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_LIST (self));

  if (self->width_class == LODGE_LIST_TINY)
    g_action_group_change_action_state (G_ACTION_GROUP (self->options), "search", g_variant_new_boolean (TRUE));
  gtk_widget_grab_focus (GTK_WIDGET (self->filter_bar));
}
