/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "soak-host.h"

#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-folder.h"
#include "lib/lodge-test-relay.h"
#include "lib/lodge-test-wait.h"

/* How long a list may differ from the host's when nothing changes any more */
#define COMPARE_PATIENCE 30  /* s */
/* One step in so many begins a trouble on a host that has none */
#define TROUBLE_RARITY   60
#define MAX_TROUBLE      80  /* steps */
#define N_RUNNING(n)     ((n) / 2)
/* A foreigner that waits longer has a daemon that has locked itself up */
#define FOREIGN_PATIENCE 40  /* s */
/* … and so has a connection that fails so often when nothing is wrong */
#define MAX_ATTEMPTS     3

struct _SoakHost
{
  LodgeTestFolder *folder;
  LodgeTestDaemon *daemon;
  LodgeTestRelay  *relay;
  LodgeTestVirsh  *foreigner;   /* nullable: the daemon is dead */
  LodgeConnection *connection;
  GPtrArray       *names;
  GPtrArray       *files;
  guint            trouble;
  guint            steps;       /* of the trouble so far */
  guint            length;      /* how many it will have */
  guint           *counts;      /* by trouble */
};

static void
do_nothing (SoakHost *self,
            GRand    *rand)
{
}

static gboolean
is_lost (SoakHost *self)
{
  return lodge_connection_get_state (self->connection) == LODGE_CONNECTION_FAILED;
}

/* … or it is tried again already: who speaks to a frozen daemon waits */
static gboolean
is_not_open (SoakHost *self)
{
  return lodge_connection_get_state (self->connection) != LODGE_CONNECTION_CONNECTED && self->steps >= self->length;
}

static gboolean
is_long_enough (SoakHost *self)
{
  return self->steps >= self->length;
}

/* libvirt has noticed it, and some attempts to come back may have failed */
static gboolean
is_lost_for_long (SoakHost *self)
{
  return is_lost (self) && is_long_enough (self);
}

static void
slow_down (SoakHost *self,
           GRand    *rand)
{
  lodge_test_relay_set_delay (self->relay, g_rand_int_range (rand, 1, 40));
  if (g_rand_boolean (rand))
    lodge_test_relay_set_rate (self->relay, g_rand_int_range (rand, 50, 2000) * 1000);
}

static void
speed_up (SoakHost *self)
{
  lodge_test_relay_set_delay (self->relay, 0);
  lodge_test_relay_set_rate (self->relay, 0);
}

static void
hold (SoakHost *self,
      GRand    *rand)
{
  lodge_test_relay_set_mode (self->relay, LODGE_TEST_RELAY_HOLD);
}

static void
pass (SoakHost *self)
{
  lodge_test_relay_set_mode (self->relay, LODGE_TEST_RELAY_PASS);
}

static void
cut (SoakHost *self,
     GRand    *rand)
{
  lodge_test_relay_cut (self->relay);
}

static void
refuse (SoakHost *self,
        GRand    *rand)
{
  lodge_test_relay_set_refusing (self->relay, TRUE);
  lodge_test_relay_cut (self->relay);
}

static void
accept_again (SoakHost *self)
{
  lodge_test_relay_set_refusing (self->relay, FALSE);
}

static void
swallow (SoakHost *self,
         GRand    *rand)
{
  lodge_test_relay_set_refusing (self->relay, TRUE);
  lodge_test_relay_set_mode (self->relay, g_rand_boolean (rand) ? LODGE_TEST_RELAY_HOLD : LODGE_TEST_RELAY_DROP);
}

/* What was lost is lost: that connection is good for nothing */
static void
stop_swallowing (SoakHost *self)
{
  lodge_test_relay_cut (self->relay);
  pass (self);
  accept_again (self);
}

static void
freeze (SoakHost *self,
        GRand    *rand)
{
  lodge_test_daemon_freeze (self->daemon);
}

static void
thaw (SoakHost *self)
{
  lodge_test_daemon_thaw (self->daemon);
}

static void
kill_daemon (SoakHost *self,
             GRand    *rand)
{
  g_clear_pointer (&self->foreigner, lodge_test_virsh_free);
  lodge_test_daemon_kill (self->daemon);
}

/* A foreigner whose host stands still for a while does not give it up */
static void
start_foreigner (SoakHost *self)
{
  g_autofree char *uri = lodge_test_daemon_dup_uri (self->daemon, "test", "/default");

  self->foreigner = lodge_test_virsh_new (uri);
}

/* The machines of the test driver died with it: the test:///default of a new daemon has one of its own */
static void
fill (SoakHost *self)
{
  g_autoptr(GString) commands = g_string_new ("destroy test\nundefine test\n");

  for (guint i = 0; i < self->names->len; i++)
    {
      g_string_append_printf (commands, "define %s\n", soak_host_get_file (self, i));
      if (i < N_RUNNING (self->names->len))
        g_string_append_printf (commands, "start %s\n", soak_host_get_name (self, i));
    }
  g_free (lodge_test_virsh_try (self->foreigner, commands->str, LODGE_TEST_PATIENCE));
}

static void
start_daemon (SoakHost *self)
{
  lodge_test_daemon_start (self->daemon);
  start_foreigner (self);
  fill (self);
}

static void
close_connection (SoakHost *self,
                  GRand    *rand)
{
  lodge_connection_close (self->connection);
}

static void
open_connection (SoakHost *self)
{
  lodge_connection_open_async (self->connection, NULL, NULL, NULL);
}

/* A person who opens and thinks better of it */
static void
give_up (SoakHost *self,
         GRand    *rand)
{
  lodge_connection_close (self->connection);
  lodge_test_relay_set_delay (self->relay, g_rand_int_range (rand, 0, 10));
  lodge_connection_open_async (self->connection, NULL, NULL, NULL);
}

static void
open_after_giving_up (SoakHost *self)
{
  lodge_connection_close (self->connection);
  lodge_test_relay_set_delay (self->relay, 0);
  open_connection (self);
}

static void
restart_daemon (SoakHost *self)
{
  g_test_message ("%s: the daemon has locked itself up", lodge_connection_get_uri (self->connection));
  kill_daemon (self, NULL);
  start_daemon (self);
}

/* What can go wrong, and from when on it may end */
static const struct
{
  const char *name;
  void      (*begin) (SoakHost *self, GRand *rand);
  gboolean  (*may_end) (SoakHost *self);
  void      (*end) (SoakHost *self);
} troubles[] = {
  { "",                          do_nothing,       NULL,             NULL },
  { "slow network",              slow_down,        is_long_enough,   speed_up },
  { "network stops for a while", hold,             is_long_enough,   pass },
  { "connection cut",            cut,              is_long_enough,   open_connection },
  { "host refuses",              refuse,           is_lost_for_long, accept_again },
  { "network swallows",          swallow,          is_lost_for_long, stop_swallowing },
  { "daemon frozen",             freeze,           is_not_open,      thaw },
  { "daemon killed",             kill_daemon,      is_lost_for_long, start_daemon },
  { "closed by the person",      close_connection, is_long_enough,   open_connection },
  { "opening given up",          give_up,          is_long_enough,   open_after_giving_up },
};

guint
soak_n_troubles (void)
{
  return G_N_ELEMENTS (troubles);
}

const char *
soak_trouble_name (guint trouble)
{
  return troubles[trouble].name;
}

static void
begin_trouble (SoakHost *self,
               guint     trouble,
               GRand    *rand)
{
  self->trouble = trouble;
  self->counts[trouble]++;
  self->steps = 0;
  self->length = g_rand_int_range (rand, 1, MAX_TROUBLE);
  troubles[trouble].begin (self, rand);
}

static void
end_trouble (SoakHost *self)
{
  const guint trouble = self->trouble;

  self->trouble = 0;
  if (troubles[trouble].end != NULL)
    troubles[trouble].end (self);
}

void
soak_host_trouble (SoakHost *self,
                   GRand    *rand)
{
  if (self->trouble != 0)
    {
      self->steps++;
      if (troubles[self->trouble].may_end (self))
        end_trouble (self);
    }
  /* The troubles speak of a connection that is open */
  else if (lodge_connection_get_state (self->connection) == LODGE_CONNECTION_CONNECTED
           && g_rand_int_range (rand, 0, TROUBLE_RARITY) == 0)
    begin_trouble (self, g_rand_int_range (rand, 1, G_N_ELEMENTS (troubles)), rand);
}

const char *
soak_host_get_trouble (SoakHost *self)
{
  return troubles[self->trouble].name;
}

void
soak_host_add_troubles (SoakHost *self,
                        guint    *counts)
{
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    counts[i] += self->counts[i];
}

void
soak_host_heal (SoakHost *self)
{
  if (self->trouble != 0)
    {
      LodgeTestWait wait;

      self->steps = self->length;
      lodge_test_wait_begin (&wait, troubles[self->trouble].name, lodge_connection_get_uri (self->connection));
      while (!troubles[self->trouble].may_end (self))
        lodge_test_wait_step (&wait);
      lodge_test_wait_end (&wait);
      end_trouble (self);
    }
  for (guint i = 1; lodge_connection_get_state (self->connection) != LODGE_CONNECTION_CONNECTED; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;

      /* An attempt of before may still fail: this joins it */
      lodge_connection_open_async (self->connection, NULL, lodge_test_result_cb, &result);
      WAIT_FOR (result != NULL);
      if (i % MAX_ATTEMPTS == 0 && lodge_connection_get_error (self->connection) != NULL
          && soak_host_ask (self, "version"))
        g_error ("%s: the host is well, but does not open: %s", lodge_connection_get_uri (self->connection),
                 lodge_connection_get_error (self->connection)->message);
    }
}

gboolean
soak_host_ask (SoakHost   *self,
               const char *commands)
{
  g_autofree char *answer = lodge_test_virsh_try (self->foreigner, commands, FOREIGN_PATIENCE);

  if (answer != NULL)
    return TRUE;
  restart_daemon (self);
  return FALSE;
}

void
soak_host_restore (SoakHost *self)
{
  g_autofree char *text = lodge_test_virsh_run (self->foreigner, "list --all --name");
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GString) commands = g_string_new (NULL);

  for (guint i = 0; i < self->names->len; i++)
    g_hash_table_add (wanted, self->names->pdata[i]);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_hash_table_add (present, lines[i]);
      if (*lines[i] != '\0' && !g_hash_table_contains (wanted, lines[i]))
        g_string_append_printf (commands, "destroy %s\nundefine --managed-save --snapshots-metadata %s\n", lines[i],
                                lines[i]);
    }
  for (guint i = 0; i < self->names->len; i++)
    {
      /* A machine that lost its definition while it runs gets it back */
      g_string_append_printf (commands, "define %s\n", soak_host_get_file (self, i));
    }
  soak_host_ask (self, commands->str);
}

/* Comparing */

static const char *
virsh_state (LodgeDomainState state)
{
  switch (state)
    {
    case LODGE_DOMAIN_STATE_RUNNING:
      return "running";
    case LODGE_DOMAIN_STATE_PAUSED:
      return "paused";
    case LODGE_DOMAIN_STATE_SHUTTING_DOWN:
      return "in shutdown";
    case LODGE_DOMAIN_STATE_OFF:
    case LODGE_DOMAIN_STATE_SAVED:
      return "shut off";
    case LODGE_DOMAIN_STATE_CRASHED:
      return "crashed";
    case LODGE_DOMAIN_STATE_SUSPENDED:
      return "pmsuspended";
    case LODGE_DOMAIN_STATE_UNKNOWN:
    default:
      return "no state";
    }
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/* Lines “name state”, sorted: of a table of virsh's */
static GPtrArray *
parse_table (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GRegex) row = g_regex_new ("^\\s*(?:-|\\d+)\\s+(\\S+)\\s+(\\S.*?)\\s*$", G_REGEX_DEFAULT, 0, NULL);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr(GMatchInfo) match = NULL;
      g_autofree char *name = NULL;
      g_autofree char *state = NULL;

      if (!g_regex_match (row, lines[i], 0, &match))
        continue;
      name = g_match_info_fetch (match, 1);
      state = g_match_info_fetch (match, 2);
      g_ptr_array_add (rows, g_strconcat (name, " ", state, NULL));
    }
  g_ptr_array_sort (rows, compare_lines);
  return rows;
}

static GPtrArray *
read_list (SoakHost *self)
{
  GListModel *domains = lodge_connection_get_domains (self->connection);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (domains); i++)
    {
      g_autoptr(LodgeDomain) domain = g_list_model_get_item (domains, i);

      g_ptr_array_add (rows, g_strconcat (lodge_domain_get_name (domain), " ",
                                          virsh_state (lodge_domain_get_state (domain)),
                                          lodge_domain_get_stale (domain) ? " (stale)" : "", NULL));
    }
  g_ptr_array_sort (rows, compare_lines);
  return rows;
}

/* What only one of them has, NULL: nothing */
static char *
find_differences (GPtrArray *host,
                  GPtrArray *list)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint h = 0, l = 0;

  while (h < host->len || l < list->len)
    {
      const int order = h == host->len ? 1 : l == list->len ? -1 : g_strcmp0 (host->pdata[h], list->pdata[l]);

      if (order < 0)
        g_string_append_printf (text, "\n  host: %s", (const char *) host->pdata[h]);
      else if (order > 0)
        g_string_append_printf (text, "\n  list: %s", (const char *) list->pdata[l]);
      h += order <= 0;
      l += order >= 0;
    }
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

void
soak_host_compare (SoakHost *self)
{
  const gint64 end = g_get_monotonic_time () + COMPARE_PATIENCE * G_USEC_PER_SEC;
  g_autofree char *text = lodge_test_virsh_run (self->foreigner, "list --all");
  g_autoptr(GPtrArray) host = parse_table (text);
  g_autofree char *differences = NULL;

  do
    {
      g_autoptr(GPtrArray) list = read_list (self);
      const gint64 next = g_get_monotonic_time () + G_USEC_PER_SEC / 10;

      g_clear_pointer (&differences, g_free);
      differences = find_differences (host, list);
      if (differences == NULL)
        return;
      WAIT_FOR (g_get_monotonic_time () >= next);
    }
  while (g_get_monotonic_time () < end);
  g_error ("%s: the list is not what the host says:%s", lodge_connection_get_uri (self->connection), differences);
}

/* The host itself */

SoakHost *
soak_host_new (guint number,
               guint n_domains)
{
  SoakHost *self = g_new0 (SoakHost, 1);
  g_autofree char *uri = NULL;

  self->folder = lodge_test_folder_new ();
  self->daemon = lodge_test_daemon_new ();
  self->relay = number % 2 == 0 ? lodge_test_relay_new_tcp (lodge_test_daemon_get_port (self->daemon))
                                : lodge_test_relay_new_unix (lodge_test_daemon_get_socket (self->daemon));
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->counts = g_new0 (guint, G_N_ELEMENTS (troubles));
  for (guint i = 0; i < n_domains; i++)
    {
      char *name = g_strdup_printf ("h%u-m%u", number, i);
      g_autofree char *file = g_strconcat (name, ".xml", NULL);
      g_autofree char *xml =
        g_strdup_printf ("<domain type='test'><name>%s</name><uuid>5c0a0000-0000-4000-%04x-%012x</uuid>"
                         "<memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os></domain>", name, number, i);

      g_ptr_array_add (self->names, name);
      g_ptr_array_add (self->files, lodge_test_folder_write (self->folder, file, xml, -1));
    }
  start_foreigner (self);
  fill (self);
  uri = lodge_test_relay_dup_uri (self->relay, "test", "/default");
  self->connection = lodge_test_open (uri);
  return self;
}

void
soak_host_free (SoakHost *self)
{
  lodge_test_close (self->connection);
  g_clear_pointer (&self->foreigner, lodge_test_virsh_free);
  lodge_test_relay_free (self->relay);
  lodge_test_daemon_free (self->daemon);
  lodge_test_folder_free (self->folder);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->files);
  g_free (self->counts);
  g_free (self);
}

LodgeConnection *
soak_host_get_connection (SoakHost *self)
{
  return self->connection;
}

LodgeTestVirsh *
soak_host_get_foreigner (SoakHost *self)
{
  return troubles[self->trouble].begin == freeze ? NULL : self->foreigner;
}

guint
soak_host_get_n_domains (SoakHost *self)
{
  return self->names->len;
}

const char *
soak_host_get_name (SoakHost *self,
                    guint     i)
{
  return self->names->pdata[i];
}

const char *
soak_host_get_file (SoakHost *self,
                    guint     i)
{
  return self->files->pdata[i];
}
