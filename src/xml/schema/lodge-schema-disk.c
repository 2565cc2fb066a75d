/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "file", N_("File") }, { "block", N_("Device of the Host") }, { "volume", N_("Volume of a Pool") },
  { "network", N_("Network Storage") }, { "dir", N_("Folder as a Disk") },
  { "nvme", N_("NVMe Disk of the Host") }, { "vhostuser", N_("vhost-user") }, { "vhostvdpa", N_("vDPA") },
  { NULL }
};
static const LodgeFieldChoice devices[] = {
  { "disk", N_("Disk") }, { "cdrom", N_("CD-ROM") }, { "floppy", N_("Floppy Disk") }, { "lun", N_("SCSI LUN") },
  { NULL }
};
static const LodgeFieldChoice buses[] = {
  { "virtio", N_("Virtio") }, { "scsi", N_("SCSI") }, { "sata", N_("SATA") }, { "usb", N_("USB") },
  { "ide", N_("IDE") }, { "fdc", N_("Floppy") }, { "sd", N_("SD Card") }, { "xen", N_("Xen") },
  { "uml", N_("User-Mode Linux") }, { NULL }
};
static const LodgeFieldChoice formats[] = {
  { "qcow2", N_("qcow2") }, { "raw", N_("Raw") }, { "luks", N_("LUKS") }, { "vmdk", N_("VMDK (VMware)") },
  { "vdi", N_("VDI (VirtualBox)") }, { "vpc", N_("VHD (Virtual PC)") }, { "vhd", N_("VHD (Xen)") },
  { "qed", N_("QED") }, { "qcow", N_("qcow") }, { "iso", N_("ISO") }, { "dmg", N_("DMG") },
  { "bochs", N_("Bochs") }, { "cloop", N_("cloop") }, { "cow", N_("COW") }, { "fat", N_("FAT") },
  { "dir", N_("Folder") }, { "ploop", N_("ploop") }, { "aio", N_("AIO (Xen)") }, { NULL }
};
static const LodgeFieldChoice caches[] = {
  { "default", N_("Default") }, { "none", N_("None") }, { "writeback", N_("Write Back") },
  { "writethrough", N_("Write Through") }, { "directsync", N_("Direct and Synchronous") },
  { "unsafe", N_("Unsafe") }, { NULL }
};
static const LodgeFieldChoice ios[] = {
  { "native", N_("Native") }, { "threads", N_("Threads") }, { "io_uring", N_("io_uring") }, { NULL }
};
static const LodgeFieldChoice discards[] = {
  { "unmap", N_("Passed to the Storage") }, { "ignore", N_("Ignored") }, { NULL }
};
static const LodgeFieldChoice zeroes[] = {
  { "off", N_("Off") }, { "on", N_("Written Efficiently") }, { "unmap", N_("Given Back") }, { NULL }
};
static const LodgeFieldChoice error_policies[] = {
  { "stop", N_("Pause the Machine") }, { "report", N_("Report to the Guest") }, { "ignore", N_("Ignore") },
  { "enospace", N_("Pause When Full") }, { NULL }
};
static const LodgeFieldChoice read_policies[] = {
  { "stop", N_("Pause the Machine") }, { "report", N_("Report to the Guest") }, { "ignore", N_("Ignore") },
  { NULL }
};
static const LodgeFieldChoice snapshots[] = {
  { "internal", N_("Inside the Image") }, { "external", N_("In a New File") }, { "manual", N_("By Hand") },
  { "no", N_("Not Included") }, { NULL }
};
static const LodgeFieldChoice sgio[] = {
  { "filtered", N_("Safe Commands") }, { "unfiltered", N_("All Commands") }, { NULL }
};
static const LodgeFieldChoice trays[] = {
  { "open", N_("Open") }, { "closed", N_("Closed") }, { NULL }
};
static const LodgeFieldChoice protocols[] = {
  { "rbd", N_("Ceph (RBD)") }, { "iscsi", N_("iSCSI") }, { "nbd", N_("NBD") }, { "nfs", N_("NFS") },
  { "http", N_("HTTP") }, { "https", N_("HTTPS") }, { "ftp", N_("FTP") }, { "ftps", N_("FTPS") },
  { "tftp", N_("TFTP") }, { "ssh", N_("SSH") }, { "gluster", N_("Gluster") }, { "sheepdog", N_("Sheepdog") },
  { "vxhs", N_("VxHS") }, { NULL }
};
static const LodgeFieldChoice transports[] = {
  { "tcp", N_("TCP") }, { "rdma", N_("RDMA") }, { "unix", N_("Unix Socket") }, { NULL }
};
static const LodgeFieldChoice modes[] = {
  { "host", N_("By the Host") }, { "direct", N_("By the Hypervisor") }, { NULL }
};
static const LodgeFieldChoice translations[] = {
  { "auto", N_("Automatic") }, { "none", N_("None") }, { "lba", N_("LBA") }, { NULL }
};
static const LodgeFieldChoice secrets[] = {
  { "ceph", N_("Ceph") }, { "iscsi", N_("iSCSI") }, { NULL }
};
static const LodgeFieldChoice encryptions[] = {
  { "luks", N_("LUKS") }, { "luks2", N_("LUKS 2") }, { "luks-any", N_("Any LUKS") }, { "qcow", N_("qcow") },
  { "default", N_("Default") }, { NULL }
};
static const LodgeFieldChoice engines[] = {
  { "qemu", N_("QEMU") }, { "librbd", N_("Ceph") }, { NULL }
};

#define SOURCE N_("Storage")
#define NETWORK N_("Network Storage")
#define PERFORMANCE N_("Performance")
#define LIMITS N_("Limits")
#define ERRORS N_("Errors")
#define IDENTITY N_("What the Guest Sees")
#define ENCRYPTION N_("Encryption")

static const LodgeField fields[] = {
  { "device", "@device", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = devices, .fallback = "disk",
    .capability = "devices/disk/enum[@name='diskDevice']", .flags = LODGE_FIELD_FIXED },
  { "bus", "target/@bus", LODGE_FIELD_ENUM, N_("Bus"), N_("How the disk is connected in the machine"),
    .choices = buses, .capability = "devices/disk/enum[@name='bus']" },
  { "dev", "target/@dev", LODGE_FIELD_STRING, N_("Name in the Machine"), N_("Only a hint to the guest, like vda"),
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED | LODGE_FIELD_MORE },
  { "readonly", "readonly", LODGE_FIELD_PRESENCE, N_("Read-Only"), NULL },
  { "shareable", "shareable", LODGE_FIELD_PRESENCE, N_("Shared"), N_("Other machines may use it at the same time") },
  { "transient", "transient", LODGE_FIELD_PRESENCE, N_("Forget Changes"),
    N_("What the guest writes is dropped when it stops"), .flags = LODGE_FIELD_MORE },
  { "transient-share", "transient/@shareBacking", LODGE_FIELD_BOOL, N_("Other Machines May Use It"), NULL,
    .needs = "transient", .flags = LODGE_FIELD_MORE | LODGE_FIELD_KEEPS_PARENT },
  { "snapshot", "@snapshot", LODGE_FIELD_ENUM, N_("In Snapshots"), NULL, .choices = snapshots,
    .flags = LODGE_FIELD_MORE },
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = lodge_choices_virtio_model,
    .needs = "bus=virtio", .capability = "devices/disk/enum[@name='model']", .flags = LODGE_FIELD_MORE },

  { "type", "@type", LODGE_FIELD_ENUM, N_("Storage"), NULL, .choices = types, .fallback = "file", .group = SOURCE },
  { "file", "source/@file", LODGE_FIELD_PATH, N_("File"), NULL, .needs = "type=file", .flags = LODGE_FIELD_LIVE,
    .group = SOURCE },
  { "block", "source/@dev", LODGE_FIELD_PATH, N_("Device"), NULL, .needs = "type=block vhostvdpa",
    .flags = LODGE_FIELD_LIVE, .group = SOURCE },
  { "dir", "source/@dir", LODGE_FIELD_PATH, N_("Folder"), NULL, .needs = "type=dir", .group = SOURCE },
  { "pool", "source/@pool", LODGE_FIELD_STRING, N_("Pool"), NULL, .needs = "type=volume",
    .flags = LODGE_FIELD_LIVE, .group = SOURCE },
  { "volume", "source/@volume", LODGE_FIELD_STRING, N_("Volume"), NULL, .needs = "type=volume",
    .flags = LODGE_FIELD_LIVE, .group = SOURCE },
  { "volume-mode", "source/@mode", LODGE_FIELD_ENUM, N_("Network Volumes Are Reached"), NULL, .choices = modes,
    .needs = "type=volume", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "format", "driver/@type", LODGE_FIELD_ENUM, N_("Format"), N_("A wrong format can damage the image"),
    .choices = formats, .group = SOURCE },
  { "driver-name", "driver/@name", LODGE_FIELD_STRING, N_("Driver"), NULL, .flags = LODGE_FIELD_MORE,
    .group = SOURCE },
  { "startup-policy", "source/@startupPolicy", LODGE_FIELD_ENUM, N_("When It Is Missing"), NULL,
    .choices = lodge_choices_startup_policy, .fallback = "mandatory", .needs = "type=file block volume",
    .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "tray", "target/@tray", LODGE_FIELD_ENUM, N_("Tray"), NULL, .choices = trays, .fallback = "closed",
    .needs = "device=cdrom floppy", .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .group = SOURCE },
  { "nvme-namespace", "source/@namespace", LODGE_FIELD_UINT, N_("NVMe Namespace"), NULL, .needs = "type=nvme",
    .minimum = 1, .maximum = G_MAXUINT32, .group = SOURCE },
  { "nvme-managed", "source/@managed", LODGE_FIELD_BOOL, N_("Taken from the Host at Start"), NULL,
    .needs = "type=nvme", .group = SOURCE },
  { "nvme-domain", "source/address/@domain", LODGE_FIELD_HEX, N_("PCI Segment"), NULL, .needs = "type=nvme",
    .maximum = 65535, .group = SOURCE },
  { "nvme-bus", "source/address/@bus", LODGE_FIELD_HEX, N_("PCI Bus"), NULL, .needs = "type=nvme", .maximum = 255,
    .group = SOURCE },
  { "nvme-slot", "source/address/@slot", LODGE_FIELD_HEX, N_("PCI Slot"), NULL, .needs = "type=nvme",
    .maximum = 31, .group = SOURCE },
  { "nvme-function", "source/address/@function", LODGE_FIELD_HEX, N_("PCI Function"), NULL, .needs = "type=nvme",
    .maximum = 7, .group = SOURCE },
  { "vhost-type", "source/@type", LODGE_FIELD_STRING, N_("Kind of Source"),
    N_("“pci” for NVMe, “unix” for vhost-user"), .needs = "type=nvme vhostuser", .flags = LODGE_FIELD_MORE,
    .group = SOURCE },
  { "vhost-path", "source/@path", LODGE_FIELD_PATH, N_("Socket"), NULL, .needs = "type=vhostuser", .group = SOURCE },
  { "vhost-reconnect", "source/reconnect/@enabled", LODGE_FIELD_BOOL, N_("Connect Again"), NULL,
    .needs = "type=vhostuser", .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "vhost-reconnect-timeout", "source/reconnect/@timeout", LODGE_FIELD_UINT, N_("Connect Again After"), NULL,
    .needs = "vhost-reconnect", .unit = N_("s"), .flags = LODGE_FIELD_MORE, .group = SOURCE },
  { "vhost-reconnect-delay", "source/reconnect/@delay", LODGE_FIELD_UINT,
    N_("Pause before Connecting Again"), NULL, .needs = "vhost-reconnect", .unit = N_("ms"),
    .flags = LODGE_FIELD_MORE,
    .group = SOURCE },
  { "fdgroup", "source/@fdgroup", LODGE_FIELD_STRING, N_("File Descriptor Group"),
    N_("Of an opened file that a program passes to libvirt"), .needs = "type=file", .flags = LODGE_FIELD_MORE,
    .group = SOURCE },
  { "reservations", "source/reservations/@managed", LODGE_FIELD_BOOL, N_("Persistent Reservations"),
    N_("libvirt runs the helper for a SCSI LUN"), .needs = "device=lun", .flags = LODGE_FIELD_MORE,
    .group = SOURCE },
  { "reservations-path", "source/reservations/source/@path", LODGE_FIELD_PATH, N_("Socket of the Helper"), NULL,
    .needs = "reservations=no", .flags = LODGE_FIELD_MORE, .group = SOURCE },

  { "protocol", "source/@protocol", LODGE_FIELD_ENUM, N_("Protocol"), NULL, .choices = protocols,
    .needs = "type=network", .group = NETWORK },
  { "source-name", "source/@name", LODGE_FIELD_STRING, N_("Name or Path"),
    N_("Pool and image, target and LUN, or path on the server"), .needs = "type=network", .flags = LODGE_FIELD_LIVE,
    .group = NETWORK },
  { "query", "source/@query", LODGE_FIELD_STRING, N_("Query"), NULL, .needs = "protocol=http https",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "tls", "source/@tls", LODGE_FIELD_BOOL, N_("Encrypted"), NULL, .needs = "protocol=nbd",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "tls-hostname", "source/@tlsHostname", LODGE_FIELD_STRING, N_("Name in the Certificate"), NULL, .needs = "tls",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "ssl-verify", "source/ssl/@verify", LODGE_FIELD_BOOL, N_("Check the Certificate"), NULL,
    .needs = "protocol=https ftps", .fallback = "yes", .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "readahead", "source/readahead/@size", LODGE_FIELD_SIZE, N_("Read Ahead"), NULL,
    .needs = "protocol=http https ftp ftps", .unit = "bytes", .minimum = 1,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE, .group = NETWORK },
  { "timeout", "source/timeout/@seconds", LODGE_FIELD_UINT, N_("Time Limit"), NULL,
    .needs = "protocol=http https ftp ftps", .unit = N_("s"), .minimum = 1, .maximum = 86400,
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "rbd-snapshot", "source/snapshot/@name", LODGE_FIELD_STRING, N_("Snapshot of the Image"), NULL,
    .needs = "protocol=rbd", .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "rbd-config", "source/config/@file", LODGE_FIELD_PATH, N_("Configuration File"), NULL, .needs = "protocol=rbd",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "initiator", "source/initiator/iqn/@name", LODGE_FIELD_STRING, N_("Initiator"), NULL,
    .needs = "protocol=iscsi", .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "ssh-user", "source/identity/@username", LODGE_FIELD_STRING, N_("User on the Server"), NULL,
    .needs = "protocol=ssh", .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "ssh-key", "source/identity/@keyfile", LODGE_FIELD_PATH, N_("SSH Key"), NULL, .needs = "protocol=ssh",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "ssh-agent", "source/identity/@agentsock", LODGE_FIELD_PATH, N_("Socket of the SSH Agent"), NULL,
    .needs = "protocol=ssh", .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "ssh-known-hosts", "source/knownHosts/@path", LODGE_FIELD_PATH, N_("Known Hosts"), NULL,
    .needs = "protocol=ssh", .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "nfs-user", "source/identity/@user", LODGE_FIELD_STRING, N_("NFS User"), NULL, .needs = "protocol=nfs",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "nfs-group", "source/identity/@group", LODGE_FIELD_STRING, N_("NFS Group"), NULL, .needs = "protocol=nfs",
    .flags = LODGE_FIELD_MORE, .group = NETWORK },
  { "auth-user", "source/auth/@username", LODGE_FIELD_STRING, N_("User Name"), NULL, .needs = "type=network",
    .flags = LODGE_FIELD_MORE, .group = NETWORK,
    .also = "auth/@username" },
  { "auth-secret-type", "source/auth/secret/@type", LODGE_FIELD_ENUM, N_("Kind of Secret"), NULL,
    .choices = secrets, .needs = "auth-user", .flags = LODGE_FIELD_MORE, .group = NETWORK,
    .also = "auth/secret/@type" },
  { "auth-secret-uuid", "source/auth/secret/@uuid", LODGE_FIELD_UUID, N_("Secret of the Host"), NULL,
    .needs = "auth-user", .flags = LODGE_FIELD_MORE, .group = NETWORK,
    .also = "auth/secret/@uuid" },
  { "auth-secret-usage", "source/auth/secret/@usage", LODGE_FIELD_STRING, N_("Use of the Secret"), NULL,
    .needs = "auth-user", .flags = LODGE_FIELD_MORE, .group = NETWORK,
    .also = "auth/secret/@usage" },

  { "cache", "driver/@cache", LODGE_FIELD_ENUM, N_("Cache Mode"), N_("How the host caches reads and writes"),
    .choices = caches, .fallback = "default", .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "io", "driver/@io", LODGE_FIELD_ENUM, N_("I/O Mode"),
    N_("“Native” needs a cache mode without the host’s cache"), .choices = ios, .flags = LODGE_FIELD_MORE,
    .group = PERFORMANCE },
  { "discard", "driver/@discard", LODGE_FIELD_ENUM, N_("Discarded Blocks"),
    N_("What happens to space that the guest frees"), .choices = discards, .flags = LODGE_FIELD_MORE,
    .group = PERFORMANCE },
  { "detect-zeroes", "driver/@detect_zeroes", LODGE_FIELD_ENUM, N_("Written Zeroes"), NULL, .choices = zeroes,
    .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "discard-no-unref", "driver/@discard_no_unref", LODGE_FIELD_ON_OFF, N_("Keep the Place of Discarded Blocks"),
    NULL, .needs = "format=qcow2", .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "copy-on-read", "driver/@copy_on_read", LODGE_FIELD_ON_OFF, N_("Copy on Read"),
    N_("What is read from the backing image is kept"), .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "iothread", "driver/@iothread", LODGE_FIELD_UINT, N_("I/O Thread"), NULL, .minimum = 1, .maximum = 65535,
    .needs = "bus=virtio", .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "queues", "driver/@queues", LODGE_FIELD_UINT, N_("Queues"), NULL, .minimum = 1, .maximum = 1024,
    .needs = "bus=virtio", .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "queue-size", "driver/@queue_size", LODGE_FIELD_UINT, N_("Queue Size"), NULL, .minimum = 2, .maximum = 1024,
    .needs = "bus=virtio", .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "ioeventfd", "driver/@ioeventfd", LODGE_FIELD_ON_OFF, N_("I/O Events"), NULL, .needs = "bus=virtio",
    .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "event-idx", "driver/@event_idx", LODGE_FIELD_ON_OFF, N_("Fewer Events"), NULL, .needs = "bus=virtio",
    .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },
  { "metadata-cache", "driver/metadata_cache/max_size", LODGE_FIELD_SIZE, N_("Cache of the Image’s Tables"), NULL,
    .unit = "bytes", .needs = "format=qcow2", .flags = LODGE_FIELD_MORE, .group = PERFORMANCE },

  { "error-policy", "driver/@error_policy", LODGE_FIELD_ENUM, N_("When Writing Fails"), NULL,
    .choices = error_policies, .group = ERRORS, .flags = LODGE_FIELD_MORE },
  { "rerror-policy", "driver/@rerror_policy", LODGE_FIELD_ENUM, N_("When Reading Fails"), NULL,
    .choices = read_policies, .group = ERRORS, .flags = LODGE_FIELD_MORE },

  { "limit-total-bytes", "iotune/total_bytes_sec", LODGE_FIELD_UINT, N_("Data"), NULL, .group = LIMITS,
    .unit = N_("bytes/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-total-bytes-max", "iotune/total_bytes_sec_max", LODGE_FIELD_UINT, N_("Data in Bursts"), NULL,
    .group = LIMITS, .unit = N_("bytes/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-total-bytes-max-length", "iotune/total_bytes_sec_max_length", LODGE_FIELD_UINT,
    N_("Data, Length of Bursts"), NULL, .group = LIMITS, .unit = N_("s"),
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-total-iops", "iotune/total_iops_sec", LODGE_FIELD_UINT, N_("Operations"), NULL, .group = LIMITS,
    .unit = N_("operations/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-total-iops-max", "iotune/total_iops_sec_max", LODGE_FIELD_UINT, N_("Operations in Bursts"), NULL,
    .group = LIMITS, .unit = N_("operations/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-total-iops-max-length", "iotune/total_iops_sec_max_length", LODGE_FIELD_UINT,
    N_("Operations, Length of Bursts"), NULL, .group = LIMITS, .unit = N_("s"),
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-read-bytes", "iotune/read_bytes_sec", LODGE_FIELD_UINT, N_("Data Read"), NULL, .group = LIMITS,
    .unit = N_("bytes/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-read-bytes-max", "iotune/read_bytes_sec_max", LODGE_FIELD_UINT, N_("Data Read in Bursts"), NULL,
    .group = LIMITS, .unit = N_("bytes/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-read-bytes-max-length", "iotune/read_bytes_sec_max_length", LODGE_FIELD_UINT,
    N_("Data Read, Length of Bursts"), NULL, .group = LIMITS, .unit = N_("s"),
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-read-iops", "iotune/read_iops_sec", LODGE_FIELD_UINT, N_("Reads"), NULL, .group = LIMITS,
    .unit = N_("operations/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-read-iops-max", "iotune/read_iops_sec_max", LODGE_FIELD_UINT, N_("Reads in Bursts"), NULL,
    .group = LIMITS, .unit = N_("operations/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-read-iops-max-length", "iotune/read_iops_sec_max_length", LODGE_FIELD_UINT, N_("Reads, Length of Bursts"),
    NULL, .group = LIMITS, .unit = N_("s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-write-bytes", "iotune/write_bytes_sec", LODGE_FIELD_UINT, N_("Data Written"), NULL, .group = LIMITS,
    .unit = N_("bytes/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-write-bytes-max", "iotune/write_bytes_sec_max", LODGE_FIELD_UINT, N_("Data Written in Bursts"), NULL,
    .group = LIMITS, .unit = N_("bytes/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-write-bytes-max-length", "iotune/write_bytes_sec_max_length", LODGE_FIELD_UINT,
    N_("Data Written, Length of Bursts"), NULL, .group = LIMITS, .unit = N_("s"),
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-write-iops", "iotune/write_iops_sec", LODGE_FIELD_UINT, N_("Writes"), NULL, .group = LIMITS,
    .unit = N_("operations/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-write-iops-max", "iotune/write_iops_sec_max", LODGE_FIELD_UINT, N_("Writes in Bursts"), NULL,
    .group = LIMITS, .unit = N_("operations/s"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-write-iops-max-length", "iotune/write_iops_sec_max_length", LODGE_FIELD_UINT,
    N_("Writes, Length of Bursts"), NULL, .group = LIMITS, .unit = N_("s"),
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-size-iops", "iotune/size_iops_sec", LODGE_FIELD_UINT, N_("Size That Counts as One Operation"), NULL,
    .group = LIMITS, .unit = N_("bytes"), .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "limit-group", "iotune/group_name", LODGE_FIELD_STRING, N_("Limits Shared by Name"), NULL, .group = LIMITS,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },

  { "encryption", "source/encryption/@format", LODGE_FIELD_ENUM, N_("Encryption"), NULL, .choices = encryptions,
    .flags = LODGE_FIELD_MORE, .group = ENCRYPTION,
    .also = "encryption/@format" },
  { "encryption-engine", "source/encryption/@engine", LODGE_FIELD_ENUM, N_("Decrypted By"), NULL,
    .choices = engines, .needs = "encryption", .flags = LODGE_FIELD_MORE, .group = ENCRYPTION,
    .also = "encryption/@engine" },
  { "encryption-secret", "source/encryption/secret[@type='passphrase']/@uuid", LODGE_FIELD_UUID,
    N_("Secret with the Passphrase"), NULL, .needs = "encryption", .flags = LODGE_FIELD_MORE,
    .group = ENCRYPTION,
    .also = "encryption/secret[@type='passphrase']/@uuid" },
  { "encryption-usage", "source/encryption/secret[@type='passphrase']/@usage", LODGE_FIELD_STRING,
    N_("Use of the Secret"), NULL, .needs = "encryption", .flags = LODGE_FIELD_MORE, .group = ENCRYPTION,
    .also = "encryption/secret[@type='passphrase']/@usage" },

  { "encryption-cipher-name", "source/encryption/cipher/@name", LODGE_FIELD_STRING, N_("Cipher"), NULL,
    .group = ENCRYPTION, .needs = "encryption", .flags = LODGE_FIELD_MORE,
    .also = "encryption/cipher/@name" },
  { "encryption-cipher-size", "source/encryption/cipher/@size", LODGE_FIELD_UINT, N_("Key Size"), NULL,
    .unit = N_("bits"), .minimum = 1, .maximum = 65536, .group = ENCRYPTION, .needs = "encryption",
    .flags = LODGE_FIELD_MORE,
    .also = "encryption/cipher/@size" },
  { "encryption-cipher-mode", "source/encryption/cipher/@mode", LODGE_FIELD_STRING, N_("Cipher Mode"), NULL,
    .group = ENCRYPTION, .needs = "encryption", .flags = LODGE_FIELD_MORE,
    .also = "encryption/cipher/@mode" },
  { "encryption-cipher-hash", "source/encryption/cipher/@hash", LODGE_FIELD_STRING, N_("Hash"), NULL,
    .group = ENCRYPTION, .needs = "encryption", .flags = LODGE_FIELD_MORE,
    .also = "encryption/cipher/@hash" },
  { "encryption-ivgen-name", "source/encryption/ivgen/@name", LODGE_FIELD_STRING, N_("Initial Vector"), NULL,
    .group = ENCRYPTION, .needs = "encryption", .flags = LODGE_FIELD_MORE,
    .also = "encryption/ivgen/@name" },
  { "encryption-ivgen-hash", "source/encryption/ivgen/@hash", LODGE_FIELD_STRING, N_("Hash of the Initial Vector"),
    NULL, .group = ENCRYPTION, .needs = "encryption", .flags = LODGE_FIELD_MORE,
    .also = "encryption/ivgen/@hash" },

  { "serial", "serial", LODGE_FIELD_STRING, N_("Serial Number"), NULL, .flags = LODGE_FIELD_MORE,
    .group = IDENTITY },
  { "wwn", "wwn", LODGE_FIELD_STRING, N_("World Wide Name"), N_("16 hexadecimal digits"),
    .needs = "bus=scsi ide sata", .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "vendor", "vendor", LODGE_FIELD_STRING, N_("Vendor"), N_("Up to 8 characters"), .needs = "bus=scsi",
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "product", "product", LODGE_FIELD_STRING, N_("Product"), N_("Up to 40 characters"),
    .needs = "bus=scsi ide sata virtio", .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "rotation-rate", "target/@rotation_rate", LODGE_FIELD_UINT, N_("Rotation Rate"), N_("1 is a solid-state disk"),
    .minimum = 1, .maximum = 65534, .unit = N_("rpm"), .needs = "bus=scsi ide sata", .flags = LODGE_FIELD_MORE,
    .group = IDENTITY },
  { "removable", "target/@removable", LODGE_FIELD_ON_OFF, N_("Removable"), NULL, .needs = "bus=usb",
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "rawio", "@rawio", LODGE_FIELD_BOOL, N_("Raw Access"), N_("The machine may send any command to the disk"),
    .needs = "device=lun", .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "sgio", "@sgio", LODGE_FIELD_ENUM, N_("SCSI Commands"), NULL, .choices = sgio, .needs = "device=lun",
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "logical-block-size", "blockio/@logical_block_size", LODGE_FIELD_SIZE, N_("Logical Block Size"), NULL,
    .unit = "bytes", .minimum = 512, .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE, .group = IDENTITY },
  { "physical-block-size", "blockio/@physical_block_size", LODGE_FIELD_SIZE, N_("Physical Block Size"), NULL,
    .unit = "bytes", .minimum = 512, .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE, .group = IDENTITY },
  { "discard-granularity", "blockio/@discard_granularity", LODGE_FIELD_SIZE, N_("Discard Granularity"), NULL,
    .unit = "bytes", .minimum = 0, .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE, .group = IDENTITY },
  { "geometry-cyls", "geometry/@cyls", LODGE_FIELD_UINT, N_("Cylinders"), NULL, .minimum = 1,
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "geometry-heads", "geometry/@heads", LODGE_FIELD_UINT, N_("Heads"), NULL, .minimum = 1,
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "geometry-secs", "geometry/@secs", LODGE_FIELD_UINT, N_("Sectors"), NULL, .minimum = 1,
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "geometry-trans", "geometry/@trans", LODGE_FIELD_ENUM, N_("Translation"), NULL, .choices = translations,
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },
  { "backend-domain", "backenddomain/@name", LODGE_FIELD_STRING, N_("Driver Machine (Xen)"), NULL,
    .flags = LODGE_FIELD_MORE, .group = IDENTITY },

  LODGE_VIRTIO_ROWS,
  LODGE_BOOT_ROW,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

static const LodgeField host_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name or Address"), NULL },
  { "port", "@port", LODGE_FIELD_UINT, N_("Port"), NULL, .minimum = 1, .maximum = 65535 },
  { "transport", "@transport", LODGE_FIELD_ENUM, N_("Transport"), NULL, .choices = transports, .fallback = "tcp",
    .flags = LODGE_FIELD_MORE },
  { "socket", "@socket", LODGE_FIELD_PATH, N_("Socket"), NULL, .needs = "transport=unix",
    .flags = LODGE_FIELD_MORE },
};
static const LodgeSchema host = {
  .id = "disk-host", .path = "source/host", .title = N_("Servers"), LODGE_FIELDS (host_fields), .many = TRUE,
  .blank = "<host name='server.example.com'/>",
};
static const LodgeField cookie_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "value", "", LODGE_FIELD_STRING, N_("Value"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_SECRET },
};
static const LodgeSchema cookie = {
  .id = "disk-cookie", .path = "source/cookies/cookie", .title = N_("Cookies"), LODGE_FIELDS (cookie_fields),
    .many = TRUE,
  .blank = "<cookie name='name'>value</cookie>",
};
static const LodgeField filter_fields[] = {
  { "group", "@group", LODGE_FIELD_STRING, N_("Group"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema filter = {
  .id = "disk-throttle-filter", .path = "throttlefilters/throttlefilter", .title = N_("Limits of Groups"),
    LODGE_FIELDS (filter_fields), .many = TRUE,
  .blank = "<throttlefilter group='limit'/>",
};
static const LodgeField slice_fields[] = {
  { "offset", "@offset", LODGE_FIELD_SIZE, N_("Starts At"), NULL, .unit = "bytes",
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_BARE },
  { "size", "@size", LODGE_FIELD_SIZE, N_("Size"), NULL, .unit = "bytes", .minimum = 1,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_BARE },
};
static const LodgeSchema slice = {
  .id = "disk-slice", .path = "source/slices/slice", .title = N_("Part of the Storage"), LODGE_FIELDS (slice_fields),
    .many = TRUE,
  .blank = "<slice type='storage' offset='0' size='1048576'/>",
};
static const LodgeSchema * const lists[] = { &host, &cookie, &filter, &slice, NULL };

const LodgeSchema lodge_schema_disk = {
  .id = "disk", .path = "devices/disk", .title = N_("Disk"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<disk type='file' device='disk'>\n  <target dev='vda' bus='virtio'/>\n</disk>", .lists = lists,
  .section = "hard-drives-floppy-disks-cdroms",
};
