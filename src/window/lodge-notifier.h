/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-connection-list.h"
#include "model/lodge-job.h"

G_BEGIN_DECLS

#define LODGE_TYPE_NOTIFIER (lodge_notifier_get_type ())
G_DECLARE_FINAL_TYPE (LodgeNotifier, lodge_notifier, LODGE, NOTIFIER, GObject)

/* Tells the desktop while no window of the program is in front: a machine that crashed or was stopped by a disk error or its
 * watchdog, and a long job that has ended. A click on it opens the machine, or shows the main window. */
LodgeNotifier *lodge_notifier_new (GtkApplication      *application,
                                   LodgeConnectionList *connections,
                                   LodgeJobList        *jobs);

G_END_DECLS
