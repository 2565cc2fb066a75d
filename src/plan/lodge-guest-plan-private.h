/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-guest-plan.h"

G_BEGIN_DECLS

/* Shared by the files of the plan: lodge-guest-plan.c decides, -system.c writes what the machine is, -devices.c what it
 * has */

/* The machine that is being planned: what the rules look at */
typedef struct
{
  const LodgeGuestChoices    *choices;
  const LodgeOsTraits        *os;
  const LodgeGuestCapability *guest;
  LodgeDomainCapabilities    *caps;      /* nullable */
  const char                 *machine;   /* nullable */

  gboolean hvm;
  gboolean container;
  gboolean x86;
  gboolean qemu;        /* a guest of the QEMU driver: kvm, qemu, hvf */
  gboolean kvm;
  gboolean xen;
  gboolean bhyve;
  gboolean windows;
  gboolean q35;
  gboolean virt;        /* arm, riscv or loongarch “virt” */
  gboolean pseries;
  gboolean s390x;
  gboolean pcie;
  gboolean virtio_only; /* a machine that has nothing but virtio */
  gboolean efi;
  gboolean secure_boot;
  gboolean tpm;
  gboolean spice;
  gboolean graphics;
  const char *video;    /* nullable: model */

  GString *xml;
} LodgePlan;

/* The QEMU driver, and the system drives this virtio device */
gboolean lodge_plan_drives      (const LodgePlan *plan,
                                 LodgeOsFeatures  feature);
/* The host's domain capabilities list @value */
gboolean lodge_plan_offers      (const LodgePlan *plan,
                                 const char      *section,
                                 const char      *name,
                                 const char      *value);
/* Appends; arguments are escaped, @format is not */
void     lodge_plan_add         (LodgePlan       *plan,
                                 const char      *format,
                                 ...) G_GNUC_PRINTF (2, 3);
void     lodge_plan_add_system  (LodgePlan       *plan);
void     lodge_plan_add_devices (LodgePlan       *plan);

G_END_DECLS
