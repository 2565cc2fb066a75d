/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-column-layout"

#include "config.h"

#include "lodge-column-layout.h"

#define KEY "columns"
#define MAX_WIDTH 2000   /* sp */

/**
 * lodge_column_layout_load:
 * @self: (out caller-allocates): the whole layout
 * @settings: of the program
 *
 * Reads what a person has chosen. Columns that are not in it, as they are newer than it, follow in their own order;
 * names that do not exist any more are left out.
 */
void
lodge_column_layout_load (LodgeColumnLayout *self,
                          GSettings         *settings)
{
  g_autoptr(GVariant) value = g_settings_get_value (settings, KEY);
  gboolean seen[LODGE_N_COLUMNS] = { FALSE };
  GVariantIter iter;
  const char *id;
  gboolean shown;
  guint width, n = 0;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&sbu)", &id, &shown, &width))
    {
      const LodgeColumn column = lodge_column_from_id (id);

      if (column == LODGE_N_COLUMNS || seen[column])
        continue;
      seen[column] = TRUE;
      self->places[n++] = (LodgeColumnPlace) { column, shown, MIN (width, MAX_WIDTH) };
    }
  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      if (!seen[i])
        self->places[n++] = (LodgeColumnPlace) { i, lodge_column_get_info (i)->shown, 0 };
    }
}

void
lodge_column_layout_save (const LodgeColumnLayout *self,
                          GSettings               *settings)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sbu)"));
  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    g_variant_builder_add (&builder, "(sbu)", lodge_column_get_info (self->places[i].column)->id,
                           self->places[i].shown, self->places[i].width);
  g_settings_set_value (settings, KEY, g_variant_builder_end (&builder));
}

LodgeColumnPlace *
lodge_column_layout_find (LodgeColumnLayout *self,
                          LodgeColumn        column)
{
  for (guint i = 0; i < LODGE_N_COLUMNS; i++)
    {
      if (self->places[i].column == column)
        return &self->places[i];
    }
  g_return_val_if_reached (&self->places[0]);
}
