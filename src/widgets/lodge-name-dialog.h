/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* FALSE with @error: what is wrong with @name, a sentence for the person */
typedef gboolean (*LodgeNameCheckFunc)  (gpointer     owner,
                                         const char  *name,
                                         GError     **error);
typedef void     (*LodgeNameAcceptFunc) (gpointer     owner,
                                         const char  *name);

/**
 * LodgeNameQuestion:
 * @heading: translated
 * @body: (nullable): translated
 * @accept_label: translated, with a mnemonic
 * @check: is called for every character
 * @accept: is called once, with a name that passed
 */
typedef struct
{
  const char          *heading;
  const char          *body;
  const char          *accept_label;
  LodgeNameCheckFunc   check;
  LodgeNameAcceptFunc  accept;
} LodgeNameQuestion;

void lodge_name_dialog_present (GtkWidget               *parent,
                                const LodgeNameQuestion *question,
                                const char              *name,
                                gpointer                 owner);

G_END_DECLS
