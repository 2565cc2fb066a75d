/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "spice", N_("SPICE Viewer") }, { "pulseaudio", N_("PulseAudio") }, { "pipewire", N_("PipeWire") },
  { "alsa", N_("ALSA") }, { "dbus", N_("D-Bus") }, { "jack", N_("JACK") }, { "oss", N_("OSS") },
  { "sdl", N_("SDL") }, { "coreaudio", N_("Core Audio") }, { "file", N_("File") }, { "none", N_("Nowhere") },
  { NULL }
};
static const LodgeFieldChoice drivers[] = {
  { "pulseaudio", N_("PulseAudio") }, { "alsa", N_("ALSA") }, { "esd", N_("ESD") }, { "arts", N_("aRts") },
  { NULL }
};
static const LodgeFieldChoice formats[] = {
  { "s16", N_("16 Bit") }, { "u16", N_("16 Bit, Unsigned") }, { "s32", N_("32 Bit") },
  { "u32", N_("32 Bit, Unsigned") }, { "f32", N_("32 Bit, Floating Point") }, { "s8", N_("8 Bit") },
  { "u8", N_("8 Bit, Unsigned") }, { NULL }
};

#define INPUT N_("Microphone")
#define OUTPUT N_("Speaker")

static const LodgeField fields[] = {
  { "id", "@id", LODGE_FIELD_UINT, N_("Number"), N_("Sound cards name the output by it"), .minimum = 1,
    .maximum = 255, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Sound Goes To"), NULL, .choices = types, .flags = LODGE_FIELD_REQUIRED },
  { "timer-period", "@timerPeriod", LODGE_FIELD_UINT, N_("Timer Period"), NULL, .unit = N_("µs"),
    .maximum = G_MAXUINT32, .flags = LODGE_FIELD_MORE },
  { "server", "@serverName", LODGE_FIELD_STRING, N_("Server"), NULL, .needs = "type=pulseaudio",
    .flags = LODGE_FIELD_MORE },
  { "runtime-dir", "@runtimeDir", LODGE_FIELD_PATH, N_("Folder of PipeWire"), NULL, .needs = "type=pipewire",
    .flags = LODGE_FIELD_MORE },
  { "path", "@path", LODGE_FIELD_PATH, N_("File"), NULL, .needs = "type=file" },
  { "sdl-driver", "@driver", LODGE_FIELD_ENUM, N_("Driver of SDL"), NULL, .choices = drivers, .needs = "type=sdl",
    .flags = LODGE_FIELD_MORE },
  { "try-mmap", "@tryMMap", LODGE_FIELD_BOOL, N_("Mapped Memory"), NULL, .needs = "type=oss",
    .flags = LODGE_FIELD_MORE },
  { "exclusive", "@exclusive", LODGE_FIELD_BOOL, N_("For This Machine Only"), NULL, .needs = "type=oss",
    .flags = LODGE_FIELD_MORE },
  { "dsp-policy", "@dspPolicy", LODGE_FIELD_INT, N_("DSP Policy"), NULL, .needs = "type=oss", .minimum = -1,
    .maximum = 10, .flags = LODGE_FIELD_MORE },
  { "input-mixing", "input/@mixingEngine", LODGE_FIELD_BOOL, N_("Mixing by the Hypervisor"), NULL, .group = INPUT,
    .flags = LODGE_FIELD_MORE },
  { "input-fixed", "input/@fixedSettings", LODGE_FIELD_BOOL, N_("Fixed Settings"), NULL, .group = INPUT,
    .flags = LODGE_FIELD_MORE },
  { "input-frequency", "input/settings/@frequency", LODGE_FIELD_UINT, N_("Frequency"), NULL, .unit = N_("Hz"),
    .minimum = 1, .maximum = 384000, .needs = "input-fixed", .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-channels", "input/settings/@channels", LODGE_FIELD_UINT, N_("Channels"), NULL, .minimum = 1,
    .maximum = 16, .needs = "input-fixed", .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-format", "input/settings/@format", LODGE_FIELD_ENUM, N_("Format"), NULL, .choices = formats,
    .needs = "input-fixed", .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-voices", "input/@voices", LODGE_FIELD_UINT, N_("Voices"), NULL, .maximum = 1024, .group = INPUT,
    .flags = LODGE_FIELD_MORE },
  { "input-buffer", "input/@bufferLength", LODGE_FIELD_UINT, N_("Buffer"), NULL, .unit = N_("µs"),
    .maximum = G_MAXUINT32, .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-buffers", "input/@bufferCount", LODGE_FIELD_UINT, N_("Buffers"), NULL, .maximum = 1024,
    .needs = "type=coreaudio oss sdl", .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-dev", "input/@dev", LODGE_FIELD_STRING, N_("Device"), NULL, .needs = "type=alsa oss", .group = INPUT,
    .flags = LODGE_FIELD_MORE },
  { "input-name", "input/@name", LODGE_FIELD_STRING, N_("Source"), NULL, .needs = "type=pulseaudio pipewire",
    .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-stream", "input/@streamName", LODGE_FIELD_STRING, N_("Name of the Stream"), NULL,
    .needs = "type=pulseaudio pipewire", .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-latency", "input/@latency", LODGE_FIELD_UINT, N_("Latency"), NULL, .unit = N_("µs"),
    .maximum = G_MAXUINT32, .needs = "type=pulseaudio pipewire", .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-server", "input/@serverName", LODGE_FIELD_STRING, N_("JACK Server"), NULL, .needs = "type=jack",
    .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-client", "input/@clientName", LODGE_FIELD_STRING, N_("Name in JACK"), NULL, .needs = "type=jack",
    .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-ports", "input/@connectPorts", LODGE_FIELD_STRING, N_("Ports to Connect"), NULL, .needs = "type=jack",
    .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-exact", "input/@exactName", LODGE_FIELD_BOOL, N_("Exactly This Name"), NULL, .needs = "type=jack",
    .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "input-poll", "input/@tryPoll", LODGE_FIELD_BOOL, N_("Wait by Poll"), NULL, .needs = "type=alsa oss",
    .group = INPUT, .flags = LODGE_FIELD_MORE },
  { "output-mixing", "output/@mixingEngine", LODGE_FIELD_BOOL, N_("Mixing by the Hypervisor"), NULL,
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-fixed", "output/@fixedSettings", LODGE_FIELD_BOOL, N_("Fixed Settings"), NULL, .group = OUTPUT,
    .flags = LODGE_FIELD_MORE },
  { "output-frequency", "output/settings/@frequency", LODGE_FIELD_UINT, N_("Frequency"), NULL, .unit = N_("Hz"),
    .minimum = 1, .maximum = 384000, .needs = "output-fixed", .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-channels", "output/settings/@channels", LODGE_FIELD_UINT, N_("Channels"), NULL, .minimum = 1,
    .maximum = 16, .needs = "output-fixed", .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-format", "output/settings/@format", LODGE_FIELD_ENUM, N_("Format"), NULL, .choices = formats,
    .needs = "output-fixed", .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-voices", "output/@voices", LODGE_FIELD_UINT, N_("Voices"), NULL, .maximum = 1024, .group = OUTPUT,
    .flags = LODGE_FIELD_MORE },
  { "output-buffer", "output/@bufferLength", LODGE_FIELD_UINT, N_("Buffer"), NULL, .unit = N_("µs"),
    .maximum = G_MAXUINT32, .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-buffers", "output/@bufferCount", LODGE_FIELD_UINT, N_("Buffers"), NULL, .maximum = 1024,
    .needs = "type=coreaudio oss sdl", .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-dev", "output/@dev", LODGE_FIELD_STRING, N_("Device"), NULL, .needs = "type=alsa oss", .group = OUTPUT,
    .flags = LODGE_FIELD_MORE },
  { "output-name", "output/@name", LODGE_FIELD_STRING, N_("Sink"), NULL, .needs = "type=pulseaudio pipewire",
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-stream", "output/@streamName", LODGE_FIELD_STRING, N_("Name of the Stream"), NULL,
    .needs = "type=pulseaudio pipewire", .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-latency", "output/@latency", LODGE_FIELD_UINT, N_("Latency"), NULL, .unit = N_("µs"),
    .maximum = G_MAXUINT32, .needs = "type=pulseaudio pipewire", .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-server", "output/@serverName", LODGE_FIELD_STRING, N_("JACK Server"), NULL, .needs = "type=jack",
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-client", "output/@clientName", LODGE_FIELD_STRING, N_("Name in JACK"), NULL, .needs = "type=jack",
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-ports", "output/@connectPorts", LODGE_FIELD_STRING, N_("Ports to Connect"), NULL, .needs = "type=jack",
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-exact", "output/@exactName", LODGE_FIELD_BOOL, N_("Exactly This Name"), NULL, .needs = "type=jack",
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
  { "output-poll", "output/@tryPoll", LODGE_FIELD_BOOL, N_("Wait by Poll"), NULL, .needs = "type=alsa oss",
    .group = OUTPUT, .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_audio = {
  .id = "audio", .path = "devices/audio", .title = N_("Sound Output"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<audio id='1' type='spice'/>",
  .section = "audio-backends",
};
