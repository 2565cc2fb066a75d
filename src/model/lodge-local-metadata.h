/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-details-reader.h"

G_BEGIN_DECLS

/* Titles, descriptions, tags and folders of machines that cannot be written on their hosts, in a file of the person's. It is
 * read once. On any thread but the main one: it waits for the disk. */

/* What is kept of a machine replaces what its host says */
void     lodge_local_metadata_override (const char          *uuid,
                                        LodgeDetails        *details);
/* @key: “title”, “description”, “folder”; NULL or "" removes it. Takes effect for all connections. */
gboolean lodge_local_metadata_set      (const char          *uuid,
                                        const char          *key,
                                        const char          *value,
                                        GError             **error);
gboolean lodge_local_metadata_set_tags (const char          *uuid,
                                        const char * const  *tags,
                                        GError             **error);

G_END_DECLS
