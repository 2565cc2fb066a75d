/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-tile"

#include "config.h"

#include "lodge-machine-tile.h"

#include <glib/gi18n.h>

#include "lodge-thumbnail.h"
#include "lodge-ui.h"
#include "widgets/lodge-column.h"
#include "widgets/lodge-level.h"

struct _LodgeMachineTile
{
  LodgeDomainWidget  parent_instance;

  /* template children */
  GtkWidget         *frame;
  GtkImage          *check;
  GtkPicture        *picture;
  GtkImage          *placeholder;
  GtkImage          *icon;
  GtkLabel          *name_label;
  GtkLabel          *caption_label;
};

G_DEFINE_FINAL_TYPE (LodgeMachineTile, lodge_machine_tile, LODGE_TYPE_DOMAIN_WIDGET)

/* “atlas · CPU 27 %”, or the state of what does not run */
static void
update_caption (LodgeMachineTile *self,
                LodgeDomain      *domain)
{
  g_autofree char *connection = lodge_column_dup_text (LODGE_COLUMN_CONNECTION, domain);
  g_autofree char *state = lodge_column_dup_text (LODGE_COLUMN_STATE, domain);
  g_autofree char *cpu = lodge_column_dup_text (LODGE_COLUMN_CPU, domain);
  g_autofree char *caption = NULL;

  /* Translators: a connection and the share of the processor: “atlas · CPU 27 %” */
  caption = *cpu != '\0' ? g_strdup_printf (_("%s · CPU %s"), connection, cpu)
                         : g_strdup_printf ("%s · %s", connection, state);
  gtk_label_set_text (self->caption_label, caption);
}

void
lodge_machine_tile_update_picture (LodgeMachineTile *self)
{
  LodgeDomain *domain = lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (self));
  GdkTexture *texture = domain != NULL ? lodge_thumbnail_get (domain) : NULL;
  const gboolean live = domain != NULL && lodge_domain_get_state (domain) == LODGE_DOMAIN_STATE_RUNNING
                        && !lodge_domain_get_stale (domain);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), texture == NULL);
  /* What is not so any more is faded */
  gtk_widget_set_opacity (GTK_WIDGET (self->picture), live ? 1 : 0.5);
}

static void
lodge_machine_tile_update (LodgeDomainWidget *widget,
                           LodgeDomain       *domain)
{
  LodgeMachineTile *self = LODGE_MACHINE_TILE (widget);
  g_autofree char *name = NULL;
  const char *mark = lodge_domain_widget_get_mark_icon (widget);
  LodgeDomainState state;

  lodge_machine_tile_update_picture (self);
  gtk_image_set_from_icon_name (self->check, mark);
  gtk_widget_set_visible (GTK_WIDGET (self->check), mark != NULL);
  state = lodge_domain_get_stale (domain) ? LODGE_DOMAIN_STATE_UNKNOWN : lodge_domain_get_state (domain);
  name = lodge_column_dup_text (LODGE_COLUMN_NAME, domain);
  gtk_label_set_text (self->name_label, name);
  gtk_image_set_from_icon_name (self->icon, lodge_domain_state_get_icon_name (state));
  lodge_level_apply (GTK_WIDGET (self->icon), lodge_domain_state_get_css_class (state));
  gtk_image_set_from_icon_name (self->placeholder, lodge_domain_get_system_icon (domain));
  lodge_level_apply (GTK_WIDGET (self->caption_label), state == LODGE_DOMAIN_STATE_CRASHED ? "error" : "dimmed");
  update_caption (self, domain);
}

static void
lodge_machine_tile_tick (LodgeDomainWidget *widget,
                         LodgeDomain       *domain)
{
  update_caption (LODGE_MACHINE_TILE (widget), domain);
}

static void
lodge_machine_tile_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_TILE);
  /* Children without an id are not the template's business */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lodge_machine_tile_parent_class)->dispose (object);
}

static void
lodge_machine_tile_class_init (LodgeMachineTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_tile_dispose;
  LODGE_DOMAIN_WIDGET_CLASS (klass)->update = lodge_machine_tile_update;
  LODGE_DOMAIN_WIDGET_CLASS (klass)->tick = lodge_machine_tile_tick;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-machine-tile.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, frame);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, check);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, picture);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, placeholder);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachineTile, caption_label);
  gtk_widget_class_set_css_name (widget_class, "machinetile");
}

static void
lodge_machine_tile_init (LodgeMachineTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lodge_machine_tile_set_width (LodgeMachineTile *self,
                              int               width)
{
  g_return_if_fail (LODGE_IS_MACHINE_TILE (self));

  gtk_widget_set_size_request (GTK_WIDGET (self), width, -1);
  gtk_widget_set_size_request (self->frame, width, width * LODGE_THUMBNAIL_HEIGHT / LODGE_THUMBNAIL_WIDTH);
}

GtkWidget *
lodge_machine_tile_new (void)
{
  return g_object_new (LODGE_TYPE_MACHINE_TILE, NULL);
}
