/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-domain.h"
#include "util/lodge-text-stream.h"

G_BEGIN_DECLS

typedef enum
{
  LODGE_CONSOLE_SPICE,
  LODGE_CONSOLE_VNC,
  LODGE_CONSOLE_DBUS,             /* QEMU's own, peer to peer, on this computer */
  LODGE_CONSOLE_OTHER_GRAPHICS,   /* sdl, rdp, egl-headless …: shown as not available, with the reason */
  LODGE_CONSOLE_SERIAL,
  LODGE_CONSOLE_PARALLEL,
  LODGE_CONSOLE_VIRTIO,           /* <console> with another target than serial */
} LodgeConsoleKind;

/* What there is in the machine that it and the one who looks at it can share things by */
typedef enum
{
  LODGE_CONSOLE_HAS_AGENT     = 1 << 0,   /* a channel for the agent of the desktop in the guest */
  LODGE_CONSOLE_HAS_FOLDER    = 1 << 1,   /* a channel for a shared folder */
  LODGE_CONSOLE_HAS_USB       = 1 << 2,   /* places for devices that are plugged in here */
  LODGE_CONSOLE_HAS_SMARTCARD = 1 << 3,
  LODGE_CONSOLE_HAS_SOUND     = 1 << 4,
  LODGE_CONSOLE_HAS_SIZES     = 1 << 5,   /* a video card with any size that is asked for */
  LODGE_CONSOLE_HAS_TABLET    = 1 << 6,   /* a pointer that goes where it is told */
} LodgeConsoleDevices;

/* What can be added to a machine that lacks it */
typedef enum
{
  LODGE_CONSOLE_FIX_NONE,
  LODGE_CONSOLE_FIX_AGENT,        /* for SPICE */
  LODGE_CONSOLE_FIX_QEMU_AGENT,   /* for VNC */
  LODGE_CONSOLE_FIX_FOLDER,
  LODGE_CONSOLE_FIX_USB,
  LODGE_CONSOLE_FIX_SMARTCARD,
  LODGE_CONSOLE_FIX_SOUND,
  LODGE_CONSOLE_FIX_TABLET,
  LODGE_CONSOLE_FIX_VIDEO,
} LodgeConsoleFix;

#define LODGE_TYPE_CONSOLE_INFO (lodge_console_info_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConsoleInfo, lodge_console_info, LODGE, CONSOLE_INFO, GObject)

/* One console of a machine, read from its live XML. Immutable. */
LodgeConsoleKind  lodge_console_info_get_kind     (LodgeConsoleInfo *self);
const char       *lodge_console_info_get_label    (LodgeConsoleInfo *self);  /* “Display 1”, “Serial 1” */
gboolean          lodge_console_info_is_graphical (LodgeConsoleInfo *self);
/* NULL: can be shown; else a sentence that says why not */
const char       *lodge_console_info_get_obstacle (LodgeConsoleInfo *self);
const char       *lodge_console_info_get_host     (LodgeConsoleInfo *self);
guint             lodge_console_info_get_port     (LodgeConsoleInfo *self);
guint             lodge_console_info_get_tls_port (LodgeConsoleInfo *self);
const char       *lodge_console_info_get_unix_path (LodgeConsoleInfo *self);
LodgeConsoleDevices
                  lodge_console_info_get_devices  (LodgeConsoleInfo *self);
/* Of the first video card, “virtio”; NULL: none */
const char       *lodge_console_info_get_video_model (LodgeConsoleInfo *self);
gboolean          lodge_console_info_equal        (LodgeConsoleInfo *self, LodgeConsoleInfo *other);

/* Pure: from domain XML; GListStore of LodgeConsoleInfo, displays first */
GListModel       *lodge_console_info_list_from_xml (const char *xml, GError **error);

/* The consoles of a running machine, from its live XML */
void              lodge_domain_list_consoles_async  (LodgeDomain *domain, GCancellable *cancellable,
                                                     GAsyncReadyCallback callback, gpointer user_data);
GListModel       *lodge_domain_list_consoles_finish (LodgeDomain *domain, GAsyncResult *result, GError **error);

/* TRUE when lodge_domain_open_screen_fd_async() is the way (local socket: virDomainOpenGraphicsFD with SKIPAUTH;
 * ssh: a forward through ssh); else connect to the address in @info. */
gboolean          lodge_domain_screen_needs_fd       (LodgeDomain *domain, LodgeConsoleInfo *info);
/* A connected descriptor to @info's server, for one channel. Read the result with ..._finish: -1 and error. */
void              lodge_domain_open_screen_fd_async  (LodgeDomain *domain, LodgeConsoleInfo *info,
                                                      GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
int               lodge_domain_open_screen_fd_finish (LodgeDomain *domain, GAsyncResult *result, GError **error);

/* virDomainOpenConsole; @force takes it over from another client. LODGE_ERROR_BUSY: in use elsewhere */
void              lodge_domain_open_console_async    (LodgeDomain *domain, LodgeConsoleInfo *info, gboolean force,
                                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                                      gpointer user_data);
LodgeTextStream  *lodge_domain_open_console_finish   (LodgeDomain *domain, GAsyncResult *result, GError **error);

/* Adds what is missing, for now where the running machine takes it, else for the next start */
const char       *lodge_console_fix_get_id           (LodgeConsoleFix fix, const char **label);
LodgeConsoleFix   lodge_console_fix_from_id          (const char *id);
void              lodge_domain_fix_console_async     (LodgeDomain *domain, LodgeConsoleFix fix,
                                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                                      gpointer user_data);
gboolean          lodge_domain_fix_console_finish    (LodgeDomain *domain, GAsyncResult *result, gboolean *now,
                                                      GError **error);

G_END_DECLS
