/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-tag-chooser"

#include "config.h"

#include "lodge-tag-chooser.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-search-terms.h"
#include "lodge-ui.h"
#include "util/lodge-format.h"

/* There can be thousands: nobody reads more than these, and typing finds the others */
#define MAX_ROWS 60

struct _LodgeTagChooser
{
  GtkWidget       parent_instance;

  /* template children */
  GtkWidget      *box;
  GtkSearchEntry *entry;
  GtkStack       *stack;
  GtkListBox     *list;
  GtkLabel       *more_label;

  GPtrArray      *candidates;   /* owned, of LodgeSearchCandidate */
  char           *text;         /* owned: the search */
};

enum
{
  SIGNAL_TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeTagChooser, lodge_tag_chooser, GTK_TYPE_WIDGET)

static void
toggled_cb (GtkCheckButton  *button,
            LodgeTagChooser *self)
{
  const LodgeSearchCandidate *candidate = g_object_get_data (G_OBJECT (button), "lodge-candidate");
  const gboolean wanted = gtk_check_button_get_active (button);
  g_autofree char *text = lodge_search_with_term (self->text, candidate->term, wanted);

  g_set_str (&self->text, text);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0, candidate->term, wanted);
}

/* “web” of “tag:"web"” */
static char *
dup_tag (const LodgeSearchCandidate *candidate)
{
  g_autofree char *tag = g_strdup (candidate->term + strlen ("tag:"));
  char *start = tag;

  if (*start == '"')
    {
      start++;
      start[strcspn (start, "\"")] = '\0';
    }
  return lodge_display_text (start, 100);
}

static GtkWidget *
create_row (LodgeTagChooser      *self,
            LodgeSearchCandidate *candidate,
            const char           *tag)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (tag);
  g_autofree char *text = g_strdup_printf ("%'u", candidate->count);
  GtkWidget *count = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), lodge_search_has_term (self->text, candidate->term));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tag, -1);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_add_css_class (count, "dimmed");
  gtk_widget_add_css_class (count, "numeric");
  g_object_set_data (G_OBJECT (button), "lodge-candidate", candidate);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), count);
  return box;
}

static void
update (LodgeTagChooser *self)
{
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
  g_autofree char *more = NULL;
  guint n = 0;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; self->candidates != NULL && i < self->candidates->len; i++)
    {
      g_autofree char *tag = dup_tag (self->candidates->pdata[i]);
      g_autofree char *folded = g_utf8_casefold (tag, -1);

      if (strstr (folded, typed) == NULL)
        continue;
      if (n++ < MAX_ROWS)
        gtk_list_box_append (self->list, create_row (self, self->candidates->pdata[i], tag));
    }
  for (GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0); row != NULL;
       row = gtk_list_box_get_row_at_index (self->list, gtk_list_box_row_get_index (row) + 1))
    gtk_list_box_row_set_activatable (row, FALSE);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : *typed != '\0' ? "no-match" : "empty");
  gtk_widget_set_visible (GTK_WIDGET (self->entry), n > 8 || *typed != '\0');
  if (n > MAX_ROWS)
    more = g_strdup_printf (ngettext ("%'u more: type to find it", "%'u more: type to find them", n - MAX_ROWS),
                            n - MAX_ROWS);
  gtk_label_set_text (self->more_label, more != NULL ? more : "");
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), more != NULL);
}

static void
lodge_tag_chooser_dispose (GObject *object)
{
  LodgeTagChooser *self = LODGE_TAG_CHOOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_TAG_CHOOSER);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (lodge_tag_chooser_parent_class)->dispose (object);
}

static void
lodge_tag_chooser_class_init (LodgeTagChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_tag_chooser_dispose;

  signals[SIGNAL_TOGGLED] = g_signal_new ("toggled", LODGE_TYPE_TAG_CHOOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-tag-chooser.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeTagChooser, box);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagChooser, entry);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagChooser, list);
  gtk_widget_class_bind_template_child (widget_class, LodgeTagChooser, more_label);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lodge_tag_chooser_init (LodgeTagChooser *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_tag_chooser_new (void)
{
  return g_object_new (LODGE_TYPE_TAG_CHOOSER, NULL);
}

void
lodge_tag_chooser_fill (LodgeTagChooser *self,
                        GListModel      *domains,
                        const char      *text)
{
  g_return_if_fail (LODGE_IS_TAG_CHOOSER (self));

  /* The rows point into it */
  gtk_list_box_remove_all (self->list);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->candidates = lodge_search_complete ("tag:", domains, G_MAXINT);
  g_set_str (&self->text, text);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  update (self);
}
