/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-key-capture-dialog"

#include "config.h"

#include "lodge-key-capture-dialog.h"

#include <glib/gi18n.h>

#include "console/lodge-keymap.h"
#include "lodge-ui.h"

struct _LodgeKeyCaptureDialog
{
  AdwDialog           parent_instance;

  /* template children */
  GtkLabel           *keys_label;
  GtkWidget          *hint_label;
  GtkWidget          *choose_button;
  GtkWidget          *again_button;
  GtkEventController *controller;   /* of the dialog */

  guint               codes[LODGE_KEY_CAPTURE_MAX];
  gsize               n_codes;
  guint               n_down;
  char               *accelerator;  /* owned, nullable */
  gboolean            done;         /* what is held down next begins anew */
  gboolean            inhibiting;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeKeyCaptureDialog, lodge_key_capture_dialog, ADW_TYPE_DIALOG)

static GdkToplevel *
get_toplevel (LodgeKeyCaptureDialog *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;

  return GDK_IS_TOPLEVEL (surface) ? GDK_TOPLEVEL (surface) : NULL;
}

static void
set_inhibiting (LodgeKeyCaptureDialog *self,
                gboolean               inhibiting)
{
  GdkToplevel *toplevel = get_toplevel (self);

  if (toplevel == NULL || self->inhibiting == inhibiting)
    return;
  self->inhibiting = inhibiting;
  if (inhibiting)
    gdk_toplevel_inhibit_system_shortcuts (toplevel, NULL);
  else
    gdk_toplevel_restore_system_shortcuts (toplevel);
}

static void
update (LodgeKeyCaptureDialog *self)
{
  g_autofree char *label = lodge_keymap_dup_label (self->codes, self->n_codes);

  gtk_label_set_text (self->keys_label, label);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_label), self->n_codes > 0);
  gtk_widget_set_visible (self->again_button, self->done);
  gtk_widget_set_sensitive (self->choose_button, self->done && self->n_codes > 0);
}

/* While keys are being gathered all of them are meant; once they are, Tab and Enter are keys of the dialog again */
static void
begin (LodgeKeyCaptureDialog *self)
{
  self->n_codes = 0;
  self->n_down = 0;
  self->done = FALSE;
  g_clear_pointer (&self->accelerator, g_free);
  set_inhibiting (self, TRUE);
  gtk_widget_grab_focus (self->hint_label);
  update (self);
}

static gboolean
is_there (LodgeKeyCaptureDialog *self,
          guint                  code)
{
  for (gsize i = 0; i < self->n_codes; i++)
    {
      if (self->codes[i] == code)
        return TRUE;
    }
  return FALSE;
}

static gboolean
key_pressed_cb (LodgeKeyCaptureDialog *self,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state)
{
  const guint code = lodge_keymap_from_event (keycode);
  const GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (self->done)
    return GDK_EVENT_PROPAGATE;
  /* Escape alone is the way out */
  if (keyval == GDK_KEY_Escape && self->n_codes == 0)
    return GDK_EVENT_PROPAGATE;
  if (code == 0 || is_there (self, code) || self->n_codes == LODGE_KEY_CAPTURE_MAX)
    return GDK_EVENT_STOP;

  self->codes[self->n_codes++] = code;
  self->n_down++;
  if (gtk_accelerator_valid (keyval, modifiers))
    {
      g_free (self->accelerator);
      self->accelerator = gtk_accelerator_name (gdk_keyval_to_lower (keyval), modifiers);
    }
  update (self);
  return GDK_EVENT_STOP;
}

static void
key_released_cb (LodgeKeyCaptureDialog *self,
                 guint                  keyval,
                 guint                  keycode)
{
  if (self->done || !is_there (self, lodge_keymap_from_event (keycode)) || self->n_down == 0)
    return;
  if (--self->n_down > 0)
    return;
  self->done = TRUE;
  set_inhibiting (self, FALSE);
  update (self);
  gtk_widget_grab_focus (self->choose_button);
}

static void
again_clicked_cb (LodgeKeyCaptureDialog *self)
{
  begin (self);
}

static void
choose_clicked_cb (LodgeKeyCaptureDialog *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
lodge_key_capture_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_key_capture_dialog_parent_class)->map (widget);
  begin (LODGE_KEY_CAPTURE_DIALOG (widget));
}

static void
lodge_key_capture_dialog_unmap (GtkWidget *widget)
{
  set_inhibiting (LODGE_KEY_CAPTURE_DIALOG (widget), FALSE);
  GTK_WIDGET_CLASS (lodge_key_capture_dialog_parent_class)->unmap (widget);
}

static void
lodge_key_capture_dialog_dispose (GObject *object)
{
  LodgeKeyCaptureDialog *self = LODGE_KEY_CAPTURE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_KEY_CAPTURE_DIALOG);
  g_clear_pointer (&self->accelerator, g_free);

  G_OBJECT_CLASS (lodge_key_capture_dialog_parent_class)->dispose (object);
}

static void
lodge_key_capture_dialog_class_init (LodgeKeyCaptureDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_key_capture_dialog_dispose;
  widget_class->map = lodge_key_capture_dialog_map;
  widget_class->unmap = lodge_key_capture_dialog_unmap;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-key-capture-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyCaptureDialog, keys_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyCaptureDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyCaptureDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyCaptureDialog, again_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeKeyCaptureDialog, controller);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
}

static void
lodge_key_capture_dialog_init (LodgeKeyCaptureDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lodge_key_capture_dialog_new:
 * @title: what the keys are for
 *
 * Returns: (transfer floating): the dialog
 */
AdwDialog *
lodge_key_capture_dialog_new (const char *title)
{
  return g_object_new (LODGE_TYPE_KEY_CAPTURE_DIALOG, "title", title, NULL);
}

gsize
lodge_key_capture_dialog_get_codes (LodgeKeyCaptureDialog *self,
                                    guint                  codes[LODGE_KEY_CAPTURE_MAX])
{
  g_return_val_if_fail (LODGE_IS_KEY_CAPTURE_DIALOG (self), 0);

  memcpy (codes, self->codes, sizeof self->codes);
  return self->n_codes;
}

const char *
lodge_key_capture_dialog_get_accelerator (LodgeKeyCaptureDialog *self)
{
  g_return_val_if_fail (LODGE_IS_KEY_CAPTURE_DIALOG (self), NULL);

  return self->accelerator;
}
