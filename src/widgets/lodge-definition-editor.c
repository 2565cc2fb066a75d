/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-definition-editor"

#include "config.h"

#include "lodge-definition-editor.h"

G_DEFINE_INTERFACE (LodgeDefinitionEditor, lodge_definition_editor, GTK_TYPE_WIDGET)

static void
lodge_definition_editor_default_init (LodgeDefinitionEditorInterface *iface)
{
}

/**
 * lodge_definition_editor_dup_text:
 * @self: an editor
 * @error: %LODGE_ERROR_INVALID_VALUE when something that was typed is not right yet
 *
 * Returns: (transfer full) (nullable): the definition with all that was changed
 */
char *
lodge_definition_editor_dup_text (LodgeDefinitionEditor  *self,
                                  GError                **error)
{
  g_return_val_if_fail (LODGE_IS_DEFINITION_EDITOR (self), NULL);

  return LODGE_DEFINITION_EDITOR_GET_IFACE (self)->dup_text (self, error);
}

/**
 * lodge_definition_editor_get_volumes:
 * @self: an editor
 *
 * Returns: (transfer none) (element-type LodgeNewVolume): images that the person wants for new disks. The definition
 *   names them by pool and volume; nobody has made them yet, and of a disk that was removed again one may be left here.
 */
GPtrArray *
lodge_definition_editor_get_volumes (LodgeDefinitionEditor *self)
{
  g_return_val_if_fail (LODGE_IS_DEFINITION_EDITOR (self), NULL);

  return LODGE_DEFINITION_EDITOR_GET_IFACE (self)->get_volumes (self);
}
