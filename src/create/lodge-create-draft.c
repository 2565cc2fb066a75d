/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-create-draft.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (LodgeCreateDraft, lodge_create_draft, G_TYPE_OBJECT)

static void
lodge_create_draft_finalize (GObject *object)
{
  LodgeCreateDraft *self = LODGE_CREATE_DRAFT (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->settings);
  g_clear_object (&self->os);
  g_free (self->path);
  g_free (self->path_format);
  g_free (self->pool);
  g_free (self->disk_path);
  g_free (self->disk_format);
  g_free (self->volume);
  g_free (self->network_name);
  g_free (self->network_label);
  g_free (self->name);

  G_OBJECT_CLASS (lodge_create_draft_parent_class)->finalize (object);
}

static void
lodge_create_draft_class_init (LodgeCreateDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_create_draft_finalize;
}

static void
lodge_create_draft_init (LodgeCreateDraft *self)
{
}

LodgeCreateDraft *
lodge_create_draft_new (GSettings *settings)
{
  LodgeCreateDraft *self = g_object_new (LODGE_TYPE_CREATE_DRAFT, NULL);
  g_autofree char *firmware = g_settings_get_string (settings, "default-firmware");

  self->settings = g_object_ref (settings);
  self->firmware = g_str_equal (firmware, "efi") ? LODGE_FIRMWARE_EFI
                   : g_str_equal (firmware, "bios") ? LODGE_FIRMWARE_BIOS : LODGE_FIRMWARE_AUTO;
  return self;
}

/* Another host has other limits, pools and networks: what was proposed for the one before is proposed anew */
void
lodge_create_draft_set_connection (LodgeCreateDraft *self,
                                   LodgeConnection  *connection)
{
  g_return_if_fail (LODGE_IS_CREATE_DRAFT (self));

  if (!g_set_object (&self->connection, connection))
    return;
  g_clear_object (&self->capabilities);
  g_clear_pointer (&self->pool, g_free);
  g_clear_pointer (&self->network_name, g_free);
  g_clear_pointer (&self->network_label, g_free);
  self->network_chosen = FALSE;
  self->resources_set = FALSE;
}

gboolean
lodge_create_draft_is_local (LodgeCreateDraft *self)
{
  const LodgeUri *uri = self->connection != NULL ? lodge_connection_get_parsed_uri (self->connection) : NULL;

  return uri != NULL && lodge_uri_is_local (uri);
}

const LodgeGuestCapability *
lodge_create_draft_get_guest (LodgeCreateDraft *self)
{
  return self->capabilities != NULL ? lodge_capabilities_choose_guest (self->capabilities, NULL) : NULL;
}

LodgeOsTraits *
lodge_create_draft_dup_traits (LodgeCreateDraft *self)
{
  return self->os != NULL ? lodge_os_traits_copy (lodge_os_get_traits (self->os)) : lodge_os_traits_new_generic ();
}

const char *
lodge_create_draft_get_os_name (LodgeCreateDraft *self)
{
  return self->os != NULL ? lodge_os_get_name (self->os) : _("Unknown System");
}

gboolean
lodge_create_draft_makes_volume (LodgeCreateDraft *self)
{
  return self->storage == LODGE_STORAGE_NEW && self->source != LODGE_SOURCE_DISK
         && self->source != LODGE_SOURCE_CONTAINER && self->pool != NULL;
}

static void
choose_disk (LodgeCreateDraft  *self,
             LodgeGuestChoices *choices)
{
  if (self->source == LODGE_SOURCE_DISK)
    {
      g_set_str (&choices->disk_path, self->path);
      g_set_str (&choices->disk_format, self->path_format != NULL ? self->path_format : "raw");
    }
  else if (lodge_create_draft_makes_volume (self))
    {
      g_set_str (&choices->disk_pool, self->pool);
      g_set_str (&choices->disk_volume, self->volume);
      g_set_str (&choices->disk_format, self->pool_formats ? "qcow2" : "raw");
    }
  else if (self->storage == LODGE_STORAGE_EXISTING && self->source != LODGE_SOURCE_CONTAINER)
    {
      g_set_str (&choices->disk_path, self->disk_path);
      g_set_str (&choices->disk_format, self->disk_format != NULL ? self->disk_format : "raw");
    }
}

LodgeGuestChoices *
lodge_create_draft_dup_choices (LodgeCreateDraft *self)
{
  LodgeGuestChoices *choices = lodge_guest_choices_new ();

  g_set_str (&choices->name, self->name);
  choices->source = self->source;
  if (self->source == LODGE_SOURCE_DISC)
    g_set_str (&choices->disc_path, self->path);
  if (self->source == LODGE_SOURCE_CONTAINER)
    g_set_str (&choices->root_path, self->path);
  choose_disk (self, choices);
  choices->memory = self->memory;
  choices->cpus = self->cpus;
  choices->firmware = self->firmware;
  choices->network = self->network;
  g_set_str (&choices->network_name, self->network_name);
  choices->remote = !lodge_create_draft_is_local (self);
  if (self->capabilities != NULL)
    g_set_str (&choices->host_arch, lodge_capabilities_get_host_arch (self->capabilities));
  return choices;
}

GPtrArray *
lodge_create_draft_dup_volumes (LodgeCreateDraft *self)
{
  GPtrArray *volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_new_volume_free);

  if (lodge_create_draft_makes_volume (self))
    g_ptr_array_add (volumes, lodge_new_volume_new (self->pool, self->volume, self->pool_formats ? "qcow2" : "raw",
                                                    self->size));
  return volumes;
}
