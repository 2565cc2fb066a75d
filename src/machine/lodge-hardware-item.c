/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-hardware-item"

#include "config.h"

#include "lodge-hardware-item.h"

#include <glib/gi18n.h>

struct _LodgeHardwareItem
{
  GObject   parent_instance;

  char     *id;
  char     *section;
  char     *title;
  char     *caption;     /* nullable */
  char     *icon_name;   /* nullable */
  char     *field;       /* nullable */
  gboolean  edited;
  gboolean  waiting;
  gboolean  possible;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_CAPTION,
  PROP_HAS_CAPTION,
  PROP_ICON_NAME,
  PROP_SECTION,
  PROP_EDITED,
  PROP_WAITING,
  PROP_POSSIBLE,
  PROP_ACCESSIBLE_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LodgeHardwareItem, lodge_hardware_item, G_TYPE_OBJECT)

static char *
dup_accessible_label (LodgeHardwareItem *self)
{
  g_autoptr(GString) label = g_string_new (self->title != NULL ? self->title : "");

  if (self->caption != NULL)
    g_string_append_printf (label, ", %s", self->caption);
  if (self->edited)
    g_string_append_printf (label, ", %s", _("edited"));
  if (self->waiting)
    g_string_append_printf (label, ", %s", _("waits for the next start"));
  return g_string_free_and_steal (g_steal_pointer (&label));
}

static void
lodge_hardware_item_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  LodgeHardwareItem *self = LODGE_HARDWARE_ITEM (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_CAPTION:
      g_value_set_string (value, self->caption);
      break;
    case PROP_HAS_CAPTION:
      g_value_set_boolean (value, self->caption != NULL);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_SECTION:
      g_value_set_string (value, self->section);
      break;
    case PROP_EDITED:
      g_value_set_boolean (value, self->edited);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    case PROP_POSSIBLE:
      g_value_set_boolean (value, self->possible);
      break;
    case PROP_ACCESSIBLE_LABEL:
      g_value_take_string (value, dup_accessible_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_hardware_item_finalize (GObject *object)
{
  LodgeHardwareItem *self = LODGE_HARDWARE_ITEM (object);

  g_free (self->id);
  g_free (self->section);
  g_free (self->title);
  g_free (self->caption);
  g_free (self->icon_name);
  g_free (self->field);

  G_OBJECT_CLASS (lodge_hardware_item_parent_class)->finalize (object);
}

static void
lodge_hardware_item_class_init (LodgeHardwareItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_hardware_item_get_property;
  object_class->finalize = lodge_hardware_item_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  properties[PROP_HAS_CAPTION] = g_param_spec_boolean ("has-caption", NULL, NULL, FALSE, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_SECTION] = g_param_spec_string ("section", NULL, NULL, NULL, flags);
  properties[PROP_EDITED] = g_param_spec_boolean ("edited", NULL, NULL, FALSE, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  properties[PROP_POSSIBLE] = g_param_spec_boolean ("possible", NULL, NULL, TRUE, flags);
  properties[PROP_ACCESSIBLE_LABEL] = g_param_spec_string ("accessible-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lodge_hardware_item_init (LodgeHardwareItem *self)
{
  self->possible = TRUE;
}

LodgeHardwareItem *
lodge_hardware_item_new (const char *id,
                         const char *section)
{
  LodgeHardwareItem *self = g_object_new (LODGE_TYPE_HARDWARE_ITEM, NULL);

  self->id = g_strdup (id);
  self->section = g_strdup (section);
  return self;
}

const char *
lodge_hardware_item_get_id (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), NULL);

  return self->id;
}

const char *
lodge_hardware_item_get_title (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), NULL);

  return self->title;
}

const char *
lodge_hardware_item_get_caption (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), NULL);

  return self->caption;
}

const char *
lodge_hardware_item_get_icon_name (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), NULL);

  return self->icon_name;
}

const char *
lodge_hardware_item_get_field (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), NULL);

  return self->field;
}

void
lodge_hardware_item_set_field (LodgeHardwareItem *self,
                               const char        *field)
{
  g_return_if_fail (LODGE_IS_HARDWARE_ITEM (self));

  g_set_str (&self->field, field);
}

/**
 * lodge_hardware_item_set_texts:
 * @self: an item
 * @title: fit for showing
 * @caption: (nullable): fit for showing
 * @icon_name: (nullable): a symbolic icon
 */
void
lodge_hardware_item_set_texts (LodgeHardwareItem *self,
                               const char        *title,
                               const char        *caption,
                               const char        *icon_name)
{
  GObject *object;
  gboolean changed = FALSE;

  g_return_if_fail (LODGE_IS_HARDWARE_ITEM (self));

  object = G_OBJECT (self);
  g_object_freeze_notify (object);
  if (g_set_str (&self->title, title))
    {
      changed = TRUE;
      g_object_notify_by_pspec (object, properties[PROP_TITLE]);
    }
  if (g_set_str (&self->caption, caption))
    {
      changed = TRUE;
      g_object_notify_by_pspec (object, properties[PROP_CAPTION]);
      g_object_notify_by_pspec (object, properties[PROP_HAS_CAPTION]);
    }
  if (g_set_str (&self->icon_name, icon_name))
    g_object_notify_by_pspec (object, properties[PROP_ICON_NAME]);
  if (changed)
    g_object_notify_by_pspec (object, properties[PROP_ACCESSIBLE_LABEL]);
  g_object_thaw_notify (object);
}

gboolean
lodge_hardware_item_get_possible (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), FALSE);

  return self->possible;
}

void
lodge_hardware_item_set_possible (LodgeHardwareItem *self,
                                  gboolean           possible)
{
  g_return_if_fail (LODGE_IS_HARDWARE_ITEM (self));

  if (self->possible == !!possible)
    return;
  self->possible = !!possible;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POSSIBLE]);
}

gboolean
lodge_hardware_item_get_edited (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), FALSE);

  return self->edited;
}

gboolean
lodge_hardware_item_get_waiting (LodgeHardwareItem *self)
{
  g_return_val_if_fail (LODGE_IS_HARDWARE_ITEM (self), FALSE);

  return self->waiting;
}

void
lodge_hardware_item_set_marks (LodgeHardwareItem *self,
                               gboolean           edited,
                               gboolean           waiting)
{
  GObject *object;

  g_return_if_fail (LODGE_IS_HARDWARE_ITEM (self));

  object = G_OBJECT (self);
  if (self->edited == !!edited && self->waiting == !!waiting)
    return;
  g_object_freeze_notify (object);
  if (self->edited != !!edited)
    {
      self->edited = !!edited;
      g_object_notify_by_pspec (object, properties[PROP_EDITED]);
    }
  if (self->waiting != !!waiting)
    {
      self->waiting = !!waiting;
      g_object_notify_by_pspec (object, properties[PROP_WAITING]);
    }
  g_object_notify_by_pspec (object, properties[PROP_ACCESSIBLE_LABEL]);
  g_object_thaw_notify (object);
}
