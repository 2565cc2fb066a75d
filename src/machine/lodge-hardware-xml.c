/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-xml"

#include "config.h"

#include "lodge-hardware-xml.h"

#include <string.h>

#include "lodge-device-key.h"
#include "lodge-hardware-items.h"

static char *
dedent (const char *text,
        gsize       indentation)
{
  GString *result = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = strchr (text, '\n');
      const char *next = end != NULL ? end + 1 : text + strlen (text);

      g_string_append_len (result, text, next - text);
      text = next;
      for (gsize i = 0; i < indentation && (*text == ' ' || *text == '\t'); i++)
        text++;
    }
  return g_string_free_and_steal (result);
}

char *
lodge_hardware_xml_dup_text (LodgeXmlDocument *document,
                             const char       *id)
{
  const char *whole = lodge_xml_document_get_text (document);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  LodgeXmlNode node;
  gsize start, end, line;

  if (!lodge_hardware_id_is_device (id))
    return g_strdup (whole);
  node = lodge_hardware_find_node (document, id);
  if (node == LODGE_XML_NONE)
    return NULL;
  lodge_xml_document_get_range (document, node, &start, &end);
  for (line = start; line > 0 && (whole[line - 1] == ' ' || whole[line - 1] == '\t'); line--)
    ;
  text = g_strndup (whole + start, end - start);
  plain = dedent (text, start - line);
  return g_strconcat (plain, "\n", NULL);
}

void
lodge_hardware_xml_set_context (LodgeXmlView     *view,
                                LodgeXmlDocument *document,
                                const char       *id)
{
  const char *whole = lodge_xml_document_get_text (document);
  const LodgeXmlNode node = lodge_hardware_id_is_device (id) ? lodge_hardware_find_node (document, id) : LODGE_XML_NONE;
  g_autofree char *before = NULL;
  gsize start = 0, end = 0;

  if (node == LODGE_XML_NONE)
    {
      lodge_xml_view_set_context (view, NULL, NULL);
      return;
    }
  lodge_xml_document_get_range (document, node, &start, &end);
  before = g_strndup (whole, start);
  lodge_xml_view_set_context (view, before, whole + end);
}

void
lodge_hardware_xml_show (LodgeHardwareView *self)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const gboolean same_page = g_strcmp0 (self->xml_of, self->shown) == 0;
  g_autofree char *text = NULL;

  if (document == NULL || (same_page && self->xml_broken))
    return;
  text = lodge_hardware_xml_dup_text (document, self->shown);
  if (text == NULL || (same_page && g_strcmp0 (text, self->xml_seen) == 0))
    return;
  g_set_str (&self->xml_of, self->shown);
  g_set_str (&self->xml_seen, text);
  lodge_hardware_xml_set_context (self->xml_view, document, self->shown);
  lodge_xml_view_set_text (self->xml_view, text);
}

/* The device may have another identity now: the page goes with it */
static gboolean
replace_device (LodgeHardwareView  *self,
                const char         *text,
                GError            **error)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  LodgeXmlNode node = lodge_hardware_find_node (document, self->xml_of);
  g_autofree char *fragment = g_strstrip (g_strdup (text));
  g_autofree char *key = NULL;

  if (node == LODGE_XML_NONE)
    return TRUE;   /* another program has removed it */
  node = lodge_xml_document_replace (document, node, fragment, error);
  if (node == LODGE_XML_NONE)
    return FALSE;
  key = lodge_device_key_of (document, node);
  if (key != NULL)
    {
      g_set_str (&self->xml_of, key);
      g_set_str (&self->shown, key);
    }
  lodge_edits_touch (self->edits);
  return TRUE;
}

void
lodge_hardware_xml_take (LodgeHardwareView *self)
{
  g_autofree char *text = lodge_xml_view_dup_text (self->xml_view);
  g_autoptr(GError) error = NULL;
  gboolean taken;

  if (g_strcmp0 (text, self->xml_seen) == 0)
    {
      self->xml_broken = FALSE;
      return;
    }
  /* A text that was not checked yet is tried */
  if (lodge_xml_view_get_checked (self->xml_view) && !lodge_xml_view_get_well_formed (self->xml_view))
    {
      self->xml_broken = TRUE;
      return;
    }

  /* Before anybody shows the edits again: this is what they have */
  g_set_str (&self->xml_seen, text);
  self->xml_broken = FALSE;
  taken = lodge_hardware_id_is_device (self->xml_of) ? replace_device (self, text, &error)
                                                     : lodge_edits_set_text (self->edits, text, &error);
  if (!taken)
    {
      g_autoptr(LodgeXmlIssue) issue = lodge_xml_issue_new (0, 0, 0, error->message);

      issue->malformed = TRUE;
      self->xml_broken = TRUE;
      lodge_xml_view_add_issue (self->xml_view, g_steal_pointer (&issue));
    }
}
