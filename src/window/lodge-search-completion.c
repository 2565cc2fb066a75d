/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-search-completion"

#include "config.h"

#include "lodge-search-completion.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-search-terms.h"
#include "util/lodge-format.h"

#define MAX_ROWS 9

struct _LodgeSearchCompletion
{
  GtkPopover  parent_instance;

  GtkWidget  *entry;     /* borrowed: the parent */
  GtkListBox *list;      /* borrowed: the child */
  GListModel *domains;   /* owned, nullable */
  gboolean    taking;    /* the text changes because a row was taken */
};

G_DEFINE_FINAL_TYPE (LodgeSearchCompletion, lodge_search_completion, GTK_TYPE_POPOVER)

/* The word that the cursor is in or behind; places in bytes */
static char *
dup_word (LodgeSearchCompletion *self,
          gsize                 *start,
          gsize                 *end)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const char *cursor = g_utf8_offset_to_pointer (text, gtk_editable_get_position (GTK_EDITABLE (self->entry)));

  lodge_search_find_word (text, (gsize) (cursor - text), start, end);
  return g_strndup (text + *start, *end - *start);
}

static GtkWidget *
create_row (const LodgeSearchCandidate *candidate)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  g_autofree char *shown = lodge_display_text (candidate->term, 100);
  g_autofree char *count = candidate->count > 0 ? g_strdup_printf ("%'u", candidate->count) : NULL;
  GtkWidget *label = gtk_label_new (shown);
  GtkWidget *hint = gtk_label_new (candidate->hint != NULL ? candidate->hint : count);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (hint), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (hint, "dimmed");
  gtk_widget_add_css_class (hint, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), hint);
  g_object_set_data_full (G_OBJECT (box), "lodge-term", g_strdup (candidate->term), g_free);
  return box;
}

static void
update (LodgeSearchCompletion *self,
        gboolean               asked)
{
  gsize start, end;
  g_autofree char *word = dup_word (self, &start, &end);
  g_autoptr(GPtrArray) candidates = NULL;

  gtk_list_box_remove_all (self->list);
  if (!self->taking && self->domains != NULL && (asked || *word != '\0'))
    candidates = lodge_search_complete (word, self->domains, MAX_ROWS);
  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      const LodgeSearchCandidate *candidate = candidates->pdata[i];

      /* What is there already is no proposal */
      if (!g_str_equal (candidate->term, word))
        gtk_list_box_append (self->list, create_row (candidate));
    }
  if (gtk_list_box_get_row_at_index (self->list, 0) != NULL
      && gtk_widget_get_mapped (self->entry) && (gtk_widget_get_state_flags (self->entry) & GTK_STATE_FLAG_FOCUS_WITHIN))
    gtk_popover_popup (GTK_POPOVER (self));
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
take_row (LodgeSearchCompletion *self,
          GtkListBoxRow         *row)
{
  const char *term = g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "lodge-term");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  const gboolean whole = !g_str_has_suffix (term, ":");
  gsize start, end;
  g_autofree char *word = dup_word (self, &start, &end);
  /* A value is followed by the next word */
  g_autofree char *result = g_strdup_printf ("%.*s%s%s%s", (int) start, text, term,
                                             whole && text[end] == '\0' ? " " : "", text + end);
  const int position = (int) g_utf8_strlen (result, (gssize) (start + strlen (term) + (whole ? 1 : 0)));

  self->taking = whole;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), result);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), position);
  self->taking = FALSE;
  update (self, /* asked = */ !whole);
}

static void
step (LodgeSearchCompletion *self,
      int                    by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  const int index = row != NULL ? gtk_list_box_row_get_index (row) + by : by > 0 ? 0 : -1;

  row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  else if (by < 0)
    gtk_list_box_unselect_all (self->list);
}

/* The entry keeps the focus, and what is typed */
static gboolean
key_pressed_cb (LodgeSearchCompletion *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state)
{
  const gboolean open = gtk_widget_get_visible (GTK_WIDGET (self));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (!open)
        {
          gsize start, end;
          g_autofree char *word = dup_word (self, &start, &end);

          /* From a whole search it goes on to the machines */
          if (*word != '\0' && strchr (word, ':') == NULL)
            return GDK_EVENT_PROPAGATE;
          update (self, /* asked = */ TRUE);
          return gtk_widget_get_visible (GTK_WIDGET (self));
        }
      step (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      step (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Tab:
      row = row != NULL ? row : gtk_list_box_get_row_at_index (self->list, 0);
      if (!open || row == NULL)
        return GDK_EVENT_PROPAGATE;
      take_row (self, row);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (!open || row == NULL)
        return GDK_EVENT_PROPAGATE;
      take_row (self, row);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (!open)
        return GDK_EVENT_PROPAGATE;
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
changed_cb (LodgeSearchCompletion *self)
{
  update (self, /* asked = */ FALSE);
}

static void
focus_left_cb (LodgeSearchCompletion *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
lodge_search_completion_dispose (GObject *object)
{
  LodgeSearchCompletion *self = LODGE_SEARCH_COMPLETION (object);

  g_clear_object (&self->domains);

  G_OBJECT_CLASS (lodge_search_completion_parent_class)->dispose (object);
}

static void
lodge_search_completion_class_init (LodgeSearchCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lodge_search_completion_dispose;
}

static void
lodge_search_completion_init (LodgeSearchCompletion *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_set_can_focus (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Suggestions"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (take_row), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_size_request (GTK_WIDGET (self), 280, -1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "completion");
}

/**
 * lodge_search_completion_new:
 * @entry: a GtkSearchEntry, which becomes the parent: whoever has it unparents the completion when it is disposed
 *
 * Returns: (transfer none): a completion
 */
LodgeSearchCompletion *
lodge_search_completion_new (GtkWidget *entry)
{
  LodgeSearchCompletion *self = g_object_new (LODGE_TYPE_SEARCH_COMPLETION, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = entry;
  gtk_widget_set_parent (GTK_WIDGET (self), entry);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
lodge_search_completion_set_domains (LodgeSearchCompletion *self,
                                     GListModel            *domains)
{
  g_return_if_fail (LODGE_IS_SEARCH_COMPLETION (self));

  g_set_object (&self->domains, domains);
}
