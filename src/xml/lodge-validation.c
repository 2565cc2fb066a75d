/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-validation.h"

#include <string.h>

#include "lodge-xml-text.h"

/* Feeds a text's tokens to the grammar and says in words what does not fit. After a mistake it goes on as if what was
 * probably meant stood there, so that one mistake is one message. */

#define MAX_FAULTS 200

static void
frame_free (gpointer data)
{
  LodgeValidationFrame *frame = data;

  g_string_free (frame->text, TRUE);
  g_clear_pointer (&frame->namespaces, g_ptr_array_unref);
  g_free (frame);
}

void
lodge_xml_fault_free (LodgeXmlFault *self)
{
  g_free (self->message);
  g_free (self->suggestion);
  g_free (self);
}

void
lodge_validation_init (LodgeValidation *self,
                       LodgeGrammar    *grammar,
                       const char      *text)
{
  *self = (LodgeValidation) {
    .grammar = grammar, .pool = lodge_grammar_get_pool (grammar), .text = text,
    .state = lodge_grammar_get_start (grammar), .frames = g_ptr_array_new_with_free_func (frame_free),
    .faults = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_xml_fault_free),
    .attributes = g_array_new (FALSE, FALSE, sizeof (LodgeXmlToken)),
  };
}

void
lodge_validation_clear (LodgeValidation *self)
{
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->attributes, g_array_unref);
}

LodgeValidationFrame *
lodge_validation_get_frame (LodgeValidation *self)
{
  return self->frames->len > 0 ? g_ptr_array_index (self->frames, self->frames->len - 1) : NULL;
}

void
lodge_validation_add_fault (LodgeValidation *self,
                            gsize            offset,
                            gsize            length,
                            char            *message,
                            const char      *suggestion)
{
  LodgeXmlFault *fault;

  if (self->faults->len >= MAX_FAULTS)
    {
      g_free (message);
      return;
    }
  fault = g_new0 (LodgeXmlFault, 1);
  fault->offset = offset;
  fault->length = length;
  fault->message = message;
  fault->suggestion = g_strdup (suggestion);
  g_ptr_array_add (self->faults, fault);
}

static gboolean
is_not_allowed (LodgePattern *pattern)
{
  return pattern->type == LODGE_PATTERN_NOT_ALLOWED;
}

static const char *
find_namespace (LodgeValidation *self,
                const char      *prefix)
{
  for (guint i = self->frames->len; i-- > 0;)
    {
      LodgeValidationFrame *frame = g_ptr_array_index (self->frames, i);

      for (guint j = 0; frame->namespaces != NULL && j < frame->namespaces->len; j += 2)
        {
          if (g_str_equal (g_ptr_array_index (frame->namespaces, j), prefix))
            return g_ptr_array_index (frame->namespaces, j + 1);
        }
    }
  return NULL;
}

char *
lodge_validation_dup_name (LodgeValidation *self,
                           gsize            name,
                           gsize            length,
                           gboolean         element)
{
  const char *text = self->text + name;
  const char *colon = memchr (text, ':', length);
  g_autofree char *prefix = g_strndup (text, colon != NULL ? colon - text : 0);
  const char *namespace = colon != NULL || element ? find_namespace (self, prefix) : NULL;
  const char *local = colon != NULL ? colon + 1 : text;
  int local_length = (int) (text + length - local);

  /* A prefix that is not declared is a part of the name: it is not ours then */
  if (namespace == NULL)
    return g_strndup (text, length);
  return namespace[0] != '\0' ? g_strdup_printf ("{%s}%.*s", namespace, local_length, local)
                              : g_strndup (local, local_length);
}

static gboolean
is_declaration (LodgeValidation     *self,
                const LodgeXmlToken *attribute)
{
  const char *name = self->text + attribute->name;

  return (attribute->name_length == 5 && memcmp (name, "xmlns", 5) == 0)
         || (attribute->name_length > 6 && memcmp (name, "xmlns:", 6) == 0);
}

static void
take_declarations (LodgeValidation      *self,
                   LodgeValidationFrame *frame)
{
  for (guint i = 0; i < self->attributes->len; i++)
    {
      const LodgeXmlToken *attribute = &g_array_index (self->attributes, LodgeXmlToken, i);

      if (!is_declaration (self, attribute))
        continue;
      if (frame->namespaces == NULL)
        frame->namespaces = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (frame->namespaces, attribute->name_length > 6
                                          ? g_strndup (self->text + attribute->name + 6, attribute->name_length - 6)
                                          : g_strdup (""));
      g_ptr_array_add (frame->namespaces, lodge_validation_dup_value (self, attribute));
    }
}

static void
take_attributes (LodgeValidation *self)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (self);
  LodgePattern *first = self->state, *closed;
  guint n_faults = self->faults->len;

  for (guint i = 0; i < self->attributes->len; i++)
    {
      const LodgeXmlToken *attribute = &g_array_index (self->attributes, LodgeXmlToken, i);
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      const char *known;
      LodgePattern *next;

      if (is_declaration (self, attribute) || attribute->name_length == 0)
        continue;
      name = lodge_validation_dup_name (self, attribute->name, attribute->name_length, FALSE);
      value = lodge_validation_dup_value (self, attribute);
      known = lodge_pattern_find_name (self->pool, name);
      next = lodge_pattern_take_attribute (self->pool, self->state, known, value);
      self->state = is_not_allowed (next)
                    ? lodge_validation_explain_attribute (self, attribute, self->state, first, name, known) : next;
    }

  closed = lodge_pattern_close_tag (self->pool, self->state);
  if (is_not_allowed (closed))
    {
      /* An attribute that is wrong can hide which others belong to it */
      if (self->faults->len == n_faults)
        lodge_validation_explain_lack (self, frame);
      closed = lodge_pattern_drop_attributes (self->pool, self->state);
    }
  self->state = closed;
  frame->opened = closed;
}

/* The text since the last tag; blanks between elements do not count */
static void
take_text (LodgeValidation      *self,
           LodgeValidationFrame *frame,
           gboolean              at_end)
{
  const char *text = frame->text->str;
  gboolean blank = text[strspn (text, " \t\r\n")] == '\0';
  LodgePattern *next;

  if (blank && (!at_end || frame->has_child))
    {
      g_string_truncate (frame->text, 0);
      return;
    }

  next = lodge_pattern_take_text (self->pool, self->state, text);
  if (blank)
    self->state = lodge_pattern_choice (self->pool, self->state, next);
  else if (!is_not_allowed (next))
    self->state = next;
  else
    {
      lodge_validation_explain_text (self, frame);
      next = lodge_pattern_take_text (self->pool, self->state, NULL);
      if (!is_not_allowed (next))
        self->state = next;
    }
  g_string_truncate (frame->text, 0);
}

static void
close_element (LodgeValidation *self)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (self);
  guint n_faults = self->faults->len;
  LodgePattern *ended;

  if (frame == NULL)
    return;
  if (!frame->skipped)
    {
      take_text (self, frame, TRUE);
      ended = lodge_pattern_end_tag (self->pool, self->state);
      if (is_not_allowed (ended))
        {
          if (self->faults->len == n_faults)
            lodge_validation_explain_end (self, frame);
          ended = lodge_pattern_force_end (self->pool, self->state);
        }
      self->state = is_not_allowed (ended) ? frame->before : ended;
    }
  g_ptr_array_set_size (self->frames, self->frames->len - 1);
}

static void
open_element (LodgeValidation *self)
{
  LodgeValidationFrame *parent = lodge_validation_get_frame (self);
  LodgeValidationFrame *frame = g_new0 (LodgeValidationFrame, 1);
  g_autofree char *name = NULL;
  LodgePattern *next;

  frame->text = g_string_new (NULL);
  frame->before = self->state;
  frame->name = self->tag.name;
  frame->name_length = self->tag.name_length;
  frame->skipped = parent != NULL && parent->skipped;
  if (parent != NULL && !parent->skipped)
    {
      take_text (self, parent, FALSE);
      frame->before = self->state;
      parent->has_child = TRUE;
    }
  take_declarations (self, frame);
  g_ptr_array_add (self->frames, frame);
  if (frame->skipped)
    return;

  name = lodge_validation_dup_name (self, frame->name, frame->name_length, TRUE);
  next = lodge_pattern_start_tag (self->pool, self->state, lodge_pattern_find_name (self->pool, name));
  if (is_not_allowed (next))
    {
      const char *meant = lodge_validation_explain_element (self, name);

      if (meant == NULL)
        {
          frame->skipped = TRUE;
          return;
        }
      next = lodge_pattern_start_tag (self->pool, self->state, meant);
    }
  self->state = next;
  take_attributes (self);
}

static void
add_text (LodgeValidation     *self,
          const LodgeXmlToken *token)
{
  LodgeValidationFrame *frame = lodge_validation_get_frame (self);
  g_autofree char *text = NULL;

  if (frame == NULL || frame->skipped)
    return;
  text = lodge_xml_text_decode (self->text + token->value, token->value_length,
                                token->type == LODGE_XML_TOKEN_CDATA ? LODGE_XML_IN_CDATA : LODGE_XML_IN_TEXT);
  if (frame->text->len == 0)
    {
      frame->text_start = token->value;
      while (frame->text_start < token->value + token->value_length
             && g_ascii_isspace (self->text[frame->text_start]))
        frame->text_start++;
    }
  frame->text_end = token->value + token->value_length;
  while (frame->text_end > frame->text_start && g_ascii_isspace (self->text[frame->text_end - 1]))
    frame->text_end--;
  g_string_append (frame->text, text);
}

void
lodge_validation_feed (LodgeValidation     *self,
                       const LodgeXmlToken *token)
{
  switch (token->type)
    {
    case LODGE_XML_TOKEN_START_TAG:
      self->tag = *token;
      self->in_tag = TRUE;
      g_array_set_size (self->attributes, 0);
      break;
    case LODGE_XML_TOKEN_ATTRIBUTE:
      g_array_append_val (self->attributes, *token);
      break;
    case LODGE_XML_TOKEN_TAG_END:
      self->in_tag = FALSE;
      open_element (self);
      if (token->empty)
        close_element (self);
      break;
    case LODGE_XML_TOKEN_END_TAG:
      close_element (self);
      break;
    case LODGE_XML_TOKEN_TEXT:
    case LODGE_XML_TOKEN_CDATA:
      add_text (self, token);
      break;
    case LODGE_XML_TOKEN_COMMENT:
    case LODGE_XML_TOKEN_INSTRUCTION:
    case LODGE_XML_TOKEN_DOCTYPE:
    case LODGE_XML_TOKEN_END:
    default:
      break;
    }
}
