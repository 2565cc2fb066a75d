/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-local-metadata"

#include "config.h"

#include "lodge-local-metadata.h"

#include <glib/gstdio.h>

/* A file that is larger is not ours */
#define MAX_SIZE (4 * 1024 * 1024)

static GMutex mutex;
static GKeyFile *file;   /* with the mutex */

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "lodge", "machines.ini", NULL);
}

/* With the mutex */
static void
ensure_file (void)
{
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf status;

  if (file != NULL)
    return;
  file = g_key_file_new ();
  path = get_path ();
  if (g_stat (path, &status) == 0 && status.st_size <= MAX_SIZE
      && !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    g_warning ("%s cannot be read: %s", path, error->message);
}

static gboolean
save (GError **error)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  return g_key_file_save_to_file (file, path, error);
}

static void
replace (const char  *uuid,
         const char  *key,
         char       **value)
{
  char *text = g_key_file_get_string (file, uuid, key, NULL);

  if (text == NULL)
    return;
  g_free (*value);
  *value = text;
}

void
lodge_local_metadata_override (const char   *uuid,
                               LodgeDetails *details)
{
  g_auto(GStrv) tags = NULL;

  g_mutex_lock (&mutex);
  ensure_file ();
  if (g_key_file_has_group (file, uuid))
    {
      replace (uuid, "title", &details->title);
      replace (uuid, "description", &details->description);
      replace (uuid, "folder", &details->folder);
      tags = g_key_file_get_string_list (file, uuid, "tags", NULL, NULL);
    }
  g_mutex_unlock (&mutex);
  if (tags != NULL)
    {
      g_strfreev (details->tags);
      details->tags = lodge_details_clean_tags ((const char * const *) tags);
    }
}

static void
remove_empty (const char *uuid)
{
  g_auto(GStrv) keys = g_key_file_get_keys (file, uuid, NULL, NULL);

  if (keys == NULL || keys[0] == NULL)
    g_key_file_remove_group (file, uuid, NULL);
}

gboolean
lodge_local_metadata_set (const char  *uuid,
                          const char  *key,
                          const char  *value,
                          GError     **error)
{
  gboolean saved;

  g_mutex_lock (&mutex);
  ensure_file ();
  if (value != NULL && *value != '\0')
    g_key_file_set_string (file, uuid, key, value);
  else
    {
      g_key_file_remove_key (file, uuid, key, NULL);
      remove_empty (uuid);
    }
  saved = save (error);
  g_mutex_unlock (&mutex);
  return saved;
}

gboolean
lodge_local_metadata_set_tags (const char          *uuid,
                               const char * const  *tags,
                               GError             **error)
{
  gboolean saved;

  g_mutex_lock (&mutex);
  ensure_file ();
  if (tags != NULL && tags[0] != NULL)
    g_key_file_set_string_list (file, uuid, "tags", tags, g_strv_length ((GStrv) tags));
  else
    {
      g_key_file_remove_key (file, uuid, "tags", NULL);
      remove_empty (uuid);
    }
  saved = save (error);
  g_mutex_unlock (&mutex);
  return saved;
}
