/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-field-number"

#include "config.h"

#include "lodge-field-number.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "util/lodge-format.h"

#define MIB 1048576.0
#define GIB 1073741824.0

/* What a person can type behind the number */
static const struct { const char *unit; double size; } units[] = {
  { "tib", GIB * 1024 }, { "tb", 1e12 }, { "t", GIB * 1024 }, { "gib", GIB }, { "gb", 1e9 }, { "g", GIB },
  { "mib", MIB }, { "mb", 1e6 }, { "m", MIB }, { "kib", 1024 }, { "kb", 1000 }, { "k", 1024 }, { "b", 1 },
};

static gboolean
is_required (const LodgeField *field)
{
  return (field->flags & LODGE_FIELD_REQUIRED) != 0;
}

/* Steps that suit what is there: nobody wants memory by the byte, or a disk by the megabyte */
static double
get_step (const LodgeField *field,
          double            value)
{
  if (field->type != LODGE_FIELD_SIZE)
    return 1;
  return value < 16 * MIB ? MIB : value < GIB ? 64 * MIB : value < 8 * GIB ? 256 * MIB : GIB;
}

static double
get_lower (const LodgeField *field)
{
  return is_required (field) ? field->minimum : (double) field->minimum - 1;
}

static double
get_upper (const LodgeField *field)
{
  if (field->maximum != 0)
    return field->maximum;
  return field->type == LODGE_FIELD_SIZE ? 1024 * 1024 * GIB : (double) G_MAXINT64 / 1024;
}

static gboolean
is_absent (const LodgeField *field,
           double            value)
{
  return !is_required (field) && value < field->minimum;
}

static char *
dup_text (const LodgeField *field,
          double            value)
{
  if (is_absent (field, value))
    {
      g_autofree char *text = field->fallback != NULL ? lodge_field_format (field, field->fallback) : NULL;

      return text != NULL ? g_strdup_printf (_("Default (%s)"), text) : g_strdup (_("Default"));
    }
  if (field->type == LODGE_FIELD_SIZE)
    return lodge_format_size (value);
  if (field->unit != NULL)
    /* Translators: a number and its unit */
    return g_strdup_printf (_("%.0f %s"), value, _(field->unit));
  return g_strdup_printf ("%.0f", value);
}

static gboolean
output_cb (GtkSpinButton *spin,
           gpointer       field)
{
  g_autofree char *text = dup_text (field, gtk_spin_button_get_value (spin));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (spin)), text))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

/* “12”, “12 GiB”, “1,5 g”: without a unit, the one that was shown before */
static int
input_cb (GtkSpinButton *spin,
          double        *value,
          gpointer       data)
{
  const LodgeField *field = data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (spin));
  g_autofree char *before = dup_text (field, gtk_spin_button_get_value (spin));
  g_autofree char *point = g_strdelimit (g_strdup (text), ",", '.');
  g_autofree char *unit = NULL;
  char *end = NULL;
  double number;

  if (g_str_equal (text, before))
    {
      *value = gtk_spin_button_get_value (spin);
      return TRUE;
    }
  number = g_ascii_strtod (point, &end);
  if (end == point || !isfinite (number))
    return GTK_INPUT_ERROR;
  unit = g_ascii_strdown (g_strstrip (end), -1);
  if (field->type == LODGE_FIELD_SIZE)
    {
      if (*unit == '\0')
        {
          g_free (unit);
          unit = g_strdup (gtk_spin_button_get_value (spin) >= GIB ? "gib" : "mib");
        }
      for (guint i = 0; i < G_N_ELEMENTS (units); i++)
        {
          if (g_str_equal (unit, units[i].unit))
            {
              *value = round (number * units[i].size);
              return TRUE;
            }
        }
      return GTK_INPUT_ERROR;
    }
  *value = round (number);
  return TRUE;
}

GtkWidget *
lodge_field_number_new_spin (const LodgeField *field)
{
  const double step = get_step (field, field->fallback != NULL ? g_ascii_strtod (field->fallback, NULL) : GIB);
  GtkAdjustment *adjustment = gtk_adjustment_new (get_lower (field), get_lower (field), get_upper (field), step,
                                                  step * 4, 0);
  GtkWidget *spin = gtk_spin_button_new (adjustment, step, 0);

  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 9);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 16);
  g_signal_connect (spin, "output", G_CALLBACK (output_cb), (gpointer) field);
  g_signal_connect (spin, "input", G_CALLBACK (input_cb), (gpointer) field);
  return spin;
}

void
lodge_field_number_set_value (const LodgeField *field,
                              GtkSpinButton    *spin,
                              const char       *value)
{
  double number = get_lower (field);

  if (value != NULL)
    number = g_str_has_prefix (value, "0x") ? g_ascii_strtoull (value, NULL, 16) : g_ascii_strtod (value, NULL);
  gtk_spin_button_set_increments (spin, get_step (field, number), 4 * get_step (field, number));
  gtk_spin_button_set_value (spin, number);
}

char *
lodge_field_number_dup_value (const LodgeField *field,
                              GtkSpinButton    *spin)
{
  const double value = gtk_spin_button_get_value (spin);

  return is_absent (field, value) ? NULL : g_strdup_printf ("%.0f", value);
}
