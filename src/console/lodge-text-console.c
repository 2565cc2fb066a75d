/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-text-console"

#include "config.h"

#include "lodge-text-console.h"

#include <glib/gi18n.h>
#include <vte/vte.h>

#include "lodge-text-log.h"
#include "lodge-ui.h"

/* What a person can follow with the eyes passes many times over: 16 MiB a second */
#define SLICE    (256 * 1024)
#define SLICE_MS 16
/* Ends whatever sequence the guest was in the middle of, and takes back character sets and colors */
#define SANE     "\030\033[!p\033(B\033[0m"
/* VTE wants this one of PCRE2's flags, and this one makes no difference of case */
#define PCRE2_MULTILINE 0x00000400u
#define PCRE2_CASELESS  0x00000008u
#define PCRE2_UTF       0x00080000u

struct _LodgeTextConsole
{
  GtkWidget        parent_instance;

  /* template children */
  GtkWidget       *box;
  GtkSearchBar    *search_bar;
  GtkSearchEntry  *search_entry;
  GtkWidget       *previous_button;
  GtkWidget       *next_button;
  VteTerminal     *terminal;

  LodgeTextStream *stream;     /* owned, nullable */
  LodgeTextLog    *log;        /* owned, nullable */
  char            *name;       /* owned, nullable */
  GQueue           backlog;    /* of GBytes, owned: waits to be shown */
  gsize            n_backlog;  /* bytes */
  guint64          n_left_out; /* bytes, not told yet */
  guint            pump_id;
};

enum
{
  PROP_0,
  PROP_LOGGING,
  N_PROPS,
};

enum
{
  LOG_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeTextConsole, lodge_text_console, GTK_TYPE_WIDGET)

/* Showing what comes, at a pace that leaves the program its time */

static void
feed_note (LodgeTextConsole *self,
           const char       *words)
{
  g_autofree char *line = g_strdup_printf (SANE "\r\n— %s —\r\n", words);

  vte_terminal_feed (self->terminal, line, -1);
}

static void
feed_left_out (LodgeTextConsole *self)
{
  g_autofree char *size = g_format_size (self->n_left_out);
  /* Translators: %s is a size, as in “3.2 MB” */
  g_autofree char *words = g_strdup_printf (_("%s left out"), size);

  self->n_left_out = 0;
  feed_note (self, words);
}

static gboolean
pump_cb (gpointer user_data)
{
  LodgeTextConsole *self = user_data;
  gsize left = SLICE;

  if (self->n_left_out > 0)
    feed_left_out (self);
  while (left > 0 && !g_queue_is_empty (&self->backlog))
    {
      g_autoptr(GBytes) bytes = g_queue_pop_head (&self->backlog);
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);
      const gsize n = MIN (size, left);

      vte_terminal_feed (self->terminal, data, n);
      self->n_backlog -= n;
      left -= n;
      if (n < size)
        g_queue_push_head (&self->backlog, g_bytes_new_from_bytes (bytes, n, size - n));
    }
  if (left == SLICE)
    self->pump_id = 0;
  return left == SLICE ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
show_all (LodgeTextConsole *self)
{
  g_clear_handle_id (&self->pump_id, g_source_remove);
  while (pump_cb (self))
    ;
}

static void
received_cb (LodgeTextConsole *self,
             GBytes           *bytes)
{
  if (self->log != NULL)
    lodge_text_log_write (self->log, bytes);

  g_queue_push_tail (&self->backlog, g_bytes_ref (bytes));
  self->n_backlog += g_bytes_get_size (bytes);
  while (self->n_backlog > LODGE_TEXT_CONSOLE_MAX_BACKLOG)
    {
      g_autoptr(GBytes) oldest = g_queue_pop_head (&self->backlog);

      self->n_backlog -= g_bytes_get_size (oldest);
      self->n_left_out += g_bytes_get_size (oldest);
    }
  /* What comes after a pause is shown at once */
  if (self->pump_id == 0 && pump_cb (self))
    self->pump_id = g_timeout_add (SLICE_MS, pump_cb, self);
}

static void
closed_cb (LodgeTextConsole *self)
{
  show_all (self);
  feed_note (self, _("stopped"));
  gtk_widget_add_css_class (GTK_WIDGET (self->terminal), "dimmed");
}

static void
commit_cb (LodgeTextConsole *self,
           const char       *text,
           guint             size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (text, size);

  if (self->stream == NULL || !lodge_text_stream_send (self->stream, bytes))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Finding */

static void
set_found (LodgeTextConsole *self,
           gboolean          found)
{
  if (found)
    gtk_widget_remove_css_class (GTK_WIDGET (self->search_entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->search_entry), "error");
}

static void
find_previous_cb (LodgeTextConsole *self)
{
  set_found (self, vte_terminal_search_find_previous (self->terminal)
                   || *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) == '\0');
}

static void
find_next_cb (LodgeTextConsole *self)
{
  set_found (self, vte_terminal_search_find_next (self->terminal)
                   || *gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) == '\0');
}

/* Words as they are, no pattern; a capital letter means that case matters */
static void
search_changed_cb (LodgeTextConsole *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autofree char *pattern = g_regex_escape_string (text, -1);
  guint32 flags = PCRE2_MULTILINE | PCRE2_UTF;
  VteRegex *regex = NULL;

  if (g_str_equal (lower, text))
    flags |= PCRE2_CASELESS;
  if (*text != '\0')
    regex = vte_regex_new_for_search (pattern, -1, flags, NULL);
  gtk_widget_set_sensitive (self->previous_button, regex != NULL);
  gtk_widget_set_sensitive (self->next_button, regex != NULL);
  vte_terminal_search_set_regex (self->terminal, regex, 0);
  g_clear_pointer (&regex, vte_regex_unref);
  /* From the end, where a person looks */
  vte_terminal_unselect_all (self->terminal);
  find_previous_cb (self);
}

static void
stop_search_cb (LodgeTextConsole *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->terminal));
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LodgeTextConsole *self = LODGE_TEXT_CONSOLE (widget);
  const gboolean begin = !gtk_search_bar_get_search_mode (self->search_bar);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  if (begin)
    search_changed_cb (self);
}

/* Clipboard and size */

static void
selection_changed_cb (LodgeTextConsole *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.copy", vte_terminal_get_has_selection (self->terminal));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  vte_terminal_copy_clipboard_format (LODGE_TEXT_CONSOLE (widget)->terminal, VTE_FORMAT_TEXT);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  vte_terminal_paste_clipboard (LODGE_TEXT_CONSOLE (widget)->terminal);
}

static void
select_all_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  vte_terminal_select_all (LODGE_TEXT_CONSOLE (widget)->terminal);
}

static void
zoom_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  VteTerminal *terminal = LODGE_TEXT_CONSOLE (widget)->terminal;
  double scale = vte_terminal_get_font_scale (terminal);

  if (g_str_equal (name, "text.zoom-normal"))
    scale = 1;
  else
    scale *= g_str_equal (name, "text.zoom-in") ? 1.1 : 1 / 1.1;
  vte_terminal_set_font_scale (terminal, CLAMP (scale, 0.5, 4));
}

/* Log */

static void
log_failed_cb (LodgeTextConsole *self,
               const GError     *error)
{
  g_autoptr(GError) copy = g_error_copy (error);

  lodge_text_console_log_to (self, NULL);
  g_signal_emit (self, signals[LOG_FAILED], 0, copy);
}

static void
log_chosen_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LodgeTextConsole) self = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);

  /* NULL: the person has thought better of it */
  if (file != NULL && self->terminal != NULL)
    lodge_text_console_log_to (self, file);
}

static void
log_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LodgeTextConsole *self = LODGE_TEXT_CONSOLE (widget);
  g_autoptr(GtkFileDialog) dialog = NULL;
  g_autofree char *file_name = NULL;

  if (self->log != NULL)
    {
      lodge_text_console_log_to (self, NULL);
      return;
    }
  dialog = gtk_file_dialog_new ();
  file_name = g_strdup_printf ("%s.log", self->name != NULL ? self->name : "console");
  g_strdelimit (file_name, G_DIR_SEPARATOR_S, '-');
  gtk_file_dialog_set_title (dialog, _("Log Console to File"));
  gtk_file_dialog_set_initial_name (dialog, file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, log_chosen_cb, g_object_ref (self));
}

static gboolean
lodge_text_console_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LODGE_TEXT_CONSOLE (widget)->terminal));
}

static void
lodge_text_console_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOGGING:
      g_value_set_boolean (value, lodge_text_console_get_logging (LODGE_TEXT_CONSOLE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_text_console_dispose (GObject *object)
{
  LodgeTextConsole *self = LODGE_TEXT_CONSOLE (object);

  lodge_text_console_set_stream (self, NULL);
  lodge_text_console_log_to (self, NULL);
  g_clear_handle_id (&self->pump_id, g_source_remove);
  g_queue_clear_full (&self->backlog, (GDestroyNotify) g_bytes_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_TEXT_CONSOLE);
  self->terminal = NULL;
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (lodge_text_console_parent_class)->dispose (object);
}

static void
lodge_text_console_class_init (LodgeTextConsoleClass *klass)
{
  static const struct { const char *name; GtkWidgetActionActivateFunc activate; } actions[] = {
    { "text.copy", copy_action }, { "text.paste", paste_action }, { "text.select-all", select_all_action },
    { "text.find", find_action }, { "text.log", log_action }, { "text.zoom-in", zoom_action },
    { "text.zoom-out", zoom_action }, { "text.zoom-normal", zoom_action },
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_text_console_dispose;
  object_class->get_property = lodge_text_console_get_property;
  widget_class->grab_focus = lodge_text_console_grab_focus;

  properties[PROP_LOGGING] = g_param_spec_boolean ("logging", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[LOG_FAILED] = g_signal_new ("log-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (VTE_TYPE_TERMINAL);
  gtk_widget_class_set_css_name (widget_class, "textconsole");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("console/lodge-text-console.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeTextConsole, box);
  gtk_widget_class_bind_template_child (widget_class, LodgeTextConsole, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeTextConsole, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeTextConsole, previous_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeTextConsole, next_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeTextConsole, terminal);
  gtk_widget_class_bind_template_callback (widget_class, commit_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}

static void
lodge_text_console_init (LodgeTextConsole *self)
{
  static const GdkRGBA foreground = { 0.871f, 0.867f, 0.855f, 1 };
  static const GdkRGBA background = { 0.118f, 0.118f, 0.118f, 1 };

  g_queue_init (&self->backlog);
  gtk_widget_init_template (GTK_WIDGET (self));
  vte_terminal_set_scrollback_lines (self->terminal, LODGE_TEXT_CONSOLE_LINES);
  vte_terminal_search_set_wrap_around (self->terminal, TRUE);
  vte_terminal_set_colors (self->terminal, &foreground, &background, NULL, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.copy", FALSE);
}

GtkWidget *
lodge_text_console_new (void)
{
  return g_object_new (LODGE_TYPE_TEXT_CONSOLE, NULL);
}

/**
 * lodge_text_console_set_stream:
 * @self: a console
 * @stream: (nullable): what to show from now on; the text of the one before stays above it
 *
 * The stream before is closed.
 */
void
lodge_text_console_set_stream (LodgeTextConsole *self,
                               LodgeTextStream  *stream)
{
  g_return_if_fail (LODGE_IS_TEXT_CONSOLE (self));

  if (self->stream == stream)
    return;
  if (self->stream != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->stream, self);
      lodge_text_stream_close (self->stream);
    }
  g_set_object (&self->stream, stream);
  if (stream == NULL)
    return;

  show_all (self);
  gtk_widget_remove_css_class (GTK_WIDGET (self->terminal), "dimmed");
  g_signal_connect_object (stream, "received", G_CALLBACK (received_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stream, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}

void
lodge_text_console_set_name (LodgeTextConsole *self,
                             const char       *name)
{
  g_return_if_fail (LODGE_IS_TEXT_CONSOLE (self));

  g_set_str (&self->name, name);
}

gboolean
lodge_text_console_get_logging (LodgeTextConsole *self)
{
  g_return_val_if_fail (LODGE_IS_TEXT_CONSOLE (self), FALSE);

  return self->log != NULL;
}

/**
 * lodge_text_console_log_to:
 * @self: a console
 * @file: (nullable): where to write what comes from now on, replacing what it held; %NULL: nowhere any more
 *
 * A log outlives the streams: it goes on when the machine starts again.
 */
void
lodge_text_console_log_to (LodgeTextConsole *self,
                           GFile            *file)
{
  g_return_if_fail (LODGE_IS_TEXT_CONSOLE (self));

  if (self->log == NULL && file == NULL)
    return;
  if (self->log != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->log, self);
      lodge_text_log_close (self->log);
      g_clear_object (&self->log);
    }
  if (file != NULL)
    {
      self->log = lodge_text_log_new (file);
      g_signal_connect_object (self->log, "failed", G_CALLBACK (log_failed_cb), self, G_CONNECT_SWAPPED);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGGING]);
}

gsize
lodge_text_console_get_backlog (LodgeTextConsole *self)
{
  g_return_val_if_fail (LODGE_IS_TEXT_CONSOLE (self), 0);

  return self->n_backlog;
}
