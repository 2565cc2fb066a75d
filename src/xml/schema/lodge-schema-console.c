/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice targets[] = {
  { "serial", N_("Serial Port") }, { "virtio", N_("Virtio") }, { "xen", N_("Xen") }, { "lxc", N_("Container") },
  { "sclp", N_("s390") }, { "sclplm", N_("s390, Line Mode") }, { "uml", N_("User-Mode Linux") },
  { "openvz", N_("OpenVZ") }, { NULL }
};

static const LodgeFieldChoice models[] = {
  { "isa-serial", N_("ISA") }, { "usb-serial", N_("USB") }, { "pci-serial", N_("PCI") },
  { "spapr-vty", N_("POWER") }, { "pl011", N_("PL011") }, { "16550a", N_("16550A") },
  { "sclpconsole", N_("SCLP") }, { "sclplmconsole", N_("SCLP, Line Mode") }, { "isa-debugcon", N_("Debug Port") },
  { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Joined To"), N_("What is at the other end, on the host"),
    .choices = lodge_choices_character_type, .flags = LODGE_FIELD_REQUIRED },
  { "target-type", "target/@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = targets },
  { "target-model", "target/model/@name", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models,
    .flags = LODGE_FIELD_MORE },
  { "port", "target/@port", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 255, .flags = LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS (""),
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_console = {
  .id = "console", .path = "devices/console", .title = N_("Console"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<console type='pty'/>",
  .section = "console",
};
