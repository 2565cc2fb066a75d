/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LODGE_TYPE_TEXT_STREAM (lodge_text_stream_get_type ())
G_DECLARE_DERIVABLE_TYPE (LodgeTextStream, lodge_text_stream, LODGE, TEXT_STREAM, GObject)

/* Both ways of a text console: who brings it (libvirt, a test) derives a class, who shows it knows no more than this.
 * Signals, on the main context: "received" (GBytes*), "closed" (GError* or NULL: ended by the guest).
 * Bounded: reading pauses while the main loop is behind; sending beyond 1 MiB unsent is refused. */
struct _LodgeTextStreamClass
{
  GObjectClass parent_class;

  gboolean (*send)  (LodgeTextStream *self, GBytes *bytes);
  void     (*close) (LodgeTextStream *self);
};

gboolean lodge_text_stream_send            (LodgeTextStream *self, GBytes *bytes);
void     lodge_text_stream_close           (LodgeTextStream *self);
gboolean lodge_text_stream_is_open         (LodgeTextStream *self);
/* For implementations, on the main context */
void     lodge_text_stream_emit_received   (LodgeTextStream *self, GBytes *bytes);
void     lodge_text_stream_emit_closed     (LodgeTextStream *self, const GError *error);

G_END_DECLS
