/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-completion"

#include "config.h"

#include "lodge-host-completion.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/lodge-ssh-hosts.h"

#define MAX_SHOWN 6

/* Belongs to the row */
typedef struct
{
  AdwEntryRow        *row;       /* borrowed */
  GtkPopover         *popover;   /* a child of the row */
  GtkListBox         *list;
  char              **hosts;     /* owned, nullable: not read yet */
  GCancellable       *cancellable;
  gboolean            taking;    /* the text changes because one was taken */
} Completion;

static void
completion_free (gpointer data)
{
  Completion *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_strfreev (self->hosts);
  g_free (self);
}

static gboolean
matches (const char *host,
         const char *typed)
{
  g_autofree char *folded = g_utf8_casefold (host, -1);

  return strstr (folded, typed) != NULL && !g_str_equal (folded, typed);
}

static void
update (Completion *self)
{
  g_autofree char *stripped = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
  g_autofree char *typed = g_utf8_casefold (stripped, -1);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self->row)));
  guint n = 0;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; self->hosts != NULL && *typed != '\0' && self->hosts[i] != NULL && n < MAX_SHOWN; i++)
    {
      GtkWidget *label;

      if (!matches (self->hosts[i], typed))
        continue;
      label = gtk_label_new (self->hosts[i]);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_list_box_append (self->list, label);
      n++;
    }
  if (n > 0 && !self->taking && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->row)))
    gtk_popover_popup (self->popover);
  else
    gtk_popover_popdown (self->popover);
}

static void
row_activated_cb (Completion    *self,
                  GtkListBoxRow *item)
{
  GtkWidget *label = gtk_list_box_row_get_child (item);

  self->taking = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->row), gtk_label_get_text (GTK_LABEL (label)));
  self->taking = FALSE;
  gtk_popover_popdown (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->row));
  gtk_editable_set_position (GTK_EDITABLE (self->row), -1);
}

static gboolean
key_pressed_cb (Completion      *self,
                guint            keyval,
                guint            keycode,
                GdkModifierType  state)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Escape)
    {
      gtk_popover_popdown (self->popover);
      gtk_widget_grab_focus (GTK_WIDGET (self->row));
      return GDK_EVENT_STOP;
    }
  if (keyval == GDK_KEY_Down && first != NULL && gtk_list_box_get_selected_row (self->list) == NULL)
    {
      gtk_list_box_select_row (self->list, first);
      gtk_widget_grab_focus (GTK_WIDGET (first));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_auto(GStrv) hosts = lodge_ssh_hosts_read_finish (result, NULL);
  Completion *self = user_data;

  if (hosts == NULL)
    return;   /* cancelled: it is gone */
  self->hosts = g_steal_pointer (&hosts);
  if (gtk_widget_get_root (GTK_WIDGET (self->row)) != NULL)
    update (self);
}

static void
unparent_popover_cb (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

void
lodge_host_completion_attach (AdwEntryRow *row)
{
  Completion *self = g_new0 (Completion, 1);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *list_keys = gtk_event_controller_key_new ();

  self->row = row;
  self->cancellable = g_cancellable_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Known Hosts"), -1);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self->popover), GTK_ALIGN_START);
  gtk_widget_set_size_request (GTK_WIDGET (self->popover), 240, -1);
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->list));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (row));

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (row), keys);
  g_signal_connect_swapped (list_keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), list_keys);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
  g_signal_connect_object (row, "destroy", G_CALLBACK (unparent_popover_cb), self->popover, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (row), "lodge-host-completion", self, completion_free);
  lodge_ssh_hosts_read_async (self->cancellable, read_cb, self);
}
