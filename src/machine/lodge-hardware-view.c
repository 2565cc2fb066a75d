/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-view"

#include "config.h"

#include "lodge-hardware-view-private.h"

#include <glib/gi18n.h>

#include "lodge-hardware-items.h"
#include "lodge-hardware-xml.h"
#include "lodge-ui.h"
#include "model/lodge-capabilities.h"
#include "model/lodge-connection.h"
#include "model/lodge-machine-creation.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"

enum
{
  PROP_0,
  PROP_N_WAITING,
  PROP_HAS_EDITS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void definition_editor_init (LodgeDefinitionEditorInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeHardwareView, lodge_hardware_view, ADW_TYPE_BREAKPOINT_BIN,
                               G_IMPLEMENT_INTERFACE (LODGE_TYPE_DEFINITION_EDITOR, definition_editor_init))

static LodgeHardwareItem *
get_selected (LodgeHardwareView *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static guint
find_position (LodgeHardwareView *self,
               const char        *id)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr(LodgeHardwareItem) item = g_list_model_get_item (model, i);

      if (g_strcmp0 (lodge_hardware_item_get_id (item), id) == 0)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

gboolean
lodge_hardware_view_is_xml_shown (LodgeHardwareView *self)
{
  return g_strcmp0 (adw_toggle_group_get_active_name (self->form_toggles), "xml") == 0;
}

LodgeConnection *
lodge_hardware_view_get_connection (LodgeHardwareView *self)
{
  LodgeDomain *domain = lodge_edits_get_domain (self->edits);

  return domain != NULL ? lodge_domain_get_connection (domain) : self->connection;
}

gboolean
lodge_hardware_view_can_edit (LodgeHardwareView *self)
{
  LodgeDomain *domain = lodge_edits_get_domain (self->edits);
  LodgeConnection *connection = domain != NULL ? lodge_domain_get_connection (domain) : NULL;

  if (domain == NULL)
    return TRUE;
  return connection != NULL && !lodge_domain_get_stale (domain) && !lodge_connection_get_read_only (connection)
         && lodge_edits_get_state (self->edits) != LODGE_EDITS_APPLYING;
}

/* What is shown */

static void
show_status (LodgeHardwareView *self)
{
  const LodgeEditsState state = lodge_edits_get_state (self->edits);
  const GError *error = lodge_edits_get_error (self->edits);
  const gboolean loading = state == LODGE_EDITS_LOADING || (state == LODGE_EDITS_EMPTY && error == NULL);
  g_autofree char *message = error != NULL ? lodge_display_text (error->message, 500) : NULL;
  g_autofree char *text = g_markup_escape_text (message != NULL && !loading ? message : "", -1);

  if (loading)
    {
      g_autoptr(AdwSpinnerPaintable) spinner = adw_spinner_paintable_new (GTK_WIDGET (self->status_page));

      adw_status_page_set_paintable (self->status_page, GDK_PAINTABLE (spinner));
    }
  else
    adw_status_page_set_icon_name (self->status_page, "dialog-error-symbolic");
  adw_status_page_set_title (self->status_page, loading ? _("Reading the Hardware") : _("Hardware Cannot Be Read"));
  adw_status_page_set_description (self->status_page, text);
  gtk_widget_set_visible (self->retry_button, !loading);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

static void
update_page (LodgeHardwareView *self)
{
  LodgeHardwareItem *item = get_selected (self);
  const char *id = item != NULL ? lodge_hardware_item_get_id (item) : LODGE_HARDWARE_OVERVIEW;
  const gboolean device = lodge_hardware_id_is_device (id);
  const char *title = item != NULL ? lodge_hardware_item_get_title (item) : "";
  const char *caption = item != NULL ? lodge_hardware_item_get_caption (item) : NULL;

  g_set_str (&self->shown, id);
  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, caption != NULL ? caption : "");
  adw_navigation_page_set_title (self->content_page, title);
  gtk_widget_set_visible (self->remove_button, device);
  gtk_widget_set_visible (self->history_button, !device && lodge_edits_get_domain (self->edits) != NULL);
  gtk_stack_set_visible_child_name (self->form_stack, lodge_hardware_view_is_xml_shown (self) ? "xml" : "settings");
  if (lodge_hardware_view_is_xml_shown (self))
    lodge_hardware_xml_show (self);
  else
    lodge_device_page_show (self->page, self->edits, id);
  lodge_hardware_check_update (self);
}

static void
update_bar (LodgeHardwareView *self)
{
  const gboolean edited = lodge_edits_get_has_edits (self->edits);
  const guint n_issues = lodge_hardware_view_is_xml_shown (self) ? lodge_xml_view_get_n_issues (self->xml_view) : 0;
  const gboolean applying = lodge_edits_get_state (self->edits) == LODGE_EDITS_APPLYING;
  const gboolean for_text = lodge_edits_get_domain (self->edits) == NULL;
  const gboolean running = lodge_edits_get_running (self->edits) && !self->xml_broken;
  g_autofree char *heading = NULL;
  g_autofree char *caption = NULL;

  if (applying)
    heading = g_strdup (_("Applying…"));
  else if (self->xml_broken)
    heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u problem, not yet valid", "%u problems, not yet valid",
                                            MAX (1, n_issues)), MAX (1, n_issues));
  else
    heading = lodge_hardware_dup_edits_heading (self, &caption);
  gtk_label_set_text (self->edit_heading, heading);
  gtk_label_set_text (self->edit_caption, caption != NULL ? caption : "");
  gtk_revealer_set_reveal_child (self->edit_bar, !for_text && (edited || self->xml_broken));
  gtk_widget_set_visible (self->compare_button, lodge_hardware_view_is_xml_shown (self));
  gtk_widget_set_visible (GTK_WIDGET (self->apply_button), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->apply_split_button), running);
  gtk_button_set_label (self->apply_button, n_issues > 0 && !self->xml_broken ? _("_Apply Anyway…") : _("_Apply"));
  adw_split_button_set_label (self->apply_split_button, n_issues > 0 ? _("_Apply Anyway…") : _("_Apply"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hardware.apply",
                                 edited && !self->xml_broken && lodge_hardware_view_can_edit (self)
                                 && !lodge_edits_get_conflict (self->edits));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hardware.apply-later", edited && !self->xml_broken
                                 && lodge_hardware_view_can_edit (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hardware.discard", (edited || self->xml_broken) && !applying);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hardware.compare", edited && !self->xml_broken);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hardware.remove",
                                 lodge_hardware_view_can_edit (self) && lodge_hardware_id_is_device (self->shown));
}

static void read_capabilities (LodgeHardwareView *self);

void
lodge_hardware_view_update (LodgeHardwareView *self)
{
  guint position;

  if (lodge_edits_get_document (self->edits) == NULL)
    {
      show_status (self);
      return;
    }
  self->updating = TRUE;
  lodge_hardware_items_update (self->edits, self->show_all, self->general, self->devices);
  lodge_hardware_waiting_update (self);
  position = find_position (self, self->shown);
  gtk_single_selection_set_selected (self->selection, position != GTK_INVALID_LIST_POSITION ? position : 0);
  self->updating = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "devices");
  adw_banner_set_revealed (self->conflict_banner, lodge_edits_get_conflict (self->edits));
  lodge_xml_view_set_editable (self->xml_view, lodge_hardware_view_can_edit (self));
  update_page (self);
  update_bar (self);
  read_capabilities (self);
}

static void
capabilities_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(LodgeHardwareView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeDomainCapabilities) capabilities =
    lodge_connection_get_domain_capabilities_finish (LODGE_CONNECTION (object), result, &error);

  /* Without them all choices are offered; libvirt says no in its own words */
  if (capabilities == NULL || self->page == NULL)
    return;
  g_set_object (&self->capabilities, capabilities);
  lodge_device_page_set_capabilities (self->page, lodge_domain_capabilities_get_document (capabilities));
}

/* What the host can for a machine of this kind */
static void
read_capabilities (LodgeHardwareView *self)
{
  LodgeConnection *connection = lodge_hardware_view_get_connection (self);
  LodgeXmlDocument *document = lodge_edits_get_document (self->edits);
  LodgeXmlNode root;
  g_autofree char *emulator = NULL;
  g_autofree char *arch = NULL;
  g_autofree char *machine = NULL;
  g_autofree char *type = NULL;

  if (self->reading != NULL || connection == NULL || document == NULL
      || lodge_connection_get_state (connection) != LODGE_CONNECTION_CONNECTED)
    return;
  root = lodge_xml_document_get_root (document);
  emulator = lodge_xml_document_get_value (document, root, "devices/emulator");
  arch = lodge_xml_document_get_value (document, root, "os/type/@arch");
  machine = lodge_xml_document_get_value (document, root, "os/type/@machine");
  type = lodge_xml_document_get_value (document, root, "@type");
  self->reading = g_cancellable_new ();
  lodge_connection_get_domain_capabilities_async (connection, emulator, arch, machine, type, self->reading,
                                                  capabilities_cb, g_object_ref (self));
}

static void
edits_notify_cb (LodgeHardwareView *self,
                 GParamSpec        *pspec)
{
  if (g_strcmp0 (pspec->name, "has-edits") == 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_EDITS]);
  lodge_hardware_view_update (self);
}

/* Going about */

static void
refuse_to_leave (LodgeHardwareView *self)
{
  AdwToast *toast = adw_toast_new (_("The XML is not valid yet: mend it, or discard it"));

  adw_toast_set_button_label (toast, _("_Discard"));
  adw_toast_set_action_name (toast, "hardware.discard");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
selection_changed_cb (LodgeHardwareView *self)
{
  LodgeHardwareItem *item = get_selected (self);
  const char *id = item != NULL ? lodge_hardware_item_get_id (item) : NULL;

  if (self->updating || item == NULL || g_strcmp0 (id, self->shown) == 0)
    return;
  if (g_str_equal (id, LODGE_HARDWARE_SHOW_ALL))
    {
      self->show_all = !self->show_all;
      lodge_hardware_view_update (self);
      return;
    }
  if (self->xml_broken)
    {
      refuse_to_leave (self);
      lodge_hardware_view_update (self);
      return;
    }
  g_set_str (&self->shown, id);
  update_page (self);
  update_bar (self);
}

static void
row_activated_cb (LodgeHardwareView *self)
{
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

static void
form_changed_cb (LodgeHardwareView *self)
{
  if (self->edits == NULL || lodge_edits_get_document (self->edits) == NULL)
    return;
  if (self->xml_broken && !lodge_hardware_view_is_xml_shown (self))
    {
      adw_toggle_group_set_active_name (self->form_toggles, "xml");
      refuse_to_leave (self);
      return;
    }
  update_page (self);
  update_bar (self);
}

/* What the device is known by was edited: the page stays with it */
static void
renamed_cb (LodgeHardwareView *self,
            const char        *id)
{
  g_set_str (&self->shown, id);
}

/* A narrow header has room for a symbol only */
static void
narrow_cb (LodgeHardwareView *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->remove_button), "user-trash-symbolic");
  gtk_button_set_icon_name (GTK_BUTTON (self->history_button), "document-open-recent-symbolic");
  gtk_widget_set_tooltip_text (self->remove_button, _("Remove…"));
  gtk_widget_set_tooltip_text (self->history_button, _("History…"));
}

static void
wide_cb (LodgeHardwareView *self)
{
  gtk_button_set_label (GTK_BUTTON (self->remove_button), _("Re_move…"));
  gtk_button_set_label (GTK_BUTTON (self->history_button), _("_History…"));
  gtk_widget_set_tooltip_text (self->remove_button, NULL);
  gtk_widget_set_tooltip_text (self->history_button, NULL);
}

/* The XML of the page */

static void
xml_changed_cb (LodgeHardwareView *self)
{
  /* Until the text was looked at, it may be anything */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "hardware.apply", FALSE);
}

static void
xml_checked_cb (LodgeHardwareView *self)
{
  if (self->edits == NULL || !lodge_xml_view_get_checked (self->xml_view) || self->xml_of == NULL)
    return;
  lodge_hardware_xml_take (self);
  update_bar (self);
}

static void
lodge_hardware_view_map (GtkWidget *widget)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (widget);

  GTK_WIDGET_CLASS (lodge_hardware_view_parent_class)->map (widget);
  /* Nothing is read for a page that nobody looks at */
  lodge_edits_reload (self->edits);
}

static void
lodge_hardware_view_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (object);

  switch (prop_id)
    {
    case PROP_N_WAITING:
      g_value_set_uint (value, self->n_waiting);
      break;
    case PROP_HAS_EDITS:
      g_value_set_boolean (value, lodge_hardware_view_get_has_edits (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_hardware_view_dispose (GObject *object)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (object);

  if (self->edits != NULL)
    g_signal_handlers_disconnect_by_data (self->edits, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  /* The bin would take the child from itself a second time */
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_HARDWARE_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->general);
  g_clear_object (&self->devices);
  g_clear_object (&self->edits);
  g_clear_object (&self->connection);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->capabilities);
  if (self->checking != NULL)
    g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  g_clear_pointer (&self->facts, lodge_check_facts_free);
  g_clear_pointer (&self->checked_text, g_free);
  g_clear_pointer (&self->volumes, g_ptr_array_unref);
  g_clear_pointer (&self->unapplied, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_weak_pointer (&self->waiting_dialog);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->xml_of, g_free);
  g_clear_pointer (&self->xml_seen, g_free);

  G_OBJECT_CLASS (lodge_hardware_view_parent_class)->dispose (object);
}

static void
lodge_hardware_view_class_init (LodgeHardwareViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_hardware_view_get_property;
  object_class->dispose = lodge_hardware_view_dispose;
  widget_class->map = lodge_hardware_view_map;

  properties[PROP_N_WAITING] = g_param_spec_uint ("n-waiting", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_HAS_EDITS] = g_param_spec_boolean ("has-edits", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (LODGE_TYPE_DEVICE_PAGE);
  g_type_ensure (LODGE_TYPE_HARDWARE_ITEM);
  g_type_ensure (LODGE_TYPE_XML_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-hardware-view.ui"));
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LodgeHardwareView, child)
  BIND (toasts);
  BIND (waiting_banner);
  BIND (conflict_banner);
  BIND (stack);
  BIND (status_page);
  BIND (retry_button);
  BIND (split_view);
  BIND (search_bar);
  BIND (search_entry);
  BIND (list_stack);
  BIND (list);
  BIND (found_list);
  BIND (found_selection);
  BIND (content_page);
  BIND (title);
  BIND (form_toggles);
  BIND (remove_button);
  BIND (history_button);
  BIND (form_stack);
  BIND (page);
  BIND (xml_view);
  BIND (edit_bar);
  BIND (edit_heading);
  BIND (edit_caption);
  BIND (compare_button);
  BIND (discard_button);
  BIND (apply_button);
  BIND (apply_split_button);
#undef BIND
#define BIND(callback) gtk_widget_class_bind_template_callback (widget_class, callback)
  BIND (row_activated_cb);
  BIND (form_changed_cb);
  BIND (narrow_cb);
  BIND (renamed_cb);
  BIND (wide_cb);
  BIND (xml_changed_cb);
  BIND (xml_checked_cb);
  BIND (lodge_hardware_search_changed_cb);
  BIND (lodge_hardware_stop_search_cb);
  BIND (lodge_hardware_search_activate_cb);
  BIND (lodge_hardware_found_activated_cb);
#undef BIND
  lodge_hardware_actions_install (widget_class);
}

static void
lodge_hardware_view_init (LodgeHardwareView *self)
{
  GListStore *both = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkFlattenListModel *flat;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  g_signal_connect_object (lodge_device_page_get_findings (self->page), "mend", G_CALLBACK (lodge_hardware_check_mend),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lodge_device_page_get_findings (self->page), "show-finding",
                           G_CALLBACK (lodge_hardware_check_show), self, G_CONNECT_SWAPPED);
  self->general = g_list_store_new (LODGE_TYPE_HARDWARE_ITEM);
  self->devices = g_list_store_new (LODGE_TYPE_HARDWARE_ITEM);
  self->shown = g_strdup (LODGE_HARDWARE_OVERVIEW);
  self->volumes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_new_volume_free);
  g_list_store_append (both, self->general);
  g_list_store_append (both, self->devices);
  flat = gtk_flatten_list_model_new (G_LIST_MODEL (both));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (flat));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
set_edits (LodgeHardwareView *self,
           LodgeEdits        *edits)
{
  self->edits = edits;
  g_signal_connect_object (edits, "notify", G_CALLBACK (edits_notify_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (edits, "changed", G_CALLBACK (lodge_hardware_view_update), self, G_CONNECT_SWAPPED);
  lodge_hardware_view_update (self);
}

static void
domain_changed_cb (LodgeHardwareView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    lodge_edits_reload (self->edits);
}

/**
 * lodge_hardware_view_new:
 * @domain: which machine; its definition is read when the view is shown
 */
GtkWidget *
lodge_hardware_view_new (LodgeDomain *domain)
{
  LodgeHardwareView *self = g_object_new (LODGE_TYPE_HARDWARE_VIEW, NULL);
  LodgeConnection *connection = lodge_domain_get_connection (domain);

  if (connection != NULL)
    lodge_connection_watch_trays (connection);
  set_edits (self, lodge_edits_new (domain));
  g_signal_connect_object (domain, "notify::state", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "notify::stale", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "definition-changed", G_CALLBACK (domain_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

GtkWidget *
lodge_hardware_view_new_for_text (const char       *xml,
                                  LodgeConnection  *connection,
                                  GError          **error)
{
  LodgeEdits *edits = lodge_edits_new_for_text (xml, error);
  LodgeHardwareView *self;

  if (edits == NULL)
    return NULL;
  self = g_object_new (LODGE_TYPE_HARDWARE_VIEW, NULL);
  g_set_object (&self->connection, connection);
  set_edits (self, edits);
  return GTK_WIDGET (self);
}

static char *
lodge_hardware_view_dup_text (LodgeDefinitionEditor  *editor,
                              GError                **error)
{
  LodgeHardwareView *self = LODGE_HARDWARE_VIEW (editor);

  /* What was typed a moment ago may not have been looked at yet */
  if (lodge_hardware_view_is_xml_shown (self) && !lodge_xml_view_get_checked (self->xml_view))
    lodge_hardware_xml_take (self);
  if (self->xml_broken)
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The XML is not valid yet: mend it, or discard it."));
      return NULL;
    }
  if (!lodge_device_page_get_valid (self->page))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("A setting of “%s” is not right yet: its row says why."),
                       adw_window_title_get_title (self->title));
      return NULL;
    }
  return g_strdup (lodge_xml_document_get_text (lodge_edits_get_document (self->edits)));
}

static GPtrArray *
lodge_hardware_view_get_volumes (LodgeDefinitionEditor *editor)
{
  return LODGE_HARDWARE_VIEW (editor)->volumes;
}

static void
definition_editor_init (LodgeDefinitionEditorInterface *iface)
{
  iface->dup_text = lodge_hardware_view_dup_text;
  iface->get_volumes = lodge_hardware_view_get_volumes;
}

gboolean
lodge_hardware_view_get_has_edits (LodgeHardwareView *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_VIEW (self), FALSE);

  return self->edits != NULL && lodge_edits_get_has_edits (self->edits);
}

guint
lodge_hardware_view_get_n_waiting (LodgeHardwareView *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_VIEW (self), 0);

  return self->n_waiting;
}

gboolean
lodge_hardware_view_show (LodgeHardwareView *self,
                          const char        *id)
{
  guint position;

  g_return_val_if_fail (LODGE_IS_HARDWARE_VIEW (self), FALSE);

  /* Nothing was read yet: what is hidden cannot be told from what is not there */
  if (lodge_edits_get_document (self->edits) == NULL)
    return FALSE;
  position = find_position (self, id);
  if (position == GTK_INVALID_LIST_POSITION && !self->show_all)
    {
      self->show_all = TRUE;
      lodge_hardware_view_update (self);
      position = find_position (self, id);
    }
  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;
  gtk_single_selection_set_selected (self->selection, position);
  return g_strcmp0 (self->shown, id) == 0;
}
