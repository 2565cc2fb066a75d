/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files of LodgeVncScreen: connection and pictures, login, input. */

#include <gvnc.h>

#include "lodge-screen-backend.h"
#include "util/lodge-error.h"

G_BEGIN_DECLS

struct _LodgeVncScreen
{
  LodgeScreen        parent_instance;

  LodgeScreenTarget  target;

  /* owned */
  GCancellable      *cancellable;
  VncConnection     *connection;
  VncFramebuffer    *framebuffer;  /* owns its pixels, see make_framebuffer() */
  char              *username;
  char              *password;     /* what to answer; NULL: ask */
  char              *cut_text;     /* what the guest has copied, UTF-8 */
  char              *reason;       /* what the server said when it refused */

  int                width;
  int                height;
  int                pointer_x;
  int                pointer_y;
  guint              password_supplied : 1;
  guint              waiting : 1;          /* the server waits for credentials */
  guint              wants_username : 1;
  guint              auth_failed : 1;
  guint              ask_again_id;
  guint              update_seen : 1;      /* our last request has been answered */
  guint              damage_seen : 1;      /* … with pixels: whoever draws them asks for the next */
  guint              leds_known : 1;       /* the server tells which lights are on */
};

#define LODGE_TYPE_VNC_SCREEN (lodge_vnc_screen_get_type ())
G_DECLARE_FINAL_TYPE (LodgeVncScreen, lodge_vnc_screen, LODGE, VNC_SCREEN, LodgeScreen)

/* lodge-vnc-screen.c */
void lodge_vnc_screen_lose          (LodgeVncScreen   *self,
                                     LodgeErrorCode    code,
                                     const char       *message);

/* lodge-vnc-login.c */
void lodge_vnc_screen_watch_login   (LodgeVncScreen   *self);
void lodge_vnc_screen_answer_login  (LodgeVncScreen   *self);

/* lodge-vnc-clipboard.c */
void lodge_vnc_screen_watch_clipboard (LodgeVncScreen *self);
void lodge_vnc_screen_install_clipboard (LodgeScreenClass *klass);

/* lodge-vnc-input.c */
void lodge_vnc_screen_install_input (LodgeScreenClass *klass);

G_END_DECLS
