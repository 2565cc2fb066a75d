/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-application"

#include "config.h"

#include "lodge-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>

#include "create/lodge-create-dialog.h"
#include "create/lodge-delete-dialog.h"
#include "machine/lodge-hardware-view.h"
#include "machine/lodge-machine-window.h"
#include "model/lodge-connection.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-domain.h"
#include "model/lodge-job.h"
#include "plan/lodge-os-database.h"
#include "viewer/lodge-viewer-open.h"
#include "viewer/lodge-viewer-window.h"
#include "widgets/lodge-error-dialog.h"
#include "window/lodge-connection-dialog.h"
#include "window/lodge-import-dialog.h"
#include "window/lodge-notifier.h"
#include "window/lodge-preferences-dialog.h"
#include "window/lodge-shortcuts-dialog.h"
#include "window/lodge-window.h"

struct _LodgeApplication
{
  AdwApplication       parent_instance;

  /* owned */
  GSettings           *settings;
  LodgeConnectionList *connections;
  LodgeJobList        *jobs;
  LodgeNotifier       *notifier;
  LodgeOsDatabase     *os_database;  /* created on the first new machine */

  gboolean             managing;     /* the main window was shown: connections are opened */
};

/* What waits for a connection to open: --show-machine and --new-machine act on an open one. */
typedef struct
{
  LodgeApplication *app;           /* owned */
  char             *show_machine;  /* owned, nullable */
  gboolean          new_machine;
} PendingRequest;

G_DEFINE_FINAL_TYPE (LodgeApplication, lodge_application, ADW_TYPE_APPLICATION)

static const GOptionEntry options[] = {
  { "connect", 'c', 0, G_OPTION_ARG_STRING, NULL,
    N_("Open the connection of this libvirt URI and show it"), N_("URI") },
  { "show-machine", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Open the window of a machine (needs --connect)"), N_("NAME|UUID") },
  { "new-machine", 'n', 0, G_OPTION_ARG_NONE, NULL,
    N_("Make a new machine"), NULL },
  { "console", 0, 0, G_OPTION_ARG_STRING, NULL,
    N_("Show the console of a SPICE or VNC server, by its address or a .vv file (“-”: from the standard input)"),
    N_("URI|FILE") },
  { "kiosk", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("With --console: fill the screen, and quit only when the session ends"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_("Print the version and exit"), NULL },
  { NULL }
};

static void
pending_request_free (PendingRequest *request)
{
  g_object_unref (request->app);
  g_free (request->show_machine);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PendingRequest, pending_request_free)

static LodgeWindow *
find_main_window (LodgeApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (LODGE_IS_WINDOW (l->data))
        return l->data;
    }
  return NULL;
}

static LodgeWindow *
ensure_main_window (LodgeApplication *self)
{
  LodgeWindow *window = find_main_window (self);

  if (window == NULL)
    window = lodge_window_new (GTK_APPLICATION (self), self->connections, self->jobs,
                               self->settings);
  /* Who came to see one console waits for no host */
  if (!self->managing)
    lodge_connection_list_open_all (self->connections);
  self->managing = TRUE;
  return window;
}

static GtkWidget *
get_parent_widget (LodgeApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (ensure_main_window (self));
      gtk_window_present (window);
    }
  return GTK_WIDGET (window);
}

static LodgeDomain *
find_domain (LodgeApplication *self,
             const char       *uri,
             const char       *uuid)
{
  LodgeConnection *connection = lodge_connection_list_find (self->connections, uri);

  return connection != NULL ? lodge_connection_find_domain (connection, uuid) : NULL;
}

static void
open_machine (LodgeApplication *self,
              LodgeDomain      *domain,
              gboolean          in_tab)
{
  GtkWindow *reusable = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (!LODGE_IS_MACHINE_WINDOW (l->data))
        continue;
      if (lodge_machine_window_show_domain (l->data, domain))
        {
          gtk_window_present (l->data);
          return;
        }
      reusable = l->data;
    }

  if (reusable == NULL || !in_tab)
    reusable = GTK_WINDOW (lodge_machine_window_new (GTK_APPLICATION (self), self->settings));

  lodge_machine_window_add (LODGE_MACHINE_WINDOW (reusable), domain);
  gtk_window_present (reusable);
}

static void
open_machine_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  LodgeApplication *self = user_data;
  const char *uri, *uuid;
  LodgeDomain *domain;

  g_variant_get (parameter, "(&s&s)", &uri, &uuid);
  domain = find_domain (self, uri, uuid);
  if (domain != NULL)
    open_machine (self, domain, g_str_equal (g_action_get_name (G_ACTION (action)), "open-machine-in-tab")
                                || g_settings_get_boolean (self->settings, "open-in-tabs"));
}

static void
machine_created_cb (LodgeApplication *self,
                    LodgeDomain      *domain)
{
  open_machine (self, domain, g_settings_get_boolean (self->settings, "open-in-tabs"));
}

static void
new_machine (LodgeApplication *self,
             LodgeConnection  *connection)
{
  LodgeCreateDialog *dialog;

  if (self->os_database == NULL)
    self->os_database = lodge_os_database_new ();

  dialog = lodge_create_dialog_new (self->connections, connection, self->jobs, self->os_database,
                                    self->settings, lodge_hardware_view_new_for_text);
  g_signal_connect_object (dialog, "created", G_CALLBACK (machine_created_cb), self,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), get_parent_widget (self));
}

static void
new_machine_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LodgeApplication *self = user_data;

  new_machine (self, lodge_connection_list_find (self->connections,
                                                 g_variant_get_string (parameter, NULL)));
}

static void
delete_machines_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeApplication *self = user_data;
  g_autoptr(GListStore) domains = g_list_store_new (LODGE_TYPE_DOMAIN);
  const char *uri, *uuid;
  GVariantIter iter;

  g_variant_iter_init (&iter, parameter);
  while (g_variant_iter_next (&iter, "(&s&s)", &uri, &uuid))
    {
      LodgeDomain *domain = find_domain (self, uri, uuid);

      if (domain != NULL)
        g_list_store_append (domains, domain);
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (domains)) > 0)
    lodge_delete_dialog_present (get_parent_widget (self), G_LIST_MODEL (domains), self->jobs);
}

static void
new_window_action (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  LodgeApplication *self = user_data;

  gtk_window_present (GTK_WINDOW (lodge_window_new (GTK_APPLICATION (self), self->connections,
                                                    self->jobs, self->settings)));
}

static void
show_manager_action (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (ensure_main_window (user_data)));
}

static void
preferences_action (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LodgeApplication *self = user_data;

  adw_dialog_present (lodge_preferences_dialog_new (self->settings), get_parent_widget (self));
}

static void
connection_edited_cb (LodgeApplication *self,
                      LodgeConnection  *connection)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (LODGE_IS_WINDOW (window))
    lodge_window_select_connection (LODGE_WINDOW (window), connection);
}

static void
edit_connection_action (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  LodgeApplication *self = user_data;
  LodgeConnection *connection = lodge_connection_list_find (self->connections, g_variant_get_string (parameter, NULL));
  AdwDialog *dialog;

  if (connection == NULL)
    return;
  dialog = lodge_connection_dialog_new_edit (self->connections, connection);
  g_signal_connect_object (dialog, "added", G_CALLBACK (connection_edited_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, get_parent_widget (self));
}

static void
import_connections_action (GSimpleAction *action,
                           GVariant      *parameter,
                           gpointer       user_data)
{
  LodgeApplication *self = user_data;

  adw_dialog_present (lodge_import_dialog_new (self->connections), get_parent_widget (self));
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  adw_dialog_present (lodge_shortcuts_dialog_new (), get_parent_widget (user_data));
}

static void
about_action (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AdwDialog *about = adw_about_dialog_new ();

  g_object_set (about,
                "application-name", "Lodge",
                "application-icon", APPLICATION_ID,
                "version", LODGE_VERSION,
                "developer-name", _("The Lodge developers"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "website", "https://lodgevm.org",
                "comments", _("Runs and manages virtual machines on libvirt hosts."),
                /* Translators: your names, a line each */
                "translator-credits", _("translator-credits"),
                NULL);
  adw_dialog_present (about, get_parent_widget (user_data));
}

static void
help_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  g_autoptr(GtkUriLauncher) launcher = gtk_uri_launcher_new ("help:lodge");

  gtk_uri_launcher_launch (launcher, gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                           NULL, NULL, NULL);
}

static void
quit_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (user_data)); l != NULL; l = l->next)
    {
      if (LODGE_IS_VIEWER_WINDOW (l->data) && lodge_viewer_window_is_kiosk (l->data))
        return;
    }
  g_application_quit (G_APPLICATION (user_data));
}

static const GActionEntry actions[] = {
  { .name = "open-machine", .activate = open_machine_action, .parameter_type = "(ss)" },
  { .name = "open-machine-in-tab", .activate = open_machine_action, .parameter_type = "(ss)" },
  { .name = "new-machine", .activate = new_machine_action, .parameter_type = "s" },
  { .name = "delete-machines", .activate = delete_machines_action, .parameter_type = "a(ss)" },
  { .name = "edit-connection", .activate = edit_connection_action, .parameter_type = "s" },
  { .name = "import-connections", .activate = import_connections_action },
  { .name = "new-window", .activate = new_window_action },
  { .name = "show-manager", .activate = show_manager_action },
  { .name = "preferences", .activate = preferences_action },
  { .name = "shortcuts", .activate = shortcuts_action },
  { .name = "help", .activate = help_action },
  { .name = "about", .activate = about_action },
  { .name = "quit", .activate = quit_action },
};

static const struct { const char *action; const char *accels[3]; } accels[] = {
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q", "<Control><Shift>q" } },
  { "window.close", { "<Control>w", "<Control><Shift>w" } },
};

static void
connection_opened_cb (GObject      *object,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr(PendingRequest) request = user_data;
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection = LODGE_CONNECTION (object);

  /* A failure has its page in the main window, which is already there. */
  if (!lodge_connection_open_finish (connection, result, &error))
    return;

  if (request->show_machine != NULL)
    {
      LodgeDomain *domain = lodge_connection_find_domain (connection, request->show_machine);

      if (domain != NULL)
        open_machine (request->app, domain, g_settings_get_boolean (request->app->settings, "open-in-tabs"));
      else
        {
          g_autoptr(GError) missing = NULL;

          lodge_set_error (&missing, LODGE_ERROR_NOT_FOUND,
                           _("“%s” has no machine with the name or UUID “%s”."),
                           lodge_connection_get_label (connection), request->show_machine);
          lodge_error_present (get_parent_widget (request->app), _("Machine Not Found"), missing);
        }
    }
  if (request->new_machine)
    new_machine (request->app, connection);
}

static void
viewer_read_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeViewerWindow) window = user_data;
  g_autoptr(GError) error = NULL;
  LodgeViewerTarget *target = lodge_viewer_open_finish (result, &error);

  if (target != NULL)
    {
      lodge_viewer_window_open (window, target);
      return;
    }
  g_printerr ("lodge: %s\n", error->message);
  lodge_viewer_window_refuse (window, error);
}

static void
open_viewer (LodgeApplication        *self,
             GApplicationCommandLine *command_line,
             const char              *what,
             gboolean                 kiosk)
{
  LodgeViewerWindow *window = lodge_viewer_window_new (GTK_APPLICATION (self), self->settings, kiosk);
  g_autoptr(GFile) file = NULL;
  g_autoptr(GInputStream) stream = NULL;

  gtk_window_present (GTK_WINDOW (window));
  if (g_str_equal (what, "-"))
    stream = g_application_command_line_get_stdin (command_line);
  else if (!lodge_viewer_target_is_uri (what))
    file = g_application_command_line_create_file_for_arg (command_line, what);
  lodge_viewer_open_async (file == NULL && stream == NULL ? what : NULL, file, stream, NULL, viewer_read_cb,
                           g_object_ref (window));
}

static int
lodge_application_command_line (GApplication            *application,
                                GApplicationCommandLine *command_line)
{
  LodgeApplication *self = LODGE_APPLICATION (application);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  g_autoptr(GError) error = NULL;
  LodgeConnection *connection = NULL;
  LodgeWindow *window;
  const char *uri = NULL, *show_machine = NULL, *console = NULL;
  gboolean new_machine_wanted = FALSE, kiosk = FALSE;

  g_variant_dict_lookup (dict, "connect", "&s", &uri);
  g_variant_dict_lookup (dict, "show-machine", "&s", &show_machine);
  g_variant_dict_lookup (dict, "new-machine", "b", &new_machine_wanted);
  g_variant_dict_lookup (dict, "console", "&s", &console);
  g_variant_dict_lookup (dict, "kiosk", "b", &kiosk);

  if (console != NULL)
    {
      open_viewer (self, command_line, console, kiosk);
      return 0;
    }
  if (kiosk)
    {
      g_application_command_line_printerr (command_line, "lodge: %s\n", _("--kiosk needs --console"));
      return 1;
    }
  if (uri != NULL)
    {
      connection = lodge_connection_list_find (self->connections, uri);
      if (connection == NULL)
        connection = lodge_connection_list_add_unsaved (self->connections, uri, &error);
      if (connection == NULL)
        {
          g_application_command_line_printerr (command_line, "lodge: %s\n", error->message);
          return 1;
        }
    }
  else if (show_machine != NULL)
    {
      g_application_command_line_printerr (command_line, "lodge: %s\n",
                                           _("--show-machine needs --connect URI"));
      return 1;
    }

  window = ensure_main_window (self);
  if (connection != NULL)
    lodge_window_select_connection (window, connection);
  gtk_window_present (GTK_WINDOW (window));

  if (connection != NULL)
    {
      PendingRequest *request = g_new0 (PendingRequest, 1);

      request->app = g_object_ref (self);
      request->show_machine = g_strdup (show_machine);
      request->new_machine = new_machine_wanted;
      lodge_connection_open_async (connection, NULL, connection_opened_cb, request);
    }
  else if (new_machine_wanted)
    new_machine (self, NULL);

  return 0;
}

static int
lodge_application_handle_local_options (GApplication *application,
                                        GVariantDict *dict)
{
  gboolean version = FALSE;

  if (g_variant_dict_lookup (dict, "version", "b", &version) && version)
    {
      g_print ("lodge %s\n", LODGE_VERSION);
      return 0;
    }
  return -1;
}

static void
lodge_application_startup (GApplication *application)
{
  LodgeApplication *self = LODGE_APPLICATION (application);

  G_APPLICATION_CLASS (lodge_application_parent_class)->startup (application);

  self->settings = g_settings_new (APPLICATION_ID);
  self->jobs = lodge_job_list_new ();
  self->connections = lodge_connection_list_new (self->settings);
  self->notifier = lodge_notifier_new (GTK_APPLICATION (self), self->connections, self->jobs);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           accels[i].accels);
}

static void
lodge_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_main_window (LODGE_APPLICATION (application))));
}

static void
lodge_application_shutdown (GApplication *application)
{
  LodgeApplication *self = LODGE_APPLICATION (application);

  g_clear_object (&self->notifier);
  g_clear_object (&self->os_database);
  g_clear_object (&self->connections);
  g_clear_object (&self->jobs);
  g_clear_object (&self->settings);

  G_APPLICATION_CLASS (lodge_application_parent_class)->shutdown (application);
}

static void
lodge_application_class_init (LodgeApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = lodge_application_startup;
  application_class->activate = lodge_application_activate;
  application_class->shutdown = lodge_application_shutdown;
  application_class->command_line = lodge_application_command_line;
  application_class->handle_local_options = lodge_application_handle_local_options;
}

static void
lodge_application_init (LodgeApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

LodgeApplication *
lodge_application_new (const char        *application_id,
                       GApplicationFlags  flags)
{
  return g_object_new (LODGE_TYPE_APPLICATION,
                       "application-id", application_id,
                       "flags", flags | G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", RESOURCE_PATH,
                       NULL);
}

LodgeConnectionList *
lodge_application_get_connections (LodgeApplication *self)
{
  g_return_val_if_fail (LODGE_IS_APPLICATION (self), NULL);

  return self->connections;
}

LodgeJobList *
lodge_application_get_jobs (LodgeApplication *self)
{
  g_return_val_if_fail (LODGE_IS_APPLICATION (self), NULL);

  return self->jobs;
}

/* Without a GPU GTK would start software GL, which costs the start 70 ms and 50 MiB and each
 * frame of a console three times the CPU of the Cairo renderer. */
static void
choose_renderer (void)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (g_getenv ("GDK_DISABLE") != NULL || g_getenv ("GSK_RENDERER") != NULL)
    return;

  dir = g_dir_open ("/dev/dri", 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_prefix (name, "renderD"))
        return;
    }
  g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);

  /* Frames of 8 to 33 MB are freed and wanted again sixty times a second: do not hand them back
   * to the kernel in between. Both thresholds, as the first alone makes it worse. */
  mallopt (M_MMAP_THRESHOLD, 128 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 512 * 1024 * 1024);
}

int
lodge_application_main (int   argc,
                        char *argv[])
{
  g_autoptr(LodgeApplication) app = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Lodge");
  choose_renderer ();

  app = lodge_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
