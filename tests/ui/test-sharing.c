/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <signal.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "console/fake-screen.h"
#include "console/lodge-screen-sharing.h"
#include "lodge-application.h"
#include "machine/lodge-console-advice.h"
#include "machine/lodge-console-view-private.h"
#include "machine/lodge-head-layout.h"
#include "machine/lodge-head-window.h"
#include "machine/lodge-machine-window.h"
#include "machine/lodge-sharing-dialog.h"
#include "model/lodge-connection-list.h"
#include "model/lodge-connection.h"
#include "model/lodge-console-devices.h"
#include "model/lodge-job.h"
#include "util/lodge-error.h"

/* What guest and person share: what is missing is named, added, and remembered for each machine */

#define MACHINE(devices) "<domain type='kvm'><name>a</name><devices>" devices "</devices></domain>"
#define AGENT "<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>"
#define PORT  "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"

/* The advice for the first display of a machine of @devices */
static gboolean
advise (LodgeConsoleFeature  feature,
        const char          *xml,
        gboolean             has_agent,
        LodgeConsoleAdvice  *advice)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) consoles = lodge_console_info_list_from_xml (xml, &error);
  g_autoptr(LodgeConsoleInfo) info = NULL;

  g_assert_no_error (error);
  info = g_list_model_get_item (consoles, 0);
  g_assert_nonnull (info);
  return lodge_console_advice_find (feature, info, has_agent, advice);
}

/* One row: which fix is offered, and a word of the line; no word: nothing is missing */
static const struct
{
  LodgeConsoleFeature  feature;
  const char          *xml;
  gboolean             has_agent;
  LodgeConsoleFix      fix;
  const char          *word;
} cases[] = {
#define ON(type, more) MACHINE ("<graphics type='" type "' p2p='yes'/>" more)
#define VIRTIO "<video><model type='virtio'/></video>"
  { LODGE_CONSOLE_RESIZE, ON ("spice", AGENT VIRTIO), TRUE, LODGE_CONSOLE_FIX_NONE, NULL },
  { LODGE_CONSOLE_RESIZE, ON ("spice", AGENT "<video><model type='cirrus'/></video>"), TRUE, LODGE_CONSOLE_FIX_VIDEO,
    "“cirrus”" },
  { LODGE_CONSOLE_RESIZE, ON ("spice", PORT VIRTIO), FALSE, LODGE_CONSOLE_FIX_AGENT, "channel" },
  { LODGE_CONSOLE_RESIZE, ON ("spice", PORT AGENT VIRTIO), FALSE, LODGE_CONSOLE_FIX_NONE, "spice-vdagent" },
  { LODGE_CONSOLE_RESIZE, ON ("vnc", VIRTIO), FALSE, LODGE_CONSOLE_FIX_NONE, NULL },
  { LODGE_CONSOLE_CLIPBOARD, ON ("spice", ""), FALSE, LODGE_CONSOLE_FIX_AGENT, "channel" },
  { LODGE_CONSOLE_CLIPBOARD, ON ("spice", AGENT), FALSE, LODGE_CONSOLE_FIX_NONE, "spice-vdagent" },
  { LODGE_CONSOLE_CLIPBOARD, ON ("spice", AGENT), TRUE, LODGE_CONSOLE_FIX_NONE, NULL },
  { LODGE_CONSOLE_CLIPBOARD, ON ("vnc", AGENT), FALSE, LODGE_CONSOLE_FIX_QEMU_AGENT, "clipboard agent" },
  { LODGE_CONSOLE_CLIPBOARD, ON ("dbus", AGENT), FALSE, LODGE_CONSOLE_FIX_NONE, "VNC" },
  { LODGE_CONSOLE_FILES, ON ("vnc", AGENT), FALSE, LODGE_CONSOLE_FIX_NONE, "SPICE" },
  { LODGE_CONSOLE_FOLDER, ON ("spice", AGENT), TRUE, LODGE_CONSOLE_FIX_FOLDER, "folder" },
  { LODGE_CONSOLE_USB, ON ("spice", ""), FALSE, LODGE_CONSOLE_FIX_USB, "redirectors" },
  { LODGE_CONSOLE_USB, ON ("spice", "<redirdev bus='usb' type='tcp'/><redirdev bus='usb' type='spicevmc'/>"), FALSE,
    LODGE_CONSOLE_FIX_NONE, NULL },
  { LODGE_CONSOLE_SMARTCARD, ON ("spice", ""), FALSE, LODGE_CONSOLE_FIX_SMARTCARD, "reader" },
  { LODGE_CONSOLE_SOUND, ON ("spice", ""), FALSE, LODGE_CONSOLE_FIX_SOUND, "sound card" },
  { LODGE_CONSOLE_SOUND, ON ("dbus", "<sound model='ich9'/>"), FALSE, LODGE_CONSOLE_FIX_NONE, "VNC" },
  { LODGE_CONSOLE_SOUND, ON ("spice", "<sound model='ich9'/>"), FALSE, LODGE_CONSOLE_FIX_NONE, NULL },
  { LODGE_CONSOLE_POINTER, ON ("vnc", "<input type='mouse' bus='ps2'/>"), FALSE, LODGE_CONSOLE_FIX_TABLET, "tablet" },
  { LODGE_CONSOLE_POINTER, ON ("vnc", "<input type='tablet' bus='usb'/>"), FALSE, LODGE_CONSOLE_FIX_NONE, NULL },
};

static void
test_advice (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(LodgeConsoleAdvice) advice = { 0 };

      g_test_message ("row %zu", i);
      g_assert_true (advise (cases[i].feature, cases[i].xml, cases[i].has_agent, &advice) == (cases[i].word != NULL));
      g_assert_cmpint (advice.fix, ==, cases[i].fix);
      if (cases[i].word != NULL)
        g_assert_nonnull (strstr (advice.text, cases[i].word));
    }
}

/* Whoever follows the advice is not given it again, and all else in the XML stays as it was */
static void
test_fixes (void)
{
  static const char first[] = ON ("spice", "<video><model type='qxl' ram='65536' vgamem='16384' heads='1'/></video>"
                                  "<emulator><!-- kept --></emulator>");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (cases[i].xml, -1, &error);
      g_auto(LodgeConsoleAdvice) advice = { 0 };

      g_assert_no_error (error);
      if (cases[i].fix == LODGE_CONSOLE_FIX_NONE)
        continue;
      g_assert_cmpint (lodge_console_fix_from_id (lodge_console_fix_get_id (cases[i].fix, NULL)), ==, cases[i].fix);
      g_assert_true (lodge_console_fix_apply (cases[i].fix, document, &error));
      g_assert_no_error (error);
      advise (cases[i].feature, lodge_xml_document_get_text (document), FALSE, &advice);
      g_assert_cmpint (advice.fix, ==, LODGE_CONSOLE_FIX_NONE);
    }

  {
    g_autoptr(GError) error = NULL;
    g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (first, -1, &error);

    g_assert_true (lodge_console_fix_apply (LODGE_CONSOLE_FIX_VIDEO, document, &error));
    g_assert_nonnull (strstr (lodge_xml_document_get_text (document), "<model type='virtio' heads='1'/>"));
    g_assert_nonnull (strstr (lodge_xml_document_get_text (document), "<emulator><!-- kept --></emulator>"));
  }
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new ("<domain><name>a</name></domain>", -1, &error);

    g_assert_false (lodge_console_fix_apply (LODGE_CONSOLE_FIX_AGENT, document, &error));
    g_assert_error (error, LODGE_ERROR, LODGE_ERROR_PARSE);
    g_assert_cmpstr (lodge_xml_document_get_text (document), ==, "<domain><name>a</name></domain>");
  }
}

/* In the window of a machine */

static LodgeApplication *application;

static LodgeMachineWindow *
open_window (LodgeConnection *connection,
             const char      *name)
{
  LodgeDomain *domain = lodge_connection_find_domain (connection, name);
  LodgeMachineWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (application), "open-machine",
                                  g_variant_new ("(ss)", lodge_connection_get_uri (connection),
                                                 lodge_domain_get_uuid (domain)));
  window = LODGE_MACHINE_WINDOW (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW));
  g_assert_nonnull (window);
  return window;
}

static LodgeConsoleView *
get_console (LodgeMachineWindow *window)
{
  return lodge_machine_page_get_console (lodge_machine_window_get_page (window));
}

static GActionGroup *
get_group (LodgeMachineWindow *window)
{
  return lodge_console_view_get_group (get_console (window));
}

static void
assert_state (LodgeMachineWindow *window,
              const char         *action,
              const char         *state)
{
  g_autoptr(GVariant) value = g_action_group_get_action_state (get_group (window), action);
  g_autofree char *text = g_variant_print (value, FALSE);

  g_assert_cmpstr (text, ==, state);
}

static void
close_window (LodgeMachineWindow *window)
{
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_MACHINE_WINDOW) == NULL);
}

typedef struct
{
  LodgeTestFolder *folder;
  LodgeConnection *connection;   /* borrowed */
  char            *uri;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = lodge_test_folder_new ();
  fixture->uri = lodge_test_write_host (fixture->folder, 2, 2);
  fixture->connection = lodge_connection_list_add (lodge_application_get_connections (application), fixture->uri,
                                                   "Host", &error);
  g_assert_no_error (error);
  g_action_group_activate_action (G_ACTION_GROUP (application), "show-manager", NULL);
  lodge_test_open_connection (fixture->connection);
  lodge_test_find_domain (fixture->connection, "m0000");
  lodge_test_find_domain (fixture->connection, "m0001");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_test_close_windows (GTK_APPLICATION (application));
  lodge_connection_close (fixture->connection);
  lodge_connection_list_remove (lodge_application_get_connections (application), fixture->connection);
  lodge_test_settle ();
  lodge_test_folder_free (fixture->folder);
  g_free (fixture->uri);
}

static void
test_remembered (Fixture       *fixture,
                 gconstpointer  data)
{
  LodgeMachineWindow *window;
  LodgeDisplay *display;
  LodgeClipboard *clipboard;

  /* On at first: the guest follows, the clipboard is one */
  window = open_window (fixture->connection, "m0000");
  assert_state (window, "resize-guest", "true");
  assert_state (window, "clipboard", "'both'");
  display = lodge_test_get_child (get_console (window), LODGE_TYPE_CONSOLE_VIEW, "display");
  g_assert_true (lodge_display_get_resize_guest (display));

  gtk_widget_activate_action (GTK_WIDGET (window), "console.resize-guest", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "console.clipboard", "s", "from-guest");
  g_assert_false (lodge_display_get_resize_guest (display));
  clipboard = get_console (window)->clipboard;
  g_assert_true (lodge_clipboard_get_from_guest (clipboard));
  g_assert_false (lodge_clipboard_get_to_guest (clipboard));
  gtk_widget_activate_action (GTK_WIDGET (window), "console.clipboard", "s", "off");
  g_assert_false (lodge_clipboard_get_from_guest (clipboard));
  close_window (window);

  /* Of this machine, and not of the other */
  window = open_window (fixture->connection, "m0001");
  assert_state (window, "resize-guest", "true");
  assert_state (window, "clipboard", "'both'");
  close_window (window);
  window = open_window (fixture->connection, "m0000");
  assert_state (window, "resize-guest", "false");
  assert_state (window, "clipboard", "'off'");
  close_window (window);
}

/* Several monitors of a guest */

static void
assert_places (const char *connectors,
               const char *remembered,
               const char *expected)
{
  g_auto(GStrv) there = g_strsplit (connectors, " ", -1);
  g_auto(GStrv) known = g_strsplit (remembered, " ", -1);
  g_autoptr(GString) found = g_string_new (NULL);
  int places[4];

  lodge_head_layout_find ((const char * const *) there, (const char * const *) known, 4, places);
  for (guint i = 0; i < 4; i++)
    g_string_append_printf (found, "%d ", places[i]);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_layout (void)
{
  static const char * const before[] = { "DP-1", "DP-2", NULL };
  g_auto(GStrv) after = NULL;
  g_auto(GStrv) longer = NULL;
  g_autofree char *text = NULL;

  assert_places ("DP-1 DP-2 DP-3", "", "0 1 2 -1 ");
  assert_places ("DP-1 DP-2 DP-3", "DP-3 DP-1", "2 0 1 -1 ");
  /* One that is gone, one that is said twice, one that is not said, more than there are heads */
  assert_places ("DP-1 DP-2", "HDMI-1 DP-2", "0 1 -1 -1 ");
  assert_places ("DP-1 DP-2 DP-3 DP-4", "DP-2 DP-2", "1 0 2 3 ");
  assert_places ("DP-1 DP-2", "  DP-1", "1 -1 0 -1 ");
  assert_places ("DP-1", "a b c d e f DP-1", "0 -1 -1 -1 ");

  after = lodge_head_layout_remember (before, 1, "DP-1");
  text = g_strjoinv (",", after);
  g_assert_cmpstr (text, ==, ",DP-1");
  longer = lodge_head_layout_remember ((const char * const *) after, 3, "DP-9");
  g_free (text);
  text = g_strjoinv (",", longer);
  g_assert_cmpstr (text, ==, ",DP-1,,DP-9");
}

static guint
count_head_windows (void)
{
  guint n = 0;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    n += LODGE_IS_HEAD_WINDOW (l->data);
  return n;
}

static void
test_heads (Fixture       *fixture,
            gconstpointer  data)
{
  LodgeMachineWindow *window = open_window (fixture->connection, "m0000");
  LodgeConsoleView *console = get_console (window);
  LodgeScreen *screen = LODGE_SCREEN (fake_screen_new (320, 200));
  g_autoptr(LodgeScreen) second = LODGE_SCREEN (fake_screen_new (200, 120));
  g_autoptr(LodgeScreen) third = LODGE_SCREEN (fake_screen_new (100, 60));
  GtkMenuButton *button = lodge_test_get_child (window, LODGE_TYPE_MACHINE_WINDOW, "console_button");
  LodgeHeadWindow *head_window;

  /* It has looked for consoles of its own, and found none */
  WAIT_FOR (console->consoles != NULL && !console->working);
  lodge_console_view_take_screen (console, screen);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_false (g_action_group_get_action_enabled (get_group (window), "fullscreen-all"));

  /* Another monitor: the picker has both */
  lodge_screen_add_head (screen, 0, second);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (button)));
  g_assert_cmpstr (lodge_console_view_get_label (console), ==, "Monitor 1");
  gtk_widget_activate_action (GTK_WIDGET (window), "console.head", "u", 1);
  g_assert_true (lodge_display_get_screen (console->display) == second);
  g_assert_cmpstr (lodge_console_view_get_label (console), ==, "Monitor 2");

  /* It goes away while it is looked at */
  lodge_screen_close (second);
  lodge_screen_remove_head (screen, second);
  g_assert_true (lodge_display_get_screen (console->display) == screen);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (button)));

  /* Each in a window, once; one that goes away closes its own */
  lodge_screen_add_head (screen, 0, second);
  lodge_screen_add_head (screen, 1, third);
  gtk_widget_activate_action (GTK_WIDGET (window), "console.head", "u", 2);
  gtk_widget_activate_action (GTK_WIDGET (window), "console.head-windows", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "console.head-windows", NULL);
  g_assert_cmpuint (count_head_windows (), ==, 2);
  g_assert_true (lodge_display_get_screen (console->display) == screen);
  lodge_screen_close (third);
  lodge_screen_remove_head (screen, third);
  WAIT_FOR (count_head_windows () == 1);

  /* Keys typed there reach that head; the clipboard is shared while the person is there */
  head_window = LODGE_HEAD_WINDOW (lodge_test_find_window (GTK_APPLICATION (application), LODGE_TYPE_HEAD_WINDOW));
  g_assert_true (lodge_head_window_get_head (head_window) == second);
  g_assert_true (lodge_display_get_screen (lodge_head_window_get_display (head_window)) == second);

  /* All of the guest's monitors on one of this computer: the first has it, the other stays a window */
  gtk_widget_activate_action (GTK_WIDGET (window), "console.fullscreen-all", NULL);
  WAIT_FOR (gtk_window_is_fullscreen (GTK_WINDOW (window)));
  g_assert_true (console->all_monitors);
  gtk_widget_activate_action (GTK_WIDGET (window), "machinewin.fullscreen", NULL);
  WAIT_FOR (!console->all_monitors);

  /* The end of the connection is the end of all its windows */
  lodge_console_view_drop (console);
  WAIT_FOR (count_head_windows () == 0);
  close_window (window);
}

/* The screen of a machine with these devices, without a server */
static FakeScreen *
show_fake (LodgeConsoleView *console,
           const char       *xml)
{
  g_autoptr(GListModel) consoles = lodge_console_info_list_from_xml (xml, NULL);
  g_autoptr(LodgeConsoleInfo) info = g_list_model_get_item (consoles, 0);
  FakeScreen *screen = fake_screen_new (320, 200);

  /* It has looked for consoles of its own, and found none */
  WAIT_FOR (console->consoles != NULL && !console->working);
  g_set_object (&console->info, info);
  lodge_console_view_take_screen (console, LODGE_SCREEN (screen));
  return screen;
}

/* Files */

static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return controller;
    }
  g_assert_not_reached ();
}

static void
drop (LodgeConsoleView *console,
      const char       *first,
      const char       *second)
{
  GFile *files[] = { g_file_new_for_path (first), g_file_new_for_path (second) };
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, G_N_ELEMENTS (files)));
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (console->display)), "drop", &value, 1.0, 1.0, &taken);
  g_assert_true (taken);
  g_object_unref (files[0]);
  g_object_unref (files[1]);
}

static gboolean
accepts (LodgeConsoleView *console)
{
  gboolean accepted = TRUE;

  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (console->display)), "accept", NULL, &accepted);
  return accepted;
}

static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  LodgeMachineWindow *window = open_window (fixture->connection, "m0000");
  LodgeConsoleView *console = get_console (window);
  FakeScreen *screen = show_fake (console, ON ("spice", AGENT));
  g_autofree char *log = NULL;
  g_autoptr(LodgeJob) job = NULL;
  GtkWidget *row;

  /* Nobody there who would take them: a line says why, once */
  g_assert_false (accepts (console));
  g_assert_nonnull (lodge_test_find_descendant (window, GTK_TYPE_LABEL,
                                                "The SPICE agent does not run in the guest: install spice-vdagent there"));
  lodge_screen_set_takes_files (LODGE_SCREEN (screen), TRUE);
  g_assert_true (accepts (console));

  /* Half of them is there */
  g_free (fake_screen_steal_log (screen));
  drop (console, "/tmp/a b", "/tmp/<c>");
  log = fake_screen_steal_log (screen);
  g_assert_cmpstr (log, ==, "file a b\nfile <c>\n");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (console->transfers_list)));
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (console->transfers_list, 0));
  g_assert_nonnull (lodge_test_find_descendant (row, GTK_TYPE_LABEL, "Send 2 Files to “m0000”"));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (lodge_test_find_descendant (row, GTK_TYPE_PROGRESS_BAR, NULL)), ==,
                     0.5);
  fake_screen_end_copy (screen, NULL);
  WAIT_FOR (!gtk_widget_get_visible (GTK_WIDGET (console->transfers_list)));
  WAIT_FOR (lodge_test_find_descendant (window, GTK_TYPE_LABEL, "The guest has the 2 files") != NULL);

  /* Given up by the person: no more is said */
  drop (console, "/tmp/a", "/tmp/b");
  job = g_list_model_get_item (G_LIST_MODEL (console->transfers), 0);
  lodge_job_cancel (job);
  fake_screen_end_copy (screen, NULL);
  WAIT_FOR (!gtk_widget_get_visible (GTK_WIDGET (console->transfers_list)));
  g_assert_null (lodge_test_get_dialog (window));

  /* Refused by the guest */
  drop (console, "/tmp/a", "/tmp/b");
  fake_screen_end_copy (screen, g_error_new_literal (LODGE_ERROR, LODGE_ERROR_FAILED, "The guest is full"));
  WAIT_FOR (lodge_test_get_dialog (window) != NULL);
  adw_dialog_force_close (lodge_test_get_dialog (window));

  /* The window closes while some are under way */
  drop (console, "/tmp/a", "/tmp/b");
  g_object_ref (screen);
  close_window (window);
  fake_screen_end_copy (screen, NULL);
  lodge_test_settle ();
  g_object_unref (screen);
}

/* Everything in one dialog */

static const char *
get_subtitle (AdwDialog  *dialog,
              const char *row)
{
  return adw_action_row_get_subtitle (lodge_test_get_child (dialog, LODGE_TYPE_SHARING_DIALOG, row));
}

static void
test_dialog (Fixture       *fixture,
             gconstpointer  data)
{
  LodgeMachineWindow *window = open_window (fixture->connection, "m0001");
  LodgeConsoleView *console = get_console (window);
  FakeScreen *screen = show_fake (console, ON ("spice", AGENT "<channel type='spiceport'>"
                                               "<source channel='org.spice-space.webdav.0'/></channel>"));
  AdwDialog *dialog;
  AdwSwitchRow *sound;
  GtkWidget *fix;
  gboolean on = FALSE;
  gboolean read_only = FALSE;

  gtk_widget_activate_action (GTK_WIDGET (window), "console.sharing", NULL);
  WAIT_FOR (lodge_test_get_dialog (window) != NULL);
  dialog = lodge_test_get_dialog (window);

  /* What is missing is said, and offered where it can be added */
  g_assert_cmpstr (get_subtitle (dialog, "smartcard_row"), ==, "The machine has no smartcard reader");
  fix = lodge_test_find_descendant (lodge_test_get_child (dialog, LODGE_TYPE_SHARING_DIALOG, "smartcard_row"),
                                    GTK_TYPE_BUTTON, "_Add Reader");
  g_assert_true (gtk_widget_get_visible (fix));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (fix)), ==, "console.fix");
  g_assert_nonnull (strstr (get_subtitle (dialog, "clipboard_row"), "spice-vdagent"));
  g_assert_cmpstr (get_subtitle (dialog, "folder_row"), ==, "None");
  g_assert_cmpstr (get_subtitle (dialog, "sound_row"), ==, "The machine has no sound card");

  /* As soon as the agent is there it is not missing any more */
  lodge_screen_set_has_agent (LODGE_SCREEN (screen), TRUE);
  g_assert_cmpstr (get_subtitle (dialog, "clipboard_row"), ==, "Nothing moves before somebody pastes");

  sound = lodge_test_get_child (dialog, LODGE_TYPE_SHARING_DIALOG, "sound_row");
  g_assert_true (adw_switch_row_get_active (sound));
  adw_switch_row_set_active (sound, FALSE);
  g_object_get (screen, "enable-audio", &on, NULL);
  g_assert_false (on);

  g_settings_set_string (console->machine_settings, "shared-folder", "/tmp/here");
  g_assert_cmpstr (lodge_screen_get_shared_folder (LODGE_SCREEN (screen), &read_only), ==, "/tmp/here");
  g_assert_true (read_only);
  g_assert_cmpstr (get_subtitle (dialog, "folder_row"), ==, "/tmp/here");
  adw_switch_row_set_active (lodge_test_get_child (dialog, LODGE_TYPE_SHARING_DIALOG, "read_only_row"), FALSE);
  lodge_screen_get_shared_folder (LODGE_SCREEN (screen), &read_only);
  g_assert_false (read_only);
  g_signal_emit_by_name (lodge_test_get_child (dialog, LODGE_TYPE_SHARING_DIALOG, "no_folder_button"), "clicked");
  g_assert_null (lodge_screen_get_shared_folder (LODGE_SCREEN (screen), NULL));

  adw_combo_row_set_selected (lodge_test_get_child (dialog, LODGE_TYPE_SHARING_DIALOG, "clipboard_row"), 2);
  assert_state (window, "clipboard", "'from-guest'");
  adw_dialog_force_close (dialog);
  close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  GPid manager_pid;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  manager_pid = lodge_test_start_manager ();
  application = lodge_application_new (APPLICATION_ID ".Test", G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add_func ("/sharing/advice", test_advice);
  g_test_add_func ("/sharing/fixes", test_fixes);
  g_test_add_func ("/sharing/layout", test_layout);
  g_test_add ("/sharing/heads", Fixture, NULL, set_up, test_heads, tear_down);
  g_test_add ("/sharing/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/sharing/dialog", Fixture, NULL, set_up, test_dialog, tear_down);
  g_test_add ("/sharing/remembered", Fixture, NULL, set_up, test_remembered, tear_down);
  result = g_test_run ();
  g_object_unref (application);
  kill (manager_pid, SIGTERM);
  return result;
}
