/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "console/lodge-display.h"
#include "cutting-relay.h"
#include "spice-server.h"

G_BEGIN_DECLS

/* A screen on a server of ours, and a window that shows it */
typedef struct
{
  SpiceTest    *server;
  CuttingRelay *relay;
  LodgeScreen  *screen;
  GtkWindow    *window;
  LodgeDisplay *display;
} SpiceFixture;

extern const SpiceTestOptions spice_fixture_plain;

/* In place of g_test_init(): the libraries of SPICE may complain */
void     spice_fixture_init            (int                    *argc,
                                        char                 ***argv);
void     spice_fixture_open            (SpiceFixture           *f,
                                        guint                   port,
                                        const char             *password);
void     spice_fixture_start           (SpiceFixture           *f,
                                        const SpiceTestOptions *options,
                                        const char             *password);
void     spice_fixture_show            (SpiceFixture           *f);
void     spice_fixture_close           (SpiceFixture           *f);
/* Whether the screen has the server's picture */
gboolean spice_fixture_shows           (SpiceFixture           *f);
/* Adds what the guest was told to @log, and looks for @what in it */
gboolean spice_fixture_is_told         (SpiceFixture           *f,
                                        GString                *log,
                                        const char             *what);
/* The inputs channel comes when it comes, and nothing tells; what is sent before is lost */
void     spice_fixture_wait_for_inputs (SpiceFixture           *f);

G_END_DECLS
