/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice schedulers[] = {
  { "fifo", N_("First In, First Out") }, { "rr", N_("Round Robin") }, { "batch", N_("Batch") }, { "idle", N_("Idle") },
  { NULL }
};
static const LodgeFieldChoice numa_modes[] = {
  { "strict", N_("Only There") }, { "preferred", N_("There First") }, { "interleave", N_("Spread") },
  { "restrictive", N_("As the Host’s Groups Say") }, { NULL }
};
static const LodgeFieldChoice placements[] = { { "static", N_("As Set Here") }, { "auto", N_("By numad") }, { NULL } };
static const LodgeFieldChoice cache_types[] = {
  { "both", N_("Code and Data") }, { "code", N_("Code") }, { "data", N_("Data") }, { NULL }
};
static const LodgeFieldChoice events[] = {
  { "cmt", N_("Cache Use") }, { "mbmt", N_("Memory Bandwidth") }, { "mbml", N_("Memory Bandwidth of the NUMA Cell") },
  { "cpu_cycles", N_("Processor Cycles") }, { "instructions", N_("Instructions") },
  { "cache_references", N_("Cache References") }, { "cache_misses", N_("Cache Misses") },
  { "branch_instructions", N_("Branches") }, { "branch_misses", N_("Mispredicted Branches") },
  { "bus_cycles", N_("Bus Cycles") }, { "stalled_cycles_frontend", N_("Stalled Cycles (Front End)") },
  { "stalled_cycles_backend", N_("Stalled Cycles (Back End)") }, { "ref_cpu_cycles", N_("Reference Cycles") },
  { "cpu_clock", N_("Processor Clock") }, { "task_clock", N_("Task Clock") }, { "page_faults", N_("Page Faults") },
  { "context_switches", N_("Context Switches") }, { "cpu_migrations", N_("Moves between Processors") },
  { "page_faults_min", N_("Minor Page Faults") }, { "page_faults_maj", N_("Major Page Faults") },
  { "alignment_faults", N_("Alignment Faults") }, { "emulation_faults", N_("Emulation Faults") }, { NULL }
};

#define CPU N_("Processor Time")
#define EMULATOR N_("Hypervisor’s Own Threads")
#define IO N_("Disks")
#define NUMA N_("Memory of the Host")

static const LodgeField fields[] = {
  { "shares", "cputune/shares", LODGE_FIELD_UINT, N_("Share"),
    N_("Against other machines when the host is busy; 1024 is usual"), .group = CPU, .minimum = 1,
    .maximum = 262144, .flags = LODGE_FIELD_LIVE },
  { "period", "cputune/period", LODGE_FIELD_UINT, N_("Period of Each Processor"), NULL, .group = CPU,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("µs"), .minimum = 1000, .maximum = 1000000 },
  { "quota", "cputune/quota", LODGE_FIELD_INT, N_("Time per Period of Each Processor"), N_("−1 is no limit"),
    .group = CPU, .unit = N_("µs"), .minimum = -1, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "global-period", "cputune/global_period", LODGE_FIELD_UINT, N_("Period of the Whole Machine"), NULL,
    .group = CPU, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("µs"), .minimum = 1000,
    .maximum = 1000000 },
  { "global-quota", "cputune/global_quota", LODGE_FIELD_INT, N_("Time per Period of the Whole Machine"),
    N_("−1 is no limit"), .group = CPU, .unit = N_("µs"), .minimum = -1,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "emulator-period", "cputune/emulator_period", LODGE_FIELD_UINT, N_("Period of the Emulator"), NULL,
    .group = EMULATOR, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("µs"), .minimum = 1000,
    .maximum = 1000000 },
  { "emulator-quota", "cputune/emulator_quota", LODGE_FIELD_INT, N_("Time per Period of the Emulator"),
    N_("−1 is no limit"), .group = EMULATOR, .unit = N_("µs"), .minimum = -1,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "iothread-period", "cputune/iothread_period", LODGE_FIELD_UINT, N_("Period of I/O Threads"), NULL,
    .group = EMULATOR, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .unit = N_("µs"), .minimum = 1000,
    .maximum = 1000000 },
  { "iothread-quota", "cputune/iothread_quota", LODGE_FIELD_INT, N_("Time per Period of I/O Threads"),
    N_("−1 is no limit"), .group = EMULATOR, .unit = N_("µs"), .minimum = -1,
    .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "emulatorpin", "cputune/emulatorpin/@cpuset", LODGE_FIELD_CPUSET, N_("Emulator on the Host’s Processors"),
    NULL, .group = EMULATOR, .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE },
  { "emulatorsched", "cputune/emulatorsched/@scheduler", LODGE_FIELD_ENUM, N_("Scheduler of the Emulator"), NULL,
    .group = EMULATOR, .choices = schedulers, .flags = LODGE_FIELD_MORE },
  { "emulatorsched-priority", "cputune/emulatorsched/@priority", LODGE_FIELD_UINT, N_("Priority of the Emulator"),
    NULL, .group = EMULATOR, .minimum = 1, .maximum = 99, .needs = "emulatorsched=fifo rr",
    .flags = LODGE_FIELD_MORE },
  { "iothreads", "iothreads", LODGE_FIELD_UINT, N_("I/O Threads"), N_("Disks can be given threads of their own"),
    .group = EMULATOR, .minimum = 0, .maximum = 1024 },
  { "default-thread-min", "defaultiothread/@thread_pool_min", LODGE_FIELD_UINT, N_("Fewest Worker Threads"), NULL,
    .group = EMULATOR, .maximum = 1024, .flags = LODGE_FIELD_MORE },
  { "default-thread-max", "defaultiothread/@thread_pool_max", LODGE_FIELD_UINT, N_("Most Worker Threads"), NULL,
    .group = EMULATOR, .minimum = 1, .maximum = 1024, .flags = LODGE_FIELD_MORE },
  { "io-weight", "blkiotune/weight", LODGE_FIELD_UINT, N_("Weight"),
    N_("Against other machines when disks are busy"), .group = IO, .minimum = 100, .maximum = 1000,
    .flags = LODGE_FIELD_LIVE },
  { "numa-mode", "numatune/memory/@mode", LODGE_FIELD_ENUM, N_("How Memory Is Taken"), NULL, .group = NUMA,
    .choices = numa_modes, .flags = LODGE_FIELD_MORE },
  { "numa-placement", "numatune/memory/@placement", LODGE_FIELD_ENUM, N_("Who Chooses"), NULL, .group = NUMA,
    .choices = placements, .flags = LODGE_FIELD_MORE },
  { "numa-nodeset", "numatune/memory/@nodeset", LODGE_FIELD_CPUSET, N_("NUMA Cells of the Host"), NULL, .group = NUMA,
    .flags = LODGE_FIELD_MORE },
  { "partition", "resource/partition", LODGE_FIELD_PATH, N_("Resource Group"),
    N_("The control group that the machine is part of"), .flags = LODGE_FIELD_MORE },
  { "fibrechannel", "resource/fibrechannel/@appid", LODGE_FIELD_STRING, N_("Fibre Channel Application ID"), NULL,
    .flags = LODGE_FIELD_MORE },
};

static const LodgeField vcpupin_fields[] = {
  { "vcpu", "@vcpu", LODGE_FIELD_UINT, N_("Processor"), NULL, .maximum = 4095,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "cpuset", "@cpuset", LODGE_FIELD_CPUSET, N_("On"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_LIVE },
};
static const LodgeSchema vcpupin = {
  .id = "vcpu-pin", .path = "cputune/vcpupin", .title = N_("Processors on the Host’s Processors"),
    LODGE_FIELDS (vcpupin_fields), .many = TRUE,
  .blank = "<vcpupin vcpu='0' cpuset='0'/>",
};
static const LodgeField iothreadpin_fields[] = {
  { "iothread", "@iothread", LODGE_FIELD_UINT, N_("I/O Thread"), NULL, .minimum = 1, .maximum = 65535,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "cpuset", "@cpuset", LODGE_FIELD_CPUSET, N_("On"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_LIVE },
};
static const LodgeSchema iothreadpin = {
  .id = "iothread-pin", .path = "cputune/iothreadpin", .title = N_("I/O Threads on the Host’s Processors"),
    LODGE_FIELDS (iothreadpin_fields), .many = TRUE,
  .blank = "<iothreadpin iothread='1' cpuset='0'/>",
};
static const LodgeField vcpusched_fields[] = {
  { "vcpus", "@vcpus", LODGE_FIELD_CPUSET, N_("Processors"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "scheduler", "@scheduler", LODGE_FIELD_ENUM, N_("Scheduler"), NULL, .choices = schedulers,
    .flags = LODGE_FIELD_REQUIRED },
  { "priority", "@priority", LODGE_FIELD_UINT, N_("Priority"), NULL, .minimum = 1, .maximum = 99,
    .needs = "scheduler=fifo rr" },
};
static const LodgeSchema vcpusched = {
  .id = "vcpu-scheduler", .path = "cputune/vcpusched", .title = N_("Schedulers of Processors"),
    LODGE_FIELDS (vcpusched_fields), .many = TRUE,
  .blank = "<vcpusched vcpus='0' scheduler='fifo' priority='1'/>",
};
static const LodgeField iothreadsched_fields[] = {
  { "iothreads", "@iothreads", LODGE_FIELD_CPUSET, N_("I/O Threads"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "scheduler", "@scheduler", LODGE_FIELD_ENUM, N_("Scheduler"), NULL, .choices = schedulers,
    .flags = LODGE_FIELD_REQUIRED },
  { "priority", "@priority", LODGE_FIELD_UINT, N_("Priority"), NULL, .minimum = 1, .maximum = 99,
    .needs = "scheduler=fifo rr" },
};
static const LodgeSchema iothreadsched = {
  .id = "iothread-scheduler", .path = "cputune/iothreadsched", .title = N_("Schedulers of I/O Threads"),
    LODGE_FIELDS (iothreadsched_fields), .many = TRUE,
  .blank = "<iothreadsched iothreads='1' scheduler='fifo' priority='1'/>",
};
static const LodgeField iothread_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("Number"), NULL, .minimum = 1, .maximum = 65535,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "min", "@thread_pool_min", LODGE_FIELD_UINT, N_("Fewest Worker Threads"), NULL, .maximum = 1024 },
  { "max", "@thread_pool_max", LODGE_FIELD_UINT, N_("Most Worker Threads"), NULL, .minimum = 1, .maximum = 1024 },
  { "poll-max", "poll/@max", LODGE_FIELD_UINT, N_("Longest Poll"), NULL, .unit = N_("ns") },
  { "poll-grow", "poll/@grow", LODGE_FIELD_UINT, N_("Poll Grows By"), NULL },
  { "poll-shrink", "poll/@shrink", LODGE_FIELD_UINT, N_("Poll Shrinks By"), NULL },
};
static const LodgeSchema iothread = {
  .id = "iothread", .path = "iothreadids/iothread", .title = N_("I/O Threads"), LODGE_FIELDS (iothread_fields),
    .many = TRUE,
  .blank = "<iothread id='1'/>",
};
static const LodgeField memnode_fields[] = {
  { "cellid", "@cellid", LODGE_FIELD_UINT, N_("NUMA Cell of the Guest"), NULL, .maximum = 1023,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "mode", "@mode", LODGE_FIELD_ENUM, N_("How Memory Is Taken"), NULL, .choices = numa_modes,
    .flags = LODGE_FIELD_REQUIRED },
  { "nodeset", "@nodeset", LODGE_FIELD_CPUSET, N_("NUMA Cells of the Host"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema memnode = {
  .id = "numa-memnode", .path = "numatune/memnode", .title = N_("Guest’s NUMA Cells on the Host’s"),
    LODGE_FIELDS (memnode_fields), .many = TRUE,
  .blank = "<memnode cellid='0' mode='strict' nodeset='0'/>",
};
static const LodgeField blkio_fields[] = {
  { "path", "path", LODGE_FIELD_PATH, N_("Disk of the Host"), NULL,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "weight", "weight", LODGE_FIELD_UINT, N_("Weight"), NULL, .minimum = 100, .maximum = 1000 },
  { "read-iops", "read_iops_sec", LODGE_FIELD_UINT, N_("Reads"), NULL, .unit = N_("operations/s") },
  { "write-iops", "write_iops_sec", LODGE_FIELD_UINT, N_("Writes"), NULL, .unit = N_("operations/s") },
  { "read-bytes", "read_bytes_sec", LODGE_FIELD_UINT, N_("Data Read"), NULL, .unit = N_("bytes/s") },
  { "write-bytes", "write_bytes_sec", LODGE_FIELD_UINT, N_("Data Written"), NULL, .unit = N_("bytes/s") },
};
static const LodgeSchema blkio = {
  .id = "io-device", .path = "blkiotune/device", .title = N_("Limits by the Host’s Disk"),
    LODGE_FIELDS (blkio_fields), .many = TRUE,
  .blank = "<device>\n  <path>/dev/sda</path>\n</device>",
};
static const LodgeField cache_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("Number"), NULL, .maximum = 1023, .flags = LODGE_FIELD_REQUIRED },
  { "level", "@level", LODGE_FIELD_UINT, N_("Level"), NULL, .minimum = 1, .maximum = 3,
    .flags = LODGE_FIELD_REQUIRED },
  { "type", "@type", LODGE_FIELD_ENUM, N_("For"), NULL, .choices = cache_types, .flags = LODGE_FIELD_REQUIRED },
  { "size", "@size", LODGE_FIELD_SIZE, N_("Size"), NULL, .unit = "KiB", .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema cache = {
  .id = "cache-allocation-part", .path = "cache", .title = N_("Caches"), LODGE_FIELDS (cache_fields), .many = TRUE,
  .blank = "<cache id='0' level='3' type='both' size='3' unit='MiB'/>",
};
static const LodgeField monitor_fields[] = {
  { "level", "@level", LODGE_FIELD_UINT, N_("Level"), NULL, .minimum = 1, .maximum = 3,
    .flags = LODGE_FIELD_REQUIRED },
  { "vcpus", "@vcpus", LODGE_FIELD_CPUSET, N_("Processors"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema monitor = {
  .id = "cache-monitor", .path = "monitor", .title = N_("Watched Processors"), LODGE_FIELDS (monitor_fields),
    .many = TRUE,
  .blank = "<monitor level='3' vcpus='0'/>",
};
static const LodgeSchema * const cachetune_lists[] = { &cache, &monitor, NULL };
static const LodgeField cachetune_fields[] = {
  { "vcpus", "@vcpus", LODGE_FIELD_CPUSET, N_("Processors"), NULL,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
};
static const LodgeSchema cachetune = {
  .id = "cache-allocation", .path = "cputune/cachetune", .title = N_("Cache Allocation"),
    LODGE_FIELDS (cachetune_fields), .many = TRUE,
  .blank = "<cachetune vcpus='0'>\n  <cache id='0' level='3' type='both' size='3' unit='MiB'/>\n</cachetune>",
    .lists = cachetune_lists,
};
static const LodgeField node_fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("NUMA Cell of the Host"), NULL, .maximum = 1023, .flags = LODGE_FIELD_REQUIRED },
  { "bandwidth", "@bandwidth", LODGE_FIELD_UINT, N_("Share"), NULL, .unit = N_("percent"), .minimum = 1,
    .maximum = 100, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema node = {
  .id = "memory-bandwidth-node", .path = "node", .title = N_("NUMA Cells"), LODGE_FIELDS (node_fields), .many = TRUE,
  .blank = "<node id='0' bandwidth='60'/>",
};
static const LodgeField bandwidth_monitor_fields[] = {
  { "vcpus", "@vcpus", LODGE_FIELD_CPUSET, N_("Processors"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema bandwidth_monitor = {
  .id = "memory-bandwidth-monitor", .path = "monitor", .title = N_("Watched Processors"),
    LODGE_FIELDS (bandwidth_monitor_fields), .many = TRUE,
  .blank = "<monitor vcpus='0'/>",
};
static const LodgeSchema * const memorytune_lists[] = { &node, &bandwidth_monitor, NULL };
static const LodgeField memorytune_fields[] = {
  { "vcpus", "@vcpus", LODGE_FIELD_CPUSET, N_("Processors"), NULL,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
};
static const LodgeSchema memorytune = {
  .id = "memory-bandwidth", .path = "cputune/memorytune", .title = N_("Memory Bandwidth"),
    LODGE_FIELDS (memorytune_fields), .many = TRUE,
  .blank = "<memorytune vcpus='0'>\n  <node id='0' bandwidth='60'/>\n</memorytune>", .lists = memorytune_lists,
};
static const LodgeField event_fields[] = {
  { "name", "@name", LODGE_FIELD_ENUM, N_("Event"), NULL, .choices = events,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "enabled", "@enabled", LODGE_FIELD_BOOL, N_("Counted"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_LIVE },
};
static const LodgeSchema event = {
  .id = "perf-event", .path = "perf/event", .title = N_("Performance Events"), LODGE_FIELDS (event_fields),
    .many = TRUE,
  .blank = "<event name='cmt' enabled='yes'/>",
};
static const LodgeField group_fields[] = {
  { "name", "group_name", LODGE_FIELD_STRING, N_("Name"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "total-bytes", "total_bytes_sec", LODGE_FIELD_UINT, N_("Data"), NULL, .unit = N_("bytes/s") },
  { "total-bytes-max", "total_bytes_sec_max", LODGE_FIELD_UINT, N_("Data in Bursts"), NULL, .unit = N_("bytes/s") },
  { "total-bytes-max-length", "total_bytes_sec_max_length", LODGE_FIELD_UINT, N_("Data, Length of Bursts"), NULL,
    .unit = N_("s") },
  { "total-iops", "total_iops_sec", LODGE_FIELD_UINT, N_("Operations"), NULL, .unit = N_("operations/s") },
  { "total-iops-max", "total_iops_sec_max", LODGE_FIELD_UINT, N_("Operations in Bursts"), NULL,
    .unit = N_("operations/s") },
  { "total-iops-max-length", "total_iops_sec_max_length", LODGE_FIELD_UINT, N_("Operations, Length of Bursts"),
    NULL, .unit = N_("s") },
  { "read-bytes", "read_bytes_sec", LODGE_FIELD_UINT, N_("Data Read"), NULL, .unit = N_("bytes/s") },
  { "read-bytes-max", "read_bytes_sec_max", LODGE_FIELD_UINT, N_("Data Read in Bursts"), NULL,
    .unit = N_("bytes/s") },
  { "read-bytes-max-length", "read_bytes_sec_max_length", LODGE_FIELD_UINT, N_("Data Read, Length of Bursts"),
    NULL, .unit = N_("s") },
  { "read-iops", "read_iops_sec", LODGE_FIELD_UINT, N_("Reads"), NULL, .unit = N_("operations/s") },
  { "read-iops-max", "read_iops_sec_max", LODGE_FIELD_UINT, N_("Reads in Bursts"), NULL,
    .unit = N_("operations/s") },
  { "read-iops-max-length", "read_iops_sec_max_length", LODGE_FIELD_UINT, N_("Reads, Length of Bursts"), NULL,
    .unit = N_("s") },
  { "write-bytes", "write_bytes_sec", LODGE_FIELD_UINT, N_("Data Written"), NULL, .unit = N_("bytes/s") },
  { "write-bytes-max", "write_bytes_sec_max", LODGE_FIELD_UINT, N_("Data Written in Bursts"), NULL,
    .unit = N_("bytes/s") },
  { "write-bytes-max-length", "write_bytes_sec_max_length", LODGE_FIELD_UINT, N_("Data Written, Length of Bursts"),
    NULL, .unit = N_("s") },
  { "write-iops", "write_iops_sec", LODGE_FIELD_UINT, N_("Writes"), NULL, .unit = N_("operations/s") },
  { "write-iops-max", "write_iops_sec_max", LODGE_FIELD_UINT, N_("Writes in Bursts"), NULL,
    .unit = N_("operations/s") },
  { "write-iops-max-length", "write_iops_sec_max_length", LODGE_FIELD_UINT, N_("Writes, Length of Bursts"), NULL,
    .unit = N_("s") },
  { "size-iops", "size_iops_sec", LODGE_FIELD_UINT, N_("Size That Counts as One Operation"), NULL,
    .unit = N_("bytes") },
};
static const LodgeSchema group = {
  .id = "throttle-group", .path = "throttlegroups/throttlegroup", .title = N_("Disk Limits Shared by Name"),
    LODGE_FIELDS (group_fields), .many = TRUE,
  .blank = "<throttlegroup>\n  <group_name>limit</group_name>\n</throttlegroup>",
};
static const LodgeSchema * const lists[] = {
  &vcpupin, &vcpusched, &iothread, &iothreadpin, &iothreadsched, &memnode, &blkio, &group, &cachetune, &memorytune,
  &event, NULL
};

const LodgeSchema lodge_schema_tuning = {
  .id = "tuning", .path = "", .title = N_("Resources"), LODGE_FIELDS (fields), .lists = lists, .section = "cpu-tuning",
};
