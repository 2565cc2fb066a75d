/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-screenshot"

#include "config.h"

#include "lodge-domain-screenshot.h"

#include <glib/gi18n-lib.h>

#include "lodge-connection-private.h"
#include "util/lodge-error.h"

/* A picture of 4K in 32 bits is 33 MB; a host that sends more lies */
#define MAX_SIZE   (64 * 1024 * 1024)
#define CHUNK_SIZE 65536

static void
screenshot_worker (GTask        *task,
                   virDomainPtr  domain,
                   gpointer      task_data,
                   GCancellable *cancellable)
{
  virStreamPtr stream = virStreamNew (virDomainGetConnect (domain), 0);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree char *mime_type = NULL;
  g_autofree char *chunk = g_malloc (CHUNK_SIZE);
  int n = -1;

  if (stream != NULL)
    mime_type = virDomainScreenshot (domain, stream, 0, 0);
  if (mime_type == NULL)
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      g_clear_pointer (&stream, virStreamFree);
      return;
    }

  while (bytes->len <= MAX_SIZE && !g_cancellable_is_cancelled (cancellable)
         && (n = virStreamRecv (stream, chunk, CHUNK_SIZE)) > 0)
    g_byte_array_append (bytes, (const guint8 *) chunk, (guint) n);

  if (n < 0)
    g_task_return_error (task, lodge_domain_new_error (domain));
  else if (n > 0)
    {
      virStreamAbort (stream);
      if (!g_task_return_error_if_cancelled (task))
        g_task_return_new_error (task, LODGE_ERROR, LODGE_ERROR_LIMIT, _("The picture of the screen is too large."));
    }
  else
    {
      virStreamFinish (stream);
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&bytes)),
                             (GDestroyNotify) g_bytes_unref);
    }
  virStreamFree (stream);
}

void
lodge_domain_take_screenshot_async (LodgeDomain         *self,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (LODGE_IS_DOMAIN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_domain_take_screenshot_async);
  lodge_domain_run_call (self, LODGE_LANE_DETAILS, task, screenshot_worker);
}

/**
 * lodge_domain_take_screenshot_finish:
 *
 * Returns: (transfer full): an image file; a stranger's bytes
 */
GBytes *
lodge_domain_take_screenshot_finish (LodgeDomain   *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
