/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "console/lodge-viewer-target.h"

/* For libFuzzer: hostile connection files, addresses and keys. What is accepted keeps its promises. */

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

#define CHECK(condition) \
  do { if (!(condition)) { g_printerr ("%s:%d: %s\n", __FILE__, __LINE__, #condition); abort (); } } while (0)

static void
check_target (LodgeViewerTarget *target,
              GError            *error)
{
  g_autoptr(LodgeViewerTarget) owned = target;
  g_autoptr(GError) owned_error = error;
  g_autofree char *address = NULL;

  CHECK ((target == NULL) == (error != NULL));
  if (target == NULL)
    {
      CHECK (g_utf8_validate (error->message, -1, NULL));
      return;
    }
  address = lodge_viewer_target_dup_address (target);
  CHECK (g_utf8_validate (address, -1, NULL));
  if (target->unix_path != NULL)
    CHECK (*target->unix_path == '/');
  else
    {
      CHECK (target->host != NULL && *target->host != '\0' && *target->host != '-');
      CHECK (strpbrk (target->host, " /\n\r\t'\"$;&|<>") == NULL);
      CHECK (target->port != 0 || target->tls_port != 0);
    }
  CHECK (target->port <= G_MAXUINT16 && target->tls_port <= G_MAXUINT16);
  CHECK (target->protocol == LODGE_VIEWER_SPICE || target->protocol == LODGE_VIEWER_VNC);
  for (guint i = 0; i < LODGE_VIEWER_N_KEYS; i++)
    CHECK (target->keys[i] == NULL || strlen (target->keys[i]) < 64);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *accelerator = NULL;
  GError *error = NULL;
  LodgeViewerTarget *target;

  target = lodge_viewer_target_new_from_file ((const char *) data, size, &error);
  check_target (target, error);
  error = NULL;
  lodge_viewer_target_is_uri (text);
  target = lodge_viewer_target_new_from_uri (text, &error);
  if (target != NULL)
    CHECK (target->password == NULL);
  check_target (target, error);
  accelerator = lodge_viewer_dup_accelerator (text);
  CHECK (accelerator == NULL || *accelerator != '\0');
  return 0;
}
