/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-connection-private.h"

G_BEGIN_DECLS

/* What is read of one machine. Plain data, made on a worker thread. */
typedef struct
{
  gboolean  details;       /* title … folder are known */
  gboolean  has_addresses; /* addresses are known */
  char     *title;         /* nullable, as all of them */
  char     *description;
  char     *os_id;
  char     *folder;
  GStrv     tags;
  GStrv     addresses;
  guint     vcpus;         /* 0 unknown */
  gint64    memory_max;    /* bytes, -1 unknown */
} LodgeDetails;

void          lodge_details_free  (LodgeDetails  *self);
/* Takes out of a definition what is shown of it; any thread. A text that is no definition gives what is unknown. */
LodgeDetails *lodge_details_parse (const char    *xml);
/* What is found in @text cleaned: sorted, once each, none too long; NULL: nothing is left */
GStrv         lodge_details_clean_tags   (const char * const *tags);
char         *lodge_details_clean_folder (const char         *folder);

void          lodge_domain_apply_details (LodgeDomain        *self,
                                          const LodgeDetails *details,
                                          gboolean            asked_details,
                                          gboolean            asked_addresses);

/* Reads the details of a connection's machines, a few in a turn */

LodgeDetailsReader *lodge_details_reader_new   (LodgeConnection    *connection);
void                lodge_details_reader_free  (LodgeDetailsReader *self);
void                lodge_details_reader_start (LodgeDetailsReader *self,
                                                GCancellable       *generation);
void                lodge_details_reader_stop  (LodgeDetailsReader *self);
/* @domain is read, once for all that want it until then */
void                lodge_details_reader_want  (LodgeDetailsReader *self,
                                                LodgeDomain        *domain);

G_END_DECLS
