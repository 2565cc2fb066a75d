/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-filter-bar"

#include "config.h"

#include "lodge-filter-bar.h"

#include <glib/gi18n.h>

#include "lodge-search-completion.h"
#include "lodge-search-terms.h"
#include "lodge-tag-chooser.h"
#include "lodge-ui.h"

#define ANNOUNCE_INTERVAL_US G_USEC_PER_SEC

struct _LodgeFilterBar
{
  GtkWidget              parent_instance;

  /* template children */
  GtkWidget             *filter_row;
  GtkSearchEntry        *search_entry;
  AdwToggleGroup        *state_toggles;
  AdwToggle             *issues_toggle;
  GtkMenuButton         *tag_button;
  LodgeTagChooser       *tag_chooser;
  GtkWidget             *save_button;
  GtkLabel              *count_label;
  GtkRevealer           *error_revealer;
  GtkLabel              *error_label;

  LodgeSearchCompletion *completion;      /* a child of @search_entry */
  GListModel            *domains;         /* owned, nullable */
  LodgeListWidth         width_class;
  gint64                 announce_time;   /* monotonic, µs */
  guint                  change_id;
  gboolean               searching;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STOPPED,
  SIGNAL_ACTIVATED,
  SIGNAL_DETAILS_WANTED,
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

static void
tag_toggled_cb (LodgeFilterBar *self,
                const char     *term,
                gboolean        wanted)
{
  lodge_filter_bar_set_term (self, term, wanted);
}

static void
fill_tags (LodgeFilterBar  *self,
           LodgeTagChooser *chooser)
{
  g_signal_emit (self, signals[SIGNAL_DETAILS_WANTED], 0);
  if (self->domains != NULL)
    lodge_tag_chooser_fill (chooser, self->domains, lodge_filter_bar_get_text (self));
}

static void
tags_shown_cb (LodgeFilterBar *self)
{
  fill_tags (self, self->tag_chooser);
}

static gboolean
lodge_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LODGE_FILTER_BAR (widget)->search_entry));
}

static void
lodge_filter_bar_dispose (GObject *object)
{
  LodgeFilterBar *self = LODGE_FILTER_BAR (object);

  g_clear_handle_id (&self->change_id, g_source_remove);
  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  g_clear_object (&self->domains);
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
  signals[SIGNAL_DETAILS_WANTED] = g_signal_new ("details-wanted", LODGE_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                                 NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LODGE_TYPE_TAG_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-filter-bar.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, filter_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, state_toggles);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, issues_toggle);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, tag_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, tag_chooser);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, save_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeFilterBar, error_label);
  gtk_widget_class_bind_template_callback (widget_class, change);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, tag_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, tags_shown_cb);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static void
lodge_filter_bar_init (LodgeFilterBar *self)
{
  self->announce_time = g_get_monotonic_time ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->completion = lodge_search_completion_new (GTK_WIDGET (self->search_entry));
}

void
lodge_filter_bar_set_domains (LodgeFilterBar *self,
                              GListModel     *domains)
{
  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  if (g_set_object (&self->domains, domains))
    lodge_search_completion_set_domains (self->completion, domains);
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
  g_return_val_if_fail (LODGE_IS_FILTER_BAR (self), LODGE_MACHINE_STATE_ALL);

  return lodge_machine_state_filter_from_name (adw_toggle_group_get_active_name (self->state_toggles));
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
lodge_filter_bar_apply (LodgeFilterBar          *self,
                        const char              *text,
                        LodgeMachineStateFilter  state)
{
  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  adw_toggle_group_set_active_name (self->state_toggles, lodge_machine_state_filter_to_name (state));
  change (self);
}

void
lodge_filter_bar_clear (LodgeFilterBar *self)
{
  lodge_filter_bar_apply (self, "", LODGE_MACHINE_STATE_ALL);
}

void
lodge_filter_bar_set_term (LodgeFilterBar *self,
                           const char     *term,
                           gboolean        wanted)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  text = lodge_search_with_term (lodge_filter_bar_get_text (self), term, wanted);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->search_entry), -1);
  change (self);
}

void
lodge_filter_bar_present_tags (LodgeFilterBar *self)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *chooser = lodge_tag_chooser_new ();

  g_return_if_fail (LODGE_IS_FILTER_BAR (self));

  gtk_widget_set_margin_start (chooser, 12);
  gtk_widget_set_margin_end (chooser, 12);
  gtk_widget_set_margin_bottom (chooser, 12);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), chooser);
  adw_dialog_set_title (dialog, _("Filter by Tag"));
  adw_dialog_set_content_width (dialog, 360);
  adw_dialog_set_child (dialog, view);
  g_signal_connect_object (chooser, "toggled", G_CALLBACK (tag_toggled_cb), self, G_CONNECT_SWAPPED);
  fill_tags (self, LODGE_TAG_CHOOSER (chooser));
  adw_dialog_present (dialog, GTK_WIDGET (self));
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
  gtk_widget_set_visible (self->save_button, shown != G_MAXUINT && self->width_class < LODGE_LIST_NARROW);
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
  gtk_widget_set_visible (GTK_WIDGET (self->tag_button), width_class < LODGE_LIST_SMALLEST);
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
