/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice sources[] = {
  { "anonymous", N_("Anonymous Memory") }, { "memfd", N_("Memory File Descriptor") }, { "file", N_("File") }, { NULL }
};
static const LodgeFieldChoice accesses[] = { { "private", N_("Private") }, { "shared", N_("Shared") }, { NULL } };
static const LodgeFieldChoice allocations[] = {
  { "ondemand", N_("When Needed") }, { "immediate", N_("At Start") }, { NULL }
};

#define BACKING N_("Memory of the Host")
#define LIMITS N_("Limits")

static const LodgeField fields[] = {
  { "current", "currentMemory", LODGE_FIELD_SIZE, N_("Memory"), N_("What the guest has now"), .unit = "KiB",
    .minimum = 1024 * 1024, .flags = LODGE_FIELD_LIVE },
  { "memory", "memory", LODGE_FIELD_SIZE, N_("Most Memory"), N_("What the guest can have without new modules"),
    .unit = "KiB", .minimum = 1024 * 1024, .flags = LODGE_FIELD_REQUIRED },
  { "max-memory", "maxMemory", LODGE_FIELD_SIZE, N_("Most Memory with Modules"),
    N_("Modules can be added up to this while the machine runs"), .unit = "KiB", .minimum = 1024 * 1024,
    .flags = LODGE_FIELD_MORE },
  { "slots", "maxMemory/@slots", LODGE_FIELD_UINT, N_("Slots for Modules"), NULL, .minimum = 0, .maximum = 256,
    .needs = "max-memory", .flags = LODGE_FIELD_MORE },
  { "dump-core", "memory/@dumpCore", LODGE_FIELD_ON_OFF, N_("In Core Dumps"),
    N_("A dump of the hypervisor contains the guest’s memory"), .flags = LODGE_FIELD_MORE },

  { "access", "memoryBacking/access/@mode", LODGE_FIELD_ENUM, N_("Access"),
    N_("Shared folders (virtiofs) need “Shared”"), .group = BACKING, .choices = accesses },
  { "source", "memoryBacking/source/@type", LODGE_FIELD_ENUM, N_("Made From"), NULL, .group = BACKING,
    .choices = sources,
    .capability = "memoryBacking/enum[@name='sourceType']" },
  { "hugepages", "memoryBacking/hugepages", LODGE_FIELD_PRESENCE, N_("Huge Pages"),
    N_("Faster for large machines; the host must have set them aside"), .group = BACKING, .flags = LODGE_FIELD_MORE },
  { "hugepage-size", "memoryBacking/hugepages/page/@size", LODGE_FIELD_SIZE, N_("Size of Huge Pages"), NULL,
    .group = BACKING, .unit = "KiB", .needs = "hugepages", .flags = LODGE_FIELD_MORE | LODGE_FIELD_KEEPS_PARENT },
  { "hugepage-nodeset", "memoryBacking/hugepages/page/@nodeset", LODGE_FIELD_CPUSET,
    N_("Huge Pages for NUMA Cells"), NULL,
    .group = BACKING, .needs = "hugepage-size", .flags = LODGE_FIELD_MORE | LODGE_FIELD_KEEPS_PARENT },
  { "nosharepages", "memoryBacking/nosharepages", LODGE_FIELD_PRESENCE, N_("Never Merged"),
    N_("The host does not look for equal pages of other machines"), .group = BACKING, .flags = LODGE_FIELD_MORE },
  { "locked", "memoryBacking/locked", LODGE_FIELD_PRESENCE, N_("Never Swapped Out"), NULL, .group = BACKING,
    .flags = LODGE_FIELD_MORE },
  { "allocation", "memoryBacking/allocation/@mode", LODGE_FIELD_ENUM, N_("Taken"), NULL, .group = BACKING,
    .choices = allocations, .flags = LODGE_FIELD_MORE },
  { "allocation-threads", "memoryBacking/allocation/@threads", LODGE_FIELD_UINT, N_("Threads That Take It"), NULL,
    .group = BACKING, .minimum = 1, .maximum = 1024, .needs = "allocation=immediate", .flags = LODGE_FIELD_MORE },
  { "discard", "memoryBacking/discard", LODGE_FIELD_PRESENCE, N_("Give Back at the End"), NULL, .group = BACKING,
    .flags = LODGE_FIELD_MORE },

  { "hard-limit", "memtune/hard_limit", LODGE_FIELD_SIZE, N_("Hard Limit"),
    N_("The host stops a machine that takes more"), .group = LIMITS, .unit = "KiB",
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "soft-limit", "memtune/soft_limit", LODGE_FIELD_SIZE, N_("Soft Limit"),
    N_("Kept to when the host is short of memory"),
    .group = LIMITS, .unit = "KiB", .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "swap-hard-limit", "memtune/swap_hard_limit", LODGE_FIELD_SIZE, N_("Limit with Swap"), NULL, .group = LIMITS,
    .unit = "KiB", .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "min-guarantee", "memtune/min_guarantee", LODGE_FIELD_SIZE, N_("Guaranteed"), NULL, .group = LIMITS, .unit = "KiB",
    .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_memory = {
  .id = "memory", .path = "", .title = N_("Memory"), LODGE_FIELDS (fields), .section = "memory-allocation",
};
