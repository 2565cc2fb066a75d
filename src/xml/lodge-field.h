/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lodge-xml-document.h"

G_BEGIN_DECLS

/**
 * LodgeFieldType:
 * @LODGE_FIELD_STRING: one line
 * @LODGE_FIELD_TEXT: several lines
 * @LODGE_FIELD_BOOL: “yes” or “no”
 * @LODGE_FIELD_ON_OFF: “on” or “off”
 * @LODGE_FIELD_PRESENCE: an empty element that is there (“yes”) or not
 * @LODGE_FIELD_ENUM: one of the choices
 * @LODGE_FIELD_UINT: a whole number from 0
 * @LODGE_FIELD_INT: a whole number, −1 often means “no limit”
 * @LODGE_FIELD_SIZE: an amount of memory or storage. Its value is in bytes; in the document it has a unit
 * @LODGE_FIELD_HEX: a number as 0x…
 * @LODGE_FIELD_UUID: a UUID
 * @LODGE_FIELD_MAC: a hardware address of a network card, for one receiver
 * @LODGE_FIELD_PATH: an absolute path on the host
 * @LODGE_FIELD_ADDRESS: an IP address
 * @LODGE_FIELD_ADDRESS4: an IPv4 address
 * @LODGE_FIELD_CPUSET: numbers and ranges, as “0-3,^2,8”
 * @LODGE_FIELD_DATE: a time in UTC, as “2026-01-31T12:00:00”
 */
typedef enum
{
  LODGE_FIELD_STRING,
  LODGE_FIELD_TEXT,
  LODGE_FIELD_BOOL,
  LODGE_FIELD_ON_OFF,
  LODGE_FIELD_PRESENCE,
  LODGE_FIELD_ENUM,
  LODGE_FIELD_UINT,
  LODGE_FIELD_INT,
  LODGE_FIELD_SIZE,
  LODGE_FIELD_HEX,
  LODGE_FIELD_UUID,
  LODGE_FIELD_MAC,
  LODGE_FIELD_PATH,
  LODGE_FIELD_ADDRESS,
  LODGE_FIELD_ADDRESS4,
  LODGE_FIELD_CPUSET,
  LODGE_FIELD_DATE,
} LodgeFieldType;

/**
 * LodgeFieldFlags:
 * @LODGE_FIELD_MORE: below “More”: not for every day
 * @LODGE_FIELD_LIVE: libvirt can change it while the machine runs; others wait for the next start
 * @LODGE_FIELD_REQUIRED: cannot be cleared
 * @LODGE_FIELD_OPEN: the choices are proposals; other values are taken too
 * @LODGE_FIELD_KEEPS_PARENT: the element around it means something even when it is empty: clearing leaves it
 * @LODGE_FIELD_BARE: a size whose unit is fixed by the format and not written
 * @LODGE_FIELD_SECRET: never shown, logged or put into a history
 * @LODGE_FIELD_FIXED: names the thing; it is set when the thing is made
 */
typedef enum
{
  LODGE_FIELD_MORE         = 1 << 0,
  LODGE_FIELD_LIVE         = 1 << 1,
  LODGE_FIELD_REQUIRED     = 1 << 2,
  LODGE_FIELD_OPEN         = 1 << 3,
  LODGE_FIELD_KEEPS_PARENT = 1 << 4,
  LODGE_FIELD_BARE         = 1 << 5,
  LODGE_FIELD_SECRET       = 1 << 6,
  LODGE_FIELD_FIXED        = 1 << 7,
} LodgeFieldFlags;

/* Its label is N_() or NULL for values that are names already */
typedef struct
{
  const char *value;
  const char *label;
} LodgeFieldChoice;

/**
 * LodgeField:
 * @id: unique in its schema
 * @path: from the schema's element to an attribute or element
 * @type: what values it takes
 * @label: N_(), header capitals
 * @help: (nullable): N_(), one sentence: what it is for
 * @group: (nullable): N_(): title of its group; %NULL is the page's first
 * @choices: (nullable): ends with an entry without value
 * @fallback: (nullable): what libvirt does when it is not there; %NULL: the hypervisor decides, or nothing
 * @needs: (nullable): what other fields of the schema must be, see lodge_schema_check_needs()
 * @unit: (nullable): of a number, N_() (“ms”); of a size, what the format means without one (“KiB”)
 * @minimum: of a number
 * @maximum: of a number; 0 is none
 * @capability: (nullable): path in the domain capabilities to what the host can
 * @flags: see #LodgeFieldFlags
 * @also: (nullable): another path where older definitions have it; used when it is there
 *
 * One setting, as a row of a table.
 */
typedef struct
{
  const char             *id;
  const char             *path;
  LodgeFieldType          type;
  const char             *label;
  const char             *help;
  const char             *group;
  const LodgeFieldChoice *choices;
  const char             *fallback;
  const char             *needs;
  const char             *unit;
  gint64                  minimum;
  gint64                  maximum;
  const char             *capability;
  LodgeFieldFlags         flags;
  const char             *also;
} LodgeField;

char     *lodge_field_get           (const LodgeField  *self,
                                     LodgeXmlDocument  *document,
                                     LodgeXmlNode       node);
gboolean  lodge_field_set           (const LodgeField  *self,
                                     LodgeXmlDocument  *document,
                                     LodgeXmlNode       node,
                                     const char        *value,
                                     GError           **error);
gboolean  lodge_field_check         (const LodgeField  *self,
                                     const char        *value,
                                     GError           **error);
char     *lodge_field_format        (const LodgeField  *self,
                                     const char        *value);
GStrv     lodge_field_get_supported (const LodgeField  *self,
                                     LodgeXmlDocument  *capabilities);

/* A size of libvirt (“4 GiB”, “512 k”, “1000 KB”) in bytes; the unit may be NULL for @fallback */
gboolean  lodge_xml_size_parse          (const char        *number,
                                     const char        *unit,
                                     const char        *fallback,
                                     guint64           *bytes);

G_END_DECLS
