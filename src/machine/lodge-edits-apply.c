/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-edits"

#include "config.h"

#include "lodge-edits-private.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"

/* Giving the edits to the host */

/* Others who change a machine again and again are not raced with */
#define MAX_ATTEMPTS 4

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

  lodge_edits_set_state (self, LODGE_EDITS_READY);
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
  if (definition == NULL || !lodge_edits_take_definition (self, definition, &error))
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
  if (!lodge_edits_set_document (&self->document, lodge_xml_document_get_text (self->base), &error)
      || !lodge_edits_take_definition (self, definition, &error))
    {
      end_apply (task, error);
      return;
    }
  lodge_edits_set_state (self, LODGE_EDITS_READY);
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
  lodge_edits_set_state (self, LODGE_EDITS_APPLYING);
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
