/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of a search as a row of terms: what menus and completion put into it, so that all that filters the list can
 * be read, changed and saved in one place. See lodge-machine-query.h for what terms mean. */

/**
 * LodgeSearchCandidate:
 * @term: what stands in the search when it is taken: “tag:"web"”; ends in “:” where a value is still to come
 * @hint: (nullable): translated, what it is
 * @count: how many machines have it; 0: not counted
 */
typedef struct
{
  char       *term;
  const char *hint;
  guint       count;
} LodgeSearchCandidate;

/* (transfer full): “tag:"web"”, the whole value */
char      *lodge_search_term_new      (const char *field,
                                       const char *value);
gboolean   lodge_search_has_term      (const char *text,
                                       const char *term);
/* (transfer full): @text with @term at its end, or without it */
char      *lodge_search_with_term     (const char *text,
                                       const char *term,
                                       gboolean    wanted);
/* The word around a place in @text, in bytes; 0 bytes long between words */
void       lodge_search_find_word     (const char *text,
                                       gsize       place,
                                       gsize      *start,
                                       gsize      *end);
/* (transfer full) (element-type LodgeSearchCandidate): what @word may become, the most frequent first. @domains: a model
 * of LodgeDomain, whose values are proposed. An empty word has all fields. */
GPtrArray *lodge_search_complete      (const char *word,
                                       GListModel *domains,
                                       guint       max);

G_END_DECLS
