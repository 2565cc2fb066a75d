/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "smbios", N_("SMBIOS") }, { "fwcfg", N_("Firmware Configuration") }, { NULL }
};

#define BIOS N_("BIOS")
#define SYSTEM N_("System")
#define CHASSIS N_("Chassis")

static const LodgeField fields[] = {
  { "type", "sysinfo/@type", LODGE_FIELD_ENUM, N_("Kind of Information"), NULL, .choices = types,
    .fallback = "smbios", .flags = LODGE_FIELD_MORE },
  { "bios-vendor", "sysinfo/bios/entry[@name='vendor']", LODGE_FIELD_STRING, N_("Vendor"), NULL, .group = BIOS,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "bios-version", "sysinfo/bios/entry[@name='version']", LODGE_FIELD_STRING, N_("Version"), NULL, .group = BIOS,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "bios-date", "sysinfo/bios/entry[@name='date']", LODGE_FIELD_STRING, N_("Date"), NULL, .group = BIOS,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "bios-release", "sysinfo/bios/entry[@name='release']", LODGE_FIELD_STRING, N_("Release"), NULL, .group = BIOS,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-manufacturer", "sysinfo/system/entry[@name='manufacturer']", LODGE_FIELD_STRING, N_("Maker"), NULL,
    .group = SYSTEM, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-product", "sysinfo/system/entry[@name='product']", LODGE_FIELD_STRING, N_("Product"), NULL,
    .group = SYSTEM, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-version", "sysinfo/system/entry[@name='version']", LODGE_FIELD_STRING, N_("Version"), NULL,
    .group = SYSTEM, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-serial", "sysinfo/system/entry[@name='serial']", LODGE_FIELD_STRING, N_("Serial Number"), NULL,
    .group = SYSTEM, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-uuid", "sysinfo/system/entry[@name='uuid']", LODGE_FIELD_UUID, N_("UUID"), NULL, .group = SYSTEM,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-sku", "sysinfo/system/entry[@name='sku']", LODGE_FIELD_STRING, N_("SKU"), NULL, .group = SYSTEM,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "system-family", "sysinfo/system/entry[@name='family']", LODGE_FIELD_STRING, N_("Family"), NULL,
    .group = SYSTEM, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "chassis-manufacturer", "sysinfo/chassis/entry[@name='manufacturer']", LODGE_FIELD_STRING, N_("Maker"), NULL,
    .group = CHASSIS, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "chassis-version", "sysinfo/chassis/entry[@name='version']", LODGE_FIELD_STRING, N_("Version"), NULL,
    .group = CHASSIS, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "chassis-serial", "sysinfo/chassis/entry[@name='serial']", LODGE_FIELD_STRING, N_("Serial Number"), NULL,
    .group = CHASSIS, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "chassis-asset", "sysinfo/chassis/entry[@name='asset']", LODGE_FIELD_STRING, N_("Asset Tag"), NULL,
    .group = CHASSIS, .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
  { "chassis-sku", "sysinfo/chassis/entry[@name='sku']", LODGE_FIELD_STRING, N_("SKU"), NULL, .group = CHASSIS,
    .needs = "type=smbios", .flags = LODGE_FIELD_MORE },
};

static const LodgeField board_fields[] = {
  { "manufacturer", "entry[@name='manufacturer']", LODGE_FIELD_STRING, N_("Maker"), NULL },
  { "product", "entry[@name='product']", LODGE_FIELD_STRING, N_("Product"), NULL },
  { "version", "entry[@name='version']", LODGE_FIELD_STRING, N_("Version"), NULL },
  { "serial", "entry[@name='serial']", LODGE_FIELD_STRING, N_("Serial Number"), NULL },
  { "asset", "entry[@name='asset']", LODGE_FIELD_STRING, N_("Asset Tag"), NULL },
  { "location", "entry[@name='location']", LODGE_FIELD_STRING, N_("Location"), NULL },
};
static const LodgeSchema board = {
  .id = "base-board", .path = "sysinfo/baseBoard", .title = N_("Mainboards"), LODGE_FIELDS (board_fields), .many = TRUE,
  .blank = "<baseBoard>\n  <entry name='product'>Board</entry>\n</baseBoard>",
};
static const LodgeField oem_fields[] = {
  { "text", "", LODGE_FIELD_STRING, N_("Text"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema oem = {
  .id = "oem-string", .path = "sysinfo/oemStrings/entry", .title = N_("OEM Strings"), LODGE_FIELDS (oem_fields),
    .many = TRUE,
  .blank = "<entry>text</entry>",
};
static const LodgeField entry_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), N_("Like opt/com.example/name"),
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "file", "@file", LODGE_FIELD_PATH, N_("File"), NULL },
  { "value", "", LODGE_FIELD_STRING, N_("Value"), NULL },
};
static const LodgeSchema entry = {
  .id = "firmware-entry", .path = "sysinfo/entry", .title = N_("Firmware Configuration"),
    LODGE_FIELDS (entry_fields), .many = TRUE,
  .blank = "<entry name='opt/com.example/name'>text</entry>",
};
static const LodgeSchema * const lists[] = { &board, &oem, &entry, NULL };

const LodgeSchema lodge_schema_identity = {
  .id = "identity", .path = "", .title = N_("System Information"), LODGE_FIELDS (fields), .lists = lists,
  .section = "smbios-system-information",
};
