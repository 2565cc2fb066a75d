/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "xml/lodge-xml-document.h"

G_BEGIN_DECLS

/* Who a device is, whatever else of it changes: “disk|vda”, “interface|52:54:00:12:34:56”, “video||1”. The same in the
 * running and in the next definition, as far as libvirt gives a way to tell. */

/* (transfer full) */
char         *lodge_device_key_of    (LodgeXmlDocument *document,
                                      LodgeXmlNode      device);
/* The device of @key, LODGE_XML_NONE when there is none */
LodgeXmlNode  lodge_device_key_find  (LodgeXmlDocument *document,
                                      const char       *key);
/* The same device in @other, also when what it is known by was changed: then the one at the same place among its like,
 * if there are as many of them. LODGE_XML_NONE: it is not there. */
LodgeXmlNode  lodge_device_key_find_counterpart (LodgeXmlDocument *document,
                                                 const char       *key,
                                                 LodgeXmlDocument *other);
/* (transfer full) (element-type utf8 guint): each key and its node, in the order of the document in @order
 * (nullable) */
GHashTable   *lodge_device_key_index (LodgeXmlDocument *document,
                                      GPtrArray        *order);

G_END_DECLS
