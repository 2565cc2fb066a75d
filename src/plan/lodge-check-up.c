/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-check-up"

#include "config.h"

#include "lodge-check-up.h"

#include <glib/gi18n-lib.h>

#include "lodge-check-rules.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

#define MAX_OBJECT_CHARS 200

LodgeFinding *
lodge_finding_copy (const LodgeFinding *self)
{
  LodgeFinding *copy = g_memdup2 (self, sizeof *self);

  copy->reason = g_strdup (self->reason);
  copy->object = g_strdup (self->object);
  return copy;
}

void
lodge_finding_free (LodgeFinding *self)
{
  g_free (self->reason);
  g_free (self->object);
  g_free (self);
}

static LodgeFinding *
create_finding (const LodgeCheckRule *rule,
                LodgeXmlNode          node,
                guint                 position,
                char                 *object)
{
  LodgeFinding *finding = g_new0 (LodgeFinding, 1);
  g_autofree char *shown = object != NULL ? lodge_display_text (object, MAX_OBJECT_CHARS) : NULL;

  finding->rule = rule->id;
  finding->severity = rule->severity;
  finding->title = _(rule->title);
  /* Translators: what it is about (a path, the name of a network), and why it matters: a sentence */
  finding->reason = shown != NULL ? g_strdup_printf (_("“%s”: %s"), shown, _(rule->reason)) : g_strdup (_(rule->reason));
  finding->fix = rule->fix != NULL ? _(rule->fix) : NULL;
  finding->repair = rule->repair;
  finding->object = object;
  finding->page = rule->page;
  finding->field = rule->field;
  finding->node = node;
  finding->position = position;
  return finding;
}

static LodgeXmlNode
get_first (const LodgeCheck     *check,
           const LodgeCheckRule *rule)
{
  const LodgeXmlNode devices = lodge_xml_document_find (check->document, check->root, "devices");

  if (rule->element == NULL)
    return check->root;
  return devices != LODGE_XML_NONE ? lodge_xml_document_get_first_child (check->document, devices, rule->element)
                                   : LODGE_XML_NONE;
}

static LodgeXmlNode
get_next (const LodgeCheck     *check,
          const LodgeCheckRule *rule,
          LodgeXmlNode          node)
{
  return rule->element != NULL ? lodge_xml_document_get_next_sibling (check->document, node, rule->element)
                               : LODGE_XML_NONE;
}

/**
 * lodge_check_up:
 * @document: the definition of a machine
 * @facts: what is known of its host
 *
 * Returns: (transfer full) (element-type LodgeFinding): what the rules have to say, the worst first
 */
GPtrArray *
lodge_check_up (LodgeXmlDocument      *document,
                const LodgeCheckFacts *facts)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_finding_free);
  LodgeCheck check = { document, lodge_xml_document_get_root (document), LODGE_XML_NONE, facts };

  /* The table is in the order of severity */
  for (gsize i = 0; i < lodge_n_check_rules; i++)
    {
      const LodgeCheckRule *rule = &lodge_check_rules[i];
      guint position = 0;

      for (check.node = get_first (&check, rule); check.node != LODGE_XML_NONE;
           check.node = get_next (&check, rule, check.node))
        {
          char *object = NULL;

          if (rule->find (&check, &object))
            g_ptr_array_add (findings, create_finding (rule, check.node, position, object));
          position++;
        }
    }
  return findings;
}

/**
 * lodge_finding_mend:
 * @self: a finding with a fix and without a repair of the host
 * @document: where it was found, which may have been edited since
 * @facts: as for lodge_check_up()
 * @error: why it could not be done: nothing was changed then
 *
 * Edits the definition so that the rule has nothing to say any more: one step of undo.
 */
gboolean
lodge_finding_mend (const LodgeFinding     *self,
                    LodgeXmlDocument       *document,
                    const LodgeCheckFacts  *facts,
                    GError                **error)
{
  LodgeCheck check = { document, lodge_xml_document_get_root (document), LODGE_XML_NONE, facts };
  const LodgeCheckRule *rule = NULL;
  g_autofree char *object = NULL;
  guint position = 0;
  guint mark;

  for (gsize i = 0; i < lodge_n_check_rules && rule == NULL; i++)
    rule = g_str_equal (lodge_check_rules[i].id, self->rule) ? &lodge_check_rules[i] : NULL;
  g_return_val_if_fail (rule != NULL && rule->mend != NULL, FALSE);

  for (check.node = get_first (&check, rule); check.node != LODGE_XML_NONE && position < self->position; position++)
    check.node = get_next (&check, rule, check.node);
  if (check.node == LODGE_XML_NONE || !rule->find (&check, &object) || g_strcmp0 (object, self->object) != 0)
    return lodge_set_error (error, LODGE_ERROR_NOT_FOUND, _("The machine was changed meanwhile: look at it again."));
  mark = lodge_xml_document_begin_edit (document);
  if (!rule->mend (&check, error))
    {
      lodge_xml_document_cancel_edit (document, mark);
      return FALSE;
    }
  lodge_xml_document_end_edit (document);
  return TRUE;
}
