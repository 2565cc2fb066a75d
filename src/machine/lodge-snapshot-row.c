/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-snapshot-row.h"

#include <glib/gi18n.h>

#include "lodge-console-status.h"
#include "lodge-ui.h"
#include "util/lodge-format.h"

struct _LodgeSnapshotRow
{
  GtkWidget        parent_instance;

  /* template children */
  GtkTreeExpander *expander;
  GtkImage        *icon;
  GtkLabel        *title;
  GtkLabel        *subtitle;
};

G_DEFINE_FINAL_TYPE (LodgeSnapshotRow, lodge_snapshot_row, GTK_TYPE_WIDGET)

static const struct { const char *label, *icon_name; } kinds[] = {
  [LODGE_SNAPSHOT_OFF] = { N_("Off"), "system-shutdown-symbolic" },
  [LODGE_SNAPSHOT_RUNNING] = { N_("Running, with memory"), "lodge-machine-symbolic" },
  [LODGE_SNAPSHOT_PAUSED] = { N_("Paused, with memory"), "lodge-machine-symbolic" },
  [LODGE_SNAPSHOT_DISK_ONLY] = { N_("Disks only"), "drive-harddisk-symbolic" },
};

const char *
lodge_snapshot_kind_get_label (LodgeSnapshotKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return _(kinds[kind].label);
}

char *
lodge_snapshot_dup_when (LodgeSnapshot *snapshot)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (lodge_snapshot_get_time (snapshot) <= 0)
    return g_strdup (_("at an unknown time"));
  return lodge_console_status_format_time (lodge_snapshot_get_time (snapshot), now);
}

static void
lodge_snapshot_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SNAPSHOT_ROW);

  G_OBJECT_CLASS (lodge_snapshot_row_parent_class)->dispose (object);
}

static void
lodge_snapshot_row_class_init (LodgeSnapshotRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_snapshot_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-snapshot-row.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotRow, expander);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotRow, icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotRow, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotRow, subtitle);
}

static void
lodge_snapshot_row_init (LodgeSnapshotRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lodge_snapshot_row_new (void)
{
  return g_object_new (LODGE_TYPE_SNAPSHOT_ROW, NULL);
}

void
lodge_snapshot_row_bind (LodgeSnapshotRow *self,
                         GtkTreeListRow   *row)
{
  g_autoptr(GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  g_return_if_fail (LODGE_IS_SNAPSHOT_ROW (self));

  gtk_tree_expander_set_list_row (self->expander, row);
  if (LODGE_IS_SNAPSHOT (item))
    {
      LodgeSnapshot *snapshot = LODGE_SNAPSHOT (item);
      const LodgeSnapshotKind kind = lodge_snapshot_get_kind (snapshot);
      g_autofree char *name = lodge_display_text (lodge_snapshot_get_name (snapshot), 120);
      g_autofree char *when = lodge_snapshot_dup_when (snapshot);
      g_autofree char *text = g_strdup_printf ("%s · %s", when, _(kinds[kind].label));

      gtk_image_set_from_icon_name (self->icon, kinds[kind].icon_name);
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "accent");
      gtk_label_set_text (self->title, name);
      gtk_label_set_text (self->subtitle, text);
    }
  else if (item != NULL)
    {
      gtk_image_set_from_icon_name (self->icon, "mark-location-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self->icon), "accent");
      gtk_label_set_text (self->title, _("You are here"));
      gtk_label_set_text (self->subtitle, _("The machine as it is now"));
    }
}
