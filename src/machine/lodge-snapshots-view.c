/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-snapshots-view"

#include "config.h"

#include "lodge-snapshots-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lodge-snapshot-row.h"
#include "lodge-ui.h"
#include "model/lodge-snapshot.h"
#include "util/lodge-error.h"
#include "util/lodge-format.h"
#include "widgets/lodge-error-dialog.h"

struct _LodgeSnapshotsView
{
  GtkWidget           parent_instance;

  /* template children */
  GtkWidget          *bin;
  GtkStack           *stack;
  AdwStatusPage      *status_page;
  AdwOverlaySplitView *split_view;
  GtkLabel           *count_label;
  GtkListView        *list;
  GtkStack           *details;
  GtkLabel           *name_label;
  AdwActionRow       *description_row;
  AdwActionRow       *taken_row;
  AdwActionRow       *kind_row;

  LodgeDomain        *domain;      /* owned */
  GListModel         *snapshots;   /* owned, nullable: not read yet */
  GtkSingleSelection *selection;   /* owned */
  GCancellable       *reading;     /* owned, nullable */
  char               *wanted;      /* owned, nullable: name to select when they are read */
  gboolean            busy;        /* one is being taken, gone back to or deleted */
};

G_DEFINE_FINAL_TYPE (LodgeSnapshotsView, lodge_snapshots_view, GTK_TYPE_WIDGET)

/* The chosen one; NULL: none, or where the machine is now */
static LodgeSnapshot *
get_chosen (LodgeSnapshotsView *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr(GObject) item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;

  /* The list holds it */
  return LODGE_IS_SNAPSHOT (item) ? LODGE_SNAPSHOT (item) : NULL;
}

static LodgeSnapshot *
find (LodgeSnapshotsView *self,
      const char         *name)
{
  const guint n = self->snapshots != NULL ? g_list_model_get_n_items (self->snapshots) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeSnapshot) snapshot = g_list_model_get_item (self->snapshots, i);

      if (g_strcmp0 (lodge_snapshot_get_name (snapshot), name) == 0)
        return snapshot;
    }
  return NULL;
}

/* The tree */

/* Those that were made from @parent; behind them where the machine is now */
static GListStore *
list_children (LodgeSnapshotsView *self,
               LodgeSnapshot      *parent)
{
  const char *name = parent != NULL ? lodge_snapshot_get_name (parent) : NULL;
  const guint n = g_list_model_get_n_items (self->snapshots);
  GListStore *children = g_list_store_new (G_TYPE_OBJECT);
  gboolean here = parent != NULL && lodge_snapshot_get_current (parent);
  gboolean anywhere = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeSnapshot) snapshot = g_list_model_get_item (self->snapshots, i);
      const char *of = lodge_snapshot_get_parent (snapshot);

      anywhere = anywhere || lodge_snapshot_get_current (snapshot);
      /* One whose parent is not there begins a line */
      if (g_strcmp0 (of, name) == 0 || (parent == NULL && find (self, of) == NULL))
        g_list_store_append (children, snapshot);
    }
  if (here || (parent == NULL && !anywhere))
    {
      g_autoptr(GtkStringObject) marker = gtk_string_object_new ("");

      g_list_store_append (children, marker);
    }
  return children;
}

static GListModel *
create_children (gpointer item,
                 gpointer user_data)
{
  g_autoptr(GListStore) children = NULL;

  if (!LODGE_IS_SNAPSHOT (item))
    return NULL;
  children = list_children (user_data, item);
  return g_list_model_get_n_items (G_LIST_MODEL (children)) > 0 ? G_LIST_MODEL (g_steal_pointer (&children)) : NULL;
}

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, lodge_snapshot_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  lodge_snapshot_row_bind (LODGE_SNAPSHOT_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  lodge_snapshot_row_bind (LODGE_SNAPSHOT_ROW (gtk_list_item_get_child (item)), NULL);
}

/* What is shown */

static void
set_enabled (LodgeSnapshotsView *self,
             const char         *action,
             gboolean            enabled)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, enabled);
}

static void
show_chosen (LodgeSnapshotsView *self)
{
  LodgeSnapshot *snapshot = get_chosen (self);
  const gboolean able = !self->busy && lodge_domain_get_connection (self->domain) != NULL
                        && !lodge_domain_get_stale (self->domain);
  g_autofree char *name = NULL;
  g_autofree char *description = NULL;
  g_autofree char *when = NULL;
  g_autofree char *kind = NULL;

  set_enabled (self, "snapshots.take", able);
  set_enabled (self, "snapshots.revert", able && snapshot != NULL);
  set_enabled (self, "snapshots.delete", able && snapshot != NULL);
  set_enabled (self, "snapshots.describe", able && snapshot != NULL);
  gtk_stack_set_visible_child_name (self->details, snapshot != NULL ? "snapshot" : "here");
  if (snapshot == NULL)
    return;
  name = lodge_display_text (lodge_snapshot_get_name (snapshot), 120);
  description = lodge_snapshot_get_description (snapshot) != NULL
                ? lodge_display_text (lodge_snapshot_get_description (snapshot), 2000) : g_strdup (_("None"));
  when = lodge_snapshot_dup_when (snapshot);
  /* Translators: “External: disks only” */
  kind = g_strdup_printf (lodge_snapshot_get_external (snapshot) ? _("External: %s") : _("Inside the disk images: %s"),
                          lodge_snapshot_kind_get_label (lodge_snapshot_get_kind (snapshot)));
  gtk_label_set_text (self->name_label, name);
  adw_action_row_set_subtitle (self->description_row, description);
  adw_action_row_set_subtitle (self->taken_row, when);
  adw_action_row_set_subtitle (self->kind_row, kind);
}

static void
select_wanted (LodgeSnapshotsView *self)
{
  GListModel *rows = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(GtkTreeListRow) row = g_list_model_get_item (rows, i);
      g_autoptr(GObject) item = gtk_tree_list_row_get_item (row);
      const gboolean snapshot = LODGE_IS_SNAPSHOT (item);

      if (self->wanted != NULL ? snapshot && g_str_equal (lodge_snapshot_get_name (LODGE_SNAPSHOT (item)), self->wanted)
                               : !snapshot)
        gtk_single_selection_set_selected (self->selection, i);
    }
  g_clear_pointer (&self->wanted, g_free);
}

static void
show_list (LodgeSnapshotsView *self)
{
  const guint n = g_list_model_get_n_items (self->snapshots);
  g_autofree char *count = g_strdup_printf (g_dngettext (NULL, "%u snapshot", "%u snapshots", n), n);
  GtkTreeListModel *tree;

  if (n == 0)
    {
      adw_status_page_set_icon_name (self->status_page, "lodge-snapshot-symbolic");
      adw_status_page_set_title (self->status_page, _("No Snapshots"));
      adw_status_page_set_description (self->status_page,
                                       _("A snapshot keeps the machine as it is now, so that you can go back to it."));
      gtk_stack_set_visible_child_name (self->stack, "status");
      show_chosen (self);
      return;
    }
  tree = gtk_tree_list_model_new (G_LIST_MODEL (list_children (self, NULL)), FALSE, TRUE, create_children, self, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (tree));
  g_object_unref (tree);
  gtk_label_set_text (self->count_label, count);
  gtk_stack_set_visible_child_name (self->stack, "list");
  select_wanted (self);
  show_chosen (self);
}

static void
show_error (LodgeSnapshotsView *self,
            const GError       *error)
{
  g_autofree char *message = lodge_display_text (error->message, 500);
  g_autofree char *text = g_markup_escape_text (message, -1);
  const gboolean unsupported = g_error_matches (error, LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED);

  adw_status_page_set_icon_name (self->status_page, "dialog-information-symbolic");
  adw_status_page_set_title (self->status_page, unsupported ? _("No Snapshots Here") : _("Snapshots Cannot Be Read"));
  adw_status_page_set_description (self->status_page,
                                   unsupported ? _("The hypervisor of this host cannot take snapshots.") : text);
  gtk_stack_set_visible_child_name (self->stack, "status");
  set_enabled (self, "snapshots.take", FALSE);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeSnapshotsView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) snapshots = lodge_domain_list_snapshots_finish (LODGE_DOMAIN (object), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->domain == NULL)
    return;
  if (snapshots == NULL)
    {
      show_error (self, error);
      return;
    }
  g_set_object (&self->snapshots, snapshots);
  show_list (self);
}

void
lodge_snapshots_view_refresh (LodgeSnapshotsView *self)
{
  LodgeSnapshot *chosen;

  g_return_if_fail (LODGE_IS_SNAPSHOTS_VIEW (self));

  chosen = get_chosen (self);
  if (self->wanted == NULL && chosen != NULL)
    self->wanted = g_strdup (lodge_snapshot_get_name (chosen));
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lodge_domain_list_snapshots_async (self->domain, self->reading, listed_cb, g_object_ref (self));
}

/* What a person does */

static void
set_busy (LodgeSnapshotsView *self,
          gboolean            busy)
{
  self->busy = busy;
  show_chosen (self);
}

static void
ended (LodgeSnapshotsView *self,
       const char         *heading,
       const GError       *error)
{
  if (self->domain == NULL)
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    lodge_error_present (GTK_WIDGET (self), heading, error);
  lodge_snapshots_view_refresh (self);
}

static void
taken_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeSnapshotsView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!lodge_domain_take_snapshot_finish (LODGE_DOMAIN (object), result, &error))
    g_clear_pointer (&self->wanted, g_free);
  ended (self, _("Could Not Take the Snapshot"), error);
}

static void
reverted_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(LodgeSnapshotsView) self = user_data;
  g_autoptr(GError) error = NULL;

  lodge_domain_revert_finish (LODGE_DOMAIN (object), result, &error);
  ended (self, _("Could Not Revert to the Snapshot"), error);
}

static void
deleted_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LodgeSnapshotsView) self = user_data;
  g_autoptr(GError) error = NULL;

  lodge_domain_delete_snapshot_finish (LODGE_DOMAIN (object), result, &error);
  ended (self, _("Could Not Delete the Snapshot"), error);
}

static void
described_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LodgeSnapshotsView) self = user_data;
  g_autoptr(GError) error = NULL;

  lodge_domain_describe_snapshot_finish (LODGE_DOMAIN (object), result, &error);
  ended (self, _("Could Not Change the Description"), error);
}

static char *
propose_name (LodgeSnapshotsView *self,
              const char         *base)
{
  char *name = g_strdup (base);

  for (guint i = 2; find (self, name) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", base, i);
    }
  return name;
}

/* A question with a list of fields below it. The fields are found again by their names. */
static AdwAlertDialog *
create_question (const char *heading,
                 const char *body,
                 const char *response,
                 gboolean    destructive,
                 GtkWidget  *fields)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_set_heading_use_markup (dialog, FALSE);
  adw_alert_dialog_set_body_use_markup (dialog, FALSE);
  adw_alert_dialog_add_responses (dialog, "cancel", _("_Cancel"), "do", response, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "do", destructive ? ADW_RESPONSE_DESTRUCTIVE
                                            : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, destructive ? "cancel" : "do");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  if (fields != NULL)
    adw_alert_dialog_set_extra_child (dialog, fields);
  return dialog;
}

static GtkWidget *
add_field (GtkWidget  *group,
           GtkWidget  *row,
           const char *title,
           const char *name)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_name (row, name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_object_set_data (G_OBJECT (group), name, row);
  return row;
}

static gpointer
get_field (AdwAlertDialog *dialog,
           const char     *name)
{
  return g_object_get_data (G_OBJECT (adw_alert_dialog_get_extra_child (dialog)), name);
}

static void
name_changed_cb (GtkEditable    *entry,
                 AdwAlertDialog *dialog)
{
  LodgeSnapshotsView *self = g_object_get_data (G_OBJECT (dialog), "lodge-view");
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  const gboolean good = *name != '\0' && strchr (name, '/') == NULL && find (self, name) == NULL;

  adw_alert_dialog_set_response_enabled (dialog, "do", good);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
}

static void
take_chosen_cb (AdwAlertDialog     *dialog,
                const char         *response,
                LodgeSnapshotsView *self)
{
  g_autofree char *name = NULL;

  if (!g_str_equal (response, "do"))
    return;
  name = g_strstrip (g_strdup (gtk_editable_get_text (get_field (dialog, "name"))));
  g_set_str (&self->wanted, name);
  set_busy (self, TRUE);
  lodge_domain_take_snapshot_async (self->domain, name, gtk_editable_get_text (get_field (dialog, "description")),
                                    adw_switch_row_get_active (get_field (dialog, "memory")), NULL, taken_cb,
                                    g_object_ref (self));
}

void
lodge_snapshots_view_take (LodgeSnapshotsView *self)
{
  const LodgeDomainState state = lodge_domain_get_state (self->domain);
  const gboolean running = state == LODGE_DOMAIN_STATE_RUNNING || state == LODGE_DOMAIN_STATE_PAUSED;
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *name = add_field (group, adw_entry_row_new (), _("Name"), "name");
  GtkWidget *memory;
  g_autofree char *proposed = propose_name (self, _("Snapshot"));
  AdwAlertDialog *dialog;

  g_return_if_fail (LODGE_IS_SNAPSHOTS_VIEW (self));

  add_field (group, adw_entry_row_new (), _("Description"), "description");
  memory = add_field (group, adw_switch_row_new (), _("Include Memory"), "memory");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (memory), _("Without it, going back is as after a power cut"));
  adw_switch_row_set_active (ADW_SWITCH_ROW (memory), running);
  gtk_widget_set_visible (memory, running);
  gtk_editable_set_text (GTK_EDITABLE (name), proposed);
  dialog = create_question (_("Take Snapshot"), _("The machine as it is now can be gone back to."), _("_Take Snapshot"),
                            FALSE, group);
  g_object_set_data (G_OBJECT (dialog), "lodge-view", self);
  g_signal_connect_object (name, "changed", G_CALLBACK (name_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (take_chosen_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* The snapshot before going back is there: now it is gone back */
static void
taken_first_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LodgeSnapshotsView) self = user_data;
  g_autoptr(GError) error = NULL;
  LodgeSnapshot *snapshot = find (self, self->wanted);

  if (!lodge_domain_take_snapshot_finish (LODGE_DOMAIN (object), result, &error) || snapshot == NULL)
    ended (self, _("Could Not Take a Snapshot First"), error);
  else
    lodge_domain_revert_async (self->domain, snapshot, NULL, reverted_cb, g_object_ref (self));
}

static void
revert_chosen_cb (AdwAlertDialog     *dialog,
                  const char         *response,
                  LodgeSnapshotsView *self)
{
  LodgeSnapshot *snapshot = find (self, g_object_get_data (G_OBJECT (dialog), "lodge-name"));
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (!g_str_equal (response, "do") || snapshot == NULL)
    return;
  g_set_str (&self->wanted, lodge_snapshot_get_name (snapshot));
  set_busy (self, TRUE);
  if (!adw_switch_row_get_active (get_field (dialog, "first")))
    {
      lodge_domain_revert_async (self->domain, snapshot, NULL, reverted_cb, g_object_ref (self));
      return;
    }
  base = g_strdup_printf (_("Before %s"), lodge_snapshot_get_name (snapshot));
  name = propose_name (self, base);
  lodge_domain_take_snapshot_async (self->domain, name, NULL, TRUE, NULL, taken_first_cb, g_object_ref (self));
}

static void
keep_name (AdwAlertDialog *dialog,
           LodgeSnapshot  *snapshot)
{
  g_object_set_data_full (G_OBJECT (dialog), "lodge-name", g_strdup (lodge_snapshot_get_name (snapshot)), g_free);
}

static void
revert_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LodgeSnapshotsView *self = LODGE_SNAPSHOTS_VIEW (widget);
  LodgeSnapshot *snapshot = get_chosen (self);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *first = add_field (group, adw_switch_row_new (), _("Take a Snapshot First"), "first");
  g_autofree char *name = lodge_display_text (lodge_snapshot_get_name (snapshot), 60);
  g_autofree char *heading = g_strdup_printf (_("Revert to “%s”?"), name);
  AdwAlertDialog *dialog =
    create_question (heading, _("What the machine did since is lost, unless a snapshot keeps it."), _("_Revert"), TRUE,
                     group);

  adw_switch_row_set_active (ADW_SWITCH_ROW (first), TRUE);
  keep_name (dialog, snapshot);
  g_signal_connect_object (dialog, "response", G_CALLBACK (revert_chosen_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
delete_chosen_cb (AdwAlertDialog     *dialog,
                  const char         *response,
                  LodgeSnapshotsView *self)
{
  LodgeSnapshot *snapshot = find (self, g_object_get_data (G_OBJECT (dialog), "lodge-name"));

  if (!g_str_equal (response, "do") || snapshot == NULL)
    return;
  g_set_str (&self->wanted, lodge_snapshot_get_parent (snapshot));
  set_busy (self, TRUE);
  lodge_domain_delete_snapshot_async (self->domain, snapshot,
                                      adw_switch_row_get_active (get_field (dialog, "children")),
                                      NULL, deleted_cb, g_object_ref (self));
}

static gboolean
has_children (LodgeSnapshotsView *self,
              LodgeSnapshot      *snapshot)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->snapshots); i++)
    {
      g_autoptr(LodgeSnapshot) other = g_list_model_get_item (self->snapshots, i);

      if (g_strcmp0 (lodge_snapshot_get_parent (other), lodge_snapshot_get_name (snapshot)) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  LodgeSnapshotsView *self = LODGE_SNAPSHOTS_VIEW (widget);
  LodgeSnapshot *snapshot = get_chosen (self);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *children = add_field (group, adw_switch_row_new (), _("Delete Those Made From It Too"), "children");
  g_autofree char *name = lodge_display_text (lodge_snapshot_get_name (snapshot), 60);
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), name);
  AdwAlertDialog *dialog = create_question (heading,
                                            _("The machine stays as it is, but cannot go back to this snapshot any "
                                              "more."), _("_Delete"), TRUE, group);

  gtk_widget_set_visible (group, has_children (self, snapshot));
  gtk_widget_set_visible (children, has_children (self, snapshot));
  keep_name (dialog, snapshot);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_chosen_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
describe_chosen_cb (AdwAlertDialog     *dialog,
                    const char         *response,
                    LodgeSnapshotsView *self)
{
  LodgeSnapshot *snapshot = find (self, g_object_get_data (G_OBJECT (dialog), "lodge-name"));

  if (!g_str_equal (response, "do") || snapshot == NULL)
    return;
  set_busy (self, TRUE);
  lodge_domain_describe_snapshot_async (self->domain, snapshot,
                                        gtk_editable_get_text (get_field (dialog, "description")),
                                        described_cb, g_object_ref (self));
}

static void
describe_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  LodgeSnapshotsView *self = LODGE_SNAPSHOTS_VIEW (widget);
  LodgeSnapshot *snapshot = get_chosen (self);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *entry = add_field (group, adw_entry_row_new (), _("Description"), "description");
  AdwAlertDialog *dialog = create_question (_("Describe Snapshot"), NULL, _("_Save"), FALSE, group);

  if (lodge_snapshot_get_description (snapshot) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), lodge_snapshot_get_description (snapshot));
  keep_name (dialog, snapshot);
  g_signal_connect_object (dialog, "response", G_CALLBACK (describe_chosen_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
take_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  lodge_snapshots_view_take (LODGE_SNAPSHOTS_VIEW (widget));
}

/* In a narrow window what is known of it lies over the tree */
static void
activate_cb (LodgeSnapshotsView *self)
{
  if (adw_overlay_split_view_get_collapsed (self->split_view))
    adw_overlay_split_view_set_show_sidebar (self->split_view, TRUE);
}

static void
refresh_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  lodge_snapshots_view_refresh (LODGE_SNAPSHOTS_VIEW (widget));
}

static void
lodge_snapshots_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_snapshots_view_parent_class)->map (widget);
  lodge_snapshots_view_refresh (LODGE_SNAPSHOTS_VIEW (widget));
}

static void
lodge_snapshots_view_dispose (GObject *object)
{
  LodgeSnapshotsView *self = LODGE_SNAPSHOTS_VIEW (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SNAPSHOTS_VIEW);
  /* The tree asks for children with us */
  if (self->selection != NULL)
    gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->snapshots);
  g_clear_object (&self->domain);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (lodge_snapshots_view_parent_class)->dispose (object);
}

static void
lodge_snapshots_view_class_init (LodgeSnapshotsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_snapshots_view_dispose;
  widget_class->map = lodge_snapshots_view_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-snapshots-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, bin);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, stack);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, status_page);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, split_view);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, count_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, list);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, details);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, name_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, description_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, taken_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSnapshotsView, kind_row);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "snapshots.take", NULL, take_action);
  gtk_widget_class_install_action (widget_class, "snapshots.revert", NULL, revert_action);
  gtk_widget_class_install_action (widget_class, "snapshots.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "snapshots.describe", NULL, describe_action);
  gtk_widget_class_install_action (widget_class, "snapshots.refresh", NULL, refresh_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, GDK_NO_MODIFIER_MASK, "snapshots.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_NO_MODIFIER_MASK, "snapshots.delete", NULL);
}

static void
lodge_snapshots_view_init (LodgeSnapshotsView *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

GtkWidget *
lodge_snapshots_view_new (LodgeDomain *domain)
{
  LodgeSnapshotsView *self = g_object_new (LODGE_TYPE_SNAPSHOTS_VIEW, NULL);

  self->domain = g_object_ref (domain);
  g_signal_connect_object (domain, "notify::stale", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (domain, "removed", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  show_chosen (self);
  return GTK_WIDGET (self);
}
