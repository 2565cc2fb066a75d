/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-facts"

#include "config.h"

#include "lodge-machine-facts.h"

struct _LodgeMachineFacts
{
  GHashTable *resources;         /* “kind:name” → LodgeResourceState */
  char       *running_network;   /* nullable */
  guint64     memory;
  guint       cpus;
};

static void
clear_facts (gpointer data)
{
  LodgeMachineFacts *self = data;

  g_hash_table_unref (self->resources);
  g_free (self->running_network);
}

LodgeMachineFacts *
lodge_machine_facts_new (guint64 memory,
                         guint   cpus)
{
  LodgeMachineFacts *self = g_atomic_rc_box_new0 (LodgeMachineFacts);

  self->resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->memory = memory;
  self->cpus = cpus;
  return self;
}

LodgeMachineFacts *
lodge_machine_facts_ref (LodgeMachineFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lodge_machine_facts_unref (LodgeMachineFacts *self)
{
  g_atomic_rc_box_release_full (self, clear_facts);
}

static char *
dup_key (LodgeResourceKind  kind,
         const char        *name)
{
  return g_strdup_printf ("%d:%s", kind, name);
}

void
lodge_machine_facts_set (LodgeMachineFacts  *self,
                         LodgeResourceKind   kind,
                         const char         *name,
                         LodgeResourceState  state)
{
  if (kind == LODGE_RESOURCE_NETWORK && state == LODGE_RESOURCE_READY && self->running_network == NULL)
    self->running_network = g_strdup (name);
  g_hash_table_replace (self->resources, dup_key (kind, name), GINT_TO_POINTER (state));
}

LodgeResourceState
lodge_machine_facts_get (const LodgeMachineFacts *self,
                         LodgeResourceKind        kind,
                         const char              *name)
{
  g_autofree char *key = dup_key (kind, name);

  return GPOINTER_TO_INT (g_hash_table_lookup (self->resources, key));
}

const char *
lodge_machine_facts_get_running_network (const LodgeMachineFacts *self)
{
  return self->running_network;
}

guint64
lodge_machine_facts_get_memory (const LodgeMachineFacts *self)
{
  return self->memory;
}

guint
lodge_machine_facts_get_cpus (const LodgeMachineFacts *self)
{
  return self->cpus;
}
