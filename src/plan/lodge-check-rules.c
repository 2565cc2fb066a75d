/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-check-rules"

#include "config.h"

#include "lodge-check-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"
#include "xml/lodge-field.h"

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)
#define AGENT "org.qemu.guest_agent.0"
#define SECURE_BOOT "os/firmware/feature[@name='secure-boot']/@enabled"
#define ENROLLED_KEYS "os/firmware/feature[@name='enrolled-keys']/@enabled"

/* Reading */

static char *
get (const LodgeCheck *check,
     const char       *path)
{
  return lodge_xml_document_get_value (check->document, check->node, path);
}

static gboolean
is (const LodgeCheck *check,
    const char       *path,
    const char       *value)
{
  g_autofree char *text = get (check, path);

  return g_strcmp0 (text, value) == 0;
}

static gboolean
has (const LodgeCheck *check,
     const char       *path)
{
  g_autofree char *text = get (check, path);

  return text != NULL;
}

static gboolean
is_among (const LodgeCheck   *check,
          const char         *path,
          const char * const *values)
{
  g_autofree char *text = get (check, path);

  return text != NULL && g_strv_contains (values, text);
}

static gboolean
machine_is (const LodgeCheck *check,
            const char       *path,
            const char       *value)
{
  g_autofree char *text = lodge_xml_document_get_value (check->document, check->root, path);

  return g_strcmp0 (text, value) == 0;
}

static gboolean
is_qemu (const LodgeCheck *check)
{
  return machine_is (check, "@type", "kvm") || machine_is (check, "@type", "qemu");
}

static gboolean
has_device (const LodgeCheck *check,
            const char       *element,
            const char       *path,
            const char       *value)
{
  const LodgeXmlNode devices = lodge_xml_document_find (check->document, check->root, "devices");
  LodgeXmlNode node = devices != LODGE_XML_NONE ? lodge_xml_document_get_first_child (check->document, devices, element)
                                                : LODGE_XML_NONE;

  for (; node != LODGE_XML_NONE; node = lodge_xml_document_get_next_sibling (check->document, node, element))
    {
      g_autofree char *text = lodge_xml_document_get_value (check->document, node, path);

      if (g_strcmp0 (text, value) == 0)
        return TRUE;
    }
  return FALSE;
}

static guint64
get_number (const LodgeCheck *check,
            const char       *path)
{
  g_autofree char *text = get (check, path);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : 0;
}

static guint64
get_memory (const LodgeCheck *check)
{
  g_autofree char *number = get (check, "memory");
  g_autofree char *unit = get (check, "memory/@unit");
  guint64 bytes = 0;

  return number != NULL && lodge_xml_size_parse (number, unit, "KiB", &bytes) ? bytes : 0;
}

/* What the host can: only where it has said anything about it at all */

static gboolean
lacks (const LodgeCheck *check,
       const char       *section,
       const char       *name,
       const char       *value)
{
  return check->facts->domain != NULL && value != NULL
         && lodge_domain_capabilities_supports (check->facts->domain, section)
         && !lodge_domain_capabilities_has (check->facts->domain, section, name, value);
}

static gboolean
offers (const LodgeCheck *check,
        const char       *section,
        const char       *name,
        const char       *value)
{
  return check->facts->domain != NULL && lodge_domain_capabilities_has (check->facts->domain, section, name, value);
}

/* Whether a machine of this kind of processor can run with the hardware's help; @known: (out): the host has said */
static gboolean
can_use_kvm (const LodgeCheck *check,
             gboolean         *known)
{
  LodgeCapabilities *host = check->facts->host;
  g_autofree char *arch = lodge_xml_document_get_value (check->document, check->root, "os/type/@arch");

  *known = host != NULL && lodge_capabilities_get_n_guests (host) > 0;
  for (guint i = 0; *known && i < lodge_capabilities_get_n_guests (host); i++)
    {
      const LodgeGuestCapability *guest = lodge_capabilities_get_guest (host, i);

      if (g_strcmp0 (guest->virt_type, "kvm") == 0
          && g_strcmp0 (guest->arch, arch != NULL ? arch : lodge_capabilities_get_host_arch (host)) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
resource_is (const LodgeCheck    *check,
             LodgeResourceKind    kind,
             const char          *path,
             LodgeResourceState   state,
             char               **object)
{
  g_autofree char *name = get (check, path);

  if (name == NULL || *name == '\0' || check->facts->machine == NULL
      || lodge_machine_facts_get (check->facts->machine, kind, name) != state)
    return FALSE;
  if (object != NULL)
    *object = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
is_medium (const LodgeCheck *check)
{
  return is (check, "@device", "cdrom") || is (check, "@device", "floppy");
}

/* Systems whose releases of the last ten years bring virtio drivers, by libosinfo's ids */
static const char * const virtio_vendors[] = {
  "almalinux.org", "alpinelinux.org", "altlinux.org", "archlinux.org", "centos.org", "debian.org", "fedoraproject.org",
  "freebsd.org", "gentoo.org", "gnome.org", "guix.gnu.org", "mageia.org", "manjaro.org", "netbsd.org", "nixos.org",
  "openbsd.org", "opensuse.org", "oracle.com", "pureos.net", "redhat.com", "rockylinux.org", "slackware.com",
  "suse.com", "ubuntu.com", "voidlinux.org", NULL
};

static gboolean
knows_virtio (const LodgeCheck *check)
{
  g_autofree char *id = lodge_xml_document_get_value (check->document, check->root,
                                                      "metadata/libosinfo:libosinfo/libosinfo:os/@id");
  const char *vendor = id != NULL ? strstr (id, "://") : NULL;
  g_autofree char *name = NULL;

  if (vendor == NULL)
    return FALSE;
  vendor += strlen ("://");
  name = g_strndup (vendor, strcspn (vendor, "/"));
  return g_strv_contains (virtio_vendors, name);
}

/* Writing */

static gboolean
set (const LodgeCheck  *check,
     const char        *path,
     const char        *value,
     GError           **error)
{
  return lodge_xml_document_set_value (check->document, check->node, path, value, error);
}

/* Of a value that may not be there */
static gboolean
clear (const LodgeCheck  *check,
       const char        *path,
       GError           **error)
{
  return !has (check, path) || set (check, path, NULL, error);
}

static gboolean
clear_element (const LodgeCheck  *check,
               const char        *path,
               GError           **error)
{
  LodgeXmlNode node;

  while ((node = lodge_xml_document_find (check->document, check->node, path)) != LODGE_XML_NONE)
    {
      if (!lodge_xml_document_remove (check->document, node, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_device (const LodgeCheck  *check,
               GError           **error)
{
  return lodge_xml_document_remove (check->document, check->node, error);
}

static gboolean
set_number (const LodgeCheck  *check,
            const char        *path,
            guint64            number,
            GError           **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  return set (check, path, text, error);
}

/* A layout of sockets and cores is of the old number */
static gboolean
set_cpus (const LodgeCheck  *check,
          guint64            cpus,
          GError           **error)
{
  return set_number (check, "vcpu", cpus, error) && clear (check, "vcpu/@current", error)
         && clear_element (check, "cpu/topology", error) && clear_element (check, "cpu/numa", error);
}

/* What a processor has beside its mode is of another mode */
static gboolean
set_cpu_mode (const LodgeCheck  *check,
              const char        *mode,
              GError           **error)
{
  return set (check, "cpu/@mode", mode, error) && clear (check, "cpu/@check", error)
         && clear (check, "cpu/@match", error) && clear (check, "cpu/@migratable", error)
         && clear_element (check, "cpu/model", error) && clear_element (check, "cpu/vendor", error)
         && clear_element (check, "cpu/feature", error);
}

/* Storage */

static gboolean
find_missing_medium (const LodgeCheck  *check,
                     char             **object)
{
  return is_medium (check) && (resource_is (check, LODGE_RESOURCE_FILE, "source/@file", LODGE_RESOURCE_MISSING, object)
                               || resource_is (check, LODGE_RESOURCE_FILE, "source/@dev", LODGE_RESOURCE_MISSING,
                                               object));
}

static gboolean
eject (const LodgeCheck  *check,
       GError           **error)
{
  return clear_element (check, "source", error);
}

static gboolean
find_missing_image (const LodgeCheck  *check,
                    char             **object)
{
  g_autofree char *pool = get (check, "source/@pool");
  g_autofree char *volume = get (check, "source/@volume");
  g_autofree char *name = pool != NULL && volume != NULL ? g_strconcat (pool, "/", volume, NULL) : NULL;

  if (is_medium (check))
    return FALSE;
  if (name != NULL && check->facts->machine != NULL
      && lodge_machine_facts_get (check->facts->machine, LODGE_RESOURCE_VOLUME, name) == LODGE_RESOURCE_MISSING)
    {
      *object = g_steal_pointer (&name);
      return TRUE;
    }
  return resource_is (check, LODGE_RESOURCE_FILE, "source/@file", LODGE_RESOURCE_MISSING, object)
         || resource_is (check, LODGE_RESOURCE_FILE, "source/@dev", LODGE_RESOURCE_MISSING, object);
}

static gboolean
find_closed_image (const LodgeCheck  *check,
                   char             **object)
{
  return resource_is (check, LODGE_RESOURCE_FILE, "source/@file", LODGE_RESOURCE_CLOSED, object);
}

static gboolean
find_stopped_pool (const LodgeCheck  *check,
                   char             **object)
{
  return resource_is (check, LODGE_RESOURCE_POOL, "source/@pool", LODGE_RESOURCE_OFF, object);
}

static gboolean
find_unsafe_cache (const LodgeCheck  *check,
                   char             **object)
{
  return is (check, "driver/@cache", "unsafe");
}

static gboolean
mend_unsafe_cache (const LodgeCheck  *check,
                   GError           **error)
{
  return set (check, "driver/@cache", NULL, error);
}

static gboolean
find_emulated_disk (const LodgeCheck  *check,
                    char             **object)
{
  static const char * const buses[] = { "ide", "sata", NULL };

  return is_qemu (check) && !is_medium (check) && is_among (check, "target/@bus", buses) && knows_virtio (check);
}

static gboolean
mend_emulated_disk (const LodgeCheck  *check,
                    GError           **error)
{
  g_autofree char *target = NULL;

  for (char letter = 'a'; letter <= 'z'; letter++)
    {
      g_autofree char *name = g_strdup_printf ("vd%c", letter);

      if (!has_device (check, "disk", "target/@dev", name))
        {
          target = g_steal_pointer (&name);
          break;
        }
    }
  if (target == NULL)
    return lodge_set_error (error, LODGE_ERROR_LIMIT, _("There are too many VirtIO disks already."));
  /* Its place is on the old controller */
  return set (check, "target/@dev", target, error) && set (check, "target/@bus", "virtio", error)
         && clear (check, "target/@rotation_rate", error) && clear_element (check, "address", error);
}

/* Network */

static gboolean
find_stopped_network (const LodgeCheck  *check,
                      char             **object)
{
  return resource_is (check, LODGE_RESOURCE_NETWORK, "source/@network", LODGE_RESOURCE_OFF, object);
}

static gboolean
find_missing_network (const LodgeCheck  *check,
                      char             **object)
{
  return resource_is (check, LODGE_RESOURCE_NETWORK, "source/@network", LODGE_RESOURCE_MISSING, object);
}

/* Another network that runs, or the one that needs none of the host */
static gboolean
mend_missing_network (const LodgeCheck  *check,
                      GError           **error)
{
  const char *other = lodge_machine_facts_get_running_network (check->facts->machine);

  if (other != NULL)
    return set (check, "source/@network", other, error) && clear (check, "source/@portgroup", error);
  return set (check, "@type", "user", error) && clear_element (check, "source", error)
         && clear_element (check, "virtualport", error);
}

static gboolean
find_emulated_nic (const LodgeCheck  *check,
                   char             **object)
{
  static const char * const models[] = { "rtl8139", "e1000", "e1000e", "ne2k_pci", "pcnet", "82540em", NULL };

  return is_qemu (check) && is_among (check, "model/@type", models) && knows_virtio (check);
}

static gboolean
mend_emulated_nic (const LodgeCheck  *check,
                   GError           **error)
{
  return set (check, "model/@type", "virtio", error);
}

/* The machine */

static gboolean
find_missing_emulator (const LodgeCheck  *check,
                       char             **object)
{
  return resource_is (check, LODGE_RESOURCE_FILE, "devices/emulator", LODGE_RESOURCE_MISSING, object);
}

static gboolean
mend_missing_emulator (const LodgeCheck  *check,
                       GError           **error)
{
  return clear_element (check, "devices/emulator", error);
}

static gboolean
find_missing_kernel (const LodgeCheck  *check,
                     char             **object)
{
  return resource_is (check, LODGE_RESOURCE_FILE, "os/kernel", LODGE_RESOURCE_MISSING, object)
         || resource_is (check, LODGE_RESOURCE_FILE, "os/initrd", LODGE_RESOURCE_MISSING, object);
}

static gboolean
mend_missing_kernel (const LodgeCheck  *check,
                     GError           **error)
{
  return clear_element (check, "os/kernel", error) && clear_element (check, "os/initrd", error)
         && clear_element (check, "os/cmdline", error) && clear_element (check, "os/dtb", error);
}

static gboolean
find_no_kvm (const LodgeCheck  *check,
             char             **object)
{
  gboolean known;

  return is (check, "@type", "kvm") && !can_use_kvm (check, &known) && known;
}

static gboolean
mend_no_kvm (const LodgeCheck  *check,
             GError           **error)
{
  static const char * const modes[] = { "host-passthrough", "host-model", NULL };

  return set (check, "@type", "qemu", error)
         && (!is_among (check, "cpu/@mode", modes) || set_cpu_mode (check, "maximum", error))
         && clear_element (check, "features/hyperv", error) && clear_element (check, "features/kvm", error);
}

static gboolean
find_emulated (const LodgeCheck  *check,
               char             **object)
{
  gboolean known;

  return is (check, "@type", "qemu") && can_use_kvm (check, &known);
}

static gboolean
mend_emulated (const LodgeCheck  *check,
               GError           **error)
{
  return set (check, "@type", "kvm", error)
         && (!is (check, "cpu/@mode", "maximum") || set_cpu_mode (check, "host-passthrough", error));
}

static gboolean
find_unknown_type (const LodgeCheck  *check,
                   char             **object)
{
  LodgeCapabilities *host = check->facts->host;
  g_autofree char *machine = get (check, "os/type/@machine");
  g_autofree char *arch = get (check, "os/type/@arch");
  gboolean known = FALSE;

  for (guint i = 0; host != NULL && machine != NULL && i < lodge_capabilities_get_n_guests (host); i++)
    {
      const LodgeGuestCapability *guest = lodge_capabilities_get_guest (host, i);

      if (g_strcmp0 (guest->arch, arch) != 0 || guest->machines == NULL || guest->machines[0] == NULL)
        continue;
      if (g_strv_contains ((const char * const *) guest->machines, machine))
        return FALSE;
      known = TRUE;
    }
  if (known)
    *object = g_steal_pointer (&machine);
  return known;
}

/* The newest of its family; libvirt writes down which that is */
static gboolean
mend_unknown_type (const LodgeCheck  *check,
                   GError           **error)
{
  static const struct { const char *part, *family; } families[] = {
    { "q35", "q35" }, { "i440fx", "pc" }, { "pc-", "pc" }, { "virt", "virt" }, { "pseries", "pseries" },
    { "s390-ccw", "s390-ccw-virtio" },
  };
  g_autofree char *machine = get (check, "os/type/@machine");

  for (gsize i = 0; i < G_N_ELEMENTS (families); i++)
    {
      if (strstr (machine, families[i].part) != NULL)
        return set (check, "os/type/@machine", families[i].family, error);
    }
  return set (check, "os/type/@machine", NULL, error);
}

static gboolean
find_impossible_cpu (const LodgeCheck  *check,
                     char             **object)
{
  g_autofree char *mode = get (check, "cpu/@mode");

  if (check->facts->domain == NULL || mode == NULL || !is_qemu (check)
      || !lodge_domain_capabilities_has_cpu_mode (check->facts->domain, "custom")
      || lodge_domain_capabilities_has_cpu_mode (check->facts->domain, mode))
    return FALSE;
  *object = g_steal_pointer (&mode);
  return TRUE;
}

static gboolean
mend_impossible_cpu (const LodgeCheck  *check,
                     GError           **error)
{
  static const char * const modes[] = { "host-model", "maximum" };

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      if (lodge_domain_capabilities_has_cpu_mode (check->facts->domain, modes[i]))
        return set_cpu_mode (check, modes[i], error);
    }
  return clear_element (check, "cpu", error);
}

static gboolean
find_no_host_cpu (const LodgeCheck  *check,
                  char             **object)
{
  static const char * const old_models[] = { "qemu32", "qemu64", "kvm32", "kvm64", NULL };
  const LodgeXmlNode cpu = lodge_xml_document_find (check->document, check->node, "cpu");

  return is (check, "@type", "kvm") && check->facts->domain != NULL
         && lodge_domain_capabilities_has_cpu_mode (check->facts->domain, "host-passthrough")
         && (cpu == LODGE_XML_NONE || is_among (check, "cpu/model", old_models));
}

static gboolean
mend_no_host_cpu (const LodgeCheck  *check,
                  GError           **error)
{
  return set_cpu_mode (check, "host-passthrough", error);
}

static gboolean
find_many_cpus (const LodgeCheck  *check,
                char             **object)
{
  const guint most = check->facts->domain != NULL ? lodge_domain_capabilities_get_max_vcpus (check->facts->domain) : 0;

  return most > 0 && get_number (check, "vcpu") > most;
}

static gboolean
mend_many_cpus (const LodgeCheck  *check,
                GError           **error)
{
  return set_cpus (check, lodge_domain_capabilities_get_max_vcpus (check->facts->domain), error);
}

static gboolean
find_more_cpus (const LodgeCheck  *check,
                char             **object)
{
  const guint of_host = check->facts->machine != NULL ? lodge_machine_facts_get_cpus (check->facts->machine) : 0;

  return of_host > 0 && get_number (check, "vcpu") > of_host;
}

static gboolean
mend_more_cpus (const LodgeCheck  *check,
                GError           **error)
{
  return set_cpus (check, lodge_machine_facts_get_cpus (check->facts->machine), error);
}

static gboolean
find_more_memory (const LodgeCheck  *check,
                  char             **object)
{
  const guint64 of_host = check->facts->machine != NULL ? lodge_machine_facts_get_memory (check->facts->machine) : 0;

  return of_host > 0 && get_memory (check) > of_host;
}

/* A quarter is left to the host */
static gboolean
mend_more_memory (const LodgeCheck  *check,
                  GError           **error)
{
  const guint64 bytes = lodge_machine_facts_get_memory (check->facts->machine) / 4 * 3 / (64 * MIB) * (64 * MIB);

  return set (check, "memory/@unit", "KiB", error) && set_number (check, "memory", MAX (bytes, 64 * MIB) / 1024, error)
         && clear_element (check, "currentMemory", error) && clear_element (check, "cpu/numa", error);
}

/* Firmware */

static gboolean
wants_secure_boot (const LodgeCheck *check)
{
  return is (check, SECURE_BOOT, "yes") || is (check, "os/loader/@secure", "yes");
}

static gboolean
find_no_efi (const LodgeCheck  *check,
             char             **object)
{
  return is (check, "os/@firmware", "efi") && lacks (check, "os", "firmware", "efi");
}

static gboolean
mend_no_efi (const LodgeCheck  *check,
             GError           **error)
{
  return clear_element (check, "os/firmware", error) && clear_element (check, "os/loader", error)
         && clear_element (check, "os/nvram", error) && set (check, "os/@firmware", NULL, error);
}

static gboolean
find_secure_boot_on_bios (const LodgeCheck  *check,
                          char             **object)
{
  return wants_secure_boot (check) && !is (check, "os/@firmware", "efi") && !has (check, "os/loader");
}

static gboolean
mend_secure_boot_on_bios (const LodgeCheck  *check,
                          GError           **error)
{
  return set (check, "os/@firmware", "efi", error);
}

static gboolean
find_no_secure_boot (const LodgeCheck  *check,
                     char             **object)
{
  return wants_secure_boot (check) && is (check, "os/@firmware", "efi") && !lacks (check, "os", "firmware", "efi")
         && lacks (check, "os/loader", "secure", "yes");
}

static gboolean
mend_no_secure_boot (const LodgeCheck  *check,
                     GError           **error)
{
  return clear (check, "os/loader/@secure", error) && set (check, SECURE_BOOT, "no", error)
         && (!has (check, ENROLLED_KEYS) || set (check, ENROLLED_KEYS, "no", error));
}

static gboolean
find_no_smm (const LodgeCheck  *check,
             char             **object)
{
  return is (check, "os/loader/@secure", "yes") && is (check, "features/smm/@state", "off");
}

static gboolean
mend_no_smm (const LodgeCheck  *check,
             GError           **error)
{
  return set (check, "features/smm/@state", "on", error);
}

/* Other devices */

static gboolean
find_private_memory (const LodgeCheck  *check,
                     char             **object)
{
  return is (check, "driver/@type", "virtiofs") && !machine_is (check, "memoryBacking/access/@mode", "shared")
         && !machine_is (check, "cpu/numa/cell/@memAccess", "shared");
}

static gboolean
mend_private_memory (const LodgeCheck  *check,
                     GError           **error)
{
  return lodge_xml_document_set_value (check->document, check->root, "memoryBacking/source/@type", "memfd", error)
         && lodge_xml_document_set_value (check->document, check->root, "memoryBacking/access/@mode", "shared", error);
}

static gboolean
find_no_tpm (const LodgeCheck  *check,
             char             **object)
{
  g_autofree char *backend = get (check, "backend/@type");

  return check->facts->domain != NULL && g_strcmp0 (backend, "emulator") == 0
         && lodge_domain_capabilities_supports (check->facts->domain, "os")
         && !offers (check, "devices/tpm", "backendModel", "emulator");
}

static gboolean
find_no_graphics (const LodgeCheck  *check,
                  char             **object)
{
  g_autofree char *type = get (check, "@type");

  if (!lacks (check, "devices/graphics", "type", type))
    return FALSE;
  *object = g_steal_pointer (&type);
  return TRUE;
}

/* What belongs to SPICE goes with it */
static gboolean
mend_no_graphics (const LodgeCheck  *check,
                  GError           **error)
{
  static const char * const companions[] = {
    "devices/channel[@type='spicevmc']", "devices/redirdev[@type='spicevmc']", "devices/smartcard[@type='spicevmc']",
    "devices/audio[@type='spice']",
  };
  const gboolean spice = is (check, "@type", "spice");
  LodgeCheck machine = *check;

  if (lodge_xml_document_replace (check->document, check->node, "<graphics type='vnc'/>", error) == LODGE_XML_NONE)
    return FALSE;
  machine.node = machine.root;
  for (gsize i = 0; spice && i < G_N_ELEMENTS (companions); i++)
    {
      if (!clear_element (&machine, companions[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_no_video (const LodgeCheck  *check,
               char             **object)
{
  g_autofree char *model = get (check, "model/@type");

  if (!lacks (check, "devices/video", "modelType", model))
    return FALSE;
  *object = g_steal_pointer (&model);
  return TRUE;
}

static gboolean
mend_no_video (const LodgeCheck  *check,
               GError           **error)
{
  static const char * const models[] = { "virtio", "vga", "bochs", "ramfb", "cirrus" };
  const char *model = "none";

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    {
      if (offers (check, "devices/video", "modelType", models[i]))
        {
          model = models[i];
          break;
        }
    }
  return clear_element (check, "model", error) && set (check, "model/@type", model, error)
         && clear_element (check, "address", error);
}

static gboolean
find_open_display (const LodgeCheck  *check,
                   char             **object)
{
  static const char * const kinds[] = { "vnc", "spice", NULL };
  static const char * const anywhere[] = { "0.0.0.0", "::", NULL };

  return is_among (check, "@type", kinds) && !has (check, "@passwd")
         && (is_among (check, "@listen", anywhere) || is_among (check, "listen/@address", anywhere));
}

static gboolean
mend_open_display (const LodgeCheck  *check,
                   GError           **error)
{
  return (!has (check, "@listen") || set (check, "@listen", "127.0.0.1", error))
         && (!has (check, "listen/@address") || set (check, "listen/@address", "127.0.0.1", error));
}

static gboolean
find_no_agent (const LodgeCheck  *check,
               char             **object)
{
  return is_qemu (check) && knows_virtio (check) && !has_device (check, "channel", "target/@name", AGENT);
}

static gboolean
mend_no_agent (const LodgeCheck  *check,
               GError           **error)
{
  const LodgeXmlNode devices = lodge_xml_document_find (check->document, check->root, "devices");

  return devices != LODGE_XML_NONE
         && lodge_xml_document_insert (check->document, devices,
                                       "<channel type='unix'><target type='virtio' name='" AGENT "'/></channel>",
                                       error) != LODGE_XML_NONE;
}

/* In the order of severity; within one, what comes first in a start comes first */
const LodgeCheckRule lodge_check_rules[] = {
  { "emulator-missing", LODGE_SEVERITY_ERROR, NULL, "overview", "emulator", N_("The Emulator Is Not There"),
    N_("the machine was made for a program that the host does not have any more."), N_("_Use the Host’s Own"),
    .find = find_missing_emulator, .mend = mend_missing_emulator },
  { "no-kvm", LODGE_SEVERITY_ERROR, NULL, "overview", "type", N_("The Host Has No KVM"),
    N_("The processor’s help for virtual machines is missing, or turned off in the host’s firmware. The machine can run "
       "emulated, which is much slower."), N_("Run _Emulated"), .find = find_no_kvm, .mend = mend_no_kvm },
  { "machine-type-unknown", LODGE_SEVERITY_ERROR, NULL, "overview", "machine", N_("The Host Does Not Know This Machine Type"),
    N_("it is older or newer than what the host’s emulator can be."), N_("_Use the Newest"),
    .find = find_unknown_type, .mend = mend_unknown_type },
  { "cpu-impossible", LODGE_SEVERITY_ERROR, NULL, "cpu", "mode", N_("The Host Cannot Make This Processor"),
    N_("this mode needs hardware that the host does not have, or another hypervisor."), N_("_Use What the Host Can"),
    .find = find_impossible_cpu, .mend = mend_impossible_cpu },
  { "cpus-over-limit", LODGE_SEVERITY_ERROR, NULL, "cpu", "maximum", N_("More Processors Than Possible"),
    N_("The machine type cannot have as many."), N_("_Use as Many as Possible"),
    .find = find_many_cpus, .mend = mend_many_cpus },
  { "efi-missing", LODGE_SEVERITY_ERROR, NULL, "overview", "firmware", N_("The Host Has No UEFI Firmware"),
    N_("Install it on the host (OVMF, edk2), or use BIOS: a system that was installed with UEFI does not start with it."),
    N_("Use _BIOS"), .find = find_no_efi, .mend = mend_no_efi },
  { "secure-boot-on-bios", LODGE_SEVERITY_ERROR, NULL, "overview", "firmware", N_("Secure Boot Needs UEFI Firmware"),
    N_("BIOS has no Secure Boot."), N_("Use _UEFI"), .find = find_secure_boot_on_bios,
    .mend = mend_secure_boot_on_bios },
  { "secure-boot-missing", LODGE_SEVERITY_ERROR, NULL, "overview", "secure-boot",
    N_("The Host Has No Firmware with Secure Boot"),
    N_("Its UEFI firmware cannot check what it starts."), N_("_Turn Off Secure Boot"),
    .find = find_no_secure_boot, .mend = mend_no_secure_boot },
  { "secure-boot-smm", LODGE_SEVERITY_ERROR, NULL, "features", "smm", N_("Secure Boot Needs System Management Mode"),
    N_("Without it, the guest could change what the firmware trusts."), N_("_Turn On"),
    .find = find_no_smm, .mend = mend_no_smm },
  { "kernel-missing", LODGE_SEVERITY_ERROR, NULL, "boot", "kernel", N_("The Kernel to Start Is Not There"),
    N_("it was to be started directly, without a boot disk."), N_("_Start from the Disks"),
    .find = find_missing_kernel, .mend = mend_missing_kernel },
  { "pool-off", LODGE_SEVERITY_ERROR, "disk", NULL, "pool", N_("The Storage Pool Is Not Started"),
    N_("the image is in a pool that is off."), N_("_Start the Pool"), LODGE_REPAIR_START_POOL,
    .find = find_stopped_pool },
  { "medium-missing", LODGE_SEVERITY_ERROR, "disk", NULL, "file", N_("The Medium Is Not There"),
    N_("the file was moved or deleted. The drive can be empty."), N_("_Eject"),
    .find = find_missing_medium, .mend = eject },
  { "image-missing", LODGE_SEVERITY_ERROR, "disk", NULL, "file", N_("The Image Is Not There"),
    N_("it was moved or deleted. Put it back, choose another, or take the disk out."), N_("_Take Out the Disk"),
    .find = find_missing_image, .mend = remove_device },
  { "image-closed", LODGE_SEVERITY_ERROR, "disk", NULL, "file", N_("The Hypervisor Cannot Reach the Image"),
    N_("it runs as a user of its own, whom a folder on the way does not let in. Others can be let through the folder, "
       "without seeing what else is in it."), N_("_Let It Through"), LODGE_REPAIR_OPEN_FOLDER,
    .find = find_closed_image },
  { "network-off", LODGE_SEVERITY_ERROR, "interface", NULL, "network", N_("The Network Is Not Started"),
    N_("the machine’s network card is on a network that is off."), N_("_Start the Network"),
    LODGE_REPAIR_START_NETWORK, .find = find_stopped_network },
  { "network-missing", LODGE_SEVERITY_ERROR, "interface", NULL, "network", N_("The Network Is Not There"),
    N_("the host has no network of this name."), N_("_Use Another"),
    .find = find_missing_network, .mend = mend_missing_network },
  { "virtiofs-private-memory", LODGE_SEVERITY_ERROR, "filesystem", NULL, "driver", N_("Shared Folders Need Shared Memory"),
    N_("virtiofs works on the guest’s memory directly, which is private now."), N_("_Share the Memory"),
    .find = find_private_memory, .mend = mend_private_memory },
  { "tpm-missing", LODGE_SEVERITY_ERROR, "tpm", NULL, "type", N_("The Host Has No TPM Emulator"),
    N_("Install swtpm on the host, or take the TPM out: what the guest has locked with it stays locked."),
    N_("_Take Out the TPM"), .find = find_no_tpm, .mend = remove_device },
  { "graphics-impossible", LODGE_SEVERITY_ERROR, "graphics", NULL, "type", N_("The Host Cannot Show This Display"),
    N_("its hypervisor was built without it."), N_("Use _VNC"), .find = find_no_graphics, .mend = mend_no_graphics },
  { "video-impossible", LODGE_SEVERITY_ERROR, "video", NULL, "model", N_("The Host Does Not Have This Graphics Adapter"),
    N_("its hypervisor was built without it."), N_("_Use One It Has"), .find = find_no_video, .mend = mend_no_video },

  { "memory-over-host", LODGE_SEVERITY_WARNING, NULL, "memory", "memory", N_("More Memory Than the Host Has"),
    N_("The machine may not start, or be stopped by the host when it uses it."), N_("_Lower"),
    .find = find_more_memory, .mend = mend_more_memory },
  { "unsafe-cache", LODGE_SEVERITY_WARNING, "disk", NULL, "cache", N_("The Disk’s Cache Is Unsafe"),
    N_("When the host loses power, the guest’s file systems may be lost."), N_("_Use the Default"),
    .find = find_unsafe_cache, .mend = mend_unsafe_cache },
  { "open-display", LODGE_SEVERITY_WARNING, "graphics", NULL, "listen-address", N_("The Display Is Open to the Network"),
    N_("Whoever can reach the host can see and use the machine, without a password."), N_("_Close It"),
    .find = find_open_display, .mend = mend_open_display },
  { "cpus-over-host", LODGE_SEVERITY_WARNING, NULL, "cpu", "maximum", N_("More Processors Than the Host Has"),
    N_("They wait for each other, which is slower than fewer."), N_("_Use the Host’s Number"),
    .find = find_more_cpus, .mend = mend_more_cpus },
  { "emulated", LODGE_SEVERITY_WARNING, NULL, "overview", "type", N_("The Machine Is Emulated Without Need"),
    N_("The host has KVM, which is many times as fast."), N_("Use _KVM"), .find = find_emulated,
    .mend = mend_emulated },

  { "no-host-cpu", LODGE_SEVERITY_HINT, NULL, "cpu", "mode", N_("The Guest Does Not See the Host’s Processor"),
    N_("It runs on a model of twenty years ago, without encryption and vector instructions."),
    N_("_Use the Host’s"), .find = find_no_host_cpu, .mend = mend_no_host_cpu },
  { "emulated-disk", LODGE_SEVERITY_HINT, "disk", NULL, "bus", N_("The Disk Is Emulated"),
    N_("VirtIO is several times as fast, and this system has drivers for it."), N_("Use _VirtIO"),
    .find = find_emulated_disk, .mend = mend_emulated_disk },
  { "emulated-nic", LODGE_SEVERITY_HINT, "interface", NULL, "model", N_("The Network Card Is Emulated"),
    N_("VirtIO is several times as fast, and this system has drivers for it."), N_("Use _VirtIO"),
    .find = find_emulated_nic, .mend = mend_emulated_nic },
  { "no-agent", LODGE_SEVERITY_HINT, NULL, "overview", NULL, N_("There Is No Channel for the Guest Agent"),
    N_("With it, addresses, users and file systems of the guest are known, and shutting down works always."),
    N_("_Add the Channel"), .find = find_no_agent, .mend = mend_no_agent },
};

const gsize lodge_n_check_rules = G_N_ELEMENTS (lodge_check_rules);
