/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lib/lodge-test-virsh.h"
#include "model/lodge-connection.h"

G_BEGIN_DECLS

/* One host of the soak: a daemon with the test driver behind a bad network, a foreigner's virsh beside it, and Lodge's
 * connection through the network. */

typedef struct _SoakHost SoakHost;

/* With @n_domains machines, half of them running; the connection is open. Every second host is reached by TCP. */
SoakHost        *soak_host_new            (guint     number,
                                           guint     n_domains);
void             soak_host_free           (SoakHost *self);
LodgeConnection *soak_host_get_connection (SoakHost *self);
/* NULL while nobody can ask the host */
LodgeTestVirsh  *soak_host_get_foreigner  (SoakHost *self);
guint            soak_host_get_n_domains  (SoakHost *self);
/* (transfer none): of a name that is defined or could be */
const char      *soak_host_get_name       (SoakHost *self,
                                           guint     i);
/* (transfer none): the file with its definition */
const char      *soak_host_get_file       (SoakHost *self,
                                           guint     i);

/* Something may begin to go wrong, or go on, or end: its network is slow, stops, breaks, swallows; the daemon dies or
 * freezes; the person closes the connection or gives an opening up */
void             soak_host_trouble        (SoakHost *self,
                                           GRand    *rand);
/* The foreigner asks @commands. FALSE: there was no answer. libvirtd (11.3) locks itself up now and then when a client
 * leaves; whoever looks after the host then starts it again. */
gboolean         soak_host_ask            (SoakHost   *self,
                                           const char *commands);
/* What goes wrong now, “” */
const char      *soak_host_get_trouble    (SoakHost *self);
/* What was ever wrong, one a line with how often */
void             soak_host_add_troubles   (SoakHost *self,
                                           guint    *counts);
guint            soak_n_troubles          (void);
const char      *soak_trouble_name        (guint     trouble);
/* Ends what is wrong and waits until the connection is open */
void             soak_host_heal           (SoakHost *self);
/* The foreigner makes the set of machines what it was in the beginning, their states aside */
void             soak_host_restore        (SoakHost *self);
/* Waits until Lodge's list is what `virsh list --all` says, and ends the program when it never is */
void             soak_host_compare        (SoakHost *self);

G_END_DECLS
