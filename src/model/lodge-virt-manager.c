/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-virt-manager.h"

#include <string.h>

#include "lodge-connection.h"

#define SCHEMA     "org.virt-manager.virt-manager"
#define PATH       "/org/virt-manager/virt-manager/"
#define MAX_SAVED  500
#define MAX_URI    2000   /* characters */

static void
saved_free (gpointer data)
{
  LodgeSavedConnection *saved = data;

  g_free (saved->uri);
  g_free (saved->name);
  g_free (saved);
}

static GPtrArray *
saved_new (char **uris,
           char **autoconnect)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (saved_free);

  for (guint i = 0; uris != NULL && uris[i] != NULL && all->len < MAX_SAVED; i++)
    {
      LodgeSavedConnection *saved;

      if (*uris[i] == '\0' || strlen (uris[i]) > MAX_URI)
        continue;
      saved = g_new0 (LodgeSavedConnection, 1);
      saved->uri = g_strdup (uris[i]);
      saved->autoconnect = autoconnect != NULL && g_strv_contains ((const char * const *) autoconnect, uris[i]);
      g_ptr_array_add (all, saved);
    }
  return all;
}

/* What virt-manager calls the folder of one connection's settings */
static char *
dup_folder (const char *uri)
{
  g_auto(GStrv) parts = g_strsplit (uri, "/", 0);
  g_autofree char *joined = g_strjoinv ("", parts);

  return g_strconcat ("conns/", joined, NULL);
}

static GPtrArray *
read_by_schema (GSettingsSchemaSource *source,
                GSettingsSchema       *schema)
{
  g_autoptr(GSettings) settings = g_settings_new_full (schema, NULL, NULL);
  g_autoptr(GSettingsSchema) one = g_settings_schema_source_lookup (source, SCHEMA ".connection", TRUE);
  g_auto(GStrv) uris = g_settings_get_strv (settings, "uris");
  g_auto(GStrv) autoconnect = g_settings_get_strv (settings, "autoconnect");
  GPtrArray *all = saved_new (uris, autoconnect);

  for (guint i = 0; i < all->len && one != NULL && g_settings_schema_has_key (one, "pretty-name"); i++)
    {
      LodgeSavedConnection *saved = all->pdata[i];
      g_autofree char *folder = dup_folder (saved->uri);
      g_autofree char *path = g_strconcat (PATH, folder, "/", NULL);
      g_autoptr(GSettings) of_one = g_settings_new_full (one, NULL, path);
      g_autofree char *name = g_settings_get_string (of_one, "pretty-name");

      if (*name != '\0')
        saved->name = g_steal_pointer (&name);
    }
  return all;
}

static char **
get_strings (GKeyFile   *file,
             const char *group,
             const char *key)
{
  g_autofree char *text = g_key_file_get_value (file, group, key, NULL);
  g_autoptr(GVariant) value = text != NULL ? g_variant_parse (G_VARIANT_TYPE_STRING_ARRAY, text, NULL, NULL, NULL)
                                           : NULL;

  return value != NULL ? g_variant_dup_strv (value, NULL) : NULL;
}

GPtrArray *
lodge_virt_manager_parse_dump (const char *text)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_auto(GStrv) uris = NULL;
  g_auto(GStrv) autoconnect = NULL;
  GPtrArray *all;

  if (!g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL))
    return saved_new (NULL, NULL);
  uris = get_strings (file, "connections", "uris");
  autoconnect = get_strings (file, "connections", "autoconnect");
  all = saved_new (uris, autoconnect);
  for (guint i = 0; i < all->len; i++)
    {
      LodgeSavedConnection *saved = all->pdata[i];
      g_autofree char *folder = dup_folder (saved->uri);
      g_autofree char *name = g_key_file_get_value (file, folder, "pretty-name", NULL);
      g_autoptr(GVariant) value = name != NULL ? g_variant_parse (G_VARIANT_TYPE_STRING, name, NULL, NULL, NULL) : NULL;

      if (value != NULL && *g_variant_get_string (value, NULL) != '\0')
        saved->name = g_variant_dup_string (value, NULL);
    }
  return all;
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  static const char * const argv[] = { "dconf", "dump", PATH, NULL };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autofree char *text = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, SCHEMA ".connections", TRUE);
  if (schema != NULL && g_settings_schema_has_key (schema, "uris") && g_settings_schema_has_key (schema, "autoconnect"))
    {
      g_task_return_pointer (task, read_by_schema (source, schema), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  /* The settings outlive the program and its schema */
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &text, NULL,
                NULL, NULL);
  g_task_return_pointer (task, lodge_virt_manager_parse_dump (text != NULL ? text : ""),
                         (GDestroyNotify) g_ptr_array_unref);
}

void
lodge_virt_manager_read_async (GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_virt_manager_read_async);
  g_task_run_in_thread (task, read_thread);
}

GPtrArray *
lodge_virt_manager_read_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
lodge_virt_manager_is_new (LodgeConnectionList        *connections,
                           const LodgeSavedConnection *saved)
{
  g_autoptr(LodgeUri) uri = lodge_uri_parse (saved->uri, NULL);

  return uri != NULL && lodge_connection_list_find (connections, saved->uri) == NULL;
}

LodgeConnection *
lodge_virt_manager_import (LodgeConnectionList         *connections,
                           const LodgeSavedConnection  *saved,
                           GError                     **error)
{
  LodgeConnection *connection = lodge_connection_list_add (connections, saved->uri, saved->name, error);

  if (connection != NULL)
    lodge_connection_set_autoconnect (connection, saved->autoconnect);
  return connection;
}
