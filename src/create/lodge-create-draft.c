/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-create-draft.h"

#include <glib/gi18n.h>

#include "util/lodge-text-diff.h"
#include "xml/lodge-xml-document.h"

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
  g_free (self->planned_xml);
  g_free (self->planned_volume);
  g_free (self->custom_xml);
  g_clear_pointer (&self->custom_volumes, g_ptr_array_unref);

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

static LodgeXmlNode
find_volume (LodgeXmlDocument *document,
             const char       *pool,
             const char       *volume)
{
  const LodgeXmlNode devices = lodge_xml_document_find (document, lodge_xml_document_get_root (document), "devices");
  LodgeXmlNode disk = devices != LODGE_XML_NONE ? lodge_xml_document_get_first_child (document, devices, "disk")
                                                : LODGE_XML_NONE;

  for (; disk != LODGE_XML_NONE; disk = lodge_xml_document_get_next_sibling (document, disk, "disk"))
    {
      g_autofree char *of = lodge_xml_document_get_value (document, disk, "source/@pool");
      g_autofree char *name = lodge_xml_document_get_value (document, disk, "source/@volume");

      if (g_strcmp0 (of, pool) == 0 && g_strcmp0 (name, volume) == 0)
        return disk;
    }
  return LODGE_XML_NONE;
}

/* A disk that was taken out again needs no image, and one whose format was changed needs it in that format */
static void
add_volume (GPtrArray            *volumes,
            const LodgeNewVolume *volume,
            LodgeXmlDocument     *document)
{
  const LodgeXmlNode disk = find_volume (document, volume->pool, volume->name);
  g_autofree char *format = NULL;
  LodgeNewVolume *wanted;

  if (disk == LODGE_XML_NONE)
    return;
  format = lodge_xml_document_get_value (document, disk, "driver/@type");
  wanted = lodge_new_volume_copy (volume);
  if (format != NULL)
    g_set_str (&wanted->format, format);
  g_ptr_array_add (volumes, wanted);
}

GPtrArray *
lodge_create_draft_dup_volumes (LodgeCreateDraft *self,
                                const char       *xml)
{
  GPtrArray *volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_new_volume_free);
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (xml, -1, NULL);

  if (document == NULL)
    return volumes;
  if (lodge_create_draft_makes_volume (self))
    {
      g_autoptr(LodgeNewVolume) own =
        lodge_new_volume_new (self->pool, self->volume, self->pool_formats ? "qcow2" : "raw", self->size);

      add_volume (volumes, own, document);
    }
  for (guint i = 0; self->custom_volumes != NULL && i < self->custom_volumes->len; i++)
    add_volume (volumes, g_ptr_array_index (self->custom_volumes, i), document);
  return volumes;
}

static void
forget_customization (LodgeCreateDraft *self)
{
  g_clear_pointer (&self->planned_xml, g_free);
  g_clear_pointer (&self->planned_volume, g_free);
  g_clear_pointer (&self->custom_xml, g_free);
  g_clear_pointer (&self->custom_volumes, g_ptr_array_unref);
}

void
lodge_create_draft_customize (LodgeCreateDraft *self,
                              const char       *planned,
                              const char       *xml,
                              GPtrArray        *volumes)
{
  g_return_if_fail (LODGE_IS_CREATE_DRAFT (self));

  if (g_strcmp0 (planned, xml) == 0)
    {
      forget_customization (self);
      return;
    }
  g_set_str (&self->planned_xml, planned);
  g_set_str (&self->planned_volume, lodge_create_draft_makes_volume (self) ? self->volume : NULL);
  g_set_str (&self->custom_xml, xml);
  if (volumes != NULL)
    g_ptr_array_ref (volumes);
  g_clear_pointer (&self->custom_volumes, g_ptr_array_unref);
  self->custom_volumes = volumes;
}

/* A name is changed in three places that lie beside what a person likes to change: it is given to the texts before
 * they are merged, and does not count as a difference. (transfer full) (nullable) */
static char *
rename_in (LodgeCreateDraft *self,
           const char       *xml,
           const char       *name)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (xml, -1, NULL);
  LodgeXmlNode disk;

  if (document == NULL
      || !lodge_xml_document_set_value (document, lodge_xml_document_get_root (document), "name", name, NULL))
    return NULL;
  disk = self->planned_volume != NULL ? find_volume (document, self->pool, self->planned_volume) : LODGE_XML_NONE;
  if (disk != LODGE_XML_NONE
      && !lodge_xml_document_set_value (document, disk, "source/@volume", self->volume, NULL))
    return NULL;
  return g_strdup (lodge_xml_document_get_text (document));
}

/**
 * lodge_create_draft_replan:
 * @self: a draft
 * @planned: what is planned by now
 *
 * Carries what the person has customized over to a new plan.
 *
 * Returns: %FALSE when the plan has changed the same lines: then what was customized is forgotten
 */
gboolean
lodge_create_draft_replan (LodgeCreateDraft *self,
                           const char       *planned)
{
  g_autofree char *before = NULL;
  g_autofree char *custom = NULL;
  g_autofree char *merged = NULL;
  g_autoptr(LodgeXmlDocument) document = NULL;

  g_return_val_if_fail (LODGE_IS_CREATE_DRAFT (self), FALSE);

  if (self->custom_xml == NULL || g_str_equal (self->planned_xml, planned))
    return TRUE;
  before = rename_in (self, self->planned_xml, self->name);
  custom = rename_in (self, self->custom_xml, self->name);
  merged = before != NULL && custom != NULL ? lodge_text_merge (before, custom, planned) : NULL;
  document = merged != NULL ? lodge_xml_document_new (merged, -1, NULL) : NULL;
  if (document == NULL)
    {
      forget_customization (self);
      return FALSE;
    }
  lodge_create_draft_customize (self, planned, merged, self->custom_volumes);
  return TRUE;
}
