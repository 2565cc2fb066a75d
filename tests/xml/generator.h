/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xml/lodge-grammar-private.h"

/* Documents from a grammar: for each of its targets the smallest that reaches it. A target is an element, an attribute
 * of an element, or one of the values of an attribute. */

typedef void (*GeneratorFunc) (const char *target,
                               const char *document,
                               gpointer    user_data);

guint generator_run (LodgeGrammar  *grammar,
                     GeneratorFunc  func,
                     gpointer       user_data);
