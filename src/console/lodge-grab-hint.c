/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-grab-hint"

#include "config.h"

#include "lodge-grab-hint.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"

#define HINT_MS 3000

struct _LodgeGrabHint
{
  GtkWidget     parent_instance;

  /* template children */
  GtkRevealer  *revealer;
  GtkLabel     *label;

  GSignalGroup *signals;   /* owned: of the display */
  guint         hide_id;
};

G_DEFINE_FINAL_TYPE (LodgeGrabHint, lodge_grab_hint, GTK_TYPE_WIDGET)

static void
hide (LodgeGrabHint *self)
{
  g_clear_handle_id (&self->hide_id, g_source_remove);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static gboolean
hide_cb (gpointer user_data)
{
  LodgeGrabHint *self = user_data;

  self->hide_id = 0;
  hide (self);
  return G_SOURCE_REMOVE;
}

static void
grab_hint_cb (LodgeGrabHint *self,
              LodgeDisplay  *display)
{
  g_autofree char *text = g_strdup_printf (_("Press %s to release the keyboard and pointer"),
                                           lodge_display_get_release_keys (display));

  lodge_grab_hint_say (self, text);
}

static void
lodge_grab_hint_dispose (GObject *object)
{
  LodgeGrabHint *self = LODGE_GRAB_HINT (object);

  g_clear_handle_id (&self->hide_id, g_source_remove);
  g_clear_object (&self->signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_GRAB_HINT);

  G_OBJECT_CLASS (lodge_grab_hint_parent_class)->dispose (object);
}

static void
lodge_grab_hint_class_init (LodgeGrabHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_grab_hint_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("console/lodge-grab-hint.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeGrabHint, revealer);
  gtk_widget_class_bind_template_child (widget_class, LodgeGrabHint, label);
}

static void
lodge_grab_hint_init (LodgeGrabHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (LODGE_TYPE_DISPLAY);
  g_signal_group_connect_object (self->signals, "grab-hint", G_CALLBACK (grab_hint_cb), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "released", G_CALLBACK (hide), self, G_CONNECT_SWAPPED);
}

void
lodge_grab_hint_set_display (LodgeGrabHint *self,
                             LodgeDisplay  *display)
{
  g_return_if_fail (LODGE_IS_GRAB_HINT (self));

  g_signal_group_set_target (self->signals, display);
}

void
lodge_grab_hint_say (LodgeGrabHint *self,
                     const char    *text)
{
  g_return_if_fail (LODGE_IS_GRAB_HINT (self));

  gtk_label_set_text (self->label, text);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_clear_handle_id (&self->hide_id, g_source_remove);
  self->hide_id = g_timeout_add (HINT_MS, hide_cb, self);
}
