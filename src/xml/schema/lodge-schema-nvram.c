/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeField fields[] = {
  { "reg", "address[@type='spapr-vio']/@reg", LODGE_FIELD_HEX, N_("Register"), NULL,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_KEEPS_PARENT },
};

const LodgeSchema lodge_schema_nvram = {
  .id = "nvram", .path = "devices/nvram", .title = N_("NVRAM (POWER)"), LODGE_FIELDS (fields),
  .blank = "<nvram>\n  <address type='spapr-vio' reg='0x3000'/>\n</nvram>",
  .section = "nvram-device",
};
