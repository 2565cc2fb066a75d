/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-libvirt"

#include "config.h"

#include "lodge-libvirt.h"

#include <unistd.h>

static int calls;  /* atomic */

void
lodge_libvirt_guard (const char *function)
{
  g_atomic_int_inc (&calls);
  if (gettid () == getpid ())
    g_error ("%s() can wait for a host: it must not be called on the main thread", function);
}

guint
lodge_libvirt_get_calls (void)
{
  return g_atomic_int_get (&calls);
}

gboolean
lodge_libvirt_get_uuid (virDomainPtr domain,
                        char         uuid[VIR_UUID_STRING_BUFLEN])
{
  static const char digits[] = "0123456789abcdef";
  guchar raw[VIR_UUID_BUFLEN];

  if (virDomainGetUUID (domain, raw) < 0)
    return FALSE;
  for (guint i = 0; i < VIR_UUID_BUFLEN; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *uuid++ = '-';
      *uuid++ = digits[raw[i] >> 4];
      *uuid++ = digits[raw[i] & 15];
    }
  *uuid = '\0';
  return TRUE;
}
