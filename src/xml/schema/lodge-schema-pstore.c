/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice backends[] = {
  { "acpi-erst", N_("ACPI ERST") }, { NULL }
};

static const LodgeField fields[] = {
  { "backend", "@backend", LODGE_FIELD_ENUM, N_("Kind"), N_("Where the guest’s kernel leaves its last messages"),
    .choices = backends, .flags = LODGE_FIELD_REQUIRED },
  { "path", "path", LODGE_FIELD_PATH, N_("File"), NULL },
  { "size", "size", LODGE_FIELD_SIZE, N_("Size"), NULL, .unit = "KiB", .minimum = 4096 },
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_pstore = {
  .id = "pstore", .path = "devices/pstore", .title = N_("Persistent Store"), LODGE_FIELDS (fields),
  .blank = "<pstore backend='acpi-erst'>\n  <path>/var/lib/libvirt/pstore</path>\n"
           "  <size unit='KiB'>64</size>\n</pstore>",
  .section = "pstore",
};
