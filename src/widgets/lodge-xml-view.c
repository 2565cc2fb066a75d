/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-xml-view"

#include "config.h"

#include "lodge-xml-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "lodge-ui.h"
#include "lodge-xml-provider.h"

/* After the last key, before the text is looked at */
#define CHECK_DELAY_MS 150
/* Highlighting a text beyond this takes seconds */
#define MAX_HIGHLIGHT  (2 * 1024 * 1024)
#define MAX_MARKS      200

struct _LodgeXmlView
{
  GtkWidget               parent_instance;

  /* template children */
  GtkWidget              *box;
  GtkSearchBar           *search_bar;
  GtkEditable            *search_entry;
  GtkLabel               *search_count;
  GtkSourceView          *source_view;
  GtkSourceBuffer        *buffer;
  GtkWidget              *strip;
  GtkWidget              *problem_icon;
  GtkWidget              *jump_button;
  GtkLabel               *problem_label;
  GtkLabel               *allowed_label;
  GtkButton              *mend_button;

  GtkSourceSearchContext *search;      /* owned */
  GtkTextTag             *tint;        /* borrowed of the buffer's table */
  GtkTextTag             *underline;   /* borrowed */
  GPtrArray              *issues;      /* owned, of LodgeXmlIssue */
  GCancellable           *check;       /* owned, nullable: of what runs */
  LodgeXmlContext        *context;     /* owned, nullable: the text is the whole machine */
  LodgeXmlProvider       *provider;    /* owned */
  guint                   check_id;
  guint                   shown;       /* the issue in the strip */
  gboolean                checked;
  gboolean                setting;     /* the change of the text is ours */
};

enum
{
  PROP_0,
  PROP_N_ISSUES,
  PROP_CHECKED,
  PROP_WELL_FORMED,
  PROP_EDITABLE,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeXmlView, lodge_xml_view, GTK_TYPE_WIDGET)

LodgeXmlIssue *
lodge_xml_issue_new (guint       line,
                     guint       column,
                     guint       length,
                     const char *message)
{
  LodgeXmlIssue *self = g_new0 (LodgeXmlIssue, 1);

  self->line = line;
  self->column = column;
  self->length = length;
  self->message = g_strdup (message);
  return self;
}

void
lodge_xml_issue_free (LodgeXmlIssue *self)
{
  g_free (self->message);
  g_free (self->allowed);
  g_free (self->replacement);
  g_free (self);
}

/* Places */

static void
get_range (LodgeXmlView        *self,
           const LodgeXmlIssue *issue,
           GtkTextIter         *start,
           GtkTextIter         *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  int bytes;

  /* The text may be another one by now, and a check may be wrong: never beyond the line */
  gtk_text_buffer_get_iter_at_line (buffer, start, MAX (1, issue->line) - 1);
  bytes = gtk_text_iter_get_bytes_in_line (start);
  *end = *start;
  if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);
  if (issue->column > 0 && (int) issue->column - 1 < bytes)
    {
      gtk_text_iter_set_line_index (start, issue->column - 1);
      if (issue->length > 0 && (int) (issue->column - 1 + issue->length) < bytes)
        gtk_text_iter_set_line_index (end, issue->column - 1 + issue->length);
    }
}

static void
show_strip (LodgeXmlView *self)
{
  const LodgeXmlIssue *issue = self->shown < self->issues->len ? g_ptr_array_index (self->issues, self->shown) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *mend = NULL;

  gtk_widget_set_visible (self->strip, issue != NULL);
  if (issue == NULL)
    return;
  /* Translators: a line of a text and what is wrong there */
  text = issue->line > 0 ? g_strdup_printf (_("Line %u: %s"), issue->line, issue->message) : g_strdup (issue->message);
  gtk_label_set_text (self->problem_label, text);
  gtk_label_set_text (self->allowed_label, issue->allowed != NULL ? issue->allowed : "");
  gtk_widget_set_visible (GTK_WIDGET (self->allowed_label), issue->allowed != NULL);
  gtk_widget_set_sensitive (self->jump_button, issue->line > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->mend_button), issue->replacement != NULL);
  if (issue->replacement != NULL)
    {
      /* Translators: puts this word in the place of a wrong one */
      mend = g_strdup_printf (_("Use “%s”"), issue->replacement);
      gtk_button_set_label (self->mend_button, mend);
    }
}

static void
clear_marks (LodgeXmlView *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (self->buffer), self->tint, &start, &end);
  gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (self->buffer), self->underline, &start, &end);
}

static void
show_issues (LodgeXmlView *self)
{
  clear_marks (self);
  for (guint i = 0; i < MIN (self->issues->len, MAX_MARKS); i++)
    {
      const LodgeXmlIssue *issue = g_ptr_array_index (self->issues, i);
      GtkTextIter start, end, line;

      if (issue->line == 0)
        continue;
      get_range (self, issue, &start, &end);
      gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer), self->underline, &start, &end);
      line = start;
      gtk_text_iter_set_line_offset (&line, 0);
      gtk_text_iter_forward_line (&end);
      gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer), self->tint, &line, &end);
    }
  self->shown = 0;
  show_strip (self);
}

/* Checking */

typedef struct
{
  char            *text;
  LodgeXmlContext *context;   /* nullable */
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->text);
  g_clear_pointer (&check->context, lodge_xml_context_free);
  g_free (check);
}

static void
check_worker (GTask        *task,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Check *check = task_data;

  g_task_return_pointer (task, lodge_xml_language_check (check->text, check->context),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
checked_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  LodgeXmlView *self = LODGE_XML_VIEW (object);
  g_autoptr(GError) error = NULL;
  GPtrArray *issues = g_task_propagate_pointer (G_TASK (result), &error);

  if (issues == NULL)
    return;   /* the text has changed, or the view is gone */
  g_clear_object (&self->check);
  g_ptr_array_unref (self->issues);
  self->issues = issues;
  self->checked = TRUE;
  show_issues (self);
  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, properties[PROP_N_ISSUES]);
  g_object_notify_by_pspec (object, properties[PROP_WELL_FORMED]);
  g_object_notify_by_pspec (object, properties[PROP_CHECKED]);
  g_object_thaw_notify (object);
}

static void
start_check (LodgeXmlView *self)
{
  g_autoptr(GTask) task = NULL;
  Check *check = g_new0 (Check, 1);

  self->check = g_cancellable_new ();
  task = g_task_new (self, self->check, checked_cb, NULL);
  g_task_set_source_tag (task, start_check);
  check->text = lodge_xml_view_dup_text (self);
  check->context = lodge_xml_context_copy (self->context);
  g_task_set_task_data (task, check, check_free);
  g_task_run_in_thread (task, check_worker);
}

static gboolean
check_cb (gpointer user_data)
{
  LodgeXmlView *self = user_data;

  self->check_id = 0;
  start_check (self);
  return G_SOURCE_REMOVE;
}

static void
forget_check (LodgeXmlView *self)
{
  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->check != NULL)
    g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
  if (self->checked)
    {
      self->checked = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
    }
}

static void
changed_cb (LodgeXmlView *self)
{
  if (self->setting)
    return;
  forget_check (self);
  self->check_id = g_timeout_add (CHECK_DELAY_MS, check_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The strip */

static void
jump_cb (LodgeXmlView *self)
{
  lodge_xml_view_go_to_issue (self, self->shown);
}

static void
mend_cb (LodgeXmlView *self)
{
  const LodgeXmlIssue *issue = self->shown < self->issues->len ? g_ptr_array_index (self->issues, self->shown) : NULL;
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;
  g_autofree char *replacement = NULL;

  if (issue == NULL || issue->replacement == NULL || !self->checked)
    return;
  replacement = g_strdup (issue->replacement);
  get_range (self, issue, &start, &end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, replacement, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

static void
next_problem_action (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  LodgeXmlView *self = LODGE_XML_VIEW (widget);

  if (self->issues->len > 0)
    lodge_xml_view_go_to_issue (self, (self->shown + 1) % self->issues->len);
}

/* Finding */

static void
update_count (LodgeXmlView *self)
{
  const int n = gtk_source_search_context_get_occurrences_count (self->search);
  g_autofree char *text = NULL;

  if (*gtk_editable_get_text (self->search_entry) != '\0' && n >= 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d match", "%d matches", n), n);
  gtk_label_set_text (self->search_count, text != NULL ? text : "");
}

static void
find (LodgeXmlView *self,
      gboolean      backward)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter from, to, start, end;
  gboolean found;

  gtk_text_buffer_get_selection_bounds (buffer, &from, &to);
  found = backward ? gtk_source_search_context_backward (self->search, &from, &start, &end, NULL)
                   : gtk_source_search_context_forward (self->search, &to, &start, &end, NULL);
  if (!found)
    return;
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source_view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0,
                                0);
}

static void
find_next_cb (LodgeXmlView *self)
{
  find (self, FALSE);
}

static void
find_previous_cb (LodgeXmlView *self)
{
  find (self, TRUE);
}

static void
search_changed_cb (LodgeXmlView *self)
{
  GtkTextIter start;

  gtk_source_search_settings_set_search_text (gtk_source_search_context_get_settings (self->search),
                                              gtk_editable_get_text (self->search_entry));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);
  find (self, FALSE);
  update_count (self);
}

static void
stop_search_cb (LodgeXmlView *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

static void
search_mode_cb (LodgeXmlView *self)
{
  gtk_source_search_context_set_highlight (self->search, gtk_search_bar_get_search_mode (self->search_bar));
}

static void
find_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  LodgeXmlView *self = LODGE_XML_VIEW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

/* Style */

static void
update_style (GtkSourceBuffer *buffer)
{
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkSourceStyleSchemeManager *schemes = gtk_source_style_scheme_manager_get_default ();

  gtk_source_buffer_set_style_scheme (buffer, gtk_source_style_scheme_manager_get_scheme (schemes, dark ? "Adwaita-dark"
                                                                                                         : "Adwaita"));
}

void
lodge_xml_view_follow_style (GtkSourceBuffer *buffer)
{
  g_return_if_fail (GTK_SOURCE_IS_BUFFER (buffer));

  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_style), buffer,
                           G_CONNECT_SWAPPED);
  update_style (buffer);
}

static void
lodge_xml_view_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  LodgeXmlView *self = LODGE_XML_VIEW (widget);
  GdkRGBA color;

  GTK_WIDGET_CLASS (lodge_xml_view_parent_class)->css_changed (widget, change);
  if (self->strip == NULL || self->tint == NULL)
    return;
  /* Tags know no style sheet: the icon's color, which follows light and dark, is the tint's */
  gtk_widget_get_color (self->problem_icon, &color);
  g_object_set (self->underline, "underline-rgba", &color, NULL);
  color.alpha = 0.13f;
  g_object_set (self->tint, "paragraph-background-rgba", &color, NULL);
}

static void
lodge_xml_view_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  LodgeXmlView *self = LODGE_XML_VIEW (object);

  switch (prop_id)
    {
    case PROP_N_ISSUES:
      g_value_set_uint (value, self->issues->len);
      break;
    case PROP_CHECKED:
      g_value_set_boolean (value, self->checked);
      break;
    case PROP_WELL_FORMED:
      g_value_set_boolean (value, lodge_xml_view_get_well_formed (self));
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, gtk_text_view_get_editable (GTK_TEXT_VIEW (self->source_view)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_xml_view_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_EDITABLE:
      lodge_xml_view_set_editable (LODGE_XML_VIEW (object), g_value_get_boolean (value));
      break;
    case PROP_N_ISSUES:
    case PROP_CHECKED:
    case PROP_WELL_FORMED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_xml_view_dispose (GObject *object)
{
  LodgeXmlView *self = LODGE_XML_VIEW (object);

  g_clear_handle_id (&self->check_id, g_source_remove);
  if (self->check != NULL)
    g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
  g_clear_object (&self->search);
  if (self->provider != NULL)
    gtk_source_completion_remove_provider (gtk_source_view_get_completion (self->source_view),
                                           GTK_SOURCE_COMPLETION_PROVIDER (self->provider));
  g_clear_object (&self->provider);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_XML_VIEW);
  self->strip = NULL;
  self->tint = self->underline = NULL;

  G_OBJECT_CLASS (lodge_xml_view_parent_class)->dispose (object);
}

static void
lodge_xml_view_finalize (GObject *object)
{
  LodgeXmlView *self = LODGE_XML_VIEW (object);

  g_ptr_array_unref (self->issues);
  g_clear_pointer (&self->context, lodge_xml_context_free);
  lodge_xml_language_leave ();

  G_OBJECT_CLASS (lodge_xml_view_parent_class)->finalize (object);
}

static void
lodge_xml_view_class_init (LodgeXmlViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_xml_view_get_property;
  object_class->set_property = lodge_xml_view_set_property;
  object_class->dispose = lodge_xml_view_dispose;
  object_class->finalize = lodge_xml_view_finalize;
  widget_class->css_changed = lodge_xml_view_css_changed;

  properties[PROP_N_ISSUES] = g_param_spec_uint ("n-issues", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);
  properties[PROP_WELL_FORMED] = g_param_spec_boolean ("well-formed", NULL, NULL, TRUE, flags);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, flags | G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "xmlview");
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("widgets/lodge-xml-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, box);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, search_count);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, source_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, buffer);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, strip);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, problem_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, jump_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, allowed_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeXmlView, mend_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, jump_cb);
  gtk_widget_class_bind_template_callback (widget_class, mend_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, find_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);

  gtk_widget_class_install_action (widget_class, "xml.next-problem", NULL, next_problem_action);
  gtk_widget_class_install_action (widget_class, "xml.find", NULL, find_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, GDK_NO_MODIFIER_MASK, "xml.next-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "xml.find", NULL);
}

static void
lodge_xml_view_init (LodgeXmlView *self)
{
  GtkSourceLanguage *language = gtk_source_language_manager_get_language (gtk_source_language_manager_get_default (),
                                                                          "xml");
  GtkTextBuffer *buffer;

  self->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_xml_issue_free);
  self->checked = TRUE;
  lodge_xml_language_enter ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->provider = lodge_xml_provider_new ();
  gtk_source_completion_add_provider (gtk_source_view_get_completion (self->source_view),
                                      GTK_SOURCE_COMPLETION_PROVIDER (self->provider));

  buffer = GTK_TEXT_BUFFER (self->buffer);
  gtk_source_buffer_set_language (self->buffer, language);
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  lodge_xml_view_follow_style (self->buffer);
  self->tint = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  self->underline = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  self->search = gtk_source_search_context_new (self->buffer, NULL);
  gtk_source_search_context_set_highlight (self->search, FALSE);
  gtk_source_search_settings_set_wrap_around (gtk_source_search_context_get_settings (self->search), TRUE);
  g_signal_connect_object (self->search, "notify::occurrences-count", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search_bar, "notify::search-mode-enabled", G_CALLBACK (search_mode_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * lodge_xml_view_new:
 *
 * An editor for XML that says line by line what is wrong with it.
 */
GtkWidget *
lodge_xml_view_new (void)
{
  return g_object_new (LODGE_TYPE_XML_VIEW, NULL);
}

/**
 * lodge_xml_view_set_context:
 * @self: an editor
 * @before: (nullable): what of the machine's definition stands before the text; %NULL: the text is all of it
 * @after: (nullable): what stands behind it
 *
 * libvirt's schema is of a whole machine: what is right in a part depends on where it stands.
 */
void
lodge_xml_view_set_context (LodgeXmlView *self,
                            const char   *before,
                            const char   *after)
{
  g_return_if_fail (LODGE_IS_XML_VIEW (self));

  g_clear_pointer (&self->context, lodge_xml_context_free);
  if (before != NULL && after != NULL)
    self->context = lodge_xml_context_new (before, after);
  lodge_xml_provider_set_context (self->provider, self->context);
}

/**
 * lodge_xml_view_set_text:
 * @self: an editor
 * @text: replaces what is there, with the history of undo
 *
 * [signal@XmlView::changed] is for the person's changes and is not emitted.
 */
void
lodge_xml_view_set_text (LodgeXmlView *self,
                         const char   *text)
{
  GtkTextBuffer *buffer;
  GtkTextIter start;

  g_return_if_fail (LODGE_IS_XML_VIEW (self));
  g_return_if_fail (text != NULL);

  buffer = GTK_TEXT_BUFFER (self->buffer);
  forget_check (self);
  self->setting = TRUE;
  gtk_source_buffer_set_highlight_syntax (self->buffer, strlen (text) <= MAX_HIGHLIGHT);
  gtk_text_buffer_begin_irreversible_action (buffer);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_end_irreversible_action (buffer);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  self->setting = FALSE;
  start_check (self);
}

char *
lodge_xml_view_dup_text (LodgeXmlView *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (LODGE_IS_XML_VIEW (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

guint
lodge_xml_view_get_n_issues (LodgeXmlView *self)
{
  g_return_val_if_fail (LODGE_IS_XML_VIEW (self), 0);

  return self->issues->len;
}

gboolean
lodge_xml_view_get_checked (LodgeXmlView *self)
{
  g_return_val_if_fail (LODGE_IS_XML_VIEW (self), FALSE);

  return self->checked;
}

gboolean
lodge_xml_view_get_well_formed (LodgeXmlView *self)
{
  g_return_val_if_fail (LODGE_IS_XML_VIEW (self), FALSE);

  for (guint i = 0; i < self->issues->len; i++)
    {
      const LodgeXmlIssue *issue = g_ptr_array_index (self->issues, i);

      if (issue->malformed)
        return FALSE;
    }
  return TRUE;
}

const LodgeXmlIssue *
lodge_xml_view_get_issue (LodgeXmlView *self,
                          guint         position)
{
  g_return_val_if_fail (LODGE_IS_XML_VIEW (self), NULL);

  return position < self->issues->len ? g_ptr_array_index (self->issues, position) : NULL;
}

void
lodge_xml_view_add_issue (LodgeXmlView  *self,
                          LodgeXmlIssue *issue)
{
  g_return_if_fail (LODGE_IS_XML_VIEW (self));

  g_ptr_array_add (self->issues, issue);
  show_issues (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ISSUES]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WELL_FORMED]);
}

void
lodge_xml_view_set_editable (LodgeXmlView *self,
                             gboolean      editable)
{
  g_return_if_fail (LODGE_IS_XML_VIEW (self));

  if (gtk_text_view_get_editable (GTK_TEXT_VIEW (self->source_view)) == !!editable)
    return;
  gtk_text_view_set_editable (GTK_TEXT_VIEW (self->source_view), editable);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

/* Puts the cursor there, and the issue into the strip */
void
lodge_xml_view_go_to_issue (LodgeXmlView *self,
                            guint         position)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  const LodgeXmlIssue *issue;

  g_return_if_fail (LODGE_IS_XML_VIEW (self));
  g_return_if_fail (position < self->issues->len);

  buffer = GTK_TEXT_BUFFER (self->buffer);
  issue = g_ptr_array_index (self->issues, position);
  self->shown = position;
  show_strip (self);
  if (issue->line == 0)
    return;
  get_range (self, issue, &start, &end);
  gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source_view), gtk_text_buffer_get_insert (buffer), 0.1, FALSE, 0,
                                0);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

GtkSourceView *
lodge_xml_view_get_source_view (LodgeXmlView *self)
{
  g_return_val_if_fail (LODGE_IS_XML_VIEW (self), NULL);

  return self->source_view;
}
