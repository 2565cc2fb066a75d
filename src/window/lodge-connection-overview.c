/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-overview"

#include "config.h"

#include "lodge-connection-overview.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "util/lodge-format.h"

struct _LodgeConnectionOverview
{
  AdwBin           parent_instance;

  /* template children */
  AdwEntryRow     *name_row;
  AdwActionRow    *uri_row;
  AdwActionRow    *state_row;
  AdwActionRow    *machines_row;
  AdwSwitchRow    *autoconnect_row;
  AdwSwitchRow    *read_only_row;
  AdwActionRow    *host_row;
  AdwActionRow    *processors_row;
  AdwActionRow    *memory_row;
  AdwActionRow    *libvirt_row;
  AdwActionRow    *hypervisor_row;

  LodgeConnection *connection;   /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeConnectionOverview, lodge_connection_overview, ADW_TYPE_BIN)

static const char *
get_state_label (LodgeConnectionState state)
{
  switch (state)
    {
    case LODGE_CONNECTION_CONNECTING:
      return _("Connecting…");
    case LODGE_CONNECTION_WAITING_FOR_CREDENTIALS:
      return _("Needs password");
    case LODGE_CONNECTION_CONNECTED:
      return _("Connected");
    case LODGE_CONNECTION_FAILED:
      return _("Unreachable");
    case LODGE_CONNECTION_DISCONNECTED:
    default:
      return _("Disconnected");
    }
}

/* libvirt's major * 1,000,000 + minor * 1,000 + release */
static char *
dup_version (gulong version)
{
  return version == 0 ? NULL
    : g_strdup_printf ("%lu.%lu.%lu", version / 1000000, version / 1000 % 1000, version % 1000);
}

/* A fact that is not known has no row */
static void
set_fact (AdwActionRow *row,
          const char   *value)
{
  g_autofree char *text = value != NULL ? lodge_display_text (value, 300) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  if (text != NULL)
    adw_action_row_set_subtitle (row, text);
}

static void
update (LodgeConnectionOverview *self)
{
  LodgeConnection *connection = self->connection;
  const guint n = g_list_model_get_n_items (lodge_connection_get_domains (connection));
  const guint cpus = lodge_connection_get_host_cpus (connection);
  const guint64 memory = lodge_connection_get_host_memory (connection);
  g_autofree char *machines = g_strdup_printf (_("%'u, %'u running"), n, lodge_connection_get_n_running (connection));
  g_autofree char *processors = cpus > 0 ? g_strdup_printf ("%u", cpus) : NULL;
  g_autofree char *size = memory > 0 ? lodge_format_size (memory) : NULL;
  g_autofree char *libvirt = dup_version (lodge_connection_get_libvirt_version (connection));
  g_autofree char *hypervisor = dup_version (lodge_connection_get_hypervisor_version (connection));

  set_fact (self->uri_row, lodge_connection_get_uri (connection));
  set_fact (self->state_row, get_state_label (lodge_connection_get_state (connection)));
  set_fact (self->machines_row, machines);
  set_fact (self->host_row, lodge_connection_get_host_name (connection));
  set_fact (self->processors_row, processors);
  set_fact (self->memory_row, size);
  set_fact (self->libvirt_row, libvirt);
  set_fact (self->hypervisor_row, hypervisor);
}

static void
name_applied_cb (LodgeConnectionOverview *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));

  lodge_connection_set_name (self->connection, *name != '\0' ? name : NULL);
}

static void
copy_uri_cb (LodgeConnectionOverview *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), lodge_connection_get_uri (self->connection));
}

static void
lodge_connection_overview_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONNECTION_OVERVIEW);
  g_clear_object (&LODGE_CONNECTION_OVERVIEW (object)->connection);

  G_OBJECT_CLASS (lodge_connection_overview_parent_class)->dispose (object);
}

static void
lodge_connection_overview_class_init (LodgeConnectionOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_connection_overview_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-connection-overview.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, name_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, uri_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, state_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, machines_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, autoconnect_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, read_only_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, host_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, processors_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, memory_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, libvirt_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionOverview, hypervisor_row);
  gtk_widget_class_bind_template_callback (widget_class, name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_uri_cb);
}

static void
lodge_connection_overview_init (LodgeConnectionOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_connection_overview_new (LodgeConnection *connection)
{
  LodgeConnectionOverview *self = g_object_new (LODGE_TYPE_CONNECTION_OVERVIEW, NULL);

  self->connection = g_object_ref (connection);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), lodge_connection_get_label (connection));
  g_object_bind_property (connection, "autoconnect", self->autoconnect_row, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (connection, "read-only", self->read_only_row, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (connection, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lodge_connection_get_domains (connection), "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
