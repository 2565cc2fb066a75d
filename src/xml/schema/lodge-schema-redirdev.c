/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice buses[] = {
  { "usb", N_("USB") }, { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Joined To"), N_("What is at the other end, on the host"),
    .choices = lodge_choices_character_type, .flags = LODGE_FIELD_REQUIRED },
  { "bus", "@bus", LODGE_FIELD_ENUM, N_("Bus"), NULL, .choices = buses,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS (""),
  LODGE_BOOT_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_redirdev = {
  .id = "redirdev", .path = "devices/redirdev", .title = N_("USB Redirection"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<redirdev bus='usb' type='spicevmc'/>",
  .section = "redirected-devices",
};
