/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <linux/input-event-codes.h>

#include "console-test.h"
#include "console/lodge-display-actions.h"
#include "console/lodge-display.h"
#include "console/lodge-send-keys.h"
#include "fake-screen.h"
#include "lib/lodge-test-widgets.h"
#include "lodge-application.h"
#include "widget-tools.h"
#include "window/lodge-key-capture-dialog.h"
#include "window/lodge-keyboard-page.h"
#include "window/lodge-preferences-dialog.h"

/* Keys that a person chooses, from the preferences to the guest. */

typedef struct
{
  GSettings         *settings;
  GtkWindow         *window;
  LodgeDisplay      *display;
  FakeScreen        *screen;
  GSimpleActionGroup *group;
  LodgeKeyboardPage *page;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  AdwDialog *preferences;

  f->settings = g_settings_new (APPLICATION_ID);
  g_settings_reset (f->settings, "release-keys");
  g_settings_reset (f->settings, "host-keys");
  g_settings_reset (f->settings, "own-key-combinations");
  f->window = g_object_new (ADW_TYPE_APPLICATION_WINDOW, NULL);
  f->display = LODGE_DISPLAY (lodge_display_new ());
  f->screen = fake_screen_new (320, 200);
  f->group = g_simple_action_group_new ();
  lodge_display_set_screen (f->display, LODGE_SCREEN (f->screen));
  lodge_display_add_actions (f->display, G_ACTION_MAP (f->group));
  lodge_display_follow_settings (f->display, f->settings);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (f->window), GTK_WIDGET (f->display));
  gtk_window_set_default_size (f->window, 800, 700);
  gtk_window_present (f->window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (f->display)) && gtk_widget_get_width (GTK_WIDGET (f->display)) > 0);
  preferences = lodge_preferences_dialog_new (f->settings);
  adw_dialog_present (preferences, GTK_WIDGET (f->window));
  f->page = lodge_test_find_descendant (preferences, LODGE_TYPE_KEYBOARD_PAGE, NULL);
  g_assert_nonnull (f->page);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  gtk_window_destroy (f->window);
  g_clear_object (&f->group);
  g_clear_object (&f->settings);
  g_assert_finalize_object (f->screen);
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *tooltip)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, tooltip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Presses a button of the page, holds keys down in the dialog that comes, and takes them */
static void
capture (Fixture         *f,
         const char      *tooltip,
         const guint     *codes,
         const guint     *keyvals,
         gsize            n,
         GdkModifierType  state)
{
  gpointer dialog;
  GtkEventController *controller;
  GtkWidget *choose;
  gboolean handled;

  if (tooltip == NULL)
    g_signal_emit_by_name (lodge_test_find_descendant (lodge_test_get_child (f->page, LODGE_TYPE_KEYBOARD_PAGE,
                                                                             "release_row"), GTK_TYPE_BUTTON, NULL),
                           "clicked");
  else
    g_signal_emit_by_name (find_button (GTK_WIDGET (f->page), tooltip), "clicked");
  WAIT_FOR (LODGE_IS_KEY_CAPTURE_DIALOG (lodge_test_get_dialog (f->window)));
  dialog = lodge_test_get_dialog (f->window);
  WAIT_FOR (gtk_widget_get_mapped (dialog));
  controller = find_controller (dialog, "lodge-key-capture", GTK_TYPE_EVENT_CONTROLLER_KEY);
  choose = lodge_test_get_child (dialog, LODGE_TYPE_KEY_CAPTURE_DIALOG, "choose_button");
  g_assert_false (gtk_widget_get_sensitive (choose));
  for (gsize i = 0; i < n; i++)
    {
      g_signal_emit_by_name (controller, "key-pressed", keyvals[i], codes[i] + 8, i + 1 == n ? state : 0, &handled);
      g_assert_true (handled);
    }
  for (gsize i = 0; i < n; i++)
    g_signal_emit_by_name (controller, "key-released", keyvals[i], codes[i] + 8, 0);
  g_assert_true (gtk_widget_get_sensitive (choose));
  g_signal_emit_by_name (choose, "clicked");
  WAIT_FOR (!LODGE_IS_KEY_CAPTURE_DIALOG (lodge_test_get_dialog (f->window)));
}

static void
test_release (Fixture       *f,
              gconstpointer  unused)
{
  static const guint codes[] = { KEY_RIGHTCTRL, KEY_F12 };
  static const guint keyvals[] = { GDK_KEY_Control_R, GDK_KEY_F12 };
  AdwActionRow *row = lodge_test_get_child (f->page, LODGE_TYPE_KEYBOARD_PAGE, "release_row");

  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "left Ctrl + left Alt");
  g_assert_cmpstr (lodge_display_get_release_keys (f->display), ==, "left Ctrl + left Alt");
  capture (f, NULL, codes, keyvals, 2, GDK_CONTROL_MASK);
  g_assert_cmpstr (adw_action_row_get_subtitle (row), ==, "right Ctrl + F12");
  /* At once, also in a console that is open */
  g_assert_cmpstr (lodge_display_get_release_keys (f->display), ==, "right Ctrl + F12");

  /* A way out is left whatever the settings say */
  g_settings_set (f->settings, "release-keys", "au", NULL);
  g_assert_cmpstr (lodge_display_get_release_keys (f->display), ==, "left Ctrl + left Alt");
}

static void
test_host_keys (Fixture       *f,
                gconstpointer  unused)
{
  static const guint codes[] = { KEY_LEFTMETA, KEY_PAGEUP };
  static const guint keyvals[] = { GDK_KEY_Super_L, GDK_KEY_Page_Up };
  g_auto(GStrv) keys = NULL;
  g_autofree char *log = NULL;

  capture (f, "Add Shortcut", codes, keyvals, 2, GDK_SUPER_MASK);
  keys = g_settings_get_strv (f->settings, "host-keys");
  g_assert_cmpuint (g_strv_length (keys), ==, 2);
  g_assert_cmpstr (keys[1], ==, "<Super>Page_Up");

  /* And one taken away is the guest's */
  g_signal_emit_by_name (find_button (GTK_WIDGET (f->page), "Remove F11"), "clicked");
  adw_dialog_force_close (lodge_test_get_dialog (f->window));
  gtk_widget_grab_focus (GTK_WIDGET (f->display));
  g_free (fake_screen_steal_log (f->screen));
  g_assert_true (press_key (GTK_WIDGET (f->window), KEY_LEFTMETA));
  g_assert_false (press_key_with_state (GTK_WIDGET (f->window), KEY_PAGEUP, GDK_SUPER_MASK));
  release_key (GTK_WIDGET (f->window), KEY_PAGEUP);
  release_key (GTK_WIDGET (f->window), KEY_LEFTMETA);
  log = fake_screen_steal_log (f->screen);
  g_assert_null (strstr (log, "key"));
  g_assert_true (press_key (GTK_WIDGET (f->window), KEY_F11));
}

static void
test_own (Fixture       *f,
          gconstpointer  unused)
{
  static const guint codes[] = { KEY_LEFTCTRL, KEY_LEFTALT, KEY_T };
  static const guint keyvals[] = { GDK_KEY_Control_L, GDK_KEY_Alt_L, GDK_KEY_t };
  g_autoptr(GMenu) menu = lodge_send_keys_new_menu ();
  g_autoptr(GMenuModel) section = NULL;
  g_autoptr(GVariant) own = NULL;
  g_autofree char *label = NULL;
  g_autofree char *target = NULL;
  g_autofree char *log = NULL;
  guint out[LODGE_SEND_KEYS_MAX];

  lodge_send_keys_follow (menu, f->settings);
  capture (f, "Add Combination", codes, keyvals, 3, GDK_CONTROL_MASK | GDK_ALT_MASK);
  section = g_menu_model_get_item_link (G_MENU_MODEL (menu), g_menu_model_get_n_items (G_MENU_MODEL (menu)) - 1,
                                        G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 1);
  g_assert_true (g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_LABEL, "s", &label));
  g_assert_true (g_menu_model_get_item_attribute (section, 0, G_MENU_ATTRIBUTE_TARGET, "s", &target));
  g_assert_cmpstr (label, ==, "left Ctrl + left Alt + T");
  g_free (fake_screen_steal_log (f->screen));
  g_action_group_activate_action (G_ACTION_GROUP (f->group), "send-keys", g_variant_new_string (target));
  log = fake_screen_steal_log (f->screen);
  g_assert_cmpstr (log, ==, "key 29 down\nkey 56 down\nkey 20 down\nkey 20 up\nkey 56 up\nkey 29 up\n");

  /* Settings may be anything */
  g_assert_cmpuint (lodge_send_keys_find ("own:", out), ==, 0);
  g_assert_cmpuint (lodge_send_keys_find ("own:29+", out), ==, 0);
  g_assert_cmpuint (lodge_send_keys_find ("own:300", out), ==, 0);
  g_assert_cmpuint (lodge_send_keys_find ("own:1+2+3+4+5", out), ==, 0);
  g_settings_set_value (f->settings, "own-key-combinations",
                        g_variant_new_parsed ("[@au [], [1, 2, 3, 4, 5], [4000], [30]]"));
  g_assert_cmpint (g_menu_model_get_n_items (section), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/keyboard/release", Fixture, NULL, set_up, test_release, tear_down);
  g_test_add ("/keyboard/host-keys", Fixture, NULL, set_up, test_host_keys, tear_down);
  g_test_add ("/keyboard/own", Fixture, NULL, set_up, test_own, tear_down);
  return g_test_run ();
}
