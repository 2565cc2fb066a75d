/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-xml-document.h"

G_BEGIN_DECLS

char         *lodge_xml_identity_dup_key (LodgeXmlDocument *document,
                                          LodgeXmlNode      node);
LodgeXmlNode  lodge_xml_identity_find    (LodgeXmlDocument *document,
                                          LodgeXmlNode      device,
                                          LodgeXmlDocument *other);

G_END_DECLS
