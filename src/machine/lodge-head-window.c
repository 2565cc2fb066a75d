/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-head-window"

#include "config.h"

#include "lodge-head-window.h"

#include "console/lodge-grab-hint.h"
#include "lodge-ui.h"

struct _LodgeHeadWindow
{
  AdwWindow       parent_instance;

  /* template children */
  AdwToolbarView *toolbar_view;
  AdwWindowTitle *title;
  LodgeDisplay   *display;
  LodgeGrabHint  *grab_hint;

  LodgeScreen    *head;   /* owned */
};

enum
{
  PLACED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeHeadWindow, lodge_head_window, ADW_TYPE_WINDOW)

static void
state_cb (LodgeHeadWindow *self)
{
  if (lodge_screen_get_state (self->head) != LODGE_SCREEN_CONNECTED)
    gtk_window_close (GTK_WINDOW (self));
}

static void
tell_place (LodgeHeadWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor;

  if (surface == NULL || !gtk_window_is_fullscreen (GTK_WINDOW (self)))
    return;
  monitor = gdk_display_get_monitor_at_surface (gtk_widget_get_display (GTK_WIDGET (self)), surface);
  if (monitor != NULL && gdk_monitor_get_connector (monitor) != NULL)
    g_signal_emit (self, signals[PLACED], 0, gdk_monitor_get_connector (monitor));
}

static void
fullscreened_cb (LodgeHeadWindow *self)
{
  adw_toolbar_view_set_reveal_top_bars (self->toolbar_view, !gtk_window_is_fullscreen (GTK_WINDOW (self)));
  tell_place (self);
}

static void
realized_cb (LodgeHeadWindow *self)
{
  /* A window manager may move it, or have put it elsewhere than it was asked to */
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (self)), "enter-monitor", G_CALLBACK (tell_place), self,
                           G_CONNECT_SWAPPED);
}

static void
released_cb (LodgeHeadWindow *self)
{
  gtk_window_unfullscreen (GTK_WINDOW (self));
  gtk_widget_child_focus (GTK_WIDGET (self->toolbar_view), GTK_DIR_TAB_FORWARD);
}

static void
fullscreen_action (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
  gtk_widget_grab_focus (GTK_WIDGET (LODGE_HEAD_WINDOW (widget)->display));
}

static void
lodge_head_window_dispose (GObject *object)
{
  LodgeHeadWindow *self = LODGE_HEAD_WINDOW (object);

  if (self->display != NULL)
    lodge_display_set_screen (self->display, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_HEAD_WINDOW);
  self->display = NULL;
  g_clear_object (&self->head);

  G_OBJECT_CLASS (lodge_head_window_parent_class)->dispose (object);
}

static void
lodge_head_window_class_init (LodgeHeadWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_head_window_dispose;
  signals[PLACED] = g_signal_new ("placed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LODGE_TYPE_DISPLAY);
  g_type_ensure (LODGE_TYPE_GRAB_HINT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-head-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeHeadWindow, toolbar_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeHeadWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeHeadWindow, display);
  gtk_widget_class_bind_template_child (widget_class, LodgeHeadWindow, grab_hint);
  gtk_widget_class_bind_template_callback (widget_class, fullscreened_cb);
  gtk_widget_class_bind_template_callback (widget_class, realized_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);
  gtk_widget_class_install_action (widget_class, "headwin.fullscreen", NULL, fullscreen_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F11, GDK_NO_MODIFIER_MASK, "headwin.fullscreen", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "window.close",
                                       NULL);
}

static void
lodge_head_window_init (LodgeHeadWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_grab_hint_set_display (self->grab_hint, self->display);
}

/**
 * lodge_head_window_new:
 * @application: of the program
 * @machine_name: for a person, bounded
 * @head: what it shows, connected
 */
LodgeHeadWindow *
lodge_head_window_new (GtkApplication *application,
                       const char     *machine_name,
                       LodgeScreen    *head)
{
  LodgeHeadWindow *self = g_object_new (LODGE_TYPE_HEAD_WINDOW, "application", application, NULL);

  self->head = g_object_ref (head);
  adw_window_title_set_title (self->title, machine_name);
  g_object_bind_property (head, "title", self->title, "subtitle", G_BINDING_SYNC_CREATE);
  gtk_window_set_title (GTK_WINDOW (self), machine_name);
  lodge_display_set_machine_name (self->display, machine_name);
  lodge_display_set_screen (self->display, head);
  g_signal_connect_object (head, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  return self;
}

LodgeScreen *
lodge_head_window_get_head (LodgeHeadWindow *self)
{
  g_return_val_if_fail (LODGE_IS_HEAD_WINDOW (self), NULL);

  return self->head;
}

LodgeDisplay *
lodge_head_window_get_display (LodgeHeadWindow *self)
{
  g_return_val_if_fail (LODGE_IS_HEAD_WINDOW (self), NULL);

  return self->display;
}
