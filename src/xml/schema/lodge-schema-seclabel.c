/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "dynamic", N_("Made at Start") }, { "static", N_("As Set Here") }, { "none", N_("None") }, { NULL }
};
static const LodgeFieldChoice models[] = {
  { "selinux", N_("SELinux") }, { "apparmor", N_("AppArmor") }, { "dac", N_("User and Group") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"),
    N_("What protects the host and other machines from this one"), .choices = models,
    .flags = LODGE_FIELD_OPEN | LODGE_FIELD_FIXED },
  { "type", "@type", LODGE_FIELD_ENUM, N_("Label"), NULL, .choices = types, .fallback = "dynamic" },
  { "relabel", "@relabel", LODGE_FIELD_BOOL, N_("Label the Machine’s Files"), NULL, .fallback = "yes" },
  { "label", "label", LODGE_FIELD_STRING, N_("Label of the Machine"),
    N_("For user and group, like qemu:kvm or +64055:+108"), .needs = "type=static" },
  { "baselabel", "baselabel", LODGE_FIELD_STRING, N_("Base of the Label"), NULL, .needs = "type=dynamic",
    .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_seclabel = {
  .id = "seclabel", .path = "seclabel", .title = N_("Security Label"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<seclabel type='dynamic' model='selinux' relabel='yes'/>", .section = "security-label",
};
