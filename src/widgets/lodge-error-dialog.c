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
create_details (const GError *error)
{
  g_autofree char *details = lodge_error_dup_details (error);
  GtkWidget *expander = gtk_expander_new (_("Details"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *label = gtk_label_new (details);
  GtkWidget *button = gtk_button_new_with_label (_("Copy"));

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "monospace");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 160);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", G_CALLBACK (copy_cb), label, 0);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), button);
  gtk_expander_set_child (GTK_EXPANDER (expander), box);
  return expander;
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
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), create_details (error));
  adw_dialog_present (dialog, parent);
}
