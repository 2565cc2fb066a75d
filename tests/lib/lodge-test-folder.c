/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lodge-test-folder.h"

#include <glib/gstdio.h>

struct _LodgeTestFolder
{
  char *path;
};

LodgeTestFolder *
lodge_test_folder_new (void)
{
  LodgeTestFolder *self = g_new0 (LodgeTestFolder, 1);
  g_autoptr(GError) error = NULL;

  self->path = g_dir_make_tmp ("lodge-test-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (self->path, 0755), ==, 0);
  return self;
}

void
lodge_test_remove_tree (const char *path)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      lodge_test_remove_tree (child);
    }
  g_remove (path);
}

void
lodge_test_folder_free (LodgeTestFolder *self)
{
  lodge_test_remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

const char *
lodge_test_folder_get_path (LodgeTestFolder *self)
{
  return self->path;
}

char *
lodge_test_folder_build (LodgeTestFolder *self,
                         const char      *name)
{
  return g_build_filename (self->path, name, NULL);
}

char *
lodge_test_folder_write (LodgeTestFolder *self,
                         const char      *name,
                         const char      *content,
                         gssize           length)
{
  g_autoptr(GError) error = NULL;
  char *path = lodge_test_folder_build (self, name);

  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
  return path;
}

char *
lodge_test_write_node (LodgeTestFolder *folder,
                       const char      *xml)
{
  static guint number;
  g_autofree char *name = g_strdup_printf ("node-%u.xml", number++);
  g_autofree char *path = lodge_test_folder_write (folder, name, xml, -1);

  return g_strconcat ("test://", path, NULL);
}

char *
lodge_test_write_host (LodgeTestFolder *folder,
                       guint            n_domains,
                       guint            n_running)
{
  g_autoptr(GString) xml = g_string_new ("<node>");

  for (guint i = 0; i < n_domains; i++)
    g_string_append_printf (xml,
                            "<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"
                            "<name>m%04u</name><memory>65536</memory><vcpu>1</vcpu><os><type>hvm</type></os>"
                            "<test:runstate>%d</test:runstate></domain>", i, i < n_running ? 1 : 5);
  g_string_append (xml, "</node>");
  return lodge_test_write_node (folder, xml->str);
}

char *
lodge_test_domain_xml (const char *name)
{
  return g_markup_printf_escaped ("<domain type='test'><name>%s</name><memory>65536</memory><vcpu>1</vcpu>"
                                  "<os><type>hvm</type></os></domain>", name);
}
