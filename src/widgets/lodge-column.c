/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-column"

#include "config.h"

#include "lodge-column.h"

#include <glib/gi18n.h>

#include "model/lodge-connection.h"
#include "model/lodge-domain-details.h"
#include "util/lodge-format.h"

#define MAX_CHARS 256

static const LodgeColumnInfo columns[] = {
  [LODGE_COLUMN_NAME] = { "name", N_("Name"), 160, LODGE_LIST_TINY, .shown = TRUE },
  [LODGE_COLUMN_STATE] = { "state", N_("State"), 122, LODGE_LIST_TINY, .shown = TRUE },
  [LODGE_COLUMN_CONNECTION] = { "connection", N_("Connection"), 122, LODGE_LIST_SMALL, .shown = TRUE },
  [LODGE_COLUMN_CPU] = { "cpu", N_("CPU"), 124, LODGE_LIST_TINY, .shown = TRUE, .live = TRUE, .descending = TRUE },
  [LODGE_COLUMN_MEMORY] = { "memory", N_("Memory"), 122, LODGE_LIST_MEDIUM, .shown = TRUE, .live = TRUE,
                            .descending = TRUE },
  [LODGE_COLUMN_DISK] = { "disk", N_("Disk"), 92, LODGE_LIST_WIDE, .live = TRUE, .descending = TRUE },
  [LODGE_COLUMN_NETWORK] = { "network", N_("Network"), 92, LODGE_LIST_WIDE, .shown = TRUE, .live = TRUE,
                             .descending = TRUE },
  [LODGE_COLUMN_ADDRESS] = { "address", N_("IP Address"), 126, LODGE_LIST_SMALL, .shown = TRUE, .optional = TRUE },
  [LODGE_COLUMN_TAGS] = { "tags", N_("Tags"), 130, LODGE_LIST_WIDE, .shown = TRUE, .optional = TRUE },
  [LODGE_COLUMN_LAST_ERROR] = { "last-error", N_("Last Error"), 220, LODGE_LIST_WIDE },
  [LODGE_COLUMN_UUID] = { "uuid", N_("UUID"), 290, LODGE_LIST_WIDE },
  [LODGE_COLUMN_TITLE] = { "title", N_("Title"), 180, LODGE_LIST_WIDE },
  [LODGE_COLUMN_HOST_CPU] = { "host-cpu", N_("Host CPU"), 92, LODGE_LIST_WIDE, .live = TRUE, .descending = TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (columns) == LODGE_N_COLUMNS);

/**
 * lodge_column_get_info:
 *
 * Returns: (transfer none): what is fixed about a column
 */
const LodgeColumnInfo *
lodge_column_get_info (LodgeColumn column)
{
  g_return_val_if_fail (column < LODGE_N_COLUMNS, NULL);

  return &columns[column];
}

LodgeColumn
lodge_column_from_id (const char *id)
{
  guint i = 0;

  while (i < LODGE_N_COLUMNS && !g_str_equal (columns[i].id, id))
    i++;
  return i;
}

/* What is under way, in the state's place */
static const char *
get_pending_label (LodgeDomain *domain)
{
  static const char * const labels[LODGE_DOMAIN_N_OPERATIONS] = {
    [LODGE_DOMAIN_START] = N_("Starting"),
    [LODGE_DOMAIN_START_PAUSED] = N_("Starting"),
    [LODGE_DOMAIN_START_FRESH] = N_("Starting"),
    [LODGE_DOMAIN_SAVE] = N_("Saving"),
    [LODGE_DOMAIN_FORCE_OFF] = N_("Shutting Down"),
  };
  LodgeDomainOperation operation;

  if (!lodge_domain_get_operation_pending (domain, &operation) || labels[operation] == NULL)
    return NULL;
  return _(labels[operation]);
}

static const char *
get_state_label (LodgeDomain *domain)
{
  const char *pending;

  if (lodge_domain_get_stale (domain))
    return _("Unreachable");
  pending = get_pending_label (domain);
  return pending != NULL ? pending : lodge_domain_state_get_label (lodge_domain_get_state (domain));
}

/* A share of all processors of the host; negative: unknown */
static double
get_host_cpu (LodgeDomain *domain)
{
  LodgeConnection *connection = lodge_domain_get_connection (domain);
  const guint cpus = connection != NULL ? lodge_connection_get_host_cpus (connection) : 0;
  const double cpu = lodge_domain_get_cpu (domain);

  return cpu < 0 || cpus == 0 ? -1 : cpu * lodge_domain_get_vcpus (domain) / cpus;
}

static char *
dup_memory (LodgeDomain *domain)
{
  const gint64 memory = lodge_domain_get_memory (domain);
  const gint64 max = lodge_domain_get_memory_max (domain);

  if (memory >= 0 && max >= 0)
    return lodge_format_size_of (memory, max);
  return max >= 0 ? lodge_format_size (max) : g_strdup ("");
}

static char *
dup_rate (double rate)
{
  /* What is off shows nothing, not a zero */
  return rate < 0 ? g_strdup ("") : lodge_format_rate (rate);
}

static char *
dup_percent (double fraction)
{
  return fraction < 0 ? g_strdup ("") : lodge_format_percent (fraction);
}

static char *
dup_tags (LodgeDomain *domain)
{
  g_autofree char *text = g_strjoinv (", ", (char **) lodge_domain_get_tags (domain));

  return lodge_display_text (text, MAX_CHARS);
}

char *
lodge_column_dup_text (LodgeColumn  column,
                       LodgeDomain *domain)
{
  LodgeConnection *connection;
  const char *text = NULL;

  switch (column)
    {
    case LODGE_COLUMN_NAME:
      text = lodge_domain_get_name (domain);
      break;
    case LODGE_COLUMN_STATE:
      text = get_state_label (domain);
      break;
    case LODGE_COLUMN_CONNECTION:
      connection = lodge_domain_get_connection (domain);
      text = connection != NULL ? lodge_connection_get_label (connection) : NULL;
      break;
    case LODGE_COLUMN_CPU:
      return dup_percent (lodge_domain_get_cpu (domain));
    case LODGE_COLUMN_MEMORY:
      return dup_memory (domain);
    case LODGE_COLUMN_DISK:
      return dup_rate (lodge_domain_get_disk_rate (domain));
    case LODGE_COLUMN_NETWORK:
      return dup_rate (lodge_domain_get_network_rate (domain));
    case LODGE_COLUMN_ADDRESS:
      text = lodge_domain_get_addresses (domain)[0];
      break;
    case LODGE_COLUMN_TAGS:
      return dup_tags (domain);
    case LODGE_COLUMN_LAST_ERROR:
      text = lodge_domain_get_last_error (domain);
      break;
    case LODGE_COLUMN_UUID:
      text = lodge_domain_get_uuid (domain);
      break;
    case LODGE_COLUMN_TITLE:
      text = lodge_domain_get_title (domain);
      break;
    case LODGE_COLUMN_HOST_CPU:
      return dup_percent (get_host_cpu (domain));
    case LODGE_N_COLUMNS:
    default:
      break;
    }
  return lodge_display_text (text != NULL ? text : "", MAX_CHARS);
}

static int
compare_numbers (double a,
                 double b)
{
  return (a > b) - (a < b);
}

/* What has no text comes last */
static int
compare_texts (const char *a,
               const char *b)
{
  if (a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return g_utf8_collate (a, b);
}

/* By what is first; 10.0.0.9 before 10.0.0.10; those without come last */
static int
compare_lists (const char * const *a,
               const char * const *b)
{
  if (a[0] == NULL || b[0] == NULL)
    return (a[0] == NULL) - (b[0] == NULL);
  return lodge_compare_names (a[0], b[0]);
}

static int
compare_connections (LodgeConnection *a,
                     LodgeConnection *b)
{
  if (a == b || a == NULL || b == NULL)
    return (a == NULL) - (b == NULL);
  return g_utf8_collate (lodge_connection_get_label (a), lodge_connection_get_label (b));
}

/* What runs by what it uses, before all that is off, which could use so much */
static int
compare_memory (LodgeDomain *first,
                LodgeDomain *second)
{
  const int order = compare_numbers (lodge_domain_get_memory (first), lodge_domain_get_memory (second));

  return order != 0 ? order
    : compare_numbers (lodge_domain_get_memory_max (first), lodge_domain_get_memory_max (second));
}

int
lodge_column_compare (LodgeColumn  column,
                      LodgeDomain *first,
                      LodgeDomain *second)
{
  switch (column)
    {
    case LODGE_COLUMN_NAME:
      return lodge_compare_names (lodge_domain_get_name (first), lodge_domain_get_name (second));
    case LODGE_COLUMN_STATE:
      return compare_numbers (lodge_domain_get_state (first), lodge_domain_get_state (second));
    case LODGE_COLUMN_CONNECTION:
      return compare_connections (lodge_domain_get_connection (first), lodge_domain_get_connection (second));
    case LODGE_COLUMN_CPU:
      return compare_numbers (lodge_domain_get_cpu (first), lodge_domain_get_cpu (second));
    case LODGE_COLUMN_MEMORY:
      return compare_memory (first, second);
    case LODGE_COLUMN_DISK:
      return compare_numbers (lodge_domain_get_disk_rate (first), lodge_domain_get_disk_rate (second));
    case LODGE_COLUMN_NETWORK:
      return compare_numbers (lodge_domain_get_network_rate (first), lodge_domain_get_network_rate (second));
    case LODGE_COLUMN_ADDRESS:
      return compare_lists (lodge_domain_get_addresses (first), lodge_domain_get_addresses (second));
    case LODGE_COLUMN_TAGS:
      return compare_lists (lodge_domain_get_tags (first), lodge_domain_get_tags (second));
    case LODGE_COLUMN_LAST_ERROR:
      return compare_texts (lodge_domain_get_last_error (first), lodge_domain_get_last_error (second));
    case LODGE_COLUMN_UUID:
      return strcmp (lodge_domain_get_uuid (first), lodge_domain_get_uuid (second));
    case LODGE_COLUMN_TITLE:
      return compare_texts (lodge_domain_get_title (first), lodge_domain_get_title (second));
    case LODGE_COLUMN_HOST_CPU:
      return compare_numbers (get_host_cpu (first), get_host_cpu (second));
    case LODGE_N_COLUMNS:
    default:
      return 0;
    }
}

/* By words of libosinfo's ids (“http://fedoraproject.org/fedora/41”): no distribution's logo is ours to ship, and what
 * counts at a glance is whether it is a desktop, a server or Windows. The first word that fits. */
static const struct { const char *word, *icon_name; } systems[] = {
  { "microsoft", "lodge-system-panes-symbolic" },
  { "bsd", "lodge-server-symbolic" },
  { "freenas", "lodge-server-symbolic" },
  { "fedoraproject.org/coreos", "lodge-system-terminal-symbolic" },
  { "fedoraproject", "lodge-machine-symbolic" },
  { "ubuntu", "lodge-machine-symbolic" },
  { "opensuse", "lodge-machine-symbolic" },
  { "gnome", "lodge-machine-symbolic" },
  { "apple", "lodge-machine-symbolic" },
  { "linux", "lodge-system-terminal-symbolic" },
  { "debian", "lodge-system-terminal-symbolic" },
  { "redhat", "lodge-system-terminal-symbolic" },
  { "centos", "lodge-system-terminal-symbolic" },
  { "suse", "lodge-system-terminal-symbolic" },
};

/**
 * lodge_domain_get_system_icon:
 *
 * Returns: (transfer none): the name of a symbolic icon
 */
const char *
lodge_domain_get_system_icon (LodgeDomain *domain)
{
  const char *os_id = lodge_domain_get_os_id (domain);

  for (guint i = 0; os_id != NULL && i < G_N_ELEMENTS (systems); i++)
    {
      if (strstr (os_id, systems[i].word) != NULL)
        return systems[i].icon_name;
    }
  return "lodge-machine-symbolic";
}

/**
 * lodge_domain_dup_spoken:
 *
 * Returns: (transfer full): what a screen reader says of a machine
 */
char *
lodge_domain_dup_spoken (LodgeDomain *domain)
{
  g_autofree char *name = lodge_column_dup_text (LODGE_COLUMN_NAME, domain);
  g_autofree char *state = lodge_column_dup_text (LODGE_COLUMN_STATE, domain);
  g_autofree char *connection = lodge_column_dup_text (LODGE_COLUMN_CONNECTION, domain);
  g_autofree char *cpu = lodge_column_dup_text (LODGE_COLUMN_CPU, domain);

  if (*cpu == '\0')
    return g_strdup_printf ("%s, %s, %s", name, state, connection);
  /* Translators: a machine's name, state, connection, and share: “fedora-dev, Running, This Computer, 27 %
   * processor” */
  return g_strdup_printf (_("%s, %s, %s, %s processor"), name, state, connection, cpu);
}
