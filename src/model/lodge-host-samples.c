/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-host-samples"

#include "config.h"

#include "lodge-host-samples.h"

#include "lodge-libvirt-error.h"

/* An answer is 32 MiB at most, and the host makes it as a whole: with more machines than MANY it is asked for CHUNK of
 * them at a time */
#define MANY  2000
#define CHUNK 1000

/* By its name first: a question for another type costs libvirt the text of an error */
gboolean
lodge_host_get_number (virDomainStatsRecordPtr  record,
                       const char              *name,
                       gint64                  *value)
{
  virTypedParameterPtr param = virTypedParamsGet (record->params, record->nparams, name);

  if (param == NULL)
    return FALSE;
  switch (param->type)
    {
    case VIR_TYPED_PARAM_ULLONG:
      *value = param->value.ul > G_MAXINT64 ? G_MAXINT64 : (gint64) param->value.ul;
      return TRUE;
    case VIR_TYPED_PARAM_UINT:
      *value = param->value.ui;
      return TRUE;
    case VIR_TYPED_PARAM_INT:
      *value = param->value.i;
      return TRUE;
    default:
      return FALSE;
    }
}

gint64
lodge_host_kib_to_bytes (gint64 kib)
{
  return kib >= 0 && kib <= G_MAXINT64 / 1024 ? kib * 1024 : -1;
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

  if (!lodge_host_get_number (record, count, &n))
    return -1;
  for (gint64 i = 0; i < MIN (n, 64); i++)
    {
      for (guint k = 0; names[k] != NULL; k++)
        {
          g_autofree char *key = g_strdup_printf ("%s.%" G_GINT64_FORMAT ".%s", prefix, i, names[k]);
          gint64 value;

          if (lodge_host_get_number (record, key, &value) && value >= 0 && sum <= G_MAXINT64 - value)
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

static gboolean
is_active (virDomainStatsRecordPtr stats)
{
  gint64 state = VIR_DOMAIN_RUNNING;

  lodge_host_get_number (stats, "state.state", &state);
  return state != VIR_DOMAIN_SHUTOFF;
}

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

  if (!lodge_libvirt_get_uuid (stats->dom, sample.uuid))
    return;
  sample.active = is_active (stats);
  lodge_host_get_number (stats, "cpu.time", &sample.cpu_time);
  if (lodge_host_get_number (stats, "balloon.maximum", &value))
    sample.memory_max = lodge_host_kib_to_bytes (value);
  /* What the guest itself uses, where its balloon driver tells; else what it was given */
  if (lodge_host_get_number (stats, "balloon.available", &value)
      && lodge_host_get_number (stats, "balloon.usable", &unused) && value >= unused)
    sample.memory = lodge_host_kib_to_bytes (value - unused);
  else if (lodge_host_get_number (stats, "balloon.current", &value))
    sample.memory = lodge_host_kib_to_bytes (value);
  if (lodge_host_get_number (stats, "vcpu.current", &value))
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

      if (i < LODGE_HOST_MAX_SINGLE && virDomainGetInfo (domains[i], &info) == 0
          && lodge_libvirt_get_uuid (domains[i], sample.uuid))
        {
          sample.active = TRUE;
          sample.cpu_time = info.cpuTime;
          sample.memory = lodge_host_kib_to_bytes (info.memory);
          sample.memory_max = lodge_host_kib_to_bytes (info.maxMem);
          sample.vcpus = info.nrVirtCpu;
          g_array_append_val (samples, sample);
        }
      virDomainFree (domains[i]);
    }
  free (domains);
  return samples;
}

/* TRUE: they are in @samples. FALSE: libvirt's last error says why not. */
static gboolean
read_together (virConnectPtr  connection,
               guint          groups_wanted,
               guint          flags,
               GArray        *samples)
{
  virDomainStatsRecordPtr *stats = NULL;
  const int n = virConnectGetAllDomainStats (connection, groups_wanted, &stats, flags);

  if (n < 0)
    return FALSE;
  for (int i = 0; i < n; i++)
    take_sample (samples, stats[i]);
  virDomainStatsRecordListFree (stats);
  return TRUE;
}

static gboolean
read_chunk (virDomainPtr *domains,
            guint         groups_wanted,
            guint         flags,
            GArray       *samples)
{
  virDomainStatsRecordPtr *stats = NULL;
  const int n = virDomainListGetStats (domains, groups_wanted, &stats, flags);

  if (n < 0)
    return FALSE;
  for (int i = 0; i < n; i++)
    take_sample (samples, stats[i]);
  virDomainStatsRecordListFree (stats);
  return TRUE;
}

/* One call for their list, and one for each thousand */
static gboolean
read_chunks (virConnectPtr  connection,
             guint          groups_wanted,
             guint          flags,
             GArray        *samples)
{
  const gboolean active = (flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE) != 0;
  virDomainPtr *domains = NULL;
  const int n = virConnectListAllDomains (connection, &domains, active ? VIR_CONNECT_LIST_DOMAINS_ACTIVE : 0);
  gboolean done = n >= 0;

  for (int i = 0; done && i < n; i += CHUNK)
    {
      const int end = MIN (i + CHUNK, n);
      virDomainPtr kept = domains[end];

      domains[end] = NULL;
      /* Filters are for calls without a list */
      done = read_chunk (domains + i, groups_wanted, flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT, samples);
      domains[end] = kept;
    }
  for (int i = 0; i < n; i++)
    virDomainFree (domains[i]);
  free (domains);
  return done;
}

static gboolean
read_all (virConnectPtr      connection,
          guint              needs,
          LodgeStatsSupport *support,
          GArray            *samples)
{
  guint flags = support->flags;
  guint wanted = VIR_DOMAIN_STATS_STATE;

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    wanted |= (needs & groups[i].need) != 0 ? groups[i].group : 0;
  if (support->all)
    {
      flags &= ~(guint) VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE;
      wanted |= VIR_DOMAIN_STATS_BALLOON | VIR_DOMAIN_STATS_VCPU;
    }
  g_array_set_size (samples, 0);
  return support->many ? read_chunks (connection, wanted, flags, samples)
                       : read_together (connection, wanted, flags, samples);
}

static guint
count_active (GArray *samples)
{
  guint n = 0;

  for (guint i = 0; i < samples->len; i++)
    n += g_array_index (samples, LodgeDomainSample, i).active;
  return n;
}

/**
 * lodge_host_samples_read:
 * @connection: an open connection
 * @uri: (nullable): for the error
 * @needs: LodgeStatsNeeds: what somebody looks at
 * @support: (inout): what this host takes; updated by what it refuses, so that it is asked for that once only
 * @error: the call failed
 *
 * One virConnectGetAllDomainStats() of the running domains; of more than two thousand, one virDomainListGetStats() for
 * each thousand. A host gives the groups that it has; one that has no such call is asked for each domain.
 *
 * Returns: (transfer full) (element-type LodgeDomainSample): the numbers
 */
GArray *
lodge_host_samples_read (virConnectPtr       connection,
                         const char         *uri,
                         guint               needs,
                         LodgeStatsSupport  *support,
                         GError            **error)
{
  g_autoptr(GArray) samples = g_array_new (FALSE, TRUE, sizeof (LodgeDomainSample));
  gboolean done;

  if (support->singly)
    return read_samples_singly (connection, uri, error);

  done = read_all (connection, needs, support, samples);
  if (!done && (support->flags & VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT) != 0
      && virGetLastErrorCode () == VIR_ERR_INVALID_ARG)
    {
      support->flags &= ~(guint) VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT;
      done = read_all (connection, needs, support, samples);
    }
  /* The answer did not fit */
  if (!done && !support->many && virGetLastErrorCode () == VIR_ERR_RPC)
    {
      support->many = TRUE;
      done = read_all (connection, needs, support, samples);
    }
  if (!done && virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
    {
      support->singly = TRUE;
      return read_samples_singly (connection, uri, error);
    }
  if (!done)
    {
      g_propagate_error (error, lodge_error_new_from_libvirt (uri));
      return NULL;
    }
  support->all = FALSE;
  support->many = count_active (samples) > MANY;
  return g_steal_pointer (&samples);
}
