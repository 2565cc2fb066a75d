/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice targets[] = {
  { "virtio", N_("Virtio") }, { "xen", N_("Xen") }, { "guestfwd", N_("Address of the User Network") },
  { NULL }
};
static const LodgeFieldChoice names[] = {
  { "org.qemu.guest_agent.0", N_("QEMU Guest Agent") }, { "com.redhat.spice.0", N_("SPICE Agent") },
  { "org.spice-space.webdav.0", N_("SPICE Shared Folder") },
  { "org.spice-space.stream.0", N_("SPICE Streaming Agent") }, { "org.libguestfs.channel.0", N_("libguestfs") },
  { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Joined To"), N_("What is at the other end, on the host"),
    .choices = lodge_choices_character_type, .flags = LODGE_FIELD_REQUIRED },
  { "target-type", "target/@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = targets,
    .flags = LODGE_FIELD_REQUIRED },
  { "name", "target/@name", LODGE_FIELD_ENUM, N_("Name"), N_("What listens in the guest"), .choices = names,
    .needs = "target-type=virtio xen", .flags = LODGE_FIELD_OPEN },
  { "address", "target/@address", LODGE_FIELD_ADDRESS, N_("Address"), NULL, .needs = "target-type=guestfwd",
    .flags = LODGE_FIELD_MORE },
  { "port", "target/@port", LODGE_FIELD_UINT, N_("Port"), NULL, .needs = "target-type=guestfwd", .minimum = 1,
    .maximum = 65535, .flags = LODGE_FIELD_MORE },
  LODGE_CHARACTER_ROWS (""),
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_channel = {
  .id = "channel", .path = "devices/channel", .title = N_("Channel"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<channel type='unix'>\n  <target type='virtio' name='org.qemu.guest_agent.0'/>\n</channel>",
  .section = "channel",
};
