/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-search"

#include "config.h"

#include "lodge-hardware-view-private.h"

#include "lodge-hardware-items.h"

/* Finding a device or a setting of the machine */

void
lodge_hardware_search_changed_cb (LodgeHardwareView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_autoptr(GListStore) found = NULL;
  g_autofree char *needle = g_utf8_casefold (text, -1);

  if (*text == '\0')
    {
      gtk_stack_set_visible_child_name (self->list_stack, "items");
      return;
    }
  found = lodge_hardware_items_find (self->edits, needle);
  gtk_no_selection_set_model (self->found_selection, G_LIST_MODEL (found));
  gtk_stack_set_visible_child_name (self->list_stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (found)) > 0 ? "found" : "none");
}

void
lodge_hardware_stop_search_cb (LodgeHardwareView *self)
{
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_found (LodgeHardwareView *self,
            guint              position)
{
  g_autoptr(LodgeHardwareItem) item = g_list_model_get_item (G_LIST_MODEL (self->found_selection), position);

  if (item == NULL || !lodge_hardware_view_show (self, lodge_hardware_item_get_id (item)))
    return;
  if (lodge_hardware_item_get_field (item) != NULL && !self->xml_broken)
    {
      adw_toggle_group_set_active_name (self->form_toggles, "settings");
      lodge_device_page_reveal (self->page, lodge_hardware_item_get_field (item));
    }
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

void
lodge_hardware_found_activated_cb (LodgeHardwareView *self,
                    guint              position)
{
  show_found (self, position);
}

void
lodge_hardware_search_activate_cb (LodgeHardwareView *self)
{
  show_found (self, 0);
}
