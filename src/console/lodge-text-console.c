/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-text-console"

#include "config.h"

#include "lodge-text-console.h"

#include <glib/gi18n.h>
#include <vte/vte.h>

#define SCROLLBACK_LINES 10000

struct _LodgeTextConsole
{
  GtkWidget        parent_instance;

  GtkWidget       *scroller;
  VteTerminal     *terminal;   /* borrowed: in scroller */
  LodgeTextStream *stream;     /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (LodgeTextConsole, lodge_text_console, GTK_TYPE_WIDGET)

static void
received_cb (LodgeTextConsole *self,
             GBytes           *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  vte_terminal_feed (self->terminal, data, size);
}

static void
closed_cb (LodgeTextConsole *self)
{
  g_autofree char *line = g_strdup_printf ("\r\n\033[0m— %s —\r\n", _("stopped"));

  vte_terminal_feed (self->terminal, line, -1);
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

static gboolean
copy_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  vte_terminal_copy_clipboard_format (LODGE_TEXT_CONSOLE (widget)->terminal, VTE_FORMAT_TEXT);
  return TRUE;
}

static gboolean
paste_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   user_data)
{
  vte_terminal_paste_clipboard (LODGE_TEXT_CONSOLE (widget)->terminal);
  return TRUE;
}

static gboolean
zoom_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  VteTerminal *terminal = LODGE_TEXT_CONSOLE (widget)->terminal;
  const int step = g_variant_get_int32 (args);
  const double scale = step == 0 ? 1 : vte_terminal_get_font_scale (terminal) * (step > 0 ? 1.1 : 1 / 1.1);

  vte_terminal_set_font_scale (terminal, CLAMP (scale, 0.5, 4));
  return TRUE;
}

static gboolean
lodge_text_console_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LODGE_TEXT_CONSOLE (widget)->terminal));
}

static void
lodge_text_console_dispose (GObject *object)
{
  LodgeTextConsole *self = LODGE_TEXT_CONSOLE (object);

  lodge_text_console_set_stream (self, NULL);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (lodge_text_console_parent_class)->dispose (object);
}

static void
lodge_text_console_class_init (LodgeTextConsoleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;

  G_OBJECT_CLASS (klass)->dispose = lodge_text_console_dispose;
  widget_class->grab_focus = lodge_text_console_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, both, copy_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, both, paste_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, zoom_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, zoom_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, zoom_cb, "i", 0);
}

static void
lodge_text_console_init (LodgeTextConsole *self)
{
  self->terminal = VTE_TERMINAL (vte_terminal_new ());
  /* What a guest may say is limited to text: no links to follow, no sounds, no file names */
  vte_terminal_set_allow_hyperlink (self->terminal, FALSE);
  vte_terminal_set_audible_bell (self->terminal, FALSE);
  vte_terminal_set_scrollback_lines (self->terminal, SCROLLBACK_LINES);
  vte_terminal_set_scroll_on_keystroke (self->terminal, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->terminal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Text Console"), -1);
  g_signal_connect_object (self->terminal, "commit", G_CALLBACK (commit_cb), self, G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->terminal));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
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

  gtk_widget_remove_css_class (GTK_WIDGET (self->terminal), "dimmed");
  g_signal_connect_object (stream, "received", G_CALLBACK (received_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (stream, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
}
