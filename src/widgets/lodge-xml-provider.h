/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

#include "lodge-xml-language.h"

G_BEGIN_DECLS

#define LODGE_TYPE_XML_PROVIDER (lodge_xml_provider_get_type ())
G_DECLARE_FINAL_TYPE (LodgeXmlProvider, lodge_xml_provider, LODGE, XML_PROVIDER, GObject)

/* Proposes what libvirt's schema allows at the cursor, with what the tables say about it */
LodgeXmlProvider *lodge_xml_provider_new         (void);
/* @context: (nullable): what stands around the text; copied */
void              lodge_xml_provider_set_context (LodgeXmlProvider      *self,
                                                  const LodgeXmlContext *context);

G_END_DECLS
