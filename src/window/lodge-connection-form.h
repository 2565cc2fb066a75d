/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-uri.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_LOCATION_HERE,
  LODGE_LOCATION_SOCKET,   /* a Unix socket of this computer */
  LODGE_LOCATION_SSH,
  LODGE_LOCATION_TLS,
  LODGE_LOCATION_TCP,
  LODGE_N_LOCATIONS,
} LodgeLocation;

/* How libvirt is reached on a host over SSH; libvirt's own words are in the table of the .c file */
typedef enum
{
  LODGE_FAR_END_AUTOMATIC,
  LODGE_FAR_END_HELPER,
  LODGE_FAR_END_NETCAT,
} LodgeFarEnd;

/* A kind of hypervisor, as it can be chosen. @driver NULL: a URI of the person's own */
typedef struct
{
  const char *label;          /* to be translated */
  const char *driver;
  const char *system_path;    /* NULL: has machines of the user only */
  const char *session_path;   /* NULL: has machines of the system only */
  guint       locations;      /* bits by LodgeLocation; 0: its own network protocol, by address and user */
} LodgeHypervisorChoice;

const LodgeHypervisorChoice *lodge_connection_form_get_hypervisors (guint *n);

/* What the dialog asks. Which of them count depends on the first two. Strings are never NULL. */
typedef struct
{
  guint          hypervisor;     /* of the table */
  LodgeLocation  location;
  gboolean       session;
  char          *address, *user;
  guint          port;           /* 0: the usual one */
  char          *key_file;
  gboolean       libssh;         /* instead of OpenSSH */
  LodgeFarEnd    far_end;
  char          *far_socket;
  char          *certificates;   /* a folder */
  gboolean       no_verify;
  char          *socket;
  char          *uri;            /* of a hypervisor without driver */
} LodgeConnectionForm;

LodgeConnectionForm *lodge_connection_form_new      (void);
void                 lodge_connection_form_free     (LodgeConnectionForm       *self);
/* (transfer full) (nullable): the URI, or @error for the place where it was typed */
char                *lodge_connection_form_to_uri   (const LodgeConnectionForm *self,
                                                     GError                   **error);
/* (transfer full): the answers that make this URI; a custom URI where no answers do */
LodgeConnectionForm *lodge_connection_form_from_uri (const char                *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeConnectionForm, lodge_connection_form_free)

G_END_DECLS
