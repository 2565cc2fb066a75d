/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "tablet", N_("Tablet") }, { "mouse", N_("Mouse") }, { "keyboard", N_("Keyboard") },
  { "passthrough", N_("Input Device of the Host") }, { "evdev", N_("Shared Input Device") }, { NULL }
};
static const LodgeFieldChoice buses[] = {
  { "usb", N_("USB") }, { "virtio", N_("Virtio") }, { "ps2", N_("PS/2") }, { "xen", N_("Xen") }, { NULL }
};
static const LodgeFieldChoice grabs[] = {
  { "all", N_("All Devices Together") }, { NULL }
};
static const LodgeFieldChoice toggles[] = {
  { "ctrl-ctrl", N_("Both Ctrl Keys") }, { "alt-alt", N_("Both Alt Keys") },
  { "shift-shift", N_("Both Shift Keys") }, { "meta-meta", N_("Both Meta Keys") },
  { "scrolllock", N_("Scroll Lock") }, { "ctrl-scrolllock", N_("Ctrl and Scroll Lock") }, { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types, .flags = LODGE_FIELD_REQUIRED },
  { "bus", "@bus", LODGE_FIELD_ENUM, N_("Bus"), NULL, .choices = buses, .needs = "type!=evdev" },
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = lodge_choices_virtio_model,
    .needs = "bus=virtio", .flags = LODGE_FIELD_MORE },
  { "evdev", "source/@evdev", LODGE_FIELD_PATH, N_("Device of the Host"), NULL, .needs = "type=passthrough" },
  { "dev", "source/@dev", LODGE_FIELD_PATH, N_("Device of the Host"), N_("Like /dev/input/by-id/…"),
    .needs = "type=evdev" },
  { "grab", "source/@grab", LODGE_FIELD_ENUM, N_("Switched"), NULL, .choices = grabs, .needs = "type=evdev",
    .flags = LODGE_FIELD_MORE },
  { "grab-toggle", "source/@grabToggle", LODGE_FIELD_ENUM, N_("Keys That Switch"), NULL, .choices = toggles,
    .needs = "type=evdev", .fallback = "ctrl-ctrl", .flags = LODGE_FIELD_MORE },
  { "repeat", "source/@repeat", LODGE_FIELD_ON_OFF, N_("Key Repeat"), NULL, .needs = "type=evdev",
    .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_input = {
  .id = "input", .path = "devices/input", .title = N_("Input"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<input type='tablet' bus='usb'/>",
  .section = "input-devices",
};
