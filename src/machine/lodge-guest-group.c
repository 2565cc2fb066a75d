/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-guest-group"

#include "config.h"

#include "lodge-guest-group.h"

#include <glib/gi18n.h>

#include "lodge-ui.h"
#include "model/lodge-guest-facts.h"
#include "util/lodge-format.h"

struct _LodgeGuestGroup
{
  AdwPreferencesGroup  parent_instance;

  /* template children */
  GtkLabel            *age_label;
  GtkWidget           *refresh_button;
  GtkWidget           *spinner;
  AdwActionRow        *none_row;
  AdwActionRow        *os_row;
  AdwActionRow        *hostname_row;
  AdwActionRow        *addresses_row;
  AdwActionRow        *users_row;
  AdwActionRow        *time_row;
  AdwExpanderRow      *filesystems_row;

  LodgeDomain         *domain;        /* owned, nullable */
  GCancellable        *asking;        /* owned, nullable */
  GPtrArray           *filesystems;   /* of AdwActionRow, borrowed: the row has them */
};

G_DEFINE_FINAL_TYPE (LodgeGuestGroup, lodge_guest_group, ADW_TYPE_PREFERENCES_GROUP)

static void
set_row (AdwActionRow *row,
         const char   *text)
{
  adw_action_row_set_subtitle (row, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL && *text != '\0');
}

static char *
join (GStrv items)
{
  return items != NULL && items[0] != NULL ? g_strjoinv (", ", items) : NULL;
}

/* The guest's clock, and how far it is from ours */
static char *
dup_time (const LodgeGuestFacts *facts)
{
  g_autoptr(GDateTime) time = facts->time > 0 ? g_date_time_new_from_unix_local (facts->time) : NULL;
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%x %X") : NULL;
  const gint64 off = facts->time - facts->read_at;
  g_autofree char *zone = NULL;
  g_autofree char *seconds = NULL;

  if (text == NULL)
    return g_strdup (facts->timezone);
  /* Translators: a time and the name of a time zone */
  zone = facts->timezone != NULL ? g_strdup_printf (_("%s (%s)"), text, facts->timezone) : g_strdup (text);
  if (ABS (off) < 3)
    return g_steal_pointer (&zone);
  seconds = g_strdup_printf ("%" G_GINT64_FORMAT, ABS (off));
  /* Translators: the time of a guest, and by how many seconds its clock is wrong */
  return g_strdup_printf (off > 0 ? _("%s, %s s ahead of this computer") : _("%s, %s s behind this computer"), zone,
                          seconds);
}

static void
add_filesystem (LodgeGuestGroup            *self,
                const LodgeGuestFilesystem *filesystem)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *size = filesystem->total > 0 ? lodge_format_size_of (filesystem->used, filesystem->total) : NULL;
  g_autofree char *text = NULL;

  if (size != NULL && filesystem->type != NULL)
    /* Translators: the kind of a file system, and “2 of 8 GiB” */
    text = g_strdup_printf (_("%s, %s"), filesystem->type, size);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), filesystem->mountpoint);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text != NULL ? text : size != NULL ? size
                               : filesystem->type != NULL ? filesystem->type : "");
  if (filesystem->total > 0)
    {
      GtkWidget *bar = gtk_level_bar_new_for_interval (0, 1);

      gtk_level_bar_set_value (GTK_LEVEL_BAR (bar), (double) filesystem->used / (double) filesystem->total);
      gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
      gtk_widget_set_size_request (bar, 80, -1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_RELATION_LABELLED_BY, row, NULL, -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
    }
  adw_expander_row_add_row (self->filesystems_row, row);
  g_ptr_array_add (self->filesystems, row);
}

static void
show_filesystems (LodgeGuestGroup *self,
                  GPtrArray       *filesystems)
{
  const guint n = filesystems != NULL ? filesystems->len : 0;
  g_autofree char *text = g_strdup_printf ("%u", n);

  for (guint i = 0; i < self->filesystems->len; i++)
    adw_expander_row_remove (self->filesystems_row, g_ptr_array_index (self->filesystems, i));
  g_ptr_array_set_size (self->filesystems, 0);
  for (guint i = 0; i < n; i++)
    add_filesystem (self, g_ptr_array_index (filesystems, i));
  adw_expander_row_set_subtitle (self->filesystems_row, text);
  gtk_widget_set_visible (GTK_WIDGET (self->filesystems_row), n > 0);
}

static void
show_facts (LodgeGuestGroup       *self,
            const LodgeGuestFacts *facts)
{
  g_autofree char *addresses = facts != NULL ? join (facts->addresses) : NULL;
  g_autofree char *users = facts != NULL ? join (facts->users) : NULL;
  g_autofree char *time = facts != NULL ? dup_time (facts) : NULL;
  g_autoptr(GDateTime) read_at = facts != NULL ? g_date_time_new_from_unix_local (facts->read_at) : NULL;
  g_autofree char *clock = read_at != NULL ? g_date_time_format (read_at, "%X") : NULL;
  /* Translators: when the guest was asked */
  g_autofree char *age = clock != NULL ? g_strdup_printf (_("As of %s"), clock) : NULL;
  g_autofree char *os = NULL;

  if (facts != NULL && facts->os != NULL && facts->kernel != NULL)
    /* Translators: an operating system and the release of its kernel */
    os = g_strdup_printf (_("%s, kernel %s"), facts->os, facts->kernel);
  else if (facts != NULL)
    os = g_strdup (facts->os != NULL ? facts->os : facts->kernel);
  set_row (self->os_row, os);
  set_row (self->hostname_row, facts != NULL ? facts->hostname : NULL);
  set_row (self->addresses_row, addresses);
  set_row (self->users_row, users);
  set_row (self->time_row, time);
  show_filesystems (self, facts != NULL ? facts->filesystems : NULL);
  gtk_label_set_text (self->age_label, age != NULL ? age : "");
}

static void
show_none (LodgeGuestGroup *self,
           const char      *title,
           const char      *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->none_row), title != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->none_row), title != NULL ? title : "");
  adw_action_row_set_subtitle (self->none_row, text != NULL ? text : "");
}

static void
asked_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LodgeGuestGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeGuestFacts) facts = lodge_domain_ask_guest_finish (LODGE_DOMAIN (object), result, &error);
  g_autofree char *reason = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->domain == NULL)
    return;
  g_clear_object (&self->asking);
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_sensitive (self->refresh_button, TRUE);
  show_facts (self, facts);
  if (facts != NULL)
    {
      show_none (self, NULL, NULL);
      return;
    }
  reason = lodge_display_text (error->message, 300);
  show_none (self, _("No Guest Agent"), reason);
}

void
lodge_guest_group_refresh (LodgeGuestGroup *self)
{
  g_return_if_fail (LODGE_IS_GUEST_GROUP (self));

  if (self->domain == NULL || self->asking != NULL)
    return;
  if (lodge_domain_get_state (self->domain) != LODGE_DOMAIN_STATE_RUNNING)
    {
      show_facts (self, NULL);
      show_none (self, _("The Machine Is Not Running"), _("What the guest says of itself is known while it runs."));
      return;
    }
  self->asking = g_cancellable_new ();
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_widget_set_sensitive (self->refresh_button, FALSE);
  lodge_domain_ask_guest_async (self->domain, self->asking, asked_cb, g_object_ref (self));
}

static void
state_cb (LodgeGuestGroup *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    lodge_guest_group_refresh (self);
}

static void
lodge_guest_group_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lodge_guest_group_parent_class)->map (widget);
  /* No guest is woken up for a page that nobody looks at */
  lodge_guest_group_refresh (LODGE_GUEST_GROUP (widget));
}

static void
lodge_guest_group_dispose (GObject *object)
{
  LodgeGuestGroup *self = LODGE_GUEST_GROUP (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->domain);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_GUEST_GROUP);

  G_OBJECT_CLASS (lodge_guest_group_parent_class)->dispose (object);
}

static void
lodge_guest_group_finalize (GObject *object)
{
  g_ptr_array_unref (LODGE_GUEST_GROUP (object)->filesystems);

  G_OBJECT_CLASS (lodge_guest_group_parent_class)->finalize (object);
}

static void
lodge_guest_group_class_init (LodgeGuestGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_guest_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = lodge_guest_group_finalize;
  widget_class->map = lodge_guest_group_map;
  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("machine/lodge-guest-group.ui"));
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, LodgeGuestGroup, child)
  BIND (age_label);
  BIND (refresh_button);
  BIND (spinner);
  BIND (none_row);
  BIND (os_row);
  BIND (hostname_row);
  BIND (addresses_row);
  BIND (users_row);
  BIND (time_row);
  BIND (filesystems_row);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, lodge_guest_group_refresh);
}

static void
lodge_guest_group_init (LodgeGuestGroup *self)
{
  self->filesystems = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show_facts (self, NULL);
}

void
lodge_guest_group_set_domain (LodgeGuestGroup *self,
                              LodgeDomain     *domain)
{
  g_return_if_fail (LODGE_IS_GUEST_GROUP (self));

  if (!g_set_object (&self->domain, domain))
    return;
  g_signal_connect_object (domain, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
}
