/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "model/lodge-connection.h"

G_BEGIN_DECLS

#define LODGE_TYPE_DEFINITION_EDITOR (lodge_definition_editor_get_type ())
G_DECLARE_INTERFACE (LodgeDefinitionEditor, lodge_definition_editor, LODGE, DEFINITION_EDITOR, GtkWidget)

/**
 * LodgeDefinitionEditorInterface:
 * @dup_text: see lodge_definition_editor_dup_text()
 * @get_volumes: see lodge_definition_editor_get_volumes()
 *
 * A widget in which a person changes the definition of a machine that no host has yet. New Machine shows one without
 * knowing which it is.
 */
struct _LodgeDefinitionEditorInterface
{
  GTypeInterface parent_iface;

  char      *(*dup_text)    (LodgeDefinitionEditor  *self,
                             GError                **error);
  GPtrArray *(*get_volumes) (LodgeDefinitionEditor  *self);
};

/* Makes an editor of @xml, for a machine on @connection; NULL with @error when it cannot be read */
typedef GtkWidget *(* LodgeDefinitionEditorFunc) (const char       *xml,
                                                  LodgeConnection  *connection,
                                                  GError          **error);

char      *lodge_definition_editor_dup_text    (LodgeDefinitionEditor  *self,
                                                GError                **error);
GPtrArray *lodge_definition_editor_get_volumes (LodgeDefinitionEditor  *self);

G_END_DECLS
