/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>

#include "xml/lodge-schema.h"

G_BEGIN_DECLS

/* Pages about the machine itself */
extern const LodgeSchema lodge_schema_overview;
extern const LodgeSchema lodge_schema_cpu;
extern const LodgeSchema lodge_schema_memory;
extern const LodgeSchema lodge_schema_boot;
extern const LodgeSchema lodge_schema_features;
extern const LodgeSchema lodge_schema_clock;
extern const LodgeSchema lodge_schema_tuning;
extern const LodgeSchema lodge_schema_identity;
extern const LodgeSchema lodge_schema_seclabel;
extern const LodgeSchema lodge_schema_launch_security;
extern const LodgeSchema lodge_schema_container;
extern const LodgeSchema lodge_schema_hypervisor;

/* Devices */
extern const LodgeSchema lodge_schema_audio;
extern const LodgeSchema lodge_schema_channel;
extern const LodgeSchema lodge_schema_console;
extern const LodgeSchema lodge_schema_controller;
extern const LodgeSchema lodge_schema_crypto;
extern const LodgeSchema lodge_schema_disk;
extern const LodgeSchema lodge_schema_filesystem;
extern const LodgeSchema lodge_schema_graphics;
extern const LodgeSchema lodge_schema_hostdev;
extern const LodgeSchema lodge_schema_hub;
extern const LodgeSchema lodge_schema_input;
extern const LodgeSchema lodge_schema_interface;
extern const LodgeSchema lodge_schema_iommu;
extern const LodgeSchema lodge_schema_lease;
extern const LodgeSchema lodge_schema_memballoon;
extern const LodgeSchema lodge_schema_memory_device;
extern const LodgeSchema lodge_schema_nvram;
extern const LodgeSchema lodge_schema_panic;
extern const LodgeSchema lodge_schema_parallel;
extern const LodgeSchema lodge_schema_pstore;
extern const LodgeSchema lodge_schema_redirdev;
extern const LodgeSchema lodge_schema_redirfilter;
extern const LodgeSchema lodge_schema_rng;
extern const LodgeSchema lodge_schema_serial;
extern const LodgeSchema lodge_schema_shmem;
extern const LodgeSchema lodge_schema_smartcard;
extern const LodgeSchema lodge_schema_sound;
extern const LodgeSchema lodge_schema_tpm;
extern const LodgeSchema lodge_schema_video;
extern const LodgeSchema lodge_schema_vsock;
extern const LodgeSchema lodge_schema_watchdog;

/* Rows that several tables share */

#define LODGE_FIELDS(rows) .fields = rows, .n_fields = G_N_ELEMENTS (rows)

#define LODGE_VIRTIO_ROWS \
  { "driver-iommu", "driver/@iommu", LODGE_FIELD_ON_OFF, N_("Through the IOMMU"), \
    N_("The guest’s IOMMU translates the device’s memory addresses"), .group = N_("Virtio"), .fallback = "off", \
    .flags = LODGE_FIELD_MORE }, \
  { "driver-ats", "driver/@ats", LODGE_FIELD_ON_OFF, N_("Address Translation Service"), \
    N_("The device caches translated addresses"), .group = N_("Virtio"), .fallback = "off", \
    .flags = LODGE_FIELD_MORE }, \
  { "driver-packed", "driver/@packed", LODGE_FIELD_ON_OFF, N_("Packed Queues"), \
    N_("A newer layout of the queues with less overhead"), .group = N_("Virtio"), .fallback = "off", \
    .flags = LODGE_FIELD_MORE }, \
  { "driver-page-per-vq", "driver/@page_per_vq", LODGE_FIELD_ON_OFF, N_("A Page per Queue"), \
    N_("Each queue’s notifications have a memory page of their own"), .group = N_("Virtio"), .fallback = "off", \
    .flags = LODGE_FIELD_MORE }

#define LODGE_BOOT_ROW \
  { "boot-order", "boot/@order", LODGE_FIELD_UINT, N_("Place in the Boot Order"), \
    N_("1 is tried first; not together with a boot order by device kind"), .group = N_("Boot"), .minimum = 1, \
    .maximum = 255, .flags = LODGE_FIELD_MORE }, \
  { "boot-loadparm", "boot/@loadparm", LODGE_FIELD_STRING, N_("Boot Parameter (s390)"), NULL, .group = N_("Boot"), \
    .needs = "boot-order", .flags = LODGE_FIELD_MORE }

#define LODGE_ROM_ROWS \
  { "rom-enabled", "rom/@enabled", LODGE_FIELD_BOOL, N_("Option ROM"), \
    N_("Whether the device has a boot ROM at all"), .group = N_("Boot"), .fallback = "yes", \
    .flags = LODGE_FIELD_MORE }, \
  { "rom-bar", "rom/@bar", LODGE_FIELD_ON_OFF, N_("ROM Is Visible"), \
    N_("Whether the guest sees the ROM in the device’s memory"), .group = N_("Boot"), .flags = LODGE_FIELD_MORE }, \
  { "rom-file", "rom/@file", LODGE_FIELD_PATH, N_("ROM File"), \
    N_("A file on the host that replaces the device’s ROM"), .group = N_("Boot"), .flags = LODGE_FIELD_MORE }

#define LODGE_ALIAS_ROW \
  { "alias", "alias/@name", LODGE_FIELD_STRING, N_("Alias"), \
    N_("A name for the device that stays; it begins with “ua-”"), .group = N_("Identity"), .flags = LODGE_FIELD_MORE }

#define LODGE_ACPI_ROW \
  { "acpi-index", "acpi/@index", LODGE_FIELD_UINT, N_("ACPI Index"), N_("Gives the device a fixed name in the guest"), \
    .group = N_("Identity"), .minimum = 1, .maximum = 16383, .flags = LODGE_FIELD_MORE }

extern const LodgeFieldChoice lodge_choices_virtio_model[];
extern const LodgeFieldChoice lodge_choices_character_type[];
extern const LodgeFieldChoice lodge_choices_startup_policy[];

/* What a serial port, a console or a channel is joined to on the host. All below “source”, but for @type. */
#define LODGE_CHARACTER_ROWS(prefix) \
  { "source-path", prefix "source/@path", LODGE_FIELD_PATH, N_("Path"), \
    N_("The file, socket, pipe or device on the host"), .needs = "type=dev file pipe unix pty" }, \
  { "source-mode", prefix "source/@mode", LODGE_FIELD_ENUM, N_("Mode"), \
    N_("Whether the host waits for a connection or makes one"), .choices = lodge_choices_character_mode, \
    .needs = "type=unix tcp" }, \
  { "source-host", prefix "source/@host", LODGE_FIELD_STRING, N_("Address"), \
    N_("Name or address to wait on or to call"), \
    .needs = "type=tcp" }, \
  { "source-service", prefix "source/@service", LODGE_FIELD_STRING, N_("Port"), N_("Number or name of the port"), \
    .needs = "type=tcp" }, \
  { "source-udp-host", prefix "source[@mode='connect']/@host", LODGE_FIELD_STRING, N_("Send To"), \
    N_("Name or address that what the guest writes goes to"), .needs = "type=udp" }, \
  { "source-udp-service", prefix "source[@mode='connect']/@service", LODGE_FIELD_STRING, N_("Port to Send To"), NULL, \
    .needs = "type=udp" }, \
  { "source-udp-bind-host", prefix "source[@mode='bind']/@host", LODGE_FIELD_STRING, N_("Receive On"), \
    N_("Address of the host on which it listens"), .needs = "type=udp", .flags = LODGE_FIELD_MORE }, \
  { "source-udp-bind-service", prefix "source[@mode='bind']/@service", LODGE_FIELD_STRING, \
    N_("Port to Receive On"), NULL, \
    .needs = "type=udp", .flags = LODGE_FIELD_MORE }, \
  { "source-channel", prefix "source/@channel", LODGE_FIELD_STRING, N_("Channel"), N_("Name of the port in SPICE"), \
    .needs = "type=spiceport dbus" }, \
  { "source-master", prefix "source/@master", LODGE_FIELD_PATH, N_("Host’s Device"), NULL, .needs = "type=nmdm" }, \
  { "source-slave", prefix "source/@slave", LODGE_FIELD_PATH, N_("Guest’s Device"), NULL, .needs = "type=nmdm" }, \
  { "source-append", prefix "source/@append", LODGE_FIELD_ON_OFF, N_("Append to the File"), \
    N_("Keep what is in the file when the machine starts"), .needs = "type=file", .fallback = "off", \
    .flags = LODGE_FIELD_MORE }, \
  { "source-tls", prefix "source/@tls", LODGE_FIELD_BOOL, N_("Encrypted"), N_("The connection uses TLS"), \
    .needs = "type=tcp", .flags = LODGE_FIELD_MORE }, \
  { "source-reconnect", prefix "source/reconnect/@enabled", LODGE_FIELD_BOOL, N_("Connect Again"), \
    N_("When the other side has gone"), .needs = "type=unix tcp;source-mode=connect", .fallback = "no", \
    .flags = LODGE_FIELD_MORE }, \
  { "source-reconnect-timeout", prefix "source/reconnect/@timeout", LODGE_FIELD_UINT, N_("Connect Again After"), NULL, \
    .needs = "source-reconnect", .unit = N_("s"), .minimum = 1, .maximum = 86400, .flags = LODGE_FIELD_MORE }, \
  { "source-reconnect-delay", prefix "source/reconnect/@delay", LODGE_FIELD_UINT, \
    N_("Pause before Connecting Again"), NULL, .needs = "source-reconnect", .unit = N_("ms"), .minimum = 1, \
    .maximum = 86400000, .flags = LODGE_FIELD_MORE }, \
  { "source-clipboard", prefix "source/clipboard/@copypaste", LODGE_FIELD_BOOL, N_("Shared Clipboard"), NULL, \
    .needs = "type=qemu-vdagent" }, \
  { "source-mouse", prefix "source/mouse/@mode", LODGE_FIELD_ENUM, N_("Pointer"), NULL, \
    .choices = lodge_choices_mouse_mode, .needs = "type=qemu-vdagent" }, \
  { "protocol", prefix "protocol/@type", LODGE_FIELD_ENUM, N_("Protocol"), \
    N_("What is spoken on the connection"), .choices = lodge_choices_character_protocol, .fallback = "raw", \
    .needs = "type=tcp", .flags = LODGE_FIELD_MORE }, \
  { "log-file", prefix "log/@file", LODGE_FIELD_PATH, N_("Log File"), \
    N_("Everything that the guest writes is also put there"), .flags = LODGE_FIELD_MORE }, \
  { "log-append", prefix "log/@append", LODGE_FIELD_ON_OFF, N_("Append to the Log"), NULL, .needs = "log-file", \
    .flags = LODGE_FIELD_MORE }

extern const LodgeFieldChoice lodge_choices_character_mode[];
extern const LodgeFieldChoice lodge_choices_character_protocol[];
extern const LodgeFieldChoice lodge_choices_mouse_mode[];

G_END_DECLS
