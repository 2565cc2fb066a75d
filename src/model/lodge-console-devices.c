/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-console-devices"

#include "config.h"

#include "lodge-console-devices.h"

#include <glib/gi18n.h>

#include "lodge-domain-edit.h"
#include "util/lodge-error.h"

/* What a guest and the one who looks at it can share depends on devices of the machine: which there are, and how those
 * that are missing come in. */

#define AGENT_NAME  "com.redhat.spice.0"
#define FOLDER_NAME "org.spice-space.webdav.0"

/* A device is there when one of all @element with this @type (NULL: any) has something at @path.
 * @kinds: bits by LodgeConsoleKind */
static const struct
{
  LodgeConsoleDevices  device;
  guint                kinds;
  const char          *element;
  const char          *type;
  const char          *path;
} presences[] = {
#define SPICE (1u << LODGE_CONSOLE_SPICE)
#define VNC   (1u << LODGE_CONSOLE_VNC)
#define DBUS  (1u << LODGE_CONSOLE_DBUS)
  { LODGE_CONSOLE_HAS_AGENT, SPICE, "channel", "spicevmc", "target[@name='" AGENT_NAME "']/@name" },
  { LODGE_CONSOLE_HAS_AGENT, VNC, "channel", "qemu-vdagent", "source/clipboard[@copypaste='yes']/@copypaste" },
  { LODGE_CONSOLE_HAS_FOLDER, SPICE, "channel", "spiceport", "source[@channel='" FOLDER_NAME "']/@channel" },
  { LODGE_CONSOLE_HAS_USB, SPICE, "redirdev", "spicevmc", "@type" },
  { LODGE_CONSOLE_HAS_SMARTCARD, SPICE, "smartcard", "spicevmc", "@type" },
  { LODGE_CONSOLE_HAS_SOUND, SPICE | VNC | DBUS, "sound", NULL, "@model" },
  { LODGE_CONSOLE_HAS_TABLET, SPICE | VNC | DBUS, "input", "tablet", "@type" },
  { LODGE_CONSOLE_HAS_SIZES, SPICE | VNC | DBUS, "video", NULL, "model[@type='virtio']/@type" },
  { LODGE_CONSOLE_HAS_SIZES, SPICE | VNC | DBUS, "video", NULL, "model[@type='qxl']/@type" },
#undef SPICE
#undef VNC
#undef DBUS
};

static const struct
{
  LodgeConsoleFix  fix;
  const char      *id;
  const char      *label;
  const char      *devices[3];   /* what is added, NULL-ended */
} fixes[] = {
  { LODGE_CONSOLE_FIX_AGENT, "agent", N_("_Add Channel"),
    { "<channel type='spicevmc'><target type='virtio' name='" AGENT_NAME "'/></channel>" } },
  { LODGE_CONSOLE_FIX_QEMU_AGENT, "qemu-agent", N_("_Add Channel"),
    { "<channel type='qemu-vdagent'><source><clipboard copypaste='yes'/></source>"
      "<target type='virtio' name='" AGENT_NAME "'/></channel>" } },
  { LODGE_CONSOLE_FIX_FOLDER, "folder", N_("_Add Channel"),
    { "<channel type='spiceport'><source channel='" FOLDER_NAME "'/>"
      "<target type='virtio' name='" FOLDER_NAME "'/></channel>" } },
  { LODGE_CONSOLE_FIX_USB, "usb", N_("_Add Redirectors"),
    { "<redirdev bus='usb' type='spicevmc'/>", "<redirdev bus='usb' type='spicevmc'/>" } },
  { LODGE_CONSOLE_FIX_SMARTCARD, "smartcard", N_("_Add Reader"), { "<smartcard mode='passthrough' type='spicevmc'/>" } },
  { LODGE_CONSOLE_FIX_SOUND, "sound", N_("_Add Sound Card"), { "<sound model='ich9'/>" } },
  { LODGE_CONSOLE_FIX_TABLET, "tablet", N_("_Add Tablet"), { "<input type='tablet' bus='usb'/>" } },
  { LODGE_CONSOLE_FIX_VIDEO, "video", N_("_Use Virtio"), { NULL } },
};

static LodgeXmlNode
find_devices (LodgeXmlDocument *document)
{
  return lodge_xml_document_get_first_child (document, lodge_xml_document_get_root (document), "devices");
}

static gboolean
is_there (LodgeXmlDocument *document,
          LodgeXmlNode      devices,
          gsize             which)
{
  LodgeXmlNode node = lodge_xml_document_get_first_child (document, devices, presences[which].element);

  for (; node != LODGE_XML_NONE;
       node = lodge_xml_document_get_next_sibling (document, node, presences[which].element))
    {
      g_autofree char *type = lodge_xml_document_get_attribute (document, node, "type");
      g_autofree char *value = lodge_xml_document_get_value (document, node, presences[which].path);

      if (value != NULL && (presences[which].type == NULL || g_strcmp0 (type, presences[which].type) == 0))
        return TRUE;
    }
  return FALSE;
}

LodgeConsoleDevices
lodge_console_devices_read (LodgeXmlDocument *document,
                            LodgeXmlNode      devices,
                            LodgeConsoleKind  kind)
{
  guint found = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (presences); i++)
    {
      if (presences[i].kinds & 1u << kind && is_there (document, devices, i))
        found |= presences[i].device;
    }
  return (LodgeConsoleDevices) found;
}

/* The memory of one video model means nothing to another: libvirt refuses it there */
static gboolean
use_virtio_video (LodgeXmlDocument  *document,
                  GError           **error)
{
  static const char * const of_others[] = { "ram", "vram", "vram64", "vgamem" };

  for (gsize i = 0; i < G_N_ELEMENTS (of_others); i++)
    {
      LodgeXmlNode model = lodge_xml_document_find (document, find_devices (document), "video/model");

      if (!lodge_xml_document_set_attribute (document, model, of_others[i], NULL, error))
        return FALSE;
    }
  return lodge_xml_document_set_value (document, find_devices (document), "video/model/@type", "virtio", error);
}

gboolean
lodge_console_fix_apply (LodgeConsoleFix    fix,
                         LodgeXmlDocument  *document,
                         GError           **error)
{
  const guint mark = lodge_xml_document_begin_edit (document);
  gboolean ok = TRUE;

  if (find_devices (document) == LODGE_XML_NONE)
    ok = lodge_set_error (error, LODGE_ERROR_PARSE, _("The machine’s XML has no devices"));
  else if (fix == LODGE_CONSOLE_FIX_VIDEO)
    ok = use_virtio_video (document, error);
  for (gsize i = 0; i < G_N_ELEMENTS (fixes); i++)
    {
      for (const char * const *device = fixes[i].devices; ok && fixes[i].fix == fix && *device != NULL; device++)
        ok = lodge_xml_document_insert (document, find_devices (document), *device, error) != LODGE_XML_NONE;
    }
  if (ok)
    lodge_xml_document_end_edit (document);
  else
    lodge_xml_document_cancel_edit (document, mark);
  return ok;
}

/**
 * lodge_console_fix_get_id:
 * @fix: a fix, not NONE
 * @label: (out) (optional): what a button for it says, with a mnemonic
 *
 * Returns: its name for an action
 */
const char *
lodge_console_fix_get_id (LodgeConsoleFix   fix,
                          const char      **label)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixes); i++)
    {
      if (fixes[i].fix != fix)
        continue;
      if (label != NULL)
        *label = _(fixes[i].label);
      return fixes[i].id;
    }
  g_return_val_if_reached (NULL);
}

LodgeConsoleFix
lodge_console_fix_from_id (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixes); i++)
    {
      if (g_strcmp0 (fixes[i].id, id) == 0)
        return fixes[i].fix;
    }
  return LODGE_CONSOLE_FIX_NONE;
}

/* In the machine: its definition, and the running one where that takes the device at once */

typedef struct
{
  LodgeConsoleFix fix;
  gboolean        now;
} FixRequest;

static void
redefined_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  FixRequest *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(LodgeDomainDefinition) definition = lodge_domain_redefine_finish (LODGE_DOMAIN (object), result, &error);

  if (definition == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  request->now = definition->live != NULL && definition->changes != NULL && definition->changes->len > 0;
  for (guint i = 0; definition->changes != NULL && i < definition->changes->len; i++)
    {
      const LodgeLiveChange *change = g_ptr_array_index (definition->changes, i);

      request->now = request->now && change->error == NULL;
    }
  g_task_return_boolean (task, TRUE);
}

static GPtrArray *
list_live_changes (LodgeConsoleFix fix)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_live_change_free);

  for (gsize i = 0; i < G_N_ELEMENTS (fixes); i++)
    {
      for (const char * const *device = fixes[i].devices; fixes[i].fix == fix && *device != NULL; device++)
        g_ptr_array_add (changes, lodge_live_change_new (LODGE_LIVE_ATTACH, fixes[i].id, *device, NULL));
    }
  return changes;
}

static void
definition_read_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  FixRequest *request = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(LodgeDomainDefinition) definition = lodge_domain_read_definition_finish (LODGE_DOMAIN (object), result,
                                                                                     &error);
  g_autoptr(LodgeXmlDocument) document = NULL;
  g_autoptr(GPtrArray) changes = NULL;

  if (definition != NULL && definition->inactive == NULL)
    lodge_set_error (&error, LODGE_ERROR_INVALID_STATE, _("The machine is gone when it stops: it has nothing to change"));
  else if (definition != NULL)
    document = lodge_xml_document_new (definition->inactive, -1, &error);
  if (error != NULL || !lodge_console_fix_apply (request->fix, document, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (definition->live != NULL)
    changes = list_live_changes (request->fix);
  lodge_domain_redefine_async (LODGE_DOMAIN (object), definition->inactive, lodge_xml_document_get_text (document),
                               g_steal_pointer (&changes), LODGE_DOMAIN_EDIT_NONE, g_task_get_cancellable (task), redefined_cb,
                               g_object_ref (task));
}

/**
 * lodge_domain_fix_console_async:
 * @domain: a machine
 * @fix: what its consoles lack
 * @cancellable: (nullable): gives the change up before it is written, not after
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Adds the device to the definition, and to the running machine too if that is possible.
 */
void
lodge_domain_fix_console_async (LodgeDomain         *domain,
                                LodgeConsoleFix      fix,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task;
  FixRequest *request;

  g_return_if_fail (LODGE_IS_DOMAIN (domain));

  task = g_task_new (domain, cancellable, callback, user_data);
  request = g_new0 (FixRequest, 1);
  request->fix = fix;
  g_task_set_source_tag (task, lodge_domain_fix_console_async);
  g_task_set_task_data (task, request, g_free);
  lodge_domain_read_definition_async (domain, cancellable, definition_read_cb, task);
}

/**
 * lodge_domain_fix_console_finish:
 * @domain: a machine
 * @result: as given to the callback
 * @now: (out): whether the running machine has it already; else it comes with the next start
 * @error: return location: what libvirt said
 */
gboolean
lodge_domain_fix_console_finish (LodgeDomain   *domain,
                                 GAsyncResult  *result,
                                 gboolean      *now,
                                 GError       **error)
{
  FixRequest *request;

  g_return_val_if_fail (g_task_is_valid (result, domain), FALSE);

  request = g_task_get_task_data (G_TASK (result));
  *now = request->now;
  return g_task_propagate_boolean (G_TASK (result), error);
}
