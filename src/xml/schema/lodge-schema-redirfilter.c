/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeField usbdev_fields[] = {
  { "allow", "@allow", LODGE_FIELD_BOOL, N_("Allowed"), NULL, .flags = LODGE_FIELD_REQUIRED },
  { "class", "@class", LODGE_FIELD_HEX, N_("Class"), NULL, .maximum = 255 },
  { "vendor", "@vendor", LODGE_FIELD_HEX, N_("Vendor"), NULL, .maximum = 65535 },
  { "product", "@product", LODGE_FIELD_HEX, N_("Product"), NULL, .maximum = 65535 },
  { "version", "@version", LODGE_FIELD_STRING, N_("Version"), N_("Like 1.10") },
};
static const LodgeSchema usbdev = {
  .id = "redirect-rule", .path = "usbdev", .title = N_("Rules"), LODGE_FIELDS (usbdev_fields), .many = TRUE,
  .blank = "<usbdev allow='no'/>",
};
static const LodgeSchema * const lists[] = { &usbdev, NULL };

const LodgeSchema lodge_schema_redirfilter = {
  .id = "redirfilter", .path = "devices/redirfilter", .title = N_("USB Redirection Filter"), .lists = lists,
  .blank = "<redirfilter>\n  <usbdev allow='no'/>\n</redirfilter>", .section = "redirected-devices",
};
