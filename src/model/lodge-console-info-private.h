/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-console-info.h"
#include "lodge-uri.h"

G_BEGIN_DECLS

/* How a screen is reached from here */
typedef enum
{
  LODGE_SCREEN_BY_LIBVIRT,    /* virDomainOpenGraphicsFD: the host is this computer */
  LODGE_SCREEN_BY_SOCKET,     /* a Unix socket of this computer */
  LODGE_SCREEN_BY_SSH,        /* through ssh to the address or socket as the host sees it */
  LODGE_SCREEN_BY_ADDRESS,    /* connect to host and port */
} LodgeScreenRoute;

/* Pure: what lodge_domain_list_consoles_async() makes of live XML; @uri NULL: QEMU on this computer */
GListModel       *lodge_console_info_list_for_uri (const char        *xml,
                                                   const LodgeUri    *uri,
                                                   GError           **error);
LodgeScreenRoute  lodge_console_info_get_route    (LodgeConsoleInfo  *self,
                                                   const LodgeUri    *uri);
/* Which one of all <graphics> it is: libvirt's number for it */
guint             lodge_console_info_get_index    (LodgeConsoleInfo  *self);
/* (nullable): libvirt's name of a text console */
const char       *lodge_console_info_get_alias    (LodgeConsoleInfo  *self);
/* (nullable): where it listens, as the host sees it: never a wildcard */
const char       *lodge_console_info_get_far_host (LodgeConsoleInfo  *self);

G_END_DECLS
