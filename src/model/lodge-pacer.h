/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast bulk may go over a link that people work on: as fast as a question takes about 50 ms longer than without it, and
 * 120 ms at the worst (model/transfer:/model/transfer/pacer).
 *
 * Somebody asks the host small questions beside the bulk and tells when each went out and came back. Until the first sign
 * of a queue the rate doubles with each answer; from then on it grows slowly and halves with each answer that was late. An answer that
 * is overdue stops the bulk until it is there. All times are µs of one clock. Any thread. */
typedef struct _LodgePacer LodgePacer;

LodgePacer *lodge_pacer_new      (void);
void        lodge_pacer_free     (LodgePacer *self);
void        lodge_pacer_asked    (LodgePacer *self,
                                  gint64      now);
void        lodge_pacer_answered (LodgePacer *self,
                                  gint64      now);
/* How long to wait before @n_bytes may go, µs; 0: they may, and are counted */
gint64      lodge_pacer_take     (LodgePacer *self,
                                  gsize       n_bytes,
                                  gint64      now);
/* Bytes that may go at once: what goes through in the delay that is allowed */
gsize       lodge_pacer_get_portion (LodgePacer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgePacer, lodge_pacer_free)

G_END_DECLS
