/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice modes[] = {
  { "host-passthrough", N_("Same as the Host") }, { "host-model", N_("Like the Host, Can Be Moved") },
  { "maximum", N_("All That the Hypervisor Can") }, { "custom", N_("A Named Model") }, { NULL }
};
static const LodgeFieldChoice matches[] = {
  { "exact", N_("Exactly This Model") }, { "minimum", N_("At Least This Model") },
  { "strict", N_("The Host Must Match") }, { NULL }
};
static const LodgeFieldChoice checks[] = {
  { "none", N_("No Check") }, { "partial", N_("Before the Start") }, { "full", N_("Also What the Guest Really Gets") },
  { NULL }
};
static const LodgeFieldChoice fallbacks[] = {
  { "allow", N_("A Similar One") }, { "forbid", N_("Do Not Start") }, { NULL }
};
static const LodgeFieldChoice placements[] = { { "static", N_("As Set Here") }, { "auto", N_("By numad") }, { NULL } };
static const LodgeFieldChoice cache_modes[] = {
  { "emulate", N_("Emulated") }, { "passthrough", N_("Of the Host") }, { "disable", N_("None") }, { NULL }
};
static const LodgeFieldChoice cache_levels[] = { { "1", N_("L1") }, { "2", N_("L2") }, { "3", N_("L3") }, { NULL } };
static const LodgeFieldChoice address_modes[] = {
  { "emulate", N_("Emulated") }, { "passthrough", N_("Of the Host") }, { NULL }
};
static const LodgeFieldChoice policies[] = {
  { "require", N_("Required") }, { "optional", N_("If the Host Has It") }, { "disable", N_("Off") },
  { "force", N_("On, Even If Emulated") }, { "forbid", N_("The Host Must Not Have It") }, { NULL }
};
static const LodgeFieldChoice accesses[] = { { "shared", N_("Shared") }, { "private", N_("Private") }, { NULL } };
static const LodgeFieldChoice associativities[] = {
  { "none", N_("None") }, { "direct", N_("Direct") }, { "full", N_("Full") }, { NULL }
};
static const LodgeFieldChoice cache_policies[] = {
  { "none", N_("None") }, { "writeback", N_("Write Back") }, { "writethrough", N_("Write Through") }, { NULL }
};

#define MODEL N_("Model")
#define TOPOLOGY N_("Topology")

static const LodgeField fields[] = {
  { "current", "vcpu/@current", LODGE_FIELD_UINT, N_("Processors"), N_("How many the guest has when it starts"),
    .minimum = 1, .maximum = 4096, .flags = LODGE_FIELD_LIVE },
  { "maximum", "vcpu", LODGE_FIELD_UINT, N_("Most Processors"), N_("How many can be added while it runs"), .minimum = 1,
    .maximum = 4096, .fallback = "1" },
  { "placement", "vcpu/@placement", LODGE_FIELD_ENUM, N_("Placement"), N_("Who chooses the host’s processors"),
    .choices = placements, .fallback = "static", .flags = LODGE_FIELD_MORE },
  { "cpuset", "vcpu/@cpuset", LODGE_FIELD_CPUSET, N_("On the Host’s Processors"),
    N_("The machine runs on these processors of the host only"), .needs = "placement=static",
    .flags = LODGE_FIELD_MORE },

  { "mode", "cpu/@mode", LODGE_FIELD_ENUM, N_("Kind"), N_("What processor the guest sees"), .group = MODEL,
    .choices = modes, .fallback = "custom" },
  { "model", "cpu/model", LODGE_FIELD_STRING, N_("Model"), N_("A name that libvirt knows, like EPYC or Skylake-Server"),
    .group = MODEL, .needs = "mode=custom host-model" },
  { "migratable", "cpu/@migratable", LODGE_FIELD_ON_OFF, N_("Only What Can Be Moved"),
    N_("Leaves out what prevents moving the running machine"), .group = MODEL, .needs = "mode=host-passthrough maximum",
    .fallback = "on", .flags = LODGE_FIELD_MORE },
  { "match", "cpu/@match", LODGE_FIELD_ENUM, N_("Match"), NULL, .group = MODEL, .choices = matches, .fallback = "exact",
    .flags = LODGE_FIELD_MORE },
  { "check", "cpu/@check", LODGE_FIELD_ENUM, N_("Check"), N_("Whether the host can give what is set here"),
    .group = MODEL,
    .choices = checks, .flags = LODGE_FIELD_MORE },
  { "model-fallback", "cpu/model/@fallback", LODGE_FIELD_ENUM, N_("If the Model Is Unknown"), NULL, .group = MODEL,
    .choices = fallbacks, .fallback = "allow", .needs = "model", .flags = LODGE_FIELD_MORE },
  { "vendor-id", "cpu/model/@vendor_id", LODGE_FIELD_STRING, N_("Vendor ID"),
    N_("Twelve characters that the guest reads, like GenuineIntel"), .group = MODEL, .needs = "model",
    .flags = LODGE_FIELD_MORE },
  { "vendor", "cpu/vendor", LODGE_FIELD_STRING, N_("Vendor of the Host"),
    N_("The machine starts only on a processor of this vendor"), .group = MODEL, .needs = "model",
    .flags = LODGE_FIELD_MORE },
  { "deprecated-features", "cpu/@deprecated_features", LODGE_FIELD_ON_OFF, N_("Deprecated Features"), NULL,
    .group = MODEL,
    .flags = LODGE_FIELD_MORE },

  { "sockets", "cpu/topology/@sockets", LODGE_FIELD_UINT, N_("Sockets"), NULL, .group = TOPOLOGY, .minimum = 1,
    .maximum = 4096, .flags = LODGE_FIELD_MORE },
  { "dies", "cpu/topology/@dies", LODGE_FIELD_UINT, N_("Dies per Socket"), NULL, .group = TOPOLOGY, .minimum = 1,
    .maximum = 4096, .fallback = "1", .flags = LODGE_FIELD_MORE },
  { "clusters", "cpu/topology/@clusters", LODGE_FIELD_UINT, N_("Clusters per Die"), NULL, .group = TOPOLOGY,
    .minimum = 1,
    .maximum = 4096, .fallback = "1", .flags = LODGE_FIELD_MORE },
  { "cores", "cpu/topology/@cores", LODGE_FIELD_UINT, N_("Cores per Cluster"), NULL, .group = TOPOLOGY, .minimum = 1,
    .maximum = 4096, .flags = LODGE_FIELD_MORE },
  { "threads", "cpu/topology/@threads", LODGE_FIELD_UINT, N_("Threads per Core"), NULL, .group = TOPOLOGY, .minimum = 1,
    .maximum = 4096, .flags = LODGE_FIELD_MORE },
  { "cache-level", "cpu/cache/@level", LODGE_FIELD_ENUM, N_("Level of the Cache"), NULL, .group = TOPOLOGY,
    .choices = cache_levels, .needs = "cache-mode=emulate", .flags = LODGE_FIELD_MORE },
  { "cache-mode", "cpu/cache/@mode", LODGE_FIELD_ENUM, N_("Cache"), N_("What the guest sees of the processor’s cache"),
    .group = TOPOLOGY, .choices = cache_modes, .flags = LODGE_FIELD_MORE },
  { "address-mode", "cpu/maxphysaddr/@mode", LODGE_FIELD_ENUM, N_("Width of Addresses"), NULL, .group = TOPOLOGY,
    .choices = address_modes, .flags = LODGE_FIELD_MORE },
  { "address-bits", "cpu/maxphysaddr/@bits", LODGE_FIELD_UINT, N_("Bits of Addresses"), NULL, .group = TOPOLOGY,
    .unit = N_("bits"), .minimum = 32, .maximum = 64, .needs = "address-mode=emulate", .flags = LODGE_FIELD_MORE },
  { "address-limit", "cpu/maxphysaddr/@limit", LODGE_FIELD_UINT, N_("Most Bits of Addresses"), NULL, .group = TOPOLOGY,
    .unit = N_("bits"), .minimum = 32, .maximum = 64, .needs = "address-mode=passthrough", .flags = LODGE_FIELD_MORE },
};

static const LodgeField feature_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), N_("As libvirt calls it, like vmx or ssbd"),
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "policy", "@policy", LODGE_FIELD_ENUM, N_("Policy"), NULL, .choices = policies, .fallback = "require" },
};
static const LodgeSchema feature = {
  .id = "cpu-feature", .path = "cpu/feature", .title = N_("Processor Features"), LODGE_FIELDS (feature_fields),
    .many = TRUE,
  .blank = "<feature policy='require' name='vmx'/>",
};

static const LodgeField vcpu_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 4095,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "enabled", "@enabled", LODGE_FIELD_BOOL, N_("On"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "hotpluggable", "@hotpluggable", LODGE_FIELD_BOOL, N_("Can Be Removed"), NULL },
  { "order", "@order", LODGE_FIELD_UINT, N_("Order"), N_("In which they are added"), .minimum = 1, .maximum = 4096 },
};
static const LodgeSchema vcpu = {
  .id = "cpu-vcpu", .path = "vcpus/vcpu", .title = N_("Single Processors"), LODGE_FIELDS (vcpu_fields), .many = TRUE,
  .blank = "<vcpu id='0' enabled='yes'/>",
};

static const LodgeField distance_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("To Cell"), NULL, .maximum = 1023,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "value", "@value", LODGE_FIELD_UINT, N_("Distance"), N_("10 is the cell itself"), .minimum = 10, .maximum = 255,
    .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema distance = {
  .id = "numa-distance", .path = "distances/sibling", .title = N_("Distances"), LODGE_FIELDS (distance_fields),
  .many = TRUE, .blank = "<sibling id='0' value='10'/>",
};
static const LodgeField cache_fields[] = {
  { "level", "@level", LODGE_FIELD_UINT, N_("Level"), NULL, .minimum = 1, .maximum = 8, .flags = LODGE_FIELD_REQUIRED },
  { "associativity", "@associativity", LODGE_FIELD_ENUM, N_("Associativity"), NULL, .choices = associativities,
    .flags = LODGE_FIELD_REQUIRED },
  { "policy", "@policy", LODGE_FIELD_ENUM, N_("Policy"), NULL, .choices = cache_policies,
    .flags = LODGE_FIELD_REQUIRED },
  { "size", "size/@value", LODGE_FIELD_SIZE, N_("Size"), NULL, .unit = "KiB" },
  { "line", "line/@value", LODGE_FIELD_SIZE, N_("Line Size"), NULL, .unit = "bytes" },
};
static const LodgeSchema cache = {
  .id = "numa-cache", .path = "cache", .title = N_("Memory-Side Caches"), LODGE_FIELDS (cache_fields), .many = TRUE,
  .blank = "<cache level='1' associativity='direct' policy='writeback'>\n  <size value='10' unit='KiB'/>\n"
           "  <line value='8' unit='B'/>\n</cache>",
};
static const LodgeSchema * const cell_lists[] = { &distance, &cache, NULL };

static const LodgeField cell_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 1023, .flags = LODGE_FIELD_FIXED },
  { "cpus", "@cpus", LODGE_FIELD_CPUSET, N_("Processors"), N_("Of the guest, like 0-3") },
  { "memory", "@memory", LODGE_FIELD_SIZE, N_("Memory"), NULL, .unit = "KiB", .flags = LODGE_FIELD_REQUIRED },
  { "access", "@memAccess", LODGE_FIELD_ENUM, N_("Access"), NULL, .choices = accesses, .flags = LODGE_FIELD_MORE },
  { "discard", "@discard", LODGE_FIELD_BOOL, N_("Give Back at the End"), NULL, .flags = LODGE_FIELD_MORE },
};
static const LodgeSchema cell = {
  .id = "numa-cell", .path = "cpu/numa/cell", .title = N_("NUMA Cells"), LODGE_FIELDS (cell_fields), .many = TRUE,
  .blank = "<cell id='0' cpus='0' memory='1048576' unit='KiB'/>", .lists = cell_lists,
};

static const LodgeFieldChoice accesses_measured[] = {
  { "access", N_("Reading and Writing") }, { "read", N_("Reading") }, { "write", N_("Writing") }, { NULL }
};
static const LodgeField latency_fields[] = {
  { "initiator", "@initiator", LODGE_FIELD_UINT, N_("From Cell"), NULL, .maximum = 1023,
    .flags = LODGE_FIELD_REQUIRED },
  { "target", "@target", LODGE_FIELD_UINT, N_("To Cell"), NULL, .maximum = 1023, .flags = LODGE_FIELD_REQUIRED },
  { "cache", "@cache", LODGE_FIELD_UINT, N_("Of the Cache"), NULL, .maximum = 8 },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Of"), NULL, .choices = accesses_measured, .flags = LODGE_FIELD_REQUIRED },
  { "value", "@value", LODGE_FIELD_UINT, N_("Latency"), NULL, .unit = N_("ns"), .minimum = 1,
    .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema latency = {
  .id = "numa-latency", .path = "cpu/numa/interconnects/latency", .title = N_("Latencies"),
    LODGE_FIELDS (latency_fields), .many = TRUE,
  .blank = "<latency initiator='0' target='0' type='access' value='5'/>",
};
static const LodgeField bandwidth_fields[] = {
  { "initiator", "@initiator", LODGE_FIELD_UINT, N_("From Cell"), NULL, .maximum = 1023,
    .flags = LODGE_FIELD_REQUIRED },
  { "target", "@target", LODGE_FIELD_UINT, N_("To Cell"), NULL, .maximum = 1023, .flags = LODGE_FIELD_REQUIRED },
  { "cache", "@cache", LODGE_FIELD_UINT, N_("Of the Cache"), NULL, .maximum = 8 },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Of"), NULL, .choices = accesses_measured, .flags = LODGE_FIELD_REQUIRED },
  { "value", "@value", LODGE_FIELD_SIZE, N_("Bandwidth, per Second"), NULL, .unit = "KiB",
    .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema bandwidth = {
  .id = "numa-bandwidth", .path = "cpu/numa/interconnects/bandwidth", .title = N_("Bandwidths"),
    LODGE_FIELDS (bandwidth_fields), .many = TRUE,
  .blank = "<bandwidth initiator='0' target='0' type='access' value='204800' unit='KiB'/>",
};
static const LodgeSchema * const lists[] = { &feature, &vcpu, &cell, &latency, &bandwidth, NULL };

const LodgeSchema lodge_schema_cpu = {
  .id = "cpu", .path = "", .title = N_("Processors"), LODGE_FIELDS (fields), .lists = lists,
  .section = "cpu-model-and-topology",
};
