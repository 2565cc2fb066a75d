/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model/lodge-capabilities.h"
#include "model/lodge-connection.h"
#include "model/lodge-machine-creation.h"
#include "model/lodge-storage.h"
#include "plan/lodge-guest-plan.h"
#include "plan/lodge-os-database.h"

G_BEGIN_DECLS

/* What becomes of the storage */
typedef enum
{
  LODGE_STORAGE_NEW,        /* a volume of @size in @pool */
  LODGE_STORAGE_EXISTING,   /* the image at @disk_path */
  LODGE_STORAGE_NONE,
} LodgeStorageChoice;

#define LODGE_TYPE_CREATE_DRAFT (lodge_create_draft_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCreateDraft, lodge_create_draft, LODGE, CREATE_DRAFT, GObject)

/* What the steps of New Machine have gathered so far: each page reads and writes its part. Going back loses nothing.
 * Main context only. */
struct _LodgeCreateDraft
{
  GObject              parent_instance;

  LodgeConnection     *connection;     /* owned, nullable */
  LodgeCapabilities   *capabilities;   /* owned, nullable: not read yet */
  GSettings           *settings;       /* owned */

  LodgeGuestSource     source;
  char                *path;           /* owned, nullable: of the disc, disk or root folder */
  guint64              path_size;      /* bytes, 0 unknown */
  char                *path_format;    /* owned, nullable */

  LodgeOs             *os;             /* owned, nullable: unknown or another */
  gboolean             os_detected;
  gboolean             os_chosen;      /* by the person */

  guint64              memory;         /* bytes */
  guint                cpus;
  gboolean             resources_set;  /* for this system and host; what the person changed stays */

  LodgeStorageChoice   storage;
  char                *pool;           /* owned, nullable */
  gboolean             pool_formats;   /* its volumes have formats */
  guint64              size;           /* bytes */
  char                *disk_path;      /* owned, nullable */
  char                *disk_format;    /* owned, nullable */
  char                *volume;         /* owned, nullable: name for the new one, chosen for the machine's name */

  LodgeNetworkChoice   network;
  char                *network_name;   /* owned, nullable */
  char                *network_label;  /* owned, nullable: as the person saw it */
  gboolean             network_chosen; /* by the person */
  LodgeFirmwareChoice  firmware;

  char                *name;           /* owned, nullable */
  gboolean             name_edited;

  char                *planned_xml;    /* owned, nullable: what was planned when the person began to customize it */
  char                *planned_volume; /* owned, nullable: the image of that plan */
  char                *custom_xml;     /* owned, nullable: what became of that */
  GPtrArray           *custom_volumes; /* owned, nullable, of LodgeNewVolume: images for disks that were added */
};

LodgeCreateDraft     *lodge_create_draft_new            (GSettings        *settings);
void                  lodge_create_draft_set_connection (LodgeCreateDraft *self,
                                                         LodgeConnection  *connection);
/* The host is this computer */
gboolean              lodge_create_draft_is_local       (LodgeCreateDraft *self);
/* The best way to run a guest there; NULL: none, or not known yet */
const LodgeGuestCapability *
                      lodge_create_draft_get_guest      (LodgeCreateDraft *self);
/* (transfer full) */
LodgeOsTraits        *lodge_create_draft_dup_traits     (LodgeCreateDraft *self);
LodgeGuestChoices    *lodge_create_draft_dup_choices    (LodgeCreateDraft *self);
/* (transfer full) (element-type LodgeNewVolume): the images that @xml refers to and that are to be made */
GPtrArray            *lodge_create_draft_dup_volumes    (LodgeCreateDraft *self,
                                                         const char       *xml);
/* @xml is what the person has made of @planned; @volumes: (nullable): as in the draft */
void                  lodge_create_draft_customize      (LodgeCreateDraft *self,
                                                         const char       *planned,
                                                         const char       *xml,
                                                         GPtrArray        *volumes);
gboolean              lodge_create_draft_replan         (LodgeCreateDraft *self,
                                                         const char       *planned);
/* A machine with a disk of its own */
gboolean              lodge_create_draft_makes_volume   (LodgeCreateDraft *self);
/* The name of the operating system, or words for an unknown one */
const char           *lodge_create_draft_get_os_name    (LodgeCreateDraft *self);

G_END_DECLS
