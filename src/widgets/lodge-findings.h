/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plan/lodge-check-up.h"

G_BEGIN_DECLS

#define LODGE_TYPE_FINDINGS (lodge_findings_get_type ())
G_DECLARE_FINAL_TYPE (LodgeFindings, lodge_findings, LODGE, FINDINGS, AdwPreferencesGroup)

/* What the check-up has to say, a row each with the button that mends it; not there when it says nothing.
 * Signals: "mend" (LodgeFinding *): its button was pressed; "show" (LodgeFinding *): its row was. */
GtkWidget  *lodge_findings_new  (void);
/* @findings: (element-type LodgeFinding) (transfer none); @can_mend: FALSE: nothing can be changed now */
void        lodge_findings_set  (LodgeFindings *self,
                                 GPtrArray     *findings,
                                 gboolean       can_mend);
guint       lodge_findings_get_n (LodgeFindings *self);
/* (transfer none) */
const LodgeFinding *
            lodge_findings_get  (LodgeFindings *self,
                                 guint          position);
/* The button of a finding of this rule, nullable */
GtkWidget  *lodge_findings_get_button (LodgeFindings *self,
                                       const char    *rule);
/* The symbol of a severity, and its class of style */
const char *lodge_severity_get_icon_name (LodgeSeverity severity);
const char *lodge_severity_get_css_class (LodgeSeverity severity);
const char *lodge_severity_get_label     (LodgeSeverity severity);

G_END_DECLS
