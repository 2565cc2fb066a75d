/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-guest-facts"

#include "config.h"

#include "lodge-guest-facts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "lodge-connection-private.h"
#include "lodge-libvirt-error.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

/* A guest may say anything: this is what is listened to */
#define MAX_CHARS 200
#define MAX_ITEMS 64
/* An agent that hangs is not waited for (s) */
#define PATIENCE 5

static void
filesystem_free (gpointer data)
{
  LodgeGuestFilesystem *filesystem = data;

  g_free (filesystem->mountpoint);
  g_free (filesystem->type);
  g_free (filesystem);
}

static LodgeGuestFacts *
create_facts (void)
{
  LodgeGuestFacts *self = g_new0 (LodgeGuestFacts, 1);

  self->filesystems = g_ptr_array_new_with_free_func (filesystem_free);
  self->read_at = g_get_real_time () / G_USEC_PER_SEC;
  return self;
}

void
lodge_guest_facts_free (LodgeGuestFacts *self)
{
  g_free (self->os);
  g_free (self->kernel);
  g_free (self->hostname);
  g_free (self->timezone);
  g_strfreev (self->users);
  g_strfreev (self->addresses);
  g_ptr_array_unref (self->filesystems);
  g_free (self);
}

static char *
dup_parameter (virTypedParameterPtr  parameters,
               int                   n,
               const char           *name)
{
  const char *value = NULL;

  if (virTypedParamsGetString (parameters, n, name, &value) != 1 || value == NULL || *value == '\0')
    return NULL;
  return lodge_display_text (value, MAX_CHARS);
}

static char *
dup_indexed (virTypedParameterPtr  parameters,
             int                   n,
             const char           *kind,
             guint                 index,
             const char           *name)
{
  g_autofree char *key = g_strdup_printf ("%s.%u.%s", kind, index, name);

  return dup_parameter (parameters, n, key);
}

static guint
count (virTypedParameterPtr  parameters,
       int                   n,
       const char           *name)
{
  unsigned int value = 0;

  return virTypedParamsGetUInt (parameters, n, name, &value) == 1 ? MIN (value, MAX_ITEMS) : 0;
}

static guint64
get_bytes (virTypedParameterPtr  parameters,
           int                   n,
           guint                 index,
           const char           *name)
{
  g_autofree char *key = g_strdup_printf ("fs.%u.%s", index, name);
  unsigned long long value = 0;

  return virTypedParamsGetULLong (parameters, n, key, &value) == 1 ? value : 0;
}

LodgeGuestFacts *
lodge_guest_facts_new_from_parameters (virTypedParameterPtr parameters,
                                       int                  n)
{
  LodgeGuestFacts *self = create_facts ();
  g_autoptr(GStrvBuilder) users = g_strv_builder_new ();
  const guint n_users = count (parameters, n, "user.count");
  const guint n_filesystems = count (parameters, n, "fs.count");

  self->os = dup_parameter (parameters, n, "os.pretty-name");
  if (self->os == NULL)
    self->os = dup_parameter (parameters, n, "os.name");
  self->kernel = dup_parameter (parameters, n, "os.kernel-release");
  self->hostname = dup_parameter (parameters, n, "hostname");
  self->timezone = dup_parameter (parameters, n, "timezone.name");
  for (guint i = 0; i < n_users; i++)
    {
      char *name = dup_indexed (parameters, n, "user", i, "name");

      if (name != NULL)
        g_strv_builder_take (users, name);
    }
  if (n_users > 0)
    self->users = g_strv_builder_end (users);
  for (guint i = 0; i < n_filesystems; i++)
    {
      char *mountpoint = dup_indexed (parameters, n, "fs", i, "mountpoint");
      LodgeGuestFilesystem *filesystem;

      if (mountpoint == NULL)
        continue;
      filesystem = g_new0 (LodgeGuestFilesystem, 1);
      filesystem->mountpoint = mountpoint;
      filesystem->type = dup_indexed (parameters, n, "fs", i, "fstype");
      filesystem->total = get_bytes (parameters, n, i, "total-bytes");
      filesystem->used = MIN (get_bytes (parameters, n, i, "used-bytes"), filesystem->total);
      g_ptr_array_add (self->filesystems, filesystem);
    }
  return self;
}

/* What a driver or a libvirt of before 5.7 can say without that call */
static void
read_singly (LodgeGuestFacts *self,
             virDomainPtr     domain)
{
  virDomainFSInfoPtr *info = NULL;
  char *hostname = virDomainGetHostname (domain, 0);
  const int n = virDomainGetFSInfo (domain, &info, 0);

  if (hostname != NULL)
    self->hostname = lodge_display_text (hostname, MAX_CHARS);
  free (hostname);
  for (int i = 0; i < n; i++)
    {
      if (i < MAX_ITEMS)
        {
          LodgeGuestFilesystem *filesystem = g_new0 (LodgeGuestFilesystem, 1);

          filesystem->mountpoint = lodge_display_text (info[i]->mountpoint, MAX_CHARS);
          filesystem->type = info[i]->fstype != NULL ? lodge_display_text (info[i]->fstype, MAX_CHARS) : NULL;
          g_ptr_array_add (self->filesystems, filesystem);
        }
      virDomainFSInfoFree (info[i]);
    }
  free (info);
}

static void
read_addresses (LodgeGuestFacts *self,
                virDomainPtr     domain)
{
  virDomainInterfacePtr *interfaces = NULL;
  const int n = virDomainInterfaceAddresses (domain, &interfaces, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, 0);
  g_autoptr(GStrvBuilder) addresses = g_strv_builder_new ();
  guint n_addresses = 0;

  for (int i = 0; i < n; i++)
    {
      const gboolean loopback = g_strcmp0 (interfaces[i]->name, "lo") == 0;

      for (guint j = 0; j < interfaces[i]->naddrs && !loopback && n_addresses < MAX_ITEMS; j++)
        {
          g_strv_builder_take (addresses, lodge_display_text (interfaces[i]->addrs[j].addr, MAX_CHARS));
          n_addresses++;
        }
      virDomainInterfaceFree (interfaces[i]);
    }
  free (interfaces);
  if (n_addresses > 0)
    self->addresses = g_strv_builder_end (addresses);
}

static void
ask_worker (GTask        *task,
            virDomainPtr  domain,
            gpointer      data,
            GCancellable *cancellable)
{
  g_autoptr(LodgeGuestFacts) facts = NULL;
  virTypedParameterPtr parameters = NULL;
  long long seconds = 0;
  unsigned int nanoseconds;
  int n = 0;

  /* A libvirt that cannot limit it waits as long as it likes, on a lane that may */
  virDomainAgentSetResponseTimeout (domain, PATIENCE, 0);
  if (virDomainGetGuestInfo (domain, 0, &parameters, &n, 0) == 0)
    {
      facts = lodge_guest_facts_new_from_parameters (parameters, n);
      virTypedParamsFree (parameters, n);
    }
  else if (virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
    {
      facts = create_facts ();
      read_singly (facts, domain);
    }
  else
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      return;
    }
  if (!g_cancellable_is_cancelled (cancellable))
    read_addresses (facts, domain);
  if (!g_cancellable_is_cancelled (cancellable) && virDomainGetTime (domain, &seconds, &nanoseconds, 0) == 0)
    facts->time = seconds;
  g_task_return_pointer (task, g_steal_pointer (&facts), (GDestroyNotify) lodge_guest_facts_free);
}

/**
 * lodge_domain_ask_guest_async:
 * @self: a machine that runs
 * @cancellable: (nullable): gives the answer up
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Asks the agent in the guest: virDomainGetGuestInfo(), virDomainInterfaceAddresses(), virDomainGetTime(). Fails when
 * there is no agent, or when it does not answer; what a guest or a host cannot say is left open.
 */
void
lodge_domain_ask_guest_async (LodgeDomain         *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_ask_guest_async);
  lodge_domain_run_call (self, LODGE_LANE_LONG, task, ask_worker);
}

LodgeGuestFacts *
lodge_domain_ask_guest_finish (LodgeDomain   *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
