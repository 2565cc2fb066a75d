/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-snapshot"

#include "config.h"

#include "lodge-host-snapshot.h"

#include "lodge-host-samples.h"
#include "lodge-libvirt-error.h"
#include "util/lodge-format.h"

/* What only some of the domains are */
enum
{
  FILTER_TRANSIENT,
  FILTER_AUTOSTART,
  FILTER_MANAGED_SAVE,
  N_FILTERS,
};

static const guint filters[N_FILTERS] = {
  [FILTER_TRANSIENT] = VIR_CONNECT_LIST_DOMAINS_TRANSIENT,
  [FILTER_AUTOSTART] = VIR_CONNECT_LIST_DOMAINS_AUTOSTART,
  [FILTER_MANAGED_SAVE] = VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE,
};

/* The answers of the host, as they come */
typedef struct
{
  virConnectPtr            connection;
  virDomainStatsRecordPtr *states;
  int                      n_states;            /* negative: the host has no such call */
  virDomainPtr            *some[N_FILTERS];
  int                      n_some[N_FILTERS];   /* negative: the host has no such filter */
  LodgeHostInfo           *info;                /* borrowed, nullable: is not asked for */
} Answers;

void
lodge_domain_record_free (LodgeDomainRecord *record)
{
  g_clear_pointer (&record->handle, lodge_worker_free_domain);
  g_free (record->name);
  g_free (record);
}

static void
ask_filter (Answers *answers,
            guint    filter)
{
  answers->n_some[filter] = virConnectListAllDomains (answers->connection, &answers->some[filter], filters[filter]);
}

/* Of all, running or not. It is the list as well: a second one would have all handles once more, and each call of a
 * handle costs ten thousand instructions, as libvirt makes its UUID into a text for a message that nobody wants. No
 * guest's monitor is asked. */
static void
ask_states (Answers *answers)
{
  answers->n_states = virConnectGetAllDomainStats (answers->connection, VIR_DOMAIN_STATS_STATE, &answers->states, 0);
}

static void
ask_host (Answers *answers)
{
  virNodeInfo info;
  char *name;

  if (answers->info == NULL)
    return;
  if (virNodeGetInfo (answers->connection, &info) == 0)
    {
      answers->info->cpus = info.cpus;
      answers->info->memory = (guint64) info.memory * 1024;
    }
  name = virConnectGetHostname (answers->connection);
  if (name != NULL)
    answers->info->name = g_utf8_make_valid (name, -1);
  free (name);
}

static void
ask_versions (Answers *answers)
{
  if (answers->info == NULL)
    return;
  virConnectGetLibVersion (answers->connection, &answers->info->libvirt_version);
  virConnectGetVersion (answers->connection, &answers->info->hypervisor_version);
}

static gpointer
filters_thread (gpointer data)
{
  ask_filter (data, FILTER_TRANSIENT);
  ask_filter (data, FILTER_AUTOSTART);
  ask_filter (data, FILTER_MANAGED_SAVE);
  return NULL;
}

static gpointer
host_thread (gpointer data)
{
  ask_host (data);
  return NULL;
}

static gpointer
versions_thread (gpointer data)
{
  ask_versions (data);
  return NULL;
}

/* A call waits for the other end of the world, and nobody else uses the connection yet. No more than four: with five,
 * libvirtd reads no further from a client. */
static void
ask_at_once (Answers *answers)
{
  const GThreadFunc funcs[] = { filters_thread, host_thread, versions_thread };
  GThread *threads[G_N_ELEMENTS (funcs)];

  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++)
    threads[i] = g_thread_new ("lodge-snapshot", funcs[i], answers);
  ask_states (answers);
  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++)
    g_thread_join (threads[i]);
}

/* Takes @handle. NULL: it is none */
static LodgeDomainRecord *
record_new (virDomainPtr handle)
{
  LodgeDomainRecord *record = g_new0 (LodgeDomainRecord, 1);

  record->handle = handle;
  if (!lodge_libvirt_get_uuid (handle, record->uuid))
    {
      lodge_domain_record_free (record);
      return NULL;
    }
  record->name = g_utf8_make_valid (virDomainGetName (handle), -1);
  record->id = -1;
  record->memory_max = -1;
  record->persistent = TRUE;
  return record;
}

static void
add_record (GPtrArray         *records,
            GHashTable        *by_uuid,
            LodgeDomainRecord *record)
{
  g_ptr_array_add (records, record);
  g_hash_table_insert (by_uuid, record->uuid, record);
}

/* Takes the handles, which virDomainStatsRecordListFree() would free */
static void
take_states (GPtrArray  *records,
             GHashTable *by_uuid,
             Answers    *answers)
{
  for (int i = 0; i < answers->n_states; i++)
    {
      virDomainStatsRecordPtr stats = answers->states[i];
      LodgeDomainRecord *record = record_new (stats->dom);
      gint64 value;

      if (record != NULL)
        {
          if (lodge_host_get_number (stats, "state.state", &value))
            record->state = value;
          if (lodge_host_get_number (stats, "state.reason", &value))
            record->reason = value;
          if (record->state != VIR_DOMAIN_SHUTOFF)
            record->id = (int) virDomainGetID (record->handle);
          add_record (records, by_uuid, record);
        }
      virTypedParamsFree (stats->params, stats->nparams);
      free (stats);
    }
  free (answers->states);
}

/* A host without states of all at once: each by itself, while they are few enough for that. FALSE: libvirt's last error
 * says why it has no list. */
static gboolean
list_singly (virConnectPtr  connection,
             GPtrArray     *records,
             GHashTable    *by_uuid)
{
  virDomainPtr *domains = NULL;
  const int n = virConnectListAllDomains (connection, &domains, 0);

  if (n < 0)
    return FALSE;
  for (int i = 0; i < n; i++)
    {
      LodgeDomainRecord *record = record_new (domains[i]);
      virDomainInfo info;

      if (record == NULL)
        continue;
      add_record (records, by_uuid, record);
      record->id = (int) virDomainGetID (record->handle);
      record->state = record->id >= 0 ? VIR_DOMAIN_RUNNING : VIR_DOMAIN_SHUTOFF;
      if (i >= LODGE_HOST_MAX_SINGLE || virDomainGetInfo (record->handle, &info) < 0)
        continue;
      record->state = info.state;
      record->memory_max = lodge_host_kib_to_bytes (info.maxMem);
      record->vcpus = info.nrVirtCpu;
    }
  free (domains);
  return TRUE;
}

static void
take_filters (GHashTable *by_uuid,
              Answers    *answers)
{
  for (guint filter = 0; filter < N_FILTERS; filter++)
    {
      for (int i = 0; i < answers->n_some[filter]; i++)
        {
          char uuid[VIR_UUID_STRING_BUFLEN];
          LodgeDomainRecord *record = lodge_libvirt_get_uuid (answers->some[filter][i], uuid)
                                      ? g_hash_table_lookup (by_uuid, uuid) : NULL;

          if (record != NULL)
            {
              record->persistent &= filter != FILTER_TRANSIENT;
              record->autostart |= filter == FILTER_AUTOSTART;
              record->managed_save |= filter == FILTER_MANAGED_SAVE;
            }
          virDomainFree (answers->some[filter][i]);
        }
      free (answers->some[filter]);
    }
}

/* The order of nearly every list: what is sorted here is sorted in the window in one pass, for each key of a search too */
static int
compare_records (gconstpointer first,
                 gconstpointer second)
{
  const LodgeDomainRecord *a = first, *b = second;

  return lodge_compare_names (a->name, b->name);
}

/**
 * lodge_host_snapshot_read_domains:
 * @connection: an open connection
 * @uri: (nullable): for the error
 * @info: (nullable): what is to be known of the host itself. With it, nobody else may use @connection yet: calls are
 *   made at once
 * @error: the list itself failed
 *
 * Four calls, however many domains: the states of all, which have names and UUIDs, and the lists of those that are
 * transient, start by themselves or are saved. Four more of the host itself.
 *
 * Returns: (transfer full) (element-type LodgeDomainRecord): the domains, by name
 */
GPtrArray *
lodge_host_snapshot_read_domains (virConnectPtr   connection,
                                  const char     *uri,
                                  LodgeHostInfo  *info,
                                  GError        **error)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_domain_record_free);
  g_autoptr(GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  Answers answers = { .connection = connection, .info = info };
  gboolean listed = TRUE;

  if (info != NULL)
    ask_at_once (&answers);
  else
    {
      ask_states (&answers);
      filters_thread (&answers);
    }

  if (answers.n_states >= 0)
    take_states (records, by_uuid, &answers);
  else
    listed = list_singly (connection, records, by_uuid);
  if (!listed)
    g_propagate_error (error, lodge_error_new_from_libvirt (uri));
  take_filters (by_uuid, &answers);
  g_ptr_array_sort_values (records, compare_records);
  return listed ? g_steal_pointer (&records) : NULL;
}

/**
 * lodge_domain_record_read:
 * @domain: a domain's handle
 *
 * Reads one domain again: what an event said has changed.
 *
 * Returns: (transfer full) (nullable): %NULL when the host did not answer; `gone` is set when it is not there
 */
LodgeDomainRecord *
lodge_domain_record_read (virDomainPtr domain)
{
  LodgeDomainRecord *record = g_new0 (LodgeDomainRecord, 1);
  int value;

  if (!lodge_libvirt_get_uuid (domain, record->uuid))
    {
      lodge_domain_record_free (record);
      return NULL;
    }
  record->name = g_utf8_make_valid (virDomainGetName (domain), -1);
  record->id = -1;
  record->memory_max = -1;

  if (virDomainGetState (domain, &record->state, &record->reason, 0) < 0)
    {
      const virError *error = virGetLastError ();

      record->gone = error != NULL && error->code == VIR_ERR_NO_DOMAIN;
      if (record->gone)
        return record;
      lodge_domain_record_free (record);
      return NULL;
    }

  virDomainRef (domain);
  record->handle = domain;
  /* A driver that cannot tell knows of no others */
  record->persistent = virDomainIsPersistent (domain) != 0;
  record->autostart = virDomainGetAutostart (domain, &value) == 0 && value != 0;
  record->managed_save = virDomainHasManagedSaveImage (domain, 0) == 1;
  record->id = record->state == VIR_DOMAIN_SHUTOFF ? -1 : (int) virDomainGetID (domain);
  return record;
}
