/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-list"

#include "config.h"

#include "lodge-host-list.h"

struct _LodgeHostList
{
  GObject            parent_instance;

  LodgeConnection   *connection;   /* weak */
  GPtrArray         *items;
  GType              item_type;
  LodgeHostListRead  read;
  GCancellable      *generation;   /* owned, nullable: while the connection is open */
  gboolean           reading;
  gboolean           again;        /* it changed while it was being read */
};

static GType
get_item_type (GListModel *model)
{
  return LODGE_HOST_LIST (model)->item_type;
}

static guint
get_n_items (GListModel *model)
{
  return LODGE_HOST_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LodgeHostList *self = LODGE_HOST_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeHostList, lodge_host_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
take_items (LodgeHostList *self,
            GPtrArray     *items)
{
  guint removed = self->items->len;

  g_ptr_array_unref (self->items);
  self->items = items;
  if (removed > 0 || items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, items->len);
}

static void
read_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  LodgeHostListRead read = *(LodgeHostListRead *) task_data;
  GError *error = NULL;
  GPtrArray *items = read (connection, &error);

  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  LodgeHostList *self = LODGE_HOST_LIST (object);
  g_autoptr(GError) error = NULL;
  GPtrArray *items = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->generation)
    {
      g_clear_pointer (&items, g_ptr_array_unref);
      return;
    }

  self->reading = FALSE;
  if (items != NULL)
    take_items (self, items);
  else
    g_debug ("%s: %s", g_type_name (self->item_type), error->message);
  if (self->again)
    lodge_host_list_changed (self);
}

static void
state_cb (LodgeHostList *self)
{
  gboolean open = self->connection != NULL
                  && lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED;

  if (open == (self->generation != NULL))
    return;
  if (open)
    {
      self->generation = g_cancellable_new ();
      lodge_host_list_changed (self);
    }
  else
    {
      g_cancellable_cancel (self->generation);
      g_clear_object (&self->generation);
      self->reading = self->again = FALSE;
      take_items (self, g_ptr_array_new_with_free_func (g_object_unref));
    }
}

static void
lodge_host_list_finalize (GObject *object)
{
  LodgeHostList *self = LODGE_HOST_LIST (object);

  g_clear_weak_pointer (&self->connection);
  g_clear_object (&self->generation);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (lodge_host_list_parent_class)->finalize (object);
}

static void
lodge_host_list_class_init (LodgeHostListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_host_list_finalize;
}

static void
lodge_host_list_init (LodgeHostList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

LodgeHostList *
lodge_host_list_new (LodgeConnection   *connection,
                     GType              item_type,
                     LodgeHostListRead  read)
{
  LodgeHostList *self = g_object_new (LODGE_TYPE_HOST_LIST, NULL);

  g_set_weak_pointer (&self->connection, connection);
  self->item_type = item_type;
  self->read = read;
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (state_cb), self,
                           G_CONNECT_SWAPPED);
  state_cb (self);
  return self;
}

/* Something of its kind changed on the host: it is read again, once for all changes until then */
void
lodge_host_list_changed (LodgeHostList *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->generation == NULL || self->connection == NULL)
    return;
  self->again = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  task = g_task_new (self, self->generation, read_cb, NULL);
  g_task_set_source_tag (task, lodge_host_list_changed);
  g_task_set_task_data (task, g_memdup2 (&self->read, sizeof self->read), g_free);
  lodge_connection_run (self->connection, LODGE_LANE_BULK, task, read_worker);
}
