/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "util/lodge-text-stream.h"

G_BEGIN_DECLS

#define FAKE_TYPE_STREAM (fake_stream_get_type ())
G_DECLARE_FINAL_TYPE (FakeStream, fake_stream, FAKE, STREAM, LodgeTextStream)

/* A guest's side of a text console, without a guest */
FakeStream *fake_stream_new  (void);
void        fake_stream_say  (FakeStream *self, const char *text, gssize size);
/* What was typed since the beginning */
const char *fake_stream_get_heard (FakeStream *self);

G_END_DECLS
