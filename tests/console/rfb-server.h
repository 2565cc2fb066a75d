/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a server does instead of what it should */
typedef enum
{
  RFB_HONEST,
  RFB_SILENT,             /* takes the connection and says nothing */
  RFB_GARBAGE,            /* is not a VNC server at all */
  RFB_HANG_UP,            /* closes at once */
  RFB_NO_TYPES,           /* refuses, with a reason */
  RFB_HUGE_REASON,        /* refuses, with a reason of four gigabytes */
  RFB_UNKNOWN_TYPES,      /* wants a login that nobody knows */
  RFB_STOP_IN_LOGIN,      /* closes in the middle of the question for a password */
  RFB_ABSURD_SIZE,        /* 65535 × 65535 */
  RFB_NO_SIZE,            /* 0 × 0 */
  RFB_HUGE_NAME,          /* a desktop name of four gigabytes */
  RFB_OUTSIDE,            /* a rectangle beyond the picture */
  RFB_TRUNCATED,          /* half a rectangle, then it closes */
  RFB_STALL,              /* half a rectangle, then nothing more */
  RFB_UNKNOWN_ENCODING,   /* an encoding that was not offered */
  RFB_UNKNOWN_MESSAGE,
  RFB_HUGE_CURSOR,        /* 10000 × 10000 */
  RFB_CURSOR_OUTSIDE,     /* a hot spot outside of its cursor */
  RFB_HUGE_CUT_TEXT,      /* a clipboard of a gigabyte */
  RFB_ABSURD_RESIZE,      /* becomes 65535 × 65535 while it is looked at */
  RFB_BAD_TIGHT,          /* compressed nonsense */
} RfbLie;

typedef struct
{
  int      width;
  int      height;
  gboolean password;        /* wants “secret” */
  gboolean key_codes;       /* QEMU's extended key events */
  gboolean resizable;       /* extended desktop size */
  gboolean relative;        /* QEMU's relative pointer */
  gboolean leds;
  gboolean cursor_counts;   /* a cursor is the whole answer to a request, as with TigerVNC */
  RfbLie   lie;
} RfbOptions;

typedef struct _RfbServer RfbServer;

/* A VNC server in a thread of its own */
RfbServer *rfb_server_new          (const RfbOptions *options);
void       rfb_server_free         (RfbServer *self);
guint      rfb_server_get_port     (RfbServer *self);
/* What it was told since the last call, one thing a line */
char      *rfb_server_steal_log    (RfbServer *self);
guint      rfb_server_get_clients  (RfbServer *self);
guint      rfb_server_get_requests (RfbServer *self);
/* Paints noise made from @seed, to be sent when it is asked for */
void       rfb_server_paint        (RfbServer *self, guint32 seed, int x, int y, int width, int height);
/* Copies the pixels as they are now: xRGB, width × height of them */
guint32   *rfb_server_dup_pixels   (RfbServer *self, int *width, int *height);
void       rfb_server_resize       (RfbServer *self, int width, int height);
/* A cursor of this size in one color; 0: none */
void       rfb_server_set_cursor   (RfbServer *self, int side, guint32 color, int hotspot);
void       rfb_server_set_leds     (RfbServer *self, guint leds);
void       rfb_server_cut_text     (RfbServer *self, const char *text);
void       rfb_server_ring         (RfbServer *self);
/* Ends the connection of who is there */
void       rfb_server_kick         (RfbServer *self);

G_END_DECLS
