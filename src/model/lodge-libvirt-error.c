/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-libvirt-error.h"

#include <glib/gi18n-lib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <string.h>

#define MAX_TEXT 65536

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

/* What is meant and what to do, by words of libvirt's text (it speaks English to us: LC_MESSAGES of its own texts is
 * the program's, so these match what cannot be translated: file names, errno texts in C) or by code. */
static const struct { int code; const char *words; int ours; const char *hint; } rules[] = {
  { 0, "libvirt-sock': Permission denied", LODGE_ERROR_PERMISSION,
    N_("Your user may not use this computer's system machines. Become a member of the group “libvirt” "
       "and log in again, or use the user session.") },
  { 0, "polkit", -1,
    N_("The password dialog was cancelled or there is none. Become a member of the group “libvirt”, or use "
       "the user session.") },
  { 0, "libvirt-sock': No such file or directory", LODGE_ERROR_UNREACHABLE,
    N_("The libvirt service is not running there. Start it with “systemctl start libvirtd”, or install "
       "the package libvirt-daemon-system.") },
  { VIR_ERR_SYSTEM_ERROR, "Failed to connect socket to", LODGE_ERROR_UNREACHABLE,
    N_("Nothing listens at that socket. Is the libvirt service running, and the path right?") },
  { 0, "Connection refused", LODGE_ERROR_UNREACHABLE,
    N_("The host is there, but nothing listens on that port. Is libvirtd running, and the port right?") },
  { 0, "Name or service not known", LODGE_ERROR_UNREACHABLE,
    N_("No host has that name. Check its spelling.") },
  { 0, "Temporary failure in name resolution", LODGE_ERROR_UNREACHABLE,
    N_("The name cannot be looked up now. Check the network connection.") },
  { 0, "No route to host", LODGE_ERROR_UNREACHABLE,
    N_("The host cannot be reached over the network. Is it switched on?") },
  { 0, "Network is unreachable", LODGE_ERROR_UNREACHABLE,
    N_("This computer has no network connection to the host. Check the network.") },
  { 0, "Connection timed out", LODGE_ERROR_UNREACHABLE,
    N_("The host did not answer. Is it switched on and not behind a firewall?") },
  { 0, "Permission denied (", LODGE_ERROR_AUTH_FAILED,
    N_("SSH did not let you in. Check the user name, and that your key is known there.") },
  { 0, "Host key verification failed", LODGE_ERROR_AUTH_FAILED,
    N_("SSH does not know this host's key yet, or it has changed. Log in once with ssh in a terminal.") },
  { 0, "nc: not found", LODGE_ERROR_NOT_SUPPORTED,
    N_("The host has neither virt-ssh-helper nor nc. Install libvirt's client there.") },
  { 0, "Cannot read CA certificate", LODGE_ERROR_AUTH_FAILED,
    N_("A TLS connection needs the certificate of the authority that vouches for the host. Ask who runs the host for it, "
       "and put it there.") },
  { 0, "Cannot read certificate", LODGE_ERROR_AUTH_FAILED,
    N_("This host wants a client certificate. Ask who runs the host for one, and put it there with its key.") },
  { 0, "Unable to read TLS confirmation", LODGE_ERROR_AUTH_FAILED,
    N_("The host wants a client certificate that it can trust, and this computer has shown none or another one. Ask who "
       "runs the host for one.") },
  { 0, "certificate", LODGE_ERROR_AUTH_FAILED,
    N_("The certificates of this computer and the host do not fit. Check the host's name, the dates, and who signed them.") },
  { VIR_ERR_RPC, "bytes received from server", LODGE_ERROR_UNREACHABLE,
    N_("What answers there is not libvirt. Check the port and the kind of connection.") },
  { VIR_ERR_RPC, "Unable to encode message payload", LODGE_ERROR_LIMIT,
    N_("That is more text than libvirt takes at once, which is 4 MiB. Make the description or the metadata shorter.") },
  { 0, "keepalive timeout", LODGE_ERROR_UNREACHABLE, N_("The host stopped answering. Check the network to it.") },
  { VIR_ERR_OPERATION_FAILED, "already exists", LODGE_ERROR_EXISTS, N_("Choose another name.") },
  { VIR_ERR_OPERATION_FAILED, "is already in use", LODGE_ERROR_BUSY,
    N_("Another machine uses it. Stop that one, or choose another.") },
  { VIR_ERR_OPERATION_FAILED, "already defined", LODGE_ERROR_EXISTS, N_("Choose another name.") },
  { 0, "No space left", LODGE_ERROR_NO_SPACE,
    N_("The storage is full. Make room there, choose a smaller size, or another place.") },
  { 0, "Not enough free space", LODGE_ERROR_NO_SPACE,
    N_("The storage is full. Make room there, choose a smaller size, or another place.") },
  { 0, "File too large", LODGE_ERROR_NO_SPACE,
    N_("A file of that size does not fit into that storage. Choose a smaller size, or another place.") },
  { 0, "Disk quota exceeded", LODGE_ERROR_NO_SPACE,
    N_("Your share of the storage is used up. Make room there, or choose another place.") },
  { 0, "Cannot access storage file", LODGE_ERROR_NOT_FOUND,
    N_("A disk of the machine is not there, or the host may not read it. Remove the disk, or bring the file back.") },
  { 0, "Could not open", LODGE_ERROR_FAILED,
    N_("A file of the machine cannot be opened by the host. Check that it is there and that the hypervisor may read it.") },
  { VIR_ERR_OPERATION_TIMEOUT, "state change lock", LODGE_ERROR_BUSY,
    N_("The machine is busy with another operation, or its emulator hangs. Wait for it, or force it off.") },
  { VIR_ERR_AGENT_UNRESPONSIVE, NULL, LODGE_ERROR_TIMED_OUT,
    N_("The guest's agent does not answer. Is qemu-guest-agent installed and running in it?") },
  { VIR_ERR_AUTH_FAILED, NULL, -1, N_("The name or the password was not accepted. Try again.") },
  { VIR_ERR_NO_CONNECT, NULL, -1, N_("libvirt has no driver for this kind of URI here. Check the URI.") },
  { VIR_ERR_XML_INVALID_SCHEMA, NULL, -1,
    N_("The definition has something that libvirt on this host does not know. Take out what the details name.") },
};

/* What to do about a kind of error, where nothing better is known */
static const char * const general_hints[] = {
  [LODGE_ERROR_FAILED] = N_("The details say what libvirt answered; the log of libvirt on the host may say more."),
  [LODGE_ERROR_INVALID_VALUE] = N_("Correct what the message names, and try again."),
  [LODGE_ERROR_INVALID_STATE] = N_("Its state has changed meanwhile. Look at it again, and try then."),
  [LODGE_ERROR_NOT_SUPPORTED] = N_("The hypervisor of this host, or its version of libvirt, cannot do this."),
  [LODGE_ERROR_NOT_FOUND] = N_("It is not there any more. Somebody may have removed or renamed it."),
  [LODGE_ERROR_EXISTS] = N_("Choose another name."),
  [LODGE_ERROR_PERMISSION] = N_("Your user may not do this on that host. Connect as another user, or not read-only."),
  [LODGE_ERROR_AUTH_FAILED] = N_("The host did not let you in. Check the user name, the password and the keys."),
  [LODGE_ERROR_AUTH_CANCELLED] = N_("Connect again to enter the password."),
  [LODGE_ERROR_NOT_CONNECTED] = N_("Connect to the host again, and try then."),
  [LODGE_ERROR_UNREACHABLE] = N_("Check that the host runs, its libvirt service too, and the network to it."),
  [LODGE_ERROR_TIMED_OUT] = N_("It may still happen. Look at the state in a while before you try again."),
  [LODGE_ERROR_BUSY] = N_("Wait until the other operation has ended, and try again."),
  [LODGE_ERROR_NO_SPACE] = N_("The storage is full. Make room there, choose a smaller size, or another place."),
  [LODGE_ERROR_LIMIT] = N_("That is larger than what can be taken. Make it smaller."),
  [LODGE_ERROR_PARSE] = N_("That text is not well-formed. Correct what the message names."),
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
  g_autofree char *valid = NULL;
  const char *hint = NULL;
  GError *error;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (codes[i].code == code)
        ours = codes[i].ours;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rules) && hint == NULL; i++)
    {
      if ((rules[i].code != 0 && rules[i].code != code)
          || (rules[i].words != NULL && strstr (text, rules[i].words) == NULL))
        continue;
      hint = rules[i].hint;
      if (rules[i].ours >= 0)
        ours = rules[i].ours;
    }
  if (hint == NULL && ours < G_N_ELEMENTS (general_hints))
    hint = general_hints[ours];

  /* A host's text: not UTF-8 by any promise, and as long as it likes */
  valid = g_utf8_make_valid (text, strnlen (text, MAX_TEXT));
  error = g_error_new_literal (LODGE_ERROR, ours, *valid != '\0' ? valid : _("libvirt gave no reason."));
  lodge_error_set_details (error, valid, code, last != NULL ? last->domain : 0);
  lodge_error_set_uri (error, uri);
  if (hint != NULL)
    lodge_error_set_hint (error, _(hint));
  return error;
}
