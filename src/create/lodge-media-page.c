/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-media-page"

#include "config.h"

#include "lodge-media-page.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-host-facts.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

/* While somebody types nothing is asked */
#define TYPING_MS 250
/* More would be no choice: the search finds the others */
#define MAX_SHOWN 20

struct _LodgeMediaPage
{
  AdwNavigationPage  parent_instance;

  /* template children */
  AdwWindowTitle    *title;
  GtkWidget         *next;
  AdwEntryRow       *path_row;
  GtkWidget         *browse_button;
  AdwActionRow      *info_row;
  GtkImage          *info_icon;
  GtkWidget         *drives_group;
  GtkListBox        *drives_list;
  GtkWidget         *volumes_group;
  GtkSearchEntry    *search;
  GtkListBox        *volumes_list;
  GtkLabel          *more_label;

  LodgeCreateDraft  *draft;         /* owned */
  LodgeOsDatabase   *database;      /* owned */
  GCancellable      *cancellable;   /* owned, nullable: of the lists */
  GCancellable      *looking;       /* owned, nullable: at the path */
  GListModel        *volumes;       /* owned, nullable */
  guint              typing_id;
};

enum
{
  NEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeMediaPage, lodge_media_page, ADW_TYPE_NAVIGATION_PAGE)

static const struct
{
  LodgeGuestSource  source;
  const char       *title;
  const char       *path;
  const char       *chooser;
} texts[] = {
  { LODGE_SOURCE_DISC, N_("Disc Image or Drive"), N_("Path of the ISO file"), N_("Choose a Disc Image") },
  { LODGE_SOURCE_DISK, N_("Disk Image"), N_("Path of the disk image"), N_("Choose a Disk Image") },
  { LODGE_SOURCE_CONTAINER, N_("Linux Container"), N_("Folder on the host with the system"), N_("Choose a Folder") },
};

static guint
find_texts (LodgeGuestSource source)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i].source == source)
        return i;
    }
  return 0;
}

typedef enum
{
  VERDICT_NONE,
  VERDICT_WORKING,
  VERDICT_GOOD,
  VERDICT_WARNING,
  VERDICT_BAD,
} Verdict;

static const struct { const char *icon_name, *css_class; } verdicts[] = {
  [VERDICT_NONE] = { NULL, NULL },
  [VERDICT_WORKING] = { "content-loading-symbolic", NULL },
  [VERDICT_GOOD] = { "object-select-symbolic", "success" },
  [VERDICT_WARNING] = { "dialog-warning-symbolic", "warning" },
  [VERDICT_BAD] = { "dialog-error-symbolic", "error" },
};

static void
show_verdict (LodgeMediaPage *self,
              Verdict         verdict,
              const char     *title,
              const char     *subtitle)
{
  gtk_widget_set_visible (GTK_WIDGET (self->info_row), verdict != VERDICT_NONE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->info_row), title != NULL ? title : "");
  adw_action_row_set_subtitle (self->info_row, subtitle != NULL ? subtitle : "");
  gtk_image_set_from_icon_name (self->info_icon, verdicts[verdict].icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->info_icon),
                              (const char *[]) { verdicts[verdict].css_class, NULL });
  if (verdict == VERDICT_BAD)
    gtk_widget_add_css_class (GTK_WIDGET (self->path_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->path_row), "error");
  gtk_widget_set_sensitive (self->next, verdict == VERDICT_GOOD || verdict == VERDICT_WARNING);
  if (verdict == VERDICT_BAD)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), subtitle, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_error (LodgeMediaPage *self,
            const GError   *error)
{
  g_autofree char *message = lodge_display_text (error->message, 300);

  show_verdict (self, VERDICT_BAD, _("Cannot Be Used"), message);
}

/* Looking at the path */

static void
take_system (LodgeMediaPage *self,
             LodgeOs        *os)
{
  if (self->draft->os_chosen && os == NULL)
    return;
  if (g_set_object (&self->draft->os, os))
    self->draft->resources_set = FALSE;
  self->draft->os_detected = os != NULL;
  self->draft->os_chosen = FALSE;
}

static void
identified_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LodgeMediaPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeOs) os = lodge_os_database_identify_finish (LODGE_OS_DATABASE (object), result, &error);
  g_autofree char *size = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->looking == NULL)
    return;
  if (g_error_matches (error, LODGE_ERROR, LODGE_ERROR_PERMISSION))
    {
      show_verdict (self, VERDICT_WARNING, _("Cannot Be Looked At"),
                    _("You may not read this file. The hypervisor may: choose the system on the next page."));
      take_system (self, NULL);
      return;
    }
  if (error != NULL)
    {
      show_error (self, error);
      return;
    }
  take_system (self, os);
  size = self->draft->path_size > 0 ? lodge_format_size (self->draft->path_size) : g_strdup ("");
  if (os == NULL)
    show_verdict (self, VERDICT_GOOD, _("Unknown System"), _("Choose the system on the next page."));
  else
    show_verdict (self, VERDICT_GOOD, lodge_os_get_name (os), size);
}

/* A disc is looked into when it is on this computer */
static void
identify (LodgeMediaPage *self)
{
  if (self->draft->source == LODGE_SOURCE_DISC && lodge_create_draft_is_local (self->draft))
    lodge_os_database_identify_async (self->database, self->draft->path, self->looking, identified_cb,
                                      g_object_ref (self));
  else
    show_verdict (self, VERDICT_GOOD, _("On the Host"), _("Choose the system on the next page."));
}

static void
show_disk (LodgeMediaPage      *self,
           const LodgePathInfo *info)
{
  g_autofree char *size = lodge_format_size (info->capacity);
  g_autofree char *users = info->users != NULL
                           ? g_strdup_printf (_("Used by %s. Two machines that write to one image destroy what is on it."),
                                              info->users) : NULL;
  g_autofree char *text = NULL;

  if (users != NULL)
    {
      show_verdict (self, VERDICT_BAD, _("In Use"), users);
      return;
    }
  if (info->obstacle != NULL)
    {
      show_verdict (self, VERDICT_WARNING, _("May Not Be Readable"), info->obstacle);
      return;
    }
  if (!info->known)
    {
      show_verdict (self, VERDICT_WARNING, _("Cannot Be Looked At"),
                    _("It is in no storage pool of the host, so nothing is known of it."));
      return;
    }
  text = info->pool != NULL ? g_strdup_printf (_("%s in pool “%s”"), size, info->pool) : g_strdup (size);
  show_verdict (self, VERDICT_GOOD, info->format != NULL ? info->format : "raw", text);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeMediaPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgePathInfo) info = lodge_connection_lookup_path_finish (LODGE_CONNECTION (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->looking == NULL)
    return;
  if (info == NULL)
    {
      show_error (self, error);
      return;
    }
  self->draft->path_size = info->capacity;
  g_set_str (&self->draft->path_format, info->format);
  if (self->draft->source != LODGE_SOURCE_DISC)
    show_disk (self, info);
  else if (info->obstacle != NULL)
    show_verdict (self, VERDICT_WARNING, _("May Not Be Readable"), info->obstacle);
  if (self->draft->source == LODGE_SOURCE_DISC)
    identify (self);
}

static gboolean
look_cb (gpointer user_data)
{
  LodgeMediaPage *self = user_data;

  self->typing_id = 0;
  self->looking = g_cancellable_new ();
  show_verdict (self, VERDICT_WORKING, _("Looking at It…"), NULL);
  if (self->draft->source == LODGE_SOURCE_CONTAINER)
    show_verdict (self, VERDICT_GOOD, _("Folder"), _("It becomes the root of the container."));
  else
    lodge_connection_lookup_path_async (self->draft->connection, self->draft->path, self->looking, looked_cb,
                                        g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
path_changed_cb (LodgeMediaPage *self)
{
  g_autofree char *path = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->path_row)));

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  show_verdict (self, VERDICT_NONE, NULL, NULL);
  if (self->draft == NULL)
    return;

  /* A name may end in a blank, but nobody types one in front */
  g_strchug (path);
  g_set_str (&self->draft->path, path);
  if (*path == '\0')
    return;
  if (*path != '/')
    show_verdict (self, VERDICT_BAD, _("Not a Path"), _("Enter the whole path, beginning with “/”."));
  else
    self->typing_id = g_timeout_add (TYPING_MS, look_cb, self);
}

static void
next_cb (LodgeMediaPage *self)
{
  if (gtk_widget_get_sensitive (self->next))
    g_signal_emit (self, signals[NEXT], 0);
}

/* The file chooser, for the files of this computer */

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeMediaPage) self = user_data;
  g_autoptr(GFile) file = NULL;
  const char *path;

  if (self->draft == NULL)
    return;
  file = self->draft->source == LODGE_SOURCE_CONTAINER
         ? gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (object), result, NULL)
         : gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);
  path = file != NULL ? g_file_peek_path (file) : NULL;
  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->path_row), path);
}

static void
add_filter (GListStore         *filters,
            const char         *name,
            const char * const *suffixes)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes != NULL && suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  if (suffixes == NULL)
    gtk_file_filter_add_pattern (filter, "*");
  g_list_store_append (filters, filter);
}

static void
browse_cb (LodgeMediaPage *self)
{
  static const char * const discs[] = { "iso", "img", NULL };
  static const char * const disks[] = { "qcow2", "img", "raw", "vmdk", "vdi", "vhd", "vhdx", "qed", NULL };
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr(GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  const gboolean disc = self->draft->source == LODGE_SOURCE_DISC;

  gtk_file_dialog_set_title (dialog, _(texts[find_texts (self->draft->source)].chooser));
  if (self->draft->source == LODGE_SOURCE_CONTAINER)
    {
      gtk_file_dialog_select_folder (dialog, window, self->cancellable, chosen_cb, g_object_ref (self));
      return;
    }
  add_filter (filters, disc ? _("Disc Images") : _("Disk Images"), disc ? discs : disks);
  add_filter (filters, _("All Files"), NULL);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, window, self->cancellable, chosen_cb, g_object_ref (self));
}

/* What the host has */

static GtkWidget *
create_row (const char *title,
            const char *subtitle,
            const char *path)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "lodge-path", g_strdup (path), g_free);
  return row;
}

static void
row_activated (LodgeMediaPage *self,
               GtkListBoxRow  *row)
{
  gtk_editable_set_text (GTK_EDITABLE (self->path_row), g_object_get_data (G_OBJECT (row), "lodge-path"));
}

static void
volume_activated_cb (LodgeMediaPage *self,
                     GtkListBoxRow  *row)
{
  row_activated (self, row);
}

static void
drive_activated_cb (LodgeMediaPage *self,
                    GtkListBoxRow  *row)
{
  row_activated (self, row);
}

static gboolean
fits (LodgeMediaPage     *self,
      LodgeStorageVolume *volume,
      const char         *needle)
{
  const char *name = lodge_storage_volume_get_name (volume);
  const char *format = lodge_storage_volume_get_format (volume);
  g_autofree char *folded = g_utf8_casefold (name, -1);
  const gboolean iso = g_strcmp0 (format, "iso") == 0 || g_str_has_suffix (folded, ".iso");

  return lodge_storage_volume_get_path (volume) != NULL
         && iso == (self->draft->source == LODGE_SOURCE_DISC)
         && strstr (folded, needle) != NULL;
}

static void
fill_volumes (LodgeMediaPage *self)
{
  const guint n = self->volumes != NULL ? g_list_model_get_n_items (self->volumes) : 0;
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *more = NULL;
  guint n_fitting = 0;

  gtk_list_box_remove_all (self->volumes_list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeStorageVolume) volume = g_list_model_get_item (self->volumes, i);
      g_autofree char *title = NULL;
      g_autofree char *size = NULL;
      g_autofree char *pool = NULL;
      g_autofree char *subtitle = NULL;

      if (!fits (self, volume, needle) || n_fitting++ >= MAX_SHOWN)
        continue;
      title = lodge_display_text (lodge_storage_volume_get_name (volume), 120);
      size = lodge_format_size (lodge_storage_volume_get_capacity (volume));
      pool = lodge_display_text (lodge_storage_volume_get_pool_name (volume), 60);
      subtitle = g_strdup_printf (_("%s in pool “%s”"), size, pool);
      gtk_list_box_append (self->volumes_list, create_row (title, subtitle, lodge_storage_volume_get_path (volume)));
    }
  gtk_widget_set_visible (self->volumes_group, n_fitting > 0 || *needle != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->search), n_fitting > MAX_SHOWN || *needle != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->volumes_list), n_fitting > 0);
  if (n_fitting == 0)
    more = g_strdup (_("No volume is called so"));
  else if (n_fitting > MAX_SHOWN)
    more = g_strdup_printf (g_dngettext (NULL, "%u more: search for it", "%u more: search for them",
                                         n_fitting - MAX_SHOWN),
                            n_fitting - MAX_SHOWN);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), more != NULL);
  gtk_label_set_text (self->more_label, more != NULL ? more : "");
}

static void
search_cb (LodgeMediaPage *self)
{
  fill_volumes (self);
}

static void
volumes_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeMediaPage) self = user_data;
  g_autoptr(GListModel) volumes = lodge_connection_list_volumes_finish (LODGE_CONNECTION (object), result, NULL);

  if (self->draft == NULL || self->draft->connection != LODGE_CONNECTION (object))
    return;
  g_set_object (&self->volumes, volumes);
  fill_volumes (self);
}

static void
facts_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeMediaPage) self = user_data;
  g_autoptr(LodgeHostFacts) facts = lodge_connection_read_facts_finish (LODGE_CONNECTION (object), result, NULL);

  if (facts == NULL || self->draft == NULL || self->draft->connection != LODGE_CONNECTION (object))
    return;
  gtk_list_box_remove_all (self->drives_list);
  for (guint i = 0; facts->drives[i] != NULL; i++)
    gtk_list_box_append (self->drives_list, create_row (facts->drives[i], _("Disc drive"), facts->drives[i]));
  gtk_widget_set_visible (self->drives_group, facts->drives[0] != NULL && self->draft->source == LODGE_SOURCE_DISC);
}

static void
lodge_media_page_dispose (GObject *object)
{
  LodgeMediaPage *self = LODGE_MEDIA_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->draft);
  g_clear_object (&self->database);
  g_clear_object (&self->volumes);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_MEDIA_PAGE);

  G_OBJECT_CLASS (lodge_media_page_parent_class)->dispose (object);
}

static void
lodge_media_page_class_init (LodgeMediaPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_media_page_dispose;
  signals[NEXT] = g_signal_new ("next", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-media-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, title);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, next);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, path_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, browse_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, info_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, info_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, drives_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, drives_list);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, volumes_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, search);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, volumes_list);
  gtk_widget_class_bind_template_child (widget_class, LodgeMediaPage, more_label);
  gtk_widget_class_bind_template_callback (widget_class, path_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, browse_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, volume_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, drive_activated_cb);
}

static void
lodge_media_page_init (LodgeMediaPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lodge_media_page_set_draft (LodgeMediaPage   *self,
                            LodgeCreateDraft *draft,
                            LodgeOsDatabase  *database)
{
  g_return_if_fail (LODGE_IS_MEDIA_PAGE (self));

  self->draft = g_object_ref (draft);
  self->database = g_object_ref (database);
}

void
lodge_media_page_enter (LodgeMediaPage *self)
{
  const guint index = find_texts (self->draft->source);

  g_return_if_fail (LODGE_IS_MEDIA_PAGE (self));

  adw_window_title_set_title (self->title, _(texts[index].title));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _(texts[index].title));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->path_row), _(texts[index].path));
  gtk_widget_set_visible (self->browse_button, lodge_create_draft_is_local (self->draft));
  gtk_editable_set_text (GTK_EDITABLE (self->path_row), self->draft->path != NULL ? self->draft->path : "");
  path_changed_cb (self);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (self->drives_group, FALSE);
  gtk_widget_set_visible (self->volumes_group, FALSE);
  if (self->draft->source == LODGE_SOURCE_CONTAINER)
    return;
  lodge_connection_list_volumes_async (self->draft->connection, self->cancellable, volumes_cb, g_object_ref (self));
  lodge_connection_read_facts_async (self->draft->connection, self->cancellable, facts_cb, g_object_ref (self));
}
