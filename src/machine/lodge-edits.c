/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-edits"

#include "config.h"

#include "lodge-edits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "util/lodge-error.h"
#include "util/lodge-text-diff.h"

/* Others who change a machine again and again are not raced with */
#define MAX_ATTEMPTS 4

struct _LodgeEdits
{
  GObject           parent_instance;

  LodgeDomain      *domain;       /* owned, nullable: a machine that is not defined yet */
  LodgeXmlDocument *base;         /* owned, nullable: of the host */
  LodgeXmlDocument *document;     /* owned, nullable: with the edits */
  LodgeXmlDocument *live;         /* owned, nullable: it is off */
  char             *theirs;       /* nullable */
  GError           *error;        /* nullable */
  GCancellable     *reading;      /* owned, nullable */
  LodgeEditsState   state;
  gboolean          transient;
  gboolean          has_edits;    /* as last told */
};

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

static void
set_state (LodgeEdits      *self,
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
static gboolean
set_document (LodgeXmlDocument **place,
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

  if (document == NULL || !set_document (&self->base, theirs, NULL))
    return FALSE;
  g_set_object (&self->document, document);
  return TRUE;
}

/* Takes what the host has now. An edit survives: it is carried over when the others changed something else, and
 * becomes a conflict when they changed the same. */
static gboolean
take_definition (LodgeEdits                   *self,
                 const LodgeDomainDefinition  *definition,
                 GError                      **error)
{
  const char *text = definition->inactive != NULL ? definition->inactive : definition->live;

  if (!set_document (&self->live, definition->live, error))
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
  return set_document (&self->base, text, error) && set_document (&self->document, text, error);
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
  if (definition == NULL || !take_definition (self, definition, &error))
    set_error (self, g_steal_pointer (&error));
  else if (self->error != NULL)
    set_error (self, NULL);
  set_state (self, self->document != NULL ? LODGE_EDITS_READY : LODGE_EDITS_EMPTY);
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

  if (!set_document (&self->base, xml, error) || !set_document (&self->document, xml, error))
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
  if (set_document (&self->base, theirs, NULL))
    set_document (&self->document, theirs, NULL);
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
  set_document (&self->base, self->theirs, NULL);
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
    set_state (self, LODGE_EDITS_LOADING);
  lodge_domain_read_definition_async (self->domain, self->reading, read_cb, g_object_ref (self));
}

/* What an Apply is about, while it goes on */
typedef struct
{
  GPtrArray            *changes;   /* owned, nullable */
  LodgeDomainEditFlags  flags;
  guint                 attempts;
} Apply;

static void
apply_free (gpointer data)
{
  Apply *apply = data;

  g_clear_pointer (&apply->changes, g_ptr_array_unref);
  g_free (apply);
}

static void send_edits (GTask *task);

static void
end_apply (GTask  *task,
           GError *error)
{
  LodgeEdits *self = g_task_get_source_object (task);

  set_state (self, LODGE_EDITS_READY);
  lodge_edits_touch (self);
  g_task_return_error (task, error);
}

/* Another program was faster. Where it has changed something else, ours goes on top of it. */
static void
read_theirs_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LodgeEdits *self = g_task_get_source_object (task);
  g_autoptr(LodgeDomainDefinition) definition = NULL;
  GError *error = NULL;

  definition = lodge_domain_read_definition_finish (LODGE_DOMAIN (object), result, &error);
  if (definition == NULL || !take_definition (self, definition, &error))
    end_apply (task, error);
  else if (self->theirs != NULL)
    end_apply (task, g_error_new (LODGE_ERROR, LODGE_ERROR_CONFLICT,
                                  _("The machine was changed by another program meanwhile.")));
  else
    send_edits (task);
}

static void
applied_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LodgeEdits *self = g_task_get_source_object (task);
  Apply *apply = g_task_get_task_data (task);
  g_autoptr(LodgeDomainDefinition) definition = NULL;
  GError *error = NULL;

  definition = lodge_domain_redefine_finish (LODGE_DOMAIN (object), result, &error);
  if (g_error_matches (error, LODGE_ERROR, LODGE_ERROR_CONFLICT) && ++apply->attempts < MAX_ATTEMPTS)
    {
      g_error_free (error);
      lodge_domain_read_definition_async (self->domain, NULL, read_theirs_cb, g_steal_pointer (&task));
      return;
    }
  if (definition == NULL)
    {
      end_apply (task, error);
      /* What the host has by now decides what is left of the edits */
      lodge_edits_reload (self);
      return;
    }
  /* What libvirt made of our text is the new base; nothing of ours is left to apply */
  if (!set_document (&self->document, lodge_xml_document_get_text (self->base), &error)
      || !take_definition (self, definition, &error))
    {
      end_apply (task, error);
      return;
    }
  set_state (self, LODGE_EDITS_READY);
  lodge_edits_touch (self);
  g_task_return_pointer (task, g_steal_pointer (&definition->changes), (GDestroyNotify) g_ptr_array_unref);
}

static void
send_edits (GTask *task)
{
  LodgeEdits *self = g_task_get_source_object (task);
  Apply *apply = g_task_get_task_data (task);

  lodge_domain_redefine_async (self->domain,
                               self->transient ? NULL : lodge_xml_document_get_text (self->base),
                               self->transient ? NULL : lodge_xml_document_get_text (self->document),
                               apply->changes != NULL ? g_ptr_array_ref (apply->changes) : NULL,
                               apply->flags, NULL, applied_cb, g_object_ref (task));
}

/**
 * lodge_edits_apply_async:
 * @self: edits
 * @live_changes: (transfer full) (nullable) (element-type LodgeLiveChange): what to do to the running machine too
 * @flags: what to do without
 * @cancellable: (nullable): turns the result into a cancelled error; what was sent happens all the same
 * @callback: (scope async) (closure user_data): called in the caller's context
 * @user_data: data for @callback
 *
 * Gives the document to the host. What another program has changed meanwhile is kept where it is something else than
 * what was edited here. On an error nothing of the definition has been changed; with %LODGE_ERROR_CONFLICT
 * [property@Edits:conflict] is set.
 */
void
lodge_edits_apply_async (LodgeEdits           *self,
                         GPtrArray            *live_changes,
                         LodgeDomainEditFlags  flags,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;
  Apply *apply;

  g_return_if_fail (LODGE_IS_EDITS (self));
  g_return_if_fail (self->domain != NULL && self->document != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, lodge_edits_apply_async);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  apply = g_new0 (Apply, 1);
  apply->changes = live_changes;
  apply->flags = flags;
  g_task_set_task_data (task, apply, apply_free);
  set_state (self, LODGE_EDITS_APPLYING);
  send_edits (task);
}

/**
 * lodge_edits_apply_finish:
 *
 * Returns: (transfer full) (nullable) (element-type LodgeLiveChange): those asked for, each with its error; also %NULL
 *   without an error when there was none
 */
GPtrArray *
lodge_edits_apply_finish (LodgeEdits    *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
