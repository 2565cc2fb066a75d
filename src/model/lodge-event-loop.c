/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-event-loop.h"

#include <libvirt-glib/libvirt-glib.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static void
ignore_error_cb (void     *user_data,
                 virError *error)
{
  /* Every caller looks at its own error: libvirt's default would print each to stderr */
}

void
lodge_event_loop_start (void)
{
  static gboolean started;

  if (started)
    return;
  started = TRUE;
  virSetErrorFunc (NULL, ignore_error_cb);
  virInitialize ();
  gvir_event_register ();
}
