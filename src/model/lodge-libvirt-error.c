/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-libvirt-error.h"

#include <glib/gi18n-lib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <string.h>

static const struct { int code; LodgeErrorCode ours; } codes[] = {
  { VIR_ERR_NO_DOMAIN, LODGE_ERROR_NOT_FOUND },
  { VIR_ERR_NO_NETWORK, LODGE_ERROR_NOT_FOUND },
  { VIR_ERR_NO_STORAGE_POOL, LODGE_ERROR_NOT_FOUND },
  { VIR_ERR_NO_STORAGE_VOL, LODGE_ERROR_NOT_FOUND },
  { VIR_ERR_DOM_EXIST, LODGE_ERROR_EXISTS },
  { VIR_ERR_STORAGE_VOL_EXIST, LODGE_ERROR_EXISTS },
  { VIR_ERR_OPERATION_INVALID, LODGE_ERROR_INVALID_STATE },
  { VIR_ERR_OPERATION_DENIED, LODGE_ERROR_PERMISSION },
  { VIR_ERR_ACCESS_DENIED, LODGE_ERROR_PERMISSION },
  { VIR_ERR_AUTH_FAILED, LODGE_ERROR_AUTH_FAILED },
  { VIR_ERR_AUTH_UNAVAILABLE, LODGE_ERROR_AUTH_FAILED },
  { VIR_ERR_AUTH_CANCELLED, LODGE_ERROR_AUTH_CANCELLED },
  { VIR_ERR_NO_SUPPORT, LODGE_ERROR_NOT_SUPPORTED },
  { VIR_ERR_OPERATION_UNSUPPORTED, LODGE_ERROR_NOT_SUPPORTED },
  { VIR_ERR_CONFIG_UNSUPPORTED, LODGE_ERROR_NOT_SUPPORTED },
  { VIR_ERR_ARGUMENT_UNSUPPORTED, LODGE_ERROR_NOT_SUPPORTED },
  { VIR_ERR_NO_CONNECT, LODGE_ERROR_UNREACHABLE },
  { VIR_ERR_INVALID_CONN, LODGE_ERROR_NOT_CONNECTED },
  { VIR_ERR_RPC, LODGE_ERROR_UNREACHABLE },
  { VIR_ERR_SYSTEM_ERROR, LODGE_ERROR_UNREACHABLE },
  { VIR_ERR_OPERATION_TIMEOUT, LODGE_ERROR_TIMED_OUT },
  { VIR_ERR_RESOURCE_BUSY, LODGE_ERROR_BUSY },
  { VIR_ERR_XML_ERROR, LODGE_ERROR_INVALID_VALUE },
  { VIR_ERR_XML_DETAIL, LODGE_ERROR_INVALID_VALUE },
  { VIR_ERR_XML_INVALID_SCHEMA, LODGE_ERROR_INVALID_VALUE },
  { VIR_ERR_INVALID_ARG, LODGE_ERROR_INVALID_VALUE },
};

/* What to do, by words of libvirt's text (it speaks English to us: LC_MESSAGES of its own texts is
 * the program's, so these match what cannot be translated: file names, errno texts in C) or by code. */
static const struct { int code; const char *words; const char *hint; } hints[] = {
  { 0, "libvirt-sock': Permission denied",
    N_("Your user may not use this computer's system machines. Become a member of the group “libvirt” "
       "and log in again, or use the user session.") },
  { 0, "polkit",
    N_("The password dialog was cancelled or there is none. Become a member of the group “libvirt”, or use "
       "the user session.") },
  { 0, "libvirt-sock': No such file or directory",
    N_("The libvirt service is not running there. Start it with “systemctl start libvirtd”, or install "
       "the package libvirt-daemon-system.") },
  { 0, "Connection refused",
    N_("The host is there, but nothing listens on that port. Is libvirtd running, and the port right?") },
  { 0, "Name or service not known",
    N_("No host has that name. Check its spelling.") },
  { 0, "Temporary failure in name resolution",
    N_("The name cannot be looked up now. Check the network connection.") },
  { 0, "No route to host", N_("The host cannot be reached over the network. Is it switched on?") },
  { 0, "Connection timed out", N_("The host did not answer. Is it switched on and not behind a firewall?") },
  { 0, "Permission denied (", N_("SSH did not let you in. Check the user name, and that your key is known there.") },
  { 0, "Host key verification failed",
    N_("SSH does not know this host's key yet, or it has changed. Log in once with ssh in a terminal.") },
  { 0, "nc: not found", N_("The host has neither virt-ssh-helper nor nc. Install libvirt's client there.") },
  { VIR_ERR_AUTH_FAILED, NULL, N_("The name or the password was not accepted. Try again.") },
  { VIR_ERR_NO_CONNECT, NULL, N_("libvirt has no driver for this kind of URI here. Check the URI.") },
};

/**
 * lodge_error_new_from_libvirt:
 * @uri: (nullable): the connection of the call
 *
 * virGetLastError() of this thread. libvirt keeps it per thread: call it where the call failed.
 *
 * Returns: (transfer full): never %NULL
 */
GError *
lodge_error_new_from_libvirt (const char *uri)
{
  const virError *last = virGetLastError ();
  int code = last != NULL ? last->code : VIR_ERR_INTERNAL_ERROR;
  const char *text = last != NULL && last->message != NULL ? last->message : "";
  LodgeErrorCode ours = LODGE_ERROR_FAILED;
  GError *error;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (codes[i].code == code)
        ours = codes[i].ours;
    }
  if (strstr (text, "No space left") != NULL || strstr (text, "Not enough free space") != NULL)
    ours = LODGE_ERROR_NO_SPACE;

  error = g_error_new_literal (LODGE_ERROR, ours,
                               *text != '\0' ? text : _("libvirt gave no reason."));
  lodge_error_set_details (error, text, code, last != NULL ? last->domain : 0);
  lodge_error_set_uri (error, uri);
  for (guint i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      if ((hints[i].words != NULL && strstr (text, hints[i].words) != NULL)
          || (hints[i].words == NULL && hints[i].code == code))
        {
          lodge_error_set_hint (error, _(hints[i].hint));
          break;
        }
    }
  return error;
}
