/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soak-acts.h"

#include "lib/lodge-test-wait.h"
#include "model/lodge-domain-details.h"
#include "model/lodge-domain-screenshot.h"
#include "model/lodge-machine-removal.h"
#include "model/lodge-snapshot.h"
#include "util/lodge-error.h"

#define MAX_PENDING  200  /* of all hosts: one that answers nothing has calls that wait */
#define N_STORM      10
#define N_CODES      (LODGE_ERROR_CONFLICT + 1)

static guint n_pending;

/* The foreigner. It does not save: virsh (11.3) waits for ever for the end of a save that is quicker than its main loop.
 * Nor does it reboot: the test driver then lets a paused machine run, and tells nobody. */

static const struct
{
  const char *command;   /* of a machine, %s; with %f: of the file of its definition */
  guint       weight;
} commands[] = {
  { "start %s", 8 },
  { "destroy %s", 6 },
  { "shutdown %s", 2 },
  { "suspend %s", 4 },
  { "resume %s", 4 },
  { "managedsave-remove %s", 1 },
  { "autostart %s", 1 },
  { "autostart --disable %s", 1 },
  { "desc %s --title --new-desc of-the-foreigner", 1 },
  { "undefine --managed-save --snapshots-metadata %s", 3 },
  { "define %f", 8 },
  { "create %f", 1 },
  { "snapshot-create-as %s one", 1 },
};

static void
add_command (GString    *text,
             SoakHost   *host,
             const char *command,
             guint       machine)
{
  g_autoptr(GString) line = g_string_new (command);

  g_string_replace (line, "%s", soak_host_get_name (host, machine), 0);
  g_string_replace (line, "%f", soak_host_get_file (host, machine), 0);
  g_string_append_printf (text, "%s\n", line->str);
}

static void
add_random_command (GString  *text,
                    SoakHost *host,
                    GRand    *rand)
{
  guint sum = 0, ticket;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    sum += commands[i].weight;
  ticket = g_rand_int_range (rand, 0, sum);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (ticket < commands[i].weight)
        {
          add_command (text, host, commands[i].command, g_rand_int_range (rand, 0, soak_host_get_n_domains (host)));
          return;
        }
      ticket -= commands[i].weight;
    }
}

/* A script of another person: many machines come, run and go */
static void
add_storm (GString  *text,
           SoakHost *host,
           GRand    *rand)
{
  static const char * const steps[] = { "destroy %s", "undefine --managed-save --snapshots-metadata %s", "define %f",
                                        "start %s" };
  const guint n = soak_host_get_n_domains (host);
  const guint first = g_rand_int_range (rand, 0, n);

  for (guint step = 0; step < G_N_ELEMENTS (steps); step++)
    {
      for (guint i = 0; i < N_STORM; i++)
        add_command (text, host, steps[step], (first + i) % n);
    }
}

gboolean
soak_act_foreign (SoakHost *host,
                  GRand    *rand)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (soak_host_get_foreigner (host) == NULL)
    return FALSE;
  if (g_rand_int_range (rand, 0, 40) == 0)
    add_storm (text, host, rand);
  for (int i = g_rand_int_range (rand, 1, 5); i > 0; i--)
    add_random_command (text, host, rand);
  return soak_host_ask (host, text->str);
}

/* The model */

static gboolean
operate (LodgeDomain         *domain,
         GRand               *rand,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  const LodgeDomainOperation operation = g_rand_int_range (rand, 0, LODGE_DOMAIN_N_OPERATIONS);

  if (!lodge_domain_can (domain, operation))
    return FALSE;
  lodge_domain_run_async (domain, operation, NULL, callback, user_data);
  return TRUE;
}

static gboolean
rename_domain (LodgeDomain         *domain,
               GRand               *rand,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_autofree char *name = g_strdup_printf ("renamed-%08x", g_rand_int (rand));

  if (!lodge_domain_can_rename (domain))
    return FALSE;
  lodge_domain_rename_async (domain, name, NULL, callback, user_data);
  return TRUE;
}

static gboolean
set_autostart (LodgeDomain         *domain,
               GRand               *rand,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  if (!lodge_domain_can_set_autostart (domain))
    return FALSE;
  lodge_domain_set_autostart_async (domain, g_rand_boolean (rand), NULL, callback, user_data);
  return TRUE;
}

static gboolean
set_title (LodgeDomain         *domain,
           GRand               *rand,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  lodge_domain_set_title_async (domain, g_rand_boolean (rand) ? "A title" : NULL, NULL, callback, user_data);
  return TRUE;
}

static gboolean
set_tags (LodgeDomain         *domain,
          GRand               *rand,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  static const char * const tags[] = { "soak", "web", NULL };

  lodge_domain_set_tags_async (domain, g_rand_boolean (rand) ? tags : tags + 2, "Soak/Inner", NULL, callback,
                               user_data);
  return TRUE;
}

static gboolean
get_xml (LodgeDomain         *domain,
         GRand               *rand,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  lodge_domain_get_xml_async (domain, g_rand_boolean (rand) ? LODGE_DOMAIN_XML_LIVE : LODGE_DOMAIN_XML_INACTIVE, NULL,
                              callback, user_data);
  return TRUE;
}

static void
finish_xml (LodgeDomain   *domain,
            GAsyncResult  *result,
            GError       **error)
{
  g_free (lodge_domain_get_xml_finish (domain, result, error));
}

static gboolean
take_screenshot (LodgeDomain         *domain,
                 GRand               *rand,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  if (lodge_domain_get_state (domain) != LODGE_DOMAIN_STATE_RUNNING)
    return FALSE;
  lodge_domain_take_screenshot_async (domain, NULL, callback, user_data);
  return TRUE;
}

static void
finish_screenshot (LodgeDomain   *domain,
                   GAsyncResult  *result,
                   GError       **error)
{
  g_autoptr(GBytes) bytes = lodge_domain_take_screenshot_finish (domain, result, error);
}

static gboolean
take_snapshot (LodgeDomain         *domain,
               GRand               *rand,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_autoptr(LodgeJob) job = lodge_job_new ("Snapshot", NULL);
  g_autofree char *name = g_strdup_printf ("snapshot-%d", g_rand_int_range (rand, 0, 3));

  lodge_domain_take_snapshot_async (domain, name, NULL, TRUE, job, callback, user_data);
  return TRUE;
}

static gboolean
list_snapshots (LodgeDomain         *domain,
                GRand               *rand,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  lodge_domain_list_snapshots_async (domain, NULL, callback, user_data);
  return TRUE;
}

static void
finish_list_snapshots (LodgeDomain   *domain,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_autoptr(GListModel) snapshots = lodge_domain_list_snapshots_finish (domain, result, error);
}

static gboolean
delete_domain (LodgeDomain         *domain,
               GRand               *rand,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  g_autoptr(LodgeJob) job = lodge_job_new ("Delete", NULL);

  if (!lodge_domain_can_delete (domain))
    return FALSE;
  lodge_domain_delete_async (domain, NULL, job, callback, user_data);
  return TRUE;
}

/* Nothing comes back from these two */

static gboolean
want_details (LodgeDomain         *domain,
              GRand               *rand,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  lodge_domain_want_details (domain);
  return TRUE;
}

static gboolean
refresh (LodgeDomain         *domain,
         GRand               *rand,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  lodge_connection_refresh (lodge_domain_get_connection (domain));
  return TRUE;
}

typedef struct
{
  const char *name;
  guint       weight;
  gboolean  (*start) (LodgeDomain *domain, GRand *rand, GAsyncReadyCallback callback, gpointer user_data);
  void      (*finish) (LodgeDomain *domain, GAsyncResult *result, GError **error);   /* NULL: nothing comes back */
} Act;

#define FINISH(function) ((void (*) (LodgeDomain *, GAsyncResult *, GError **)) (void (*) (void)) function)

static const Act acts[] = {
  { "operation",      30, operate,         FINISH (lodge_domain_run_finish) },
  { "rename",          2, rename_domain,   FINISH (lodge_domain_rename_finish) },
  { "autostart",       2, set_autostart,   FINISH (lodge_domain_set_autostart_finish) },
  { "title",           2, set_title,       FINISH (lodge_domain_set_metadata_finish) },
  { "tags",            2, set_tags,        FINISH (lodge_domain_set_metadata_finish) },
  { "xml",             4, get_xml,         finish_xml },
  { "screenshot",      4, take_screenshot, finish_screenshot },
  { "snapshot",        2, take_snapshot,   FINISH (lodge_domain_take_snapshot_finish) },
  { "list snapshots",  2, list_snapshots,  finish_list_snapshots },
  { "delete",          2, delete_domain,   FINISH (lodge_domain_delete_finish) },
  { "details",        10, want_details,    NULL },
  { "refresh",         1, refresh,         NULL },
};

static struct
{
  guint done;
  guint cancelled;
  guint failed[N_CODES];
} outcomes[G_N_ELEMENTS (acts)];

/* Each call ends, and an error has something to say */
static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  const guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr(GError) error = NULL;

  n_pending--;
  acts[i].finish (LODGE_DOMAIN (object), result, &error);
  if (error == NULL)
    outcomes[i].done++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    outcomes[i].cancelled++;
  else
    {
      g_assert_true (error->domain == LODGE_ERROR);
      g_assert_cmpint (error->code, <, N_CODES);
      g_assert_cmpstr (error->message, !=, "");
      outcomes[i].failed[error->code]++;
    }
}

static guint
choose_act (GRand *rand)
{
  guint sum = 0, ticket, i = 0;

  for (i = 0; i < G_N_ELEMENTS (acts); i++)
    sum += acts[i].weight;
  ticket = g_rand_int_range (rand, 0, sum);
  for (i = 0; ticket >= acts[i].weight; i++)
    ticket -= acts[i].weight;
  return i;
}

gboolean
soak_act_own (SoakHost *host,
              GRand    *rand)
{
  GListModel *domains = lodge_connection_get_domains (soak_host_get_connection (host));
  const guint n = g_list_model_get_n_items (domains);
  const guint i = choose_act (rand);
  g_autoptr(LodgeDomain) domain = NULL;

  if (n == 0 || n_pending >= MAX_PENDING)
    return FALSE;
  domain = g_list_model_get_item (domains, g_rand_int_range (rand, 0, n));
  if (!acts[i].start (domain, rand, ended_cb, GUINT_TO_POINTER (i)))
    return FALSE;
  if (acts[i].finish != NULL)
    n_pending++;
  return TRUE;
}

guint
soak_get_n_pending (void)
{
  return n_pending;
}

void
soak_print_acts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr(GString) failed = g_string_new (NULL);

      if (acts[i].finish == NULL)
        continue;
      for (guint code = 0; code < N_CODES; code++)
        {
          if (outcomes[i].failed[code] > 0)
            g_string_append_printf (failed, ", error %u: %u", code, outcomes[i].failed[code]);
        }
      g_test_message ("%s: %u done, %u cancelled%s", acts[i].name, outcomes[i].done, outcomes[i].cancelled,
                      failed->str);
    }
}
