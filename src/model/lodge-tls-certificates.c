/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-tls-certificates.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

static gboolean
is_readable (const char *path)
{
  return access (path, R_OK) == 0;
}

/* libvirt takes the system's files for what is not below the person's home; the client's two go together */
static void
find_usual_places (char **authority,
                   char **certificate,
                   char **key)
{
  g_autofree char *own = g_build_filename (g_get_home_dir (), ".pki", "libvirt", NULL);
  g_autofree char *own_authority = g_build_filename (own, "cacert.pem", NULL);
  g_autofree char *own_certificate = g_build_filename (own, "clientcert.pem", NULL);
  g_autofree char *own_key = g_build_filename (own, "clientkey.pem", NULL);
  const gboolean as_root = geteuid () == 0;
  const gboolean own_pair = !as_root && is_readable (own_certificate) && is_readable (own_key);

  *authority = !as_root && is_readable (own_authority) ? g_steal_pointer (&own_authority)
               : g_strdup ("/etc/pki/CA/cacert.pem");
  *certificate = own_pair ? g_steal_pointer (&own_certificate) : g_strdup ("/etc/pki/libvirt/clientcert.pem");
  *key = own_pair ? g_steal_pointer (&own_key) : g_strdup ("/etc/pki/libvirt/private/clientkey.pem");
}

static void
check_thread (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const char *folder = task_data;
  g_autofree char *authority = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autoptr(GString) missing = g_string_new (NULL);

  if (*folder == '\0')
    find_usual_places (&authority, &certificate, &key);
  else
    {
      authority = g_build_filename (folder, "cacert.pem", NULL);
      certificate = g_build_filename (folder, "clientcert.pem", NULL);
      key = g_build_filename (folder, "clientkey.pem", NULL);
    }
  for (guint i = 0; i < 3; i++)
    {
      const char *path = i == 0 ? authority : i == 1 ? certificate : key;

      if (!is_readable (path))
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", path);
    }
  if (missing->len == 0)
    {
      g_object_set_data (G_OBJECT (task), "lodge-complete", task);
      /* Translators: the path of a file */
      g_task_return_pointer (task, g_strdup_printf (_("You show the host the certificate %s."), certificate), g_free);
    }
  else
    /* Translators: paths of files, with commas */
    g_task_return_pointer (task, g_strdup_printf (_("Missing or not readable: %s. The host's administrator issues "
                                                    "them; without them it does not let you in."), missing->str),
                           g_free);
}

void
lodge_tls_certificates_check_async (const char          *folder,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_tls_certificates_check_async);
  g_task_set_task_data (task, g_strdup (folder != NULL ? folder : ""), g_free);
  g_task_run_in_thread (task, check_thread);
}

char *
lodge_tls_certificates_check_finish (GAsyncResult  *result,
                                     gboolean      *complete,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  *complete = g_object_get_data (G_OBJECT (result), "lodge-complete") != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}
