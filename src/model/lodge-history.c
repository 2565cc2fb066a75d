/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-history"

#include "config.h"

#include "lodge-history.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

#define MAX_SECRETS 64

typedef struct
{
  char *uuid;
  char *xml;
} KeepData;

static void
keep_data_free (KeepData *data)
{
  g_free (data->uuid);
  g_free (data->xml);
  g_free (data);
}

/* The folder's name comes from a host: only a UUID is one. */
static char *
dup_folder (const char  *uuid,
            GError     **error)
{
  g_autofree char *folder = NULL;

  if (uuid == NULL || !g_uuid_string_is_valid (uuid))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("“%s” is not a UUID"), uuid ? uuid : "");
      return NULL;
    }
  folder = g_ascii_strdown (uuid, -1);
  return g_build_filename (g_get_user_data_dir (), "lodge", "history", folder, NULL);
}

static LodgeErrorCode
code_from_errno (int saved_errno)
{
  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
      return LODGE_ERROR_NO_SPACE;
    case EACCES:
    case EPERM:
    case EROFS:
      return LODGE_ERROR_PERMISSION;
    default:
      return LODGE_ERROR_FAILED;
    }
}

static gboolean
set_error_from_errno (GError     **error,
                      int          saved_errno,
                      const char  *path)
{
  g_autofree char *display = g_filename_display_name (path);

  return lodge_set_error (error, code_from_errno (saved_errno),
                          _("The definition could not be kept in “%s”: %s"),
                          display, g_strerror (saved_errno));
}

static LodgeXmlNode
next_in_document_order (LodgeXmlDocument *document,
                        LodgeXmlNode      node)
{
  LodgeXmlNode next = lodge_xml_document_get_first_child (document, node, NULL);

  while (next == LODGE_XML_NONE && node != LODGE_XML_NONE)
    {
      next = lodge_xml_document_get_next_sibling (document, node, NULL);
      node = lodge_xml_document_get_parent (document, node);
    }
  return next;
}

/**
 * lodge_history_remove_secrets:
 * @xml: a definition as the host printed it, with or without its security information
 * @error: return location: %LODGE_ERROR_PARSE, %LODGE_ERROR_LIMIT
 *
 * Removes every password that a definition can carry, and nothing else.
 *
 * Returns: (transfer full): the rest, byte for byte
 */
char *
lodge_history_remove_secrets (const char  *xml,
                              GError     **error)
{
  g_autoptr(LodgeXmlDocument) document = NULL;
  LodgeXmlNode node;
  guint n_removed = 0;

  g_return_val_if_fail (xml != NULL, NULL);

  document = lodge_xml_document_new (xml, -1, error);
  if (document == NULL)
    return NULL;

  node = lodge_xml_document_get_root (document);
  while (node != LODGE_XML_NONE)
    {
      g_autofree char *password = lodge_xml_document_get_attribute (document, node, "passwd");

      if (password != NULL)
        {
          /* Each is an edit of the whole text: a host must not keep us busy with them. */
          if (++n_removed > MAX_SECRETS)
            {
              lodge_set_error (error, LODGE_ERROR_LIMIT,
                               _("The definition has more than %d passwords"), MAX_SECRETS);
              return NULL;
            }
          if (!lodge_xml_document_set_attribute (document, node, "passwd", NULL, error))
            return NULL;
          /* An edit ends the life of every handle. */
          node = lodge_xml_document_get_root (document);
          continue;
        }
      node = next_in_document_order (document, node);
    }
  return g_strdup (lodge_xml_document_get_text (document));
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  return -strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
list_folder (const char  *folder,
             GError     **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &local_error);
  const char *name;

  if (dir == NULL)
    {
      if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&files);
      lodge_set_error (error, LODGE_ERROR_FAILED, "%s", local_error->message);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml"))
      g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (files, compare_newest_first);
  return g_steal_pointer (&files);
}

static void
prune (const char *folder)
{
  g_autoptr(GPtrArray) files = list_folder (folder, NULL);

  if (files == NULL)
    return;
  for (guint i = LODGE_HISTORY_KEPT; i < files->len; i++)
    g_unlink (g_ptr_array_index (files, i));
}

/* Whole and on the disk, or not there at all: it may be the only copy of what is deleted next. */
static gboolean
write_file (const char  *path,
            const char  *text,
            GError     **error)
{
  const gsize length = strlen (text);
  gsize written = 0;
  int saved_errno = 0;
  int fd;

  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return set_error_from_errno (error, errno, path);

  while (written < length && saved_errno == 0)
    {
      gssize n = write (fd, text + written, length - written);

      if (n >= 0)
        written += n;
      else if (errno != EINTR)
        saved_errno = errno;
    }
  if (saved_errno == 0 && fsync (fd) < 0)
    saved_errno = errno;
  if (close (fd) < 0 && saved_errno == 0)
    saved_errno = errno;
  if (saved_errno == 0)
    return TRUE;

  g_unlink (path);
  return set_error_from_errno (error, saved_errno, path);
}

/**
 * lodge_history_keep:
 * @uuid: the machine
 * @xml: its definition, replaced or deleted next
 * @error: return location: %LODGE_ERROR_NO_SPACE, %LODGE_ERROR_PERMISSION, %LODGE_ERROR_INVALID_VALUE, …
 *
 * Writes @xml, without its passwords, into the machine's history and forgets the oldest ones beyond
 * %LODGE_HISTORY_KEPT. Blocks: for workers.
 *
 * Returns: (transfer full) (type filename): the file
 */
char *
lodge_history_keep (const char  *uuid,
                    const char  *xml,
                    GError     **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (xml != NULL, NULL);

  folder = dup_folder (uuid, error);
  if (folder == NULL)
    return NULL;
  text = lodge_history_remove_secrets (xml, error);
  if (text == NULL)
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      set_error_from_errno (error, errno, folder);
      return NULL;
    }

  /* Names sort by time. Two of one microsecond, or a clock that went back: try the next one. */
  for (guint attempt = 0; attempt < 100; attempt++)
    {
      g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
      g_autofree char *second = g_date_time_format (now, "%Y%m%dT%H%M%S");
      g_autofree char *name = g_strdup_printf ("%s.%06dZ.xml", second, g_date_time_get_microsecond (now));
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      if (!write_file (path, text, error))
        return NULL;
      prune (folder);
      return g_steal_pointer (&path);
    }
  set_error_from_errno (error, EEXIST, folder);
  return NULL;
}

GPtrArray *
lodge_history_list (const char  *uuid,
                    GError     **error)
{
  g_autofree char *folder = dup_folder (uuid, error);

  return folder != NULL ? list_folder (folder, error) : NULL;
}

static void
keep_worker (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  KeepData *data = task_data;
  GError *error = NULL;
  char *path = lodge_history_keep (data->uuid, data->xml, &error);

  if (path == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, path, g_free);
}

/**
 * lodge_history_keep_async:
 * @uuid: the machine
 * @xml: its definition
 * @cancellable: (nullable): turns the result into a cancelled error; the file is written all the same
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * [func@history_keep] in a worker.
 */
void
lodge_history_keep_async (const char          *uuid,
                          const char          *xml,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  KeepData *data = g_new0 (KeepData, 1);

  data->uuid = g_strdup (uuid);
  data->xml = g_strdup (xml);
  g_task_set_source_tag (task, lodge_history_keep_async);
  g_task_set_task_data (task, data, (GDestroyNotify) keep_data_free);
  g_task_run_in_thread (task, keep_worker);
}

char *
lodge_history_keep_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
