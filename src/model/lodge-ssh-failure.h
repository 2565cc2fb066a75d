/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why a master has ended */
typedef enum
{
  LODGE_SSH_FAILURE_OTHER,
  LODGE_SSH_FAILURE_MISSING,           /* there is no ssh program */
  LODGE_SSH_FAILURE_NETWORK,           /* worth another try by itself */
  LODGE_SSH_FAILURE_AUTHENTICATION,
  LODGE_SSH_FAILURE_CHANGED_HOST_KEY,
  LODGE_SSH_FAILURE_UNKNOWN_HOST_KEY,  /* refused, or nobody was asked */
  LODGE_SSH_FAILURE_CONFIGURATION,
  LODGE_SSH_FAILURE_REFUSED_BY_SERVER, /* overload, or a penalty for wrong answers */
  LODGE_SSH_FAILURE_LOST,              /* it was up */
} LodgeSshFailureKind;

typedef struct
{
  LodgeSshFailureKind  kind;
  GError              *error;         /* of LODGE_ERROR, with hint and ssh's own words */
  /* CHANGED_HOST_KEY: */
  char                *host;          /* as known_hosts has it: "name" or "[name]:port" */
  char                *key_type;      /* "ED25519" */
  char                *fingerprint;   /* of the key that the host sent now */
  char                *file;          /* where the other one is noted */
  guint                line;
  /* AUTHENTICATION: */
  char                *methods;       /* what the server offers: "publickey,password" */
} LodgeSshFailure;

/* Pure: from what ssh wrote to stderr (with LC_ALL=C) */
LodgeSshFailure *lodge_ssh_failure_new  (const char      *text,
                                         const char      *uri,
                                         gboolean         was_up);
/* When it could not even be started */
LodgeSshFailure *lodge_ssh_failure_new_missing (const char *program,
                                                const char *uri,
                                                const char *reason);
/* What a session on the host wrote to stderr, and its exit code (-1: unknown), where libvirt was to be reached */
GError          *lodge_ssh_session_error_new (const char   *text,
                                              int           exit_code,
                                              const char   *uri);
void             lodge_ssh_failure_free (LodgeSshFailure *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeSshFailure, lodge_ssh_failure_free)

G_END_DECLS
