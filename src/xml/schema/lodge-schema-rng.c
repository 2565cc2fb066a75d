/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice backends[] = {
  { "random", N_("Device of the Host") }, { "builtin", N_("Of the Hypervisor") }, { "egd", N_("Entropy Daemon") },
  { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = lodge_choices_virtio_model,
    .capability = "devices/rng/enum[@name='model']", .flags = LODGE_FIELD_REQUIRED },
  { "backend", "backend/@model", LODGE_FIELD_ENUM, N_("Source"), NULL, .choices = backends,
    .capability = "devices/rng/enum[@name='backendModel']", .flags = LODGE_FIELD_REQUIRED },
  { "path", "backend", LODGE_FIELD_PATH, N_("Device"), NULL, .needs = "backend=random", .fallback = "/dev/urandom" },
  { "type", "backend/@type", LODGE_FIELD_ENUM, N_("Joined To"), NULL, .choices = lodge_choices_character_type,
    .needs = "backend=egd", .flags = LODGE_FIELD_MORE },
  { "rate-bytes", "rate/@bytes", LODGE_FIELD_UINT, N_("Most Data per Period"), NULL, .unit = N_("bytes"),
    .minimum = 1, .maximum = G_MAXUINT32, .flags = LODGE_FIELD_MORE },
  { "rate-period", "rate/@period", LODGE_FIELD_UINT, N_("Period"), NULL, .unit = N_("ms"), .minimum = 1,
    .maximum = G_MAXUINT32, .needs = "rate-bytes", .flags = LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS ("backend/"),
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_rng = {
  .id = "rng", .path = "devices/rng", .title = N_("Random Number Generator"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<rng model='virtio'>\n  <backend model='random'>/dev/urandom</backend>\n</rng>",
  .section = "random-number-generator-device",
};
