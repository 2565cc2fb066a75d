/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-findings"

#include "config.h"

#include "lodge-findings.h"

#include <glib/gi18n.h>

/* More rows say no more: the worst come first */
#define MAX_ROWS 12

struct _LodgeFindings
{
  AdwPreferencesGroup  parent_instance;

  GPtrArray           *findings;   /* owned, of LodgeFinding */
  GPtrArray           *rows;       /* of AdwActionRow, owned by the group */
  GPtrArray           *buttons;    /* as @rows, an entry may be NULL */
};

enum
{
  MEND,
  SHOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeFindings, lodge_findings, ADW_TYPE_PREFERENCES_GROUP)

static const struct { const char *icon_name, *css_class, *label; } severities[] = {
  [LODGE_SEVERITY_ERROR] = { "dialog-error-symbolic", "error", N_("Error") },
  [LODGE_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warning", N_("Warning") },
  [LODGE_SEVERITY_HINT] = { "dialog-information-symbolic", "accent", N_("Hint") },
};

const char *
lodge_severity_get_icon_name (LodgeSeverity severity)
{
  return severities[severity].icon_name;
}

const char *
lodge_severity_get_css_class (LodgeSeverity severity)
{
  return severities[severity].css_class;
}

const char *
lodge_severity_get_label (LodgeSeverity severity)
{
  return _(severities[severity].label);
}

/* The finding of a row or its button. It may be gone when a handler returns: a copy is given out. */
static void
emit (LodgeFindings *self,
      GPtrArray     *widgets,
      gpointer       widget,
      guint          signal)
{
  g_autoptr(LodgeFinding) finding = NULL;
  guint position;

  if (!g_ptr_array_find (widgets, widget, &position))
    return;
  finding = lodge_finding_copy (g_ptr_array_index (self->findings, position));
  g_signal_emit (self, signals[signal], 0, finding);
}

static void
clicked_cb (GtkWidget     *button,
            LodgeFindings *self)
{
  emit (self, self->buttons, button, MEND);
}

static void
activated_cb (GtkWidget     *row,
              LodgeFindings *self)
{
  emit (self, self->rows, row, SHOW);
}

static void
add_row (LodgeFindings      *self,
         const LodgeFinding *finding,
         gboolean            can_mend)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (lodge_severity_get_icon_name (finding->severity));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", finding->title, "subtitle",
                                 finding->reason, "activatable", TRUE, NULL);
  GtkWidget *button = NULL;

  gtk_widget_add_css_class (icon, lodge_severity_get_css_class (finding->severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lodge_severity_get_label (finding->severity), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (finding->fix != NULL)
    {
      button = gtk_button_new_with_mnemonic (finding->fix);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_sensitive (button, can_mend);
      if (finding->severity == LODGE_SEVERITY_ERROR)
        gtk_widget_add_css_class (button, "suggested-action");
      g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->buttons, button);
}

static void
lodge_findings_finalize (GObject *object)
{
  LodgeFindings *self = LODGE_FINDINGS (object);

  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->buttons);

  G_OBJECT_CLASS (lodge_findings_parent_class)->finalize (object);
}

static void
lodge_findings_class_init (LodgeFindingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_findings_finalize;
  signals[MEND] = g_signal_new ("mend", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SHOW] = g_signal_new ("show-finding", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lodge_findings_init (LodgeFindings *self)
{
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_finding_free);
  self->rows = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Check-Up"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lodge_findings_new (void)
{
  return g_object_new (LODGE_TYPE_FINDINGS, NULL);
}

/* The same rows stay, and with them the focus of who goes through them by keyboard */
static gboolean
is_same (GPtrArray *a,
         GPtrArray *b)
{
  if (a->len != MIN (b->len, MAX_ROWS))
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const LodgeFinding *first = g_ptr_array_index (a, i);
      const LodgeFinding *second = g_ptr_array_index (b, i);

      if (first->rule != second->rule || first->position != second->position
          || g_strcmp0 (first->object, second->object) != 0)
        return FALSE;
    }
  return TRUE;
}

void
lodge_findings_set (LodgeFindings *self,
                    GPtrArray     *findings,
                    gboolean       can_mend)
{
  g_return_if_fail (LODGE_IS_FINDINGS (self));

  if (!is_same (self->findings, findings))
    {
      for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
      g_ptr_array_set_size (self->rows, 0);
      g_ptr_array_set_size (self->buttons, 0);
      g_ptr_array_set_size (self->findings, 0);
      for (guint i = 0; i < MIN (findings->len, MAX_ROWS); i++)
        {
          const LodgeFinding *finding = g_ptr_array_index (findings, i);

          g_ptr_array_add (self->findings, lodge_finding_copy (finding));
          add_row (self, finding, can_mend);
        }
    }
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      if (button != NULL)
        gtk_widget_set_sensitive (button, can_mend);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

guint
lodge_findings_get_n (LodgeFindings *self)
{
  g_return_val_if_fail (LODGE_IS_FINDINGS (self), 0);

  return self->findings->len;
}

const LodgeFinding *
lodge_findings_get (LodgeFindings *self,
                    guint          position)
{
  g_return_val_if_fail (LODGE_IS_FINDINGS (self) && position < self->findings->len, NULL);

  return g_ptr_array_index (self->findings, position);
}

GtkWidget *
lodge_findings_get_button (LodgeFindings *self,
                           const char    *rule)
{
  g_return_val_if_fail (LODGE_IS_FINDINGS (self), NULL);

  for (guint i = 0; i < self->findings->len; i++)
    {
      const LodgeFinding *finding = g_ptr_array_index (self->findings, i);

      if (g_str_equal (finding->rule, rule))
        return g_ptr_array_index (self->buttons, i);
    }
  return NULL;
}
