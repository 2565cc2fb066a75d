/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-create-dialog"

#include "config.h"

#include "lodge-create-dialog.h"

#include <glib/gi18n.h>

#include "lodge-create-draft.h"
#include "lodge-media-page.h"
#include "lodge-resources-page.h"
#include "lodge-review-page.h"
#include "lodge-source-page.h"
#include "lodge-system-page.h"
#include "lodge-ui.h"
#include "model/lodge-domain.h"
#include "util/lodge-format.h"
#include "widgets/lodge-dialog-size.h"
#include "widgets/lodge-error-dialog.h"

/* Of the wizard; a page that shows every device wants more */
#define WIDTH 620
#define HEIGHT 720
#define CUSTOMIZE_WIDTH 960

struct _LodgeCreateDialog
{
  AdwDialog            parent_instance;

  /* template children */
  AdwNavigationView   *view;
  LodgeSourcePage     *source_page;
  LodgeMediaPage      *media_page;
  LodgeSystemPage     *system_page;
  LodgeResourcesPage  *resources_page;
  LodgeReviewPage     *review_page;
  GtkTextBuffer       *xml_buffer;
  AdwNavigationPage   *customize_page;
  AdwBin              *editor_bin;
  GtkWidget           *create_custom_button;

  LodgeCreateDraft    *draft;    /* owned */
  LodgeJobList        *jobs;     /* owned */
  GtkWidget           *parent;   /* weak: where it comes back after a failure */
  LodgeDefinitionEditorFunc create_editor;
};

enum
{
  CREATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeCreateDialog, lodge_create_dialog, ADW_TYPE_DIALOG)

/* The steps */

static gboolean
needs_media (LodgeCreateDialog *self)
{
  return self->draft->source == LODGE_SOURCE_DISC || self->draft->source == LODGE_SOURCE_DISK
         || self->draft->source == LODGE_SOURCE_CONTAINER;
}

/* Pages are filled when they are entered, whether from before or after */
static void
enter (LodgeCreateDialog *self,
       const char        *tag)
{
  if (g_str_equal (tag, "media"))
    lodge_media_page_enter (self->media_page);
  else if (g_str_equal (tag, "system"))
    lodge_system_page_enter (self->system_page);
  else if (g_str_equal (tag, "resources"))
    lodge_resources_page_enter (self->resources_page);
  else if (g_str_equal (tag, "review"))
    lodge_review_page_enter (self->review_page);
}

static void
go_to (LodgeCreateDialog *self,
       const char        *tag)
{
  enter (self, tag);
  adw_navigation_view_push_by_tag (self->view, tag);
}

static void
source_next_cb (LodgeCreateDialog *self)
{
  go_to (self, needs_media (self) ? "media" : "system");
}

/* What a container runs is in its folder */
static void
media_next_cb (LodgeCreateDialog *self)
{
  go_to (self, self->draft->source == LODGE_SOURCE_CONTAINER ? "resources" : "system");
}

static void
system_next_cb (LodgeCreateDialog *self)
{
  go_to (self, "resources");
}

static void
resources_next_cb (LodgeCreateDialog *self)
{
  go_to (self, "review");
}

/* Takes what the person has customized, FALSE: it is not right yet, and was told */
static gboolean
take_customization (LodgeCreateDialog *self)
{
  LodgeDefinitionEditor *editor = LODGE_DEFINITION_EDITOR (adw_bin_get_child (self->editor_bin));
  g_autoptr(GError) error = NULL;
  g_autofree char *xml = lodge_definition_editor_dup_text (editor, &error);

  if (xml == NULL)
    {
      lodge_error_present (GTK_WIDGET (self), _("Not Everything Is Right Yet"), error);
      return FALSE;
    }
  lodge_review_page_customize (self->review_page, xml, lodge_definition_editor_get_volumes (editor));
  return TRUE;
}

static void
popped_cb (LodgeCreateDialog *self,
           AdwNavigationPage *page)
{
  if (page == self->customize_page)
    {
      lodge_dialog_set_size (ADW_DIALOG (self), WIDTH, HEIGHT);
      take_customization (self);
    }
  enter (self, adw_navigation_view_get_visible_page_tag (self->view));
}

static void
change_media_cb (LodgeCreateDialog *self)
{
  adw_navigation_view_pop_to_tag (self->view, "media");
  lodge_media_page_enter (self->media_page);
}

/* A page that was skipped cannot be gone back to: then it is gone on to */
static void
edit_cb (LodgeCreateDialog *self,
         const char        *tag)
{
  if (!adw_navigation_view_pop_to_tag (self->view, tag))
    go_to (self, tag);
}

static void
show_xml_cb (LodgeCreateDialog *self,
             const char        *xml)
{
  gtk_text_buffer_set_text (self->xml_buffer, xml, -1);
  adw_navigation_view_push_by_tag (self->view, "xml");
}

/* The same pages as of a machine that is there, on the plan */
static void
customize_cb (LodgeCreateDialog *self)
{
  g_autofree char *xml = lodge_review_page_dup_xml (self->review_page);
  g_autoptr(GError) error = NULL;
  GtkWidget *editor = self->create_editor (xml, self->draft->connection, &error);

  if (editor == NULL)
    {
      lodge_error_present (GTK_WIDGET (self), _("Cannot Be Customized"), error);
      return;
    }
  adw_bin_set_child (self->editor_bin, editor);
  lodge_dialog_set_size (ADW_DIALOG (self), CUSTOMIZE_WIDTH, HEIGHT);
  adw_navigation_view_push (self->view, self->customize_page);
}

/* Creating. The dialog goes, and comes back with the error when it fails. */

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeCreateDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  LodgeCreationStep step;
  g_autoptr(LodgeDomain) domain =
    lodge_machine_creation_run_finish (LODGE_CONNECTION (object), result, &step, &error);

  if (domain != NULL)
    {
      g_signal_emit (self, signals[CREATED], 0, domain);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->parent == NULL)
    return;
  lodge_review_page_show_error (self->review_page, step, error);
  adw_dialog_present (ADW_DIALOG (self), self->parent);
}

static void
create_cb (LodgeCreateDialog *self)
{
  g_autofree char *xml = lodge_review_page_dup_xml (self->review_page);
  g_autoptr(GPtrArray) volumes = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name = lodge_display_text (self->draft->name, 80);
  g_autofree char *title = g_strdup_printf (_("Create “%s”"), name);
  g_autoptr(LodgeJob) job = NULL;

  if (xml == NULL)
    return;
  volumes = lodge_create_draft_dup_volumes (self->draft, xml);
  job = lodge_job_new (title, cancellable);
  lodge_job_list_add (self->jobs, job);
  g_set_weak_pointer (&self->parent, GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  lodge_machine_creation_run_async (self->draft->connection, xml, volumes,
                                    lodge_review_page_get_start (self->review_page), job, created_cb,
                                    g_object_ref (self));
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* Back in Review the plan is made anew when the name was changed: it is created from there, and a failure finds
 * its line */
static void
create_custom_cb (LodgeCreateDialog *self)
{
  if (!take_customization (self))
    return;
  adw_navigation_view_pop_to_page (self->view, ADW_NAVIGATION_PAGE (self->review_page));
  lodge_review_page_create (self->review_page);
}

static void
lodge_create_dialog_dispose (GObject *object)
{
  LodgeCreateDialog *self = LODGE_CREATE_DIALOG (object);

  g_clear_weak_pointer (&self->parent);
  g_clear_object (&self->draft);
  g_clear_object (&self->jobs);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_CREATE_DIALOG);

  G_OBJECT_CLASS (lodge_create_dialog_parent_class)->dispose (object);
}

static void
lodge_create_dialog_class_init (LodgeCreateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_create_dialog_dispose;
  signals[CREATED] = g_signal_new ("created", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, LODGE_TYPE_DOMAIN);

  g_type_ensure (LODGE_TYPE_SOURCE_PAGE);
  g_type_ensure (LODGE_TYPE_MEDIA_PAGE);
  g_type_ensure (LODGE_TYPE_SYSTEM_PAGE);
  g_type_ensure (LODGE_TYPE_RESOURCES_PAGE);
  g_type_ensure (LODGE_TYPE_REVIEW_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-create-dialog.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, view);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, source_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, media_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, system_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, resources_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, review_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, xml_buffer);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, customize_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, editor_bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeCreateDialog, create_custom_button);
  gtk_widget_class_bind_template_callback (widget_class, source_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, media_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, system_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, resources_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, popped_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_media_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_xml_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, customize_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_custom_cb);
}

static void
lodge_create_dialog_init (LodgeCreateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), WIDTH, HEIGHT);
}

LodgeCreateDialog *
lodge_create_dialog_new (LodgeConnectionList *connections,
                         LodgeConnection     *connection,
                         LodgeJobList        *jobs,
                         LodgeOsDatabase     *database,
                         GSettings           *settings,
                         LodgeDefinitionEditorFunc create_editor)
{
  LodgeCreateDialog *self = g_object_new (LODGE_TYPE_CREATE_DIALOG, NULL);

  self->jobs = g_object_ref (jobs);
  self->create_editor = create_editor;
  self->draft = lodge_create_draft_new (settings);
  lodge_media_page_set_draft (self->media_page, self->draft, database);
  lodge_system_page_set_draft (self->system_page, self->draft, database);
  lodge_resources_page_set_draft (self->resources_page, self->draft);
  lodge_review_page_set_draft (self->review_page, self->draft);
  lodge_source_page_set_draft (self->source_page, self->draft, connections, connection);
  return self;
}
