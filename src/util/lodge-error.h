/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LodgeErrorCode:
 * @LODGE_ERROR_FAILED: anything that has no code of its own
 * @LODGE_ERROR_INVALID_VALUE: a value that cannot be accepted where it was given
 * @LODGE_ERROR_INVALID_STATE: the object is not in a state for this
 * @LODGE_ERROR_NOT_SUPPORTED: this host or hypervisor cannot do it
 * @LODGE_ERROR_NOT_FOUND: it is not there (any more)
 * @LODGE_ERROR_EXISTS: a thing of that name is there already
 * @LODGE_ERROR_PERMISSION: access was denied
 * @LODGE_ERROR_AUTH_FAILED: name, password, key or certificate were not accepted
 * @LODGE_ERROR_AUTH_CANCELLED: the person cancelled the question for credentials
 * @LODGE_ERROR_NOT_CONNECTED: the connection is closed, or was lost meanwhile
 * @LODGE_ERROR_UNREACHABLE: the host did not answer
 * @LODGE_ERROR_TIMED_OUT: no answer in time; the operation may still happen
 * @LODGE_ERROR_BUSY: another operation holds it
 * @LODGE_ERROR_NO_SPACE: a pool or file system is full
 * @LODGE_ERROR_LIMIT: larger or deeper than what is accepted from a host
 * @LODGE_ERROR_PARSE: text (XML, URI) that is not well-formed
 * @LODGE_ERROR_CONFLICT: another program has changed it meanwhile
 */
typedef enum
{
  LODGE_ERROR_FAILED,
  LODGE_ERROR_INVALID_VALUE,
  LODGE_ERROR_INVALID_STATE,
  LODGE_ERROR_NOT_SUPPORTED,
  LODGE_ERROR_NOT_FOUND,
  LODGE_ERROR_EXISTS,
  LODGE_ERROR_PERMISSION,
  LODGE_ERROR_AUTH_FAILED,
  LODGE_ERROR_AUTH_CANCELLED,
  LODGE_ERROR_NOT_CONNECTED,
  LODGE_ERROR_UNREACHABLE,
  LODGE_ERROR_TIMED_OUT,
  LODGE_ERROR_BUSY,
  LODGE_ERROR_NO_SPACE,
  LODGE_ERROR_LIMIT,
  LODGE_ERROR_PARSE,
  LODGE_ERROR_CONFLICT,
} LodgeErrorCode;

#define LODGE_ERROR (lodge_error_quark ())

GQuark      lodge_error_quark            (void);

/* What a LODGE_ERROR carries besides code and message; all survive g_error_copy() */
void        lodge_error_set_details      (GError     *error,
                                          const char *libvirt_text,
                                          int         libvirt_code,
                                          int         libvirt_domain);
void        lodge_error_set_hint         (GError     *error,
                                          const char *hint);
void        lodge_error_set_uri          (GError     *error,
                                          const char *uri);
const char *lodge_error_get_libvirt_text (const GError *error);
int         lodge_error_get_libvirt_code (const GError *error);
int         lodge_error_get_libvirt_domain (const GError *error);
const char *lodge_error_get_hint         (const GError *error);
const char *lodge_error_get_uri          (const GError *error);

/* Sets @error and returns FALSE, so that a caller can return it */
gboolean    lodge_set_error              (GError        **error,
                                          LodgeErrorCode  code,
                                          const char     *format,
                                          ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
