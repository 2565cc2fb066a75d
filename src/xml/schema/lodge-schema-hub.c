/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "usb", N_("USB") }, { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types, .flags = LODGE_FIELD_REQUIRED },
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_hub = {
  .id = "hub", .path = "devices/hub", .title = N_("USB Hub"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<hub type='usb'/>",
  .section = "hub-devices",
};
