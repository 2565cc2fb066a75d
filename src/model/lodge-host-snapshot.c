/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-snapshot"

#include "config.h"

#include "lodge-host-snapshot.h"

#include "lodge-host-samples.h"
#include "lodge-libvirt-error.h"

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
  const char              *uri;                 /* nullable: for the error */
  virDomainPtr            *all;
  int                      n_all;               /* negative: @error */
  GError                  *error;
  virDomainPtr            *some[N_FILTERS];
  int                      n_some[N_FILTERS];   /* negative: the host has no such filter */
  virDomainStatsRecordPtr *states;
  int                      n_states;            /* negative: the host has no such call */
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
ask_all (Answers *answers)
{
  answers->n_all = virConnectListAllDomains (answers->connection, &answers->all, 0);
  /* libvirt keeps its last error for each thread */
  if (answers->n_all < 0)
    answers->error = lodge_error_new_from_libvirt (answers->uri);
}

static void
ask_filter (Answers *answers,
            guint    filter)
{
  answers->n_some[filter] = virConnectListAllDomains (answers->connection, &answers->some[filter], filters[filter]);
}

/* Of all, running or not; it needs no guest's monitor */
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
states_thread (gpointer data)
{
  ask_states (data);
  ask_versions (data);
  return NULL;
}

static gpointer
host_thread (gpointer data)
{
  ask_host (data);
  return NULL;
}

/* A call waits for the other end of the world, and nobody else uses the connection yet. No more than four: with five,
 * libvirtd reads no further from a client. */
static void
ask_at_once (Answers *answers)
{
  const GThreadFunc funcs[] = { filters_thread, states_thread, host_thread };
  GThread *threads[G_N_ELEMENTS (funcs)];

  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++)
    threads[i] = g_thread_new ("lodge-snapshot", funcs[i], answers);
  ask_all (answers);
  for (guint i = 0; i < G_N_ELEMENTS (funcs); i++)
    g_thread_join (threads[i]);
}

/* A host without states of all at once: each by itself, while they are few enough for that */
static void
take_states_singly (GPtrArray *records)
{
  for (guint i = 0; i < MIN (records->len, LODGE_HOST_MAX_SINGLE); i++)
    {
      LodgeDomainRecord *record = records->pdata[i];
      virDomainInfo info;

      if (virDomainGetInfo (record->handle, &info) < 0)
        continue;
      record->state = info.state;
      record->memory_max = lodge_host_kib_to_bytes (info.maxMem);
      record->vcpus = info.nrVirtCpu;
    }
}

static void
take_states (GHashTable *by_uuid,
             Answers    *answers)
{
  for (int i = 0; i < answers->n_states; i++)
    {
      virDomainStatsRecordPtr stats = answers->states[i];
      char uuid[VIR_UUID_STRING_BUFLEN];
      LodgeDomainRecord *record;
      gint64 value;

      if (!lodge_libvirt_get_uuid (stats->dom, uuid))
        continue;
      record = g_hash_table_lookup (by_uuid, uuid);
      if (record == NULL)
        continue;
      if (lodge_host_get_number (stats, "state.state", &value))
        record->state = value;
      if (lodge_host_get_number (stats, "state.reason", &value))
        record->reason = value;
    }
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

          if (record == NULL)
            continue;
          record->persistent &= filter != FILTER_TRANSIENT;
          record->autostart |= filter == FILTER_AUTOSTART;
          record->managed_save |= filter == FILTER_MANAGED_SAVE;
        }
    }
}

/* Takes the handles */
static GPtrArray *
take_all (GHashTable *by_uuid,
          Answers    *answers)
{
  GPtrArray *records = g_ptr_array_new_full (answers->n_all, (GDestroyNotify) lodge_domain_record_free);

  for (int i = 0; i < answers->n_all; i++)
    {
      LodgeDomainRecord *record = g_new0 (LodgeDomainRecord, 1);

      record->handle = answers->all[i];
      g_ptr_array_add (records, record);
      if (!lodge_libvirt_get_uuid (record->handle, record->uuid))
        {
          g_ptr_array_set_size (records, records->len - 1);
          continue;
        }
      record->name = g_utf8_make_valid (virDomainGetName (record->handle), -1);
      record->id = (int) virDomainGetID (record->handle);
      record->state = record->id >= 0 ? VIR_DOMAIN_RUNNING : VIR_DOMAIN_SHUTOFF;
      record->memory_max = -1;
      record->persistent = TRUE;
      g_hash_table_insert (by_uuid, record->uuid, record);
    }
  answers->n_all = 0;
  return records;
}

static void
answers_clear (Answers *answers)
{
  for (guint filter = 0; filter < N_FILTERS; filter++)
    {
      for (int i = 0; i < answers->n_some[filter]; i++)
        virDomainFree (answers->some[filter][i]);
      free (answers->some[filter]);
    }
  free (answers->all);
  if (answers->n_states >= 0)
    virDomainStatsRecordListFree (answers->states);
}

/**
 * lodge_host_snapshot_read_domains:
 * @connection: an open connection
 * @uri: (nullable): for the error
 * @info: (nullable): what is to be known of the host itself. With it, nobody else may use @connection yet: calls are
 *   made at once
 * @error: the list itself failed
 *
 * Five calls, however many domains: the list with names and UUIDs, the lists of those that are transient, start by
 * themselves or are saved, and the state of all. Four more of the host itself.
 *
 * Returns: (transfer full) (element-type LodgeDomainRecord): the domains
 */
GPtrArray *
lodge_host_snapshot_read_domains (virConnectPtr   connection,
                                  const char     *uri,
                                  LodgeHostInfo  *info,
                                  GError        **error)
{
  g_autoptr(GHashTable) by_uuid = g_hash_table_new (g_str_hash, g_str_equal);
  Answers answers = { .connection = connection, .uri = uri, .info = info };
  GPtrArray *records = NULL;

  if (info != NULL)
    ask_at_once (&answers);
  else
    {
      ask_all (&answers);
      filters_thread (&answers);
      ask_states (&answers);
    }

  if (answers.error != NULL)
    g_propagate_error (error, answers.error);
  else
    {
      records = take_all (by_uuid, &answers);
      take_filters (by_uuid, &answers);
      if (answers.n_states >= 0)
        take_states (by_uuid, &answers);
      else
        take_states_singly (records);
    }
  answers_clear (&answers);
  return records;
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
  record->persistent = virDomainIsPersistent (domain) == 1;
  record->autostart = virDomainGetAutostart (domain, &value) == 0 && value != 0;
  record->managed_save = virDomainHasManagedSaveImage (domain, 0) == 1;
  record->id = record->state == VIR_DOMAIN_SHUTOFF ? -1 : (int) virDomainGetID (domain);
  return record;
}
