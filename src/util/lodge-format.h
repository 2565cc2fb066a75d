/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as texts of the person's language; all (transfer full) */
char *lodge_format_size        (guint64 bytes);                  /* “8 GiB”, “512 MiB” */
char *lodge_format_size_of     (guint64 bytes, guint64 total);   /* “3.1 of 4 GiB” */
char *lodge_format_rate        (double  bytes_per_second);       /* “220 kB/s” */
char *lodge_format_percent     (double  fraction);               /* “27 %” */

/* A text of a guest or a host made fit for one line: valid UTF-8, no control characters, no marks that turn the
 * direction of what follows, at most @max_chars characters and “…” */
char *lodge_display_text       (const char *text, gsize max_chars);

/* “web-2” before “web-10” */
int   lodge_compare_names      (const char *first, const char *second);

G_END_DECLS
