/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The widgets of a program that runs in the test's own process. All (transfer none). */

/* The template child @name of @type, the class whose template has it; the test fails when there is none */
gpointer   lodge_test_get_child       (gpointer        widget,
                                       GType           type,
                                       const char     *name);
/* The template child @name of @widget or of one of our classes below it, depth first; the test fails when there is none */
gpointer   lodge_test_find_child      (gpointer        widget,
                                       const char     *name);
/* The first window of @type, NULL: none is open */
gpointer   lodge_test_find_window     (GtkApplication *application,
                                       GType           type);
/* The dialog on top of a window, nullable */
AdwDialog *lodge_test_get_dialog      (gpointer        window);
/* The first widget of @type below @widget, depth first, for which @label is its label, title or text (NULL: any).
 * Nullable. Hidden ones count. */
gpointer   lodge_test_find_descendant (gpointer        widget,
                                       GType           type,
                                       const char     *label);
/* Of the first navigation view below @widget: the page with a tag, a template child of its class, and the tag of the
 * page that is seen */
gpointer   lodge_test_get_page        (gpointer        widget,
                                       const char     *tag);
gpointer   lodge_test_get_page_child  (gpointer        widget,
                                       const char     *tag,
                                       const char     *name);
const char *lodge_test_get_shown_page (gpointer        widget);
/* Starts a window manager, by whom windows get the focus and the full screen; to be ended by SIGTERM */
GPid       lodge_test_start_manager   (void);
/* Closes all windows and turns the main loop until they are gone */
void       lodge_test_close_windows   (GtkApplication *application);

G_END_DECLS
