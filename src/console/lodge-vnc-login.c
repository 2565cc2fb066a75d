/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-vnc-screen"

#include "config.h"

#include <glib/gi18n.h>

#include "lodge-vnc-screen-private.h"

/* What a VNC server asks before it shows anything. */

void
lodge_vnc_screen_answer_login (LodgeVncScreen *self)
{
  self->waiting = FALSE;
  self->password_supplied = TRUE;
  if (self->wants_username)
    vnc_connection_set_credential (self->connection, VNC_CONNECTION_CREDENTIAL_USERNAME,
                                   self->username != NULL ? self->username : "");
  vnc_connection_set_credential (self->connection, VNC_CONNECTION_CREDENTIAL_PASSWORD,
                                 self->password);
}

static void
credential_cb (LodgeVncScreen *self,
               GValueArray    *credentials)
{
  gboolean wants_password = FALSE;

  self->wants_username = FALSE;
  for (guint i = 0; i < credentials->n_values; i++)
    {
      switch ((VncConnectionCredential) g_value_get_enum (&credentials->values[i]))
        {
        case VNC_CONNECTION_CREDENTIAL_PASSWORD:
          wants_password = TRUE;
          break;
        case VNC_CONNECTION_CREDENTIAL_USERNAME:
          self->wants_username = TRUE;
          break;
        case VNC_CONNECTION_CREDENTIAL_CLIENTNAME:
          /* Names the folder in which the certificates of libvirt's programs are looked for */
          vnc_connection_set_credential (self->connection, VNC_CONNECTION_CREDENTIAL_CLIENTNAME,
                                         "libvirt");
          break;
        case VNC_CONNECTION_CREDENTIAL_CA_CERT_DATA:
          if (self->target.address.ca != NULL)
            {
              gsize size;
              const char *data = g_bytes_get_data (self->target.address.ca, &size);
              g_autofree char *pem = g_strndup (data, size);

              vnc_connection_set_credential (self->connection, VNC_CONNECTION_CREDENTIAL_CA_CERT_DATA, pem);
            }
          break;
        default:
          break;
        }
    }

  if (!wants_password && !self->wants_username)
    return;

  if (self->password != NULL && (self->username != NULL || !self->wants_username))
    {
      lodge_vnc_screen_answer_login (self);
    }
  else
    {
      self->waiting = TRUE;
      lodge_screen_ask_credentials (LODGE_SCREEN (self), self->wants_username, NULL);
    }
}

static gboolean
offers (GValueArray *types,
        int          type)
{
  for (guint i = 0; i < types->n_values; i++)
    {
      if (g_value_get_enum (&types->values[i]) == type)
        return TRUE;
    }

  return FALSE;
}

static void
choose_type_cb (LodgeVncScreen *self,
                GValueArray    *types)
{
  static const int preferred[] = {
    VNC_CONNECTION_AUTH_VENCRYPT, VNC_CONNECTION_AUTH_TLS, VNC_CONNECTION_AUTH_SASL,
    VNC_CONNECTION_AUTH_VNC, VNC_CONNECTION_AUTH_NONE, VNC_CONNECTION_AUTH_ARD,
    VNC_CONNECTION_AUTH_MSLOGONII,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (preferred); i++)
    {
      if (offers (types, preferred[i]))
        {
          vnc_connection_set_auth_type (self->connection, (unsigned int) preferred[i]);
          return;
        }
    }

  lodge_vnc_screen_lose (self, LODGE_ERROR_NOT_SUPPORTED,
        _("The VNC server asks for a kind of login that is not supported"));
}

static void
choose_subtype_cb (LodgeVncScreen *self,
                   guint           type,
                   GValueArray    *subtypes)
{
  static const int vencrypt[] = {
    VNC_CONNECTION_AUTH_VENCRYPT_X509SASL, VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN,
    VNC_CONNECTION_AUTH_VENCRYPT_X509VNC, VNC_CONNECTION_AUTH_VENCRYPT_X509NONE,
    VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL, VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN,
    VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC, VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE,
  };
  static const int plain[] = {
    VNC_CONNECTION_AUTH_SASL, VNC_CONNECTION_AUTH_VNC, VNC_CONNECTION_AUTH_NONE,
  };
  const int *preferred = type == VNC_CONNECTION_AUTH_VENCRYPT ? vencrypt : plain;
  const gsize n = type == VNC_CONNECTION_AUTH_VENCRYPT ? G_N_ELEMENTS (vencrypt)
                                                       : G_N_ELEMENTS (plain);

  for (gsize i = 0; i < n; i++)
    {
      if (offers (subtypes, preferred[i]))
        {
          vnc_connection_set_auth_subtype (self->connection, (unsigned int) preferred[i]);
          return;
        }
    }

  lodge_vnc_screen_lose (self, LODGE_ERROR_NOT_SUPPORTED,
        _("The VNC server asks for a kind of login that is not supported"));
}

static void
auth_failure_cb (LodgeVncScreen *self,
                 const char     *reason)
{
  self->auth_failed = TRUE;
  g_set_str (&self->reason, reason);
}

static void
auth_unsupported_cb (LodgeVncScreen *self,
                     guint           type)
{
  lodge_vnc_screen_lose (self, LODGE_ERROR_NOT_SUPPORTED,
        _("The VNC server asks for a kind of login that is not supported"));
}

void
lodge_vnc_screen_watch_login (LodgeVncScreen *self)
{
  static const struct
  {
    const char *name;
    GCallback   callback;
  } handlers[] = {
    { "vnc-auth-choose-type", G_CALLBACK (choose_type_cb) },
    { "vnc-auth-choose-subtype", G_CALLBACK (choose_subtype_cb) },
    { "vnc-auth-credential", G_CALLBACK (credential_cb) },
    { "vnc-auth-failure", G_CALLBACK (auth_failure_cb) },
    { "vnc-auth-unsupported", G_CALLBACK (auth_unsupported_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (self->connection, handlers[i].name, handlers[i].callback, self,
                             G_CONNECT_SWAPPED);
}
