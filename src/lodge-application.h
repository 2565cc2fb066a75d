/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LODGE_TYPE_APPLICATION (lodge_application_get_type ())
G_DECLARE_FINAL_TYPE (LodgeApplication, lodge_application, LODGE, APPLICATION, AdwApplication)

LodgeApplication *lodge_application_new  (const char        *application_id,
                                          GApplicationFlags  flags);

/* Owned by the application, NULL before it has started up */
struct _LodgeConnectionList *lodge_application_get_connections (LodgeApplication *self);
struct _LodgeJobList        *lodge_application_get_jobs        (LodgeApplication *self);

/* The whole program; main() and the tests that start it call this */
int               lodge_application_main (int                argc,
                                          char              *argv[]);

G_END_DECLS
