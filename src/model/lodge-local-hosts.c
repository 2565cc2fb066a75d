/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-local-hosts"

#include "config.h"

#include "lodge-local-hosts.h"

#include <unistd.h>

/* The first thing that is there proves it. Sockets are there while a daemon runs or is started on demand; @programs
 * start by themselves for a session. */
static const struct
{
  const char *uri;
  const char *sockets[3];
  const char *programs[3];
} candidates[] = {
  { "qemu:///system", { "/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock" }, { NULL } },
  { "qemu:///session", { NULL }, { "virtqemud", "libvirtd" } },
  { "xen:///system", { "/proc/xen/capabilities" }, { NULL } },
  { "lxc:///system", { "/run/libvirt/virtlxcd-sock" }, { NULL } },
  { "vbox:///session", { NULL }, { "VBoxManage" } },
};

/* Daemons lie where only root looks */
static gboolean
has_program (const char *name)
{
  g_autofree char *found = g_find_program_in_path (name);
  g_autofree char *path = g_build_filename ("/usr/sbin", name, NULL);

  return found != NULL || access (path, X_OK) == 0;
}

static void
find_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GArray *hosts = g_array_new (FALSE, FALSE, sizeof (LodgeLocalHost));

  for (guint usable = 2; usable-- > 0; )
    {
      for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
        {
          LodgeLocalHost host = { candidates[i].uri, FALSE };
          gboolean there = FALSE;

          for (guint k = 0; candidates[i].sockets[k] != NULL && !there; k++)
            {
              there = access (candidates[i].sockets[k], F_OK) == 0;
              host.usable = there && access (candidates[i].sockets[k], R_OK | W_OK) == 0;
            }
          for (guint k = 0; candidates[i].programs[k] != NULL && !there; k++)
            there = host.usable = has_program (candidates[i].programs[k]);
          if (there && host.usable == (usable == 1))
            g_array_append_val (hosts, host);
        }
    }
  g_task_return_pointer (task, hosts, (GDestroyNotify) g_array_unref);
}

void
lodge_local_hosts_find_async (GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_local_hosts_find_async);
  g_task_run_in_thread (task, find_thread);
}

/**
 * lodge_local_hosts_find_finish:
 *
 * Returns: (transfer full) (element-type LodgeLocalHost): those that can be used before those that cannot
 */
GArray *
lodge_local_hosts_find_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
