/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-review-page"

#include "config.h"

#include "lodge-review-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-ui.h"
#include "model/lodge-domain.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"
#include "xml/lodge-xml-diff.h"

struct _LodgeReviewPage
{
  AdwNavigationPage  parent_instance;

  /* template children */
  GtkWidget         *create_button;
  GtkWidget         *failure_group;
  AdwActionRow      *failure_row;
  AdwEntryRow       *name_row;
  AdwActionRow      *name_error_row;
  AdwActionRow      *os_line;
  AdwActionRow      *resources_line;
  AdwActionRow      *storage_line;
  AdwActionRow      *network_line;
  AdwActionRow      *firmware_line;
  AdwActionRow      *display_line;
  GtkWidget         *warning_group;
  AdwActionRow      *warning_row;
  AdwActionRow      *xml_row;
  AdwActionRow      *customize_row;
  AdwSwitchRow      *start_row;

  LodgeCreateDraft  *draft;         /* owned */
  LodgeGuestPlan    *plan;          /* owned, nullable */
  GListModel        *volumes;       /* owned, nullable: names that are taken */
  GCancellable      *cancellable;   /* owned */
  GError            *error;         /* owned, nullable */
  guint              generation;    /* of the plan: answers to older questions are dropped */
  gboolean           filling;
  gboolean           planning;      /* the host is asked what it can */
  gboolean           create_wanted; /* when that is known */
  gboolean           custom_lost;   /* what was customized did not go together with a later plan */
};

enum
{
  EDIT,
  CREATE,
  SHOW_XML,
  CUSTOMIZE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeReviewPage, lodge_review_page, ADW_TYPE_NAVIGATION_PAGE)

static void make_plan (LodgeReviewPage *self);
static void create_cb (LodgeReviewPage *self);

/* The lines */

static void
show_system (LodgeReviewPage *self)
{
  LodgeCreateDraft *draft = self->draft;
  const char *os = lodge_create_draft_get_os_name (draft);
  g_autofree char *base = draft->path != NULL && *draft->path != '\0' ? g_path_get_basename (draft->path) : NULL;
  g_autofree char *file = base != NULL ? lodge_display_text (base, 120) : NULL;
  g_autofree char *text = NULL;

  if (draft->source == LODGE_SOURCE_NETWORK)
    text = g_strdup_printf (_("%s, from the network"), os);
  else if (file != NULL)
    text = g_strdup_printf (_("%s, from %s"), os, file);
  else
    text = g_strdup (os);
  adw_action_row_set_subtitle (self->os_line, text);
}

static void
show_resources (LodgeReviewPage *self)
{
  g_autofree char *memory = lodge_format_size (self->draft->memory);
  g_autofree char *text =
    g_strdup_printf (g_dngettext (NULL, "%u processor, %s", "%u processors, %s", self->draft->cpus), self->draft->cpus,
                     memory);

  adw_action_row_set_subtitle (self->resources_line, text);
}

static void
show_storage (LodgeReviewPage *self)
{
  LodgeCreateDraft *draft = self->draft;
  g_autofree char *size = lodge_format_size (draft->size);
  g_autofree char *volume = draft->volume != NULL ? lodge_display_text (draft->volume, 100) : NULL;
  g_autofree char *text = NULL;

  if (draft->source == LODGE_SOURCE_CONTAINER)
    text = lodge_display_text (draft->path, 200);
  else if (draft->source == LODGE_SOURCE_DISK)
    text = g_strdup_printf (_("%s, as it is"), draft->path);
  else if (lodge_create_draft_makes_volume (draft))
    text = g_strdup_printf (_("New image %s, %s, in pool “%s”"), volume, size, draft->pool);
  else if (draft->storage == LODGE_STORAGE_EXISTING)
    text = g_strdup_printf (_("%s, as it is"), draft->disk_path);
  else
    text = g_strdup (_("None"));
  adw_action_row_set_subtitle (self->storage_line, text);
}

static void
show_firmware (LodgeReviewPage *self)
{
  const gboolean tpm = self->plan != NULL && lodge_guest_plan_get_tpm (self->plan);
  const char *firmware;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->firmware_line), self->draft->source != LODGE_SOURCE_CONTAINER);
  gtk_widget_set_visible (GTK_WIDGET (self->display_line), self->draft->source != LODGE_SOURCE_CONTAINER);
  if (self->plan == NULL)
    {
      adw_action_row_set_subtitle (self->firmware_line, "…");
      adw_action_row_set_subtitle (self->display_line, "…");
      return;
    }
  firmware = lodge_guest_plan_get_secure_boot (self->plan) ? _("UEFI with Secure Boot")
             : lodge_guest_plan_get_efi (self->plan) ? _("UEFI") : _("BIOS");
  text = tpm ? g_strdup_printf (_("%s, TPM"), firmware) : g_strdup (firmware);
  adw_action_row_set_subtitle (self->firmware_line, text);
  adw_action_row_set_subtitle (self->display_line, lodge_guest_plan_get_display (self->plan));
}

static void
show_lines (LodgeReviewPage *self)
{
  AdwActionRow *lines[] = { self->os_line, self->resources_line, self->storage_line, self->network_line };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (lines[i]), "error");
  show_system (self);
  show_resources (self);
  show_storage (self);
  adw_action_row_set_subtitle (self->network_line, self->draft->network_label != NULL ? self->draft->network_label
                               : "");
  show_firmware (self);
}

/* What was customized is told by the line it belongs to: the plan's words would be wrong there */

static const struct { const char *path; gsize line; } customized_lines[] = {
  { "memory", G_STRUCT_OFFSET (LodgeReviewPage, resources_line) },
  { "currentMemory", G_STRUCT_OFFSET (LodgeReviewPage, resources_line) },
  { "vcpu", G_STRUCT_OFFSET (LodgeReviewPage, resources_line) },
  { "cpu", G_STRUCT_OFFSET (LodgeReviewPage, resources_line) },
  { "os", G_STRUCT_OFFSET (LodgeReviewPage, firmware_line) },
  { "devices/tpm", G_STRUCT_OFFSET (LodgeReviewPage, firmware_line) },
  { "devices/disk", G_STRUCT_OFFSET (LodgeReviewPage, storage_line) },
  { "devices/interface", G_STRUCT_OFFSET (LodgeReviewPage, network_line) },
  { "devices/graphics", G_STRUCT_OFFSET (LodgeReviewPage, display_line) },
  { "devices/video", G_STRUCT_OFFSET (LodgeReviewPage, display_line) },
};

static gboolean
is_below (const char *path,
          const char *parent)
{
  const gsize length = strlen (parent);

  return strncmp (path, parent, length) == 0 && strchr ("/[@", path[length]) != NULL;
}

static void
show_customization (LodgeReviewPage *self)
{
  const LodgeCreateDraft *draft = self->draft;
  g_autoptr(LodgeXmlDocument) planned = NULL;
  g_autoptr(LodgeXmlDocument) custom = NULL;
  g_autoptr(GPtrArray) changes = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->customize_row), self->plan != NULL);
  if (self->plan == NULL || draft->custom_xml == NULL)
    {
      adw_action_row_set_subtitle (self->customize_row,
                                   self->custom_lost
                                   ? _("What you had customized did not fit your later choices and was taken back")
                                   : _("Opens every device page; nothing is created yet"));
      return;
    }
  planned = lodge_xml_document_new (draft->planned_xml, -1, NULL);
  custom = lodge_xml_document_new (draft->custom_xml, -1, NULL);
  changes = planned != NULL && custom != NULL ? lodge_xml_diff_fields (planned, custom, LODGE_XML_DIFF_NONE)
                                              : g_ptr_array_new ();
  for (guint i = 0; i < changes->len; i++)
    {
      const LodgeXmlChange *change = g_ptr_array_index (changes, i);

      for (gsize j = 0; j < G_N_ELEMENTS (customized_lines); j++)
        {
          if (is_below (change->path, customized_lines[j].path))
            adw_action_row_set_subtitle (G_STRUCT_MEMBER (AdwActionRow *, self, customized_lines[j].line),
                                         _("Customized"));
        }
    }
  text = g_strdup_printf (g_dngettext (NULL, "%u value is not as planned", "%u values are not as planned",
                                       changes->len), changes->len);
  adw_action_row_set_subtitle (self->customize_row, text);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static void
show_plan (LodgeReviewPage *self,
           const GError    *error)
{
  const char * const *warnings = self->plan != NULL ? lodge_guest_plan_get_warnings (self->plan) : NULL;
  g_autofree char *xml = lodge_review_page_dup_xml (self);
  const guint n = xml != NULL ? count_lines (xml) : 0;
  g_autofree char *lines = g_strdup_printf (g_dngettext (NULL, "%u line", "%u lines", n), n);
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (self->create_button, self->plan != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->xml_row), self->plan != NULL);
  adw_action_row_set_subtitle (self->xml_row, self->plan != NULL ? lines : "");
  if (error != NULL)
    text = lodge_display_text (error->message, 500);
  else if (warnings != NULL && warnings[0] != NULL)
    text = g_strjoinv ("\n", (char **) warnings);
  gtk_widget_set_visible (self->warning_group, text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warning_row),
                                 error != NULL ? _("Cannot Be Created") : _("Please Note"));
  adw_action_row_set_subtitle (self->warning_row, text != NULL ? text : "");
  show_firmware (self);
  show_customization (self);
  self->planning = FALSE;
  if (self->create_wanted)
    {
      self->create_wanted = FALSE;
      create_cb (self);
    }
}

/* The name: of the machine, and after it of its volume */

static gboolean
is_volume_taken (LodgeReviewPage *self,
                 const char      *name)
{
  const guint n = self->volumes != NULL ? g_list_model_get_n_items (self->volumes) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeStorageVolume) volume = g_list_model_get_item (self->volumes, i);

      if (g_strcmp0 (lodge_storage_volume_get_pool_name (volume), self->draft->pool) == 0
          && g_strcmp0 (lodge_storage_volume_get_name (volume), name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An image of that name may be left from a machine before: it is never written over */
static void
name_volume (LodgeReviewPage *self)
{
  const char *suffix = self->draft->pool_formats ? ".qcow2" : "";
  g_autofree char *name = g_strdup_printf ("%s%s", self->draft->name, suffix);

  for (guint i = 2; i < 1000 && is_volume_taken (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u%s", self->draft->name, i, suffix);
    }
  g_set_str (&self->draft->volume, name);
}

static gboolean
check_name (LodgeReviewPage *self)
{
  const char *name = self->draft->name != NULL ? self->draft->name : "";
  g_autofree char *wrong = lodge_guest_plan_check_name (name);

  if (wrong == NULL && lodge_connection_find_domain (self->draft->connection, name) != NULL)
    wrong = g_strdup (_("A machine of this name is there already. Choose another name."));
  gtk_widget_set_visible (GTK_WIDGET (self->name_error_row), wrong != NULL);
  if (wrong == NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
      return TRUE;
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_error_row), wrong);
  gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  return FALSE;
}

static void
propose_name (LodgeReviewPage *self)
{
  GListModel *domains = lodge_connection_get_domains (self->draft->connection);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) taken = NULL;
  g_autoptr(LodgeOsTraits) traits = lodge_create_draft_dup_traits (self->draft);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      g_strv_builder_add (names, lodge_domain_get_name (domain));
    }
  taken = g_strv_builder_end (names);
  g_free (self->draft->name);
  self->draft->name = lodge_guest_plan_propose_name (traits->short_id, (const char * const *) taken);
}

static void
name_changed_cb (LodgeReviewPage *self)
{
  if (self->draft == NULL || self->filling)
    return;
  self->draft->name_edited = TRUE;
  g_free (self->draft->name);
  self->draft->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  make_plan (self);
}

/* The plan */

typedef struct
{
  LodgeReviewPage            *page;     /* owned */
  const LodgeGuestCapability *guest;    /* of the draft's capabilities */
  LodgeCapabilities          *capabilities;   /* owned: keeps @guest */
  guint                       generation;
} PlanRequest;

static void
plan_request_free (PlanRequest *request)
{
  g_object_unref (request->page);
  g_object_unref (request->capabilities);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanRequest, plan_request_free)

static void
domain_capabilities_cb (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(PlanRequest) request = user_data;
  LodgeReviewPage *self = request->page;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeDomainCapabilities) capabilities =
    lodge_connection_get_domain_capabilities_finish (LODGE_CONNECTION (object), result, &error);
  g_autoptr(LodgeGuestChoices) choices = NULL;
  g_autoptr(LodgeOsTraits) traits = NULL;

  if (request->generation != self->generation || self->draft == NULL)
    return;
  /* A driver that knows no such question (LXC, the test driver) is planned for without the answer */
  if (capabilities != NULL || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED))
    {
      g_clear_error (&error);
      choices = lodge_create_draft_dup_choices (self->draft);
      traits = lodge_create_draft_dup_traits (self->draft);
      self->plan = lodge_guest_plan_new (choices, traits, request->guest, capabilities, &error);
    }
  if (self->plan != NULL && !lodge_create_draft_replan (self->draft, lodge_guest_plan_get_xml (self->plan)))
    self->custom_lost = TRUE;
  show_plan (self, error);
}

static void
make_plan (LodgeReviewPage *self)
{
  const LodgeGuestCapability *guest = lodge_create_draft_get_guest (self->draft);
  g_autoptr(LodgeOsTraits) traits = NULL;
  g_autoptr(GError) error = NULL;
  PlanRequest *request;

  self->generation++;
  self->planning = FALSE;
  self->create_wanted = FALSE;
  g_clear_object (&self->plan);
  lodge_review_page_show_error (self, LODGE_CREATION_STEP_VOLUME, NULL);
  gtk_widget_set_sensitive (self->create_button, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->xml_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->customize_row), FALSE);
  if (!check_name (self))
    return;
  name_volume (self);
  show_lines (self);
  if (guest == NULL)
    {
      lodge_set_error (&error, LODGE_ERROR_NOT_SUPPORTED, _("This host can run no virtual machines."));
      show_plan (self, error);
      return;
    }
  traits = lodge_create_draft_dup_traits (self->draft);
  request = g_new0 (PlanRequest, 1);
  request->page = g_object_ref (self);
  request->capabilities = g_object_ref (self->draft->capabilities);
  request->guest = guest;
  request->generation = self->generation;
  self->planning = TRUE;
  lodge_connection_get_domain_capabilities_async (self->draft->connection, guest->emulator, guest->arch,
                                                  lodge_guest_plan_choose_machine (traits, guest), guest->virt_type,
                                                  self->cancellable, domain_capabilities_cb, request);
}

static void
volumes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeReviewPage) self = user_data;
  g_autoptr(GListModel) volumes = lodge_connection_list_volumes_finish (LODGE_CONNECTION (object), result, NULL);

  if (self->draft == NULL || self->draft->connection != LODGE_CONNECTION (object) || volumes == NULL)
    return;
  g_set_object (&self->volumes, volumes);
  if (self->draft->volume != NULL && is_volume_taken (self, self->draft->volume) && self->error == NULL)
    make_plan (self);
}

/* What went wrong */

static const struct { const char *words; gsize line; } concerns[] = {
  { "network", G_STRUCT_OFFSET (LodgeReviewPage, network_line) },
  { "bridge", G_STRUCT_OFFSET (LodgeReviewPage, network_line) },
  { "memory", G_STRUCT_OFFSET (LodgeReviewPage, resources_line) },
  { "vcpu", G_STRUCT_OFFSET (LodgeReviewPage, resources_line) },
  { "firmware", G_STRUCT_OFFSET (LodgeReviewPage, firmware_line) },
  { "TPM", G_STRUCT_OFFSET (LodgeReviewPage, firmware_line) },
  { "spice", G_STRUCT_OFFSET (LodgeReviewPage, display_line) },
  { "vnc", G_STRUCT_OFFSET (LodgeReviewPage, display_line) },
};

/* The line that libvirt's words speak of, nullable */
static AdwActionRow *
find_line (LodgeReviewPage   *self,
           LodgeCreationStep  step,
           const GError      *error)
{
  const char *text = lodge_error_get_libvirt_text (error);
  const LodgeCreateDraft *draft = self->draft;

  if (step == LODGE_CREATION_STEP_VOLUME)
    return self->storage_line;
  if (step == LODGE_CREATION_STEP_NETWORK)
    return self->network_line;
  if (text == NULL)
    return NULL;
  if (draft->path != NULL && *draft->path != '\0' && strstr (text, draft->path) != NULL)
    return draft->source == LODGE_SOURCE_DISC ? self->os_line : self->storage_line;
  if ((draft->disk_path != NULL && *draft->disk_path != '\0' && strstr (text, draft->disk_path) != NULL)
      || (draft->volume != NULL && strstr (text, draft->volume) != NULL))
    return self->storage_line;
  for (gsize i = 0; i < G_N_ELEMENTS (concerns); i++)
    {
      if (strstr (text, concerns[i].words) != NULL)
        return G_STRUCT_MEMBER (AdwActionRow *, self, concerns[i].line);
    }
  return NULL;
}

void
lodge_review_page_show_error (LodgeReviewPage   *self,
                              LodgeCreationStep  step,
                              const GError      *error)
{
  static const char * const titles[] = {
    [LODGE_CREATION_STEP_VOLUME] = N_("Could Not Create the Storage"),
    [LODGE_CREATION_STEP_NETWORK] = N_("Could Not Start the Network"),
    [LODGE_CREATION_STEP_DEFINE] = N_("Could Not Create the Machine"),
    [LODGE_CREATION_STEP_START] = N_("Could Not Start the New Machine"),
  };
  AdwActionRow *line;
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;
  const char *hint;

  g_return_if_fail (LODGE_IS_REVIEW_PAGE (self));

  g_clear_error (&self->error);
  gtk_widget_set_visible (self->failure_group, error != NULL);
  if (error == NULL)
    return;
  self->error = g_error_copy (error);
  message = lodge_display_text (error->message, 300);
  hint = lodge_error_get_hint (error);
  text = hint != NULL ? g_strdup_printf ("%s\n%s", message, hint)
                      : g_strdup_printf (_("%s\nWhat was made before is removed again."), message);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->failure_row), _(titles[step]));
  adw_action_row_set_subtitle (self->failure_row, text);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH);
  if (step == LODGE_CREATION_STEP_DEFINE
      && (g_error_matches (error, LODGE_ERROR, LODGE_ERROR_EXISTS)
          || strstr (message, "already exists with uuid") != NULL))
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_error_row), message);
      gtk_widget_set_visible (GTK_WIDGET (self->name_error_row), TRUE);
      gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
      return;
    }
  line = find_line (self, step, error);
  if (line != NULL)
    {
      adw_action_row_set_subtitle (line, message);
      gtk_widget_add_css_class (GTK_WIDGET (line), "error");
    }
}

static void
details_cb (LodgeReviewPage *self)
{
  if (self->error != NULL)
    lodge_error_present (GTK_WIDGET (self), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->failure_row)),
                         self->error);
}

/* Going back, and on */

static void
edit_system_cb (LodgeReviewPage *self)
{
  g_signal_emit (self, signals[EDIT], 0, "system");
}

static void
edit_resources_cb (LodgeReviewPage *self)
{
  g_signal_emit (self, signals[EDIT], 0, "resources");
}

static void
edit_storage_cb (LodgeReviewPage *self)
{
  const gboolean of_source = self->draft->source == LODGE_SOURCE_DISK || self->draft->source == LODGE_SOURCE_CONTAINER;

  g_signal_emit (self, signals[EDIT], 0, of_source ? "media" : "resources");
}

static void
xml_cb (LodgeReviewPage *self)
{
  g_autofree char *xml = lodge_review_page_dup_xml (self);

  if (xml != NULL)
    g_signal_emit (self, signals[SHOW_XML], 0, xml);
}

static void
customize_cb (LodgeReviewPage *self)
{
  if (self->plan != NULL)
    g_signal_emit (self, signals[CUSTOMIZE], 0);
}

static void
create_cb (LodgeReviewPage *self)
{
  if (gtk_widget_get_sensitive (self->create_button))
    g_signal_emit (self, signals[CREATE], 0);
}

static void
lodge_review_page_dispose (GObject *object)
{
  LodgeReviewPage *self = LODGE_REVIEW_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->plan);
  g_clear_object (&self->volumes);
  g_clear_error (&self->error);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_REVIEW_PAGE);

  G_OBJECT_CLASS (lodge_review_page_parent_class)->dispose (object);
}

static void
lodge_review_page_finalize (GObject *object)
{
  g_object_unref (LODGE_REVIEW_PAGE (object)->cancellable);

  G_OBJECT_CLASS (lodge_review_page_parent_class)->finalize (object);
}

static void
lodge_review_page_class_init (LodgeReviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_review_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_review_page_finalize;
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1,
                                G_TYPE_STRING);
  signals[CREATE] = g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[SHOW_XML] = g_signal_new ("show-xml", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CUSTOMIZE] = g_signal_new ("customize", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-review-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, create_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, failure_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, failure_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, name_error_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, os_line);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, resources_line);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, storage_line);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, network_line);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, firmware_line);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, display_line);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, warning_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, warning_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, xml_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, customize_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeReviewPage, start_row);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_system_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_resources_cb);
  gtk_widget_class_bind_template_callback (widget_class, edit_storage_cb);
  gtk_widget_class_bind_template_callback (widget_class, xml_cb);
  gtk_widget_class_bind_template_callback (widget_class, customize_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
}

static void
lodge_review_page_init (LodgeReviewPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lodge_review_page_set_draft (LodgeReviewPage  *self,
                             LodgeCreateDraft *draft)
{
  g_return_if_fail (LODGE_IS_REVIEW_PAGE (self));

  self->draft = g_object_ref (draft);
}

void
lodge_review_page_enter (LodgeReviewPage *self)
{
  g_return_if_fail (LODGE_IS_REVIEW_PAGE (self));

  if (!self->draft->name_edited)
    propose_name (self);
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), self->draft->name);
  self->filling = FALSE;
  make_plan (self);
  if (lodge_create_draft_makes_volume (self->draft))
    lodge_connection_list_volumes_async (self->draft->connection, self->cancellable, volumes_cb, g_object_ref (self));
}

void
lodge_review_page_create (LodgeReviewPage *self)
{
  g_return_if_fail (LODGE_IS_REVIEW_PAGE (self));

  self->create_wanted = self->plan == NULL && self->planning;
  create_cb (self);
}

char *
lodge_review_page_dup_xml (LodgeReviewPage *self)
{
  g_return_val_if_fail (LODGE_IS_REVIEW_PAGE (self), NULL);

  if (self->plan == NULL)
    return NULL;
  return g_strdup (self->draft->custom_xml != NULL ? self->draft->custom_xml : lodge_guest_plan_get_xml (self->plan));
}

/**
 * lodge_review_page_customize:
 * @self: a page with a plan
 * @xml: what the person has made of it
 * @volumes: (nullable) (element-type LodgeNewVolume): images for disks that were added
 *
 * A name that was changed there is the machine's name here too.
 */
void
lodge_review_page_customize (LodgeReviewPage *self,
                             const char      *xml,
                             GPtrArray       *volumes)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (xml, -1, NULL);
  g_autofree char *name = NULL;

  g_return_if_fail (LODGE_IS_REVIEW_PAGE (self));

  if (self->plan == NULL || document == NULL)
    return;
  lodge_create_draft_customize (self->draft, lodge_guest_plan_get_xml (self->plan), xml, volumes);
  self->custom_lost = FALSE;
  name = lodge_xml_document_get_value (document, lodge_xml_document_get_root (document), "name");
  if (name != NULL && g_strcmp0 (name, self->draft->name) != 0)
    {
      self->draft->name_edited = TRUE;
      g_set_str (&self->draft->name, name);
    }
}

gboolean
lodge_review_page_get_start (LodgeReviewPage *self)
{
  g_return_val_if_fail (LODGE_IS_REVIEW_PAGE (self), FALSE);

  return adw_switch_row_get_active (self->start_row);
}
