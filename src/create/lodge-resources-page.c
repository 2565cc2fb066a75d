/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-resources-page"

#include "config.h"

#include "lodge-resources-page.h"

#include <glib/gi18n.h>

#include "lodge-size-spin.h"
#include "lodge-ui.h"
#include "model/lodge-host-facts.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-combo-value.h"

#define MIB       ((guint64) 1024 * 1024)
#define GIB       (1024 * MIB)
#define TYPING_MS 250

struct _LodgeResourcesPage
{
  AdwNavigationPage    parent_instance;

  /* template children */
  GtkWidget           *next;
  AdwActionRow        *memory_row;
  GtkSpinButton       *memory_spin;
  AdwActionRow        *free_row;
  GtkLevelBar         *free_bar;
  AdwActionRow        *cpus_row;
  GtkSpinButton       *cpus_spin;
  GtkWidget           *storage_group;
  AdwComboRow         *storage_row;
  AdwActionRow        *size_row;
  GtkSpinButton       *size_spin;
  AdwEntryRow         *disk_row;
  GtkWidget           *browse_button;
  AdwActionRow        *disk_info_row;
  AdwComboRow         *network_row;
  GtkWidget           *firmware_group;
  AdwComboRow         *firmware_row;

  LodgeCreateDraft    *draft;         /* owned */
  GListModel          *pools;         /* owned, nullable: of the connection */
  GListModel          *networks;      /* owned, nullable: of the connection */
  GPtrArray           *places;        /* of LodgeStoragePool: what storage_row offers before the two others */
  GCancellable        *cancellable;   /* owned, nullable: of this host's facts */
  GCancellable        *looking;       /* owned, nullable: at the disk's path */
  guint64              free_memory;   /* bytes, 0 unknown */
  guint                typing_id;
  gboolean             disk_good;
  gboolean             filling;       /* what changes is not the person's doing */
};

enum
{
  NEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeResourcesPage, lodge_resources_page, ADW_TYPE_NAVIGATION_PAGE)

/* “This Computer” or the label of the connection: where the limits come from */
static char *
dup_host (LodgeResourcesPage *self)
{
  return lodge_display_text (lodge_connection_get_label (self->draft->connection), 60);
}

static void
update_next (LodgeResourcesPage *self)
{
  const gboolean needs_disk = self->draft->storage == LODGE_STORAGE_EXISTING
                              && gtk_widget_get_visible (self->storage_group);

  gtk_widget_set_sensitive (self->next, !needs_disk || self->disk_good);
}

/* Memory and processors */

static void
show_memory (LodgeResourcesPage *self)
{
  g_autoptr(LodgeOsTraits) traits = lodge_create_draft_dup_traits (self->draft);
  g_autofree char *minimum = lodge_format_size (traits->minimum_memory);
  g_autofree char *recommended = lodge_format_size (traits->recommended_memory);
  g_autofree char *text = NULL;
  const gboolean too_little = traits->minimum_memory > 0 && self->draft->memory < traits->minimum_memory;
  const gboolean too_much = self->free_memory > 0 && self->draft->memory > self->free_memory;

  if (too_little)
    text = g_strdup_printf (_("%s needs at least %s: it may not install"), traits->name, minimum);
  else if (too_much)
    text = g_strdup (_("More than is free on the host now: it may become slow"));
  else if (traits->minimum_memory > 0 && traits->recommended_memory > 0)
    text = g_strdup_printf (_("%s needs %s and runs well with %s"), traits->name, minimum, recommended);
  else if (traits->recommended_memory > 0)
    text = g_strdup_printf (_("%s runs well with %s"), traits->name, recommended);
  else
    text = g_strdup (_("Nothing is known of what this system needs"));
  adw_action_row_set_subtitle (self->memory_row, text);
  if (too_little || too_much)
    gtk_widget_add_css_class (GTK_WIDGET (self->memory_row), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->memory_row), "warning");
}

static void
show_free (LodgeResourcesPage *self)
{
  const guint64 total = lodge_connection_get_host_memory (self->draft->connection);
  g_autofree char *host = dup_host (self);
  g_autofree char *title = g_strdup_printf (_("Free on %s"), host);
  g_autofree char *text = lodge_format_size_of (self->free_memory, total);

  gtk_widget_set_visible (GTK_WIDGET (self->free_row), self->free_memory > 0 && total >= self->free_memory);
  if (total == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->free_row), title);
  adw_action_row_set_subtitle (self->free_row, text);
  gtk_level_bar_set_value (self->free_bar, 1 - (double) self->free_memory / (double) total);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->free_bar), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
memory_changed_cb (LodgeResourcesPage *self)
{
  if (self->draft == NULL || self->filling)
    return;
  self->draft->memory = (guint64) gtk_spin_button_get_value (self->memory_spin) * MIB;
  show_memory (self);
}

static void
cpus_changed_cb (LodgeResourcesPage *self)
{
  if (self->draft != NULL && !self->filling)
    self->draft->cpus = (guint) gtk_spin_button_get_value_as_int (self->cpus_spin);
}

static void
facts_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeResourcesPage) self = user_data;
  g_autoptr(LodgeHostFacts) facts = lodge_connection_read_facts_finish (LODGE_CONNECTION (object), result, NULL);

  if (facts == NULL || self->draft == NULL || self->draft->connection != LODGE_CONNECTION (object))
    return;
  self->free_memory = facts->free_memory;
  show_free (self);
  show_memory (self);
}

/* Storage */

static LodgeStoragePool *
get_place (LodgeResourcesPage *self)
{
  const guint position = adw_combo_row_get_selected (self->storage_row);

  return position < self->places->len ? g_ptr_array_index (self->places, position) : NULL;
}

static void
show_storage (LodgeResourcesPage *self)
{
  LodgeStoragePool *pool = get_place (self);
  const LodgeStorageChoice storage = self->draft->storage;
  const guint64 available = pool != NULL ? lodge_storage_pool_get_available (pool) : 0;
  const gboolean grows = pool == NULL || lodge_storage_pool_has_formats (pool);
  g_autoptr(LodgeOsTraits) traits = lodge_create_draft_dup_traits (self->draft);
  g_autofree char *recommended = lodge_format_size (lodge_guest_plan_propose_storage (traits));
  g_autofree char *left = lodge_format_size (available);
  g_autofree char *place = NULL;
  g_autofree char *size = NULL;

  if (pool != NULL)
    place = g_strdup_printf (_("%s free"), left);
  else if (storage == LODGE_STORAGE_NEW)
    place = g_strdup (_("The pool “default” is made in the usual folder"));
  else if (storage == LODGE_STORAGE_EXISTING)
    place = g_strdup (_("An image that is there already"));
  else
    place = g_strdup (_("The machine forgets everything when it stops"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->storage_row), place);

  if (pool != NULL && self->draft->size > available)
    size = grows ? g_strdup (_("More than is free: the guest stops when the pool is full"))
                 : g_strdup (_("More than is free in this pool"));
  else if (grows)
    size = g_strdup_printf (_("Grows as the guest writes, %s recommended"), recommended);
  else
    size = g_strdup_printf (_("Taken from the pool at once, %s recommended"), recommended);
  adw_action_row_set_subtitle (self->size_row, size);
  if (pool != NULL && self->draft->size > available)
    gtk_widget_add_css_class (GTK_WIDGET (self->size_row), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->size_row), "warning");

  gtk_widget_set_visible (GTK_WIDGET (self->size_row), storage == LODGE_STORAGE_NEW);
  gtk_widget_set_visible (GTK_WIDGET (self->disk_row), storage == LODGE_STORAGE_EXISTING);
  gtk_widget_set_visible (GTK_WIDGET (self->disk_info_row),
                          storage == LODGE_STORAGE_EXISTING
                          && *adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->disk_info_row)) != '\0');
  update_next (self);
}

static void
storage_changed_cb (LodgeResourcesPage *self)
{
  const guint position = adw_combo_row_get_selected (self->storage_row);
  LodgeStoragePool *pool;
  guint n_new;

  if (self->draft == NULL || self->filling || position == GTK_INVALID_LIST_POSITION)
    return;
  pool = get_place (self);
  n_new = MAX (self->places->len, 1);
  if (position < n_new)
    {
      self->draft->storage = LODGE_STORAGE_NEW;
      g_set_str (&self->draft->pool, pool != NULL ? lodge_storage_pool_get_name (pool) : "default");
      self->draft->pool_formats = pool == NULL || lodge_storage_pool_has_formats (pool);
    }
  else
    self->draft->storage = position == n_new ? LODGE_STORAGE_EXISTING : LODGE_STORAGE_NONE;
  show_storage (self);
}

static void
size_changed_cb (LodgeResourcesPage *self)
{
  if (self->draft == NULL || self->filling)
    return;
  self->draft->size = (guint64) gtk_spin_button_get_value (self->size_spin) * GIB;
  show_storage (self);
}

/* The pools that can take a new volume; a host without any gets the usual one when the machine is made */
static void
fill_storage (LodgeResourcesPage *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  const guint n = self->pools != NULL ? g_list_model_get_n_items (self->pools) : 0;
  guint chosen = 0;

  g_ptr_array_set_size (self->places, 0);
  for (guint i = 0; i < n; i++)
    {
      LodgeStoragePool *pool = g_list_model_get_item (self->pools, i);
      const char *name = lodge_storage_pool_get_name (pool);
      g_autofree char *label = lodge_display_text (name, 60);

      if (!lodge_storage_pool_can_create (pool))
        {
          g_object_unref (pool);
          continue;
        }
      if (g_strcmp0 (name, self->draft->pool) == 0 || (self->draft->pool == NULL && g_str_equal (name, "default")))
        chosen = self->places->len;
      g_ptr_array_add (self->places, pool);
      gtk_string_list_append (names, label);
    }
  if (self->places->len == 0)
    gtk_string_list_append (names, "default");
  gtk_string_list_append (names, _("Existing image"));
  gtk_string_list_append (names, _("No disk"));
  if (self->draft->storage != LODGE_STORAGE_NEW)
    chosen = MAX (self->places->len, 1) + (self->draft->storage == LODGE_STORAGE_NONE ? 1 : 0);

  self->filling = TRUE;
  adw_combo_row_set_model (self->storage_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->storage_row, chosen);
  self->filling = FALSE;
  storage_changed_cb (self);
}

static void
show_disk (LodgeResourcesPage *self,
           const char         *title,
           const char         *subtitle,
           gboolean            good)
{
  self->disk_good = good;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->disk_info_row), title != NULL ? title : "");
  adw_action_row_set_subtitle (self->disk_info_row, subtitle != NULL ? subtitle : "");
  if (!good && title != NULL && subtitle != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->disk_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->disk_row), "error");
  show_storage (self);
}

static void
looked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeResourcesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgePathInfo) info = lodge_connection_lookup_path_finish (LODGE_CONNECTION (object), result, &error);
  g_autofree char *text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->looking == NULL)
    return;
  if (info == NULL)
    {
      text = lodge_display_text (error->message, 300);
      show_disk (self, _("Cannot Be Used"), text, FALSE);
      return;
    }
  g_set_str (&self->draft->disk_format, info->format);
  if (info->users != NULL)
    {
      text = g_strdup_printf (_("Used by %s. Two machines that write to one image destroy what is on it."),
                              info->users);
      show_disk (self, _("In Use"), text, FALSE);
      return;
    }
  text = info->capacity > 0 ? lodge_format_size (info->capacity) : g_strdup (_("On the host"));
  show_disk (self, info->format != NULL ? info->format : "raw", info->obstacle != NULL ? info->obstacle : text, TRUE);
}

static gboolean
look_cb (gpointer user_data)
{
  LodgeResourcesPage *self = user_data;

  self->typing_id = 0;
  self->looking = g_cancellable_new ();
  lodge_connection_lookup_path_async (self->draft->connection, self->draft->disk_path, self->looking, looked_cb,
                                      g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
disk_changed_cb (LodgeResourcesPage *self)
{
  const char *path = gtk_editable_get_text (GTK_EDITABLE (self->disk_row));

  if (self->draft == NULL)
    return;
  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_set_str (&self->draft->disk_path, path);
  if (*path == '/')
    {
      show_disk (self, _("Looking at It…"), NULL, FALSE);
      self->typing_id = g_timeout_add (TYPING_MS, look_cb, self);
    }
  else if (*path == '\0')
    show_disk (self, NULL, NULL, FALSE);
  else
    show_disk (self, _("Not a Path"), _("Enter the whole path, beginning with “/”."), FALSE);
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeResourcesPage) self = user_data;
  g_autoptr(GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);

  if (file != NULL && self->draft != NULL && g_file_peek_path (file) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->disk_row), g_file_peek_path (file));
}

static void
browse_cb (LodgeResourcesPage *self)
{
  g_autoptr(GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Choose a Disk Image"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, chosen_cb,
                        g_object_ref (self));
}

/* Network */

static const struct { const char *forward, *name, *text; } forwards[] = {
  { "nat", N_("“%s” (NAT)"), N_("The guest reaches the internet; others do not reach it") },
  { "route", N_("“%s” (routed)"), N_("The guest is reached by those who know the way to its network") },
  { "open", N_("“%s” (open)"), N_("Nothing stands between the guest and other networks") },
  { "bridge", N_("“%s” (bridge)"), N_("The guest is a computer of the host's own network") },
  { NULL, N_("“%s” (isolated)"), N_("The guest reaches the host and other guests only") },
};

static guint
find_forward (LodgeNetwork *network)
{
  const char *forward = lodge_network_get_forward (network);
  guint i = 0;

  while (i < G_N_ELEMENTS (forwards) - 1 && g_strcmp0 (forwards[i].forward, forward) != 0)
    i++;
  /* A kind that came later than this table */
  return i == G_N_ELEMENTS (forwards) - 1 && forward != NULL ? 3 : i;
}

static char *
dup_network_label (LodgeNetwork *network)
{
  g_autofree char *name = lodge_display_text (lodge_network_get_name (network), 60);

/* The formats are in the table above */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(forwards[find_forward (network)].name), name);
#pragma GCC diagnostic pop
}

static void
take_network (LodgeResourcesPage *self)
{
  const guint position = adw_combo_row_get_selected (self->network_row);
  const guint n = self->networks != NULL ? g_list_model_get_n_items (self->networks) : 0;
  g_autoptr(LodgeNetwork) network = position < n ? g_list_model_get_item (self->networks, position) : NULL;
  GtkStringObject *item = adw_combo_row_get_selected_item (self->network_row);
  const char *text;

  if (item == NULL)
    return;
  g_set_str (&self->draft->network_name, network != NULL ? lodge_network_get_name (network) : NULL);
  g_set_str (&self->draft->network_label, gtk_string_object_get_string (item));
  self->draft->network = network != NULL ? LODGE_NETWORK_VIRTUAL
                         : position == n ? LODGE_NETWORK_USER : LODGE_NETWORK_NONE;
  if (network != NULL && !lodge_network_get_active (network))
    text = _("This network is stopped: it is started with the machine");
  else if (network != NULL)
    text = _(forwards[find_forward (network)].text);
  else if (self->draft->network == LODGE_NETWORK_USER)
    text = _("The guest reaches the internet, slowly; others do not reach it");
  else
    text = _("The guest reaches nobody");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->network_row), text);
}

static void
network_changed_cb (LodgeResourcesPage *self)
{
  if (self->draft == NULL || self->filling)
    return;
  self->draft->network_chosen = TRUE;
  take_network (self);
}

static void
fill_networks (LodgeResourcesPage *self)
{
  const LodgeUri *uri = lodge_connection_get_parsed_uri (self->draft->connection);
  const gboolean session = uri != NULL && lodge_uri_is_session (uri);
  const guint n = self->networks != NULL ? g_list_model_get_n_items (self->networks) : 0;
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  /* Without rights there is the user network; else “default” if there is one, else the first */
  guint chosen = session ? n : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeNetwork) network = g_list_model_get_item (self->networks, i);
      const char *name = lodge_network_get_name (network);
      g_autofree char *label = dup_network_label (network);

      gtk_string_list_append (names, label);
      if (self->draft->network_chosen ? g_strcmp0 (name, self->draft->network_name) == 0
                                      : !session && g_str_equal (name, "default"))
        chosen = i;
    }
  gtk_string_list_append (names, _("User network"));
  gtk_string_list_append (names, _("None"));
  if (self->draft->network_chosen && self->draft->network_name == NULL)
    chosen = self->draft->network == LODGE_NETWORK_USER ? n : n + 1;

  self->filling = TRUE;
  adw_combo_row_set_model (self->network_row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->network_row, chosen);
  self->filling = FALSE;
  take_network (self);
}

static void
firmware_changed_cb (LodgeResourcesPage *self)
{
  if (self->draft != NULL && !self->filling)
    self->draft->firmware = (LodgeFirmwareChoice) adw_combo_row_get_selected (self->firmware_row);
}

static void
next_cb (LodgeResourcesPage *self)
{
  /* What is typed counts before the field loses the focus */
  gtk_spin_button_update (self->memory_spin);
  gtk_spin_button_update (self->cpus_spin);
  gtk_spin_button_update (self->size_spin);
  g_signal_emit (self, signals[NEXT], 0);
}

static void
forget_lists (LodgeResourcesPage *self)
{
  if (self->pools != NULL)
    g_signal_handlers_disconnect_by_data (self->pools, self);
  if (self->networks != NULL)
    g_signal_handlers_disconnect_by_data (self->networks, self);
  g_clear_object (&self->pools);
  g_clear_object (&self->networks);
}

static void
lodge_resources_page_dispose (GObject *object)
{
  LodgeResourcesPage *self = LODGE_RESOURCES_PAGE (object);

  g_clear_handle_id (&self->typing_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  forget_lists (self);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_RESOURCES_PAGE);

  G_OBJECT_CLASS (lodge_resources_page_parent_class)->dispose (object);
}

static void
lodge_resources_page_class_init (LodgeResourcesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_resources_page_dispose;
  signals[NEXT] = g_signal_new ("next", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-resources-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, next);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, memory_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, memory_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, free_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, free_bar);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, cpus_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, cpus_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, storage_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, storage_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, size_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, size_spin);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, disk_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, browse_button);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, disk_info_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, network_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, firmware_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeResourcesPage, firmware_row);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, memory_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cpus_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, storage_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, disk_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, browse_cb);
  gtk_widget_class_bind_template_callback (widget_class, network_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, firmware_changed_cb);
}

static void
lodge_resources_page_init (LodgeResourcesPage *self)
{
  self->places = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  lodge_combo_value_show (self->storage_row);
  lodge_combo_value_show (self->network_row);
  lodge_combo_value_show (self->firmware_row);
  lodge_size_spin_setup (self->memory_spin, MIB, MIB);
  lodge_size_spin_setup (self->size_spin, GIB, GIB);
}

void
lodge_resources_page_set_draft (LodgeResourcesPage *self,
                                LodgeCreateDraft   *draft)
{
  g_return_if_fail (LODGE_IS_RESOURCES_PAGE (self));

  self->draft = g_object_ref (draft);
}

/* Another system or host: what is good for it. Else what the person has set stays. */
static void
propose (LodgeResourcesPage *self)
{
  LodgeCreateDraft *draft = self->draft;
  g_autoptr(LodgeOsTraits) traits = lodge_create_draft_dup_traits (draft);

  if (draft->resources_set)
    return;
  draft->resources_set = TRUE;
  draft->memory = lodge_guest_plan_propose_memory (traits, lodge_connection_get_host_memory (draft->connection));
  draft->cpus = lodge_guest_plan_propose_cpus (traits, lodge_connection_get_host_cpus (draft->connection));
  draft->size = lodge_guest_plan_propose_storage (traits);
}

static void
fill_numbers (LodgeResourcesPage *self)
{
  LodgeConnection *connection = self->draft->connection;
  const guint64 host_memory = lodge_connection_get_host_memory (connection);
  const guint host_cpus = lodge_connection_get_host_cpus (connection);
  g_autofree char *host = dup_host (self);
  g_autofree char *cpus = g_strdup_printf (g_dngettext (NULL, "%s has %u", "%s has %u", host_cpus), host, host_cpus);

  self->filling = TRUE;
  gtk_spin_button_set_range (self->memory_spin, 16, host_memory > 0 ? (double) (host_memory / MIB)
                             : 16.0 * 1024 * 1024);
  gtk_spin_button_set_value (self->memory_spin, (double) (self->draft->memory / MIB));
  gtk_spin_button_set_range (self->cpus_spin, 1, MAX (host_cpus, 1));
  gtk_spin_button_set_value (self->cpus_spin, self->draft->cpus);
  gtk_spin_button_set_value (self->size_spin, (double) (self->draft->size / GIB));
  adw_combo_row_set_selected (self->firmware_row, self->draft->firmware);
  self->filling = FALSE;
  adw_action_row_set_subtitle (self->cpus_row, host_cpus > 0 ? cpus : "");
  show_free (self);
  show_memory (self);
}

void
lodge_resources_page_enter (LodgeResourcesPage *self)
{
  LodgeCreateDraft *draft = self->draft;
  LodgeConnection *connection = draft->connection;
  const gboolean container = draft->source == LODGE_SOURCE_CONTAINER;

  g_return_if_fail (LODGE_IS_RESOURCES_PAGE (self));

  propose (self);
  gtk_widget_set_visible (self->storage_group, draft->source != LODGE_SOURCE_DISK && !container);
  gtk_widget_set_visible (self->firmware_group, !container);
  gtk_widget_set_visible (self->browse_button, lodge_create_draft_is_local (draft));
  fill_numbers (self);
  if (self->pools != lodge_connection_get_storage_pools (connection))
    {
      forget_lists (self);
      self->free_memory = 0;
      self->pools = g_object_ref (lodge_connection_get_storage_pools (connection));
      self->networks = g_object_ref (lodge_connection_get_networks (connection));
      g_signal_connect_object (self->pools, "items-changed", G_CALLBACK (fill_storage), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->networks, "items-changed", G_CALLBACK (fill_networks), self, G_CONNECT_SWAPPED);
    }
  fill_storage (self);
  fill_networks (self);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  lodge_connection_read_facts_async (connection, self->cancellable, facts_cb, g_object_ref (self));
}
