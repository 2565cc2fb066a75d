/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Joined To"), N_("What is at the other end, on the host"),
    .choices = lodge_choices_character_type, .flags = LODGE_FIELD_REQUIRED },
  { "port", "target/@port", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 255, .flags = LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS (""),
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_parallel = {
  .id = "parallel", .path = "devices/parallel", .title = N_("Parallel Port"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<parallel type='pty'/>",
  .section = "parallel-port",
};
