/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-libvirt.h"
#include "util/lodge-text-stream.h"

G_BEGIN_DECLS

#define LODGE_TYPE_CONSOLE_STREAM (lodge_console_stream_get_type ())
G_DECLARE_FINAL_TYPE (LodgeConsoleStream, lodge_console_stream, LODGE, CONSOLE_STREAM, LodgeTextStream)

/* Takes @stream: non-blocking, and opened by virDomainOpenConsole() already */
LodgeTextStream *lodge_console_stream_new (virStreamPtr stream);

G_END_DECLS
