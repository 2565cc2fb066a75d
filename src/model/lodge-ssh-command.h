/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void lodge_ssh_command_run_async (GObject             *source,
                                  const char          *control_path,
                                  const char          *uri,
                                  const char          *script,
                                  GBytes              *input,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);

G_END_DECLS
