/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-capabilities.h"

G_BEGIN_DECLS

/* What an operating system can drive, as libosinfo knows it for one architecture */
typedef enum
{
  LODGE_OS_VIRTIO_NET     = 1 << 0,
  LODGE_OS_VIRTIO_NET_1   = 1 << 1,   /* virtio 1.0: what a q35 machine has */
  LODGE_OS_VIRTIO_BLOCK   = 1 << 2,
  LODGE_OS_VIRTIO_BALLOON = 1 << 3,
  LODGE_OS_VIRTIO_SERIAL  = 1 << 4,
  LODGE_OS_VIRTIO_SCSI    = 1 << 5,
  LODGE_OS_VIRTIO_RNG     = 1 << 6,
  LODGE_OS_VIRTIO_GPU     = 1 << 7,
  LODGE_OS_VIRTIO_INPUT   = 1 << 8,
  LODGE_OS_USB3           = 1 << 9,
  LODGE_OS_Q35            = 1 << 10,
  LODGE_OS_EFI_ONLY       = 1 << 11,  /* EFI is supported and BIOS is not */
  LODGE_OS_WINDOWS        = 1 << 12,
  LODGE_OS_SOLARIS        = 1 << 13,
} LodgeOsFeatures;

/**
 * LodgeOsTraits:
 * @id: (nullable): libosinfo's URI, e.g. "http://fedoraproject.org/fedora/41"; %NULL is unknown
 * @short_id: (nullable): e.g. "fedora41"
 * @features: what it can drive
 * @net_models: (nullable): models of network cards that it knows, e.g. "e1000"
 *
 * What the plan needs to know of an operating system. Sizes in bytes, 0 unknown.
 */
typedef struct
{
  char            *id;
  char            *short_id;
  char            *name;
  LodgeOsFeatures  features;
  GStrv            net_models;
  guint64          minimum_memory;
  guint64          recommended_memory;
  guint            minimum_cpus;
  guint            recommended_cpus;
  guint64          minimum_storage;
  guint64          recommended_storage;
} LodgeOsTraits;

LodgeOsTraits *lodge_os_traits_new         (void);
/* A system that nothing is known of: taken for a modern Linux */
LodgeOsTraits *lodge_os_traits_new_generic (void);
LodgeOsTraits *lodge_os_traits_copy        (const LodgeOsTraits *self);
void           lodge_os_traits_free        (LodgeOsTraits       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeOsTraits, lodge_os_traits_free)

typedef enum
{
  LODGE_SOURCE_DISC,      /* boots once from @disc_path */
  LODGE_SOURCE_DISK,      /* boots from @disk_path, which exists */
  LODGE_SOURCE_NETWORK,   /* boots from the network */
  LODGE_SOURCE_NONE,      /* nothing to boot yet */
  LODGE_SOURCE_CONTAINER, /* no machine but a container on @root_path */
} LodgeGuestSource;

typedef enum
{
  LODGE_FIRMWARE_AUTO,
  LODGE_FIRMWARE_BIOS,
  LODGE_FIRMWARE_EFI,
  LODGE_FIRMWARE_EFI_SECURE,   /* with Secure Boot, keys enrolled */
} LodgeFirmwareChoice;

typedef enum
{
  LODGE_NETWORK_NONE,
  LODGE_NETWORK_USER,      /* user mode: no privilege needed */
  LODGE_NETWORK_VIRTUAL,   /* @network_name is a libvirt network */
  LODGE_NETWORK_BRIDGE,    /* @network_name is a bridge of the host */
} LodgeNetworkChoice;

/* What the person chose. A disk is either a file at @disk_path or the volume @disk_volume of @disk_pool, or none. */
typedef struct
{
  char                *name;
  char                *uuid;         /* nullable: libvirt makes one */
  LodgeGuestSource     source;
  char                *disc_path;    /* nullable */
  char                *root_path;    /* nullable: of a container */
  char                *disk_path;    /* nullable */
  char                *disk_pool;    /* nullable */
  char                *disk_volume;  /* nullable */
  char                *disk_format;  /* "qcow2", "raw" … */
  guint64              memory;       /* bytes */
  guint                cpus;
  LodgeFirmwareChoice  firmware;
  LodgeNetworkChoice   network;
  char                *network_name; /* nullable */
  char                *host_arch;    /* nullable: unknown, taken for the guest's */
  gboolean             remote;       /* the display is seen over a network */
} LodgeGuestChoices;

LodgeGuestChoices *lodge_guest_choices_new  (void);
LodgeGuestChoices *lodge_guest_choices_copy (const LodgeGuestChoices *self);
void               lodge_guest_choices_free (LodgeGuestChoices       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeGuestChoices, lodge_guest_choices_free)

#define LODGE_TYPE_GUEST_PLAN (lodge_guest_plan_get_type ())
G_DECLARE_FINAL_TYPE (LodgeGuestPlan, lodge_guest_plan, LODGE, GUEST_PLAN, GObject)

/* The machine type for this system on this guest capability; NULL: none is listed. Ask the host's domain
 * capabilities for it, then make the plan. */
const char     *lodge_guest_plan_choose_machine (const LodgeOsTraits         *os,
                                                 const LodgeGuestCapability  *guest);
LodgeGuestPlan *lodge_guest_plan_new            (const LodgeGuestChoices     *choices,
                                                 const LodgeOsTraits         *os,
                                                 const LodgeGuestCapability  *guest,
                                                 LodgeDomainCapabilities     *capabilities,
                                                 GError                     **error);
/* The domain XML */
const char     *lodge_guest_plan_get_xml        (LodgeGuestPlan *self);
gboolean        lodge_guest_plan_get_efi        (LodgeGuestPlan *self);
gboolean        lodge_guest_plan_get_secure_boot (LodgeGuestPlan *self);
gboolean        lodge_guest_plan_get_tpm        (LodgeGuestPlan *self);
/* “SPICE, virtio”: how its screen is seen, and what draws it */
const char     *lodge_guest_plan_get_display    (LodgeGuestPlan *self);
/* TRUE: emulated, without hardware acceleration */
gboolean        lodge_guest_plan_get_emulated   (LodgeGuestPlan *self);
/* Translated sentences that the person should read before it is made */
const char * const *
                lodge_guest_plan_get_warnings   (LodgeGuestPlan *self);

/* A name as libvirt and file systems take it: NULL, or a sentence that says what is wrong */
char           *lodge_guest_plan_check_name     (const char *name);
/* "fedora41", or "fedora41-2" … when it is taken; @taken: (nullable) */
char           *lodge_guest_plan_propose_name   (const char         *short_id,
                                                 const char * const *taken);
/* What is proposed for a system on a host: bytes, processors, bytes */
guint64         lodge_guest_plan_propose_memory (const LodgeOsTraits *os, guint64 host_memory);
guint           lodge_guest_plan_propose_cpus   (const LodgeOsTraits *os, guint host_cpus);
guint64         lodge_guest_plan_propose_storage (const LodgeOsTraits *os);

G_END_DECLS
