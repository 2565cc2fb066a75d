/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-failure.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "util/lodge-error.h"
#include "util/lodge-format.h"

/* The exit code of ssh is 255 whatever happened: its words tell. In this order, as some lines come together. */
static const struct
{
  const char          *words;
  LodgeSshFailureKind  kind;
  LodgeErrorCode       code;
  const char          *message;   /* NULL: ssh's own last line */
  const char          *hint;
} texts[] = {
  { "REMOTE HOST IDENTIFICATION HAS CHANGED!", LODGE_SSH_FAILURE_CHANGED_HOST_KEY, LODGE_ERROR_AUTH_FAILED,
    N_("The host shows another key than the one that is known."),
    N_("Either the host was installed anew, or somebody answers in its place. Ask its administrator before you "
       "replace the key.") },
  { "REVOKED HOST KEY DETECTED", LODGE_SSH_FAILURE_OTHER, LODGE_ERROR_AUTH_FAILED,
    N_("The key of the host is marked as revoked."), N_("Ask the administrator of the host.") },
  { "Host key verification failed.", LODGE_SSH_FAILURE_UNKNOWN_HOST_KEY, LODGE_ERROR_AUTH_FAILED,
    N_("The key of the host was not trusted."),
    N_("Compare its fingerprint with the one that its administrator gives, and trust it when they are the same.") },
  { "Permission denied (", LODGE_SSH_FAILURE_AUTHENTICATION, LODGE_ERROR_AUTH_FAILED,
    N_("SSH did not let you in."),
    N_("Check the user name and the password, or set up a key for this host.") },
  { "Too many authentication failures", LODGE_SSH_FAILURE_AUTHENTICATION, LODGE_ERROR_AUTH_FAILED,
    N_("The host refused after too many keys or passwords."),
    N_("Name the right key under Advanced, so that no other is tried.") },
  { "Bad configuration option", LODGE_SSH_FAILURE_CONFIGURATION, LODGE_ERROR_INVALID_VALUE,
    N_("The configuration of SSH has an error."), N_("Mend the line that is named in the details.") },
  { "Bad owner or permissions", LODGE_SSH_FAILURE_CONFIGURATION, LODGE_ERROR_INVALID_VALUE,
    N_("SSH does not accept its configuration file."), N_("Only you may be able to write to it: chmod 600.") },
  { "terminating, ", LODGE_SSH_FAILURE_CONFIGURATION, LODGE_ERROR_INVALID_VALUE,
    N_("The configuration of SSH has an error."), N_("Mend the line that is named in the details.") },
  { "ssh went into the background", LODGE_SSH_FAILURE_CONFIGURATION, LODGE_ERROR_INVALID_VALUE,
    N_("The configuration of SSH sends it into the background."),
    N_("Remove ForkAfterAuthentication from it, or limit it to other hosts.") },
  { "contains invalid characters", LODGE_SSH_FAILURE_CONFIGURATION, LODGE_ERROR_INVALID_VALUE,
    N_("The name of the host or of the user has characters that SSH refuses."), N_("Check the address.") },
  { "Could not resolve hostname", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("No host has that name."), N_("Check its spelling and the network connection.") },
  { "Connection refused", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host is there, but does not accept SSH connections on that port."),
    N_("Check the port, and that the SSH server runs on the host.") },
  { "No route to host", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host cannot be reached over the network."), N_("Is it switched on?") },
  { "Network is unreachable", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host cannot be reached over the network."), N_("Check the network connection.") },
  { "timed out", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host did not answer."), N_("Is it switched on and not behind a firewall?") },
  { "not responding", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host stopped answering."), N_("Is it switched on and not behind a firewall?") },
  { "Connection closed by UNKNOWN port 65535", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host on the way there, or the program that SSH is told to use, gave up."),
    N_("The details say why. Check ProxyJump and ProxyCommand in the configuration of SSH.") },
  { "kex_exchange_identification:", LODGE_SSH_FAILURE_REFUSED_BY_SERVER, LODGE_ERROR_UNREACHABLE,
    N_("The SSH server turns this computer away."),
    N_("It is overloaded, or it makes you wait after wrong passwords. Try again in a minute.") },
  { "Connection reset", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host broke the connection."), N_("Try again. If it stays so, ask its administrator.") },
  { "Connection closed", LODGE_SSH_FAILURE_NETWORK, LODGE_ERROR_UNREACHABLE,
    N_("The host broke the connection."), N_("Try again. If it stays so, ask its administrator.") },
};

void
lodge_ssh_failure_free (LodgeSshFailure *self)
{
  g_clear_error (&self->error);
  g_free (self->host);
  g_free (self->key_type);
  g_free (self->fingerprint);
  g_free (self->file);
  g_free (self->methods);
  g_free (self);
}

/* The text between @before and @after, which are on one line; NULL when it is not there */
static char *
dup_between (const char *text,
             const char *before,
             const char *after)
{
  const char *start = strstr (text, before);
  const char *end, *line_end;

  if (start == NULL)
    return NULL;
  start += strlen (before);
  line_end = start + strcspn (start, "\r\n");
  end = *after != '\0' ? g_strstr_len (start, line_end - start, after) : line_end;
  return end != NULL ? g_strndup (start, end - start) : NULL;
}

static void
read_changed_key (LodgeSshFailure *self,
                  const char      *text)
{
  g_autofree char *place = NULL;
  const char *fingerprint = strstr (text, "SHA256:");
  const char *offending;
  char *colon;

  self->host = dup_between (text, "Host key for ", " has changed");
  self->key_type = dup_between (text, "The fingerprint for the ", " key sent");
  if (fingerprint != NULL)
    {
      self->fingerprint = g_strndup (fingerprint, strcspn (fingerprint, "\r\n"));
      if (g_str_has_suffix (self->fingerprint, "."))
        self->fingerprint[strlen (self->fingerprint) - 1] = '\0';
    }
  offending = strstr (text, "Offending ");
  place = offending != NULL ? dup_between (offending, " key in ", "") : NULL;
  colon = place != NULL ? strrchr (place, ':') : NULL;
  if (colon != NULL)
    {
      self->line = (guint) g_ascii_strtoull (colon + 1, NULL, 10);
      self->file = g_strndup (place, colon - place);
    }
}

/* The last line that says something */
static char *
dup_last_line (const char *text)
{
  g_auto(GStrv) lines = g_strsplit_set (text, "\r\n", 0);

  for (guint i = g_strv_length (lines); i > 0; i--)
    {
      g_strstrip (lines[i - 1]);
      if (*lines[i - 1] != '\0' && strstr (lines[i - 1], "Permanently added") == NULL)
        return lodge_display_text (lines[i - 1], 300);
    }
  return g_strdup (_("SSH ended without giving a reason."));
}

/**
 * lodge_ssh_failure_new:
 * @text: the last lines that ssh wrote
 * @uri: of the connection
 * @was_up: whether the login had succeeded before
 *
 * Returns: (transfer full): what happened, and what to do
 */
LodgeSshFailure *
lodge_ssh_failure_new (const char *text,
                       const char *uri,
                       gboolean    was_up)
{
  LodgeSshFailure *self = g_new0 (LodgeSshFailure, 1);
  g_autofree char *clean = g_utf8_make_valid (text, -1);
  g_autofree char *line = dup_last_line (clean);
  LodgeErrorCode code = LODGE_ERROR_UNREACHABLE;
  const char *message = was_up ? _("The SSH connection to the host was lost.") : line;
  const char *hint = NULL;

  self->kind = was_up ? LODGE_SSH_FAILURE_LOST : LODGE_SSH_FAILURE_OTHER;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (strstr (clean, texts[i].words) == NULL || (was_up && texts[i].kind != LODGE_SSH_FAILURE_NETWORK))
        continue;
      if (!was_up)
        self->kind = texts[i].kind;
      code = texts[i].code;
      if (texts[i].message != NULL)
        message = _(texts[i].message);
      hint = _(texts[i].hint);
      break;
    }
  if (self->kind == LODGE_SSH_FAILURE_CHANGED_HOST_KEY)
    read_changed_key (self, clean);
  else if (self->kind == LODGE_SSH_FAILURE_AUTHENTICATION)
    self->methods = dup_between (clean, "Permission denied (", ")");

  self->error = g_error_new_literal (LODGE_ERROR, code, message);
  lodge_error_set_details (self->error, g_strstrip (clean), 0, 0);
  lodge_error_set_hint (self->error, hint);
  lodge_error_set_uri (self->error, uri);
  return self;
}

LodgeSshFailure *
lodge_ssh_failure_new_missing (const char *program,
                               const char *uri,
                               const char *reason)
{
  LodgeSshFailure *self = g_new0 (LodgeSshFailure, 1);

  self->kind = LODGE_SSH_FAILURE_MISSING;
  self->error = g_error_new (LODGE_ERROR, LODGE_ERROR_NOT_SUPPORTED, _("The program “%s” cannot be started: %s."),
                             program, reason);
  lodge_error_set_hint (self->error, _("Install the OpenSSH client (the package openssh-client or openssh-clients), or "
                                       "connect by libssh: qemu+libssh://…"));
  lodge_error_set_details (self->error, reason, 0, 0);
  lodge_error_set_uri (self->error, uri);
  return self;
}

/* What a session that should reach libvirt says */
static const struct
{
  const char     *words;
  LodgeErrorCode  code;
  const char     *hint;
} session_texts[] = {
  { "Permission denied", LODGE_ERROR_PERMISSION,
    N_("The user may not use the system machines of that host. Make the user a member of the group “libvirt” there, "
       "log in as another user, or choose the machines of this user.") },
  { "No such file or directory", LODGE_ERROR_UNREACHABLE,
    N_("The libvirt service does not run on that host. Start it there with “systemctl start libvirtd”, or install "
       "the package libvirt-daemon-system.") },
  { "Connection refused", LODGE_ERROR_UNREACHABLE,
    N_("The libvirt service does not run on that host. Start it there with “systemctl start libvirtd”.") },
  { "administratively prohibited", LODGE_ERROR_PERMISSION,
    N_("The SSH server of that host forbids forwarding. Install the package that has virt-ssh-helper there.") },
  { "open failed", LODGE_ERROR_UNREACHABLE,
    N_("The host lacks virt-ssh-helper, and no libvirt service can be reached in another way. Install libvirt "
       "there.") },
  { "not found", LODGE_ERROR_NOT_SUPPORTED,
    N_("The host lacks virt-ssh-helper and nc. Install libvirt there.") },
  { "Session open refused by peer", LODGE_ERROR_BUSY,
    N_("The SSH server of that host allows no more sessions in one login (MaxSessions), or none at all.") },
};

GError *
lodge_ssh_session_error_new (const char *text,
                             int         exit_code,
                             const char *uri)
{
  g_autofree char *clean = g_strstrip (g_utf8_make_valid (text, -1));
  g_autofree char *line = dup_last_line (clean);
  LodgeErrorCode code = LODGE_ERROR_UNREACHABLE;
  const char *hint = NULL;
  g_autofree char *details = NULL;
  GError *error;

  for (guint i = 0; hint == NULL && i < G_N_ELEMENTS (session_texts); i++)
    {
      if (strstr (clean, session_texts[i].words) != NULL)
        {
          code = session_texts[i].code;
          hint = _(session_texts[i].hint);
        }
    }
  if (*clean == '\0')
    line = (g_free (line), g_strdup (_("The host ended the session that should reach libvirt.")));
  details = exit_code >= 0 ? g_strdup_printf ("%s\n(exit code %d)", clean, exit_code) : g_strdup (clean);
  error = g_error_new_literal (LODGE_ERROR, code, line);
  lodge_error_set_details (error, details, 0, 0);
  lodge_error_set_hint (error, hint);
  lodge_error_set_uri (error, uri);
  return error;
}
