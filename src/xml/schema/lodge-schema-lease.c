/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeField fields[] = {
  { "lockspace", "lockspace", LODGE_FIELD_STRING, N_("Lock Space"), NULL },
  { "key", "key", LODGE_FIELD_STRING, N_("Key"), N_("Only one machine at a time has it"),
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "path", "target/@path", LODGE_FIELD_PATH, N_("File"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "offset", "target/@offset", LODGE_FIELD_UINT, N_("Offset"), NULL, .unit = N_("bytes"),
    .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_lease = {
  .id = "lease", .path = "devices/lease", .title = N_("Lease"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<lease>\n  <lockspace>space</lockspace>\n  <key>key</key>\n"
           "  <target path='/var/lib/libvirt/lease'/>\n</lease>",
  .section = "device-leases",
};
