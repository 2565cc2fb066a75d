/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "itco", N_("iTCO (q35)") }, { "i6300esb", N_("i6300ESB") }, { "ib700", N_("iB700") },
  { "diag288", N_("diag288 (s390)") }, { NULL }
};
static const LodgeFieldChoice actions[] = {
  { "reset", N_("Reset") }, { "shutdown", N_("Shut Down") }, { "poweroff", N_("Force Off") },
  { "pause", N_("Pause") }, { "none", N_("Nothing") }, { "dump", N_("Write a Dump") },
  { "inject-nmi", N_("Send an NMI") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models, .flags = LODGE_FIELD_REQUIRED },
  { "action", "@action", LODGE_FIELD_ENUM, N_("When It Fires"), NULL, .choices = actions, .fallback = "reset" },
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_watchdog = {
  .id = "watchdog", .path = "devices/watchdog", .title = N_("Watchdog"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<watchdog model='i6300esb' action='reset'/>",
  .section = "watchdog-devices",
};
