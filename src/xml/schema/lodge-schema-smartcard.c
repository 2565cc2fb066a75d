/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice modes[] = {
  { "passthrough", N_("From the Viewer") }, { "host", N_("Reader of the Host") },
  { "host-certificates", N_("Certificates of the Host") }, { NULL }
};

static const LodgeField fields[] = {
  { "mode", "@mode", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = modes, .flags = LODGE_FIELD_REQUIRED },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Joined To"), NULL, .choices = lodge_choices_character_type,
    .needs = "mode=passthrough" },
  { "database", "database", LODGE_FIELD_PATH, N_("Folder of Certificates"), NULL,
    .needs = "mode=host-certificates", .flags = LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS (""),
};

static const LodgeField certificate_fields[] = {
  { "name", "", LODGE_FIELD_STRING, N_("Name"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema certificate = {
  .id = "smartcard-certificate", .path = "certificate", .title = N_("Certificates"),
    LODGE_FIELDS (certificate_fields), .many = TRUE,
  .blank = "<certificate>name</certificate>",
};
static const LodgeSchema * const lists[] = { &certificate, NULL };

const LodgeSchema lodge_schema_smartcard = {
  .id = "smartcard", .path = "devices/smartcard", .title = N_("Smart Card"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<smartcard mode='passthrough' type='spicevmc'/>", .lists = lists,
  .section = "smartcard-devices",
};
