/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-grid"

#include "config.h"

#include "lodge-machine-grid.h"

#include <glib/gi18n.h>

#include "lodge-machine-tile.h"
#include "lodge-thumbnail.h"
#include "widgets/lodge-column.h"

/* GTK keeps 30 rows of this many alive, however many fit */
#define MAX_COLUMNS 8
/* A picture is so old before the next one is taken, and one is begun so often: 100 tiles never come at once */
#define PICTURE_AGE_US (5 * G_USEC_PER_SEC)
#define STEP_MS        200
#define MAX_TAKING     3

struct _LodgeMachineGrid
{
  LodgeMachineView  parent_instance;

  GtkGridView      *view;          /* borrowed */
  GSettings        *settings;      /* owned */
  GCancellable     *cancellable;   /* owned, nullable: while it is seen */
  guint             step_id;
  guint             n_taking;
};

G_DEFINE_FINAL_TYPE (LodgeMachineGrid, lodge_machine_grid, LODGE_TYPE_MACHINE_VIEW)

static int
get_tile_width (LodgeMachineGrid *self)
{
  return self->settings != NULL ? g_settings_get_int (self->settings, "tile-width") : LODGE_THUMBNAIL_WIDTH;
}

static GtkWidget *
create_tile (gpointer data)
{
  GtkWidget *tile = lodge_machine_tile_new ();

  lodge_machine_tile_set_width (LODGE_MACHINE_TILE (tile), get_tile_width (data));
  return tile;
}

static void
set_tile_widths (GtkWidget *widget,
                 int        width)
{
  if (LODGE_IS_MACHINE_TILE (widget))
    {
      lodge_machine_tile_set_width (LODGE_MACHINE_TILE (widget), width);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    set_tile_widths (child, width);
}

static void
width_changed_cb (LodgeMachineGrid *self)
{
  set_tile_widths (GTK_WIDGET (self->view), get_tile_width (self));
}

/* Larger tiles have finer pictures, when they are taken again */
static int
get_picture_scale (LodgeMachineGrid *self)
{
  const int width = get_tile_width (self) * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return (width + LODGE_THUMBNAIL_WIDTH - 1) / LODGE_THUMBNAIL_WIDTH;
}

/* Pictures */

/* The tile that is seen, runs, and waits longest for its picture */
static void
find_oldest (GtkWidget         *widget,
             gint64             now,
             LodgeMachineTile **oldest)
{
  LodgeDomain *domain;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (!LODGE_IS_MACHINE_TILE (widget))
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        find_oldest (child, now, oldest);
      return;
    }
  domain = lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (widget));
  if (domain == NULL || lodge_domain_get_state (domain) != LODGE_DOMAIN_STATE_RUNNING || lodge_domain_get_stale (domain)
      || (lodge_thumbnail_get_time (domain) != 0 && now - lodge_thumbnail_get_time (domain) < PICTURE_AGE_US))
    return;
  if (*oldest == NULL
      || lodge_thumbnail_get_time (domain)
         < lodge_thumbnail_get_time (lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (*oldest))))
    *oldest = LODGE_MACHINE_TILE (widget);
}

static void
update_tiles (GtkWidget   *widget,
              LodgeDomain *domain)
{
  if (LODGE_IS_MACHINE_TILE (widget))
    {
      if (lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (widget)) == domain)
        lodge_machine_tile_update_picture (LODGE_MACHINE_TILE (widget));
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    update_tiles (child, domain);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeMachineGrid) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_taking--;
  /* A machine without a screen, or a host that takes no pictures: its symbol stays */
  if (!lodge_thumbnail_take_finish (LODGE_DOMAIN (object), result, &error))
    g_debug ("no picture of %s: %s", lodge_domain_get_name (LODGE_DOMAIN (object)), error->message);
  else if (self->view != NULL)
    update_tiles (GTK_WIDGET (self->view), LODGE_DOMAIN (object));
}

static gboolean
step_cb (gpointer user_data)
{
  LodgeMachineGrid *self = user_data;
  LodgeMachineTile *oldest = NULL;

  if (self->n_taking >= MAX_TAKING)
    return G_SOURCE_CONTINUE;
  find_oldest (GTK_WIDGET (self->view), g_get_monotonic_time (), &oldest);
  if (oldest == NULL)
    return G_SOURCE_CONTINUE;
  self->n_taking++;
  lodge_thumbnail_take_async (lodge_domain_widget_get_domain (LODGE_DOMAIN_WIDGET (oldest)),
                              get_picture_scale (self), self->cancellable, taken_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
stop (LodgeMachineGrid *self)
{
  g_clear_handle_id (&self->step_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
lodge_machine_grid_map (GtkWidget *widget)
{
  LodgeMachineGrid *self = LODGE_MACHINE_GRID (widget);

  GTK_WIDGET_CLASS (lodge_machine_grid_parent_class)->map (widget);
  self->cancellable = g_cancellable_new ();
  self->step_id = g_timeout_add (STEP_MS, step_cb, self);
}

static void
lodge_machine_grid_unmap (GtkWidget *widget)
{
  stop (LODGE_MACHINE_GRID (widget));
  GTK_WIDGET_CLASS (lodge_machine_grid_parent_class)->unmap (widget);
}

static void
lodge_machine_grid_set_model (LodgeMachineView  *view,
                              GtkSelectionModel *model)
{
  gtk_grid_view_set_model (LODGE_MACHINE_GRID (view)->view, model);
}

static void
lodge_machine_grid_scroll_to (LodgeMachineView   *view,
                              guint               position,
                              GtkListScrollFlags  flags)
{
  gtk_grid_view_scroll_to (LODGE_MACHINE_GRID (view)->view, position, flags, NULL);
}

static void
lodge_machine_grid_dispose (GObject *object)
{
  LodgeMachineGrid *self = LODGE_MACHINE_GRID (object);

  stop (self);
  G_OBJECT_CLASS (lodge_machine_grid_parent_class)->dispose (object);
  self->view = NULL;
  g_clear_object (&self->settings);
}

static void
lodge_machine_grid_class_init (LodgeMachineGridClass *klass)
{
  LodgeMachineViewClass *view_class = LODGE_MACHINE_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_grid_dispose;
  GTK_WIDGET_CLASS (klass)->map = lodge_machine_grid_map;
  GTK_WIDGET_CLASS (klass)->unmap = lodge_machine_grid_unmap;
  view_class->set_model = lodge_machine_grid_set_model;
  view_class->scroll_to = lodge_machine_grid_scroll_to;
}

static void
lodge_machine_grid_init (LodgeMachineGrid *self)
{
  g_autoptr(GtkListItemFactory) factory = lodge_machine_view_create_factory (LODGE_MACHINE_VIEW (self), create_tile,
                                                                             self);

  self->view = GTK_GRID_VIEW (gtk_grid_view_new (NULL, NULL));
  gtk_grid_view_set_factory (self->view, factory);
  gtk_grid_view_set_max_columns (self->view, MAX_COLUMNS);
  gtk_grid_view_set_enable_rubberband (self->view, TRUE);
  gtk_grid_view_set_tab_behavior (self->view, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "machine-grid");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Machines"), -1);
  lodge_machine_view_take_list (LODGE_MACHINE_VIEW (self), GTK_WIDGET (self->view), GTK_POLICY_NEVER);
}

GtkWidget *
lodge_machine_grid_new (GSettings *settings)
{
  LodgeMachineGrid *self = g_object_new (LODGE_TYPE_MACHINE_GRID, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::tile-width", G_CALLBACK (width_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
