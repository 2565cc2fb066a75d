/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "virtio", N_("Virtio") }, { "vga", N_("VGA") }, { "qxl", N_("QXL") }, { "bochs", N_("Bochs") },
  { "ramfb", N_("Memory Framebuffer") }, { "cirrus", N_("Cirrus") }, { "vmvga", N_("VMware") },
  { "xen", N_("Xen") }, { "vbox", N_("VirtualBox") }, { "gop", N_("GOP") }, { "none", N_("None") }, { NULL }
};
static const LodgeFieldChoice drivers[] = {
  { "qemu", N_("QEMU") }, { "vhostuser", N_("vhost-user") }, { NULL }
};
static const LodgeFieldChoice vga_confs[] = {
  { "io", N_("I/O") }, { "on", N_("On") }, { "off", N_("Off") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "model/@type", LODGE_FIELD_ENUM, N_("Model"), N_("The graphics card that the guest sees"),
    .choices = models, .capability = "devices/video/enum[@name='modelType']", .flags = LODGE_FIELD_REQUIRED },
  { "accel3d", "model/acceleration/@accel3d", LODGE_FIELD_BOOL, N_("3D Acceleration"), NULL,
    .needs = "model=virtio vbox" },
  { "accel2d", "model/acceleration/@accel2d", LODGE_FIELD_BOOL, N_("2D Acceleration"), NULL, .needs = "model=vbox",
    .flags = LODGE_FIELD_MORE },
  { "heads", "model/@heads", LODGE_FIELD_UINT, N_("Monitors"), NULL, .minimum = 1, .maximum = 16,
    .needs = "model=virtio qxl vbox" },
  { "primary", "model/@primary", LODGE_FIELD_BOOL, N_("First Card"), NULL, .flags = LODGE_FIELD_MORE },
  { "width", "model/resolution/@x", LODGE_FIELD_UINT, N_("Width"), N_("The monitor’s size when the guest starts"),
    .unit = N_("px"), .minimum = 1, .maximum = 16384, .flags = LODGE_FIELD_MORE },
  { "height", "model/resolution/@y", LODGE_FIELD_UINT, N_("Height"), NULL, .unit = N_("px"), .minimum = 1,
    .maximum = 16384, .flags = LODGE_FIELD_MORE },
  { "blob", "model/@blob", LODGE_FIELD_ON_OFF, N_("Blob Resources"), NULL, .needs = "model=virtio",
    .flags = LODGE_FIELD_MORE },
  { "ram", "model/@ram", LODGE_FIELD_SIZE, N_("Memory"), NULL, .unit = "KiB", .minimum = 1024,
    .needs = "model=qxl", .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE },
  { "vram", "model/@vram", LODGE_FIELD_SIZE, N_("Video Memory"), NULL, .unit = "KiB", .minimum = 1024,
    .needs = "model=vga qxl bochs cirrus vmvga vbox xen gop virtio",
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE },
  { "vram64", "model/@vram64", LODGE_FIELD_SIZE, N_("64-Bit Video Memory"), NULL, .unit = "KiB", .minimum = 1024,
    .needs = "model=qxl", .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE },
  { "vgamem", "model/@vgamem", LODGE_FIELD_SIZE, N_("VGA Memory"), NULL, .unit = "KiB", .minimum = 1024,
    .needs = "model=qxl", .flags = LODGE_FIELD_MORE | LODGE_FIELD_BARE },
  { "driver", "driver/@name", LODGE_FIELD_ENUM, N_("Driver"), NULL, .choices = drivers, .fallback = "qemu",
    .flags = LODGE_FIELD_MORE },
  { "vgaconf", "driver/@vgaconf", LODGE_FIELD_ENUM, N_("VGA (bhyve)"), NULL, .choices = vga_confs,
    .needs = "model=gop", .flags = LODGE_FIELD_MORE },
  { "render-node", "model/acceleration/@rendernode", LODGE_FIELD_PATH, N_("Graphics Card of the Host"), NULL,
    .needs = "driver=vhostuser", .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_video = {
  .id = "video", .path = "devices/video", .title = N_("Video"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<video>\n  <model type='virtio'/>\n</video>",
  .section = "video-devices",
};
