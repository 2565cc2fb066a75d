/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-grammar.h"
#include "lodge-pattern.h"

G_BEGIN_DECLS

LodgePatternPool *lodge_grammar_get_pool  (LodgeGrammar *self);
LodgePattern     *lodge_grammar_get_start (LodgeGrammar *self);

G_END_DECLS
