/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int         width;
  int         height;
  const char *password;   /* nullable */
  gboolean    tablet;     /* an absolute pointer */
  gboolean    agent;      /* a guest agent with clipboard, monitors and files */
  gboolean    no_files;   /* the agent takes none */
  gboolean    second_card;   /* black, of a size of its own */
} SpiceTestOptions;

#define SPICE_TEST_SECOND_WIDTH  200
#define SPICE_TEST_SECOND_HEIGHT 120

/* A monitor on the primary surface of the first card */
typedef struct
{
  int x;
  int y;
  int width;
  int height;
} SpiceTestHead;

typedef struct _SpiceTest SpiceTest;

/* libspice-server in a thread of its own, with a guest made of noise */
SpiceTest *spice_test_new         (const SpiceTestOptions *options);
void       spice_test_free        (SpiceTest *self);
guint      spice_test_get_port    (SpiceTest *self);
/* What the guest was told since the last call, one thing a line */
char      *spice_test_steal_log   (SpiceTest *self);
void       spice_test_paint       (SpiceTest *self, guint32 seed, int x, int y, int width, int height);
guint32   *spice_test_dup_pixels  (SpiceTest *self, int *width, int *height);
void       spice_test_resize      (SpiceTest *self, int width, int height);
void       spice_test_set_cursor  (SpiceTest *self, int side, guint32 color, int hotspot);
void       spice_test_hide_cursor (SpiceTest *self);
void       spice_test_move_cursor (SpiceTest *self, int x, int y);
void       spice_test_set_heads   (SpiceTest *self, guint n, const SpiceTestHead *heads);
void       spice_test_plug_second (SpiceTest *self, gboolean plugged);
void       spice_test_set_leds    (SpiceTest *self, guint leds);
/* Bytes of a message of the guest's agent, VD_AGENT_… and what follows its header */
void       spice_test_agent_send  (SpiceTest *self, guint type, gconstpointer data, gsize size);
/* The agent says that @announced bytes come, and sends those of @data */
void       spice_test_agent_claim (SpiceTest *self, guint type, gsize announced, gconstpointer data, gsize size);

G_END_DECLS
