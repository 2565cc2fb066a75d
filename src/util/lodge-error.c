/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-error.h"

/* What travels with the GError, next to its code and message */
typedef struct
{
  char *libvirt_text;
  char *hint;
  char *uri;
  int   libvirt_code;
  int   libvirt_domain;
} LodgeErrorPrivate;

static void
lodge_error_private_init (LodgeErrorPrivate *priv)
{
}

static void
lodge_error_private_copy (const LodgeErrorPrivate *source,
                          LodgeErrorPrivate       *target)
{
  target->libvirt_text = g_strdup (source->libvirt_text);
  target->hint = g_strdup (source->hint);
  target->uri = g_strdup (source->uri);
  target->libvirt_code = source->libvirt_code;
  target->libvirt_domain = source->libvirt_domain;
}

static void
lodge_error_private_clear (LodgeErrorPrivate *priv)
{
  g_free (priv->libvirt_text);
  g_free (priv->hint);
  g_free (priv->uri);
}

G_DEFINE_EXTENDED_ERROR (LodgeError, lodge_error)

static LodgeErrorPrivate *
get_private (const GError *error)
{
  return error != NULL && error->domain == LODGE_ERROR ? lodge_error_get_private (error) : NULL;
}

/**
 * lodge_error_set_details:
 * @error: an error of the domain `LODGE_ERROR`
 * @libvirt_text: (nullable): what libvirt said, word for word
 * @libvirt_code: a virErrorNumber
 * @libvirt_domain: a virErrorDomain
 *
 * Keeps libvirt's own words with the error.
 */
void
lodge_error_set_details (GError     *error,
                         const char *libvirt_text,
                         int         libvirt_code,
                         int         libvirt_domain)
{
  LodgeErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);

  g_set_str (&priv->libvirt_text, libvirt_text);
  priv->libvirt_code = libvirt_code;
  priv->libvirt_domain = libvirt_domain;
}

/**
 * lodge_error_set_hint:
 * @error: an error of the domain `LODGE_ERROR`
 * @hint: (nullable): a translated sentence that says what to do
 */
void
lodge_error_set_hint (GError     *error,
                      const char *hint)
{
  LodgeErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);

  g_set_str (&priv->hint, hint);
}

/**
 * lodge_error_set_uri:
 * @error: an error of the domain `LODGE_ERROR`
 * @uri: (nullable): the connection that it happened on
 */
void
lodge_error_set_uri (GError     *error,
                     const char *uri)
{
  LodgeErrorPrivate *priv = get_private (error);

  g_return_if_fail (priv != NULL);

  g_set_str (&priv->uri, uri);
}

/* The getters take any error: one of another domain has nothing to tell. */

const char *
lodge_error_get_libvirt_text (const GError *error)
{
  LodgeErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->libvirt_text : NULL;
}

int
lodge_error_get_libvirt_code (const GError *error)
{
  LodgeErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->libvirt_code : 0;
}

int
lodge_error_get_libvirt_domain (const GError *error)
{
  LodgeErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->libvirt_domain : 0;
}

const char *
lodge_error_get_hint (const GError *error)
{
  LodgeErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->hint : NULL;
}

const char *
lodge_error_get_uri (const GError *error)
{
  LodgeErrorPrivate *priv = get_private (error);

  return priv != NULL ? priv->uri : NULL;
}

/**
 * lodge_set_error:
 * @error: (out) (nullable): where to put it
 * @code: what kind of error
 * @format: a translated printf format
 *
 * Returns: %FALSE, so that a function can end with it
 */
gboolean
lodge_set_error (GError        **error,
                 LodgeErrorCode  code,
                 const char     *format,
                 ...)
{
  va_list args;

  if (error != NULL)
    {
      va_start (args, format);
      *error = g_error_new_valist (LODGE_ERROR, code, format, args);
      va_end (args);
    }
  return FALSE;
}
