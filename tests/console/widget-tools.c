/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widget-tools.h"

#include "console/lodge-keymap.h"

GtkEventController *
find_controller (GtkWidget  *widget,
                 const char *name,
                 GType       type)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type)
          && (name == NULL || g_strcmp0 (gtk_event_controller_get_name (controller), name) == 0))
        return controller;
    }
  g_error ("no controller %s", g_type_name (type));
}

static GtkEventController *
find_keys (GtkWidget *window)
{
  return find_controller (window, "lodge-display-keys", GTK_TYPE_EVENT_CONTROLLER_KEY);
}

gboolean
press_key_with_state (GtkWidget       *window,
                      guint            code,
                      GdkModifierType  state)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_keys (window), "key-pressed", lodge_keymap_to_keyval (code, FALSE), code + 8, state,
                         &handled);
  return handled;
}

gboolean
press_key (GtkWidget *window,
           guint      code)
{
  return press_key_with_state (window, code, 0);
}

void
release_key (GtkWidget *window,
             guint      code)
{
  g_signal_emit_by_name (find_keys (window), "key-released", lodge_keymap_to_keyval (code, FALSE), code + 8, 0);
}

gboolean
screen_shows (LodgeScreen   *screen,
              const guint32 *pixels,
              int            width,
              int            height)
{
  cairo_surface_t *surface = lodge_screen_get_surface (screen);

  if (surface == NULL || lodge_screen_get_width (screen) != width || lodge_screen_get_height (screen) != height)
    return FALSE;
  for (int y = 0; y < height; y++)
    {
      const guchar *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

      for (int x = 0; x < width; x++)
        {
          if ((((const guint32 *) (gconstpointer) row)[x] ^ pixels[y * width + x]) & 0xffffff)
            return FALSE;
        }
    }
  return TRUE;
}
