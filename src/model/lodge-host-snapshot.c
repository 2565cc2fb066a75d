/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-snapshot"

#include "config.h"

#include "lodge-host-snapshot.h"

#include "lodge-libvirt-error.h"

/* Of a host that tells of each machine by itself only */
#define MAX_SINGLE 500

void
lodge_domain_record_free (LodgeDomainRecord *record)
{
  g_clear_pointer (&record->handle, lodge_worker_free_domain);
  g_free (record->uuid);
  g_free (record->name);
  g_free (record);
}

/* The UUIDs of the domains that a filter of virConnectListAllDomains() lets through */
static GHashTable *
list_uuids (virConnectPtr connection,
            guint         filter)
{
  GHashTable *uuids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  virDomainPtr *domains = NULL;
  int n = virConnectListAllDomains (connection, &domains, filter);

  for (int i = 0; i < n; i++)
    {
      char uuid[VIR_UUID_STRING_BUFLEN];

      if (virDomainGetUUIDString (domains[i], uuid) == 0)
        g_hash_table_add (uuids, g_strdup (uuid));
      virDomainFree (domains[i]);
    }
  free (domains);
  return uuids;
}

static gboolean
get_number (virDomainStatsRecordPtr  record,
            const char              *name,
            gint64                  *value)
{
  unsigned long long number;
  int small;
  unsigned int positive;

  if (virTypedParamsGetULLong (record->params, record->nparams, name, &number) == 1)
    *value = number > G_MAXINT64 ? G_MAXINT64 : (gint64) number;
  else if (virTypedParamsGetUInt (record->params, record->nparams, name, &positive) == 1)
    *value = positive;
  else if (virTypedParamsGetInt (record->params, record->nparams, name, &small) == 1)
    *value = small;
  else
    return FALSE;
  return TRUE;
}

/* Sizes of libvirt's statistics are KiB; a lying host must not overflow ours */
static gint64
kib_to_bytes (gint64 kib)
{
  return kib >= 0 && kib <= G_MAXINT64 / 1024 ? kib * 1024 : -1;
}

/* A host without statistics of all at once: each by itself, while they are few enough for that */
static void
take_states_singly (GHashTable *records)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, NULL, &value) && n++ < MAX_SINGLE)
    {
      LodgeDomainRecord *record = value;
      virDomainInfo info;

      if (virDomainGetInfo (record->handle, &info) < 0)
        continue;
      record->state = info.state;
      record->memory_max = kib_to_bytes (info.maxMem);
      record->vcpus = info.nrVirtCpu;
    }
}

static void
take_states (virConnectPtr  connection,
             GHashTable    *records)
{
  virDomainStatsRecordPtr *stats = NULL;
  int n = virConnectGetAllDomainStats (connection,
                                       VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_BALLOON
                                       | VIR_DOMAIN_STATS_VCPU,
                                       &stats, 0);

  if (n < 0)
    {
      take_states_singly (records);
      return;
    }
  for (int i = 0; i < n; i++)
    {
      char uuid[VIR_UUID_STRING_BUFLEN];
      LodgeDomainRecord *record;
      gint64 value;

      if (virDomainGetUUIDString (stats[i]->dom, uuid) < 0)
        continue;
      record = g_hash_table_lookup (records, uuid);
      if (record == NULL)
        continue;
      if (get_number (stats[i], "state.state", &value))
        record->state = value;
      if (get_number (stats[i], "state.reason", &value))
        record->reason = value;
      if (get_number (stats[i], "balloon.maximum", &value))
        record->memory_max = kib_to_bytes (value);
      if (get_number (stats[i], "vcpu.current", &value))
        record->vcpus = CLAMP (value, 0, 65535);
    }
  virDomainStatsRecordListFree (stats);
}

/**
 * lodge_host_snapshot_read_domains:
 * @connection: an open connection
 * @uri: for the error
 * @error: the list itself failed
 *
 * Five calls, however many domains: the list with names and UUIDs, the lists filtered by persistence,
 * autostart and managed save, and the state of all.
 *
 * Returns: (transfer full) (element-type LodgeDomainRecord): the domains
 */
GPtrArray *
lodge_host_snapshot_read_domains (virConnectPtr   connection,
                                  const char     *uri,
                                  GError        **error)
{
  g_autoptr(GHashTable) persistent = NULL, autostart = NULL, managed_save = NULL, records = NULL;
  GPtrArray *result;
  virDomainPtr *domains = NULL;
  int n = virConnectListAllDomains (connection, &domains, 0);

  if (n < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (uri));
      return NULL;
    }

  result = g_ptr_array_new_full (n, (GDestroyNotify) lodge_domain_record_free);
  records = g_hash_table_new (g_str_hash, g_str_equal);
  persistent = list_uuids (connection, VIR_CONNECT_LIST_DOMAINS_PERSISTENT);
  autostart = list_uuids (connection, VIR_CONNECT_LIST_DOMAINS_AUTOSTART);
  managed_save = list_uuids (connection, VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE);

  for (int i = 0; i < n; i++)
    {
      char uuid[VIR_UUID_STRING_BUFLEN];
      LodgeDomainRecord *record;

      if (virDomainGetUUIDString (domains[i], uuid) < 0)
        {
          virDomainFree (domains[i]);
          continue;
        }
      record = g_new0 (LodgeDomainRecord, 1);
      record->handle = domains[i];
      record->uuid = g_strdup (uuid);
      record->name = g_utf8_make_valid (virDomainGetName (domains[i]), -1);
      record->id = (int) virDomainGetID (domains[i]);
      record->state = record->id >= 0 ? VIR_DOMAIN_RUNNING : VIR_DOMAIN_SHUTOFF;
      record->memory_max = -1;
      record->persistent = g_hash_table_contains (persistent, uuid);
      record->autostart = g_hash_table_contains (autostart, uuid);
      record->managed_save = g_hash_table_contains (managed_save, uuid);
      g_ptr_array_add (result, record);
      g_hash_table_insert (records, record->uuid, record);
    }
  free (domains);
  take_states (connection, records);
  return result;
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
  LodgeDomainRecord *record;
  char uuid[VIR_UUID_STRING_BUFLEN];
  int value;

  if (virDomainGetUUIDString (domain, uuid) < 0)
    return NULL;

  record = g_new0 (LodgeDomainRecord, 1);
  record->uuid = g_strdup (uuid);
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

/* The sum of “PREFIX.N.NAME” over all N */
static gint64
sum_numbers (virDomainStatsRecordPtr  record,
             const char              *prefix,
             const char * const      *names)
{
  g_autofree char *count = g_strconcat (prefix, ".count", NULL);
  gint64 n, sum = 0;
  gboolean any = FALSE;

  if (!get_number (record, count, &n))
    return -1;
  for (gint64 i = 0; i < MIN (n, 64); i++)
    {
      for (guint k = 0; names[k] != NULL; k++)
        {
          g_autofree char *key = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%s", prefix, i, names[k]);
          gint64 value;

          if (get_number (record, key, &value) && value >= 0 && sum <= G_MAXINT64 - value)
            {
              sum += value;
              any = TRUE;
            }
        }
    }
  return any ? sum : -1;
}

static const struct { guint need, group; } groups[] = {
  { LODGE_STATS_CPU, VIR_DOMAIN_STATS_CPU_TOTAL },
  { LODGE_STATS_MEMORY, VIR_DOMAIN_STATS_BALLOON },
  { LODGE_STATS_DISK, VIR_DOMAIN_STATS_BLOCK },
  { LODGE_STATS_NETWORK, VIR_DOMAIN_STATS_INTERFACE },
};

static void
take_sample (GArray                  *samples,
             virDomainStatsRecordPtr  stats)
{
  static const struct { const char *prefix; const char *names[2]; } sums[] = {
    { "block", { "rd.bytes", NULL } },
    { "block", { "wr.bytes", NULL } },
    { "net", { "rx.bytes", NULL } },
    { "net", { "tx.bytes", NULL } },
  };
  LodgeDomainSample sample = { .cpu_time = -1, .memory = -1, .memory_max = -1 };
  gint64 value, unused;

  G_STATIC_ASSERT (G_N_ELEMENTS (sums) == G_N_ELEMENTS (sample.counters));

  if (virDomainGetUUIDString (stats->dom, sample.uuid) < 0)
    return;
  get_number (stats, "cpu.time", &sample.cpu_time);
  if (get_number (stats, "balloon.maximum", &value))
    sample.memory_max = kib_to_bytes (value);
  /* What the guest itself uses, where its balloon driver tells; else what it was given */
  if (get_number (stats, "balloon.available", &value)
      && get_number (stats, "balloon.usable", &unused) && value >= unused)
    sample.memory = kib_to_bytes (value - unused);
  else if (get_number (stats, "balloon.current", &value))
    sample.memory = kib_to_bytes (value);
  if (get_number (stats, "vcpu.current", &value))
    sample.vcpus = CLAMP (value, 0, 65535);
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    sample.counters[i] = sum_numbers (stats, sums[i].prefix, sums[i].names);
  g_array_append_val (samples, sample);
}

/* A host without statistics of all at once */
static GArray *
read_samples_singly (virConnectPtr   connection,
                     const char     *uri,
                     GError        **error)
{
  virDomainPtr *domains = NULL;
  int n = virConnectListAllDomains (connection, &domains, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
  GArray *samples;

  if (n < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (uri));
      return NULL;
    }
  samples = g_array_sized_new (FALSE, TRUE, sizeof (LodgeDomainSample), n);
  for (int i = 0; i < n; i++)
    {
      LodgeDomainSample sample = { .counters = { -1, -1, -1, -1 } };
      virDomainInfo info;

      if (i < MAX_SINGLE && virDomainGetInfo (domains[i], &info) == 0
          && virDomainGetUUIDString (domains[i], sample.uuid) == 0)
        {
          sample.cpu_time = info.cpuTime;
          sample.memory = kib_to_bytes (info.memory);
          sample.memory_max = kib_to_bytes (info.maxMem);
          sample.vcpus = info.nrVirtCpu;
          g_array_append_val (samples, sample);
        }
      virDomainFree (domains[i]);
    }
  free (domains);
  return samples;
}

/**
 * lodge_host_snapshot_read_samples:
 * @connection: an open connection
 * @uri: for the error
 * @needs: LodgeStatsNeeds: what somebody looks at
 * @support: (inout): what this host takes; updated by what it refuses, so that it is asked for that once only
 * @error: the call failed
 *
 * One virConnectGetAllDomainStats() of the running domains. A host gives the groups that it has; one that has no such
 * call is asked for each domain.
 *
 * Returns: (transfer full) (element-type LodgeDomainSample): the numbers
 */
GArray *
lodge_host_snapshot_read_samples (virConnectPtr       connection,
                                  const char         *uri,
                                  guint               needs,
                                  LodgeStatsSupport  *support,
                                  GError            **error)
{
  virDomainStatsRecordPtr *stats = NULL;
  guint wanted = VIR_DOMAIN_STATS_STATE;
  GArray *samples;
  int n;

  if (support->singly)
    return read_samples_singly (connection, uri, error);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    wanted |= (needs & groups[i].need) != 0 ? groups[i].group : 0;
  n = virConnectGetAllDomainStats (connection, wanted, &stats, support->flags);
  if (n < 0 && (support->flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT) != 0
      && virGetLastErrorCode () == VIR_ERR_INVALID_ARG)
    {
      support->flags &= ~VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT;
      n = virConnectGetAllDomainStats (connection, wanted, &stats, support->flags);
    }
  if (n < 0 && virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
    {
      support->singly = TRUE;
      return read_samples_singly (connection, uri, error);
    }
  if (n < 0)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (uri));
      return NULL;
    }

  samples = g_array_sized_new (FALSE, TRUE, sizeof (LodgeDomainSample), n);
  for (int i = 0; i < n; i++)
    take_sample (samples, stats[i]);
  virDomainStatsRecordListFree (stats);
  return samples;
}
