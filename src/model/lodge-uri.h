/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LodgeTransport:
 *
 * How a connection URI reaches its host: the part after “+” in the scheme, or
 * what libvirt takes when there is none (local without a host, TLS with one).
 */
typedef enum
{
  LODGE_TRANSPORT_LOCAL,
  LODGE_TRANSPORT_UNIX,
  LODGE_TRANSPORT_SSH,
  LODGE_TRANSPORT_LIBSSH,
  LODGE_TRANSPORT_TLS,
  LODGE_TRANSPORT_TCP,
  LODGE_TRANSPORT_EXT,
} LodgeTransport;

#define LODGE_TYPE_URI (lodge_uri_get_type ())

/* A libvirt connection URI, taken apart. Immutable once parsed; free to change before build. */
typedef struct
{
  char           *driver;     /* "qemu", "test", "xen", "lxc", "esx" … */
  LodgeTransport  transport;
  char           *user;       /* nullable */
  char           *host;       /* nullable: this computer; IPv6 without brackets */
  int             port;       /* -1: none given */
  char           *path;       /* "/system", "/session", "/default", "/path/file.xml" */
  char           *query;      /* nullable, without "?" */
} LodgeUri;

GType     lodge_uri_get_type     (void);
LodgeUri *lodge_uri_new          (void);
LodgeUri *lodge_uri_parse        (const char      *text,
                                  GError         **error);
LodgeUri *lodge_uri_copy         (const LodgeUri  *self);
void      lodge_uri_free         (LodgeUri        *self);
char     *lodge_uri_to_string    (const LodgeUri  *self);
gboolean  lodge_uri_is_local     (const LodgeUri  *self);
gboolean  lodge_uri_is_session   (const LodgeUri  *self);
/* “This Computer”, “User Session”, “atlas”, “Test Hypervisor” */
char     *lodge_uri_dup_label    (const LodgeUri  *self);
/* “QEMU/KVM system”, “Connected over SSH” … : what it is, not its state */
char     *lodge_uri_dup_caption  (const LodgeUri  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeUri, lodge_uri_free)

G_END_DECLS
