/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-start-failure"

#include "config.h"

#include "lodge-start-failure.h"

#include <glib/gi18n.h>

#include "lodge-error-dialog.h"
#include "model/lodge-connection.h"
#include "model/lodge-domain-edit.h"
#include "plan/lodge-check-up.h"

typedef struct
{
  GtkWidget            *parent;      /* owned */
  LodgeDomain          *domain;      /* owned */
  LodgeDomainOperation  operation;
  char                 *heading;
  GError               *error;
  char                 *definition;  /* nullable: of the next start */
  LodgeCheckFacts      *facts;       /* owned, nullable */
  LodgeFinding         *finding;     /* owned, nullable */
} Failure;

static void
failure_free (Failure *failure)
{
  g_object_unref (failure->parent);
  g_object_unref (failure->domain);
  g_free (failure->heading);
  g_error_free (failure->error);
  g_free (failure->definition);
  g_clear_pointer (&failure->facts, lodge_check_facts_free);
  g_clear_pointer (&failure->finding, lodge_finding_free);
  g_free (failure);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Failure, failure_free)

static void
give_up (Failure      *failure,
         const GError *error)
{
  lodge_error_present (failure->parent, failure->heading, error);
}

/* One cause after the other: what fails next is looked at like the first */
static void
started_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(Failure) failure = user_data;
  g_autoptr(GError) error = NULL;

  if (!lodge_domain_run_finish (LODGE_DOMAIN (object), result, &error))
    lodge_start_failure_present (failure->parent, failure->domain, failure->operation, failure->heading, error);
}

static void
start (Failure *failure)
{
  lodge_domain_run_async (failure->domain, failure->operation, NULL, started_cb, failure);
}

static void
redefined_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(Failure) failure = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeDomainDefinition) definition = lodge_domain_redefine_finish (LODGE_DOMAIN (object), result, &error);

  if (definition != NULL)
    start (g_steal_pointer (&failure));
  else
    give_up (failure, error);
}

static void
repaired_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Failure) failure = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *token = lodge_connection_repair_finish (LODGE_CONNECTION (object), result, &error);

  if (token != NULL)
    start (g_steal_pointer (&failure));
  else
    give_up (failure, error);
}

/* The definition before it is in the machine's history */
static void
mend (Failure *failure)
{
  LodgeConnection *connection = lodge_domain_get_connection (failure->domain);
  g_autoptr(Failure) owned = failure;
  g_autoptr(LodgeXmlDocument) document = NULL;
  g_autoptr(GError) error = NULL;

  if (connection == NULL)
    return;
  if (failure->finding->repair != LODGE_REPAIR_NONE)
    {
      lodge_connection_repair_async (connection, failure->finding->repair, failure->finding->object, NULL, repaired_cb,
                                     g_steal_pointer (&owned));
      return;
    }
  document = lodge_xml_document_new (failure->definition, -1, &error);
  if (document == NULL || !lodge_finding_mend (failure->finding, document, failure->facts, &error))
    {
      give_up (failure, error);
      return;
    }
  lodge_domain_redefine_async (failure->domain, failure->definition, lodge_xml_document_get_text (document), NULL,
                               LODGE_DOMAIN_EDIT_NONE, NULL, redefined_cb, g_steal_pointer (&owned));
}

static void
chosen_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Failure) failure = user_data;

  if (g_str_equal (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result), "mend"))
    mend (g_steal_pointer (&failure));
}

static void
offer (Failure *failure)
{
  const LodgeFinding *finding = failure->finding;
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", finding->title, finding->reason);
  /* Translators: a button: what is done (“Eject”, with its mnemonic), then the machine is started */
  g_autofree char *label = g_strdup_printf (_("%s and Start"), finding->fix);
  AdwDialog *dialog = adw_alert_dialog_new (failure->heading, body);

  adw_alert_dialog_set_heading_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_set_body_use_markup (ADW_ALERT_DIALOG (dialog), FALSE);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _("_Close"), "mend", label, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "mend", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "mend");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), lodge_error_create_details (failure->error));
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), failure->parent, NULL, chosen_cb, failure);
}

static void
facts_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Failure) failure = user_data;
  g_autoptr(LodgeXmlDocument) document = NULL;
  g_autoptr(GPtrArray) findings = NULL;

  failure->facts = lodge_check_facts_read_finish (LODGE_CONNECTION (object), result, NULL);
  document = failure->facts != NULL ? lodge_xml_document_new (failure->definition, -1, NULL) : NULL;
  findings = document != NULL ? lodge_check_up (document, failure->facts) : g_ptr_array_new ();
  for (guint i = 0; i < findings->len && failure->finding == NULL; i++)
    {
      const LodgeFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == LODGE_SEVERITY_ERROR && finding->fix != NULL)
        failure->finding = lodge_finding_copy (finding);
    }
  if (failure->finding != NULL)
    offer (g_steal_pointer (&failure));
  else
    give_up (failure, failure->error);
}

static void
definition_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(Failure) failure = user_data;
  LodgeConnection *connection = lodge_domain_get_connection (failure->domain);
  g_autoptr(LodgeDomainDefinition) definition =
    lodge_domain_read_definition_finish (LODGE_DOMAIN (object), result, NULL);
  const char *text;

  if (connection == NULL || definition == NULL || definition->inactive == NULL)
    {
      give_up (failure, failure->error);
      return;
    }
  text = failure->definition = g_strdup (definition->inactive);
  lodge_check_facts_read_async (connection, text, NULL, facts_cb, g_steal_pointer (&failure));
}

/**
 * lodge_start_failure_present:
 * @parent: what the dialog is to stand on
 * @domain: which machine
 * @operation: how it was to be started
 * @heading: “Could Not Start “web-03””
 * @error: why not
 *
 * The first thing of the check-up that keeps a machine from starting and has a fix is offered. A definition is changed
 * through the history.
 */
void
lodge_start_failure_present (GtkWidget            *parent,
                             LodgeDomain          *domain,
                             LodgeDomainOperation  operation,
                             const char           *heading,
                             const GError         *error)
{
  Failure *failure;

  /* What is not about the machine has no cure in it */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED)
      || lodge_error_get_libvirt_text (error) == NULL
      || g_error_matches (error, LODGE_ERROR, LODGE_ERROR_TIMED_OUT))
    {
      lodge_error_present (parent, heading, error);
      return;
    }
  failure = g_new0 (Failure, 1);
  failure->parent = g_object_ref (parent);
  failure->domain = g_object_ref (domain);
  failure->operation = operation;
  failure->heading = g_strdup (heading);
  failure->error = g_error_copy (error);
  lodge_domain_read_definition_async (domain, NULL, definition_cb, failure);
}
