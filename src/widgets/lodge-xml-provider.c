/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-xml-provider"

#include "config.h"

#include "lodge-xml-provider.h"

#include <glib/gi18n.h>
#include <string.h>

/* One proposal */

#define LODGE_TYPE_XML_PROPOSAL_ITEM (lodge_xml_proposal_item_get_type ())
G_DECLARE_FINAL_TYPE (LodgeXmlProposalItem, lodge_xml_proposal_item, LODGE, XML_PROPOSAL_ITEM, GObject)

struct _LodgeXmlProposalItem
{
  GObject               parent_instance;

  char                 *text;
  char                 *extra;      /* nullable */
  char                 *help;       /* nullable */
  LodgeXmlCompleteKind  kind;
  gboolean              required;
};

static char *
lodge_xml_proposal_item_get_typed_text (GtkSourceCompletionProposal *proposal)
{
  return g_strdup (LODGE_XML_PROPOSAL_ITEM (proposal)->text);
}

static void
proposal_init (GtkSourceCompletionProposalInterface *iface)
{
  iface->get_typed_text = lodge_xml_proposal_item_get_typed_text;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeXmlProposalItem, lodge_xml_proposal_item, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROPOSAL, proposal_init))

static void
lodge_xml_proposal_item_finalize (GObject *object)
{
  LodgeXmlProposalItem *self = LODGE_XML_PROPOSAL_ITEM (object);

  g_free (self->text);
  g_free (self->extra);
  g_free (self->help);

  G_OBJECT_CLASS (lodge_xml_proposal_item_parent_class)->finalize (object);
}

static void
lodge_xml_proposal_item_class_init (LodgeXmlProposalItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_xml_proposal_item_finalize;
}

static void
lodge_xml_proposal_item_init (LodgeXmlProposalItem *self)
{
}

/* The provider */

struct _LodgeXmlProvider
{
  GObject          parent_instance;

  LodgeXmlContext *context;    /* owned, nullable */
  int              start;      /* character where what is typed begins, as of the last proposals */
};

/* What a worker is asked */
typedef struct
{
  char            *text;
  gsize            cursor;   /* bytes */
  LodgeXmlContext *context;  /* nullable */
  gsize            start;    /* bytes; set by the worker */
} Question;

static void provider_init (GtkSourceCompletionProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeXmlProvider, lodge_xml_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_SOURCE_TYPE_COMPLETION_PROVIDER, provider_init))

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->text);
  g_clear_pointer (&question->context, lodge_xml_context_free);
  g_free (question);
}

static void
populate_worker (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Question *question = task_data;
  g_autoptr(LodgeXmlCompletion) completion =
    lodge_xml_language_complete (question->text, question->cursor, question->context);
  GListStore *store = g_list_store_new (LODGE_TYPE_XML_PROPOSAL_ITEM);

  question->start = completion != NULL ? completion->start : question->cursor;
  for (guint i = 0; completion != NULL && i < completion->proposals->len; i++)
    {
      const LodgeXmlProposal *proposal = g_ptr_array_index (completion->proposals, i);
      g_autoptr(LodgeXmlProposalItem) item = g_object_new (LODGE_TYPE_XML_PROPOSAL_ITEM, NULL);

      item->text = g_strdup (proposal->text);
      item->extra = g_strdup (proposal->extra);
      item->kind = completion->kind;
      item->required = proposal->required;
      item->help = lodge_xml_language_dup_help (question->text, question->start, question->context, completion->kind,
                                                proposal->text);
      g_list_store_append (store, item);
    }
  g_task_return_pointer (task, store, g_object_unref);
}

/* What is typed of the proposal so far, from its own start: GtkSourceView ends a word at “-” */
static char *
dup_typed (LodgeXmlProvider *self,
           GtkTextBuffer    *buffer)
{
  GtkTextIter start, cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, MIN (self->start, gtk_text_iter_get_offset (&cursor)));
  return gtk_text_buffer_get_text (buffer, &start, &cursor, TRUE);
}

static gboolean
matches_cb (gpointer object,
            gpointer typed)
{
  return g_str_has_prefix (LODGE_XML_PROPOSAL_ITEM (object)->text, typed);
}

static GListModel *
filter (GListModel *model,
        const char *typed)
{
  GtkFilter *custom = GTK_FILTER (gtk_custom_filter_new (matches_cb, g_strdup (typed), g_free));

  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (model), custom));
}

static void
lodge_xml_provider_populate_async (GtkSourceCompletionProvider *provider,
                                   GtkSourceCompletionContext  *context,
                                   GCancellable                *cancellable,
                                   GAsyncReadyCallback          callback,
                                   gpointer                     user_data)
{
  LodgeXmlProvider *self = LODGE_XML_PROVIDER (provider);
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  Question *question = g_new0 (Question, 1);
  g_autofree char *before = NULL;
  GtkTextIter start, end, cursor;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  before = gtk_text_buffer_get_text (buffer, &start, &cursor, TRUE);
  question->text = gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
  question->cursor = strlen (before);
  question->context = lodge_xml_context_copy (self->context);
  g_task_set_source_tag (task, lodge_xml_provider_populate_async);
  g_task_set_task_data (task, question, question_free);
  g_object_set_data_full (G_OBJECT (task), "lodge-buffer", g_object_ref (buffer), g_object_unref);
  g_task_run_in_thread (task, populate_worker);
}

static GListModel *
lodge_xml_provider_populate_finish (GtkSourceCompletionProvider  *provider,
                                    GAsyncResult                 *result,
                                    GError                      **error)
{
  LodgeXmlProvider *self = LODGE_XML_PROVIDER (provider);
  Question *question = g_task_get_task_data (G_TASK (result));
  GtkTextBuffer *buffer = g_object_get_data (G_OBJECT (result), "lodge-buffer");
  g_autoptr(GListModel) proposals = g_task_propagate_pointer (G_TASK (result), error);
  g_autofree char *typed = NULL;

  if (proposals == NULL)
    return NULL;
  self->start = g_utf8_strlen (question->text, question->start);
  typed = dup_typed (self, buffer);
  return filter (proposals, typed);
}

static void
lodge_xml_provider_refilter (GtkSourceCompletionProvider *provider,
                             GtkSourceCompletionContext  *context,
                             GListModel                  *model)
{
  LodgeXmlProvider *self = LODGE_XML_PROVIDER (provider);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  g_autofree char *typed = dup_typed (self, buffer);

  if (GTK_IS_FILTER_LIST_MODEL (model))
    gtk_filter_list_model_set_filter (GTK_FILTER_LIST_MODEL (model),
                                      GTK_FILTER (gtk_custom_filter_new (matches_cb, g_strdup (typed), g_free)));
}

/* “<”, a blank within a tag, a quote after “=” and “/” */
static gboolean
lodge_xml_provider_is_trigger (GtkSourceCompletionProvider *provider,
                               const GtkTextIter           *iter,
                               gunichar                     character)
{
  return character == '<' || character == ' ' || character == '"' || character == '\'' || character == '/';
}

static void
lodge_xml_provider_display (GtkSourceCompletionProvider *provider,
                            GtkSourceCompletionContext  *context,
                            GtkSourceCompletionProposal *proposal,
                            GtkSourceCompletionCell     *cell)
{
  LodgeXmlProposalItem *item = LODGE_XML_PROPOSAL_ITEM (proposal);

  switch (gtk_source_completion_cell_get_column (cell))
    {
    case GTK_SOURCE_COMPLETION_COLUMN_TYPED_TEXT:
      gtk_source_completion_cell_set_text (cell, item->text);
      break;
    case GTK_SOURCE_COMPLETION_COLUMN_AFTER:
      gtk_source_completion_cell_set_text (cell, item->required ? _("needed") : NULL);
      break;
    case GTK_SOURCE_COMPLETION_COLUMN_COMMENT:
    case GTK_SOURCE_COMPLETION_COLUMN_DETAILS:
      gtk_source_completion_cell_set_text (cell, item->help);
      break;
    case GTK_SOURCE_COMPLETION_COLUMN_ICON:
    case GTK_SOURCE_COMPLETION_COLUMN_BEFORE:
    default:
      gtk_source_completion_cell_set_text (cell, NULL);
    }
}

/* The text, and how many characters from its end the cursor goes */
static char *
dup_inserted (LodgeXmlProposalItem *item,
              gunichar              next,
              int                  *back)
{
  *back = 0;
  switch (item->kind)
    {
    case LODGE_XML_COMPLETE_ATTRIBUTE:
      *back = 1;
      return g_strdup_printf ("%s=''", item->text);
    case LODGE_XML_COMPLETE_ELEMENT:
      if (item->extra == NULL || *item->extra == '\0')
        return g_strdup (item->text);
      /* Into the first of the quotes */
      *back = g_utf8_strlen (strchr (item->extra, '\'') != NULL ? strchr (item->extra, '\'') + 1 : "", -1);
      return g_strconcat (item->text, item->extra, NULL);
    case LODGE_XML_COMPLETE_END_TAG:
      return next == '>' ? g_strdup (item->text) : g_strconcat (item->text, ">", NULL);
    case LODGE_XML_COMPLETE_VALUE:
    case LODGE_XML_COMPLETE_NOTHING:
    default:
      return g_strdup (item->text);
    }
}

static void
lodge_xml_provider_activate (GtkSourceCompletionProvider *provider,
                             GtkSourceCompletionContext  *context,
                             GtkSourceCompletionProposal *proposal)
{
  LodgeXmlProvider *self = LODGE_XML_PROVIDER (provider);
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (gtk_source_completion_context_get_buffer (context));
  GtkTextIter start, cursor;
  g_autofree char *text = NULL;
  int back;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, MIN (self->start, gtk_text_iter_get_offset (&cursor)));
  text = dup_inserted (LODGE_XML_PROPOSAL_ITEM (proposal), gtk_text_iter_get_char (&cursor), &back);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &cursor);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_iter_backward_chars (&start, back);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static char *
lodge_xml_provider_get_title (GtkSourceCompletionProvider *provider)
{
  return g_strdup (_("libvirt"));
}

static void
provider_init (GtkSourceCompletionProviderInterface *iface)
{
  iface->get_title = lodge_xml_provider_get_title;
  iface->populate_async = lodge_xml_provider_populate_async;
  iface->populate_finish = lodge_xml_provider_populate_finish;
  iface->refilter = lodge_xml_provider_refilter;
  iface->is_trigger = lodge_xml_provider_is_trigger;
  iface->display = lodge_xml_provider_display;
  iface->activate = lodge_xml_provider_activate;
}

static void
lodge_xml_provider_finalize (GObject *object)
{
  g_clear_pointer (&LODGE_XML_PROVIDER (object)->context, lodge_xml_context_free);

  G_OBJECT_CLASS (lodge_xml_provider_parent_class)->finalize (object);
}

static void
lodge_xml_provider_class_init (LodgeXmlProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_xml_provider_finalize;
}

static void
lodge_xml_provider_init (LodgeXmlProvider *self)
{
}

LodgeXmlProvider *
lodge_xml_provider_new (void)
{
  return g_object_new (LODGE_TYPE_XML_PROVIDER, NULL);
}

void
lodge_xml_provider_set_context (LodgeXmlProvider      *self,
                                const LodgeXmlContext *context)
{
  g_return_if_fail (LODGE_IS_XML_PROVIDER (self));

  g_clear_pointer (&self->context, lodge_xml_context_free);
  self->context = lodge_xml_context_copy (context);
}
