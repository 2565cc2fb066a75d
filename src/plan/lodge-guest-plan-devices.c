/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-guest-plan-private.h"

/* What the machine has */

#define N_ROOT_PORTS  14   /* with 15 and more old QEMUs fail */
#define N_REDIRECTORS 2

/* Disks */

static const char *
choose_bus (const LodgePlan *plan,
            gboolean         disc)
{
  if (!plan->hvm)
    return plan->xen ? "xen" : "ide";
  if (!disc && lodge_plan_drives (plan, LODGE_OS_VIRTIO_BLOCK))
    return "virtio";
  if (plan->q35 || plan->bhyve)
    return "sata";
  if (plan->x86)
    return "ide";
  if (disc && lodge_plan_drives (plan, LODGE_OS_VIRTIO_SCSI))
    return "scsi";
  if (plan->machine != NULL && g_str_has_prefix (plan->machine, "vexpress"))
    return "sd";
  return "usb";
}

static char *
make_target (const char *bus,
             guint       index)
{
  static const struct { const char *bus, *prefix; } prefixes[] = {
    { "virtio", "vd" }, { "xen", "xvd" }, { "ide", "hd" }, { "sd", "sd" },
  };
  const char *prefix = "sd";

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      if (g_str_equal (prefixes[i].bus, bus))
        prefix = prefixes[i].prefix;
    }
  return g_strdup_printf ("%s%c", prefix, 'a' + index);
}

static gboolean
is_block_device (const char *path)
{
  return path != NULL && g_str_has_prefix (path, "/dev/");
}

/* @fresh: the image is made now and is sparse: what the guest frees is given back */
static void
add_driver (LodgePlan  *plan,
            const char *path,
            const char *format,
            gboolean    disc,
            gboolean    fresh)
{
  const gboolean block = is_block_device (path);

  if (plan->qemu && disc)
    lodge_plan_add (plan, "      <driver name='qemu' type='raw'/>\n");
  else if (plan->qemu && block)
    lodge_plan_add (plan, "      <driver name='qemu' type='raw' cache='none' io='native' discard='unmap'/>\n");
  else if (plan->qemu)
    lodge_plan_add (plan, fresh ? "      <driver name='qemu' type='%s' discard='unmap'/>\n"
                                : "      <driver name='qemu' type='%s'/>\n", format);
  else if (plan->xen && block)
    lodge_plan_add (plan, "      <driver name='phy' type='raw'/>\n");
  else if (plan->xen)
    lodge_plan_add (plan, "      <driver name='qemu' type='%s'/>\n", disc ? "raw" : format);
}

static void
add_disk (LodgePlan *plan,
          guint      order)
{
  const LodgeGuestChoices *choices = plan->choices;
  const char *bus = choose_bus (plan, FALSE);
  const char *path = choices->disk_path;
  g_autofree char *target = make_target (bus, 0);

  lodge_plan_add (plan, "    <disk type='%s' device='disk'>\n",
                  path == NULL ? "volume" : is_block_device (path) ? "block" : "file");
  add_driver (plan, path, choices->disk_format, FALSE, path == NULL && g_str_equal (choices->disk_format, "qcow2"));
  if (path == NULL)
    lodge_plan_add (plan, "      <source pool='%s' volume='%s'/>\n", choices->disk_pool, choices->disk_volume);
  else
    lodge_plan_add (plan, is_block_device (path) ? "      <source dev='%s'/>\n" : "      <source file='%s'/>\n", path);
  lodge_plan_add (plan, "      <target dev='%s' bus='%s'/>\n", target, bus);
  if (plan->qemu)
    lodge_plan_add (plan, "      <boot order='%u'/>\n", order);
  lodge_plan_add (plan, "    </disk>\n");
}

static void
add_disc (LodgePlan *plan,
          guint      order,
          guint      index)
{
  const char *bus = choose_bus (plan, TRUE);
  const char *path = plan->choices->disc_path;
  g_autofree char *target = make_target (bus, index);

  lodge_plan_add (plan, "    <disk type='%s' device='cdrom'>\n", is_block_device (path) ? "block" : "file");
  add_driver (plan, path, "raw", TRUE, FALSE);
  lodge_plan_add (plan, is_block_device (path) ? "      <source dev='%s'/>\n" : "      <source file='%s'/>\n", path);
  lodge_plan_add (plan, "      <target dev='%s' bus='%s'/>\n      <readonly/>\n", target, bus);
  if (plan->qemu)
    lodge_plan_add (plan, "      <boot order='%u'/>\n", order);
  lodge_plan_add (plan, "    </disk>\n");
}

static void
add_disks (LodgePlan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;
  const gboolean disc = choices->source == LODGE_SOURCE_DISC && choices->disc_path != NULL;
  const gboolean disk = choices->disk_path != NULL || choices->disk_volume != NULL;
  const gboolean same_bus = g_str_equal (choose_bus (plan, FALSE), choose_bus (plan, TRUE));

  /* The disk comes first: while it is empty the firmware goes on to the disc, and after the installation it boots from
   * the disk without anybody ejecting anything. */
  if (disk)
    add_disk (plan, choices->source == LODGE_SOURCE_NETWORK ? 2 : 1);
  if (disc)
    add_disc (plan, disk ? 2 : 1, disk && same_bus ? 1 : 0);
  if (choices->source == LODGE_SOURCE_CONTAINER && choices->root_path != NULL)
    lodge_plan_add (plan,
                    "    <filesystem type='mount'>\n      <source dir='%s'/>\n      <target dir='/'/>\n"
                    "    </filesystem>\n", choices->root_path);
}

/* Controllers */

static void
add_usb (LodgePlan *plan)
{
  if (!plan->hvm || !plan->qemu)
    return;
  if (plan->x86 && (plan->os->features & LODGE_OS_USB3) == 0)
    lodge_plan_add (plan,
                    "    <controller type='usb' index='0' model='ich9-ehci1'/>\n"
                    "    <controller type='usb' index='0' model='ich9-uhci1'>\n      <master startport='0'/>\n"
                    "    </controller>\n"
                    "    <controller type='usb' index='0' model='ich9-uhci2'>\n      <master startport='2'/>\n"
                    "    </controller>\n"
                    "    <controller type='usb' index='0' model='ich9-uhci3'>\n      <master startport='4'/>\n"
                    "    </controller>\n");
  else if (plan->x86 || plan->virt || plan->pseries)
    lodge_plan_add (plan, "    <controller type='usb' model='qemu-xhci' ports='15'/>\n");
}

static void
add_controllers (LodgePlan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;
  const gboolean disc = choices->source == LODGE_SOURCE_DISC && choices->disc_path != NULL;

  add_usb (plan);
  if (plan->qemu && disc && g_str_equal (choose_bus (plan, TRUE), "scsi"))
    lodge_plan_add (plan, "    <controller type='scsi' model='virtio-scsi'/>\n");
  if (!plan->pcie)
    return;
  lodge_plan_add (plan, "    <controller type='pci' model='pcie-root'/>\n");
  for (guint i = 0; i < N_ROOT_PORTS; i++)
    lodge_plan_add (plan, "    <controller type='pci' model='pcie-root-port'/>\n");
}

/* Network */

static const char *
choose_net_model (const LodgePlan *plan)
{
  static const char * const known[] = { "e1000", "rtl8139", "ne2k_pci", "pcnet" };

  if (!plan->hvm)
    return NULL;
  if (lodge_plan_drives (plan, LODGE_OS_VIRTIO_NET))
    return "virtio";
  if (plan->q35)
    return "e1000e";
  if (!plan->x86)
    return NULL;
  for (guint i = 0; plan->os->net_models != NULL && i < G_N_ELEMENTS (known); i++)
    {
      if (g_strv_contains ((const char * const *) plan->os->net_models, known[i]))
        return known[i];
    }
  return "e1000";
}

static void
add_network (LodgePlan *plan)
{
  const LodgeGuestChoices *choices = plan->choices;
  const char *model = choose_net_model (plan);

  switch (choices->network)
    {
    case LODGE_NETWORK_NONE:
      return;
    case LODGE_NETWORK_USER:
      lodge_plan_add (plan, "    <interface type='user'>\n");
      break;
    case LODGE_NETWORK_VIRTUAL:
      lodge_plan_add (plan, "    <interface type='network'>\n      <source network='%s'/>\n", choices->network_name);
      break;
    case LODGE_NETWORK_BRIDGE:
      lodge_plan_add (plan, "    <interface type='bridge'>\n      <source bridge='%s'/>\n", choices->network_name);
      break;
    default:
      g_return_if_reached ();
    }
  if (model != NULL)
    lodge_plan_add (plan, "      <model type='%s'/>\n", model);
  if (choices->source == LODGE_SOURCE_NETWORK && plan->qemu)
    lodge_plan_add (plan, "      <boot order='1'/>\n");
  lodge_plan_add (plan, "    </interface>\n");
}

/* Lines that speak */

static void
add_characters (LodgePlan *plan)
{
  if (plan->s390x)
    lodge_plan_add (plan, "    <console type='pty'>\n      <target type='sclp'/>\n    </console>\n");
  else if (plan->bhyve)
    lodge_plan_add (plan, "    <console type='nmdm'>\n      <source master='/dev/nmdm0A' slave='/dev/nmdm0B'/>\n"
                    "    </console>\n");
  else
    lodge_plan_add (plan, "    <console type='pty'/>\n");
  if (lodge_plan_drives (plan, LODGE_OS_VIRTIO_SERIAL))
    lodge_plan_add (plan, "    <channel type='unix'>\n"
                    "      <target type='virtio' name='org.qemu.guest_agent.0'/>\n    </channel>\n");
  if (plan->spice && lodge_plan_offers (plan, "devices/channel", "type", "spicevmc"))
    lodge_plan_add (plan, "    <channel type='spicevmc'>\n"
                    "      <target type='virtio' name='com.redhat.spice.0'/>\n    </channel>\n");
}

/* What a person sees, hears and holds */

static void
add_input (LodgePlan *plan)
{
  if (!plan->hvm)
    return;
  lodge_plan_add (plan, "    <input type='tablet' bus='usb'/>\n");
  if (!plan->x86)
    lodge_plan_add (plan, "    <input type='keyboard' bus='usb'/>\n");
}

static void
add_display (LodgePlan *plan)
{
  const gboolean redirects = plan->spice && plan->x86 && lodge_plan_offers (plan, "devices/redirdev", "bus", "usb");

  if (!plan->graphics)
    return;
  add_input (plan);
  if (!plan->spice)
    lodge_plan_add (plan, "    <graphics type='vnc' port='-1'/>\n");
  else if (plan->choices->remote)
    lodge_plan_add (plan, "    <graphics type='spice' autoport='yes'/>\n");
  else
    /* No bytes are saved by work where they go nowhere */
    lodge_plan_add (plan, "    <graphics type='spice' autoport='yes'>\n      <image compression='off'/>\n"
                    "    </graphics>\n");
  /* The picture of a guest on this computer comes by shared memory; SPICE stays for all that is shared besides */
  if (plan->qemu && !plan->choices->remote && lodge_plan_offers (plan, "devices/graphics", "type", "dbus"))
    lodge_plan_add (plan, "    <graphics type='dbus' p2p='yes'/>\n");
  if (plan->spice && plan->hvm)
    lodge_plan_add (plan, "    <sound model='%s'/>\n", plan->pcie ? "ich9" : "ich6");
  if (plan->video != NULL)
    lodge_plan_add (plan, "    <video>\n      <model type='%s'/>\n    </video>\n", plan->video);
  for (guint i = 0; i < N_REDIRECTORS && redirects; i++)
    lodge_plan_add (plan, "    <redirdev bus='usb' type='spicevmc'/>\n");
}

static void
add_helpers (LodgePlan *plan)
{
  const gboolean known = plan->x86 || plan->virt || plan->s390x || plan->pseries;

  if (plan->tpm)
    lodge_plan_add (plan, lodge_plan_offers (plan, "devices/tpm", "model", "tpm-crb")
                          ? "    <tpm model='tpm-crb'>\n      <backend type='emulator'/>\n    </tpm>\n"
                          : "    <tpm>\n      <backend type='emulator'/>\n    </tpm>\n");
  if (known && lodge_plan_drives (plan, LODGE_OS_VIRTIO_BALLOON))
    lodge_plan_add (plan, "    <memballoon model='virtio'/>\n");
  if (known && lodge_plan_drives (plan, LODGE_OS_VIRTIO_RNG))
    lodge_plan_add (plan,
                    "    <rng model='virtio'>\n      <backend model='random'>/dev/urandom</backend>\n    </rng>\n");
}

void
lodge_plan_add_devices (LodgePlan *plan)
{
  lodge_plan_add (plan, "  <devices>\n");
  if (plan->guest->emulator != NULL && (plan->hvm || plan->container))
    lodge_plan_add (plan, "    <emulator>%s</emulator>\n", plan->guest->emulator);
  add_disks (plan);
  add_controllers (plan);
  add_network (plan);
  add_characters (plan);
  add_display (plan);
  add_helpers (plan);
  lodge_plan_add (plan, "  </devices>\n</domain>\n");
}
