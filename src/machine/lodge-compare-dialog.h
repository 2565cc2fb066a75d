/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Two texts side by side, line against line, with what differs tinted; one below the other where it is narrow */

#define LODGE_TYPE_COMPARE_VIEW (lodge_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (LodgeCompareView, lodge_compare_view, LODGE, COMPARE_VIEW, GtkWidget)

GtkWidget *lodge_compare_view_new        (const char *old_text,
                                          const char *new_text);
guint      lodge_compare_view_get_n_hunks (LodgeCompareView *self);

/* The same as a dialog of its own. @old_title and @new_title stand above the texts. */
AdwDialog *lodge_compare_dialog_new      (const char *title,
                                          const char *old_title,
                                          const char *old_text,
                                          const char *new_title,
                                          const char *new_text);

G_END_DECLS
