/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "dimm", N_("Module (DIMM)") }, { "virtio-mem", N_("Memory in Steps (virtio-mem)") },
  { "nvdimm", N_("Persistent Module (NVDIMM)") }, { "virtio-pmem", N_("Persistent Memory (virtio-pmem)") },
  { "sgx-epc", N_("Protected Memory (SGX)") }, { NULL }
};
static const LodgeFieldChoice accesses[] = {
  { "shared", N_("Shared") }, { "private", N_("Private") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = models,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "size", "target/size", LODGE_FIELD_SIZE, N_("Size"), NULL, .unit = "KiB", .minimum = 1024 * 1024,
    .flags = LODGE_FIELD_REQUIRED },
  { "node", "target/node", LODGE_FIELD_UINT, N_("NUMA Cell"), NULL, .maximum = 1023,
    .flags = LODGE_FIELD_KEEPS_PARENT },
  { "requested", "target/requested", LODGE_FIELD_SIZE, N_("Wanted Now"),
    N_("The guest gets or gives back memory up to this"), .unit = "KiB", .needs = "model=virtio-mem",
    .flags = LODGE_FIELD_LIVE },
  { "block", "target/block", LODGE_FIELD_SIZE, N_("Step"), NULL, .unit = "KiB", .needs = "model=virtio-mem",
    .flags = LODGE_FIELD_MORE },
  { "dynamic-slots", "target/@dynamicMemslots", LODGE_FIELD_BOOL, N_("Slots When Needed"), NULL,
    .needs = "model=virtio-mem", .flags = LODGE_FIELD_MORE },
  { "label-size", "target/label/size", LODGE_FIELD_SIZE, N_("Size of the Label"), NULL, .unit = "KiB",
    .needs = "model=nvdimm", .flags = LODGE_FIELD_MORE },
  { "target-readonly", "target/readonly", LODGE_FIELD_PRESENCE, N_("Read-Only"), NULL, .needs = "model=nvdimm",
    .flags = LODGE_FIELD_MORE },
  { "access", "@access", LODGE_FIELD_ENUM, N_("Access"), NULL, .choices = accesses, .flags = LODGE_FIELD_MORE },
  { "discard", "@discard", LODGE_FIELD_BOOL, N_("Give Back at the End"), NULL, .flags = LODGE_FIELD_MORE },
  { "path", "source/path", LODGE_FIELD_PATH, N_("File"), NULL, .needs = "model=nvdimm virtio-pmem" },
  { "alignsize", "source/alignsize", LODGE_FIELD_SIZE, N_("Alignment"), NULL, .unit = "KiB",
    .needs = "model=nvdimm", .flags = LODGE_FIELD_MORE },
  { "pmem", "source/pmem", LODGE_FIELD_PRESENCE, N_("On Persistent Memory"), NULL, .needs = "model=nvdimm",
    .flags = LODGE_FIELD_MORE },
  { "pagesize", "source/pagesize", LODGE_FIELD_SIZE, N_("Page Size"), NULL, .unit = "KiB",
    .needs = "model=dimm virtio-mem", .flags = LODGE_FIELD_MORE },
  { "nodemask", "source/nodemask", LODGE_FIELD_CPUSET, N_("NUMA Cells of the Host"), NULL,
    .needs = "model=dimm virtio-mem sgx-epc", .flags = LODGE_FIELD_MORE },
  { "uuid", "uuid", LODGE_FIELD_UUID, N_("UUID"), NULL, .needs = "model=nvdimm", .flags = LODGE_FIELD_MORE },
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_memory_device = {
  .id = "memory-device", .path = "devices/memory", .title = N_("Memory Module"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<memory model='dimm'>\n  <target>\n    <size unit='KiB'>524288</size>\n  </target>\n</memory>",
  .section = "memory-devices",
};
