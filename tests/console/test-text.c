/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <vte/vte.h>

#include "console/lodge-text-console.h"
#include "console/lodge-text-log.h"
#include "fake-stream.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-wait.h"
#include "lib/lodge-test-widgets.h"
#include "util/lodge-error.h"

/* A text console and what a guest may say to it. */

typedef struct
{
  LodgeTestFolder  *folder;
  GtkWindow        *window;
  LodgeTextConsole *console;
  VteTerminal      *terminal;
  FakeStream       *stream;
  guint             failures;
} Fixture;

static void
count_cb (Fixture *f)
{
  f->failures++;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->folder = lodge_test_folder_new ();
  f->window = GTK_WINDOW (gtk_window_new ());
  f->console = LODGE_TEXT_CONSOLE (lodge_text_console_new ());
  f->terminal = lodge_test_get_child (f->console, LODGE_TYPE_TEXT_CONSOLE, "terminal");
  f->stream = fake_stream_new ();
  g_signal_connect_swapped (f->console, "log-failed", G_CALLBACK (count_cb), f);
  gtk_window_set_title (f->window, "ours");
  gtk_window_set_default_size (f->window, 900, 600);
  gtk_window_set_child (f->window, GTK_WIDGET (f->console));
  gtk_window_present (f->window);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (f->terminal)));
  lodge_text_console_set_stream (f->console, LODGE_TEXT_STREAM (f->stream));
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  gtk_window_destroy (f->window);
  lodge_test_settle ();
  g_assert_finalize_object (f->stream);
  lodge_test_folder_free (f->folder);
}

static void
say (Fixture    *f,
     const char *text)
{
  fake_stream_say (f->stream, text, -1);
}

static gboolean
shows (Fixture    *f,
       const char *words)
{
  g_autofree char *text = vte_terminal_get_text_format (f->terminal, VTE_FORMAT_TEXT);

  return text != NULL && strstr (text, words) != NULL;
}

static void
act (Fixture    *f,
     const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->console), action, NULL));
}

static void
test_both_ways (Fixture       *f,
                gconstpointer  unused)
{
  say (f, "login: ");
  WAIT_FOR (shows (f, "login:"));
  g_signal_emit_by_name (f->terminal, "commit", "anna\r", 5u);
  g_assert_cmpstr (fake_stream_get_heard (f->stream), ==, "anna\r");

  /* Its words stay when it stops, and those of the next start come below */
  lodge_text_stream_emit_closed (LODGE_TEXT_STREAM (f->stream), NULL);
  WAIT_FOR (shows (f, "stopped") && shows (f, "login:"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->terminal), "dimmed"));
  lodge_text_console_set_stream (f->console, NULL);
  g_assert_finalize_object (f->stream);
  f->stream = fake_stream_new ();
  lodge_text_console_set_stream (f->console, LODGE_TEXT_STREAM (f->stream));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->terminal), "dimmed"));
  say (f, "again\r\n");
  WAIT_FOR (shows (f, "again") && shows (f, "login:"));
}

/* Ten thousand lines, and no more */
static void
test_history (Fixture       *f,
              gconstpointer  unused)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (f->terminal));

  for (guint i = 0; i < 12000; i++)
    g_string_append_printf (text, "line %u\r\n", i);
  say (f, text->str);
  say (f, "the end");
  WAIT_FOR (shows (f, "the end"));
  WAIT_FOR (gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_lower (adjustment) == LODGE_TEXT_CONSOLE_LINES);
}

static void
test_find (Fixture       *f,
           gconstpointer  unused)
{
  GtkSearchBar *bar = lodge_test_get_child (f->console, LODGE_TYPE_TEXT_CONSOLE, "search_bar");
  GtkWidget *entry = lodge_test_get_child (f->console, LODGE_TYPE_TEXT_CONSOLE, "search_entry");
  GtkWidget *previous = lodge_test_get_child (f->console, LODGE_TYPE_TEXT_CONSOLE, "previous_button");
  g_autofree char *selected = NULL;
  g_autofree char *second = NULL;

  say (f, "eth0: 10.0.0.1 (a.b)\r\nEth1: 10.0.0.2\r\nnothing\r\n");
  WAIT_FOR (shows (f, "nothing"));
  act (f, "text.find");
  g_assert_true (gtk_search_bar_get_search_mode (bar));

  /* Upwards from the end, and case does not matter until somebody says so */
  gtk_editable_set_text (GTK_EDITABLE (entry), "eth");
  WAIT_FOR (vte_terminal_get_has_selection (f->terminal));
  selected = vte_terminal_get_text_selected (f->terminal, VTE_FORMAT_TEXT);
  g_assert_cmpstr (selected, ==, "Eth");
  g_signal_emit_by_name (previous, "clicked");
  second = vte_terminal_get_text_selected (f->terminal, VTE_FORMAT_TEXT);
  g_assert_cmpstr (second, ==, "eth");

  /* Words, not patterns */
  gtk_editable_set_text (GTK_EDITABLE (entry), "1.0");
  WAIT_FOR (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "(a.b)");
  WAIT_FOR (!gtk_widget_has_css_class (entry, "error") && vte_terminal_get_has_selection (f->terminal));
  gtk_editable_set_text (GTK_EDITABLE (entry), "ETH");
  WAIT_FOR (gtk_widget_has_css_class (entry, "error"));

  g_signal_emit_by_name (entry, "stop-search");
  g_assert_false (gtk_search_bar_get_search_mode (bar));
}

static void
text_read_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
}

static void
test_copy_and_paste (Fixture       *f,
                     gconstpointer  unused)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->console));
  g_autofree char *text = NULL;

  say (f, "\033[31mcopy me\033[0m");
  WAIT_FOR (shows (f, "copy me"));
  act (f, "text.select-all");
  WAIT_FOR (vte_terminal_get_has_selection (f->terminal));
  act (f, "text.copy");
  gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, &text);
  WAIT_FOR (text != NULL);
  g_assert_nonnull (strstr (text, "copy me"));
  g_assert_null (strchr (text, '\033'));

  gdk_clipboard_set_text (clipboard, "pasted");
  act (f, "text.paste");
  WAIT_FOR (strstr (fake_stream_get_heard (f->stream), "pasted") != NULL);
}

static void
test_zoom (Fixture       *f,
           gconstpointer  unused)
{
  act (f, "text.zoom-in");
  g_assert_cmpfloat (vte_terminal_get_font_scale (f->terminal), >, 1);
  for (guint i = 0; i < 40; i++)
    act (f, "text.zoom-out");
  g_assert_cmpfloat (vte_terminal_get_font_scale (f->terminal), ==, 0.5);
  act (f, "text.zoom-normal");
  g_assert_cmpfloat (vte_terminal_get_font_scale (f->terminal), ==, 1);
}

/* A guest that says more than anybody could show: memory is bounded, the program goes on, the last words are there */
static void
test_flood (Fixture       *f,
            gconstpointer  unused)
{
  g_autofree char *block = g_malloc (1024 * 1024);

  memset (block, 'x', 1024 * 1024);
  for (guint i = 78; i < 1024 * 1024; i += 80)
    memcpy (block + i, "\r\n", 2);
  for (guint i = 0; i < 64; i++)
    {
      fake_stream_say (f->stream, block, 1024 * 1024);
      g_assert_cmpuint (lodge_text_console_get_backlog (f->console), <=, LODGE_TEXT_CONSOLE_MAX_BACKLOG);
      g_main_context_iteration (NULL, FALSE);
    }
  say (f, "\r\nthe end\r\n");
  WAIT_FOR (shows (f, "the end"));
  g_assert_cmpuint (lodge_text_console_get_backlog (f->console), ==, 0);
}

/* Nothing that a guest says reaches more than its own lines of text */
static void
test_hostile (Fixture       *f,
              gconstpointer  unused)
{
  static const char * const sequences[] = {
    "\033]0;theirs\007", "\033]2;theirs\033\\", "\033]1;theirs\007", "\033]l theirs\033\\",   /* titles */
    "\033[22;0t\033[23;0t\033[21t",                                        /* and asking for them */
    "\033[8;2;2t\033[3;0;0t\033[2t\033[9;1t\033[5t",                       /* the window's size, place, and whether it is seen */
    "\033]52;c;dGhlaXJz\007", "\033]52;p;dGhlaXJz\007",                    /* the clipboard */
    "\033]8;;file:///etc/passwd\033\\link\033]8;;\033\\",                  /* links */
    "\033]7;file://elsewhere/etc\007", "\033]6;file:///etc/passwd\007",    /* folders and files */
    "\033]777;notify;theirs;theirs\007", "\033]9;theirs\007",             /* notifications */
    "\033]4;0;rgb:ff/ff/ff\007\033]10;#000000\007\033]11;#000000\007",     /* colors */
    "\033[999999999;999999999H\033[999999999S\033[999999999T\033[999999999L\033[999999999@\033[999999999X",
    "\033[99999999999999999999999999m\033[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20m",
    "\033Pq#0;2;0;0;0~~@@vv\033\\", "\033P$qm\033\\", "\033P+q544e\033\\", "\033_theirs\033\\", "\033^theirs\033\\",
    "\033#8\033c\033[!p", "\033(0\016\017\033[?1049h\033[?1003h\033[?2004h\033[?1049l\033[?1003l\033(B",
    "\xff\xfe\xc3\x28\xed\xa0\x80\xf4\x90\x80\x80\xe2\x80\xae\xef\xbb\xbf", "\007\007\007\007", "\005",
  };
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->console));
  g_autofree char *text = NULL;
  int width;
  int height;

  gdk_clipboard_set_text (clipboard, "mine");
  gtk_window_get_default_size (f->window, &width, &height);
  for (gsize i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      g_autofree char *end = g_strdup_printf ("\r\nafter %" G_GSIZE_FORMAT ".", i);

      g_test_message ("sequence %" G_GSIZE_FORMAT, i);
      say (f, sequences[i]);
      /* Cut in two, as they come from a line */
      say (f, "\033]0;the");
      say (f, "irs\007");
      say (f, end);
      WAIT_FOR (shows (f, end + 2));
    }
  g_assert_cmpstr (gtk_window_get_title (f->window), ==, "ours");
  g_assert_null (strstr (fake_stream_get_heard (f->stream), "theirs"));
  g_assert_null (strstr (fake_stream_get_heard (f->stream), "ours"));
  gdk_clipboard_read_text_async (clipboard, NULL, text_read_cb, &text);
  WAIT_FOR (text != NULL);
  g_assert_cmpstr (text, ==, "mine");
  gtk_window_get_default_size (f->window, &width, &height);
  g_assert_cmpint (width, ==, 900);
  g_assert_cmpint (height, ==, 600);

  /* A sequence without an end does not swallow what we say ourselves */
  say (f, "\033]0;without an end");
  lodge_text_stream_emit_closed (LODGE_TEXT_STREAM (f->stream), NULL);
  WAIT_FOR (shows (f, "stopped"));
}

static char *
read_log (Fixture *f)
{
  g_autofree char *path = lodge_test_folder_build (f->folder, "console.log");
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static gboolean
log_is (Fixture    *f,
        const char *expected)
{
  g_autofree char *text = read_log (f);

  return g_str_equal (text, expected);
}

static void
test_log (Fixture       *f,
          gconstpointer  unused)
{
  g_autofree char *path = lodge_test_folder_build (f->folder, "console.log");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GStatBuf info;

  say (f, "before\r\n");
  lodge_text_console_log_to (f->console, file);
  g_assert_true (lodge_text_console_get_logging (f->console));
  say (f, "one \033[1mbold\033[0m\r\n");
  say (f, "two\r\n");
  lodge_text_console_log_to (f->console, NULL);
  g_assert_false (lodge_text_console_get_logging (f->console));
  say (f, "after\r\n");
  WAIT_FOR (log_is (f, "one \033[1mbold\033[0m\r\ntwo\r\n"));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 077, ==, 0);
  g_assert_cmpuint (f->failures, ==, 0);
}

static goffset
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* More than the disk takes at once is left out, and said */
static void
test_log_flood (Fixture       *f,
                gconstpointer  unused)
{
  g_autofree char *path = lodge_test_folder_build (f->folder, "console.log");
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autofree char *block = g_malloc0 (1024 * 1024);
  g_autofree char *text = NULL;
  gsize size = 0;

  memset (block, 'y', 1024 * 1024);
  lodge_text_console_log_to (f->console, file);
  /* The main loop does not turn: nothing has reached the disk meanwhile */
  for (guint i = 0; i < 16; i++)
    fake_stream_say (f->stream, block, 1024 * 1024);
  lodge_text_console_log_to (f->console, NULL);
  WAIT_FOR (get_size (path) > LODGE_TEXT_LOG_MAX_WAITING);
  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  g_assert_cmpuint (size, <, 5 * 1024 * 1024);
  g_assert_true (memmem (text, size, "could not be written", 20) != NULL);
}

static void
test_log_fails (Fixture       *f,
                gconstpointer  unused)
{
  g_autoptr(GFile) nowhere = g_file_new_for_path ("/proc/nowhere/console.log");
  g_autoptr(GFile) full = g_file_new_for_path ("/dev/full");

  lodge_text_console_log_to (f->console, nowhere);
  WAIT_FOR (f->failures == 1);
  g_assert_false (lodge_text_console_get_logging (f->console));
  lodge_text_console_log_to (f->console, full);
  say (f, "no room");
  WAIT_FOR (f->failures == 2);
  g_assert_false (lodge_text_console_get_logging (f->console));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void      (*function) (Fixture *, gconstpointer);
  } tests[] = {
    { "/text/both-ways", test_both_ways },
    { "/text/history", test_history },
    { "/text/find", test_find },
    { "/text/copy-and-paste", test_copy_and_paste },
    { "/text/zoom", test_zoom },
    { "/text/flood", test_flood },
    { "/text/hostile", test_hostile },
    { "/text/log", test_log },
    { "/text/log-flood", test_log_flood },
    { "/text/log-fails", test_log_fails },
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].function, tear_down);
  return g_test_run ();
}
