/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "virtio", N_("Virtio") }, { "virtio-transitional", N_("Virtio, for Old and New Guests") },
  { "virtio-non-transitional", N_("Virtio, for New Guests Only") }, { "xen", N_("Xen") }, { "none", N_("None") },
  { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), N_("Lets the host take memory back and read how it is used"),
    .choices = models, .flags = LODGE_FIELD_REQUIRED },
  { "period", "stats/@period", LODGE_FIELD_UINT, N_("Read Statistics Every"), NULL, .unit = N_("s"),
    .minimum = 1, .maximum = 86400, .needs = "model!=none", .flags = LODGE_FIELD_LIVE },
  { "autodeflate", "@autodeflate", LODGE_FIELD_ON_OFF, N_("Give Back before the Guest Runs Out"), NULL,
    .needs = "model!=none", .flags = LODGE_FIELD_MORE },
  { "free-page-reporting", "@freePageReporting", LODGE_FIELD_ON_OFF, N_("Report Free Memory"), NULL,
    .needs = "model!=none", .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_memballoon = {
  .id = "memballoon", .path = "devices/memballoon", .title = N_("Memory Balloon"), LODGE_FIELDS (fields),
  .blank = "<memballoon model='virtio'/>",
  .section = "memory-balloon-device",
};
