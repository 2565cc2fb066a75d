/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-groups"

#include "config.h"

#include "lodge-machine-groups.h"

#include <glib/gi18n.h>

#include "widgets/lodge-column.h"

static const struct { const char *setting; LodgeColumn column; } groupings[] = {
  [LODGE_GROUP_NONE] = { "none", LODGE_N_COLUMNS },
  [LODGE_GROUP_CONNECTION] = { "connection", LODGE_COLUMN_CONNECTION },
  [LODGE_GROUP_STATE] = { "state", LODGE_COLUMN_STATE },
};

LodgeMachineGrouping
lodge_machine_grouping_from_setting (const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (groupings); i++)
    {
      if (g_str_equal (groupings[i].setting, value))
        return i;
    }
  return LODGE_GROUP_NONE;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const int order = lodge_column_compare (GPOINTER_TO_INT (user_data), (LodgeDomain *) a, (LodgeDomain *) b);

  return gtk_ordering_from_cmpfunc (order);
}

GtkSorter *
lodge_machine_groups_create_sorter (LodgeMachineGrouping grouping)
{
  if (grouping == LODGE_GROUP_NONE)
    return NULL;
  return GTK_SORTER (gtk_custom_sorter_new (compare, GINT_TO_POINTER (groupings[grouping].column), NULL));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListHeader            *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
update_label (GtkListHeader *header)
{
  GtkWidget *label = gtk_list_header_get_child (header);
  LodgeDomain *domain = gtk_list_header_get_item (header);
  const guint n = gtk_list_header_get_n_items (header);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (domain == NULL || label == NULL)
    return;
  name = lodge_column_dup_text (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (header), "lodge-column")), domain);
  /* Translators: a group of machines and how many there are: “atlas (16)” */
  text = g_strdup_printf (_("%s (%'u)"), name, n);
  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListHeader            *header,
         gpointer                  user_data)
{
  g_object_set_data (G_OBJECT (header), "lodge-column", user_data);
  g_signal_connect (header, "notify::n-items", G_CALLBACK (update_label), NULL);
  g_signal_connect (header, "notify::item", G_CALLBACK (update_label), NULL);
  update_label (header);
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListHeader            *header)
{
  g_signal_handlers_disconnect_by_func (header, update_label, NULL);
}

GtkListItemFactory *
lodge_machine_groups_create_factory (LodgeMachineGrouping grouping)
{
  GtkListItemFactory *factory;

  if (grouping == LODGE_GROUP_NONE)
    return NULL;
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (groupings[grouping].column));
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
