/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-guest-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MIB ((guint64) 1024 * 1024)
#define GIB (1024 * MIB)

#define DEFAULT_MEMORY  (2 * GIB)
#define DEFAULT_STORAGE (20 * GIB)
#define MIN_MEMORY      (64 * MIB)
#define MAX_NAME        80    /* bytes: with a suffix it stays below the limit of file systems */

LodgeOsTraits *
lodge_os_traits_new (void)
{
  return g_new0 (LodgeOsTraits, 1);
}

LodgeOsTraits *
lodge_os_traits_new_generic (void)
{
  LodgeOsTraits *self = lodge_os_traits_new ();

  self->name = g_strdup (_("Unknown System"));
  self->features = LODGE_OS_VIRTIO_NET | LODGE_OS_VIRTIO_NET_1 | LODGE_OS_VIRTIO_BLOCK
                   | LODGE_OS_VIRTIO_BALLOON | LODGE_OS_VIRTIO_SERIAL | LODGE_OS_VIRTIO_SCSI
                   | LODGE_OS_VIRTIO_RNG | LODGE_OS_USB3 | LODGE_OS_Q35;
  return self;
}

LodgeOsTraits *
lodge_os_traits_copy (const LodgeOsTraits *self)
{
  LodgeOsTraits *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->short_id = g_strdup (self->short_id);
  copy->name = g_strdup (self->name);
  copy->net_models = g_strdupv (self->net_models);
  return copy;
}

void
lodge_os_traits_free (LodgeOsTraits *self)
{
  g_free (self->id);
  g_free (self->short_id);
  g_free (self->name);
  g_strfreev (self->net_models);
  g_free (self);
}

LodgeGuestChoices *
lodge_guest_choices_new (void)
{
  LodgeGuestChoices *self = g_new0 (LodgeGuestChoices, 1);

  self->memory = DEFAULT_MEMORY;
  self->cpus = 1;
  self->disk_format = g_strdup ("qcow2");
  return self;
}

LodgeGuestChoices *
lodge_guest_choices_copy (const LodgeGuestChoices *self)
{
  LodgeGuestChoices *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->uuid = g_strdup (self->uuid);
  copy->disc_path = g_strdup (self->disc_path);
  copy->root_path = g_strdup (self->root_path);
  copy->host_arch = g_strdup (self->host_arch);
  copy->disk_path = g_strdup (self->disk_path);
  copy->disk_pool = g_strdup (self->disk_pool);
  copy->disk_volume = g_strdup (self->disk_volume);
  copy->disk_format = g_strdup (self->disk_format);
  copy->network_name = g_strdup (self->network_name);
  return copy;
}

void
lodge_guest_choices_free (LodgeGuestChoices *self)
{
  g_free (self->name);
  g_free (self->uuid);
  g_free (self->disc_path);
  g_free (self->root_path);
  g_free (self->host_arch);
  g_free (self->disk_path);
  g_free (self->disk_pool);
  g_free (self->disk_volume);
  g_free (self->disk_format);
  g_free (self->network_name);
  g_free (self);
}

/**
 * lodge_guest_plan_check_name:
 * @name: what a person typed
 *
 * Returns: (transfer full) (nullable): %NULL when libvirt takes it; else what is wrong
 */
char *
lodge_guest_plan_check_name (const char *name)
{
  if (*name == '\0')
    return g_strdup (_("A machine needs a name."));
  if (strlen (name) > MAX_NAME)
    return g_strdup_printf (_("A name has at most %d bytes."), MAX_NAME);
  if (strchr (name, '/') != NULL)
    return g_strdup (_("A name cannot contain a slash: files are named after it."));
  if (name[0] == '.' || g_ascii_isspace (name[0]) || g_ascii_isspace (name[strlen (name) - 1]))
    return g_strdup (_("A name cannot begin with a dot, nor begin or end with a blank."));
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_iscntrl (g_utf8_get_char (p)))
        return g_strdup (_("A name cannot contain control characters."));
    }
  return NULL;
}

char *
lodge_guest_plan_propose_name (const char         *short_id,
                               const char * const *taken)
{
  const char *base = short_id != NULL && *short_id != '\0' ? short_id : "machine";
  char *name = g_strdup (base);

  for (guint i = 2; taken != NULL && g_strv_contains (taken, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", base, i);
    }
  return name;
}

/**
 * lodge_guest_plan_propose_memory:
 * @os: the system
 * @host_memory: bytes, 0 unknown
 *
 * Returns: what it is recommended to have, or twice what it needs at least; not more than the host has
 */
guint64
lodge_guest_plan_propose_memory (const LodgeOsTraits *os,
                                 guint64              host_memory)
{
  guint64 memory = DEFAULT_MEMORY;

  if (os->recommended_memory > 0)
    memory = os->recommended_memory;
  else if (os->minimum_memory > 0)
    memory = 2 * os->minimum_memory;
  if (host_memory > 0)
    memory = MIN (memory, host_memory / MIB * MIB);
  return MAX (memory, MIN_MEMORY);
}

guint
lodge_guest_plan_propose_cpus (const LodgeOsTraits *os,
                               guint                host_cpus)
{
  guint cpus = MAX (os->recommended_cpus, MAX (os->minimum_cpus, host_cpus >= 4 ? 2 : 1));

  return host_cpus > 0 ? MIN (cpus, host_cpus) : cpus;
}

guint64
lodge_guest_plan_propose_storage (const LodgeOsTraits *os)
{
  if (os->recommended_storage > 0)
    return os->recommended_storage;
  return os->minimum_storage > 0 ? 2 * os->minimum_storage : DEFAULT_STORAGE;
}
