/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-welcome-page"

#include "config.h"

#include "lodge-welcome-page.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-local-hosts.h"
#include "model/lodge-uri.h"
#include "model/lodge-virt-manager.h"

#define LOOK_ROUND_URI "test:///default"

struct _LodgeWelcomePage
{
  AdwBin         parent_instance;

  /* template children */
  AdwStatusPage *page;
  GtkWidget     *use_button;
  GtkButton     *import_button;
  GtkWidget     *found_group;
  GtkListBox    *found_list;

  GCancellable  *cancellable;   /* owned */
};

G_DEFINE_FINAL_TYPE (LodgeWelcomePage, lodge_welcome_page, ADW_TYPE_BIN)

static void
add_row (LodgeWelcomePage *self,
         const char       *uri,
         const char       *title,
         const char       *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle", subtitle,
                                 "activatable", TRUE, NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.use-connection");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_append (self->found_list, row);
}

static void
show_hosts (LodgeWelcomePage *self,
            GArray           *hosts)
{
  const LodgeLocalHost *best = hosts->len > 0 ? &g_array_index (hosts, LodgeLocalHost, 0) : NULL;

  if (best != NULL && best->usable)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->use_button), "s", best->uri);
  else
    {
      gtk_widget_set_visible (self->use_button, FALSE);
      adw_status_page_set_description (self->page,
                                       _("Connect to a server that has virtual machines. To run some on this computer, "
                                         "install QEMU and libvirt first."));
    }

  /* What the button takes needs no row */
  for (guint i = 0; i < hosts->len; i++)
    {
      const LodgeLocalHost *host = &g_array_index (hosts, LodgeLocalHost, i);
      g_autoptr(LodgeUri) parsed = lodge_uri_parse (host->uri, NULL);
      g_autofree char *caption = parsed != NULL ? lodge_uri_dup_caption (parsed) : g_strdup (host->uri);

      if (i > 0 || !host->usable)
        add_row (self, host->uri, caption,
                 host->usable ? host->uri : _("Needs permission: asks for a password, or add yourself to its group"));
    }
  add_row (self, LOOK_ROUND_URI, _("Look Round First"), _("A pretended host: nothing is real, nothing can break"));
  gtk_widget_set_visible (self->found_group, TRUE);
}

static void
found_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) hosts = lodge_local_hosts_find_finish (result, &error);

  /* Cancelled: the page is gone */
  if (hosts != NULL)
    show_hosts (user_data, hosts);
}

/* Who comes from virt-manager need not type anything */
static void
saved_read_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  LodgeWelcomePage *self = user_data;
  g_autoptr(GPtrArray) saved = lodge_virt_manager_read_finish (result, NULL);
  g_autofree char *label = NULL;

  /* Cancelled: the page is gone */
  if (saved == NULL || saved->len == 0)
    return;
  label = g_strdup_printf (g_dngettext (NULL, "_Import %u Connection…", "_Import %u Connections…", saved->len),
                           saved->len);
  gtk_button_set_label (self->import_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->import_button), TRUE);
}

static void
lodge_welcome_page_dispose (GObject *object)
{
  LodgeWelcomePage *self = LODGE_WELCOME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  /* Out first: the template would take it from under the bin */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (lodge_welcome_page_parent_class)->dispose (object);
}

static void
lodge_welcome_page_finalize (GObject *object)
{
  g_clear_object (&LODGE_WELCOME_PAGE (object)->cancellable);

  G_OBJECT_CLASS (lodge_welcome_page_parent_class)->finalize (object);
}

static void
lodge_welcome_page_class_init (LodgeWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_welcome_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("window/lodge-welcome-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeWelcomePage, page);
  gtk_widget_class_bind_template_child (widget_class, LodgeWelcomePage, use_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeWelcomePage, import_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeWelcomePage, found_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeWelcomePage, found_list);
}

static void
lodge_welcome_page_init (LodgeWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  lodge_local_hosts_find_async (self->cancellable, found_cb, self);
  lodge_virt_manager_read_async (self->cancellable, saved_read_cb, self);
}

GtkWidget *
lodge_welcome_page_new (void)
{
  return g_object_new (LODGE_TYPE_WELCOME_PAGE, NULL);
}
