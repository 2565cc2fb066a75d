/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xml/lodge-grammar.h"
#include "xml/lodge-validator.h"

G_BEGIN_DECLS

/* A machine that the grammar takes */
extern const char machine[];

/* One of libvirt's grammars, as installed */
LodgeGrammar *load_grammar (const char *name);
/* LodgeXmlFaults as text, a line each */
char         *describe     (GPtrArray  *faults);

G_END_DECLS
