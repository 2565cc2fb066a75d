/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-hardware-view-private.h"

G_BEGIN_DECLS

/* The XML form of a page: its text, and what a person makes of it */

/* Gives the XML view the text of the page that is shown, unless it has that already */
void  lodge_hardware_xml_show     (LodgeHardwareView *self);
/* Takes the checked text of the XML view into the edits; what is not XML stays in the view and is said there */
void  lodge_hardware_xml_take     (LodgeHardwareView *self);
/* Tells an editor what stands around the text of the page in the document */
void  lodge_hardware_xml_set_context (LodgeXmlView     *view,
                                      LodgeXmlDocument *document,
                                      const char       *id);
/* The text of an element as it would stand alone: without the indentation of its place. (transfer full) */
char *lodge_hardware_xml_dup_text (LodgeXmlDocument  *document,
                                   const char        *id);

G_END_DECLS
