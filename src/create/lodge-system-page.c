/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-system-page"

#include "config.h"

#include "lodge-system-page.h"

#include <glib/gi18n.h>
#include <string.h>
#include <time.h>

#include "lodge-ui.h"
#include "util/lodge-format.h"

/* Enough to show what the list is; the search finds the others */
#define MAX_SHOWN 6
#define MAX_FOUND 30

struct _LodgeSystemPage
{
  AdwNavigationPage  parent_instance;

  /* template children */
  GtkWidget         *next;
  GtkWidget         *media_group;
  AdwActionRow      *media_row;
  AdwActionRow      *os_row;
  GtkImage          *os_icon;
  GtkSearchEntry    *search;
  GtkListBox        *list;
  GtkLabel          *more_label;
  AdwActionRow      *unknown_row;
  AdwSwitchRow      *support_row;

  LodgeCreateDraft  *draft;         /* owned */
  GListModel        *systems;       /* owned, nullable: not loaded yet */
  GCancellable      *cancellable;   /* owned */
};

enum
{
  NEXT,
  CHANGE_MEDIA,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LodgeSystemPage, lodge_system_page, ADW_TYPE_NAVIGATION_PAGE)

/* Translators: a month and its year: “December 2026” */
static char *
format_month (const GDate *date)
{
  g_autoptr(GDateTime) when = g_date_time_new_local (g_date_get_year (date), (int) g_date_get_month (date),
                                                     g_date_get_day (date), 0, 0, 0);

  return when != NULL ? g_date_time_format (when, _("%OB %Y")) : g_strdup ("");
}

/* How long its maker supports it; else how old it is. Begins in lower case. */
static char *
dup_support (LodgeOs *os)
{
  g_autoptr(GDate) end = lodge_os_dup_support_end (os);
  g_autoptr(GDate) release = lodge_os_dup_release (os);
  g_autoptr(GDate) today = g_date_new ();
  g_autofree char *month = NULL;

  if (end == NULL && release == NULL)
    return NULL;
  month = format_month (end != NULL ? end : release);
  g_date_set_time_t (today, time (NULL));
  if (end == NULL)
    return g_strdup_printf (_("released in %s"), month);
  if (g_date_compare (end, today) < 0)
    return g_strdup_printf (_("out of support since %s"), month);
  return g_strdup_printf (_("supported until %s"), month);
}

/* What a person knows a system by, and why Lodge knows it */
static void
show_chosen (LodgeSystemPage *self)
{
  LodgeCreateDraft *draft = self->draft;
  g_autofree char *support = draft->os != NULL ? dup_support (draft->os) : NULL;
  const char *origin = draft->os == NULL ? _("Choose it below, or go on: it gets devices that most systems know")
                       : draft->os_detected ? _("Detected from the image") : _("Chosen by you");
  g_autofree char *subtitle = support != NULL ? g_strdup_printf ("%s, %s", origin, support) : g_strdup (origin);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->os_row), lodge_create_draft_get_os_name (draft));
  adw_action_row_set_subtitle (self->os_row, subtitle);
  gtk_image_set_from_icon_name (self->os_icon, draft->os != NULL ? "object-select-symbolic"
                                : "dialog-question-symbolic");
}

static void
show_media (LodgeSystemPage *self)
{
  const char *path = self->draft->path;
  g_autofree char *base = path != NULL && *path != '\0' ? g_path_get_basename (path) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *title = base != NULL ? lodge_display_text (base, 120) : NULL;
  g_autofree char *size = self->draft->path_size > 0 ? lodge_format_size (self->draft->path_size) : NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (self->media_group, base != NULL);
  if (base == NULL)
    return;
  subtitle = size != NULL ? g_strdup_printf ("%s, %s", folder, size) : g_strdup (folder);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->media_row), title);
  adw_action_row_set_subtitle (self->media_row, subtitle);
}

/* The list */

static gboolean
is_found (LodgeOs    *os,
          const char *needle)
{
  g_autofree char *text = g_strdup_printf ("%s %s", lodge_os_get_name (os), lodge_os_get_short_id (os));
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto(GStrv) words = g_strsplit (needle, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
append_row (LodgeSystemPage *self,
            LodgeOs         *os)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *support = dup_support (os);
  const LodgeOsTraits *traits = lodge_os_get_traits (os);
  const LodgeOsFeatures secure = LODGE_OS_WINDOWS | LODGE_OS_EFI_ONLY;

  if (support != NULL)
    *support = g_ascii_toupper (*support);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), lodge_os_get_name (os));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), (traits->features & secure) == secure
                                                     ? _("Adds TPM and Secure Boot") : support != NULL ? support : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "lodge-os", g_object_ref (os), g_object_unref);
  gtk_list_box_append (self->list, row);
}

static void
fill_list (LodgeSystemPage *self)
{
  const guint n = self->systems != NULL ? g_list_model_get_n_items (self->systems) : 0;
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  const guint limit = *needle == '\0' ? MAX_SHOWN : MAX_FOUND;
  const gboolean all = adw_switch_row_get_active (self->support_row);
  g_autoptr(GDate) today = g_date_new ();
  g_autofree char *more = NULL;
  guint n_found = 0;

  g_date_set_time_t (today, time (NULL));
  g_strstrip (needle);
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(LodgeOs) os = g_list_model_get_item (self->systems, i);

      if ((!all && !lodge_os_is_supported (os, today)) || !is_found (os, needle))
        continue;
      if (n_found++ < limit)
        append_row (self, os);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_found > 0);
  if (n_found > limit)
    more = g_strdup_printf (g_dngettext (NULL, "%u more: search for it", "%u more: search for them", n_found - limit),
                            n_found - limit);
  else if (n_found == 0 && n > 0)
    more = all ? g_strdup (_("No system is called so"))
               : g_strdup (_("No system is called so. It may be out of support."));
  else if (self->systems == NULL)
    more = g_strdup (_("Reading the list of systems…"));
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), more != NULL);
  gtk_label_set_text (self->more_label, more != NULL ? more : "");
}

static void
choose (LodgeSystemPage *self,
        LodgeOs         *os)
{
  if (g_set_object (&self->draft->os, os))
    self->draft->resources_set = FALSE;
  self->draft->os_detected = FALSE;
  self->draft->os_chosen = TRUE;
  show_chosen (self);
}

static void
row_activated_cb (LodgeSystemPage *self,
                  GtkListBoxRow   *row)
{
  choose (self, g_object_get_data (G_OBJECT (row), "lodge-os"));
  g_signal_emit (self, signals[NEXT], 0);
}

static void
unknown_cb (LodgeSystemPage *self)
{
  choose (self, NULL);
  g_signal_emit (self, signals[NEXT], 0);
}

static void
search_cb (LodgeSystemPage *self)
{
  fill_list (self);
}

static void
support_cb (LodgeSystemPage *self)
{
  fill_list (self);
}

static void
change_cb (LodgeSystemPage *self)
{
  g_signal_emit (self, signals[CHANGE_MEDIA], 0);
}

static void
next_cb (LodgeSystemPage *self)
{
  g_signal_emit (self, signals[NEXT], 0);
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LodgeSystemPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GListModel) systems = lodge_os_database_load_finish (LODGE_OS_DATABASE (object), result, &error);

  if (self->draft == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Without the database every system is unknown */
  if (systems == NULL)
    systems = G_LIST_MODEL (g_list_store_new (LODGE_TYPE_OS));
  g_set_object (&self->systems, systems);
  fill_list (self);
}

static void
lodge_system_page_dispose (GObject *object)
{
  LodgeSystemPage *self = LODGE_SYSTEM_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->systems);
  gtk_widget_dispose_template (GTK_WIDGET (object), LODGE_TYPE_SYSTEM_PAGE);

  G_OBJECT_CLASS (lodge_system_page_parent_class)->dispose (object);
}

static void
lodge_system_page_class_init (LodgeSystemPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lodge_system_page_dispose;
  signals[NEXT] = g_signal_new ("next", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
  signals[CHANGE_MEDIA] = g_signal_new ("change-media", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL,
                                        G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, LODGE_UI ("create/lodge-system-page.ui"));
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, next);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, media_group);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, media_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, os_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, os_icon);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, search);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, list);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, more_label);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, unknown_row);
  gtk_widget_class_bind_template_child (widget_class, LodgeSystemPage, support_row);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, unknown_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, support_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
lodge_system_page_init (LodgeSystemPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lodge_system_page_set_draft (LodgeSystemPage  *self,
                             LodgeCreateDraft *draft,
                             LodgeOsDatabase  *database)
{
  g_return_if_fail (LODGE_IS_SYSTEM_PAGE (self));

  self->draft = g_object_ref (draft);
  fill_list (self);
  lodge_os_database_load_async (database, self->cancellable, loaded_cb, g_object_ref (self));
}

void
lodge_system_page_enter (LodgeSystemPage *self)
{
  g_return_if_fail (LODGE_IS_SYSTEM_PAGE (self));

  show_media (self);
  show_chosen (self);
}
