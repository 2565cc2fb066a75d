/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* Something that is wrong at a place of the text */
typedef struct
{
  guint     line;         /* from 1; 0: the text as a whole */
  guint     column;       /* in bytes from 1; 0: the whole line */
  guint     length;       /* in bytes; 0: to the end of the line */
  char     *message;
  char     *allowed;      /* nullable: what could stand there, in words */
  char     *replacement;  /* nullable: the one text that would be right in the place of [column, length) */
  gboolean  malformed;    /* it is not even XML */
} LodgeXmlIssue;

LodgeXmlIssue *lodge_xml_issue_new  (guint          line,
                                     guint          column,
                                     guint          length,
                                     const char    *message);
void           lodge_xml_issue_free (LodgeXmlIssue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LodgeXmlIssue, lodge_xml_issue_free)

#define LODGE_TYPE_XML_VIEW (lodge_xml_view_get_type ())
G_DECLARE_FINAL_TYPE (LodgeXmlView, lodge_xml_view, LODGE, XML_VIEW, GtkWidget)

/* Properties: n-issues (uint), checked (boolean: what is known of the text is of this very text),
 * well-formed (boolean), editable (boolean). All notify.
 * Signal "changed": the person changed the text. */

GtkWidget  *lodge_xml_view_new             (void);
/* What stands around a text that is a part of a machine's definition; NULL: it is all of it. To be set before the
 * text. */
void        lodge_xml_view_set_context     (LodgeXmlView      *self,
                                            const char        *before,
                                            const char        *after);
void        lodge_xml_view_set_text        (LodgeXmlView      *self,
                                            const char        *text);
char       *lodge_xml_view_dup_text        (LodgeXmlView      *self);
guint       lodge_xml_view_get_n_issues    (LodgeXmlView      *self);
gboolean    lodge_xml_view_get_checked     (LodgeXmlView      *self);
gboolean    lodge_xml_view_get_well_formed (LodgeXmlView      *self);
const LodgeXmlIssue *
            lodge_xml_view_get_issue       (LodgeXmlView      *self,
                                            guint              position);
/* (transfer full): one that only the owner of the text can see, until the text is checked again */
void        lodge_xml_view_add_issue       (LodgeXmlView      *self,
                                            LodgeXmlIssue     *issue);
void        lodge_xml_view_set_editable    (LodgeXmlView      *self,
                                            gboolean           editable);
void        lodge_xml_view_go_to_issue     (LodgeXmlView      *self,
                                            guint              position);
GtkSourceView *
            lodge_xml_view_get_source_view (LodgeXmlView      *self);
/* The scheme of light or dark, kept right while the buffer lives */
void        lodge_xml_view_follow_style    (GtkSourceBuffer   *buffer);

G_END_DECLS
