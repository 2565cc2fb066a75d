/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LodgeScreenState:
 * @LODGE_SCREEN_CLOSED: not opened yet, or closed by us
 * @LODGE_SCREEN_CONNECTING: waiting for the server
 * @LODGE_SCREEN_NEEDS_CREDENTIALS: the server asks, see [method@Screen.supply_credentials]
 * @LODGE_SCREEN_CONNECTED: pictures arrive
 * @LODGE_SCREEN_LOST: the server closed, lied or broke off; [method@Screen.get_error] says why
 */
typedef enum
{
  LODGE_SCREEN_CLOSED,
  LODGE_SCREEN_CONNECTING,
  LODGE_SCREEN_NEEDS_CREDENTIALS,
  LODGE_SCREEN_CONNECTED,
  LODGE_SCREEN_LOST,
} LodgeScreenState;

#define LODGE_TYPE_SCREEN_STATE (lodge_screen_state_get_type ())
GType lodge_screen_state_get_type (void);

/**
 * LodgeScreenAddress:
 * @host: (nullable): a host name or address of the server
 * @port: TCP port, 0 for none
 * @tls_port: TCP port with TLS (SPICE), 0 for none
 * @unix_path: (nullable): a local socket instead
 * @password: (nullable): tried before anyone is asked
 *
 * Where a screen's server listens, as read from the guest's XML.
 */
typedef struct
{
  char *host;
  guint port;
  guint tls_port;
  char *unix_path;
  char *password;
} LodgeScreenAddress;

/**
 * LodgeScreenOpenFdFunc:
 * @cancellable: (nullable): aborts the wait
 * @callback: called with a GTask result whose value is read by
 *   g_task_propagate_int(): an open descriptor that the screen then owns, or -1 and an error
 * @callback_data: for @callback
 * @user_data: as given with the function
 *
 * Gets a fresh connected descriptor for one channel of the server
 * (virDomainOpenGraphicsFD, an SSH forward …). SPICE asks once a channel, VNC once.
 */
typedef void (*LodgeScreenOpenFdFunc) (GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             callback_data,
                                       gpointer             user_data);

#define LODGE_TYPE_SCREEN (lodge_screen_get_type ())
G_DECLARE_DERIVABLE_TYPE (LodgeScreen, lodge_screen, LODGE, SCREEN, GObject)

/* Properties: state (LodgeScreenState), width, height (guest pixels, 0: none), title (e.g. “Display 1”),
 * absolute-pointer (gboolean), led-state (guint), cursor.
 * Signals: "damage" (x, y, w, h), "resized", "cursor-changed", "bell". */

void             lodge_screen_open               (LodgeScreen *self);
void             lodge_screen_close              (LodgeScreen *self);
LodgeScreenState lodge_screen_get_state          (LodgeScreen *self);
const GError    *lodge_screen_get_error          (LodgeScreen *self);
int              lodge_screen_get_width          (LodgeScreen *self);
int              lodge_screen_get_height         (LodgeScreen *self);
gboolean         lodge_screen_wants_username     (LodgeScreen *self);
void             lodge_screen_supply_credentials (LodgeScreen *self,
                                                  const char  *username,
                                                  const char  *password);
GdkTexture      *lodge_screen_dup_texture        (LodgeScreen *self);

/* Backends. Give an address, or an @open_fd function, which wins. */
LodgeScreen     *lodge_spice_screen_new          (const LodgeScreenAddress *address,
                                                  LodgeScreenOpenFdFunc     open_fd,
                                                  gpointer                  user_data,
                                                  GDestroyNotify            destroy);
LodgeScreen     *lodge_vnc_screen_new            (const LodgeScreenAddress *address,
                                                  LodgeScreenOpenFdFunc     open_fd,
                                                  gpointer                  user_data,
                                                  GDestroyNotify            destroy);

G_END_DECLS
