/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice behaviors[] = {
  { "none", N_("Allowed") }, { "omit", N_("Hidden") }, { "reject", N_("Refused") }, { "crash", N_("Crash") }, { NULL }
};

#define KEY_WRAP N_("Key Wrapping (s390)")

static const LodgeField fields[] = {
  { "aes", "keywrap/cipher[@name='aes']/@state", LODGE_FIELD_ON_OFF, N_("AES Keys"), NULL, .group = KEY_WRAP,
    .flags = LODGE_FIELD_MORE },
  { "dea", "keywrap/cipher[@name='dea']/@state", LODGE_FIELD_ON_OFF, N_("DEA Keys"), NULL, .group = KEY_WRAP,
    .flags = LODGE_FIELD_MORE },
  { "deprecation", "qemu:deprecation/@behavior", LODGE_FIELD_ENUM, N_("Deprecated Interfaces"),
    N_("What QEMU does when one is used; for tests"), .choices = behaviors, .flags = LODGE_FIELD_MORE },
};

static const LodgeField argument_fields[] = {
  { "value", "@value", LODGE_FIELD_STRING, N_("Argument"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema argument = {
  .id = "qemu-argument", .path = "qemu:commandline/qemu:arg", .title = N_("Arguments of QEMU"),
    LODGE_FIELDS (argument_fields), .many = TRUE,
  .blank = "<qemu:arg value='-snapshot'/>",
};
static const LodgeField variable_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "value", "@value", LODGE_FIELD_STRING, N_("Value"), NULL },
};
static const LodgeSchema variable = {
  .id = "qemu-variable", .path = "qemu:commandline/qemu:env", .title = N_("Environment of QEMU"),
    LODGE_FIELDS (variable_fields), .many = TRUE,
  .blank = "<qemu:env name='QEMU_ENV' value='value'/>",
};
static const LodgeField added_fields[] = {
  { "capability", "@capability", LODGE_FIELD_STRING, N_("Ability"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema added = {
  .id = "qemu-capability-added", .path = "qemu:capabilities/qemu:add", .title = N_("Abilities to Assume"),
    LODGE_FIELDS (added_fields), .many = TRUE,
  .blank = "<qemu:add capability='blockdev'/>",
};
static const LodgeField deleted_fields[] = {
  { "capability", "@capability", LODGE_FIELD_STRING, N_("Ability"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema deleted = {
  .id = "qemu-capability-deleted", .path = "qemu:capabilities/qemu:del", .title = N_("Abilities to Deny"),
    LODGE_FIELDS (deleted_fields), .many = TRUE,
  .blank = "<qemu:del capability='drive'/>",
};
static const LodgeFieldChoice property_types[] = {
  { "string", N_("Text") }, { "signed", N_("Number") }, { "unsigned", N_("Number from 0") },
  { "bool", N_("Yes or No") }, { "remove", N_("Removed") }, { NULL }
};
static const LodgeField property_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Type"), NULL, .choices = property_types, .flags = LODGE_FIELD_REQUIRED },
  { "value", "@value", LODGE_FIELD_STRING, N_("Value"), NULL, .needs = "type!=remove" },
};
static const LodgeSchema property = {
  .id = "qemu-property", .path = "qemu:frontend/qemu:property", .title = N_("Properties"),
    LODGE_FIELDS (property_fields), .many = TRUE,
  .blank = "<qemu:property name='x-speed' type='string' value='fast'/>",
};
static const LodgeSchema * const override_lists[] = { &property, NULL };
static const LodgeField override_fields[] = {
  { "alias", "@alias", LODGE_FIELD_STRING, N_("Alias of the Device"), NULL,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
};
static const LodgeSchema override = {
  .id = "qemu-override", .path = "qemu:override/qemu:device", .title = N_("Properties of Devices"),
    LODGE_FIELDS (override_fields), .many = TRUE,
  .blank = "<qemu:device alias='ua-device'/>", .lists = override_lists,
};
static const LodgeField bhyve_argument_fields[] = {
  { "value", "@value", LODGE_FIELD_STRING, N_("Argument"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema bhyve_argument = {
  .id = "bhyve-argument", .path = "bhyve:commandline/bhyve:arg", .title = N_("Arguments of bhyve"),
    LODGE_FIELDS (bhyve_argument_fields), .many = TRUE,
  .blank = "<bhyve:arg value='-s'/>",
};
static const LodgeField xen_argument_fields[] = {
  { "value", "@value", LODGE_FIELD_STRING, N_("Argument"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema xen_argument = {
  .id = "xen-argument", .path = "xen:commandline/xen:arg", .title = N_("Arguments of Xen"),
    LODGE_FIELDS (xen_argument_fields), .many = TRUE,
  .blank = "<xen:arg value='-x'/>",
};
static const LodgeSchema * const lists[] = { &argument, &variable, &added, &deleted, &override, &bhyve_argument,
    &xen_argument, NULL };

const LodgeSchema lodge_schema_hypervisor = {
  .id = "hypervisor", .path = "", .title = N_("Hypervisor"), LODGE_FIELDS (fields), .lists = lists,
};
