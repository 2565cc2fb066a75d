/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "ivshmem-plain", N_("Plain") }, { "ivshmem-doorbell", N_("With Interrupts") }, { "ivshmem", N_("Old") },
  { NULL }
};
static const LodgeFieldChoice roles[] = {
  { "master", N_("Keeps the Memory When Moved") }, { "peer", N_("Cannot Be Moved") }, { NULL }
};

static const LodgeField fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), N_("Machines with the same name share it"),
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "model", "model/@type", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models },
  { "size", "size", LODGE_FIELD_SIZE, N_("Size"), NULL, .unit = "bytes", .minimum = 1024 * 1024 },
  { "role", "@role", LODGE_FIELD_ENUM, N_("Role"), NULL, .choices = roles, .flags = LODGE_FIELD_MORE },
  { "server", "server/@path", LODGE_FIELD_PATH, N_("Socket of the Server"), NULL,
    .needs = "model=ivshmem-doorbell ivshmem", .flags = LODGE_FIELD_MORE },
  { "vectors", "msi/@vectors", LODGE_FIELD_UINT, N_("Interrupts"), NULL, .minimum = 1, .maximum = 2048,
    .needs = "model=ivshmem-doorbell ivshmem", .flags = LODGE_FIELD_MORE },
  { "ioeventfd", "msi/@ioeventfd", LODGE_FIELD_ON_OFF, N_("I/O Events"), NULL,
    .needs = "model=ivshmem-doorbell ivshmem", .flags = LODGE_FIELD_MORE },
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_shmem = {
  .id = "shmem", .path = "devices/shmem", .title = N_("Shared Memory"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<shmem name='shared'>\n  <model type='ivshmem-plain'/>\n  <size unit='M'>4</size>\n</shmem>",
  .section = "shared-memory-device",
};
