/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-model-types.h"
#include "xml/lodge-xml-document.h"

G_BEGIN_DECLS

/* Immutable; parsed on a worker thread, read anywhere */

#define LODGE_TYPE_CAPABILITIES (lodge_capabilities_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCapabilities, lodge_capabilities, LODGE, CAPABILITIES, GObject)
#define LODGE_TYPE_DOMAIN_CAPABILITIES (lodge_domain_capabilities_get_type ())
G_DECLARE_FINAL_TYPE (LodgeDomainCapabilities, lodge_domain_capabilities, LODGE, DOMAIN_CAPABILITIES, GObject)

/* One way to run guests: <guest><os_type/><arch name=><domain type=> */
typedef struct
{
  char  *os_type;     /* "hvm", "exe", "xen" … */
  char  *arch;
  char  *virt_type;   /* "kvm", "qemu", "test" … */
  char  *emulator;    /* nullable */
  GStrv  machines;    /* as listed: the default first */
  GStrv  features;    /* "acpi", "apic", "pae" … */
} LodgeGuestCapability;

LodgeCapabilities *lodge_capabilities_new           (const char *xml, GError **error);
const char        *lodge_capabilities_get_host_arch (LodgeCapabilities *self);
guint              lodge_capabilities_get_n_guests  (LodgeCapabilities *self);
const LodgeGuestCapability *
                   lodge_capabilities_get_guest     (LodgeCapabilities *self, guint index);
/* The best for @arch (NULL: the host's): hvm before others, kvm, xen, hvf before emulation */
const LodgeGuestCapability *
                   lodge_capabilities_choose_guest  (LodgeCapabilities *self, const char *arch);

LodgeDomainCapabilities *lodge_domain_capabilities_new (const char *xml, GError **error);
/* (transfer none): all of it, to be read only */
LodgeXmlDocument *lodge_domain_capabilities_get_document (LodgeDomainCapabilities *self);
const char *lodge_domain_capabilities_get_machine   (LodgeDomainCapabilities *self);   /* nullable */
guint       lodge_domain_capabilities_get_max_vcpus (LodgeDomainCapabilities *self);   /* 0 unknown */
/* Whether @value is among the enum @name of the section @path, e.g. ("devices/graphics", "type", "spice") */
gboolean    lodge_domain_capabilities_has           (LodgeDomainCapabilities *self, const char *path,
                                                     const char *name, const char *value);
/* <section supported='yes'> */
gboolean    lodge_domain_capabilities_supports      (LodgeDomainCapabilities *self, const char *path);
/* A CPU mode is supported; "host-passthrough" … */
gboolean    lodge_domain_capabilities_has_cpu_mode  (LodgeDomainCapabilities *self, const char *mode);
gboolean    lodge_domain_capabilities_passthrough_migratable (LodgeDomainCapabilities *self);

G_END_DECLS
