/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-connection-test-row"

#include "config.h"

#include "lodge-connection-test-row.h"

#include <glib/gi18n.h>

#include "lodge-credential-dialog.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-level.h"

struct _LodgeConnectionTestRow
{
  AdwActionRow     parent_instance;

  /* template children */
  GtkImage        *icon;
  AdwSpinner      *spinner;
  GtkButton       *test_button;

  char            *uri;           /* owned, nullable: nothing can be tried */
  LodgeConnection *test;          /* owned, nullable: the one that is tried, or that passed and is still open */
  GCancellable    *cancellable;   /* owned, nullable: of the test */
  gint64           test_time;     /* monotonic, µs */
  gboolean         testing;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeConnectionTestRow, lodge_connection_test_row, ADW_TYPE_ACTION_ROW)

void
lodge_connection_test_row_stop (LodgeConnectionTestRow *self)
{
  g_return_if_fail (LODGE_IS_CONNECTION_TEST_ROW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->testing = FALSE;
  if (self->test != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->test, self);
      lodge_connection_close (self->test);
    }
  g_clear_object (&self->test);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  gtk_button_set_label (self->test_button, _("Test"));
}

static void
show_result (LodgeConnectionTestRow *self,
             const char             *icon_name,
             const char             *css_class,
             const char             *title,
             const char             *subtitle)
{
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  lodge_level_apply (GTK_WIDGET (self->icon), css_class);
  if (icon_name != NULL)
    gtk_image_set_from_icon_name (self->icon, icon_name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static char *
dup_version (gulong version)
{
  return g_strdup_printf ("%lu.%lu", version / 1000000, version / 1000 % 1000);
}

static char *
dup_test_result (LodgeConnectionTestRow *self,
                 guint                   milliseconds)
{
  g_autofree char *libvirt = dup_version (lodge_connection_get_libvirt_version (self->test));
  g_autofree char *hypervisor = dup_version (lodge_connection_get_hypervisor_version (self->test));
  const LodgeUri *uri = lodge_connection_get_parsed_uri (self->test);
  const guint n = g_list_model_get_n_items (lodge_connection_get_domains (self->test));
  g_autofree char *machines = g_strdup_printf (g_dngettext (NULL, "%u machine", "%u machines", n), n);
  const gboolean qemu = uri != NULL && g_strcmp0 (uri->driver, "qemu") == 0;

  if (qemu)
    /* Translators: versions, “3 machines”, milliseconds */
    return g_strdup_printf (_("libvirt %s, QEMU %s, %s, %u ms"), libvirt, hypervisor, machines, milliseconds);
  /* Translators: a version, “3 machines”, milliseconds */
  return g_strdup_printf (_("libvirt %s, %s, %u ms"), libvirt, machines, milliseconds);
}

static void
changed_cb (LodgeConnectionTestRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
test_opened_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeConnectionTestRow) self = user_data;
  g_autoptr(GError) error = NULL;
  const gboolean opened = lodge_connection_open_finish (LODGE_CONNECTION (object), result, &error);
  const gint64 elapsed = (g_get_monotonic_time () - self->test_time) / 1000;

  if (self->test != LODGE_CONNECTION (object) || !self->testing)
    return;   /* given up, or the answers have changed */

  if (opened)
    {
      g_autofree char *text = dup_test_result (self, (guint) elapsed);

      show_result (self, "object-select-symbolic", "success", _("Test Passed"), text);
      /* It stays open while the answers stay: a key can be set up through it */
      self->testing = FALSE;
      gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
    }
  else
    {
      g_autofree char *message = lodge_display_text (error->message, 400);
      const char *hint = lodge_error_get_hint (error);
      g_autofree char *text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint) : g_strdup (message);

      show_result (self, "dialog-error-symbolic", "error", _("Test Failed"), text);
      lodge_connection_test_row_stop (self);
    }
  gtk_button_set_label (self->test_button, _("Test Again"));
  changed_cb (self);
}

static void
credentials_requested_cb (LodgeConnectionTestRow *self,
                          LodgeCredentialRequest *request,
                          LodgeConnection        *connection)
{
  lodge_credential_dialog_present (GTK_WIDGET (self), connection, request);
}

static void
clicked_cb (LodgeConnectionTestRow *self)
{
  if (self->testing)
    {
      lodge_connection_test_row_stop (self);
      show_result (self, NULL, NULL, _("Not Tested"), _("The test was given up."));
      return;
    }
  if (self->uri == NULL)
    return;

  lodge_connection_test_row_stop (self);
  changed_cb (self);
  self->test = lodge_connection_new (self->uri, NULL);
  self->testing = TRUE;
  self->cancellable = g_cancellable_new ();
  self->test_time = g_get_monotonic_time ();
  g_signal_connect_object (self->test, "credentials-requested", G_CALLBACK (credentials_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->test, "notify::state", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show_result (self, NULL, NULL, _("Testing…"), _("Waiting for the host to answer."));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_button_set_label (self->test_button, _("Stop"));
  lodge_connection_open_async (self->test, self->cancellable, test_opened_cb, g_object_ref (self));
}

static void
lodge_connection_test_row_dispose (GObject *object)
{
  LodgeConnectionTestRow *self = LODGE_CONNECTION_TEST_ROW (object);

  g_clear_object (&self->test);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->uri, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CONNECTION_TEST_ROW);

  G_OBJECT_CLASS (lodge_connection_test_row_parent_class)->dispose (object);
}

static void
lodge_connection_test_row_class_init (LodgeConnectionTestRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_connection_test_row_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-connection-test-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionTestRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionTestRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, LodgeConnectionTestRow, test_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
lodge_connection_test_row_init (LodgeConnectionTestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_result (self, NULL, NULL, _("Not Tested"), _("A test tells whether the host answers. It changes nothing."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), FALSE);
}

/**
 * lodge_connection_test_row_set_uri:
 * @self: a row
 * @uri: (nullable): what is to be tried; %NULL where the answers make no URI
 *
 * The result of a test of another URI is forgotten.
 */
void
lodge_connection_test_row_set_uri (LodgeConnectionTestRow *self,
                                   const char             *uri)
{
  g_return_if_fail (LODGE_IS_CONNECTION_TEST_ROW (self));

  if (!g_set_str (&self->uri, uri))
    return;
  lodge_connection_test_row_stop (self);
  show_result (self, NULL, NULL, _("Not Tested"), _("A test tells whether the host answers. It changes nothing."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_button), uri != NULL);
}

/**
 * lodge_connection_test_row_get_connection:
 *
 * Returns: (transfer none) (nullable): what is being tried, or passed and is still open
 */
LodgeConnection *
lodge_connection_test_row_get_connection (LodgeConnectionTestRow *self)
{
  g_return_val_if_fail (LODGE_IS_CONNECTION_TEST_ROW (self), NULL);

  return self->test;
}
