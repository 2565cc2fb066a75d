/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where libvirt prints a child of an element: lower first, -1 for what no table knows. libvirt reads any order,
 * but a schema check of its libxml2 refuses groups that are split. @outer is the parent's parent, or NULL. */
int lodge_xml_order_get_rank (const char *outer,
                              const char *parent,
                              const char *child);

G_END_DECLS
