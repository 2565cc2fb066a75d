/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-spice-options"

#include "config.h"

#include "lodge-spice-screen-private.h"

/* What an address says besides where it is: who may log in, whom to trust, what to encrypt and what to leave out. */

static void
set_trust (SpiceSession             *session,
           const LodgeScreenAddress *address)
{
  if (address->ca != NULL)
    {
      gsize size;
      gconstpointer data = g_bytes_get_data (address->ca, &size);
      g_autoptr(GByteArray) ca = g_byte_array_append (g_byte_array_new (), data, (guint) size);

      g_object_set (session, "ca", ca, NULL);
    }
  /* A subject that is given takes the place of the host's name in the check, not of the check */
  if (address->host_subject != NULL)
    g_object_set (session, "cert-subject", address->host_subject, "verify", SPICE_SESSION_VERIFY_SUBJECT, NULL);
}

void
lodge_spice_screen_set_options (LodgeSpiceScreen *self)
{
  const LodgeScreenAddress *address = &self->target.address;
  const struct { const char *property; const char *value; } texts[] = {
    { "password", address->password },
    { "username", address->username },
    { "ciphers", address->tls_ciphers },
    { "proxy", address->proxy },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i].value != NULL)
        g_object_set (self->session, texts[i].property, texts[i].value, NULL);
    }
  set_trust (self->session, address);
  if (address->secure_channels != NULL)
    g_object_set (self->session, "secure-channels", address->secure_channels, NULL);
  if (address->disabled_effects != NULL)
    g_object_set (self->session, "disable-effects", address->disabled_effects, NULL);
}
