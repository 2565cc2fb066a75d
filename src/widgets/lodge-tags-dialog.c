/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-tags-dialog"

#include "config.h"

#include "lodge-tags-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-bulk-results.h"
#include "lodge-column.h"
#include "lodge-tags-run.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-domain.h"
#include "util/lodge-format.h"

/* Nobody reads more; typing finds the others */
#define MAX_ROWS 40

typedef enum
{
  TAG_AS_IT_IS,
  TAG_ON,
  TAG_OFF,
} TagChoice;

typedef struct
{
  char      *name;       /* owned */
  guint      n_chosen;   /* how many of the chosen machines have it */
  guint      n_all;      /* and of all machines of their hosts */
  TagChoice  choice;
} Tag;

struct _LodgeTagsDialog
{
  AdwDialog            parent_instance;

  /* template children */
  AdwWindowTitle      *title;
  GtkWidget           *save_button;
  AdwEntryRow         *new_row;
  GtkLabel            *error_label;
  AdwPreferencesGroup *tags_group;
  AdwEntryRow         *folder_row;
  GtkLabel            *more_label;

  GtkWidget           *parent;    /* owned: where failures are reported */
  GPtrArray           *domains;   /* owned, of LodgeDomain */
  LodgeJobList        *jobs;      /* owned, nullable */
  GPtrArray           *tags;      /* owned, of Tag */
  GPtrArray           *rows;      /* of the tags: borrowed, in @tags_group */
  char                *folder;    /* owned: what is the same on all of them, or "" */
};

G_DEFINE_FINAL_TYPE (LodgeTagsDialog, lodge_tags_dialog, ADW_TYPE_DIALOG)

static void
tag_free (gpointer data)
{
  Tag *tag = data;

  g_free (tag->name);
  g_free (tag);
}

static Tag *
find_tag (LodgeTagsDialog *self,
          const char      *name)
{
  for (guint i = 0; i < self->tags->len; i++)
    {
      Tag *tag = g_ptr_array_index (self->tags, i);

      if (g_str_equal (tag->name, name))
        return tag;
    }
  return NULL;
}

/* Those of the chosen machines first, then by how many have them */
static int
compare_tags (gconstpointer a,
              gconstpointer b)
{
  const Tag *first = *(Tag **) a, *second = *(Tag **) b;

  if ((first->n_chosen > 0) != (second->n_chosen > 0))
    return first->n_chosen > 0 ? -1 : 1;
  if (first->n_chosen == 0 && first->n_all != second->n_all)
    return first->n_all > second->n_all ? -1 : 1;
  return lodge_compare_names (first->name, second->name);
}

static void
count_tags (GHashTable  *tags,
            LodgeDomain *domain,
            gboolean     chosen)
{
  const char * const *names = lodge_domain_get_tags (domain);

  for (guint i = 0; names[i] != NULL; i++)
    {
      Tag *tag = g_hash_table_lookup (tags, names[i]);

      if (tag == NULL)
        {
          tag = g_new0 (Tag, 1);
          tag->name = g_strdup (names[i]);
          g_hash_table_insert (tags, tag->name, tag);
        }
      tag->n_chosen += chosen;
      tag->n_all += !chosen;
    }
}

/* Also those that only other machines of the same hosts have: they are what a person means */
static void
gather_tags (LodgeTagsDialog *self)
{
  g_autoptr(GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) connections = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer tag;

  for (guint i = 0; i < self->domains->len; i++)
    {
      LodgeConnection *connection = lodge_domain_get_connection (self->domains->pdata[i]);

      count_tags (tags, self->domains->pdata[i], /* chosen = */ TRUE);
      if (connection == NULL || !g_hash_table_add (connections, connection))
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (lodge_connection_get_domains (connection)); k++)
        {
          g_autoptr(LodgeDomain) domain = g_list_model_get_item (lodge_connection_get_domains (connection), k);

          count_tags (tags, domain, /* chosen = */ FALSE);
        }
    }
  g_hash_table_iter_init (&iter, tags);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    g_ptr_array_add (self->tags, tag);
  g_ptr_array_sort (self->tags, compare_tags);
}

static void
toggled_cb (GtkCheckButton *button,
            Tag            *tag)
{
  gtk_check_button_set_inconsistent (button, FALSE);
  tag->choice = gtk_check_button_get_active (button) ? TAG_ON : TAG_OFF;
}

static GtkWidget *
create_row (LodgeTagsDialog *self,
            Tag             *tag)
{
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = lodge_display_text (tag->name, LODGE_MAX_TAG_LENGTH);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", name, "activatable-widget", check,
                                 NULL);
  const gboolean all = tag->n_chosen == self->domains->len;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), tag->choice == TAG_ON || (tag->choice == TAG_AS_IT_IS && all));
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check),
                                     tag->choice == TAG_AS_IT_IS && tag->n_chosen > 0 && !all);
  if (tag->n_chosen > 0 && !all)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("On %u of %u machine", "On %u of %u machines",
                                                         self->domains->len), tag->n_chosen, self->domains->len);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), tag);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  return row;
}

/* What is typed into the entry narrows the tags down */
static void
show_tags (LodgeTagsDialog *self)
{
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->new_row)), -1);
  g_autofree char *more = NULL;
  guint n = 0;

  g_strstrip (typed);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->tags_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->tags->len; i++)
    {
      Tag *tag = g_ptr_array_index (self->tags, i);
      g_autofree char *folded = g_utf8_casefold (tag->name, -1);
      GtkWidget *row;

      if (strstr (folded, typed) == NULL || n++ >= MAX_ROWS)
        continue;
      row = create_row (self, tag);
      adw_preferences_group_add (self->tags_group, row);
      g_ptr_array_add (self->rows, row);
    }
  if (n > MAX_ROWS)
    more = g_strdup_printf (ngettext ("%u more: type to find it", "%u more: type to find them", n - MAX_ROWS),
                            n - MAX_ROWS);
  gtk_label_set_text (self->more_label, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), more != NULL);
}

/* NULL: nothing is wrong */
static char *
dup_complaint (LodgeTagsDialog *self)
{
  const char *folder = gtk_editable_get_text (GTK_EDITABLE (self->folder_row));
  g_auto(GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->new_row)), ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (g_utf8_strlen (g_strstrip (parts[i]), -1) > LODGE_MAX_TAG_LENGTH)
        return g_strdup_printf (_("A tag has up to %d characters."), LODGE_MAX_TAG_LENGTH);
    }
  if (g_utf8_strlen (folder, -1) > LODGE_MAX_FOLDER_LENGTH)
    return g_strdup_printf (_("A folder has up to %d characters."), LODGE_MAX_FOLDER_LENGTH);
  return NULL;
}

static void
changed_cb (LodgeTagsDialog *self)
{
  g_autofree char *complaint = NULL;

  if (self->domains == NULL)
    return;
  complaint = dup_complaint (self);
  gtk_label_set_text (self->error_label, complaint != NULL ? complaint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), complaint != NULL);
  gtk_widget_set_sensitive (self->save_button, complaint == NULL);
  show_tags (self);
}

/* Commas separate */
static void
take_new_tags (LodgeTagsDialog *self)
{
  g_auto(GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->new_row)), ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      Tag *tag;

      g_strstrip (parts[i]);
      if (*parts[i] == '\0')
        continue;
      tag = find_tag (self, parts[i]);
      if (tag == NULL)
        {
          tag = g_new0 (Tag, 1);
          tag->name = g_strdup (parts[i]);
          g_ptr_array_insert (self->tags, 0, tag);
        }
      tag->choice = TAG_ON;
    }
}

static void
apply_cb (LodgeTagsDialog *self)
{
  if (!gtk_widget_get_sensitive (self->save_button))
    return;
  take_new_tags (self);
  gtk_editable_set_text (GTK_EDITABLE (self->new_row), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->new_row));
}

static GStrv
dup_choice (LodgeTagsDialog *self,
            TagChoice        choice)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->tags->len; i++)
    {
      const Tag *tag = g_ptr_array_index (self->tags, i);

      if (tag->choice == choice)
        g_strv_builder_add (builder, tag->name);
    }
  return g_strv_builder_end (builder);
}

static void
save_clicked_cb (LodgeTagsDialog *self)
{
  g_autofree char *folder = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->folder_row))));
  g_auto(GStrv) added = NULL;
  g_auto(GStrv) removed = NULL;
  g_autoptr(LodgeBulkRun) run = NULL;

  take_new_tags (self);
  added = dup_choice (self, TAG_ON);
  removed = dup_choice (self, TAG_OFF);
  run = lodge_tags_run_new (self->domains, (const char * const *) added, (const char * const *) removed,
                            g_str_equal (folder, self->folder) ? NULL : folder);
  if (run != NULL)
    {
      /* One machine is no work worth a line among the jobs */
      lodge_bulk_run_start (run, lodge_bulk_run_get_n_domains (run) > 1 ? self->jobs : NULL);
      lodge_bulk_results_watch (self->parent, run);
    }
  adw_dialog_close (ADW_DIALOG (self));
}

static void
lodge_tags_dialog_dispose (GObject *object)
{
  LodgeTagsDialog *self = LODGE_TAGS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_TAGS_DIALOG);
  g_clear_object (&self->parent);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->domains, g_ptr_array_unref);

  G_OBJECT_CLASS (lodge_tags_dialog_parent_class)->dispose (object);
}

static void
lodge_tags_dialog_finalize (GObject *object)
{
  LodgeTagsDialog *self = LODGE_TAGS_DIALOG (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->tags);
  g_free (self->folder);

  G_OBJECT_CLASS (lodge_tags_dialog_parent_class)->finalize (object);
}

static void
lodge_tags_dialog_class_init (LodgeTagsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_tags_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_tags_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("widgets/lodge-tags-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, new_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, error_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, tags_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagsDialog, more_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
}

static void
lodge_tags_dialog_init (LodgeTagsDialog *self)
{
  self->tags = g_ptr_array_new_with_free_func (tag_free);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The same on all of them, or nothing */
static char *
dup_common_folder (GPtrArray *domains)
{
  const char *folder = lodge_domain_get_folder (domains->pdata[0]);

  for (guint i = 1; i < domains->len; i++)
    {
      if (g_strcmp0 (folder, lodge_domain_get_folder (domains->pdata[i])) != 0)
        return g_strdup ("");
    }
  return g_strdup (folder != NULL ? folder : "");
}

void
lodge_tags_dialog_present (GtkWidget    *parent,
                           GPtrArray    *domains,
                           LodgeJobList *jobs)
{
  LodgeTagsDialog *self = g_object_new (LODGE_TYPE_TAGS_DIALOG, NULL);
  g_autofree char *subtitle = NULL;

  g_return_if_fail (domains->len > 0);

  self->parent = g_object_ref (parent);
  self->domains = g_ptr_array_ref (domains);
  g_set_object (&self->jobs, jobs);
  self->folder = dup_common_folder (domains);
  subtitle = domains->len == 1 ? lodge_column_dup_text (LODGE_COLUMN_NAME, domains->pdata[0])
             : g_strdup_printf (ngettext ("%u machine", "%u machines", domains->len), domains->len);
  adw_window_title_set_subtitle (self->title, subtitle);
  gather_tags (self);
  gtk_editable_set_text (GTK_EDITABLE (self->folder_row), self->folder);
  changed_cb (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
