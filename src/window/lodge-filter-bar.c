/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-filter-bar"

#include "config.h"

#include "lodge-filter-bar.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"

#define ANNOUNCE_INTERVAL_US G_USEC_PER_SEC

struct _LodgeFilterBar
{
  GtkWidget       parent_instance;

  /* template children */
  GtkWidget      *filter_row;
  GtkSearchEntry *search_entry;
  AdwToggleGroup *state_toggles;
  AdwToggle      *issues_toggle;
  GtkLabel       *count_label;
  GtkRevealer    *error_revealer;
  GtkLabel       *error_label;

  LodgeListWidth  width_class;
  gint64          announce_time;   /* monotonic, µs */
  guint           change_id;
  gboolean        searching;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STOPPED,
  SIGNAL_ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeFilterBar, lodge_filter_bar, GTK_TYPE_WIDGET)

static void
update_search_visible (LodgeFilterBar *self)
{
  const gboolean has_text = *lodge_filter_bar_get_text (self) != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->search_entry),
                          self->width_class < LODGE_LIST_TINY || self->searching || has_text);
}

static void
change (LodgeFilterBar *self)
{
  g_clear_handle_id (&self->change_id, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  update_search_visible (self);
}

static gboolean
change_cb (gpointer user_data)
{
  LodgeFilterBar *self = user_data;

  self->change_id = 0;
  change (self);
  return G_SOURCE_REMOVE;
}

/* A text that is replaced is empty in between: before the frame is early enough, and once */
static void
search_changed_cb (LodgeFilterBar *self)
{
  if (self->change_id == 0)
    self->change_id = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, change_cb, self, NULL);
}

static void
stop_search_cb (LodgeFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_STOPPED], 0);
}

static void
search_activate_cb (LodgeFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static gboolean
lodge_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LODGE_FILTER_BAR (widget)->search_entry));
}

static void
lodge_filter_bar_dispose (GObject *object)
{
  g_clear_handle_id (&LODGE_FILTER_BAR (object)->change_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (lodge_filter_bar_parent_class)->dispose (object);
}

static void
lodge_filter_bar_class_init (LodgeFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_filter_bar_dispose;
  widget_class->grab_focus = lodge_filter_bar_grab_focus;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LODGE_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_STOPPED] = g_signal_new ("stopped", LODGE_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", LODGE_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-filter-bar.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, filter_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, state_toggles);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, issues_toggle);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, error_label);
  gtk_widget_class_bind_template_callback (widget_class, change);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static void
lodge_filter_bar_init (LodgeFilterBar *self)
{
  self->announce_time = g_get_monotonic_time ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

const char *
lodge_filter_bar_get_text (LodgeFilterBar *self)
{
  g_return_val_if_fail (LODGE_IS_FILTER_BAR (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
}

LodgeMachineStateFilter
lodge_filter_bar_get_state (LodgeFilterBar *self)
{
  static const char * const names[] = {
    [LODGE_MACHINE_STATE_ALL] = "all",
    [LODGE_MACHINE_STATE_RUNNING] = "running",
    [LODGE_MACHINE_STATE_OFF] = "off",
    [LODGE_MACHINE_STATE_ISSUES] = "issues",
  };
  const char *name;
  guint i = 0;

  g_return_val_if_fail (LODGE_IS_FILTER_BAR (self), LODGE_MACHINE_STATE_ALL);

  name = adw_toggle_group_get_active_name (self->state_toggles);
  while (i < G_N_ELEMENTS (names) - 1 && g_strcmp0 (names[i], name) != 0)
    i++;
  return i;
}

gboolean
lodge_filter_bar_clear_text (LodgeFilterBar *self)
{
  g_return_val_if_fail (LODGE_IS_FILTER_BAR (self), FALSE);

  if (*lodge_filter_bar_get_text (self) == '\0')
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  return TRUE;
}

void
lodge_filter_bar_clear (LodgeFilterBar *self)
{
  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  adw_toggle_group_set_active_name (self->state_toggles, "all");
  change (self);
}

void
lodge_filter_bar_set_error (LodgeFilterBar *self,
                            const GError   *error)
{
  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

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
}

static void
set_count (LodgeFilterBar *self,
           const char     *count)
{
  const gint64 now = g_get_monotonic_time ();

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

void
lodge_filter_bar_set_counts (LodgeFilterBar *self,
                             guint           n,
                             guint           n_running,
                             guint           n_issues,
                             guint           shown)
{
  g_autofree char *issues = n_issues > 0 ? g_strdup_printf (_("Issues %'u"), n_issues) : g_strdup (_("Issues"));
  g_autofree char *count = NULL;

  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  if (shown != G_MAXUINT)
    count = g_strdup_printf (g_dngettext (NULL, "%'u of %'u machine", "%'u of %'u machines", n), shown, n);
  else if (n_running > 0)
    count = g_strdup_printf (g_dngettext (NULL, "%'u machine, %'u running", "%'u machines, %'u running", n),
                             n, n_running);
  else
    count = g_strdup_printf (g_dngettext (NULL, "%'u machine", "%'u machines", n), n);
  set_count (self, count);
  if (g_strcmp0 (issues, adw_toggle_get_label (self->issues_toggle)) != 0)
    adw_toggle_set_label (self->issues_toggle, issues);
}

void
lodge_filter_bar_set_width_class (LodgeFilterBar *self,
                                  LodgeListWidth  width_class)
{
  const gboolean narrow = width_class >= LODGE_LIST_NARROW;

  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  self->width_class = width_class;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->filter_row),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  adw_toggle_group_set_can_shrink (self->state_toggles, narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), !narrow);
  update_search_visible (self);
}

void
lodge_filter_bar_set_searching (LodgeFilterBar *self,
                                gboolean        searching)
{
  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  self->searching = searching;
  update_search_visible (self);
  if (searching)
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
lodge_filter_bar_capture_keys (LodgeFilterBar *self,
                               GtkWidget      *widget)
{
  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  gtk_search_entry_set_key_capture_widget (self->search_entry, widget);
}
