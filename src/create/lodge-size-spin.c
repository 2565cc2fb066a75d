/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-size-spin.h"

#include <glib/gi18n.h>
#include <math.h>

#define KIB ((guint64) 1024)

static const struct { const char *name; guint64 bytes; } units[] = {
  { "b", 1 },
  { "k", KIB }, { "kib", KIB }, { "kb", 1000 },
  { "m", KIB * KIB }, { "mib", KIB * KIB }, { "mb", 1000 * 1000 },
  { "g", KIB * KIB * KIB }, { "gib", KIB * KIB * KIB }, { "gb", 1000 * 1000 * 1000 },
  { "t", KIB * KIB * KIB * KIB }, { "tib", KIB * KIB * KIB * KIB }, { "tb", G_GUINT64_CONSTANT (1000000000000) },
};

typedef struct
{
  guint64 unit;
  guint64 default_unit;
} Sizes;

gboolean
lodge_size_parse (const char *text,
                  guint64     default_unit,
                  guint64    *bytes)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  char *end = NULL;
  double number;
  guint64 unit = 0;

  /* A decimal comma is a point to C */
  g_strdelimit (g_strstrip (lower), ",", '.');
  number = g_ascii_strtod (lower, &end);
  if (end == lower || !isfinite (number) || number < 0)
    return FALSE;
  g_strchug (end);
  if (*end == '\0')
    unit = default_unit;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (g_str_equal (units[i].name, end))
        unit = units[i].bytes;
    }
  if (unit == 0 || number * (double) unit >= (double) G_MAXINT64)
    return FALSE;
  *bytes = (guint64) (number * (double) unit);
  return TRUE;
}

static int
input_cb (GtkSpinButton *spin,
          double        *value,
          Sizes         *sizes)
{
  guint64 bytes;

  if (!lodge_size_parse (gtk_editable_get_text (GTK_EDITABLE (spin)), sizes->default_unit, &bytes))
    return GTK_INPUT_ERROR;
  *value = round ((double) bytes / (double) sizes->unit);
  return TRUE;
}

/* Exact: rounded, the field would be read as another number than it shows. What has whole GiB is shown in GiB, else it
 * is shown in MiB. */
static char *
format_exactly (guint64 bytes)
{
  static const char * const names[] = { N_("%u B"), N_("%u KiB"), N_("%u MiB"), N_("%u GiB"), N_("%u TiB") };
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (names) && bytes >= KIB && bytes % KIB == 0)
    {
      bytes /= KIB;
      i++;
    }
/* The formats are in the table above */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_(names[i]), (guint) bytes);
#pragma GCC diagnostic pop
}

static gboolean
output_cb (GtkSpinButton *spin,
           Sizes         *sizes)
{
  g_autofree char *text = format_exactly ((guint64) gtk_spin_button_get_value (spin) * sizes->unit);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (spin)), text))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

void
lodge_size_spin_setup (GtkSpinButton *spin,
                       guint64        unit,
                       guint64        default_unit)
{
  Sizes *sizes = g_new0 (Sizes, 1);

  sizes->unit = unit;
  sizes->default_unit = default_unit;
  g_object_set_data_full (G_OBJECT (spin), "lodge-sizes", sizes, g_free);
  gtk_spin_button_set_numeric (spin, FALSE);
  g_signal_connect (spin, "input", G_CALLBACK (input_cb), sizes);
  g_signal_connect (spin, "output", G_CALLBACK (output_cb), sizes);
  gtk_spin_button_update (spin);
}
