/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-error-dialog"

#include "config.h"

#include "lodge-error-dialog.h"

#include <glib/gi18n.h>

/**
 * lodge_error_dup_details:
 * @error: any error
 *
 * Returns: (transfer full): libvirt's text with its code, domain and connection; plain text
 */
char *
lodge_error_dup_details (const GError *error)
{
  const char *text = lodge_error_get_libvirt_text (error);
  const char *uri = lodge_error_get_uri (error);
  GString *details = g_string_new (text != NULL ? text : error->message);

  if (text != NULL)
    g_string_append_printf (details, "\n\n%s", g_quark_to_string (error->domain));
  if (lodge_error_get_libvirt_code (error) != 0)
    g_string_append_printf (details, "\nlibvirt: code %d, domain %d",
                            lodge_error_get_libvirt_code (error),
                            lodge_error_get_libvirt_domain (error));
  if (uri != NULL)
    g_string_append_printf (details, "\n%s", uri);
  return g_string_free_and_steal (details);
}

static void
copy_cb (GtkButton *button,
         GtkLabel  *label)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), gtk_label_get_text (label));
}

static GtkWidget *
create_text (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 12);
  gtk_widget_set_margin_bottom (label, 12);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "dimmed");
  return label;
}

/* A card that opens: libvirt's text word for word, to be copied */
GtkWidget *
lodge_error_create_details (const GError *error)
{
  g_autofree char *details = lodge_error_dup_details (error);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *expander = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", _("Details"), NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = create_text (details);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 160);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), scrolled);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);

  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Details"), -1);
  gtk_widget_set_tooltip_text (button, _("Copy Details"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), label, 0);

  adw_expander_row_add_suffix (ADW_EXPANDER_ROW (expander), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), expander);
  return list;
}

void
lodge_error_present (GtkWidget    *parent,
                     const char   *heading,
                     const GError *error)
{
  const char *hint = lodge_error_get_hint (error);
  AdwDialog *dialog;
  g_autofree char *body = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  body = hint != NULL ? g_strdup_printf ("%s\n\n%s", error->message, hint)
                      : g_strdup (error->message);
  dialog = adw_alert_dialog_new (heading, body);
  /* Texts of hosts and guests: never markup */
  adw_alert_dialog_set_heading_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), lodge_error_create_details (error));
  adw_dialog_present (dialog, parent);
}
