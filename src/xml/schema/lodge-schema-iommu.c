/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "intel", N_("Intel") }, { "virtio", N_("Virtio") }, { "smmuv3", N_("Arm SMMUv3") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models, .flags = LODGE_FIELD_REQUIRED },
  { "intremap", "driver/@intremap", LODGE_FIELD_ON_OFF, N_("Interrupt Remapping"), NULL, .needs = "model=intel",
    .flags = LODGE_FIELD_MORE },
  { "caching-mode", "driver/@caching_mode", LODGE_FIELD_ON_OFF, N_("Caching Mode"),
    N_("Needed to assign devices inside the guest"), .needs = "model=intel", .flags = LODGE_FIELD_MORE },
  { "eim", "driver/@eim", LODGE_FIELD_ON_OFF, N_("More Than 255 Processors"), NULL, .needs = "model=intel",
    .flags = LODGE_FIELD_MORE },
  { "iotlb", "driver/@iotlb", LODGE_FIELD_ON_OFF, N_("Device’s Own Cache"), NULL, .needs = "model=intel",
    .flags = LODGE_FIELD_MORE },
  { "aw-bits", "driver/@aw_bits", LODGE_FIELD_UINT, N_("Address Width"), NULL, .needs = "model=intel",
    .unit = N_("bits"), .minimum = 32, .maximum = 64, .flags = LODGE_FIELD_MORE },
  { "dma-translation", "driver/@dma_translation", LODGE_FIELD_ON_OFF, N_("Translate Memory Access"), NULL,
    .needs = "model=intel", .flags = LODGE_FIELD_MORE },
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_iommu = {
  .id = "iommu", .path = "devices/iommu", .title = N_("IOMMU"), LODGE_FIELDS (fields),
  .blank = "<iommu model='intel'/>",
  .section = "iommu-devices",
};
