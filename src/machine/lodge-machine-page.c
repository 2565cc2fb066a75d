/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-machine-page"

#include "config.h"

#include "lodge-machine-page.h"

#include <glib/gi18n.h>

#include "lodge-activity-view.h"
#include "lodge-hardware-view.h"
#include "lodge-snapshots-view.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "util/lodge-format.h"
#include "widgets/lodge-domain-actions.h"

/* A guest that has not obeyed the power button by then may need force */
#define SHUT_DOWN_PATIENCE_S 30

struct _LodgeMachinePage
{
  GtkWidget           parent_instance;

  /* template children */
  GtkWidget          *bin;
  AdwToastOverlay    *toast_overlay;
  AdwViewStack       *views;
  LodgeConsoleView   *console;
  LodgeHardwareView  *hardware;  /* borrowed: it is among the views */

  LodgeDomain        *domain;    /* owned */
  LodgeDomainActions *actions;   /* owned */
  GListStore         *domains;   /* owned: just @domain */
  guint               shut_down_id;
};

enum
{
  RELEASE_FOCUS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeMachinePage, lodge_machine_page, GTK_TYPE_WIDGET)

static void
release_focus_cb (LodgeMachinePage *self)
{
  g_signal_emit (self, signals[RELEASE_FOCUS], 0);
}

static void
toast_cb (LodgeMachinePage *self,
          AdwToast         *toast)
{
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (toast));
}

static gboolean
shut_down_cb (gpointer user_data)
{
  LodgeMachinePage *self = user_data;
  g_autofree char *name = lodge_display_text (lodge_domain_get_name (self->domain), 60);
  g_autofree char *title = NULL;
  AdwToast *toast;

  self->shut_down_id = 0;
  if (lodge_domain_get_state (self->domain) != LODGE_DOMAIN_STATE_RUNNING)
    return G_SOURCE_REMOVE;
  title = g_strdup_printf (_("“%s” is still running"), name);
  toast = adw_toast_new (title);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _("_Force Off…"));
  adw_toast_set_action_name (toast, "machine.force-off");
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  return G_SOURCE_REMOVE;
}

static void
operation_cb (LodgeMachinePage *self)
{
  LodgeDomainOperation operation;

  if (!lodge_domain_get_operation_pending (self->domain, &operation) || operation != LODGE_DOMAIN_SHUT_DOWN)
    return;
  g_clear_handle_id (&self->shut_down_id, g_source_remove);
  self->shut_down_id = g_timeout_add_seconds (SHUT_DOWN_PATIENCE_S, shut_down_cb, self);
}

static void
lodge_machine_page_dispose (GObject *object)
{
  LodgeMachinePage *self = LODGE_MACHINE_PAGE (object);

  g_clear_handle_id (&self->shut_down_id, g_source_remove);
  if (self->console != NULL)
    lodge_console_view_close (self->console);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MACHINE_PAGE);
  self->console = NULL;
  self->hardware = NULL;
  g_clear_object (&self->actions);
  g_clear_object (&self->domains);
  g_clear_object (&self->domain);

  G_OBJECT_CLASS (lodge_machine_page_parent_class)->dispose (object);
}

static void
lodge_machine_page_class_init (LodgeMachinePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_machine_page_dispose;
  signals[RELEASE_FOCUS] = g_signal_new ("release-focus", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);

  g_type_ensure (LODGE_TYPE_CONSOLE_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-machine-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, views);
  gtk_widget_class_bind_template_child (widget_class, LodgeMachinePage, console);
  gtk_widget_class_bind_template_callback (widget_class, release_focus_cb);
  gtk_widget_class_bind_template_callback (widget_class, toast_cb);
}

static void
lodge_machine_page_init (LodgeMachinePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_hardware_view (LodgeMachinePage *self)
{
  GtkWidget *view = lodge_hardware_view_new (self->domain);
  AdwViewStackPage *page = adw_view_stack_add_titled_with_icon (self->views, view, "hardware", _("Hardware"),
                                                                "lodge-processor-symbolic");

  self->hardware = LODGE_HARDWARE_VIEW (view);
  g_object_bind_property (view, "n-waiting", page, "badge-number", G_BINDING_SYNC_CREATE);
}

/**
 * lodge_machine_page_new:
 * @domain: which machine
 * @settings: of the program
 */
GtkWidget *
lodge_machine_page_new (LodgeDomain *domain,
                        GSettings   *settings)
{
  LodgeMachinePage *self = g_object_new (LODGE_TYPE_MACHINE_PAGE, NULL);

  self->domain = g_object_ref (domain);
  self->domains = g_list_store_new (LODGE_TYPE_DOMAIN);
  g_list_store_append (self->domains, domain);
  self->actions = lodge_domain_actions_new (GTK_WIDGET (self), settings);
  lodge_domain_actions_set_domains (self->actions, G_LIST_MODEL (self->domains));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "machine", lodge_domain_actions_get_group (self->actions));
  g_signal_connect_object (domain, "notify::operation-pending", G_CALLBACK (operation_cb), self, G_CONNECT_SWAPPED);
  lodge_console_view_set_machine (self->console, domain, settings);
  add_hardware_view (self);
  adw_view_stack_add_titled_with_icon (self->views, lodge_snapshots_view_new (domain), "snapshots", _("Snapshots"),
                                       "lodge-snapshot-symbolic");
  adw_view_stack_add_titled_with_icon (self->views, lodge_activity_view_new (domain), "activity", _("Activity"),
                                       "lodge-activity-symbolic");
  return GTK_WIDGET (self);
}

LodgeDomain *
lodge_machine_page_get_domain (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return self->domain;
}

GActionGroup *
lodge_machine_page_get_machine_group (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return lodge_domain_actions_get_group (self->actions);
}

LodgeConsoleView *
lodge_machine_page_get_console (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return self->console;
}

AdwViewStack *
lodge_machine_page_get_views (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), NULL);

  return self->views;
}

void
lodge_machine_page_focus (LodgeMachinePage *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_PAGE (self));

  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "console") == 0)
    lodge_console_view_focus (self->console);
  else
    gtk_widget_child_focus (adw_view_stack_get_visible_child (self->views), GTK_DIR_TAB_FORWARD);
}

gboolean
lodge_machine_page_get_has_edits (LodgeMachinePage *self)
{
  g_return_val_if_fail (LODGE_IS_MACHINE_PAGE (self), FALSE);

  return self->hardware != NULL && lodge_hardware_view_get_has_edits (self->hardware);
}

void
lodge_machine_page_close (LodgeMachinePage *self)
{
  g_return_if_fail (LODGE_IS_MACHINE_PAGE (self));

  lodge_console_view_close (self->console);
}
