/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-domain-actions"

#include "config.h"

#include "lodge-domain-actions.h"

#include <glib/gi18n.h>

#include "lodge-bulk-results.h"
#include "lodge-error-dialog.h"
#include "lodge-start-failure.h"
#include "lodge-tags-dialog.h"
#include "lodge-ui.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-format.h"

struct _LodgeDomainActions
{
  GObject             parent_instance;

  GtkWidget          *parent;    /* weak */
  GSettings          *settings;  /* owned */
  GSimpleActionGroup *group;     /* owned */
  GPtrArray          *domains;   /* of LodgeDomain */
  LodgeJobList       *jobs;      /* owned, nullable: where work on many is shown */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeDomainActions, lodge_domain_actions, G_TYPE_OBJECT)

/* The actions that are one operation. A question is asked when its key of the settings is on; NULL: always. */
static const struct
{
  const char           *name;
  LodgeDomainOperation  operation;
  gboolean              asks;
  const char           *key;
  const char           *heading, *body, *response;   /* of the question */
  const char           *failure;                     /* heading of the error: a machine's name */
} operations[] = {
  { "start", LODGE_DOMAIN_START, FALSE, NULL, NULL, NULL, NULL, N_("Could Not Start “%s”") },
  { "start-paused", LODGE_DOMAIN_START_PAUSED, FALSE, NULL, NULL, NULL, NULL,
    N_("Could Not Start “%s”") },
  { "start-fresh", LODGE_DOMAIN_START_FRESH, TRUE, NULL, N_("Start Without the Saved State?"),
    N_("The saved state is discarded: what the guest had not written to its disks is lost."),
    N_("_Discard and Start"), N_("Could Not Start “%s”") },
  { "pause", LODGE_DOMAIN_PAUSE, TRUE, "confirm-pause", N_("Pause?"),
    N_("The guest stands still until it is resumed."), N_("_Pause"), N_("Could Not Pause “%s”") },
  { "resume", LODGE_DOMAIN_RESUME, FALSE, NULL, NULL, NULL, NULL, N_("Could Not Resume “%s”") },
  { "shut-down", LODGE_DOMAIN_SHUT_DOWN, TRUE, "confirm-shut-down", N_("Shut Down?"),
    N_("The guest is asked to shut down."), N_("_Shut Down"), N_("Could Not Shut Down “%s”") },
  { "reboot", LODGE_DOMAIN_REBOOT, TRUE, "confirm-shut-down", N_("Reboot?"),
    N_("The guest is asked to reboot."), N_("_Reboot"), N_("Could Not Reboot “%s”") },
  { "save", LODGE_DOMAIN_SAVE, TRUE, "confirm-shut-down", N_("Save the State?"),
    N_("The guest's memory is written to the host's disk, and the machine is off until it is restored."),
    N_("_Save State"), N_("Could Not Save “%s”") },
  { "force-off", LODGE_DOMAIN_FORCE_OFF, TRUE, "confirm-force-off", N_("Force Off?"),
    N_("This is pulling the plug: the guest loses what it has not written to its disks."),
    N_("_Force Off"), N_("Could Not Force Off “%s”") },
  { "force-reset", LODGE_DOMAIN_FORCE_RESET, TRUE, "confirm-force-off", N_("Force Reset?"),
    N_("This is pressing the reset button: the guest loses what it has not written to its disks."),
    N_("_Force Reset"), N_("Could Not Reset “%s”") },
  { "discard-saved", LODGE_DOMAIN_DISCARD_SAVED, TRUE, NULL, N_("Discard the Saved State?"),
    N_("What the guest had not written to its disks is lost."), N_("_Discard"),
    N_("Could Not Discard the State of “%s”") },
};

/* What opens a dialog of a folder above: handed to an action of the application of the type a(ss), and there exactly
 * when the application has it and it is enabled */
static const struct
{
  const char *name;
  const char *app_action;
  gboolean    one_only;     /* not for a selection */
} dialogs[] = {
  { "snapshot", "take-snapshot", FALSE },
  { "clone", "clone-machines", TRUE },
  { "migrate", "migrate-machines", FALSE },
  { "export", "export-machines", FALSE },
  { "start-once", "start-machine-once", TRUE },
};

/* More machines than this are not watched one by one: whoever has selected them calls refresh() */
#define MAX_WATCHED 32

/* One operation on one machine */
typedef struct
{
  GtkWidget *parent;   /* owned, nullable */
  guint      index;    /* of @operations */
} Run;

static void
run_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr(GError) error = NULL;

  if (!lodge_domain_run_finish (LODGE_DOMAIN (object), result, &error) && run->parent != NULL)
    {
      g_autofree char *name = lodge_display_text (lodge_domain_get_name (LODGE_DOMAIN (object)), 80);
      g_autofree char *heading = NULL;

/* The formats are in the table above */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      heading = g_strdup_printf (_(operations[run->index].failure), name);
#pragma GCC diagnostic pop
      if (operations[run->index].operation == LODGE_DOMAIN_START
          || operations[run->index].operation == LODGE_DOMAIN_START_PAUSED)
        lodge_start_failure_present (run->parent, LODGE_DOMAIN (object), operations[run->index].operation, heading,
                                     error);
      else
        lodge_error_present (run->parent, heading, error);
    }
  g_clear_object (&run->parent);
  g_free (run);
}

/* No cancellable: a window that closes must not stop what a person asked for */
static void
carry_out (LodgeDomainActions *self,
           GPtrArray          *domains,
           guint               index)
{
  g_autoptr(LodgeBulkRun) bulk = NULL;
  Run *run;

  if (domains->len == 0)
    return;
  if (domains->len > 1)
    {
      bulk = lodge_bulk_run_new (domains, operations[index].operation);
      lodge_bulk_run_start (bulk, self->jobs);
      if (self->parent != NULL)
        lodge_bulk_results_watch (self->parent, bulk);
      return;
    }
  run = g_new0 (Run, 1);
  run->index = index;
  g_set_object (&run->parent, self->parent);
  lodge_domain_run_async (domains->pdata[0], operations[index].operation, NULL, run_cb, run);
}

typedef struct
{
  LodgeDomainActions *self;     /* owned */
  GPtrArray          *domains;  /* owned: those that were meant when it was asked */
  GtkCheckButton     *silence;  /* borrowed, nullable: in the dialog */
  guint               index;
} Question;

static void
question_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;
  const char *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);

  if (g_str_equal (response, "do"))
    {
      if (question->silence != NULL && gtk_check_button_get_active (question->silence))
        g_settings_set_boolean (question->self->settings, operations[question->index].key, FALSE);
      carry_out (question->self, question->domains, question->index);
    }
  g_object_unref (question->self);
  g_ptr_array_unref (question->domains);
  g_free (question);
}

static void
ask (LodgeDomainActions *self,
     GPtrArray          *domains,
     guint               index)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *body = NULL;
  AdwDialog *dialog;

  question->self = g_object_ref (self);
  question->domains = g_ptr_array_ref (domains);
  question->index = index;

  body = domains->len == 1
         ? g_strdup_printf ("“%s”: %s", lodge_domain_get_name (domains->pdata[0]),
                            _(operations[index].body))
         : g_strdup_printf (ngettext ("%u machine: %s", "%u machines: %s", domains->len), domains->len,
                            _(operations[index].body));
  dialog = adw_alert_dialog_new (_(operations[index].heading), body);
  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "do",
                                  _(operations[index].response), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "do",
                                            ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  if (operations[index].key != NULL && self->settings != NULL)
    {
      question->silence = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_("_Do not ask again")));
      gtk_widget_set_halign (GTK_WIDGET (question->silence), GTK_ALIGN_CENTER);
      adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (question->silence));
    }
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), self->parent, NULL, question_cb, question);
}

static void
activate_operation (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr(GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint index = 0; index < G_N_ELEMENTS (operations); index++)
    {
      if (!g_str_equal (operations[index].name, name))
        continue;
      for (guint i = 0; i < self->domains->len; i++)
        {
          if (lodge_domain_can (self->domains->pdata[i], operations[index].operation))
            g_ptr_array_add (domains, g_object_ref (self->domains->pdata[i]));
        }
      if (operations[index].asks
          && (operations[index].key == NULL
              || g_settings_get_boolean (self->settings, operations[index].key)))
        ask (self, domains, index);
      else
        carry_out (self, domains, index);
      return;
    }
}

static void
activate_toggle_pause (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  gboolean pause = lodge_domain_actions_count (self, LODGE_DOMAIN_PAUSE) > 0;

  g_action_group_activate_action (G_ACTION_GROUP (self->group), pause ? "pause" : "resume", NULL);
}

/* The connection's URI and the machine's UUID: how the program names a machine in its actions */
static GVariant *
name_domain (LodgeDomain *domain)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);

  return connection != NULL ? g_variant_new ("(ss)", lodge_connection_get_uri (connection),
                                             lodge_domain_get_uuid (domain)) : NULL;
}

static void
activate_open (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  const gboolean in_tab = g_str_equal (g_action_get_name (G_ACTION (action)), "open-in-tab");

  for (guint i = 0; i < self->domains->len && self->parent != NULL; i++)
    {
      GVariant *name = name_domain (self->domains->pdata[i]);

      if (name != NULL)
        gtk_widget_activate_action_variant (self->parent, in_tab ? "app.open-machine-in-tab" : "app.open-machine",
                                            name);
    }
}

static GVariant *
name_domains (LodgeDomainActions *self)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < self->domains->len; i++)
    {
      GVariant *name = name_domain (self->domains->pdata[i]);

      if (name != NULL)
        g_variant_builder_add_value (&builder, name);
    }
  return g_variant_builder_end (&builder);
}

static GActionGroup *
get_application (LodgeDomainActions *self)
{
  GtkRoot *root = self->parent != NULL ? gtk_widget_get_root (self->parent) : NULL;

  return GTK_IS_WINDOW (root) ? G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (root))) : NULL;
}

static void
activate_dialog (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  GActionGroup *application = get_application (self);

  for (guint i = 0; i < G_N_ELEMENTS (dialogs) && application != NULL; i++)
    {
      if (g_str_equal (dialogs[i].name, g_action_get_name (G_ACTION (action))))
        g_action_group_activate_action (application, dialogs[i].app_action, name_domains (self));
    }
}

static void
activate_delete (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < self->domains->len; i++)
    {
      GVariant *name = name_domain (self->domains->pdata[i]);

      if (name != NULL && lodge_domain_can_delete (self->domains->pdata[i]))
        g_variant_builder_add_value (&builder, name);
    }
  if (self->parent != NULL)
    gtk_widget_activate_action_variant (self->parent, "app.delete-machines",
                                        g_variant_builder_end (&builder));
}

static void
autostart_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GtkWidget) parent = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *heading = NULL;

  if (lodge_domain_set_autostart_finish (LODGE_DOMAIN (object), result, &error))
    return;
  heading = g_strdup_printf (_("Could Not Change “%s”"), lodge_domain_get_name (LODGE_DOMAIN (object)));
  lodge_error_present (parent, heading, error);
}

static void
change_autostart (GSimpleAction *action,
                  GVariant      *value,
                  gpointer       user_data)
{
  LodgeDomainActions *self = user_data;

  for (guint i = 0; i < self->domains->len && self->parent != NULL; i++)
    {
      if (lodge_domain_can_set_autostart (self->domains->pdata[i]))
        lodge_domain_set_autostart_async (self->domains->pdata[i], g_variant_get_boolean (value), NULL,
                                          autostart_cb, g_object_ref (self->parent));
    }
}

static void
renamed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GtkWidget) parent = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *heading = NULL;

  if (lodge_domain_rename_finish (LODGE_DOMAIN (object), result, &error))
    return;
  heading = g_strdup_printf (_("Could Not Rename “%s”"), lodge_domain_get_name (LODGE_DOMAIN (object)));
  lodge_error_present (parent, heading, error);
}

static void
rename_changed_cb (GtkEditable    *entry,
                   AdwAlertDialog *dialog)
{
  const char *text = gtk_editable_get_text (entry);

  adw_alert_dialog_set_response_enabled (dialog, "rename", *text != '\0' && strchr (text, '/') == NULL);
}

static void
rename_chosen_cb (AdwAlertDialog *dialog,
                  const char     *response,
                  LodgeDomain    *domain)
{
  GtkWidget *entry = adw_alert_dialog_get_extra_child (dialog);
  GtkWidget *parent = g_object_get_data (G_OBJECT (dialog), "lodge-parent");
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (g_str_equal (response, "rename") && !g_str_equal (text, lodge_domain_get_name (domain)))
    lodge_domain_rename_async (domain, text, NULL, renamed_cb, g_object_ref (parent));
}

static void
activate_rename (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  LodgeDomain *domain = self->domains->len == 1 ? self->domains->pdata[0] : NULL;
  GtkWidget *entry = gtk_entry_new ();
  AdwDialog *dialog;

  if (domain == NULL || self->parent == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (entry), lodge_domain_get_name (domain));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  dialog = adw_alert_dialog_new (_("Rename Machine"), NULL);
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), entry);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "rename",
                                  _("_Rename"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "rename");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "lodge-parent", g_object_ref (self->parent), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (rename_changed_cb), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (rename_chosen_cb), domain, 0);
  adw_dialog_present (dialog, self->parent);
}

static void
activate_edit_tags (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  g_autoptr(GPtrArray) domains = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->domains->len; i++)
    g_ptr_array_add (domains, g_object_ref (self->domains->pdata[i]));
  if (domains->len > 0 && self->parent != NULL)
    lodge_tags_dialog_present (self->parent, domains, self->jobs);
}

/* The parameter says what; several machines give a line each */
static void
activate_copy (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  LodgeDomainActions *self = user_data;
  const char *what = g_variant_get_string (parameter, NULL);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->domains->len; i++)
    {
      LodgeDomain *domain = self->domains->pdata[i];
      const char *address = lodge_domain_get_addresses (domain)[0];
      const gboolean ssh = g_str_equal (what, "ssh");

      if ((ssh || g_str_equal (what, "ip")) && address == NULL)
        continue;
      g_string_append_printf (text, "%s%s%s", text->len > 0 ? "\n" : "", ssh ? "ssh " : "",
                              ssh || g_str_equal (what, "ip") ? address
                              : g_str_equal (what, "uuid") ? lodge_domain_get_uuid (domain)
                              : lodge_domain_get_name (domain));
    }
  if (self->parent != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (self->parent), text->str);
}

static void
set_enabled (LodgeDomainActions *self,
             const char         *name,
             gboolean            enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (LodgeDomainActions *self)
{
  GActionGroup *application = get_application (self);
  guint n_delete = 0, n_autostart = 0, n_autostarted = 0;

  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    set_enabled (self, operations[i].name, lodge_domain_actions_count (self, operations[i].operation) > 0);
  for (guint i = 0; i < self->domains->len; i++)
    {
      n_delete += lodge_domain_can_delete (self->domains->pdata[i]);
      n_autostart += lodge_domain_can_set_autostart (self->domains->pdata[i]);
      n_autostarted += lodge_domain_get_autostart (self->domains->pdata[i]);
    }
  set_enabled (self, "toggle-pause", lodge_domain_actions_count (self, LODGE_DOMAIN_PAUSE) > 0
                                     || lodge_domain_actions_count (self, LODGE_DOMAIN_RESUME) > 0);
  set_enabled (self, "open", self->domains->len > 0);
  set_enabled (self, "open-in-tab", self->domains->len > 0);
  set_enabled (self, "rename", self->domains->len == 1
                               && lodge_domain_can_rename (self->domains->pdata[0]));
  set_enabled (self, "delete", n_delete > 0);
  set_enabled (self, "autostart", n_autostart > 0);
  set_enabled (self, "copy", self->domains->len > 0);
  set_enabled (self, "edit-tags", self->domains->len > 0);
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    set_enabled (self, dialogs[i].name,
                 self->domains->len > 0 && (!dialogs[i].one_only || self->domains->len == 1)
                 && application != NULL && g_action_group_get_action_enabled (application, dialogs[i].app_action));
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->group),
                                                                          "autostart")),
                             g_variant_new_boolean (self->domains->len > 0
                                                    && n_autostarted == self->domains->len));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const GActionEntry entries[] = {
  { .name = "toggle-pause", .activate = activate_toggle_pause },
  { .name = "open", .activate = activate_open },
  { .name = "open-in-tab", .activate = activate_open },
  { .name = "rename", .activate = activate_rename },
  { .name = "delete", .activate = activate_delete },
  { .name = "edit-tags", .activate = activate_edit_tags },
  { .name = "copy", .activate = activate_copy, .parameter_type = "s" },
  { .name = "autostart", .state = "false", .change_state = change_autostart },
};

static void
lodge_domain_actions_dispose (GObject *object)
{
  LodgeDomainActions *self = LODGE_DOMAIN_ACTIONS (object);

  g_clear_weak_pointer (&self->parent);
  for (guint i = 0; i < MIN (self->domains->len, MAX_WATCHED); i++)
    g_signal_handlers_disconnect_by_data (self->domains->pdata[i], self);
  g_ptr_array_set_size (self->domains, 0);

  G_OBJECT_CLASS (lodge_domain_actions_parent_class)->dispose (object);
}

static void
lodge_domain_actions_finalize (GObject *object)
{
  LodgeDomainActions *self = LODGE_DOMAIN_ACTIONS (object);

  g_clear_object (&self->group);
  g_clear_object (&self->settings);
  g_clear_object (&self->jobs);
  g_ptr_array_unref (self->domains);

  G_OBJECT_CLASS (lodge_domain_actions_parent_class)->finalize (object);
}

static void
lodge_domain_actions_class_init (LodgeDomainActionsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lodge_domain_actions_dispose;
  object_class->finalize = lodge_domain_actions_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LODGE_TYPE_DOMAIN_ACTIONS, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lodge_domain_actions_init (LodgeDomainActions *self)
{
  self->domains = g_ptr_array_new_with_free_func (g_object_unref);
  self->group = g_simple_action_group_new ();
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (operations[i].name, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activate_operation), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
    }
  for (guint i = 0; i < G_N_ELEMENTS (dialogs); i++)
    {
      g_autoptr(GSimpleAction) action = g_simple_action_new (dialogs[i].name, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (activate_dialog), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
    }
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), entries, G_N_ELEMENTS (entries), self);
  update (self);
}

LodgeDomainActions *
lodge_domain_actions_new (GtkWidget *parent,
                          GSettings *settings)
{
  LodgeDomainActions *self = g_object_new (LODGE_TYPE_DOMAIN_ACTIONS, NULL);

  g_set_weak_pointer (&self->parent, parent);
  g_set_object (&self->settings, settings);
  return self;
}

/* Work on several machines is a job of @jobs */
void
lodge_domain_actions_set_jobs (LodgeDomainActions *self,
                               LodgeJobList       *jobs)
{
  g_return_if_fail (LODGE_IS_DOMAIN_ACTIONS (self));

  g_set_object (&self->jobs, jobs);
}

GActionGroup *
lodge_domain_actions_get_group (LodgeDomainActions *self)
{
  g_return_val_if_fail (LODGE_IS_DOMAIN_ACTIONS (self), NULL);

  return G_ACTION_GROUP (self->group);
}

/**
 * lodge_domain_actions_set_domains:
 * @self: the actions
 * @domains: (nullable): a model of LodgeDomain, read now; its later changes are not followed. The first 32 are watched
 *   for what fits them; with more call lodge_domain_actions_refresh() when something may have changed
 */
void
lodge_domain_actions_set_domains (LodgeDomainActions *self,
                                  GListModel         *domains)
{
  static const char * const watched[] = {
    "notify::state", "notify::stale", "notify::persistent", "notify::autostart", "removed",
  };

  g_return_if_fail (LODGE_IS_DOMAIN_ACTIONS (self));

  for (guint i = 0; i < MIN (self->domains->len, MAX_WATCHED); i++)
    g_signal_handlers_disconnect_by_data (self->domains->pdata[i], self);
  g_ptr_array_set_size (self->domains, 0);
  for (guint i = 0; domains != NULL && i < g_list_model_get_n_items (domains); i++)
    {
      LodgeDomain *domain = g_list_model_get_item (domains, i);

      g_ptr_array_add (self->domains, domain);
      for (guint k = 0; i < MAX_WATCHED && k < G_N_ELEMENTS (watched); k++)
        g_signal_connect_object (domain, watched[k], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

/* Looks again at what fits the machines */
void
lodge_domain_actions_refresh (LodgeDomainActions *self)
{
  g_return_if_fail (LODGE_IS_DOMAIN_ACTIONS (self));

  update (self);
}

guint
lodge_domain_actions_count (LodgeDomainActions   *self,
                            LodgeDomainOperation  operation)
{
  guint n = 0;

  g_return_val_if_fail (LODGE_IS_DOMAIN_ACTIONS (self), 0);

  for (guint i = 0; i < self->domains->len; i++)
    n += lodge_domain_can (self->domains->pdata[i], operation);
  return n;
}

/**
 * lodge_domain_actions_create_menu:
 *
 * Returns: (transfer full): the menu of a machine, the same on a row and on its tab
 */
GMenuModel *
lodge_domain_actions_create_menu (void)
{
  g_autoptr(GtkBuilder) builder = gtk_builder_new_from_resource (LODGE_UI ("widgets/machine-menu.ui"));

  return g_object_ref (G_MENU_MODEL (gtk_builder_get_object (builder, "machine_menu")));
}
