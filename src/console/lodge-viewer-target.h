/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection file is a page of text and a certificate */
#define LODGE_VIEWER_MAX_FILE (256 * 1024)

typedef enum
{
  LODGE_VIEWER_SPICE,
  LODGE_VIEWER_VNC,
} LodgeViewerProtocol;

/* Keys that a connection file may choose */
typedef enum
{
  LODGE_VIEWER_KEY_FULLSCREEN,
  LODGE_VIEWER_KEY_RELEASE,
  LODGE_VIEWER_KEY_SECURE_ATTENTION,
  LODGE_VIEWER_KEY_SMARTCARD_INSERT,
  LODGE_VIEWER_KEY_SMARTCARD_REMOVE,
  LODGE_VIEWER_N_KEYS,
} LodgeViewerKey;

/**
 * LodgeViewerTarget:
 * @host: (nullable): name or address; %NULL with @unix_path
 * @port: 0: none
 * @tls_port: 0: none
 * @title: (nullable): as the file says it: plain text of somebody else
 * @ca: (nullable): certificates to trust, PEM
 * @host_subject: (nullable): the subject that the server's certificate must have
 * @tls_ciphers: (nullable): in OpenSSL's words
 * @proxy: (nullable): an HTTP proxy
 * @secure_channels: (nullable): channels of SPICE that must be encrypted
 * @disabled_effects: (nullable): what the guest's desktop does without, to save bytes: wallpaper, font-smooth,
 *   animation, all
 * @usb_filter: (nullable): rules of usbredir
 * @keys: (nullable): accelerators of GTK, “” for none; %NULL for Lodge's own. A modifier alone is
 *   no accelerator and stands as “<Control><Alt>”
 * @color_depth: bits, 0: as it comes; today's SPICE servers and clients take no notice of it
 * @enable_smartcard: -1: not said, as for the other two
 * @delete_file: the file is to be removed once it was read
 * @note: (nullable): what the file wants and does not get, a sentence for a person
 *
 * A server to show, and how.
 */
typedef struct
{
  LodgeViewerProtocol  protocol;
  char                *host;
  guint                port;
  guint                tls_port;
  char                *unix_path;
  char                *username;
  char                *password;
  char                *title;
  GBytes              *ca;
  char                *host_subject;
  char                *tls_ciphers;
  char                *proxy;
  char               **secure_channels;
  char               **disabled_effects;
  char                *usb_filter;
  char                *keys[LODGE_VIEWER_N_KEYS];
  guint                color_depth;
  int                  enable_smartcard;
  int                  enable_usbredir;
  int                  enable_usb_autoshare;
  gboolean             fullscreen;
  gboolean             delete_file;
  char                *note;
} LodgeViewerTarget;

gboolean           lodge_viewer_target_is_uri        (const char         *text);
LodgeViewerTarget *lodge_viewer_target_new_from_uri  (const char         *uri,
                                                      GError            **error);
LodgeViewerTarget *lodge_viewer_target_new_from_file (const char         *data,
                                                      gsize               size,
                                                      GError            **error);
void               lodge_viewer_target_free          (LodgeViewerTarget  *self);
/* “example.org:5900”, for a title */
char              *lodge_viewer_target_dup_address   (LodgeViewerTarget  *self);
/* virt-viewer's “ctrl+alt+end” in GTK's words, NULL: no such key */
char              *lodge_viewer_dup_accelerator      (const char         *hotkey);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeViewerTarget, lodge_viewer_target_free)

G_END_DECLS
