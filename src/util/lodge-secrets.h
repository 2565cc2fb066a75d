/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LodgeSecretKind:
 * @LODGE_SECRET_SSH_PASSWORD: of a user on a host that is reached over SSH
 * @LODGE_SECRET_KEY_PASSPHRASE: of a private key; the key's path stands in place of the host
 * @LODGE_SECRET_LIBVIRT: what libvirt itself asks for (SASL, libssh, ESXi)
 * @LODGE_SECRET_SPICE: of a guest's SPICE display
 * @LODGE_SECRET_VNC: of a guest's VNC display
 */
typedef enum
{
  LODGE_SECRET_SSH_PASSWORD,
  LODGE_SECRET_KEY_PASSPHRASE,
  LODGE_SECRET_LIBVIRT,
  LODGE_SECRET_SPICE,
  LODGE_SECRET_VNC,
} LodgeSecretKind;

/* Whose secret it is */
typedef struct
{
  LodgeSecretKind  kind;
  char            *user;   /* nullable */
  char            *host;
  int              port;   /* 0: the usual one */
} LodgeSecretKey;

LodgeSecretKey *lodge_secret_key_new   (LodgeSecretKind       kind,
                                        const char           *user,
                                        const char           *host,
                                        int                   port);
LodgeSecretKey *lodge_secret_key_copy  (const LodgeSecretKey *key);
void            lodge_secret_key_free  (LodgeSecretKey       *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeSecretKey, lodge_secret_key_free)

/* Overwrites a secret before it is freed; NULL is allowed */
void            lodge_secret_free      (char                 *secret);

/* Where this desktop keeps no secrets, @available is FALSE: do not offer to remember. */
void            lodge_secrets_lookup_async  (const LodgeSecretKey *key,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
char           *lodge_secrets_lookup_finish (GAsyncResult         *result,
                                             gboolean             *available);
/* In this process's memory, until it ends: for desktops without a keyring */
void            lodge_secrets_keep_for_run  (const LodgeSecretKey *key,
                                             const char           *secret);
void            lodge_secrets_store_async   (const LodgeSecretKey *key,
                                             const char           *secret,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        lodge_secrets_store_finish  (GAsyncResult         *result,
                                             GError              **error);
void            lodge_secrets_clear_async   (const LodgeSecretKey *key,
                                             GCancellable         *cancellable,
                                             GAsyncReadyCallback   callback,
                                             gpointer              user_data);
gboolean        lodge_secrets_clear_finish  (GAsyncResult         *result,
                                             GError              **error);

G_END_DECLS
