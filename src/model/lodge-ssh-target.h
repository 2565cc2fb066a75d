/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-uri.h"

G_BEGIN_DECLS

/* How the far end of a connection is joined to its libvirt */
typedef enum
{
  LODGE_SSH_WAY_HELPER,          /* a session that runs virt-ssh-helper */
  LODGE_SSH_WAY_SOCKET,          /* a forward to a socket of a libvirt daemon */
  LODGE_SSH_WAY_NETCAT,          /* a session that runs netcat on a socket */
} LodgeSshWayKind;

typedef struct
{
  LodgeSshWayKind  kind;
  char            *argument;     /* the command of a session, the path of a socket */
} LodgeSshWay;

/* What a libvirt URI with “+ssh” asks of SSH. Pure: nothing is read or run. Immutable, counted,
 * for any thread. */
typedef struct
{
  char      *uri;           /* as the person typed it */
  char      *program;       /* "ssh", or the URI's command= */
  char      *user;          /* nullable: the one of ssh_config */
  char      *host;          /* as typed: may be an alias of ssh_config */
  int        port;          /* 0: the one of ssh_config */
  char      *key_file;      /* nullable */
  gboolean   no_verify;
  gboolean   no_tty;        /* never ask */
  GPtrArray *ways;          /* of LodgeSshWay: to be tried in this order, the next when one is not there */
  char      *driver;
  char      *path;
  char      *rest;          /* nullable: parameters of the URI that are libvirt's own affair */
} LodgeSshTarget;

LodgeSshTarget *lodge_ssh_target_new           (const LodgeUri       *uri,
                                                gboolean              read_only,
                                                GError              **error);
LodgeSshTarget *lodge_ssh_target_ref           (LodgeSshTarget       *self);
void            lodge_ssh_target_unref         (LodgeSshTarget       *self);
/* The command line of a master; free with g_strfreev() */
char          **lodge_ssh_target_dup_master    (const LodgeSshTarget *self,
                                                const char           *control_path);
/* `ssh -G`: what ssh_config makes of it */
char          **lodge_ssh_target_dup_config_query (const LodgeSshTarget *self);
/* A login that proves that a key is accepted */
char          **lodge_ssh_target_dup_key_check (const LodgeSshTarget *self,
                                                const char           *key_file);
/* What libvirt is given to reach the private @socket */
char           *lodge_ssh_target_dup_private_uri (const LodgeSshTarget *self,
                                                  const char           *socket);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeSshTarget, lodge_ssh_target_unref)

/* The few answers of `ssh -G` that are of use */
typedef struct
{
  char *host;               /* the real name */
  char *user;
  int   port;
  char *proxy_jump;         /* nullable */
  char *control_path;       /* nullable: of the person's own masters */
} LodgeSshConfig;

LodgeSshConfig *lodge_ssh_config_parse         (const char           *text);
void            lodge_ssh_config_free          (LodgeSshConfig       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeSshConfig, lodge_ssh_config_free)

G_END_DECLS
