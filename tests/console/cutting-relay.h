/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CuttingRelay CuttingRelay;

typedef enum
{
  RELAY_CUT,       /* after so many bytes of the server, over all connections, everything is closed */
  RELAY_STALL,     /* … nothing more comes, and nothing is closed */
} RelayEnd;

/* Between a client and the server at @port of this computer; 0: there is no server, and what it says is @bytes zeros */
CuttingRelay *cutting_relay_new      (guint port, RelayEnd end, gsize bytes);
void          cutting_relay_free     (CuttingRelay *self);
guint         cutting_relay_get_port (CuttingRelay *self);
gboolean      cutting_relay_is_cut   (CuttingRelay *self);

G_END_DECLS
