/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LodgeGrammar:
 *
 * A schema of libvirt (RELAX NG), ready to validate and to complete. It remembers what it finds out, so it belongs to
 * one thread at a time; loading it again takes a few milliseconds.
 */
typedef struct _LodgeGrammar LodgeGrammar;

/* Where libvirt installs its schemas */
#define LODGE_GRAMMAR_DIRECTORY "/usr/share/libvirt/schemas"

LodgeGrammar *lodge_grammar_load    (const char     *directory,
                                     const char     *name,
                                     GError        **error);
void          lodge_grammar_free    (LodgeGrammar   *self);
/* Odd documents make it grow: time to load it anew */
gboolean      lodge_grammar_is_full (LodgeGrammar   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeGrammar, lodge_grammar_free)

G_END_DECLS
