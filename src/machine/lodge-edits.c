/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-edits"

#include "config.h"

#include "lodge-edits-private.h"

#include "util/lodge-text-diff.h"

enum
{
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_HAS_EDITS,
  PROP_CONFLICT,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeEdits, lodge_edits, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (LodgeEditsState, lodge_edits_state,
                    G_DEFINE_ENUM_VALUE (LODGE_EDITS_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (LODGE_EDITS_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (LODGE_EDITS_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (LODGE_EDITS_APPLYING, "applying"))

void
lodge_edits_set_state (LodgeEdits      *self,
                       LodgeEditsState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_theirs (LodgeEdits *self,
            const char *theirs)
{
  const gboolean before = self->theirs != NULL;

  g_set_str (&self->theirs, theirs);
  if (before != (self->theirs != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONFLICT]);
}

/* A document that a host has sent and that we cannot read is an error like any other */
gboolean
lodge_edits_set_document (LodgeXmlDocument **place,
                          const char        *text,
                          GError           **error)
{
  LodgeXmlDocument *document = NULL;

  if (text != NULL)
    {
      document = lodge_xml_document_new (text, -1, error);
      if (document == NULL)
        return FALSE;
    }
  g_clear_object (place);
  *place = document;
  return TRUE;
}

static gboolean
is_same (LodgeXmlDocument *document,
         const char       *text)
{
  return document != NULL && text != NULL && g_str_equal (lodge_xml_document_get_text (document), text);
}

/* libvirt prints one element a line: what two changed in different lines goes together, if it still is XML */
static gboolean
merge (LodgeEdits *self,
       const char *theirs)
{
  g_autofree char *merged = lodge_text_merge (lodge_xml_document_get_text (self->base),
                                              lodge_xml_document_get_text (self->document), theirs);
  g_autoptr(LodgeXmlDocument) document = merged != NULL ? lodge_xml_document_new (merged, -1, NULL) : NULL;

  if (document == NULL || !lodge_edits_set_document (&self->base, theirs, NULL))
    return FALSE;
  g_set_object (&self->document, document);
  return TRUE;
}

/* Takes what the host has now. An edit survives: it is carried over when the others changed something else, and
 * becomes a conflict when they changed the same. */
gboolean
lodge_edits_take_definition (LodgeEdits                   *self,
                             const LodgeDomainDefinition  *definition,
                             GError                      **error)
{
  const char *text = definition->inactive != NULL ? definition->inactive : definition->live;

  if (!lodge_edits_set_document (&self->live, definition->live, error))
    return FALSE;
  self->transient = definition->inactive == NULL;
  if (is_same (self->base, text))
    {
      set_theirs (self, NULL);
      return TRUE;
    }
  if (self->base != NULL && lodge_edits_get_has_edits (self) && !is_same (self->document, text))
    {
      if (merge (self, text))
        set_theirs (self, NULL);
      else
        set_theirs (self, text);
      return TRUE;
    }
  set_theirs (self, NULL);
  return lodge_edits_set_document (&self->base, text, error) && lodge_edits_set_document (&self->document, text, error);
}

static void
set_error (LodgeEdits *self,
           GError     *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LodgeEdits) self = user_data;
  g_autoptr(LodgeDomainDefinition) definition = NULL;
  g_autoptr(GError) error = NULL;

  definition = lodge_domain_read_definition_finish (LODGE_DOMAIN (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (definition == NULL || !lodge_edits_take_definition (self, definition, &error))
    set_error (self, g_steal_pointer (&error));
  else if (self->error != NULL)
    set_error (self, NULL);
  lodge_edits_set_state (self, self->document != NULL ? LODGE_EDITS_READY : LODGE_EDITS_EMPTY);
  lodge_edits_touch (self);
}

static void
lodge_edits_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  LodgeEdits *self = LODGE_EDITS (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_HAS_EDITS:
      g_value_set_boolean (value, lodge_edits_get_has_edits (self));
      break;
    case PROP_CONFLICT:
      g_value_set_boolean (value, self->theirs != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_edits_dispose (GObject *object)
{
  LodgeEdits *self = LODGE_EDITS (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->base);
  g_clear_object (&self->document);
  g_clear_object (&self->live);
  g_clear_object (&self->domain);
  g_clear_pointer (&self->theirs, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lodge_edits_parent_class)->dispose (object);
}

static void
lodge_edits_class_init (LodgeEditsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_edits_get_property;
  object_class->dispose = lodge_edits_dispose;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_EDITS_STATE, LODGE_EDITS_EMPTY, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_HAS_EDITS] = g_param_spec_boolean ("has-edits", NULL, NULL, FALSE, flags);
  properties[PROP_CONFLICT] = g_param_spec_boolean ("conflict", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
lodge_edits_init (LodgeEdits *self)
{
}

/**
 * lodge_edits_new:
 * @domain: a machine; nothing is read before lodge_edits_reload()
 */
LodgeEdits *
lodge_edits_new (LodgeDomain *domain)
{
  LodgeEdits *self = g_object_new (LODGE_TYPE_EDITS, NULL);

  self->domain = g_object_ref (domain);
  return self;
}

/**
 * lodge_edits_new_for_text:
 * @xml: the definition of a machine that no host has yet
 * @error: when it is not XML
 *
 * It cannot be applied: who asked for it reads lodge_edits_get_document() afterwards.
 */
LodgeEdits *
lodge_edits_new_for_text (const char  *xml,
                          GError     **error)
{
  g_autoptr(LodgeEdits) self = g_object_new (LODGE_TYPE_EDITS, NULL);

  if (!lodge_edits_set_document (&self->base, xml, error) || !lodge_edits_set_document (&self->document, xml, error))
    return NULL;
  self->state = LODGE_EDITS_READY;
  return g_steal_pointer (&self);
}

LodgeDomain *
lodge_edits_get_domain (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), NULL);

  return self->domain;
}

LodgeEditsState
lodge_edits_get_state (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), LODGE_EDITS_EMPTY);

  return self->state;
}

const GError *
lodge_edits_get_error (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), NULL);

  return self->error;
}

gboolean
lodge_edits_get_has_edits (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  return self->base != NULL && !is_same (self->base, lodge_xml_document_get_text (self->document));
}

gboolean
lodge_edits_get_conflict (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  return self->theirs != NULL;
}

/* It has no definition: it is gone when it stops, and only what runs can be changed */
gboolean
lodge_edits_get_transient (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  return self->transient;
}

gboolean
lodge_edits_get_running (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  return self->live != NULL;
}

LodgeXmlDocument *
lodge_edits_get_document (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), NULL);

  return self->document;
}

LodgeXmlDocument *
lodge_edits_get_base (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), NULL);

  return self->base;
}

LodgeXmlDocument *
lodge_edits_get_live (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), NULL);

  return self->live;
}

const char *
lodge_edits_get_theirs (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), NULL);

  return self->theirs;
}

/**
 * lodge_edits_touch:
 * @self: edits
 *
 * To be called after the document was edited: tells everybody who shows it.
 */
void
lodge_edits_touch (LodgeEdits *self)
{
  gboolean has_edits;

  g_return_if_fail (LODGE_IS_EDITS (self));

  has_edits = lodge_edits_get_has_edits (self);
  if (self->has_edits != has_edits)
    {
      self->has_edits = has_edits;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_EDITS]);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * lodge_edits_set_text:
 * @self: edits
 * @text: the whole definition as it is to be
 * @error: when it is not XML; the document stays as it was
 */
gboolean
lodge_edits_set_text (LodgeEdits  *self,
                      const char  *text,
                      GError     **error)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  if (is_same (self->document, text))
    return TRUE;
  if (self->document == NULL || !lodge_xml_document_set_text (self->document, text, error))
    return FALSE;
  lodge_edits_touch (self);
  return TRUE;
}

gboolean
lodge_edits_undo (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  if (self->document == NULL || !lodge_xml_document_undo (self->document))
    return FALSE;
  lodge_edits_touch (self);
  return TRUE;
}

gboolean
lodge_edits_redo (LodgeEdits *self)
{
  g_return_val_if_fail (LODGE_IS_EDITS (self), FALSE);

  if (self->document == NULL || !lodge_xml_document_redo (self->document))
    return FALSE;
  lodge_edits_touch (self);
  return TRUE;
}

void
lodge_edits_discard (LodgeEdits *self)
{
  g_return_if_fail (LODGE_IS_EDITS (self));

  if (self->base == NULL)
    return;
  if (self->theirs != NULL)
    {
      lodge_edits_take_theirs (self);
      return;
    }
  /* One more step, so that it can be undone */
  lodge_edits_set_text (self, lodge_xml_document_get_text (self->base), NULL);
}

/**
 * lodge_edits_take_theirs:
 * @self: edits with a conflict
 *
 * Gives our edits up.
 */
void
lodge_edits_take_theirs (LodgeEdits *self)
{
  g_autofree char *theirs = NULL;

  g_return_if_fail (LODGE_IS_EDITS (self));

  theirs = g_strdup (self->theirs);
  if (theirs == NULL)
    return;
  if (lodge_edits_set_document (&self->base, theirs, NULL))
    lodge_edits_set_document (&self->document, theirs, NULL);
  set_theirs (self, NULL);
  lodge_edits_touch (self);
}

/**
 * lodge_edits_keep_ours:
 * @self: edits with a conflict
 *
 * Our text replaces theirs at the next Apply: what they changed shows among our edits from now on.
 */
void
lodge_edits_keep_ours (LodgeEdits *self)
{
  g_return_if_fail (LODGE_IS_EDITS (self));

  if (self->theirs == NULL)
    return;
  lodge_edits_set_document (&self->base, self->theirs, NULL);
  set_theirs (self, NULL);
  lodge_edits_touch (self);
}

void
lodge_edits_reload (LodgeEdits *self)
{
  g_return_if_fail (LODGE_IS_EDITS (self));

  if (self->domain == NULL || self->state == LODGE_EDITS_APPLYING)
    return;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  if (self->document == NULL)
    lodge_edits_set_state (self, LODGE_EDITS_LOADING);
  lodge_domain_read_definition_async (self->domain, self->reading, read_cb, g_object_ref (self));
}
