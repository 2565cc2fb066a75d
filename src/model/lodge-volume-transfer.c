/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-volume-transfer"

#include "config.h"

#include "lodge-volume-transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-pacer.h"
#include "util/lodge-error.h"

/* How often the host is asked how long an answer takes, and the job told how far it is */
#define TICK      60  /* ms */
#define CHUNK     (64 * 1024)
#define MAX_SLEEP (20 * G_TIME_SPAN_MILLISECOND)

/* Counted: the task, and the question that is on its way */
typedef struct
{
  char       *pool;
  char       *volume;
  char       *path;
  gboolean    upload;
  LodgePacer *pacer;
  LodgeJob   *job;          /* owned, nullable; main thread */
  guint       tick_source;
  gboolean    asking;       /* main thread */
  GMutex      mutex;        /* for all below */
  guint64     done;         /* bytes */
  guint64     total;
} Transfer;

static void
transfer_clear (gpointer data)
{
  Transfer *transfer = data;

  g_free (transfer->pool);
  g_free (transfer->volume);
  g_free (transfer->path);
  lodge_pacer_free (transfer->pacer);
  g_mutex_clear (&transfer->mutex);
}

static void
transfer_unref (gpointer transfer)
{
  g_atomic_rc_box_release_full (transfer, transfer_clear);
}

static void
set_total (Transfer *transfer,
           guint64   total)
{
  g_mutex_lock (&transfer->mutex);
  transfer->total = total;
  g_mutex_unlock (&transfer->mutex);
}

static void
add_done (Transfer *transfer,
          gsize     n)
{
  g_mutex_lock (&transfer->mutex);
  transfer->done += n;
  g_mutex_unlock (&transfer->mutex);
}

/* On the worker, which may wait. FALSE: cancelled */
static gboolean
wait_for_turn (Transfer      *transfer,
               gsize          n,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 wait;

  while ((wait = lodge_pacer_take (transfer->pacer, n, g_get_monotonic_time ())) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_usleep (MIN (wait, MAX_SLEEP));
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static GError *
new_file_error (const char *path,
                int         code)
{
  return g_error_new (LODGE_ERROR, code == ENOSPC ? LODGE_ERROR_NO_SPACE : LODGE_ERROR_FAILED,
                      /* Translators: the path of a file, then the system's reason */
                      _("“%s” cannot be used: %s"), path, g_strerror (code));
}

/* Not more than what may go at once. 0: the file has ended, negative: @error */
static gssize
read_chunk (Transfer  *transfer,
            int        fd,
            char      *buffer,
            GError   **error)
{
  const gsize size = MIN (CHUNK, lodge_pacer_get_portion (transfer->pacer));
  gssize n;

  do
    n = read (fd, buffer, size);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    g_propagate_error (error, new_file_error (transfer->path, errno));
  return n;
}

static gboolean
write_all (Transfer    *transfer,
           int          fd,
           const char  *data,
           gsize        length,
           GError     **error)
{
  while (length > 0)
    {
      const gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_propagate_error (error, new_file_error (transfer->path, errno));
          return FALSE;
        }
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
send_file (Transfer      *transfer,
           virStreamPtr   stream,
           int            fd,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  gssize n;

  while ((n = read_chunk (transfer, fd, buffer, error)) > 0)
    {
      for (gssize sent = 0; sent < n; )
        {
          int m;

          if (!wait_for_turn (transfer, n - sent, cancellable, error))
            return FALSE;
          m = virStreamSend (stream, buffer + sent, n - sent);
          if (m < 0)
            {
              g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
              return FALSE;
            }
          sent += m;
          add_done (transfer, m);
        }
    }
  return n == 0;
}

static gboolean
upload (Transfer       *transfer,
        virStorageVolPtr volume,
        virConnectPtr    connection,
        GCancellable    *cancellable,
        GError         **error)
{
  g_autofd int fd = g_open (transfer->path, O_RDONLY | O_CLOEXEC);
  struct stat status;
  virStreamPtr stream;
  gboolean done;

  if (fd < 0 || fstat (fd, &status) < 0)
    {
      g_propagate_error (error, new_file_error (transfer->path, errno));
      return FALSE;
    }
  set_total (transfer, status.st_size);
  stream = virStreamNew (connection, 0);
  if (stream == NULL || virStorageVolUpload (volume, stream, 0, status.st_size, 0) < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
      g_clear_pointer (&stream, virStreamFree);
      return FALSE;
    }
  done = send_file (transfer, stream, fd, cancellable, error);
  if (!done)
    virStreamAbort (stream);
  else if (virStreamFinish (stream) < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
      done = FALSE;
    }
  virStreamFree (stream);
  return done;
}

/* The bytes of one stream, to its end */
static gboolean
receive_portion (Transfer      *transfer,
                 virStreamPtr   stream,
                 int            fd,
                 guint64       *received,
                 GError       **error)
{
  g_autofree char *buffer = g_malloc (CHUNK);

  while (TRUE)
    {
      const int n = virStreamRecv (stream, buffer, CHUNK);

      if (n < 0)
        {
          g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
          virStreamAbort (stream);
          return FALSE;
        }
      if (n == 0)
        break;
      if (!write_all (transfer, fd, buffer, n, error))
        {
          virStreamAbort (stream);
          return FALSE;
        }
      *received += n;
      add_done (transfer, n);
    }
  if (virStreamFinish (stream) == 0)
    return TRUE;
  g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
  return FALSE;
}

/* libvirt's client takes in all that a host sends, whether somebody reads it or not: what is to come slowly is asked for in
 * portions */
static gboolean
receive_file (Transfer          *transfer,
              virStorageVolPtr   volume,
              virConnectPtr      connection,
              int                fd,
              GCancellable      *cancellable,
              GError           **error)
{
  guint64 offset = 0;

  while (offset < transfer->total)
    {
      const guint64 portion = MIN (lodge_pacer_get_portion (transfer->pacer), transfer->total - offset);
      guint64 received = 0;
      virStreamPtr stream;
      gboolean done;

      if (!wait_for_turn (transfer, portion, cancellable, error))
        return FALSE;
      stream = virStreamNew (connection, 0);
      done = stream != NULL && virStorageVolDownload (volume, stream, offset, portion, 0) == 0;
      if (!done)
        g_propagate_error (error, lodge_error_new_from_libvirt (NULL));
      else
        done = receive_portion (transfer, stream, fd, &received, error);
      g_clear_pointer (&stream, virStreamFree);
      if (!done)
        return FALSE;
      if (received == 0)
        break;   /* it is shorter than it was */
      offset += received;
    }
  return TRUE;
}

/* What a download of a volume has to say of its length: a file's own, which a qcow2 image's capacity is not */
static guint64
get_length (virStorageVolPtr volume)
{
  virStorageVolInfo info;

  return virStorageVolGetInfoFlags (volume, &info, VIR_STORAGE_VOL_GET_PHYSICAL) == 0 ? info.allocation : 0;
}

static gboolean
download (Transfer          *transfer,
          virStorageVolPtr   volume,
          virConnectPtr      connection,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autofree char *partial = g_strconcat (transfer->path, ".part", NULL);
  g_autofd int fd = g_open (partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean done;

  if (fd < 0)
    {
      g_propagate_error (error, new_file_error (transfer->path, errno));
      return FALSE;
    }
  set_total (transfer, get_length (volume));
  done = receive_file (transfer, volume, connection, fd, cancellable, error);
  if (done && g_rename (partial, transfer->path) < 0)
    {
      g_propagate_error (error, new_file_error (transfer->path, errno));
      done = FALSE;
    }
  if (!done)
    g_unlink (partial);
  return done;
}

static void
transfer_worker (GTask         *task,
                 virConnectPtr  connection,
                 gpointer       task_data,
                 GCancellable  *cancellable)
{
  Transfer *transfer = task_data;
  virStoragePoolPtr pool = virStoragePoolLookupByName (connection, transfer->pool);
  virStorageVolPtr volume = pool != NULL ? virStorageVolLookupByName (pool, transfer->volume) : NULL;
  GError *error = NULL;

  if (volume == NULL)
    error = lodge_error_new_from_libvirt (NULL);
  else if (transfer->upload)
    upload (transfer, volume, connection, cancellable, &error);
  else
    download (transfer, volume, connection, cancellable, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&volume, virStorageVolFree);
  g_clear_pointer (&pool, virStoragePoolFree);
}

/* The question beside it */

static void
ask_worker (GTask         *task,
            virConnectPtr  connection,
            gpointer       task_data,
            GCancellable  *cancellable)
{
  Transfer *transfer = task_data;
  gulong version;

  lodge_pacer_asked (transfer->pacer, g_get_monotonic_time ());
  virConnectGetLibVersion (connection, &version);
  lodge_pacer_answered (transfer->pacer, g_get_monotonic_time ());
  g_task_return_boolean (task, TRUE);
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Transfer *transfer = g_task_get_task_data (G_TASK (result));

  transfer->asking = FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  GTask *task = user_data;
  Transfer *transfer = g_task_get_task_data (task);
  g_autoptr(GTask) question = NULL;
  guint64 done, total;

  g_mutex_lock (&transfer->mutex);
  done = transfer->done;
  total = transfer->total;
  g_mutex_unlock (&transfer->mutex);
  if (transfer->job != NULL && total > 0)
    {
      g_autofree char *of = g_format_size (total);
      g_autofree char *size = g_format_size (done);
      /* Translators: two sizes: “3.2 GB of 10 GB” */
      g_autofree char *text = g_strdup_printf (_("%s of %s"), size, of);

      lodge_job_set_progress (transfer->job, text, MIN (1.0, (double) done / total));
    }
  if (transfer->asking)
    return G_SOURCE_CONTINUE;
  transfer->asking = TRUE;
  question = g_task_new (g_task_get_source_object (task), NULL, asked_cb, NULL);
  g_task_set_source_tag (question, tick_cb);
  g_task_set_task_data (question, g_atomic_rc_box_acquire (transfer), transfer_unref);
  lodge_connection_run (g_task_get_source_object (task), LODGE_LANE_CONTROL, question, ask_worker);
  return G_SOURCE_CONTINUE;
}

/* Takes what the main thread has of it before the caller is told */
static void
transferred_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Transfer *transfer = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;
  const gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  g_clear_handle_id (&transfer->tick_source, g_source_remove);
  if (transfer->job != NULL)
    lodge_job_finish (transfer->job, error);
  g_clear_object (&transfer->job);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
start (LodgeConnection     *connection,
       gboolean             is_upload,
       const char          *pool,
       const char          *volume,
       const char          *path,
       LodgeJob            *job,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (connection, NULL, callback, user_data);
  g_autoptr(GTask) inner = g_task_new (connection, job != NULL ? lodge_job_get_cancellable (job) : NULL, transferred_cb,
                                       task);
  Transfer *transfer = g_atomic_rc_box_new0 (Transfer);

  g_task_set_source_tag (task, lodge_connection_transfer_volume_finish);
  g_task_set_source_tag (inner, start);
  transfer->pool = g_strdup (pool);
  transfer->volume = g_strdup (volume);
  transfer->path = g_strdup (path);
  transfer->upload = is_upload;
  transfer->pacer = lodge_pacer_new ();
  transfer->job = job != NULL ? g_object_ref (job) : NULL;
  g_mutex_init (&transfer->mutex);
  g_task_set_task_data (inner, transfer, transfer_unref);
  transfer->tick_source = g_timeout_add (TICK, tick_cb, inner);
  lodge_connection_run (connection, LODGE_LANE_LONG, inner, transfer_worker);
}

void
lodge_connection_upload_volume_async (LodgeConnection     *connection,
                                      const char          *pool,
                                      const char          *volume,
                                      const char          *path,
                                      LodgeJob            *job,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_return_if_fail (LODGE_IS_CONNECTION (connection));

  start (connection, TRUE, pool, volume, path, job, callback, user_data);
}

void
lodge_connection_download_volume_async (LodgeConnection     *connection,
                                        const char          *pool,
                                        const char          *volume,
                                        const char          *path,
                                        LodgeJob            *job,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data)
{
  g_return_if_fail (LODGE_IS_CONNECTION (connection));

  start (connection, FALSE, pool, volume, path, job, callback, user_data);
}

gboolean
lodge_connection_transfer_volume_finish (LodgeConnection  *connection,
                                         GAsyncResult     *result,
                                         GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
