/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-ssh-hosts.h"

#include <glob.h>
#include <string.h>

#define MAX_FILE     (1024 * 1024)   /* bytes */
#define MAX_HOSTS    2000
#define MAX_INCLUDES 50
#define MAX_NAME     255

static void
add_host (GPtrArray  *hosts,
          const char *name)
{
  /* A pattern is no host, and an option of ssh's is none either */
  if (*name == '\0' || *name == '-' || *name == '|' || strpbrk (name, "*?!\"'/") != NULL || strlen (name) > MAX_NAME
      || !g_utf8_validate (name, -1, NULL) || hosts->len >= MAX_HOSTS
      || g_ptr_array_find_with_equal_func (hosts, name, g_str_equal, NULL))
    return;
  g_ptr_array_add (hosts, g_strdup (name));
}

static gboolean
is_keyword (const char *word,
            const char *keyword)
{
  return g_ascii_strcasecmp (word, keyword) == 0;
}

void
lodge_ssh_hosts_add_config (GPtrArray  *hosts,
                            const char *text,
                            GPtrArray  *includes)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", 0);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit_set (g_strstrip (lines[i]), " \t=\"", 0);
      guint j = 0;

      if (words[0] == NULL)
        continue;
      for (j = 1; is_keyword (words[0], "Host") && words[j] != NULL && *words[j] != '#'; j++)
        add_host (hosts, words[j]);
      for (j = 1; is_keyword (words[0], "Include") && includes != NULL && words[j] != NULL; j++)
        {
          if (*words[j] != '\0' && includes->len < MAX_INCLUDES)
            g_ptr_array_add (includes, g_strdup (words[j]));
        }
    }
}

/* "atlas,10.0.0.1 ssh-ed25519 AAAA…", "[atlas]:2222 …", "|1|…" where names are hashed, "@cert-authority *.example.org
 * …" */
void
lodge_ssh_hosts_add_known (GPtrArray  *hosts,
                           const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", 0);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) names = NULL;
      char *line = g_strstrip (lines[i]);

      if (*line == '#' || *line == '@' || *line == '|' || *line == '\0')
        continue;
      line[strcspn (line, " \t")] = '\0';
      names = g_strsplit (line, ",", 0);
      for (guint j = 0; names[j] != NULL; j++)
        {
          char *end = *names[j] == '[' ? strchr (names[j], ']') : NULL;

          if (end != NULL)
            *end = '\0';
          add_host (hosts, *names[j] == '[' ? names[j] + 1 : names[j]);
        }
    }
}

static char *
read_file (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree char *text = g_malloc (MAX_FILE + 1);
  gsize n = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_FILE, &n, NULL, NULL))
    return NULL;
  text[n] = '\0';
  return g_steal_pointer (&text);
}

static void
read_include (GPtrArray  *hosts,
              const char *folder,
              const char *pattern)
{
  g_autofree char *home = *pattern == '~' ? g_strconcat (g_get_home_dir (), pattern + 1, NULL) : NULL;
  g_autofree char *full = home != NULL ? g_steal_pointer (&home)
                          : g_path_is_absolute (pattern) ? g_strdup (pattern)
                          : g_build_filename (folder, pattern, NULL);
  glob_t found = { 0 };

  if (glob (full, 0, NULL, &found) == 0)
    {
      for (gsize i = 0; i < found.gl_pathc && i < MAX_INCLUDES; i++)
        {
          g_autofree char *text = read_file (found.gl_pathv[i]);

          if (text != NULL)
            lodge_ssh_hosts_add_config (hosts, text, NULL);
        }
    }
  globfree (&found);
}

static void
read_thread (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), ".ssh", NULL);
  g_autofree char *config = g_build_filename (folder, "config", NULL);
  g_autofree char *known = g_build_filename (folder, "known_hosts", NULL);
  g_autoptr(GPtrArray) aliases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) includes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = read_file (config);
  g_autofree char *known_text = read_file (known);

  if (text != NULL)
    lodge_ssh_hosts_add_config (aliases, text, includes);
  for (guint i = 0; i < includes->len; i++)
    read_include (aliases, folder, includes->pdata[i]);
  if (known_text != NULL)
    lodge_ssh_hosts_add_known (names, known_text);

  g_ptr_array_sort_values (aliases, (GCompareFunc) g_utf8_collate);
  g_ptr_array_sort_values (names, (GCompareFunc) g_utf8_collate);
  for (guint i = 0; i < names->len; i++)
    add_host (aliases, names->pdata[i]);
  g_ptr_array_add (aliases, NULL);
  g_task_return_pointer (task, g_ptr_array_steal (aliases, NULL), (GDestroyNotify) g_strfreev);
}

void
lodge_ssh_hosts_read_async (GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_ssh_hosts_read_async);
  g_task_run_in_thread (task, read_thread);
}

char **
lodge_ssh_hosts_read_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
