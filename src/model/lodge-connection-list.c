/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-list"

#include "config.h"

#include "lodge-connection-list.h"

#include <glib/gi18n-lib.h>

#include "lodge-connection.h"
#include "util/lodge-error.h"

struct _LodgeConnectionList
{
  GObject    parent_instance;

  GSettings *settings;     /* owned */
  GPtrArray *connections;  /* of LodgeConnection */
  GPtrArray *unsaved;      /* borrowed: those that are not in @settings yet */
};

static GType
get_item_type (GListModel *model)
{
  return LODGE_TYPE_CONNECTION;
}

static guint
get_n_items (GListModel *model)
{
  return LODGE_CONNECTION_LIST (model)->connections->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LodgeConnectionList *self = LODGE_CONNECTION_LIST (model);

  return position < self->connections->len ? g_object_ref (self->connections->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeConnectionList, lodge_connection_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
save (LodgeConnectionList *self)
{
  g_autoptr(GPtrArray) read_only = g_ptr_array_new ();
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ssb)"));
  for (guint i = 0; i < self->connections->len; i++)
    {
      LodgeConnection *connection = self->connections->pdata[i];
      const char *name = lodge_connection_get_name (connection);
      gboolean wants_read_only;

      if (g_ptr_array_find (self->unsaved, connection, NULL))
        continue;
      g_variant_builder_add (&builder, "(ssb)", lodge_connection_get_uri (connection),
                             name != NULL ? name : "",
                             lodge_connection_get_autoconnect (connection));
      /* What is wanted, which an open connection may not have yet */
      g_object_get (connection, "read-only", &wants_read_only, NULL);
      if (wants_read_only)
        g_ptr_array_add (read_only, (gpointer) lodge_connection_get_uri (connection));
    }
  g_ptr_array_add (read_only, NULL);
  g_settings_set_value (self->settings, "connections", g_variant_builder_end (&builder));
  g_settings_set_strv (self->settings, "read-only-connections", (const char * const *) read_only->pdata);
}

static void
state_cb (LodgeConnectionList *self,
          GParamSpec          *pspec,
          LodgeConnection     *connection)
{
  /* One that was named on the command line is worth remembering once it has opened */
  if (lodge_connection_get_state (connection) == LODGE_CONNECTION_CONNECTED
      && g_ptr_array_remove (self->unsaved, connection))
    {
      lodge_connection_remember (connection);
      save (self);
    }
}

static void
interval_cb (LodgeConnectionList *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    lodge_connection_set_stats_interval (self->connections->pdata[i],
                                         g_settings_get_uint (self->settings, "stats-interval"));
}

static LodgeConnection *
append (LodgeConnectionList *self,
        const char          *uri,
        const char          *name,
        gboolean             autoconnect)
{
  LodgeConnection *connection = lodge_connection_new (uri, name != NULL && *name != '\0' ? name : NULL);

  lodge_connection_set_autoconnect (connection, autoconnect);
  lodge_connection_set_stats_interval (connection,
                                       g_settings_get_uint (self->settings, "stats-interval"));
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::name", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::autoconnect", G_CALLBACK (save), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::read-only", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->connections, connection);
  return connection;
}

static void
lodge_connection_list_finalize (GObject *object)
{
  LodgeConnectionList *self = LODGE_CONNECTION_LIST (object);

  g_ptr_array_unref (self->unsaved);
  g_ptr_array_unref (self->connections);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lodge_connection_list_parent_class)->finalize (object);
}

static void
lodge_connection_list_class_init (LodgeConnectionListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_connection_list_finalize;
}

static void
lodge_connection_list_init (LodgeConnectionList *self)
{
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->unsaved = g_ptr_array_new ();
}

/**
 * lodge_connection_list_new:
 * @settings: of the schema org.lodgevm.Lodge: the keys “connections” and “stats-interval”
 */
LodgeConnectionList *
lodge_connection_list_new (GSettings *settings)
{
  LodgeConnectionList *self = g_object_new (LODGE_TYPE_CONNECTION_LIST, NULL);
  g_autoptr(GVariant) saved = g_settings_get_value (settings, "connections");
  g_auto(GStrv) read_only = g_settings_get_strv (settings, "read-only-connections");
  const char *uri, *name;
  gboolean autoconnect;
  GVariantIter iter;

  g_set_object (&self->settings, settings);
  g_variant_iter_init (&iter, saved);
  while (g_variant_iter_next (&iter, "(&s&sb)", &uri, &name, &autoconnect))
    {
      if (lodge_connection_list_find (self, uri) == NULL)
        {
          LodgeConnection *connection = append (self, uri, name, autoconnect);

          if (g_strv_contains ((const char * const *) read_only, uri))
            {
              g_signal_handlers_block_by_func (connection, save, self);
              lodge_connection_set_read_only (connection, TRUE);
              g_signal_handlers_unblock_by_func (connection, save, self);
            }
          lodge_connection_remember (connection);
        }
    }
  g_signal_connect_object (settings, "changed::stats-interval", G_CALLBACK (interval_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/* (transfer none) (nullable) */
LodgeConnection *
lodge_connection_list_find (LodgeConnectionList *self,
                            const char          *uri)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION_LIST (self), NULL);

  for (guint i = 0; i < self->connections->len; i++)
    {
      if (g_strcmp0 (lodge_connection_get_uri (self->connections->pdata[i]), uri) == 0)
        return self->connections->pdata[i];
    }
  return NULL;
}

static LodgeConnection *
add (LodgeConnectionList  *self,
     const char           *uri,
     const char           *name,
     gboolean              saved,
     GError              **error)
{
  g_autoptr(LodgeUri) parsed = NULL;
  LodgeConnection *existing = lodge_connection_list_find (self, uri);
  LodgeConnection *connection;

  if (existing != NULL)
    {
      lodge_set_error (error, LODGE_ERROR_EXISTS, _("“%s” has this URI already."),
                       lodge_connection_get_label (existing));
      return NULL;
    }
  parsed = lodge_uri_parse (uri, error);
  if (parsed == NULL)
    return NULL;

  connection = append (self, uri, name, TRUE);
  if (saved)
    {
      lodge_connection_remember (connection);
      save (self);
    }
  else
    g_ptr_array_add (self->unsaved, connection);
  g_list_model_items_changed (G_LIST_MODEL (self), self->connections->len - 1, 0, 1);
  return connection;
}

/**
 * lodge_connection_list_add:
 * @self: the connections
 * @uri: of libvirt
 * @name: (nullable): what the person calls it
 * @error: a URI that is none, or that is here already
 *
 * Returns: (transfer none) (nullable): the new connection, remembered, not open yet
 */
LodgeConnection *
lodge_connection_list_add (LodgeConnectionList  *self,
                           const char           *uri,
                           const char           *name,
                           GError              **error)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION_LIST (self), NULL);

  return add (self, uri, name, TRUE, error);
}

LodgeConnection *
lodge_connection_list_add_unsaved (LodgeConnectionList  *self,
                                   const char           *uri,
                                   GError              **error)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION_LIST (self), NULL);

  return add (self, uri, NULL, FALSE, error);
}

void
lodge_connection_list_remove (LodgeConnectionList *self,
                              LodgeConnection     *connection)
{
  guint position;

  g_return_if_fail (LODGE_IS_CONNECTION_LIST (self));

  if (!g_ptr_array_find (self->connections, connection, &position))
    return;
  g_signal_handlers_disconnect_by_data (connection, self);
  lodge_connection_forget (connection);
  lodge_connection_close (connection);
  g_ptr_array_remove (self->unsaved, connection);
  g_ptr_array_remove_index (self->connections, position);
  save (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

void
lodge_connection_list_move (LodgeConnectionList *self,
                            LodgeConnection     *connection,
                            guint                position)
{
  guint from, first, last;

  g_return_if_fail (LODGE_IS_CONNECTION_LIST (self));

  if (!g_ptr_array_find (self->connections, connection, &from))
    return;
  position = MIN (position, self->connections->len - 1);
  if (from == position)
    return;
  g_object_ref (connection);
  g_ptr_array_remove_index (self->connections, from);
  g_ptr_array_insert (self->connections, position, connection);
  first = MIN (from, position);
  last = MAX (from, position);
  save (self);
  g_list_model_items_changed (G_LIST_MODEL (self), first, last - first + 1, last - first + 1);
}

void
lodge_connection_list_open_all (LodgeConnectionList *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION_LIST (self));

  for (guint i = 0; i < self->connections->len; i++)
    {
      if (lodge_connection_get_autoconnect (self->connections->pdata[i]))
        lodge_connection_open_async (self->connections->pdata[i], NULL, NULL, NULL);
    }
}
