/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-groups"

#include "config.h"

#include "lodge-machine-groups.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/lodge-domain-details.h"
#include "util/lodge-format.h"
#include "widgets/lodge-column.h"

static const char *
get_first_tag (LodgeDomain *domain)
{
  return lodge_domain_get_tags (domain)[0];
}

/* Those without come last */
static int
compare_tags (LodgeDomain *first,
              LodgeDomain *second)
{
  const char *a = get_first_tag (first), *b = get_first_tag (second);

  return a == NULL || b == NULL ? (a == NULL) - (b == NULL) : lodge_compare_names (a, b);
}

/* By one folder after the other, so that “a/b” stands behind “a” and before “a b” */
static int
compare_paths (const char *a,
               const char *b)
{
  int order = 0;

  while (order == 0 && *a != '\0' && *b != '\0')
    {
      const gsize n_a = strcspn (a, "/"), n_b = strcspn (b, "/");
      g_autofree char *x = g_strndup (a, n_a);
      g_autofree char *y = g_strndup (b, n_b);

      order = lodge_compare_names (x, y);
      a += n_a + (a[n_a] == '/');
      b += n_b + (b[n_b] == '/');
    }
  return order != 0 ? order : (*a != '\0') - (*b != '\0');
}

static int
compare_folders (LodgeDomain *first,
                 LodgeDomain *second)
{
  const char *a = lodge_domain_get_folder (first), *b = lodge_domain_get_folder (second);

  return a == NULL || b == NULL ? (a == NULL) - (b == NULL) : g_str_equal (a, b) ? 0 : compare_paths (a, b);
}

static int
compare_connections (LodgeDomain *first,
                     LodgeDomain *second)
{
  return lodge_column_compare (LODGE_COLUMN_CONNECTION, first, second);
}

static int
compare_states (LodgeDomain *first,
                LodgeDomain *second)
{
  return lodge_column_compare (LODGE_COLUMN_STATE, first, second);
}

static char *
dup_connection (LodgeDomain *domain)
{
  return lodge_column_dup_text (LODGE_COLUMN_CONNECTION, domain);
}

static char *
dup_state (LodgeDomain *domain)
{
  return lodge_column_dup_text (LODGE_COLUMN_STATE, domain);
}

static char *
dup_tag (LodgeDomain *domain)
{
  const char *tag = get_first_tag (domain);

  return tag != NULL ? lodge_display_text (tag, 100) : g_strdup (_("Without Tags"));
}

static char *
dup_folder (LodgeDomain *domain)
{
  const char *folder = lodge_domain_get_folder (domain);
  g_autofree char *text = NULL;
  g_auto(GStrv) parts = NULL;

  if (folder == NULL)
    return g_strdup (_("Without Folder"));
  text = lodge_display_text (folder, LODGE_MAX_FOLDER_LENGTH);
  parts = g_strsplit (text, "/", -1);
  return g_strjoinv (" › ", parts);
}

/* @compare: 0 for machines of one group; @dup_name: of the group that a machine is in */
static const struct
{
  const char   *setting;
  const char   *label;
  int         (*compare)  (LodgeDomain *first, LodgeDomain *second);
  char       *(*dup_name) (LodgeDomain *domain);
  gboolean      wants_details;
} groupings[] = {
  [LODGE_GROUP_NONE] = { "none", N_("None") },
  [LODGE_GROUP_CONNECTION] = { "connection", N_("Connection"), compare_connections, dup_connection },
  [LODGE_GROUP_STATE] = { "state", N_("State"), compare_states, dup_state },
  [LODGE_GROUP_TAG] = { "tag", N_("Tag"), compare_tags, dup_tag, TRUE },
  [LODGE_GROUP_FOLDER] = { "folder", N_("Folder"), compare_folders, dup_folder, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (groupings) == LODGE_N_GROUPINGS);

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

const char *
lodge_machine_grouping_get_setting (LodgeMachineGrouping grouping)
{
  g_return_val_if_fail (grouping < LODGE_N_GROUPINGS, NULL);

  return groupings[grouping].setting;
}

const char *
lodge_machine_grouping_get_label (LodgeMachineGrouping grouping)
{
  g_return_val_if_fail (grouping < LODGE_N_GROUPINGS, NULL);

  return _(groupings[grouping].label);
}

gboolean
lodge_machine_grouping_wants_details (LodgeMachineGrouping grouping)
{
  g_return_val_if_fail (grouping < LODGE_N_GROUPINGS, FALSE);

  return groupings[grouping].wants_details;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  const LodgeMachineGrouping grouping = GPOINTER_TO_INT (user_data);

  return gtk_ordering_from_cmpfunc (groupings[grouping].compare ((LodgeDomain *) a, (LodgeDomain *) b));
}

GtkSorter *
lodge_machine_groups_create_sorter (LodgeMachineGrouping grouping)
{
  if (grouping == LODGE_GROUP_NONE)
    return NULL;
  return GTK_SORTER (gtk_custom_sorter_new (compare, GINT_TO_POINTER (grouping), NULL));
}

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListHeader            *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "group-heading");
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
  name = groupings[GPOINTER_TO_INT (g_object_get_data (G_OBJECT (header), "lodge-grouping"))].dup_name (domain);
  /* Translators: a group of machines and how many there are: “atlas (16)” */
  text = g_strdup_printf (_("%s (%'u)"), name, n);
  gtk_label_set_text (GTK_LABEL (label), text);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListHeader            *header,
         gpointer                  user_data)
{
  g_object_set_data (G_OBJECT (header), "lodge-grouping", user_data);
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
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (grouping));
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  return factory;
}
