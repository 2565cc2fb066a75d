/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice offsets[] = {
  { "utc", N_("UTC") }, { "localtime", N_("Local Time of the Host") }, { "timezone", N_("A Time Zone") },
  { "variable", N_("As the Guest Sets It") }, { "absolute", N_("A Fixed Start") }, { NULL }
};
static const LodgeFieldChoice bases[] = {
  { "utc", N_("UTC") }, { "localtime", N_("Local Time of the Host") }, { NULL }
};
static const LodgeFieldChoice names[] = {
  { "rtc", N_("Real-Time Clock") }, { "tsc", N_("Processor Clock (TSC)") }, { "hpet", N_("HPET") }, { "pit",
  N_("PIT") },
  { "kvmclock", N_("KVM Clock") }, { "hypervclock", N_("Hyper-V Clock") }, { "platform", N_("Platform") },
  { "armvtimer", N_("Arm Virtual Timer") }, { NULL }
};
static const LodgeFieldChoice policies[] = {
  { "delay", N_("Late Ticks Come Later") }, { "catchup", N_("Late Ticks Are Caught Up") },
  { "merge", N_("Late Ticks Become One") }, { "discard", N_("Late Ticks Are Dropped") }, { NULL }
};
static const LodgeFieldChoice tracks[] = {
  { "guest", N_("Guest") }, { "wall", N_("Wall Clock") }, { "boot", N_("Start") }, { "realtime", N_("Real Time") },
  { NULL }
};
static const LodgeFieldChoice modes[] = {
  { "auto", N_("Automatic") }, { "native", N_("Native") }, { "emulate", N_("Emulated") },
  { "paravirt", N_("Paravirtualized") }, { "smpsafe", N_("Safe for Several Processors") }, { NULL }
};

static const LodgeField fields[] = {
  { "offset", "clock/@offset", LODGE_FIELD_ENUM, N_("Clock"), N_("What the guest’s clock shows when it starts"),
    .choices = offsets, .fallback = "utc" },
  { "timezone", "clock/@timezone", LODGE_FIELD_STRING, N_("Time Zone"), N_("Like Europe/Madrid"),
    .needs = "offset=timezone" },
  { "basis", "clock/@basis", LODGE_FIELD_ENUM, N_("Counted From"), NULL, .choices = bases, .fallback = "utc",
    .needs = "offset=variable", .flags = LODGE_FIELD_MORE },
  { "adjustment", "clock/@adjustment", LODGE_FIELD_STRING, N_("Adjustment"), N_("In seconds, or “reset”"),
    .needs = "offset=utc localtime variable", .flags = LODGE_FIELD_MORE },
  { "start", "clock/@start", LODGE_FIELD_INT, N_("Start"), N_("In seconds since 1970"), .unit = N_("s"),
    .needs = "offset=absolute" },
};

static const LodgeField timer_fields[] = {
  { "name", "@name", LODGE_FIELD_ENUM, N_("Timer"), NULL, .choices = names,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "present", "@present", LODGE_FIELD_BOOL, N_("There"), NULL },
  { "tickpolicy", "@tickpolicy", LODGE_FIELD_ENUM, N_("Late Ticks"), NULL, .choices = policies,
    .needs = "name=rtc pit platform" },
  { "track", "@track", LODGE_FIELD_ENUM, N_("Follows"), NULL, .choices = tracks, .needs = "name=rtc platform" },
  { "frequency", "@frequency", LODGE_FIELD_UINT, N_("Frequency"), NULL, .unit = N_("Hz"), .minimum = 1,
    .needs = "name=tsc" },
  { "mode", "@mode", LODGE_FIELD_ENUM, N_("Mode"), NULL, .choices = modes, .needs = "name=tsc" },
  { "catchup-threshold", "catchup/@threshold", LODGE_FIELD_UINT, N_("Catch Up From"), NULL, .unit = N_("ns"),
    .needs = "name=rtc pit;tickpolicy=catchup" },
  { "catchup-slew", "catchup/@slew", LODGE_FIELD_UINT, N_("Catch-Up Rate"), NULL,
    .needs = "name=rtc pit;tickpolicy=catchup" },
  { "catchup-limit", "catchup/@limit", LODGE_FIELD_UINT, N_("Catch Up at Most"), NULL, .unit = N_("ns"),
    .needs = "name=rtc pit;tickpolicy=catchup" },
};
static const LodgeSchema timer = {
  .id = "timer", .path = "clock/timer", .title = N_("Timers"), LODGE_FIELDS (timer_fields), .many = TRUE,
  .blank = "<timer name='rtc' tickpolicy='catchup'/>",
};
static const LodgeSchema * const lists[] = { &timer, NULL };

const LodgeSchema lodge_schema_clock = {
  .id = "clock", .path = "", .title = N_("Clock"), LODGE_FIELDS (fields), .lists = lists, .section = "time-keeping",
};
