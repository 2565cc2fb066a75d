/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "console/lodge-screen-backend.h"

G_BEGIN_DECLS

#define FAKE_TYPE_SCREEN (fake_screen_get_type ())
G_DECLARE_FINAL_TYPE (FakeScreen, fake_screen, FAKE, SCREEN, LodgeScreen)

/* A screen without a server: connected at once, and everything that it is told stands in its log. */
FakeScreen *fake_screen_new         (int width, int height);
/* What it was told since the last call, one thing a line */
char       *fake_screen_steal_log   (FakeScreen *self);
/* Its pixels, native xRGB without a gap between rows */
guint32    *fake_screen_get_pixels  (FakeScreen *self);
void        fake_screen_set_size    (FakeScreen *self, int width, int height);
/* Fills a part with noise made from @random, and says so */
void        fake_screen_damage      (FakeScreen *self, GRand *random, int x, int y, int width, int height);
/* Ends what lodge_screen_copy_files_async() began: well, cancelled, or with @error, which it takes */
void        fake_screen_end_copy    (FakeScreen *self, GError *error);
guint       fake_screen_get_updates (FakeScreen *self);

G_END_DECLS
