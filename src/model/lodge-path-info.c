/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-path-private.h"
#include "lodge-storage.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "xml/lodge-xml-document.h"

/* What a path means on a host: a volume, or a file of this computer, and who uses it */

typedef struct
{
  char     *path;
  gboolean  local;      /* the host is this computer */
  gboolean  separate;   /* the hypervisor runs as another user */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->path);
  g_free (question);
}

void
lodge_path_info_free (LodgePathInfo *self)
{
  g_free (self->path);
  g_free (self->pool);
  g_free (self->volume);
  g_free (self->format);
  g_free (self->users);
  g_free (self->obstacle);
  g_free (self);
}

static const struct { gsize offset; const char *magic; gsize length; const char *format; } magics[] = {
  { 0, "QFI\xfb", 4, "qcow2" },
  { 0, "QED", 4, "qed" },
  { 0, "KDMV", 4, "vmdk" },
  { 0, "COWD", 4, "vmdk" },
  { 0, "# Disk DescriptorFile", 21, "vmdk" },
  { 0, "vhdxfile", 8, "vhdx" },
  { 0, "conectix", 8, "vpc" },
  { 64, "\x7f\x10\xda\xbe", 4, "vdi" },
};

/**
 * lodge_path_guess_format:
 * @data: the first bytes of a file
 * @length: how many, 512 are enough
 *
 * Returns: (transfer none): what QEMU calls its format; "raw" when it is none of those with a mark
 */
const char *
lodge_path_guess_format (const guint8 *data,
                         gsize         length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      if (magics[i].offset + magics[i].length <= length
          && memcmp (data + magics[i].offset, magics[i].magic, magics[i].length) == 0)
        return magics[i].format;
    }
  return "raw";
}

static gboolean
read_volume (LodgePathInfo *info,
             virConnectPtr  connection)
{
  virStorageVolPtr volume = virStorageVolLookupByPath (connection, info->path);
  virStoragePoolPtr pool;
  virStorageVolInfo numbers;
  char *xml;

  if (volume == NULL)
    return FALSE;
  info->volume = g_strdup (virStorageVolGetName (volume));
  pool = virStoragePoolLookupByVolume (volume);
  if (pool != NULL)
    {
      info->pool = g_strdup (virStoragePoolGetName (pool));
      virStoragePoolFree (pool);
    }
  if (virStorageVolGetInfo (volume, &numbers) == 0)
    info->capacity = numbers.capacity;
  xml = virStorageVolGetXMLDesc (volume, 0);
  if (xml != NULL)
    {
      g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, NULL);

      if (doc != NULL)
        info->format = lodge_xml_document_get_value (doc, lodge_xml_document_get_root (doc), "target/format/@type");
      free (xml);
    }
  virStorageVolFree (volume);
  info->known = TRUE;
  return TRUE;
}

char *
lodge_path_find_closed_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  while (strlen (folder) > 1)
    {
      struct stat status;
      char *parent;

      if (stat (folder, &status) == 0 && (status.st_mode & (S_IXGRP | S_IXOTH)) == 0)
        return g_steal_pointer (&folder);
      parent = g_path_get_dirname (folder);
      g_free (folder);
      folder = parent;
    }
  return NULL;
}

static gboolean
read_file (LodgePathInfo   *info,
           const Question  *question,
           GError         **error)
{
  struct stat status;
  guint8 head[512];
  ssize_t n;
  int fd;

  if (stat (info->path, &status) != 0)
    {
      if (errno == EACCES)
        return TRUE;   /* it may be there for others */
      return lodge_set_error (error, LODGE_ERROR_NOT_FOUND, _("There is no such file on this computer."));
    }
  if (S_ISDIR (status.st_mode))
    return lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("This is a folder. Choose a file in it."));
  info->known = TRUE;
  if (info->capacity == 0)
    info->capacity = (guint64) status.st_size;

  fd = open (info->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return TRUE;
  info->is_local = TRUE;
  n = S_ISREG (status.st_mode) ? read (fd, head, sizeof head) : 0;
  close (fd);
  if (info->format == NULL && n > 0)
    info->format = g_strdup (lodge_path_guess_format (head, (gsize) n));
  return TRUE;
}

/* The machines of the host that have it as a disk that can be written to */
static void
find_users (LodgePathInfo *info,
            virConnectPtr  connection,
            GCancellable  *cancellable)
{
  virDomainPtr *domains = NULL;
  const int n = virConnectListAllDomains (connection, &domains, 0);
  g_autofree char *escaped = g_markup_escape_text (info->path, -1);
  g_autofree char *file = g_strdup_printf ("='%s'", escaped);
  g_autofree char *volume = info->volume != NULL ? g_markup_printf_escaped ("volume='%s'", info->volume) : NULL;
  g_autofree char *pool = info->pool != NULL ? g_markup_printf_escaped ("pool='%s'", info->pool) : NULL;
  g_autoptr(GString) users = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    {
      char *xml = g_cancellable_is_cancelled (cancellable) ? NULL : virDomainGetXMLDesc (domains[i], 0);

      if (xml != NULL
          && (strstr (xml, file) != NULL
              || (volume != NULL && pool != NULL && strstr (xml, volume) != NULL && strstr (xml, pool) != NULL)))
        {
          g_autofree char *name = lodge_display_text (virDomainGetName (domains[i]), 60);

          g_string_append_printf (users, "%s“%s”", users->len > 0 ? ", " : "", name);
        }
      free (xml);
      virDomainFree (domains[i]);
    }
  free (domains);
  if (users->len > 0)
    info->users = g_strdup (users->str);
}

static void
lookup_worker (GTask         *task,
               virConnectPtr  connection,
               gpointer       task_data,
               GCancellable  *cancellable)
{
  const Question *question = task_data;
  g_autoptr(LodgePathInfo) info = g_new0 (LodgePathInfo, 1);
  g_autofree char *closed = NULL;
  GError *error = NULL;

  info->path = g_strdup (question->path);
  read_volume (info, connection);
  if (question->local && !read_file (info, question, &error) && !info->known)
    {
      g_task_return_error (task, error);
      return;
    }
  g_clear_error (&error);
  find_users (info, connection, cancellable);
  if (question->local && question->separate && info->pool == NULL)
    closed = lodge_path_find_closed_folder (info->path);
  if (closed != NULL)
    info->obstacle = g_strdup_printf (_("The hypervisor runs as another user, who may not enter the folder “%s”. Move the "
                                        "file into a storage pool, or let others enter the folder."), closed);
  g_task_return_pointer (task, g_steal_pointer (&info), (GDestroyNotify) lodge_path_info_free);
}

/**
 * lodge_connection_lookup_path_async:
 * @connection: an open connection
 * @path: an absolute path on its host
 * @cancellable: (nullable): gives the answer up
 *
 * virStorageVolLookupByPath(), the file itself when the host is this computer, and the definitions of all machines for
 * who uses it.
 */
void
lodge_connection_lookup_path_async (LodgeConnection     *connection,
                                    const char          *path,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (connection, cancellable, callback, user_data);
  const LodgeUri *uri = lodge_connection_get_parsed_uri (connection);
  Question *question = g_new0 (Question, 1);

  question->path = g_strdup (path);
  question->local = uri != NULL && lodge_uri_is_local (uri);
  question->separate = uri != NULL && g_str_equal (uri->driver, "qemu") && !lodge_uri_is_session (uri);
  g_task_set_source_tag (task, lodge_connection_lookup_path_async);
  g_task_set_task_data (task, question, question_free);
  lodge_connection_run (connection, LODGE_LANE_SLOW, task, lookup_worker);
}

/**
 * lodge_connection_lookup_path_finish:
 *
 * Returns: (transfer full) (nullable): what is known of it
 */
LodgePathInfo *
lodge_connection_lookup_path_finish (LodgeConnection  *connection,
                                     GAsyncResult     *result,
                                     GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
