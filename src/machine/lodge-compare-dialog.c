/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-compare-dialog"

#include "config.h"

#include "lodge-compare-dialog.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>
#include <string.h>

#include "lodge-ui.h"
#include "util/lodge-text-diff.h"
#include "widgets/lodge-dialog-size.h"
#include "widgets/lodge-xml-view.h"

struct _LodgeCompareView
{
  GtkWidget          parent_instance;

  /* template children */
  AdwBreakpointBin  *bin;
  GtkScrolledWindow *old_scrolled;
  GtkScrolledWindow *new_scrolled;
  GtkSourceView     *old_view;
  GtkSourceView     *new_view;
  GtkLabel          *old_label;
  GtkLabel          *new_label;
  GtkLabel          *count_label;

  guint              n_hunks;
  int                place;      /* the difference that was gone to; -1: none yet */
  GArray            *places;     /* owned, of int: the first line of each difference */
};

G_DEFINE_FINAL_TYPE (LodgeCompareView, lodge_compare_view, GTK_TYPE_WIDGET)

/* One of the two texts while it is built: with empty lines where only the other one has some */
typedef struct
{
  GtkTextBuffer *buffer;
  const char    *text;
  GString       *built;
  GArray        *tinted;   /* of int: lines */
  int            line;
} Side;

static void
side_init (Side          *side,
           GtkSourceView *view,
           const char    *text)
{
  side->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  side->text = text;
  side->built = g_string_new (NULL);
  side->tinted = g_array_new (FALSE, FALSE, sizeof (int));
  side->line = 0;
}

static void
side_copy (Side     *side,
           guint     n_lines,
           gboolean  tinted)
{
  for (guint i = 0; i < n_lines && *side->text != '\0'; i++)
    {
      const char *end = strchr (side->text, '\n');
      const gsize length = end != NULL ? (gsize) (end + 1 - side->text) : strlen (side->text);

      g_string_append_len (side->built, side->text, length);
      if (end == NULL)
        g_string_append_c (side->built, '\n');
      side->text += length;
      if (tinted)
        g_array_append_val (side->tinted, side->line);
      side->line++;
    }
}

static void
side_fill (Side  *side,
           guint  n_lines)
{
  for (guint i = 0; i < n_lines; i++)
    {
      g_string_append_c (side->built, '\n');
      side->line++;
    }
}

static void
side_finish (Side       *side,
             const char *color)
{
  GtkTextTag *tag = gtk_text_buffer_create_tag (side->buffer, NULL, "paragraph-background", color, NULL);

  gtk_text_buffer_set_text (side->buffer, side->built->str, side->built->len);
  for (guint i = 0; i < side->tinted->len; i++)
    {
      GtkTextIter start, end;

      gtk_text_buffer_get_iter_at_line (side->buffer, &start, g_array_index (side->tinted, int, i));
      end = start;
      gtk_text_iter_forward_line (&end);
      gtk_text_buffer_apply_tag (side->buffer, tag, &start, &end);
    }
  g_string_free (side->built, TRUE);
  g_array_unref (side->tinted);
}

static void
update_count (LodgeCompareView *self)
{
  g_autofree char *text = NULL;

  if (self->n_hunks == 0)
    text = g_strdup (_("No difference"));
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u difference", "%u differences", self->n_hunks),
                            self->n_hunks);
  gtk_label_set_text (self->count_label, text);
}

static void
set_texts (LodgeCompareView *self,
           const char       *old_text,
           const char       *new_text)
{
  g_autoptr(GArray) hunks = lodge_text_diff (old_text, new_text);
  guint line = 0;
  Side before, after;

  side_init (&before, self->old_view, old_text);
  side_init (&after, self->new_view, new_text);
  for (guint i = 0; i < hunks->len; i++)
    {
      const LodgeTextHunk *hunk = &g_array_index (hunks, LodgeTextHunk, i);

      side_copy (&before, hunk->old_start - line, FALSE);
      side_copy (&after, hunk->old_start - line, FALSE);
      g_array_append_val (self->places, before.line);
      side_copy (&before, hunk->n_old, TRUE);
      side_copy (&after, hunk->n_new, TRUE);
      side_fill (&before, MAX (hunk->n_old, hunk->n_new) - hunk->n_old);
      side_fill (&after, MAX (hunk->n_old, hunk->n_new) - hunk->n_new);
      line = hunk->old_start + hunk->n_old;
    }
  side_copy (&before, G_MAXUINT, FALSE);
  side_copy (&after, G_MAXUINT, FALSE);
  side_finish (&before, "rgba(224,27,36,0.16)");
  side_finish (&after, "rgba(46,194,126,0.20)");
  self->n_hunks = hunks->len;
  update_count (self);
}

static void
go (LodgeCompareView *self,
    int               step)
{
  GtkTextIter iter;

  if (self->n_hunks == 0)
    return;
  self->place = (self->place + step + (int) self->n_hunks) % (int) self->n_hunks;
  gtk_text_buffer_get_iter_at_line (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->old_view)), &iter,
                                    g_array_index (self->places, int, self->place));
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->old_view), &iter, 0, TRUE, 0, 0.2);
}

static void
next_cb (LodgeCompareView *self)
{
  go (self, 1);
}

static void
previous_cb (LodgeCompareView *self)
{
  go (self, self->place < 0 ? 0 : -1);
}

static void
lodge_compare_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_COMPARE_VIEW);

  G_OBJECT_CLASS (lodge_compare_view_parent_class)->dispose (object);
}

static void
lodge_compare_view_finalize (GObject *object)
{
  g_array_unref (LODGE_COMPARE_VIEW (object)->places);

  G_OBJECT_CLASS (lodge_compare_view_parent_class)->finalize (object);
}

static void
lodge_compare_view_class_init (LodgeCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_compare_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_compare_view_finalize;
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-compare-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, old_scrolled);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, new_scrolled);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, old_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, new_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, old_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, new_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeCompareView, count_label);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
}

static void
lodge_compare_view_init (LodgeCompareView *self)
{
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (),
                                                                          "xml");
  GtkSourceView *views[2];

  self->places = g_array_new (FALSE, FALSE, sizeof (int));
  self->place = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  views[0] = self->old_view;
  views[1] = self->new_view;
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkSourceBuffer *buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (views[i])));

      gtk_source_buffer_set_language (buffer, language);
      lodge_xml_view_follow_style (buffer);
    }
  /* One scroll bar moves both */
  gtk_scrolled_window_set_vadjustment (self->new_scrolled, gtk_scrolled_window_get_vadjustment (self->old_scrolled));
}

/**
 * lodge_compare_view_new:
 * @old_text: the left text
 * @new_text: the right one
 */
GtkWidget *
lodge_compare_view_new (const char *old_text,
                        const char *new_text)
{
  LodgeCompareView *self = g_object_new (LODGE_TYPE_COMPARE_VIEW, NULL);

  set_texts (self, old_text, new_text);
  return GTK_WIDGET (self);
}

guint
lodge_compare_view_get_n_hunks (LodgeCompareView *self)
{
  g_return_val_if_fail (LODGE_IS_COMPARE_VIEW (self), 0);

  return self->n_hunks;
}

AdwDialog *
lodge_compare_dialog_new (const char *title,
                          const char *old_title,
                          const char *old_text,
                          const char *new_title,
                          const char *new_text)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *toolbar = adw_toolbar_view_new ();
  LodgeCompareView *view = LODGE_COMPARE_VIEW (lodge_compare_view_new (old_text, new_text));

  gtk_label_set_text (view->old_label, old_title);
  gtk_label_set_text (view->new_label, new_title);
  gtk_widget_set_visible (GTK_WIDGET (view->old_label), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (view->new_label), TRUE);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (toolbar), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (toolbar), GTK_WIDGET (view));
  adw_dialog_set_title (dialog, title);
  lodge_dialog_set_size (dialog, 1000, 640);
  adw_dialog_set_child (dialog, toolbar);
  return dialog;
}
