/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), N_("Sockets between the host and the guest, without a network"),
    .choices = lodge_choices_virtio_model },
  { "auto", "cid/@auto", LODGE_FIELD_BOOL, N_("Automatic Address"), NULL },
  { "address", "cid/@address", LODGE_FIELD_UINT, N_("Address"), NULL, .minimum = 3, .maximum = G_MAXUINT32 },
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_vsock = {
  .id = "vsock", .path = "devices/vsock", .title = N_("VSOCK"), LODGE_FIELDS (fields),
  .blank = "<vsock model='virtio'>\n  <cid auto='yes'/>\n</vsock>",
  .section = "vsock",
};
