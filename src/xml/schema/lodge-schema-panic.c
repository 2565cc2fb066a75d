/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "pvpanic", N_("PCI") }, { "isa", N_("ISA") }, { "hyperv", N_("Hyper-V") }, { "pseries", N_("POWER") },
  { "s390", N_("s390") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), N_("The guest tells the host that it has crashed"),
    .choices = models, .capability = "devices/panic/enum[@name='model']" },
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_panic = {
  .id = "panic", .path = "devices/panic", .title = N_("Panic Notifier"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<panic model='isa'/>",
  .section = "panic-device",
};
