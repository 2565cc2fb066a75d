/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-add-hardware-dialog"

#include "config.h"

#include "lodge-add-hardware-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-add-hardware-kinds.h"
#include "lodge-add-storage.h"
#include "lodge-device-key.h"
#include "lodge-device-page.h"
#include "lodge-edit-list.h"
#include "lodge-hardware-items.h"
#include "lodge-hardware-xml.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-machine-creation.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-dialog-size.h"
#include "widgets/lodge-error-dialog.h"
#include "widgets/lodge-xml-view.h"

struct _LodgeAddHardwareDialog
{
  AdwDialog               parent_instance;

  /* template children */
  AdwNavigationSplitView *split_view;
  GtkListView            *kind_list;
  AdwNavigationPage      *content_page;
  AdwWindowTitle         *title;
  AdwToggleGroup         *form_toggles;
  GtkStack               *form_stack;
  GtkButton              *add_button;
  GtkWidget              *spinner;
  GtkLabel               *missing_label;
  LodgeAddStorage        *storage;
  AdwPreferencesGroup    *device_group;
  GtkListBox             *device_list;
  GtkLabel               *device_status;
  LodgeDevicePage        *page;
  LodgeXmlView           *xml_view;

  LodgeEdits             *edits;         /* owned: of the machine */
  LodgeConnection        *connection;    /* owned, nullable */
  LodgeXmlDocument       *capabilities;  /* owned, nullable */
  LodgeEdits             *scratch;       /* owned, nullable: the machine with the new device */
  GListModel             *host_devices;  /* owned, nullable */
  GtkSingleSelection     *selection;     /* owned */
  GCancellable           *cancellable;   /* owned */
  const LodgeAddKind     *kind;          /* nullable */
  char                   *id;            /* nullable: of the new device */
  char                   *xml_seen;      /* nullable */
  gboolean                busy;
  gboolean                xml_broken;
  gboolean                closed;
};

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeAddHardwareDialog, lodge_add_hardware_dialog, ADW_TYPE_DIALOG)

static LodgeXmlNode
find_device (LodgeAddHardwareDialog *self)
{
  LodgeXmlDocument *document = self->scratch != NULL ? lodge_edits_get_document (self->scratch) : NULL;

  return document != NULL && self->id != NULL ? lodge_device_key_find (document, self->id) : LODGE_XML_NONE;
}

static const char *
get_missing (LodgeAddHardwareDialog *self)
{
  const LodgeXmlNode device = find_device (self);

  if (self->xml_broken)
    return _("The XML is not valid yet");
  if (device == LODGE_XML_NONE)
    return self->kind != NULL && self->kind->source == LODGE_ADD_KIND_HOST_DEVICE ? _("Choose a device of the host")
                                                                            : _("Something is missing yet");
  if (!lodge_device_page_get_valid (self->page))
    return _("A setting is not right yet");
  if (self->kind->source == LODGE_ADD_KIND_STORAGE || self->kind->source == LODGE_ADD_KIND_MEDIUM)
    return lodge_add_storage_get_missing (self->storage);
  return lodge_add_kind_get_missing (self->kind, lodge_edits_get_document (self->scratch), device);
}

static void
update (LodgeAddHardwareDialog *self)
{
  const char *missing;

  if (self->closed || self->kind == NULL)
    return;
  missing = get_missing (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button), missing == NULL && !self->busy);
  gtk_widget_set_visible (self->spinner, self->busy);
  gtk_label_set_text (self->missing_label, missing != NULL ? missing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing_label), missing != NULL && !self->busy);
}

/* Where the device is shown in words and as XML */
static void
show_device (LodgeAddHardwareDialog *self)
{
  const gboolean xml = g_strcmp0 (adw_toggle_group_get_active_name (self->form_toggles), "xml") == 0;
  g_autofree char *text = NULL;

  gtk_stack_set_visible_child_name (self->form_stack, xml ? "xml" : "settings");
  gtk_widget_set_visible (GTK_WIDGET (self->page), find_device (self) != LODGE_XML_NONE);
  if (find_device (self) == LODGE_XML_NONE)
    return;
  if (!xml)
    {
      lodge_device_page_show (self->page, self->scratch, self->id);
      return;
    }
  text = lodge_hardware_xml_dup_text (lodge_edits_get_document (self->scratch), self->id);
  if (text == NULL || self->xml_broken || g_strcmp0 (text, self->xml_seen) == 0)
    return;
  g_set_str (&self->xml_seen, text);
  lodge_hardware_xml_set_context (self->xml_view, lodge_edits_get_document (self->scratch), self->id);
  lodge_xml_view_set_text (self->xml_view, text);
}

static void
scratch_changed_cb (LodgeAddHardwareDialog *self)
{
  show_device (self);
  update (self);
}

/* The machine as it would be with the device: its table sees what else there is */
static void
set_fragment (LodgeAddHardwareDialog *self,
              const char             *fragment)
{
  LodgeXmlDocument *document;
  LodgeXmlNode node;
  g_autoptr(GError) error = NULL;

  g_clear_object (&self->scratch);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->xml_seen, g_free);
  self->xml_broken = FALSE;
  if (fragment != NULL)
    {
      g_autoptr(LodgeXmlDocument) machine =
        lodge_xml_document_new (lodge_xml_document_get_text (lodge_edits_get_document (self->edits)), -1, &error);

      node = machine != NULL
             ? lodge_xml_document_insert (machine,
                                          lodge_xml_document_find (machine, lodge_xml_document_get_root (machine),
                                                                   "devices"), fragment, &error)
             : LODGE_XML_NONE;
      if (node != LODGE_XML_NONE)
        {
          self->id = lodge_device_key_of (machine, node);
          self->scratch = lodge_edits_new_for_text (lodge_xml_document_get_text (machine), &error);
        }
    }
  if (error != NULL)
    lodge_error_present (GTK_WIDGET (self), _("Could Not Prepare the Device"), error);
  if (self->scratch != NULL)
    g_signal_connect_object (self->scratch, "changed", G_CALLBACK (scratch_changed_cb), self, G_CONNECT_SWAPPED);
  document = self->scratch != NULL ? lodge_edits_get_document (self->scratch) : NULL;
  if (document == NULL)
    g_clear_pointer (&self->id, g_free);
  show_device (self);
  update (self);
}

static void
renamed_cb (LodgeAddHardwareDialog *self,
            const char             *id)
{
  g_set_str (&self->id, id);
}

static void
form_changed_cb (LodgeAddHardwareDialog *self)
{
  if (self->kind == NULL)
    return;
  if (self->xml_broken && g_strcmp0 (adw_toggle_group_get_active_name (self->form_toggles), "xml") != 0)
    {
      adw_toggle_group_set_active_name (self->form_toggles, "xml");
      return;
    }
  show_device (self);
}

static void
xml_checked_cb (LodgeAddHardwareDialog *self)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  LodgeXmlDocument *document;
  LodgeXmlNode node;

  if (self->scratch == NULL || !lodge_xml_view_get_checked (self->xml_view) || find_device (self) == LODGE_XML_NONE)
    return;
  text = lodge_xml_view_dup_text (self->xml_view);
  self->xml_broken = !lodge_xml_view_get_well_formed (self->xml_view);
  if (!self->xml_broken && g_strcmp0 (text, self->xml_seen) != 0)
    {
      g_autofree char *fragment = g_strstrip (g_strdup (text));

      g_set_str (&self->xml_seen, text);
      document = lodge_edits_get_document (self->scratch);
      node = lodge_xml_document_replace (document, find_device (self), fragment, &error);
      if (node != LODGE_XML_NONE)
        {
          g_free (self->id);
          self->id = lodge_device_key_of (document, node);
        }
      self->xml_broken = node == LODGE_XML_NONE;
    }
  update (self);
}

/* Devices of the host */

static void
device_selected_cb (LodgeAddHardwareDialog *self,
                    GtkListBoxRow          *row)
{
  g_autoptr(LodgeHostDevice) device = NULL;

  if (row == NULL || self->host_devices == NULL)
    return;
  device = g_list_model_get_item (self->host_devices, gtk_list_box_row_get_index (row));
  if (device != NULL)
    set_fragment (self, lodge_host_device_get_xml (device));
}

static GtkWidget *
create_device_row (gpointer object,
                   gpointer user_data)
{
  LodgeHostDevice *device = object;
  GtkWidget *row = adw_action_row_new ();
  const char *users = lodge_host_device_get_users (device);
  /* Translators: where a device is, and the machines that have it already */
  g_autofree char *caption = users != NULL
                             ? g_strdup_printf (_("%s. In use by %s"), lodge_host_device_get_caption (device),
                                                users)
                                           : g_strdup (lodge_host_device_get_caption (device));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lodge_host_device_get_title (device));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), caption);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (users != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
    }
  return row;
}

static void
host_devices_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeAddHardwareDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) devices = lodge_connection_list_host_devices_finish (LODGE_CONNECTION (object), result, &error);
  g_autofree char *message = NULL;

  if (self->closed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_set_object (&self->host_devices, devices);
  gtk_list_box_bind_model (self->device_list, devices, create_device_row, NULL, NULL);
  if (error != NULL)
    message = lodge_display_text (error->message, 300);
  else if (g_list_model_get_n_items (devices) == 0)
    message = g_strdup (_("The host has no device of this kind."));
  gtk_label_set_text (self->device_status, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->device_status), message != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->device_list), message == NULL);
}

static void
list_host_devices (LodgeAddHardwareDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_list_box_bind_model (self->device_list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->host_devices);
  gtk_label_set_text (self->device_status, _("Asking the host…"));
  gtk_widget_set_visible (GTK_WIDGET (self->device_status), TRUE);
  if (self->connection != NULL)
    lodge_connection_list_host_devices_async (self->connection, self->kind->host_kind, self->cancellable,
                                              host_devices_cb,
                                              g_object_ref (self));
}

/* Kinds */

static void
show_kind (LodgeAddHardwareDialog *self,
           const LodgeAddKind     *kind)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  const gboolean storage = kind->source == LODGE_ADD_KIND_STORAGE || kind->source == LODGE_ADD_KIND_MEDIUM;
  g_autofree char *fragment = lodge_add_kind_dup_fragment (kind, document);
  g_autofree char *name = lodge_xml_document_get_value (document, lodge_xml_document_get_root (document), "name");

  self->kind = kind;
  adw_window_title_set_title (self->title, _(kind->title));
  adw_navigation_page_set_title (self->content_page, _(kind->title));
  gtk_widget_set_visible (GTK_WIDGET (self->storage), storage);
  gtk_widget_set_visible (GTK_WIDGET (self->device_group), kind->source == LODGE_ADD_KIND_HOST_DEVICE);
  adw_toggle_group_set_active_name (self->form_toggles, "settings");
  if (storage)
    lodge_add_storage_set_up (self->storage, self->connection, name != NULL ? name : "disk",
                              kind->source == LODGE_ADD_KIND_MEDIUM);
  if (kind->source == LODGE_ADD_KIND_HOST_DEVICE)
    list_host_devices (self);
  set_fragment (self, fragment);
  adw_window_title_set_subtitle (self->title,
                                 lodge_edits_get_domain (self->edits) == NULL ? ""
                                 : lodge_edits_get_running (self->edits) && self->id != NULL
                                   && lodge_edit_can_hot_plug (lodge_hardware_find_schema (
                                                                 lodge_edits_get_document (self->scratch), self->id))
                                   ? _("Added while the machine runs")
                                   : lodge_edits_get_running (self->edits) ? _("Added at the next start") : "");
}

static void
selected_cb (LodgeAddHardwareDialog *self)
{
  LodgeHardwareItem *item = gtk_single_selection_get_selected_item (self->selection);
  const LodgeAddKind *kind = item != NULL ? lodge_add_kinds_find (lodge_hardware_item_get_id (item)) : NULL;

  if (kind != NULL && kind != self->kind)
    show_kind (self, kind);
}

static void
activated_cb (LodgeAddHardwareDialog *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

/* What cannot be added stays in the list with its reason, and cannot be chosen */
static void
fill_kinds (LodgeAddHardwareDialog *self)
{
  g_autoptr(GListStore) store = g_list_store_new (LODGE_TYPE_HARDWARE_ITEM);
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  guint n;
  const LodgeAddKind *kinds = lodge_add_kinds_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeHardwareItem) item = lodge_hardware_item_new (kinds[i].id, "");
      const char *obstacle = lodge_add_kind_get_obstacle (&kinds[i], document, self->capabilities);

      lodge_hardware_item_set_texts (item, _(kinds[i].title), obstacle, kinds[i].icon_name);
      lodge_hardware_item_set_possible (item, obstacle == NULL);
      g_list_store_append (store, item);
    }
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (store));
}

/* Adding */

static void
finish (LodgeAddHardwareDialog *self,
        LodgeNewVolume         *volume)
{
  g_autofree char *text = lodge_hardware_xml_dup_text (lodge_edits_get_document (self->scratch), self->id);

  g_signal_emit (self, signals[ADDED], 0, g_strstrip (text), volume);
  adw_dialog_close (ADW_DIALOG (self));
}

/* A block device has its place elsewhere in the element */
static gboolean
set_source (LodgeAddHardwareDialog  *self,
            const char              *path,
            const char              *format,
            GError                 **error)
{
  LodgeXmlDocument *document = lodge_edits_get_document (self->scratch);
  const gboolean block = g_str_has_prefix (path, "/dev/");

  if (*path == '\0')
    return TRUE;
  return lodge_xml_document_set_value (document, find_device (self), "@type", block ? "block" : "file", error)
         && (self->kind->source == LODGE_ADD_KIND_MEDIUM
             || lodge_xml_document_set_value (document, find_device (self), "driver/@type", block ? "raw" : format,
                                              error))
         && lodge_xml_document_set_value (document, find_device (self), block ? "source/@dev" : "source/@file", path,
                                          error);
}

static void
prepared_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LodgeAddHardwareDialog) self = user_data;
  g_autofree char *format = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = lodge_add_storage_prepare_finish (LODGE_ADD_STORAGE (object), result, &format, &error);

  self->busy = FALSE;
  if (self->closed)
    return;
  if (path == NULL || !set_source (self, path, format, &error))
    {
      lodge_error_present (GTK_WIDGET (self), _("Could Not Create the Image"), error);
      update (self);
      return;
    }
  finish (self, NULL);
}

/* Nothing is made for a machine that may never be: its creation makes the image */
static void
add_planned (LodgeAddHardwareDialog *self)
{
  g_autoptr(LodgeNewVolume) volume = lodge_add_storage_dup_new_volume (self->storage);
  LodgeXmlDocument *document = lodge_edits_get_document (self->scratch);
  g_autoptr(GError) error = NULL;

  if (lodge_xml_document_set_value (document, find_device (self), "@type", "volume", &error)
      && lodge_xml_document_set_value (document, find_device (self), "driver/@type", volume->format, &error)
      && lodge_xml_document_set_value (document, find_device (self), "source/@pool", volume->pool, &error)
      && lodge_xml_document_set_value (document, find_device (self), "source/@volume", volume->name, &error))
    finish (self, volume);
  else
    lodge_error_present (GTK_WIDGET (self), _("Could Not Prepare the Device"), error);
}

static void
add_cb (LodgeAddHardwareDialog *self)
{
  if (get_missing (self) != NULL || self->busy)
    return;
  if (self->kind->source != LODGE_ADD_KIND_STORAGE && self->kind->source != LODGE_ADD_KIND_MEDIUM)
    {
      finish (self, NULL);
      return;
    }
  if (lodge_edits_get_domain (self->edits) == NULL && lodge_add_storage_get_new_image (self->storage))
    {
      add_planned (self);
      return;
    }
  self->busy = TRUE;
  update (self);
  lodge_add_storage_prepare_async (self->storage, NULL, prepared_cb, g_object_ref (self));
}

static void
lodge_add_hardware_dialog_closed (AdwDialog *dialog)
{
  LODGE_ADD_HARDWARE_DIALOG (dialog)->closed = TRUE;

  if (ADW_DIALOG_CLASS (lodge_add_hardware_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (lodge_add_hardware_dialog_parent_class)->closed (dialog);
}

static void
lodge_add_hardware_dialog_dispose (GObject *object)
{
  LodgeAddHardwareDialog *self = LODGE_ADD_HARDWARE_DIALOG (object);

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_ADD_HARDWARE_DIALOG);
  g_clear_object (&self->selection);
  g_clear_object (&self->edits);
  g_clear_object (&self->connection);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->scratch);
  g_clear_object (&self->host_devices);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->xml_seen, g_free);

  G_OBJECT_CLASS (lodge_add_hardware_dialog_parent_class)->dispose (object);
}

static void
lodge_add_hardware_dialog_finalize (GObject *object)
{
  g_object_unref (LODGE_ADD_HARDWARE_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (lodge_add_hardware_dialog_parent_class)->finalize (object);
}

static void
lodge_add_hardware_dialog_class_init (LodgeAddHardwareDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_add_hardware_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_add_hardware_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = lodge_add_hardware_dialog_closed;
  signals[ADDED] = g_signal_new ("added", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_POINTER);

  g_type_ensure (LODGE_TYPE_ADD_STORAGE);
  g_type_ensure (LODGE_TYPE_DEVICE_PAGE);
  g_type_ensure (LODGE_TYPE_HARDWARE_ITEM);
  g_type_ensure (LODGE_TYPE_XML_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-add-hardware-dialog.ui"));
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LodgeAddHardwareDialog, child)
  BIND (split_view);
  BIND (kind_list);
  BIND (content_page);
  BIND (title);
  BIND (form_toggles);
  BIND (form_stack);
  BIND (add_button);
  BIND (spinner);
  BIND (missing_label);
  BIND (storage);
  BIND (device_group);
  BIND (device_list);
  BIND (device_status);
  BIND (page);
  BIND (xml_view);
#undef BIND
#define BIND(callback) gtk_widget_class_bind_template_callback (widget_class, callback)
  BIND (add_cb);
  BIND (activated_cb);
  BIND (form_changed_cb);
  BIND (renamed_cb);
  BIND (update);
  BIND (xml_checked_cb);
  BIND (device_selected_cb);
#undef BIND
}

static void
lodge_add_hardware_dialog_init (LodgeAddHardwareDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_dialog_set_size (ADW_DIALOG (self), 860, 680);
  lodge_device_page_set_embedded (self->page, TRUE);
  self->selection = gtk_single_selection_new (NULL);
  gtk_list_view_set_model (self->kind_list, GTK_SELECTION_MODEL (self->selection));
}

/**
 * lodge_add_hardware_dialog_new:
 * @edits: of the machine; they are not changed
 * @connection: (nullable): where its storage and devices are
 * @capabilities: (nullable): of the host for this kind of machine
 */
AdwDialog *
lodge_add_hardware_dialog_new (LodgeEdits       *edits,
                               LodgeConnection  *connection,
                               LodgeXmlDocument *capabilities)
{
  LodgeAddHardwareDialog *self = g_object_new (LODGE_TYPE_ADD_HARDWARE_DIALOG, NULL);

  self->edits = g_object_ref (edits);
  g_set_object (&self->connection, connection);
  g_set_object (&self->capabilities, capabilities);
  lodge_device_page_set_capabilities (self->page, capabilities);
  fill_kinds (self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self);
  return ADW_DIALOG (self);
}

gboolean
lodge_add_hardware_dialog_show (LodgeAddHardwareDialog *self,
                                const char             *kind)
{
  GListModel *model;

  g_return_val_if_fail (LODGE_IS_ADD_HARDWARE_DIALOG (self), FALSE);

  model = G_LIST_MODEL (self->selection);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(LodgeHardwareItem) item = g_list_model_get_item (model, i);

      if (!g_str_equal (lodge_hardware_item_get_id (item), kind) || !lodge_hardware_item_get_possible (item))
        continue;
      gtk_single_selection_set_selected (self->selection, i);
      adw_navigation_split_view_set_show_content (self->split_view, TRUE);
      return TRUE;
    }
  return FALSE;
}
