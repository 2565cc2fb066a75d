/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lodge-domain-edit.h"
#include "xml/lodge-xml-document.h"

G_BEGIN_DECLS

/* The definition of one machine while a person edits it: what the host has, what runs, and a copy with the edits.
 * Edits are not recorded one by one: they are what differs between the copy and the host's text, so that a field,
 * the XML page and an undo can never disagree about them. */

typedef enum
{
  LODGE_EDITS_EMPTY,       /* nothing was read yet, or it could not be */
  LODGE_EDITS_LOADING,
  LODGE_EDITS_READY,
  LODGE_EDITS_APPLYING,
} LodgeEditsState;

#define LODGE_TYPE_EDITS_STATE (lodge_edits_state_get_type ())
GType lodge_edits_state_get_type (void);

#define LODGE_TYPE_EDITS (lodge_edits_get_type ())
G_DECLARE_FINAL_TYPE (LodgeEdits, lodge_edits, LODGE, EDITS, GObject)

/* Properties that notify: state, error (boxed GError, nullable: why it is EMPTY), has-edits (boolean),
 * conflict (boolean: another program has changed the definition since, and the edits touch the same).
 * Signal "changed": a document is another one now; all that was found in one is to be found again. */

LodgeEdits       *lodge_edits_new            (LodgeDomain          *domain);
LodgeEdits       *lodge_edits_new_for_text   (const char           *xml,
                                              GError              **error);
LodgeDomain      *lodge_edits_get_domain     (LodgeEdits           *self);
LodgeEditsState   lodge_edits_get_state      (LodgeEdits           *self);
const GError     *lodge_edits_get_error      (LodgeEdits           *self);
gboolean          lodge_edits_get_has_edits  (LodgeEdits           *self);
gboolean          lodge_edits_get_conflict   (LodgeEdits           *self);
gboolean          lodge_edits_get_transient  (LodgeEdits           *self);
gboolean          lodge_edits_get_running    (LodgeEdits           *self);

/* (transfer none) (nullable) before the first reading */
LodgeXmlDocument *lodge_edits_get_document   (LodgeEdits           *self);
LodgeXmlDocument *lodge_edits_get_base       (LodgeEdits           *self);
LodgeXmlDocument *lodge_edits_get_live       (LodgeEdits           *self);
/* The definition that another program has made meanwhile; with a conflict only */
const char       *lodge_edits_get_theirs     (LodgeEdits           *self);

/* After an edit of lodge_edits_get_document() */
void              lodge_edits_touch          (LodgeEdits           *self);
gboolean          lodge_edits_set_text       (LodgeEdits           *self,
                                              const char           *text,
                                              GError              **error);
gboolean          lodge_edits_undo           (LodgeEdits           *self);
gboolean          lodge_edits_redo           (LodgeEdits           *self);
void              lodge_edits_discard        (LodgeEdits           *self);
/* With a conflict: goes on from the definition of the others, without or with our text over it */
void              lodge_edits_take_theirs    (LodgeEdits           *self);
void              lodge_edits_keep_ours      (LodgeEdits           *self);

/* Reads again what the host has. Edits stay; without any, what is shown is what was read. */
void              lodge_edits_reload         (LodgeEdits           *self);

void              lodge_edits_apply_async    (LodgeEdits           *self,
                                              GPtrArray            *live_changes,
                                              LodgeDomainEditFlags  flags,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
GPtrArray        *lodge_edits_apply_finish   (LodgeEdits           *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
