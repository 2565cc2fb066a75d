/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-add-storage"

#include "config.h"

#include "lodge-add-storage.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-volume-creation.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-combo-value.h"
#include "widgets/lodge-error-dialog.h"

#define GIB (1024.0 * 1024 * 1024)

struct _LodgeAddStorage
{
  GtkWidget           parent_instance;

  /* template children */
  GtkWidget          *box;
  GtkWidget          *how_group;
  GtkCheckButton     *new_check;
  GtkCheckButton     *old_check;
  GtkWidget          *new_group;
  AdwComboRow        *pool_row;
  GtkSpinButton      *size_spin;
  AdwActionRow       *size_row;
  AdwEntryRow        *name_row;
  GtkWidget          *old_group;
  AdwEntryRow        *path_row;
  GtkWidget          *browse_button;
  GtkPopover         *browse_popover;
  GtkStack           *browse_stack;
  GtkListView        *volume_list;

  LodgeConnection    *connection;   /* owned, nullable */
  GListModel         *pools;        /* owned, nullable: of the host */
  GCancellable       *cancellable;  /* owned */
  LodgePathInfo      *info;         /* owned, nullable: what the host says of the path */
  char               *path_error;   /* nullable */
  guint               lookup_id;
  gboolean            for_medium;
  gboolean            disposed;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeAddStorage, lodge_add_storage, GTK_TYPE_WIDGET)

static LodgeStoragePool *
get_pool (LodgeAddStorage *self)
{
  return adw_combo_row_get_selected_item (self->pool_row);
}

static void
update (LodgeAddStorage *self)
{
  LodgeStoragePool *pool = get_pool (self);
  const gboolean new_image = lodge_add_storage_get_new_image (self);
  g_autofree char *space = NULL;

  if (self->disposed)
    return;
  gtk_widget_set_visible (self->new_group, new_image);
  gtk_widget_set_visible (self->old_group, !new_image);
  if (pool != NULL)
    {
      g_autofree char *size = lodge_format_size (lodge_storage_pool_get_available (pool));

      space = g_strdup_printf (_("%s free"), size);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->pool_row), space != NULL ? space : "");
  adw_action_row_set_subtitle (self->size_row,
                               pool != NULL && lodge_storage_pool_has_formats (pool) ? _("Grows as the guest writes")
                                                                                      : _("Taken at once"));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
changed_cb (LodgeAddStorage *self)
{
  if (self->connection != NULL)
    update (self);
}

/* The path that a person types or picks is looked up where the machine runs */

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LodgeAddStorage) self = user_data;
  g_autoptr(GError) error = NULL;
  LodgePathInfo *info = lodge_connection_lookup_path_finish (LODGE_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->disposed)
    return;
  g_clear_pointer (&self->info, lodge_path_info_free);
  self->info = info;
  g_set_str (&self->path_error, error != NULL ? error->message
                                : info->obstacle != NULL ? info->obstacle : NULL);
  update (self);
}

static gboolean
look_up_cb (gpointer user_data)
{
  LodgeAddStorage *self = user_data;

  self->lookup_id = 0;
  lodge_connection_lookup_path_async (self->connection, gtk_editable_get_text (GTK_EDITABLE (self->path_row)),
                                      self->cancellable, looked_up_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
path_changed_cb (LodgeAddStorage *self)
{
  const char *path = gtk_editable_get_text (GTK_EDITABLE (self->path_row));

  g_clear_pointer (&self->info, lodge_path_info_free);
  g_clear_handle_id (&self->lookup_id, g_source_remove);
  g_set_str (&self->path_error, *path != '\0' && *path != '/' ? _("Write the whole path, from “/” on") : NULL);
  if (*path == '/' && self->connection != NULL)
    self->lookup_id = g_timeout_add (300, look_up_cb, self);
  changed_cb (self);
}

/* Picking a volume */

static void
volumes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeAddStorage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) volumes = lodge_connection_list_volumes_finish (LODGE_CONNECTION (object), result, &error);

  if (volumes == NULL || self->disposed)
    {
      if (!self->disposed)
        gtk_stack_set_visible_child_name (self->browse_stack, "none");
      return;
    }
  gtk_list_view_set_model (self->volume_list, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (volumes))));
  gtk_stack_set_visible_child_name (self->browse_stack, g_list_model_get_n_items (volumes) > 0 ? "volumes" : "none");
}

static void
browse_cb (LodgeAddStorage *self)
{
  gtk_stack_set_visible_child_name (self->browse_stack, "loading");
  lodge_connection_list_volumes_async (self->connection, self->cancellable, volumes_cb, g_object_ref (self));
}

static void
volume_activated_cb (LodgeAddStorage *self,
                     guint            position)
{
  g_autoptr(LodgeStorageVolume) volume =
    g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->volume_list)), position);

  gtk_popover_popdown (self->browse_popover);
  if (volume != NULL && lodge_storage_volume_get_path (volume) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->path_row), lodge_storage_volume_get_path (volume));
}

static void
setup_volume_cb (GtkListItemFactory *factory,
                 GtkListItem        *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      if (i == 1)
        {
          gtk_widget_add_css_class (label, "caption");
          gtk_widget_add_css_class (label, "dimmed");
        }
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_item_set_child (item, box);
}

static void
bind_volume_cb (GtkListItemFactory *factory,
                GtkListItem        *item)
{
  LodgeStorageVolume *volume = gtk_list_item_get_item (item);
  GtkWidget *first = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  g_autofree char *name = lodge_display_text (lodge_storage_volume_get_name (volume), 120);
  g_autofree char *pool = lodge_display_text (lodge_storage_volume_get_pool_name (volume), 60);
  g_autofree char *size = lodge_format_size (lodge_storage_volume_get_capacity (volume));
  /* Translators: a size and the pool that a volume is in */
  g_autofree char *caption = g_strdup_printf (_("%s in pool “%s”"), size, pool);

  gtk_label_set_text (GTK_LABEL (first), name);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (first)), caption);
}

/* The list fills a moment after it was first asked for, and changes with the host */
static void
pools_changed_cb (LodgeAddStorage *self)
{
  g_autoptr(GListStore) usable = g_list_store_new (LODGE_TYPE_STORAGE_POOL);

  if (self->disposed)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (self->pools); i++)
    {
      g_autoptr(LodgeStoragePool) pool = g_list_model_get_item (self->pools, i);

      if (lodge_storage_pool_get_active (pool) && lodge_storage_pool_can_create (pool))
        g_list_store_append (usable, pool);
    }
  adw_combo_row_set_model (self->pool_row, G_LIST_MODEL (usable));
  update (self);
}

static void
lodge_add_storage_dispose (GObject *object)
{
  LodgeAddStorage *self = LODGE_ADD_STORAGE (object);

  self->disposed = TRUE;
  g_clear_handle_id (&self->lookup_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_ADD_STORAGE);
  g_clear_object (&self->connection);
  g_clear_object (&self->pools);
  g_clear_pointer (&self->info, lodge_path_info_free);
  g_clear_pointer (&self->path_error, g_free);

  G_OBJECT_CLASS (lodge_add_storage_parent_class)->dispose (object);
}

static void
lodge_add_storage_finalize (GObject *object)
{
  g_object_unref (LODGE_ADD_STORAGE (object)->cancellable);

  G_OBJECT_CLASS (lodge_add_storage_parent_class)->finalize (object);
}

static void
lodge_add_storage_class_init (LodgeAddStorageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_add_storage_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_add_storage_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (LODGE_TYPE_STORAGE_POOL);
  g_type_ensure (LODGE_TYPE_STORAGE_VOLUME);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-add-storage.ui"));
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LodgeAddStorage, child)
  BIND (box);
  BIND (how_group);
  BIND (new_check);
  BIND (old_check);
  BIND (new_group);
  BIND (pool_row);
  BIND (size_spin);
  BIND (size_row);
  BIND (name_row);
  BIND (old_group);
  BIND (path_row);
  BIND (browse_button);
  BIND (browse_popover);
  BIND (browse_stack);
  BIND (volume_list);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, path_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, browse_cb);
  gtk_widget_class_bind_template_callback (widget_class, volume_activated_cb);
}

static void
lodge_add_storage_init (LodgeAddStorage *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_combo_value_show (self->pool_row);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_volume_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_volume_cb), NULL);
  gtk_list_view_set_factory (self->volume_list, factory);
}

GtkWidget *
lodge_add_storage_new (void)
{
  return g_object_new (LODGE_TYPE_ADD_STORAGE, NULL);
}

void
lodge_add_storage_set_up (LodgeAddStorage *self,
                          LodgeConnection *connection,
                          const char      *machine_name,
                          gboolean         for_medium)
{
  g_autofree char *name = NULL;

  g_return_if_fail (LODGE_IS_ADD_STORAGE (self));

  self->for_medium = for_medium;
  gtk_widget_set_visible (self->how_group, !for_medium);
  gtk_check_button_set_active (for_medium ? self->old_check : self->new_check, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->path_row), "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->path_row), for_medium ? _("Medium (Empty: None Yet)")
                                                                                  : _("Image or Block Device"));
  name = g_strdup_printf ("%s-%04x.qcow2", machine_name, g_random_int_range (0, 0x10000));
  g_strdelimit (name, "/", '-');
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  if (g_set_object (&self->connection, connection) && connection != NULL)
    {
      g_set_object (&self->pools, lodge_connection_get_storage_pools (connection));
      g_signal_connect_object (self->pools, "items-changed", G_CALLBACK (pools_changed_cb), self, G_CONNECT_SWAPPED);
      pools_changed_cb (self);
    }
  update (self);
}

gboolean
lodge_add_storage_get_new_image (LodgeAddStorage *self)
{
  g_return_val_if_fail (LODGE_IS_ADD_STORAGE (self), FALSE);

  return !self->for_medium && gtk_check_button_get_active (self->new_check);
}

const char *
lodge_add_storage_get_missing (LodgeAddStorage *self)
{
  const char *name, *path;
  LodgeStoragePool *pool;

  g_return_val_if_fail (LODGE_IS_ADD_STORAGE (self), NULL);

  gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->path_row), "error");
  if (lodge_add_storage_get_new_image (self))
    {
      name = gtk_editable_get_text (GTK_EDITABLE (self->name_row));
      pool = get_pool (self);
      if (pool == NULL)
        return _("There is no storage pool that takes new images");
      if (*name == '\0' || strchr (name, '/') != NULL)
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
          return _("Give the image a name without “/”");
        }
      return NULL;
    }
  path = gtk_editable_get_text (GTK_EDITABLE (self->path_row));
  if (*path == '\0')
    return self->for_medium ? NULL : _("Choose an image");
  if (self->path_error != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->path_row), "error");
  return self->path_error;
}

LodgeNewVolume *
lodge_add_storage_dup_new_volume (LodgeAddStorage *self)
{
  LodgeStoragePool *pool;

  g_return_val_if_fail (LODGE_IS_ADD_STORAGE (self), NULL);

  pool = get_pool (self);
  if (!lodge_add_storage_get_new_image (self) || pool == NULL)
    return NULL;
  return lodge_new_volume_new (lodge_storage_pool_get_name (pool),
                               gtk_editable_get_text (GTK_EDITABLE (self->name_row)),
                               lodge_storage_pool_has_formats (pool) ? "qcow2" : "raw",
                               gtk_spin_button_get_value (self->size_spin) * GIB);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  char *path = lodge_connection_create_volume_finish (LODGE_CONNECTION (object), result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

void
lodge_add_storage_prepare_async (LodgeAddStorage     *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  LodgeStoragePool *pool;

  g_return_if_fail (LODGE_IS_ADD_STORAGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_add_storage_prepare_async);
  if (!lodge_add_storage_get_new_image (self))
    {
      g_task_return_pointer (task, g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->path_row))), g_free);
      return;
    }
  pool = get_pool (self);
  lodge_connection_create_volume_async (self->connection, pool, gtk_editable_get_text (GTK_EDITABLE (self->name_row)),
                                        NULL, gtk_spin_button_get_value (self->size_spin) * GIB, cancellable,
                                        created_cb,
                                        g_steal_pointer (&task));
}

/**
 * lodge_add_storage_prepare_finish:
 * @format: (out): "qcow2" or "raw"
 */
char *
lodge_add_storage_prepare_finish (LodgeAddStorage  *self,
                                  GAsyncResult     *result,
                                  char            **format,
                                  GError          **error)
{
  LodgeStoragePool *pool = get_pool (self);

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (lodge_add_storage_get_new_image (self))
    *format = g_strdup (pool != NULL && lodge_storage_pool_has_formats (pool) ? "qcow2" : "raw");
  else
    *format = g_strdup (self->info != NULL && self->info->format != NULL && !g_str_equal (self->info->format, "iso")
                        ? self->info->format : "raw");
  return g_task_propagate_pointer (G_TASK (result), error);
}
