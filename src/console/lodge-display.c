/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-display"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lodge-display-private.h"

enum
{
  PROP_0,
  PROP_SCREEN,
  PROP_SCALING,
  PROP_ZOOM,
  PROP_RESIZE_GUEST,
  PROP_RESIZE_OBSTACLE,
  PROP_GRABBED,
  PROP_ATTENDED,
  PROP_MACHINE_NAME,
  N_PROPS,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  GRAB_HINT,
  RELEASED,
  POINTER_LOOSE,
  N_SIGNALS
};

G_DEFINE_ENUM_TYPE (LodgeDisplayScaling, lodge_display_scaling,
                    G_DEFINE_ENUM_VALUE (LODGE_DISPLAY_FIT, "fit"),
                    G_DEFINE_ENUM_VALUE (LODGE_DISPLAY_ORIGINAL, "original"))

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeDisplay, lodge_display, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static LodgeDisplayRenderMode
get_render_mode (LodgeDisplay *self)
{
  GskRenderer *renderer;

  if (self->render_mode >= 0)
    return (LodgeDisplayRenderMode) self->render_mode;

  renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)));

  return GSK_IS_CAIRO_RENDERER (renderer) ? LODGE_DISPLAY_RENDER_LIVE
                                          : LODGE_DISPLAY_RENDER_TEXTURE;
}

void
lodge_display_update_accessible (LodgeDisplay *self)
{
  const char *title = self->screen != NULL ? lodge_screen_get_title (self->screen) : NULL;
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  if (title == NULL)
    title = _("Display 1");
  if (self->machine_name != NULL)
    /* Translators: “Screen of fedora-dev, Display 1” */
    label = g_strdup_printf (_("Screen of %s, %s"), self->machine_name, title);
  else
    label = g_strdup (title);
  description = g_strdup_printf (_("Press %s to release the keyboard and pointer"),
                                 lodge_display_get_release_keys (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description,
                                  -1);
}

static void
damage_cb (LodgeDisplay *self,
           int           x,
           int           y,
           int           width,
           int           height)
{
  lodge_display_render_add_damage (self->render, x, y, width, height);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
picture_changed_cb (LodgeDisplay *self)
{
  lodge_display_render_reset (self->render);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
resized_cb (LodgeDisplay *self)
{
  lodge_display_resize_answered (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  lodge_display_input_update_cursor (self);
}

static void
cursor_changed_cb (LodgeDisplay *self)
{
  int x;
  int y;

  lodge_display_input_update_cursor (self);
  if (self->screen != NULL && lodge_screen_get_cursor_position (self->screen, &x, &y))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
absolute_pointer_cb (LodgeDisplay *self)
{
  cursor_changed_cb (self);
  lodge_display_input_update_grab (self);
}

static void
state_cb (LodgeDisplay *self)
{
  lodge_display_resize_forget (self);
  lodge_display_input_reset (self);
  lodge_display_input_update_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bell_cb (LodgeDisplay *self)
{
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
lodge_display_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 0;
  *natural = (int) ceil (lodge_display_get_content_size (LODGE_DISPLAY (widget), orientation));
}

static void
lodge_display_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  LodgeDisplay *self = LODGE_DISPLAY (widget);
  GtkNative *native = gtk_widget_get_native (widget);

  lodge_display_configure_adjustment (self, GTK_ORIENTATION_HORIZONTAL, width);
  lodge_display_configure_adjustment (self, GTK_ORIENTATION_VERTICAL, height);
  if (native != NULL && GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)))
    lodge_display_keep_shared_memory (gtk_native_get_surface (native));
  lodge_display_resize_later (self);
  lodge_display_input_update_cursor (self);
}

static void
lodge_display_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  LodgeDisplay *self = LODGE_DISPLAY (widget);
  LodgeGeometry geometry;
  GdkTexture *cursor;
  int hotspot_x;
  int hotspot_y;
  int x;
  int y;

  if (lodge_display_get_geometry (self, &geometry))
    {
      lodge_display_render_snapshot (self->render, snapshot,
                                     lodge_screen_get_surface (self->screen), &geometry,
                                     get_render_mode (self));
      cursor = lodge_screen_get_cursor (self->screen, &hotspot_x, &hotspot_y);
      if (cursor != NULL && lodge_screen_get_cursor_position (self->screen, &x, &y))
        lodge_display_render_snapshot_cursor (snapshot, cursor, x - hotspot_x, y - hotspot_y,
                                              &geometry);
    }

  if (self->screen != NULL)
    lodge_screen_request_update (self->screen);
}

static void
lodge_display_map (GtkWidget *widget)
{
  LodgeDisplay *self = LODGE_DISPLAY (widget);

  GTK_WIDGET_CLASS (lodge_display_parent_class)->map (widget);
  lodge_display_input_map (self);
  lodge_display_input_update_cursor (self);
}

static void
lodge_display_unmap (GtkWidget *widget)
{
  lodge_display_input_unmap (LODGE_DISPLAY (widget));
  GTK_WIDGET_CLASS (lodge_display_parent_class)->unmap (widget);
}

static void
lodge_display_dispose (GObject *object)
{
  LodgeDisplay *self = LODGE_DISPLAY (object);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_handle_id (&self->resize_answer_id, g_source_remove);
  lodge_display_input_dispose (self);
  g_clear_object (&self->screen_signals);
  g_clear_object (&self->screen);
  lodge_display_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  lodge_display_set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);

  G_OBJECT_CLASS (lodge_display_parent_class)->dispose (object);
}

static void
lodge_display_finalize (GObject *object)
{
  LodgeDisplay *self = LODGE_DISPLAY (object);

  g_clear_pointer (&self->render, lodge_display_render_free);
  g_clear_pointer (&self->machine_name, g_free);
  g_clear_pointer (&self->resize_obstacle, g_free);

  G_OBJECT_CLASS (lodge_display_parent_class)->finalize (object);
}

static void
lodge_display_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  LodgeDisplay *self = LODGE_DISPLAY (object);

  switch (prop_id)
    {
    case PROP_SCREEN:
      g_value_set_object (value, self->screen);
      break;
    case PROP_SCALING:
      g_value_set_enum (value, self->scaling);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_RESIZE_GUEST:
      g_value_set_boolean (value, self->resize_guest);
      break;
    case PROP_RESIZE_OBSTACLE:
      g_value_set_string (value, self->resize_obstacle);
      break;
    case PROP_GRABBED:
      g_value_set_boolean (value, self->grabbed);
      break;
    case PROP_ATTENDED:
      g_value_set_boolean (value, self->attended);
      break;
    case PROP_MACHINE_NAME:
      g_value_set_string (value, self->machine_name);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_display_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  LodgeDisplay *self = LODGE_DISPLAY (object);

  switch (prop_id)
    {
    case PROP_SCREEN:
      lodge_display_set_screen (self, g_value_get_object (value));
      break;
    case PROP_SCALING:
      lodge_display_set_scaling (self, g_value_get_enum (value));
      break;
    case PROP_ZOOM:
      lodge_display_set_zoom (self, g_value_get_double (value));
      break;
    case PROP_RESIZE_GUEST:
      lodge_display_set_resize_guest (self, g_value_get_boolean (value));
      break;
    case PROP_MACHINE_NAME:
      lodge_display_set_machine_name (self, g_value_get_string (value));
      break;
    case PROP_HADJUSTMENT:
      lodge_display_set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_VADJUSTMENT:
      lodge_display_set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_HSCROLL_POLICY:
      lodge_display_set_policy (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_enum (value), pspec);
      break;
    case PROP_VSCROLL_POLICY:
      lodge_display_set_policy (self, GTK_ORIENTATION_VERTICAL, g_value_get_enum (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_display_class_init (LodgeDisplayClass *klass)
{
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lodge_display_dispose;
  object_class->finalize = lodge_display_finalize;
  object_class->get_property = lodge_display_get_property;
  object_class->set_property = lodge_display_set_property;
  widget_class->measure = lodge_display_measure;
  widget_class->size_allocate = lodge_display_size_allocate;
  widget_class->snapshot = lodge_display_snapshot;
  widget_class->map = lodge_display_map;
  widget_class->unmap = lodge_display_unmap;

  properties[PROP_SCREEN] = g_param_spec_object ("screen", NULL, NULL, LODGE_TYPE_SCREEN, rw);
  properties[PROP_SCALING] = g_param_spec_enum ("scaling", NULL, NULL, LODGE_TYPE_DISPLAY_SCALING,
                                                LODGE_DISPLAY_FIT, rw);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, LODGE_DISPLAY_MIN_ZOOM,
                                               LODGE_DISPLAY_MAX_ZOOM, 1, rw);
  properties[PROP_RESIZE_GUEST] = g_param_spec_boolean ("resize-guest", NULL, NULL, FALSE, rw);
  properties[PROP_RESIZE_OBSTACLE] = g_param_spec_string ("resize-obstacle", NULL, NULL, NULL, ro);
  properties[PROP_GRABBED] = g_param_spec_boolean ("grabbed", NULL, NULL, FALSE, ro);
  properties[PROP_ATTENDED] = g_param_spec_boolean ("attended", NULL, NULL, FALSE, ro);
  properties[PROP_MACHINE_NAME] = g_param_spec_string ("machine-name", NULL, NULL, NULL, rw);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[GRAB_HINT] = g_signal_new ("grab-hint", LODGE_TYPE_DISPLAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);
  signals[RELEASED] = g_signal_new ("released", LODGE_TYPE_DISPLAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

  signals[POINTER_LOOSE] = g_signal_new ("pointer-loose", LODGE_TYPE_DISPLAY, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "display");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_APPLICATION);
}

static void
lodge_display_init (LodgeDisplay *self)
{
  const char *mode = g_getenv ("LODGE_DISPLAY_RENDER");
  static const struct
  {
    const char *name;
    GCallback   callback;
  } handlers[] = {
    { "damage", G_CALLBACK (damage_cb) },
    { "picture-changed", G_CALLBACK (picture_changed_cb) },
    { "resized", G_CALLBACK (resized_cb) },
    { "cursor-changed", G_CALLBACK (cursor_changed_cb) },
    { "bell", G_CALLBACK (bell_cb) },
    { "notify::can-resize", G_CALLBACK (lodge_display_resize_forget) },
    { "notify::state", G_CALLBACK (state_cb) },
    { "notify::title", G_CALLBACK (lodge_display_update_accessible) },
    { "notify::absolute-pointer", G_CALLBACK (absolute_pointer_cb) },
  };

  self->zoom = 1;
  self->render_mode = -1;
  if (g_strcmp0 (mode, "live") == 0)
    self->render_mode = LODGE_DISPLAY_RENDER_LIVE;
  else if (g_strcmp0 (mode, "texture") == 0)
    self->render_mode = LODGE_DISPLAY_RENDER_TEXTURE;

  self->render = lodge_display_render_new ();
  self->screen_signals = g_signal_group_new (LODGE_TYPE_SCREEN);
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_group_connect_object (self->screen_signals, handlers[i].name, handlers[i].callback,
                                   self, G_CONNECT_SWAPPED);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  lodge_display_input_init (self);
  lodge_display_update_accessible (self);
}

/**
 * lodge_display_new:
 *
 * Returns: a display of no screen
 */
GtkWidget *
lodge_display_new (void)
{
  return g_object_new (LODGE_TYPE_DISPLAY, NULL);
}

/**
 * lodge_display_get_screen:
 * @self: a display
 *
 * Returns: (transfer none) (nullable): what is shown
 */
LodgeScreen *
lodge_display_get_screen (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), NULL);

  return self->screen;
}

const char *
lodge_display_get_machine_name (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), NULL);

  return self->machine_name;
}

/**
 * lodge_display_set_screen:
 * @self: a display
 * @screen: (nullable): what to show and to drive
 *
 * Opens and closes nothing: who made the screen does that.
 */
void
lodge_display_set_screen (LodgeDisplay *self,
                          LodgeScreen  *screen)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));
  g_return_if_fail (screen == NULL || LODGE_IS_SCREEN (screen));

  if (self->screen == screen)
    return;

  lodge_display_input_reset (self);
  g_set_object (&self->screen, screen);
  g_signal_group_set_target (self->screen_signals, screen);
  lodge_display_render_reset (self->render);
  lodge_display_resize_forget (self);
  lodge_display_update_accessible (self);
  lodge_display_input_update_cursor (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCREEN]);
}

void
lodge_display_set_machine_name (LodgeDisplay *self,
                                const char   *machine_name)
{
  g_return_if_fail (LODGE_IS_DISPLAY (self));

  if (!g_set_str (&self->machine_name, machine_name))
    return;

  lodge_display_update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MACHINE_NAME]);
}

gboolean
lodge_display_get_grabbed (LodgeDisplay *self)
{
  g_return_val_if_fail (LODGE_IS_DISPLAY (self), FALSE);

  return self->grabbed;
}

void
lodge_display_set_grabbed (LodgeDisplay *self,
                           gboolean      grabbed)
{
  if (self->grabbed == grabbed)
    return;

  self->grabbed = grabbed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GRABBED]);
}

void
lodge_display_set_attended (LodgeDisplay *self,
                            gboolean      attended)
{
  if (self->attended == attended)
    return;

  self->attended = attended;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTENDED]);
}

void
lodge_display_show_hint (LodgeDisplay *self)
{
  g_signal_emit (self, signals[GRAB_HINT], 0);
}

void
lodge_display_emit_pointer_loose (LodgeDisplay *self)
{
  g_signal_emit (self, signals[POINTER_LOOSE], 0);
}

void
lodge_display_emit_released (LodgeDisplay *self)
{
  g_signal_emit (self, signals[RELEASED], 0);
}
