/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-source-page"

#include "config.h"

#include "lodge-source-page.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-host-facts.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

struct _LodgeSourcePage
{
  AdwNavigationPage    parent_instance;

  /* template children */
  AdwComboRow         *connection_row;
  AdwActionRow        *disc_row;
  AdwActionRow        *network_row;
  AdwActionRow        *disk_row;
  AdwExpanderRow      *more_row;
  AdwActionRow        *empty_row;
  AdwActionRow        *container_row;
  GtkWidget           *obstacle_group;
  AdwActionRow        *obstacle_row;

  LodgeCreateDraft    *draft;         /* owned */
  GListStore          *usable;        /* owned: the open connections, as in connection_row */
  GCancellable        *cancellable;   /* owned, nullable: of the questions to this host */
};

enum
{
  NEXT,
  CONNECTION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSourcePage, lodge_source_page, ADW_TYPE_NAVIGATION_PAGE)

/* Which guests a host runs, and what that leaves to choose from */
static void
show_possible (LodgeSourcePage *self,
               const GError    *error)
{
  const LodgeGuestCapability *guest = lodge_create_draft_get_guest (self->draft);
  const gboolean known = self->draft->capabilities != NULL;
  const gboolean container = guest != NULL && g_str_equal (guest->os_type, "exe");
  const gboolean machine = guest != NULL && !container;
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->disc_row), machine);
  gtk_widget_set_sensitive (GTK_WIDGET (self->network_row), machine);
  gtk_widget_set_sensitive (GTK_WIDGET (self->disk_row), machine);
  gtk_widget_set_sensitive (GTK_WIDGET (self->empty_row), machine);
  gtk_widget_set_visible (GTK_WIDGET (self->container_row), container);
  if (container)
    {
      adw_expander_row_set_expanded (self->more_row, TRUE);
      text = g_strdup (_("This host runs Linux containers only: no discs, disks or network boot."));
    }
  else if (error != NULL)
    text = lodge_display_text (error->message, 300);
  else if (known && guest == NULL)
    text = g_strdup (_("This host can run no machines. Its hypervisor may not be installed."));
  gtk_widget_set_visible (self->obstacle_group, text != NULL);
  adw_action_row_set_subtitle (self->obstacle_row, text != NULL ? text : "");
}

static void
capabilities_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeSourcePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeCapabilities) capabilities =
    lodge_connection_get_capabilities_finish (LODGE_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || self->draft == NULL || self->draft->connection != LODGE_CONNECTION (object))
    return;
  g_set_object (&self->draft->capabilities, capabilities);
  show_possible (self, error);
}

static void
show_host (LodgeSourcePage      *self,
           const LodgeHostFacts *facts)
{
  LodgeConnection *connection = self->draft->connection;
  const guint cpus = lodge_connection_get_host_cpus (connection);
  const guint64 total = lodge_connection_get_host_memory (connection);
  g_autofree char *memory = lodge_format_size (total);
  g_autofree char *left = facts != NULL && facts->free_memory > 0 && facts->free_memory <= total
                          ? lodge_format_size (facts->free_memory) : NULL;
  g_autofree char *text = NULL;

  if (total == 0)
    text = g_strdup (_("Where the machine is made"));
  else if (left != NULL)
    text = g_strdup_printf (g_dngettext (NULL, "%s of %s memory free, %u processor",
                                         "%s of %s memory free, %u processors",
                                         cpus), left, memory, cpus);
  else
    text = g_strdup_printf (g_dngettext (NULL, "%s memory, %u processor", "%s memory, %u processors", cpus), memory,
                            cpus);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->connection_row), text);
}

static void
facts_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeSourcePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeHostFacts) facts = lodge_connection_read_facts_finish (LODGE_CONNECTION (object), result, &error);

  if (facts != NULL && self->draft != NULL && self->draft->connection == LODGE_CONNECTION (object))
    show_host (self, facts);
}

static void
connection_changed_cb (LodgeSourcePage *self)
{
  LodgeConnection *connection = adw_combo_row_get_selected_item (self->connection_row);

  if (self->draft == NULL || connection == NULL)
    return;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  lodge_create_draft_set_connection (self->draft, connection);
  show_possible (self, NULL);
  show_host (self, NULL);
  lodge_connection_get_capabilities_async (connection, self->cancellable, capabilities_cb, g_object_ref (self));
  lodge_connection_read_facts_async (connection, self->cancellable, facts_cb, g_object_ref (self));
  g_signal_emit (self, signals[CONNECTION_CHANGED], 0);
}

static void
choose (LodgeSourcePage  *self,
        LodgeGuestSource  source)
{
  /* Another kind of source: the file that was given is none of it */
  if (self->draft->source != source)
    g_clear_pointer (&self->draft->path, g_free);
  self->draft->source = source;
  g_signal_emit (self, signals[NEXT], 0);
}

static void
disc_cb (LodgeSourcePage *self)
{
  choose (self, LODGE_SOURCE_DISC);
}

static void
network_cb (LodgeSourcePage *self)
{
  choose (self, LODGE_SOURCE_NETWORK);
}

static void
disk_cb (LodgeSourcePage *self)
{
  choose (self, LODGE_SOURCE_DISK);
}

static void
empty_cb (LodgeSourcePage *self)
{
  choose (self, LODGE_SOURCE_NONE);
}

static void
container_cb (LodgeSourcePage *self)
{
  choose (self, LODGE_SOURCE_CONTAINER);
}

static void
lodge_source_page_dispose (GObject *object)
{
  LodgeSourcePage *self = LODGE_SOURCE_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->usable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SOURCE_PAGE);

  G_OBJECT_CLASS (lodge_source_page_parent_class)->dispose (object);
}

static void
lodge_source_page_class_init (LodgeSourcePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_source_page_dispose;
  signals[NEXT] = g_signal_new ("next", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
  signals[CONNECTION_CHANGED] = g_signal_new ("connection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                              NULL,
                                              NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-source-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, connection_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, disc_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, network_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, disk_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, more_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, empty_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, container_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, obstacle_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeSourcePage, obstacle_row);
  gtk_widget_class_bind_template_callback (widget_class, connection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, disc_cb);
  gtk_widget_class_bind_template_callback (widget_class, network_cb);
  gtk_widget_class_bind_template_callback (widget_class, disk_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_cb);
  gtk_widget_class_bind_template_callback (widget_class, container_cb);
}

static void
lodge_source_page_init (LodgeSourcePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * lodge_source_page_set_draft:
 * @draft: what is being gathered
 * @connections: of the program; those that are open and can be written to are offered
 * @chosen: (nullable): the one that is proposed
 */
void
lodge_source_page_set_draft (LodgeSourcePage     *self,
                             LodgeCreateDraft    *draft,
                             LodgeConnectionList *connections,
                             LodgeConnection     *chosen)
{
  GtkExpression *label = gtk_property_expression_new (LODGE_TYPE_CONNECTION, NULL, "label");
  guint position = 0;

  g_return_if_fail (LODGE_IS_SOURCE_PAGE (self));

  self->usable = g_list_store_new (LODGE_TYPE_CONNECTION);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (connections)); i++)
    {
      g_autoptr(LodgeConnection) item = g_list_model_get_item (G_LIST_MODEL (connections), i);

      if (lodge_connection_get_state (item) != LODGE_CONNECTION_CONNECTED || lodge_connection_get_read_only (item))
        continue;
      if (item == chosen)
        position = g_list_model_get_n_items (G_LIST_MODEL (self->usable));
      g_list_store_append (self->usable, item);
    }
  adw_combo_row_set_expression (self->connection_row, label);
  gtk_expression_unref (label);
  adw_combo_row_set_model (self->connection_row, G_LIST_MODEL (self->usable));
  adw_combo_row_set_selected (self->connection_row, position);
  self->draft = g_object_ref (draft);
  connection_changed_cb (self);
}
