/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "machine/lodge-activity-csv.h"
#include "machine/lodge-activity-view.h"
#include "machine/lodge-add-hardware-dialog.h"
#include "machine/lodge-add-hardware-kinds.h"
#include "machine/lodge-compare-dialog.h"
#include "machine/lodge-device-page.h"
#include "machine/lodge-guest-group.h"
#include "machine/lodge-hardware-view.h"
#include "machine/lodge-history-dialog.h"
#include "machine/lodge-waiting-dialog.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-edit.h"
#include "util/lodge-error.h"
#include "widgets/lodge-chart.h"
#include "widgets/lodge-xml-view.h"

/* The Hardware view of a machine of libvirt's test driver, through its widgets */

/* A process can have one only */
static GtkApplication *application;

typedef struct
{
  LodgeTestFolder   *folder;
  LodgeConnection   *connection;
  LodgeDomain       *domain;
  AdwApplicationWindow *window;
  LodgeHardwareView *view;
} Fixture;

static const char node[] =
  "<node><domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>box</name>"
  "<memory>262144</memory><vcpu>2</vcpu><os><type>hvm</type></os>"
  "<test:runstate>%d</test:runstate><devices>"
  "<disk type='file' device='disk'><source file='/images/a.qcow2'/><target dev='vda' bus='virtio'/></disk>"
  "<disk type='file' device='cdrom'><target dev='hdc' bus='ide'/><readonly/></disk>"
  "<interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>"
  "<graphics type='vnc'/></devices></domain></node>";

static gpointer
get (Fixture    *fixture,
     const char *name)
{
  return lodge_test_get_child (fixture->view, LODGE_TYPE_HARDWARE_VIEW, name);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  runs)
{
  g_autofree char *xml = g_strdup_printf (node, GPOINTER_TO_INT (runs) ? 1 : 5);
  g_autofree char *uri = NULL;

  fixture->folder = lodge_test_folder_new ();
  uri = lodge_test_write_node (fixture->folder, xml);
  fixture->connection = lodge_test_open (uri);
  fixture->domain = lodge_test_find_domain (fixture->connection, "box");
  fixture->view = LODGE_HARDWARE_VIEW (lodge_hardware_view_new (fixture->domain));
  fixture->window = ADW_APPLICATION_WINDOW (adw_application_window_new (application));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  adw_application_window_set_content (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (get (fixture, "stack")), "devices") == 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  runs)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  lodge_test_settle ();
  lodge_test_close (fixture->connection);
  lodge_test_folder_free (fixture->folder);
}

static void
show_xml (Fixture *fixture)
{
  adw_toggle_group_set_active_name (get (fixture, "form_toggles"), "xml");
  WAIT_FOR (lodge_xml_view_get_checked (get (fixture, "xml_view")));
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (lodge_xml_view_get_source_view (get (fixture, "xml_view"))));
}

/* As a person does: finds a text and types another in its place */
static void
type_over (Fixture    *fixture,
           const char *old,
           const char *new)
{
  GtkTextBuffer *buffer = get_buffer (fixture);
  GtkTextIter start, match, end;

  gtk_text_buffer_get_start_iter (buffer, &start);
  g_assert_true (gtk_text_iter_forward_search (&start, old, 0, &match, &end, NULL));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &match, &end);
  gtk_text_buffer_insert (buffer, &match, new, -1);
  gtk_text_buffer_end_user_action (buffer);
  g_assert_false (lodge_xml_view_get_checked (get (fixture, "xml_view")));
  WAIT_FOR (lodge_xml_view_get_checked (get (fixture, "xml_view")));
}

static char *
read_inactive (Fixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  char *xml;

  lodge_domain_get_xml_async (fixture->domain, LODGE_DOMAIN_XML_INACTIVE, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  xml = lodge_domain_get_xml_finish (fixture->domain, result, &error);
  g_assert_no_error (error);
  return xml;
}

static void
change_elsewhere (Fixture    *fixture,
                  const char *old,
                  const char *new)
{
  g_autofree char *xml = read_inactive (fixture);
  g_autoptr(GString) changed = g_string_new (xml);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(LodgeDomainDefinition) definition = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (g_string_replace (changed, old, new, 1), ==, 1);
  lodge_domain_redefine_async (fixture->domain, NULL, changed->str, NULL, LODGE_DOMAIN_EDIT_NONE, NULL,
                               lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  definition = lodge_domain_redefine_finish (fixture->domain, result, &error);
  g_assert_no_error (error);
}

static gboolean
is_enabled (Fixture    *fixture,
            const char *button)
{
  return gtk_widget_get_sensitive (get (fixture, button));
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), action, NULL));
}

static AdwDialog *
wait_for_dialog (Fixture *fixture)
{
  WAIT_FOR (lodge_test_get_dialog (fixture->window) != NULL);
  return lodge_test_get_dialog (fixture->window);
}

static void
respond (Fixture    *fixture,
         const char *response)
{
  AdwDialog *dialog = wait_for_dialog (fixture);
  g_autofree char *signal = g_strconcat ("response::", response, NULL);

  g_assert_true (ADW_IS_ALERT_DIALOG (dialog));
  g_assert_true (adw_alert_dialog_has_response (ADW_ALERT_DIALOG (dialog), response));
  g_signal_emit_by_name (dialog, signal, response);
  adw_dialog_force_close (dialog);
}

static void
test_list (Fixture       *fixture,
           gconstpointer  data)
{
  GtkSelectionModel *model = gtk_list_view_get_model (get (fixture, "list"));

  g_assert_nonnull (lodge_test_find_descendant (fixture->view, GTK_TYPE_LABEL, "Disk 1"));
  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|vda"));
  g_assert_cmpstr (adw_window_title_get_title (get (fixture, "title")), ==, "Disk 1");
  g_assert_cmpstr (adw_window_title_get_subtitle (get (fixture, "title")), ==, "vda");
  g_assert_true (lodge_hardware_view_show (fixture->view, "interface|52:54:00:00:00:01"));
  /* What is hidden at first is found all the same, and shown */
  g_assert_true (lodge_hardware_view_show (fixture->view, "controller|usb|0")
                 || lodge_hardware_view_show (fixture->view, "controller|ide|0"));
  g_assert_false (lodge_hardware_view_show (fixture->view, "disk|vdz"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), >, 5);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  GtkStack *stack = get (fixture, "list_stack");
  GListModel *found = G_LIST_MODEL (get (fixture, "found_selection"));

  gtk_editable_set_text (get (fixture, "search_entry"), "52:54");
  gtk_editable_set_text (get (fixture, "search_entry"), "HDC");
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "found") == 0);
  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 1);
  g_signal_emit_by_name (get (fixture, "search_entry"), "activate");
  g_assert_cmpstr (adw_window_title_get_title (get (fixture, "title")), ==, "CD-ROM 1");
  gtk_editable_set_text (get (fixture, "search_entry"), "no such thing");
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "none") == 0);
}

static void
test_whole_xml (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *before = read_inactive (fixture);
  g_autofree char *shown = NULL;
  g_autofree char *after = NULL;

  show_xml (fixture);
  shown = lodge_xml_view_dup_text (get (fixture, "xml_view"));
  g_assert_cmpstr (shown, ==, before);
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_false (gtk_revealer_get_reveal_child (get (fixture, "edit_bar")));

  type_over (fixture, "<vcpu placement='static'>2</vcpu>", "<vcpu placement='static'>3</vcpu>");
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_true (gtk_revealer_get_reveal_child (get (fixture, "edit_bar")));
  g_assert_cmpstr (gtk_label_get_text (get (fixture, "edit_heading")), ==, "1 unapplied change");
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, ">3</vcpu>"));
  g_assert_false (gtk_revealer_get_reveal_child (get (fixture, "edit_bar")));
}

static void
test_broken_xml (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *before = read_inactive (fixture);
  g_autofree char *text = NULL;

  show_xml (fixture);
  type_over (fixture, "</vcpu>", "</vcpu");
  g_assert_cmpuint (lodge_xml_view_get_n_issues (get (fixture, "xml_view")), ==, 1);
  g_assert_false (lodge_xml_view_get_well_formed (get (fixture, "xml_view")));
  g_assert_true (gtk_revealer_get_reveal_child (get (fixture, "edit_bar")));
  g_assert_cmpstr (gtk_label_get_text (get (fixture, "edit_heading")), ==, "1 problem, not yet valid");
  g_assert_false (is_enabled (fixture, "apply_button"));

  /* The text does not get lost by going elsewhere */
  g_assert_false (lodge_hardware_view_show (fixture->view, "disk|vda"));
  adw_toggle_group_set_active_name (get (fixture, "form_toggles"), "settings");
  g_assert_cmpstr (adw_toggle_group_get_active_name (get (fixture, "form_toggles")), ==, "xml");

  activate (fixture, "hardware.discard");
  WAIT_FOR (lodge_xml_view_get_checked (get (fixture, "xml_view")));
  text = lodge_xml_view_dup_text (get (fixture, "xml_view"));
  g_assert_cmpstr (text, ==, before);
  g_assert_false (gtk_revealer_get_reveal_child (get (fixture, "edit_bar")));
}

static void
test_device_xml (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;

  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|vda"));
  show_xml (fixture);
  text = lodge_xml_view_dup_text (get (fixture, "xml_view"));
  g_assert_true (g_str_has_prefix (text, "<disk type='file' device='disk'>\n  <source file="));
  g_assert_true (g_str_has_suffix (text, "\n</disk>\n"));

  /* Its identity changes with what is typed; the page stays with it */
  type_over (fixture, "dev='vda'", "dev='vdb'");
  g_assert_cmpstr (adw_window_title_get_subtitle (get (fixture, "title")), ==, "vdb");
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, "      <target dev='vdb' bus='virtio'/>"));
}

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  show_xml (fixture);
  type_over (fixture, ">2</vcpu>", ">4</vcpu>");
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
  activate (fixture, "hardware.undo");
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));
  activate (fixture, "hardware.redo");
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
}

static void
test_schema_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *after = NULL;

  show_xml (fixture);
  type_over (fixture, "</uuid>", "</uuid>\n  <title>T</title>\n  <novelty/>");
  activate (fixture, "hardware.apply");
  if (ADW_IS_ALERT_DIALOG (wait_for_dialog (fixture))
      && adw_alert_dialog_has_response (ADW_ALERT_DIALOG (wait_for_dialog (fixture)), "apply"))
    respond (fixture, "apply");   /* our own check knows it too */
  WAIT_FOR (ADW_IS_ALERT_DIALOG (lodge_test_get_dialog (fixture->window))
            && adw_alert_dialog_has_response (ADW_ALERT_DIALOG (lodge_test_get_dialog (fixture->window)), "save"));
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
  respond (fixture, "save");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, "<title>T</title>"));
  g_assert_null (strstr (after, "novelty"));
}

/* Others change something else: both changes are kept */
static void
test_merged (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *after = NULL;

  show_xml (fixture);
  type_over (fixture, ">2</vcpu>", ">4</vcpu>");
  change_elsewhere (fixture, "/images/a.qcow2", "/images/b.qcow2");
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, ">4</vcpu>"));
  g_assert_nonnull (strstr (after, "/images/b.qcow2"));
}

/* Others change the same: a person decides */
static void
test_conflict (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *after = NULL;
  AdwDialog *dialog;
  LodgeCompareView *compare;

  show_xml (fixture);
  type_over (fixture, ">2</vcpu>", ">4</vcpu>");
  change_elsewhere (fixture, ">2</vcpu>", ">3</vcpu>");
  activate (fixture, "hardware.apply");
  WAIT_FOR (adw_banner_get_revealed (get (fixture, "conflict_banner")));
  g_assert_false (is_enabled (fixture, "apply_button"));

  activate (fixture, "hardware.resolve");
  dialog = wait_for_dialog (fixture);
  compare = lodge_test_find_descendant (dialog, LODGE_TYPE_COMPARE_VIEW, NULL);
  g_assert_nonnull (compare);
  g_assert_cmpuint (lodge_compare_view_get_n_hunks (compare), ==, 1);
  respond (fixture, "ours");
  WAIT_FOR (!adw_banner_get_revealed (get (fixture, "conflict_banner")));
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, ">4</vcpu>"));
}

static void
test_remove (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *after = NULL;

  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|hdc"));
  activate (fixture, "hardware.remove");
  respond (fixture, "remove");
  WAIT_FOR (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_false (lodge_hardware_view_show (fixture->view, "disk|hdc"));
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_null (strstr (after, "cdrom"));
}

static GtkWidget *
get_row (Fixture    *fixture,
         const char *field)
{
  GtkWidget *row;

  lodge_device_page_reveal (get (fixture, "page"), field);
  row = lodge_device_page_get_row (get (fixture, "page"), field);
  g_assert_nonnull (row);
  return row;
}

/* A field of a device, edited, undone, edited and applied */
static void
test_field (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *before = read_inactive (fixture);
  g_autofree char *after = NULL;
  AdwComboRow *cache;
  GtkWidget *undo;

  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|vda"));
  cache = ADW_COMBO_ROW (get_row (fixture, "cache"));
  undo = lodge_test_find_descendant (cache, GTK_TYPE_BUTTON, NULL);
  g_assert_nonnull (undo);
  g_assert_cmpuint (adw_combo_row_get_selected (cache), ==, 0);
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));

  adw_combo_row_set_selected (cache, 3);
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_cmpstr (gtk_label_get_text (get (fixture, "edit_heading")), ==, "1 unapplied change");
  g_assert_cmpstr (gtk_label_get_text (get (fixture, "edit_caption")), ==, "Cache Mode");
  activate (fixture, "hardware.undo");
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));
  g_assert_cmpuint (adw_combo_row_get_selected (cache), ==, 0);

  /* Back by hand is no edit either */
  adw_combo_row_set_selected (cache, 2);
  adw_combo_row_set_selected (cache, 0);
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));

  adw_combo_row_set_selected (cache, 2);
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, "cache='"));
  g_assert_null (strstr (before, "cache='"));
}

/* What cannot be is refused at the row, and nothing else happens */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *mac;

  g_assert_true (lodge_hardware_view_show (fixture->view, "interface|52:54:00:00:00:01"));
  mac = get_row (fixture, "mac");
  gtk_editable_set_text (GTK_EDITABLE (mac), "52:54:00:00:00");
  g_assert_true (gtk_widget_has_css_class (mac, "error"));
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));
  gtk_editable_set_text (GTK_EDITABLE (mac), "52:54:00:00:00:02");
  g_assert_false (gtk_widget_has_css_class (mac, "error"));
  g_assert_true (lodge_hardware_view_get_has_edits (fixture->view));
  /* Known by another address now, the page is still its page */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_row (fixture, "mac"))), ==, "52:54:00:00:00:02");
}

/* A setting is found by its name, and shown where it is hidden */
static void
test_search_setting (Fixture       *fixture,
                     gconstpointer  data)
{
  gtk_editable_set_text (GTK_EDITABLE (get (fixture, "search_entry")), "world wide name");
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (get (fixture, "list_stack")), "found") == 0);
  g_signal_emit_by_name (get (fixture, "search_entry"), "activate");
  g_assert_cmpstr (adw_window_title_get_title (get (fixture, "title")), ==, "Disk 1");
  g_assert_true (adw_expander_row_get_expanded (lodge_test_get_child (get (fixture, "page"), LODGE_TYPE_DEVICE_PAGE,
                                                                      "more_row")));
}

/* On a running machine: what libvirt can do at once is done, the rest waits and can be taken back */
static void
test_waiting (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *after = NULL;
  guint n_waiting = 0;

  g_assert_true (lodge_hardware_view_show (fixture->view, "overview"));
  gtk_editable_set_text (GTK_EDITABLE (get_row (fixture, "title")), "Now");
  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|vda"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (get_row (fixture, "cache")), 2);
  g_assert_cmpstr (gtk_label_get_text (get (fixture, "edit_heading")), ==, "2 unapplied changes");
  g_assert_cmpstr (gtk_label_get_text (get (fixture, "edit_caption")), ==,
                   "Title: now. Cache Mode: at the next start");
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  WAIT_FOR (lodge_hardware_view_get_n_waiting (fixture->view) == 1);
  g_assert_true (adw_banner_get_revealed (get (fixture, "waiting_banner")));

  activate (fixture, "hardware.show-waiting");
  g_assert_true (LODGE_IS_WAITING_DIALOG (wait_for_dialog (fixture)));
  g_signal_emit_by_name (lodge_test_find_descendant (wait_for_dialog (fixture), GTK_TYPE_BUTTON, "Take Back"),
                         "clicked");
  WAIT_FOR (lodge_hardware_view_get_n_waiting (fixture->view) == 0);
  WAIT_FOR (lodge_test_get_dialog (fixture->window) == NULL);
  g_object_get (fixture->view, "n-waiting", &n_waiting, NULL);
  g_assert_cmpuint (n_waiting, ==, 0);
  after = read_inactive (fixture);
  g_assert_nonnull (strstr (after, "<title>Now</title>"));
  g_assert_null (strstr (after, "cache='"));
}

/* Each kind of the table through the dialog into the definition of a machine that is off */
static void
test_add_kinds (Fixture       *fixture,
                gconstpointer  data)
{
  guint n, n_added = 0;
  const LodgeAddKind *kinds = lodge_add_kinds_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      AdwDialog *dialog;
      GtkWidget *button;

      if (kinds[i].source == LODGE_ADD_KIND_HOST_DEVICE || kinds[i].source == LODGE_ADD_KIND_STORAGE)
        continue;   /* have tests of their own */
      before = read_inactive (fixture);
      activate (fixture, "hardware.add");
      dialog = wait_for_dialog (fixture);
      g_assert_true (LODGE_IS_ADD_HARDWARE_DIALOG (dialog));
      g_assert_true (lodge_add_hardware_dialog_show (LODGE_ADD_HARDWARE_DIALOG (dialog), kinds[i].id));
      button = lodge_test_get_child (dialog, LODGE_TYPE_ADD_HARDWARE_DIALOG, "add_button");
      if (g_str_equal (kinds[i].id, "filesystem"))
        {
          LodgeDevicePage *page = lodge_test_get_child (dialog, LODGE_TYPE_ADD_HARDWARE_DIALOG, "page");

          g_assert_false (gtk_widget_get_sensitive (button));
          gtk_editable_set_text (GTK_EDITABLE (lodge_device_page_get_row (page, "dir")), "/srv/share");
        }
      g_test_message ("%s", kinds[i].id);
      g_assert_true (gtk_widget_get_sensitive (button));
      g_signal_emit_by_name (button, "clicked");
      WAIT_FOR (lodge_test_get_dialog (fixture->window) != dialog);
      WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view) || lodge_test_get_dialog (fixture->window) != NULL);
      if (lodge_test_get_dialog (fixture->window) != NULL)
        {
          /* libvirt does not take it for this machine: it says so, and the edit is given up */
          g_test_message ("%s: %s", kinds[i].id,
                          adw_alert_dialog_get_body (ADW_ALERT_DIALOG (wait_for_dialog (fixture))));
          adw_dialog_force_close (lodge_test_get_dialog (fixture->window));
          lodge_test_settle ();
          activate (fixture, "hardware.discard");
          continue;
        }
      after = read_inactive (fixture);
      g_assert_cmpstr (after, !=, before);
      n_added++;
    }
  g_test_message ("%u kinds added", n_added);
  g_assert_cmpuint (n_added, >=, 24);
}

/* What was replaced is kept, compared and brought back */
static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *after = NULL;
  AdwDialog *dialog;
  GtkStack *stack;

  g_assert_true (lodge_hardware_view_show (fixture->view, "overview"));
  gtk_editable_set_text (GTK_EDITABLE (get_row (fixture, "title")), "Second");
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));

  activate (fixture, "hardware.history");
  dialog = wait_for_dialog (fixture);
  g_assert_true (LODGE_IS_HISTORY_DIALOG (dialog));
  stack = lodge_test_get_child (dialog, LODGE_TYPE_HISTORY_DIALOG, "stack");
  WAIT_FOR (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "list") == 0);
  g_signal_emit_by_name (lodge_test_find_descendant (stack, GTK_TYPE_BUTTON, "_Restore"), "clicked");
  WAIT_FOR (lodge_hardware_view_get_has_edits (fixture->view));
  activate (fixture, "hardware.apply");
  WAIT_FOR (!lodge_hardware_view_get_has_edits (fixture->view));
  after = read_inactive (fixture);
  g_assert_null (strstr (after, "Second"));
}

/* libvirt's own schema: the place, what would be right, and one click that mends it */
static void
test_mend (Fixture       *fixture,
           gconstpointer  data)
{
  const LodgeXmlIssue *issue;
  LodgeXmlView *xml = get (fixture, "xml_view");
  g_autofree char *text = NULL;

  g_assert_true (lodge_hardware_view_show (fixture->view, "disk|vda"));
  show_xml (fixture);
  type_over (fixture, "bus='virtio'", "bus='virtoi'");
  g_assert_cmpuint (lodge_xml_view_get_n_issues (xml), ==, 1);
  issue = lodge_xml_view_get_issue (xml, 0);
  g_assert_cmpuint (issue->line, ==, 3);
  g_assert_cmpstr (issue->replacement, ==, "virtio");
  g_assert_true (lodge_xml_view_get_well_formed (xml));
  g_assert_cmpstr (gtk_button_get_label (get (fixture, "apply_button")), ==, "_Apply Anyway…");

  g_signal_emit_by_name (lodge_test_get_child (xml, LODGE_TYPE_XML_VIEW, "mend_button"), "clicked");
  WAIT_FOR (lodge_xml_view_get_checked (xml));
  g_assert_cmpuint (lodge_xml_view_get_n_issues (xml), ==, 0);
  text = lodge_xml_view_dup_text (xml);
  g_assert_nonnull (strstr (text, "bus='virtio'"));
  g_assert_false (lodge_hardware_view_get_has_edits (fixture->view));
}

/* Charts with what was read, the reading line by keys, and what happened to the machine */
static void
test_activity (Fixture       *fixture,
               gconstpointer  data)
{
  GtkWidget *view = lodge_activity_view_new (fixture->domain);
  GtkWidget *chart, *events, *guest, *none, *hostname;
  g_autofree char *csv = NULL;
  g_auto(GStrv) lines = NULL;
  const double samples[] = { 0.1, 0.2, NAN, 0.4 };

  adw_application_window_set_content (fixture->window, view);
  chart = lodge_test_get_child (view, LODGE_TYPE_ACTIVITY_VIEW, "cpu_chart");
  events = lodge_test_get_child (view, LODGE_TYPE_ACTIVITY_VIEW, "event_list");
  lodge_chart_set_samples (LODGE_CHART (chart), 0, samples, G_N_ELEMENTS (samples));
  g_assert_null (lodge_chart_get_reading (LODGE_CHART (chart)));
  lodge_test_run (fixture->domain, LODGE_DOMAIN_PAUSE);
  WAIT_FOR (gtk_list_box_get_row_at_index (GTK_LIST_BOX (events), 0) != NULL);
  g_assert_true (gtk_widget_get_visible (events));

  /* The guest is asked when the page is shown, and again when it runs again */
  guest = lodge_test_get_child (view, LODGE_TYPE_ACTIVITY_VIEW, "guest_group");
  none = lodge_test_get_child (guest, LODGE_TYPE_GUEST_GROUP, "none_row");
  hostname = lodge_test_get_child (guest, LODGE_TYPE_GUEST_GROUP, "hostname_row");
  WAIT_FOR (gtk_widget_get_visible (none));
  g_assert_false (gtk_widget_get_visible (hostname));
  lodge_test_run (fixture->domain, LODGE_DOMAIN_RESUME);
  WAIT_FOR (gtk_widget_get_visible (hostname));
  g_assert_false (gtk_widget_get_visible (none));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (hostname)), !=, "");
  g_assert_true (gtk_widget_get_visible (lodge_test_get_child (guest, LODGE_TYPE_GUEST_GROUP, "filesystems_row")));
  g_assert_true (gtk_widget_get_visible (lodge_test_get_child (guest, LODGE_TYPE_GUEST_GROUP, "time_row")));

  /* A line for each sample, in UTC, with empty places for what is not known */
  csv = lodge_activity_dup_csv (fixture->domain, LODGE_SPAN_HOUR, 1000000000);
  lines = g_strsplit (csv, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, LODGE_SPAN_LENGTH + 2);
  g_assert_true (g_str_has_prefix (lines[0], "time,cpu,memory_bytes,"));
  g_assert_cmpstr (lines[1], ==, "2001-09-09T00:35:40Z,,,,,,");
  g_assert_true (g_str_has_prefix (lines[LODGE_SPAN_LENGTH], "2001-09-09T01:46:40Z,"));
  g_assert_cmpstr (lines[LODGE_SPAN_LENGTH + 1], ==, "");

  g_assert_cmpfloat (lodge_chart_round_up (1.4e6, LODGE_CHART_RATE), ==, 2e6);
  g_assert_cmpfloat (lodge_chart_round_up (3.0 * 1024 * 1024, LODGE_CHART_SIZE), ==, 4.0 * 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  int result;

  gtk_test_init (&argc, &argv, NULL);
  /* GTK warns of a label in libadwaita's own alert dialog */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  application = GTK_APPLICATION (lodge_application_new (APPLICATION_ID ".Hardware", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define ADD(path, runs, function) \
  g_test_add ("/hardware/" path, Fixture, GINT_TO_POINTER (runs), set_up, function, tear_down)
  ADD ("list", FALSE, test_list);
  ADD ("search", FALSE, test_search);
  ADD ("whole-xml", FALSE, test_whole_xml);
  ADD ("broken-xml", FALSE, test_broken_xml);
  ADD ("device-xml", FALSE, test_device_xml);
  ADD ("undo", FALSE, test_undo);
  ADD ("schema-refused", FALSE, test_schema_refused);
  ADD ("merged", FALSE, test_merged);
  ADD ("conflict", FALSE, test_conflict);
  ADD ("remove", FALSE, test_remove);
  ADD ("field", FALSE, test_field);
  ADD ("refused", FALSE, test_refused);
  ADD ("search-setting", FALSE, test_search_setting);
  ADD ("waiting", TRUE, test_waiting);
  ADD ("add-kinds", FALSE, test_add_kinds);
  ADD ("history", FALSE, test_history);
  ADD ("mend", FALSE, test_mend);
  ADD ("activity", TRUE, test_activity);
  result = g_test_run ();
  g_object_unref (application);
  return result;
}
