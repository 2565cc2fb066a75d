/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "virtio", N_("Virtio") }, { NULL }
};
static const LodgeFieldChoice types[] = {
  { "qemu", N_("QEMU") }, { NULL }
};
static const LodgeFieldChoice backends[] = {
  { "builtin", N_("Of the Hypervisor") }, { "lkcf", N_("Of the Host’s Kernel") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models,
    .capability = "devices/crypto/enum[@name='model']", .flags = LODGE_FIELD_REQUIRED },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_MORE },
  { "backend", "backend/@model", LODGE_FIELD_ENUM, N_("Done By"), NULL, .choices = backends,
    .capability = "devices/crypto/enum[@name='backendModel']", .flags = LODGE_FIELD_REQUIRED },
  { "queues", "backend/@queues", LODGE_FIELD_UINT, N_("Queues"), NULL, .minimum = 1, .maximum = 64,
    .needs = "backend=builtin", .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_crypto = {
  .id = "crypto", .path = "devices/crypto", .title = N_("Crypto Device"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<crypto model='virtio' type='qemu'>\n  <backend model='builtin'/>\n</crypto>",
  .section = "crypto",
};
