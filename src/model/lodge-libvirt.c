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
