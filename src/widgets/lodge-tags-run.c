/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-tags-run"

#include "config.h"

#include "lodge-tags-run.h"

#include <glib/gi18n.h>

#include "model/lodge-domain-details.h"

typedef struct
{
  char **added;     /* owned */
  char **removed;   /* owned */
  char  *folder;    /* owned, nullable */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_strfreev (change->added);
  g_strfreev (change->removed);
  g_free (change->folder);
  g_free (change);
}

static GStrv
dup_tags (LodgeDomain  *domain,
          const Change *change)
{
  const char * const *tags = lodge_domain_get_tags (domain);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; tags[i] != NULL; i++)
    {
      if (!g_strv_contains ((const char * const *) change->removed, tags[i]))
        g_strv_builder_add (builder, tags[i]);
    }
  for (guint i = 0; change->added[i] != NULL; i++)
    {
      if (!g_strv_contains (tags, change->added[i]))
        g_strv_builder_add (builder, change->added[i]);
    }
  return g_strv_builder_end (builder);
}

static const char *
get_folder (LodgeDomain  *domain,
            const Change *change)
{
  if (change->folder == NULL)
    return lodge_domain_get_folder (domain);
  return *change->folder != '\0' ? change->folder : NULL;
}

static gboolean
is_needed (LodgeDomain  *domain,
           const Change *change)
{
  const char * const *tags = lodge_domain_get_tags (domain);

  if (g_strcmp0 (get_folder (domain, change), lodge_domain_get_folder (domain)) != 0)
    return TRUE;
  for (guint i = 0; change->added[i] != NULL; i++)
    {
      if (!g_strv_contains (tags, change->added[i]))
        return TRUE;
    }
  for (guint i = 0; change->removed[i] != NULL; i++)
    {
      if (g_strv_contains (tags, change->removed[i]))
        return TRUE;
    }
  return FALSE;
}

/* From what the machine has when its turn comes */
static void
start (LodgeDomain         *domain,
       gpointer             data,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  g_auto(GStrv) tags = dup_tags (domain, data);

  lodge_domain_set_tags_async (domain, (const char * const *) tags, get_folder (domain, data), NULL, callback,
                               user_data);
}

static char *
dup_title (gpointer data,
           guint    n)
{
  return g_strdup_printf (ngettext ("Changing the tags of %u machine", "Changing the tags of %u machines", n), n);
}

static char *
dup_summary (gpointer data,
             guint    n_failed,
             guint    n)
{
  return g_strdup_printf (ngettext ("The tags of %u of %u machine could not be changed",
                                    "The tags of %u of %u machines could not be changed", n), n_failed, n);
}

static const LodgeBulkTask task = { start, lodge_domain_set_metadata_finish, dup_title, dup_summary };

LodgeBulkRun *
lodge_tags_run_new (GPtrArray          *domains,
                    const char * const *added,
                    const char * const *removed,
                    const char         *folder)
{
  g_autoptr(GPtrArray) needed = g_ptr_array_new ();
  Change *change = g_new0 (Change, 1);

  change->added = g_strdupv ((char **) added);
  change->removed = g_strdupv ((char **) removed);
  change->folder = g_strdup (folder);
  for (guint i = 0; i < domains->len; i++)
    {
      if (is_needed (domains->pdata[i], change))
        g_ptr_array_add (needed, domains->pdata[i]);
    }
  if (needed->len > 0)
    return lodge_bulk_run_new_task (needed, &task, change, change_free);
  change_free (change);
  return NULL;
}
