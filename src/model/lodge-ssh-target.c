/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"

/* Each has its reason in docs/SSH.md */
static const char * const master_options[] = {
  "ControlPersist=no",
  "ConnectTimeout=15",
  "ServerAliveInterval=5",
  "ServerAliveCountMax=3",
  "RemoteCommand=none",
  "RequestTTY=no",
  "ClearAllForwardings=yes",
  "ForwardAgent=no",
  "ForwardX11=no",
  "PermitLocalCommand=no",
  "LogLevel=INFO",
};

static void
way_free (gpointer data)
{
  LodgeSshWay *way = data;

  g_free (way->argument);
  g_free (way);
}

static void
add_way (LodgeSshTarget  *self,
         LodgeSshWayKind  kind,
         char            *argument)
{
  LodgeSshWay *way = g_new0 (LodgeSshWay, 1);

  way->kind = kind;
  way->argument = argument;
  g_ptr_array_add (self->ways, way);
}

/* Any shell may be the far user's: what is more than one plain command is given to sh */
static char *
dup_shell (const char *script)
{
  g_autofree char *quoted = g_shell_quote (script);

  return g_strconcat ("sh -c ", quoted, NULL);
}

static char *
dup_netcat (const char *netcat,
            const char *socket)
{
  g_autofree char *program = g_shell_quote (netcat != NULL ? netcat : "nc");
  /* Some netcats wait after the end of what they read unless they are told not to */
  g_autofree char *script =
    g_strdup_printf ("if %s -q 2>&1 | grep -q 'requires an argument'; then exec %s -q0 -U %s; "
                     "else exec %s -U %s; fi", program, program, socket, program, socket);

  return dup_shell (script);
}

static const char *
get_parameter (GHashTable *parameters,
               const char *name)
{
  const char *value = g_hash_table_lookup (parameters, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static void
add_ways (LodgeSshTarget *self,
          GHashTable     *parameters,
          gboolean        read_only)
{
  const char *netcat = get_parameter (parameters, "netcat");
  const char *proxy = get_parameter (parameters, "proxy");
  const char *socket = get_parameter (parameters, "socket");
  const char *mode = get_parameter (parameters, "mode");
  const char *suffix = read_only ? "-ro" : "";
  const gboolean session = g_strcmp0 (self->path, "/session") == 0;
  const gboolean direct = g_strcmp0 (mode, "direct") == 0;
  g_autofree char *inner = g_strdup_printf ("%s://%s", self->driver, self->path);
  g_autofree char *inner_quoted = g_shell_quote (inner);
  g_autofree char *modern = g_strdup_printf ("/run/libvirt/virt%sd-sock%s", self->driver, suffix);
  g_autofree char *old = g_strdup_printf ("/run/libvirt/libvirt-sock%s", suffix);
  g_autofree char *of_session = g_strdup_printf ("\"${XDG_RUNTIME_DIR:-$HOME/.cache}\"/libvirt/%s%s%s",
                                                 direct ? "virt" : "libvirt-sock", direct ? self->driver : "",
                                                 direct ? "d-sock" : "");

  if (g_strcmp0 (mode, "auto") == 0)
    mode = NULL;
  if (socket != NULL)
    {
      g_autofree char *quoted = g_shell_quote (socket);

      if (netcat == NULL)
        add_way (self, LODGE_SSH_WAY_SOCKET, g_strdup (socket));
      add_way (self, LODGE_SSH_WAY_NETCAT, dup_netcat (netcat, quoted));
      return;
    }
  /* The helper finds the socket by rules of its own, which are not repeated here */
  if (mode == NULL && netcat == NULL && g_strcmp0 (proxy, "netcat") != 0)
    add_way (self, LODGE_SSH_WAY_HELPER,
             g_strdup_printf ("virt-ssh-helper %s%s", read_only ? "-r " : "", inner_quoted));
  if (g_strcmp0 (proxy, "native") == 0 && self->ways->len > 0)
    return;
  if (session)
    {
      add_way (self, LODGE_SSH_WAY_NETCAT, dup_netcat (netcat, of_session));
      return;
    }
  if (netcat == NULL && g_strcmp0 (mode, "legacy") != 0)
    add_way (self, LODGE_SSH_WAY_SOCKET, g_strdup (modern));
  if (netcat == NULL && !direct)
    add_way (self, LODGE_SSH_WAY_SOCKET, g_strdup (old));
  add_way (self, LODGE_SSH_WAY_NETCAT, dup_netcat (netcat, direct ? modern : old));
}

/* What is left for libvirt: what is neither ssh's nor the transport's */
static char *
dup_rest (GHashTable *parameters)
{
  static const char * const ours[] = {
    "command", "keyfile", "known_hosts", "known_hosts_verify", "mode", "netcat", "no_tty", "no_verify", "proxy",
    "socket", "sshauth", NULL,
  };
  g_autoptr(GString) rest = g_string_new (NULL);
  g_autoptr(GList) names = g_list_sort (g_hash_table_get_keys (parameters), (GCompareFunc) strcmp);

  for (GList *l = names; l != NULL; l = l->next)
    {
      if (g_strv_contains (ours, l->data))
        continue;
      g_string_append_printf (rest, "%s%s=", rest->len > 0 ? "&" : "", (const char *) l->data);
      g_string_append_uri_escaped (rest, g_hash_table_lookup (parameters, l->data), NULL, FALSE);
    }
  return rest->len > 0 ? g_strdup (rest->str) : NULL;
}

static gboolean
is_harmless (const char *text)
{
  /* ssh_config can put %h and %r into a shell's command line */
  for (const char *p = text; *p; p++)
    {
      if (g_ascii_iscntrl (*p) || strchr ("'`\"$\\;&<>|(){}", *p) != NULL)
        return FALSE;
    }
  return *text != '\0' && *text != '-';
}

/**
 * lodge_ssh_target_new:
 * @uri: a connection over SSH
 * @read_only: whether the far daemon is to let nothing be changed
 * @error: what ssh could not be given safely
 *
 * Returns: (transfer full) (nullable): what is asked of SSH
 */
LodgeSshTarget *
lodge_ssh_target_new (const LodgeUri  *uri,
                      gboolean         read_only,
                      GError         **error)
{
  g_autoptr(LodgeSshTarget) self = g_atomic_rc_box_new0 (LodgeSshTarget);
  g_autoptr(GHashTable) parameters = NULL;
  g_autoptr(GError) local = NULL;

  self->ways = g_ptr_array_new_with_free_func (way_free);
  self->uri = lodge_uri_to_string (uri);
  parameters = g_uri_parse_params (uri->query != NULL ? uri->query : "", -1, "&;", G_URI_PARAMS_NONE, &local);
  if (parameters == NULL)
    {
      lodge_set_error (error, LODGE_ERROR_PARSE, _("What follows “?” in the URI cannot be read: %s."), local->message);
      return NULL;
    }
  if (uri->host == NULL || !is_harmless (uri->host))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE,
                       _("The name of the host has a character that no host name has."));
      return NULL;
    }
  if (uri->user != NULL && *uri->user != '\0' && !is_harmless (uri->user))
    {
      lodge_set_error (error, LODGE_ERROR_INVALID_VALUE, _("The user name has a character that no user name has."));
      return NULL;
    }

  self->program = g_strdup (get_parameter (parameters, "command"));
  if (self->program == NULL)
    self->program = g_strdup ("ssh");
  self->user = uri->user != NULL && *uri->user != '\0' ? g_strdup (uri->user) : NULL;
  self->host = g_strdup (uri->host);
  self->port = MAX (uri->port, 0);
  self->key_file = g_strdup (get_parameter (parameters, "keyfile"));
  self->no_verify = g_strcmp0 (get_parameter (parameters, "no_verify"), "1") == 0;
  self->no_tty = g_strcmp0 (get_parameter (parameters, "no_tty"), "1") == 0;
  self->driver = g_strdup (uri->driver);
  self->path = g_strdup (uri->path != NULL && *uri->path != '\0' ? uri->path : "/");
  self->rest = dup_rest (parameters);
  add_ways (self, parameters, read_only);
  return g_steal_pointer (&self);
}

static void
target_clear (gpointer data)
{
  LodgeSshTarget *self = data;

  g_free (self->uri);
  g_free (self->program);
  g_free (self->user);
  g_free (self->host);
  g_free (self->key_file);
  g_free (self->driver);
  g_free (self->path);
  g_free (self->rest);
  g_ptr_array_unref (self->ways);
}

LodgeSshTarget *
lodge_ssh_target_ref (LodgeSshTarget *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lodge_ssh_target_unref (LodgeSshTarget *self)
{
  g_atomic_rc_box_release_full (self, target_clear);
}

static void
add_option (GStrvBuilder *argv,
            const char   *option)
{
  g_strv_builder_add_many (argv, "-o", option, NULL);
}

static void
add_destination (const LodgeSshTarget *self,
                 GStrvBuilder         *argv)
{
  if (self->port > 0)
    {
      g_autofree char *port = g_strdup_printf ("%d", self->port);

      g_strv_builder_add_many (argv, "-p", port, NULL);
    }
  if (self->user != NULL)
    g_strv_builder_add_many (argv, "-l", self->user, NULL);
  g_strv_builder_add_many (argv, "--", self->host, NULL);
}

char **
lodge_ssh_target_dup_master (const LodgeSshTarget *self,
                             const char           *control_path)
{
  g_autoptr(GStrvBuilder) argv = g_strv_builder_new ();

  g_strv_builder_add_many (argv, self->program, "-M", "-N", "-S", control_path, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (master_options); i++)
    add_option (argv, master_options[i]);
  if (self->no_verify)
    add_option (argv, "StrictHostKeyChecking=no");
  add_option (argv, self->no_tty ? "BatchMode=yes" : "BatchMode=no");
  if (self->key_file != NULL)
    g_strv_builder_add_many (argv, "-i", self->key_file, NULL);
  add_destination (self, argv);
  return g_strv_builder_end (argv);
}

char **
lodge_ssh_target_dup_config_query (const LodgeSshTarget *self)
{
  g_autoptr(GStrvBuilder) argv = g_strv_builder_new ();

  g_strv_builder_add_many (argv, self->program, "-G", NULL);
  add_destination (self, argv);
  return g_strv_builder_end (argv);
}

char **
lodge_ssh_target_dup_key_check (const LodgeSshTarget *self,
                                const char           *key_file)
{
  g_autoptr(GStrvBuilder) argv = g_strv_builder_new ();

  g_strv_builder_add_many (argv, self->program, "-o", "ControlPath=none", "-o", "PreferredAuthentications=publickey",
                           "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-i", key_file, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (master_options); i++)
    add_option (argv, master_options[i]);
  add_destination (self, argv);
  g_strv_builder_add (argv, "true");
  return g_strv_builder_end (argv);
}

char *
lodge_ssh_target_dup_private_uri (const LodgeSshTarget *self,
                                  const char           *socket)
{
  g_autoptr(GString) uri = g_string_new (NULL);

  g_string_append_printf (uri, "%s+unix://%s?socket=", self->driver, self->path);
  g_string_append_uri_escaped (uri, socket, "/", FALSE);
  if (self->rest != NULL)
    g_string_append_printf (uri, "&%s", self->rest);
  return g_strdup (uri->str);
}

void
lodge_ssh_config_free (LodgeSshConfig *self)
{
  g_free (self->host);
  g_free (self->user);
  g_free (self->proxy_jump);
  g_free (self->control_path);
  g_free (self);
}

/**
 * lodge_ssh_config_parse:
 * @text: what `ssh -G` printed
 *
 * Returns: (transfer full) (nullable): %NULL when it is not what `ssh -G` prints
 */
LodgeSshConfig *
lodge_ssh_config_parse (const char *text)
{
  g_autoptr(LodgeSshConfig) self = g_new0 (LodgeSshConfig, 1);
  g_auto(GStrv) lines = g_strsplit (text, "\n", 0);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *value = strchr (lines[i], ' ');

      if (value == NULL)
        continue;
      *value++ = '\0';
      g_strstrip (value);
      if (g_str_equal (lines[i], "hostname"))
        g_set_str (&self->host, value);
      else if (g_str_equal (lines[i], "user"))
        g_set_str (&self->user, value);
      else if (g_str_equal (lines[i], "port"))
        self->port = (int) g_ascii_strtoll (value, NULL, 10);
      else if (g_str_equal (lines[i], "proxyjump") && !g_str_equal (value, "none"))
        g_set_str (&self->proxy_jump, value);
      else if (g_str_equal (lines[i], "controlpath") && !g_str_equal (value, "none"))
        g_set_str (&self->control_path, value);
    }
  return self->host != NULL ? g_steal_pointer (&self) : NULL;
}
