/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-usb-row"

#include "config.h"

#include "lodge-usb-row.h"

#include "lodge-ui.h"

#define KEY "usb-devices"

struct _LodgeUsbRow
{
  AdwActionRow     parent_instance;

  /* template children */
  GtkWidget       *spinner;
  GtkToggleButton *always_button;
  GtkSwitch       *switch_;

  LodgeUsbDevice  *device;     /* owned */
  GSettings       *settings;   /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeUsbRow, lodge_usb_row, ADW_TYPE_ACTION_ROW)

static void
update (LodgeUsbRow *self)
{
  const char *obstacle = lodge_usb_device_get_obstacle (self->device);
  const gboolean connected = lodge_usb_device_get_connected (self->device);
  const gboolean busy = lodge_usb_device_get_busy (self->device);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), obstacle != NULL ? obstacle
                               : lodge_usb_device_get_id (self->device));
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->switch_), !busy && (connected || obstacle == NULL));
  gtk_switch_set_state (self->switch_, connected);
  if (!busy)
    gtk_switch_set_active (self->switch_, connected);
}

static gboolean
state_set_cb (LodgeUsbRow *self,
              gboolean     active)
{
  /* The switch is where it is when the device has gone there */
  lodge_usb_device_set_connected (self->device, active);
  return TRUE;
}

static void
always_cb (LodgeUsbRow *self)
{
  const char *id = lodge_usb_device_get_id (self->device);
  g_auto(GStrv) before = g_settings_get_strv (self->settings, KEY);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) after = NULL;

  for (guint i = 0; before[i] != NULL; i++)
    {
      if (!g_str_equal (before[i], id))
        g_strv_builder_add (builder, before[i]);
    }
  if (gtk_toggle_button_get_active (self->always_button))
    g_strv_builder_add (builder, id);
  after = g_strv_builder_end (builder);
  if (!g_strv_equal ((const char * const *) before, (const char * const *) after))
    g_settings_set_strv (self->settings, KEY, (const char * const *) after);
}

static void
lodge_usb_row_dispose (GObject *object)
{
  LodgeUsbRow *self = LODGE_USB_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_USB_ROW);
  g_clear_object (&self->device);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lodge_usb_row_parent_class)->dispose (object);
}

static void
lodge_usb_row_class_init (LodgeUsbRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_usb_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-usb-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeUsbRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeUsbRow, always_button);
  gtk_widget_class_bind_template_child_full (widget_class, "switch", FALSE, G_STRUCT_OFFSET (LodgeUsbRow, switch_));
  gtk_widget_class_bind_template_callback (widget_class, state_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, always_cb);
}

static void
lodge_usb_row_init (LodgeUsbRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_usb_row_new (LodgeUsbDevice *device,
                   GSettings      *settings)
{
  LodgeUsbRow *self = g_object_new (LODGE_TYPE_USB_ROW, NULL);
  g_auto(GStrv) always = g_settings_get_strv (settings, KEY);

  self->device = g_object_ref (device);
  self->settings = g_object_ref (settings);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), lodge_usb_device_get_title (device));
  gtk_toggle_button_set_active (self->always_button, g_strv_contains ((const char * const *) always,
                                                                      lodge_usb_device_get_id (device)));
  g_signal_connect_object (device, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
