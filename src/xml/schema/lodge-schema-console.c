/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice targets[] = {
  { "serial", N_("Serial Port") }, { "virtio", N_("Virtio") }, { "xen", N_("Xen") }, { "lxc", N_("Container") },
  { "sclp", N_("s390") }, { "sclplm", N_("s390, Line Mode") }, { "uml", N_("User-Mode Linux") },
  { "openvz", N_("OpenVZ") }, { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Joined To"), N_("What is at the other end, on the host"),
    .choices = lodge_choices_character_type, .flags = LODGE_FIELD_REQUIRED },
  { "target-type", "target/@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = targets },
  { "port", "target/@port", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 255, .flags = LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS (""),
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_console = {
  .id = "console", .path = "devices/console", .title = N_("Console"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<console type='pty'/>",
  .section = "console",
};
