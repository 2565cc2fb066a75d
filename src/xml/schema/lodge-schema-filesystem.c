/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "mount", N_("Folder of the Host") }, { "file", N_("Image File") }, { "block", N_("Device of the Host") },
  { "bind", N_("Folder of the Container") }, { "template", N_("Template") }, { "ram", N_("Memory") },
  { NULL }
};
static const LodgeFieldChoice drivers[] = {
  { "virtiofs", N_("virtiofs") }, { "path", N_("9p") }, { "handle", N_("9p (Handles)") }, { "mtp", N_("MTP") },
  { "loop", N_("Loop") }, { "nbd", N_("NBD") }, { "ploop", N_("ploop") }, { NULL }
};
static const LodgeFieldChoice accesses[] = {
  { "passthrough", N_("As the Guest Says") }, { "mapped", N_("Kept in Attributes") },
  { "squash", N_("As the Guest Says, Errors Ignored") }, { NULL }
};
static const LodgeFieldChoice multidevs[] = {
  { "default", N_("Default") }, { "remap", N_("Numbered Anew") }, { "forbid", N_("Refused") },
  { "warn", N_("Warned About") }, { NULL }
};
static const LodgeFieldChoice write_policies[] = {
  { "immediate", N_("Immediately") }, { NULL }
};
static const LodgeFieldChoice formats[] = {
  { "raw", N_("Raw") }, { "qcow2", N_("qcow2") }, { "ploop", N_("ploop") }, { "vdi", N_("VDI (VirtualBox)") },
  { "vmdk", N_("VMDK (VMware)") }, { "vpc", N_("VHD (Virtual PC)") }, { "qed", N_("QED") },
  { "luks", N_("LUKS") }, { NULL }
};
static const LodgeFieldChoice caches[] = {
  { "none", N_("None") }, { "always", N_("Always") }, { NULL }
};
static const LodgeFieldChoice sandboxes[] = {
  { "namespace", N_("Namespaces") }, { "chroot", N_("Changed Root") }, { NULL }
};
static const LodgeFieldChoice units[] = {
  { "B", N_("bytes") }, { "KiB", N_("KiB") }, { "MiB", N_("MiB") }, { "GiB", N_("GiB") }, { NULL }
};

#define DAEMON N_("virtiofsd")

static const LodgeField fields[] = {
  { "driver", "driver/@type", LODGE_FIELD_ENUM, N_("Kind"),
    N_("virtiofs is fast and needs shared memory; 9p is older"), .choices = drivers,
    .capability = "devices/filesystem/enum[@name='driverType']" },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Source"), NULL, .choices = types, .fallback = "mount" },
  { "dir", "source/@dir", LODGE_FIELD_PATH, N_("Folder of the Host"), NULL, .needs = "type=mount bind" },
  { "file", "source/@file", LODGE_FIELD_PATH, N_("Image File"), NULL, .needs = "type=file" },
  { "block", "source/@dev", LODGE_FIELD_PATH, N_("Device"), NULL, .needs = "type=block" },
  { "template", "source/@name", LODGE_FIELD_STRING, N_("Template"), NULL, .needs = "type=template" },
  { "ram", "source/@usage", LODGE_FIELD_UINT, N_("Size"), NULL, .needs = "type=ram", .minimum = 1 },
  { "ram-units", "source/@units", LODGE_FIELD_ENUM, N_("Unit of the Size"), NULL, .choices = units,
    .needs = "type=ram", .fallback = "KiB", .flags = LODGE_FIELD_MORE },
  { "target", "target/@dir", LODGE_FIELD_STRING, N_("Name in the Guest"), N_("The tag that the guest mounts"),
    .flags = LODGE_FIELD_REQUIRED },
  { "readonly", "readonly", LODGE_FIELD_PRESENCE, N_("Read-Only"), NULL },
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = lodge_choices_virtio_model,
    .flags = LODGE_FIELD_MORE },
  { "accessmode", "@accessmode", LODGE_FIELD_ENUM, N_("Owners and Rights"), NULL, .choices = accesses,
    .needs = "type=mount bind", .flags = LODGE_FIELD_MORE },
  { "multidevs", "@multidevs", LODGE_FIELD_ENUM, N_("File Numbers of Several Disks"), NULL, .choices = multidevs,
    .needs = "driver!=virtiofs", .flags = LODGE_FIELD_MORE },
  { "fmode", "@fmode", LODGE_FIELD_STRING, N_("Mode of New Files"), N_("Octal, like 0600"),
    .needs = "accessmode=mapped", .flags = LODGE_FIELD_MORE },
  { "dmode", "@dmode", LODGE_FIELD_STRING, N_("Mode of New Folders"), N_("Octal, like 0700"),
    .needs = "accessmode=mapped", .flags = LODGE_FIELD_MORE },
  { "write-policy", "driver/@wrpolicy", LODGE_FIELD_ENUM, N_("Written"), NULL, .choices = write_policies,
    .needs = "driver!=virtiofs", .flags = LODGE_FIELD_MORE },
  { "format", "driver/@format", LODGE_FIELD_ENUM, N_("Format"), NULL, .choices = formats,
    .needs = "driver=loop nbd ploop", .flags = LODGE_FIELD_MORE },
  { "hard-limit", "space_hard_limit", LODGE_FIELD_SIZE, N_("Most Space"), NULL, .unit = "bytes",
    .needs = "driver!=virtiofs", .flags = LODGE_FIELD_MORE },
  { "soft-limit", "space_soft_limit", LODGE_FIELD_SIZE, N_("Usual Space"), NULL, .unit = "bytes",
    .needs = "driver!=virtiofs", .flags = LODGE_FIELD_MORE },
  { "queue", "driver/@queue", LODGE_FIELD_UINT, N_("Queue Size"), NULL, .minimum = 1, .maximum = 32768,
    .group = DAEMON, .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "binary", "binary/@path", LODGE_FIELD_PATH, N_("Program"), NULL, .group = DAEMON, .needs = "driver=virtiofs",
    .flags = LODGE_FIELD_MORE },
  { "socket", "source/@socket", LODGE_FIELD_PATH, N_("Socket"), N_("Of a virtiofsd that somebody else started"),
    .group = DAEMON, .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "xattr", "binary/@xattr", LODGE_FIELD_ON_OFF, N_("Extended Attributes"), NULL, .group = DAEMON,
    .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "cache", "binary/cache/@mode", LODGE_FIELD_ENUM, N_("Cache"), NULL, .choices = caches, .group = DAEMON,
    .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "sandbox", "binary/sandbox/@mode", LODGE_FIELD_ENUM, N_("Locked In By"), NULL, .choices = sandboxes,
    .group = DAEMON, .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "lock-posix", "binary/lock/@posix", LODGE_FIELD_ON_OFF, N_("POSIX Locks"), NULL, .group = DAEMON,
    .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "lock-flock", "binary/lock/@flock", LODGE_FIELD_ON_OFF, N_("flock Locks"), NULL, .group = DAEMON,
    .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "threads", "binary/thread_pool/@size", LODGE_FIELD_UINT, N_("Threads"), NULL, .maximum = 1024, .group = DAEMON,
    .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  { "open-files", "binary/openfiles/@max", LODGE_FIELD_UINT, N_("Most Open Files"), NULL, .minimum = 1,
    .group = DAEMON, .needs = "driver=virtiofs", .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_BOOT_ROW,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

static const LodgeField uid_fields[] = {
  { "start", "@start", LODGE_FIELD_UINT, N_("First ID Inside"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "target", "@target", LODGE_FIELD_UINT, N_("First ID on the Host"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "count", "@count", LODGE_FIELD_UINT, N_("IDs"), NULL, .minimum = 1, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema uid = {
  .id = "filesystem-uid", .path = "idmap/uid", .title = N_("Users"), LODGE_FIELDS (uid_fields), .many = TRUE,
  .blank = "<uid start='0' target='1000' count='1'/>",
};
static const LodgeField gid_fields[] = {
  { "start", "@start", LODGE_FIELD_UINT, N_("First ID Inside"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "target", "@target", LODGE_FIELD_UINT, N_("First ID on the Host"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "count", "@count", LODGE_FIELD_UINT, N_("IDs"), NULL, .minimum = 1, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema gid = {
  .id = "filesystem-gid", .path = "idmap/gid", .title = N_("Groups"), LODGE_FIELDS (gid_fields), .many = TRUE,
  .blank = "<gid start='0' target='1000' count='1'/>",
};
static const LodgeSchema * const lists[] = { &uid, &gid, NULL };

const LodgeSchema lodge_schema_filesystem = {
  .id = "filesystem", .path = "devices/filesystem", .title = N_("Shared Folder"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<filesystem type='mount'>\n  <source dir='/srv'/>\n  <target dir='share'/>\n</filesystem>", .lists = lists,
  .section = "filesystems",
};
