/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"
#include "xml-test.h"

/* Single edits of small documents, each with the exact bytes it must leave, and edits of what libvirt prints. */

static LodgeXmlDocument *
load (const char *text)
{
  g_autoptr(GError) error = NULL;
  LodgeXmlDocument *doc = lodge_xml_document_new (text, -1, &error);

  g_assert_no_error (error);
  return doc;
}

static const struct { const char *before, *path, *value, *after; } values[] = {
  /* References and blanks: what is written is read back as it was given */
  { "<a/>", "@b", "1\n2\t3", "<a b='1&#10;2&#9;3'/>" },
  { "<a>x</a>", ".", "1\r\n2", "<a>1&#13;\n2</a>" },
  { "<a b=\"x\"/>", "@b", "'\"", "<a b=\"&apos;&quot;\"/>" },
  { "<a b='x'/>", "@b", "", "<a b=''/>" },
  /* The same value is no change: the bytes stay, whatever their form */
  { "<a b='&#x41;'/>", "@b", "A", "<a b='&#x41;'/>" },
  { "<a><![CDATA[1]]></a>", ".", "1", "<a><![CDATA[1]]></a>" },
  { "<a/>", ".", "", "<a/>" },
  { "<a>1&lt;2</a>", ".", "1<2", "<a>1&lt;2</a>" },
  { "<a><![CDATA[1]]></a>", ".", "<", "<a>&lt;</a>" },
  /* Attributes keep the tag's layout */
  { "<a\n  b='1'\n  c='2'/>", "@b", NULL, "<a\n  c='2'/>" },
  { "<a b = '1' />", "@b", "2", "<a b = '2' />" },
  { "<a b='1' />", "@c", "2", "<a b='1' c='2' />" },
  { "<a/>", "@b", NULL, "<a/>" },
  /* Line ends of the document */
  { "<os>\r\n  <boot dev='hd'/>\r\n</os>\r\n", "type", "hvm",
    "<os>\r\n  <type>hvm</type>\r\n  <boot dev='hd'/>\r\n</os>\r\n" },
  { "<os>\r\n  <type/>\r\n  <boot/>\r\n</os>\r\n", "boot", NULL, "<os>\r\n  <type/>\r\n</os>\r\n" },
  { "<domain>\r\n  <os/>\r\n</domain>", "os/type", "hvm",
    "<domain>\r\n  <os>\r\n    <type>hvm</type>\r\n  </os>\r\n</domain>" },
  /* All in one line stays so */
  { "<domain><name>n</name><os/></domain>", "os/type", "hvm",
    "<domain><name>n</name><os><type>hvm</type></os></domain>" },
  { "<domain><name>n</name><os/></domain>", "devices/rng/@model", "virtio",
    "<domain><name>n</name><os/><devices><rng model='virtio'/></devices></domain>" },
  /* A comment stays with what it stands above */
  { "<domain>\n  <name>n</name>\n  <!-- of os -->\n  <os/>\n</domain>", "title", "t",
    "<domain>\n  <name>n</name>\n  <title>t</title>\n  <!-- of os -->\n  <os/>\n</domain>" },
  { "<devices>\n  <!-- c -->\n</devices>", "rng/@model", "virtio",
    "<devices>\n  <!-- c -->\n  <rng model='virtio'/>\n</devices>" },
  { "<a><!-- c --></a>", "b", "1", "<a><!-- c -->\n  <b>1</b>\n</a>" },
  { "<a>text</a>", "b", "1", "<a>text<b>1</b></a>" },
  /* What becomes empty is written as libvirt writes it */
  { "<os>\n  <type>hvm</type>\n</os>", "type", NULL, "<os/>" },
  { "<os>\n  <!-- c -->\n  <type>hvm</type>\n</os>", "type", NULL, "<os>\n  <!-- c -->\n</os>" },
  { "<a>\n  <b/>  \n  <c/>\n</a>", "b", NULL, "<a>\n  <c/>\n</a>" },
  { "<a>\n  <b/> <!-- c -->\n</a>", "b", NULL, "<a>\n   <!-- c -->\n</a>" },
  { "<a x='1'><b/></a>", "b", NULL, "<a x='1'/>" },
  /* Groups are not split */
  { "<domain>\n  <name>n</name>\n  <on_reboot>restart</on_reboot>\n  <devices/>\n</domain>", "on_poweroff", "destroy",
    "<domain>\n  <name>n</name>\n  <on_poweroff>destroy</on_poweroff>\n  <on_reboot>restart</on_reboot>\n"
    "  <devices/>\n</domain>" },
  { "<os>\n  <type>hvm</type>\n  <firmware/>\n  <kernel/>\n</os>", "loader/@secure", "yes",
    "<os>\n  <type>hvm</type>\n  <firmware/>\n  <loader secure='yes'/>\n  <kernel/>\n</os>" },
  /* Namespaces, whatever their prefix */
  { "<domain xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>\n  <q:commandline>\n    <q:arg value='a'/>\n"
    "  </q:commandline>\n</domain>", "qemu:commandline/qemu:arg/@value", "b",
    "<domain xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>\n  <q:commandline>\n    <q:arg value='b'/>\n"
    "  </q:commandline>\n</domain>" },
  { "<domain>\n  <metadata/>\n</domain>", "metadata/libosinfo:libosinfo/libosinfo:os/@id", "x",
    "<domain>\n  <metadata>\n"
    "    <libosinfo:libosinfo xmlns:libosinfo=\"http://libosinfo.org/xmlns/libvirt/domain/1.0\">\n"
    "      <libosinfo:os id=\"x\"/>\n    </libosinfo:libosinfo>\n  </metadata>\n</domain>" },
  { "<domain type='kvm'>\n  <metadata/>\n</domain>", "qemu:commandline/qemu:arg/@value", "x",
    "<domain type='kvm'>\n  <metadata/>\n"
    "  <qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n"
    "    <qemu:arg value='x'/>\n  </qemu:commandline>\n</domain>" },
  { "<d xmlns:qemu='other'><qemu:arg value='a'/></d>", "qemu:arg/@value", NULL,
    "<d xmlns:qemu='other'><qemu:arg value='a'/></d>" },
  /* Names that only begin alike */
  { "<a bc='1'><bc/></a>", "@b", NULL, "<a bc='1'><bc/></a>" },
  { "<a><!-- <b/> --><![CDATA[<b/>]]></a>", "b", NULL, "<a><!-- <b/> --><![CDATA[<b/>]]></a>" },
};

static void
test_value (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr(LodgeXmlDocument) doc = load (values[i].before);
  const char *path = g_str_equal (values[i].path, ".") ? "" : values[i].path;
  g_autoptr(GError) error = NULL;
  g_autofree char *value = NULL;

  g_assert_true (lodge_xml_document_set_value (doc, 1, path, values[i].value, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, values[i].after);
  value = lodge_xml_document_get_value (doc, 1, path);
  g_assert_cmpstr (value, ==, values[i].value);

  /* One call is one step */
  if (!g_str_equal (values[i].before, values[i].after))
    {
      g_assert_true (lodge_xml_document_undo (doc));
      g_assert_false (lodge_xml_document_can_undo (doc));
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, values[i].before);
    }
  else
    g_assert_false (lodge_xml_document_can_undo (doc));
}

static const struct { const char *before, *fragment, *after; } insertions[] = {
  { "<devices>\n  <rng/>\n</devices>", "<!-- mine --><panic/>",
    "<devices>\n  <rng/>\n  <!-- mine --><panic/>\n</devices>" },
  { "<devices>\n  <rng/>\n</devices>", "<?xml version='1.0'?>\n<panic/>\n",
    "<devices>\n  <rng/>\n  <panic/>\n</devices>" },
  /* As it stood in another document: its first line has no indentation, the others have */
  { "<devices>\n  <rng/>\n</devices>", "<disk>\n        <source/>\n      </disk>",
    "<devices>\n  <disk>\n    <source/>\n  </disk>\n  <rng/>\n</devices>" },
  /* Lines of a text are no layout */
  { "<domain>\n  <name/>\n</domain>", "<description>a\nb\n\n  c</description>",
    "<domain>\n  <name/>\n  <description>a\nb\n\n  c</description>\n</domain>" },
  { "<domain>\n  <name/>\n</domain>", "<x>\n  <y>\n</y>\n  <!-- 1\n2 -->\n</x>",
    "<domain>\n  <name/>\n  <x>\n    <y>\n</y>\n    <!-- 1\n2 -->\n  </x>\n</domain>" },
  { "<devices><rng/></devices>", "<panic>\n  <a/>\n</panic>", "<devices><rng/><panic><a/></panic></devices>" },
};

static void
test_insert (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  g_autoptr(LodgeXmlDocument) doc = load (insertions[i].before);
  g_autoptr(LodgeXmlDocument) fragment = load (insertions[i].fragment);
  g_autoptr(GError) error = NULL;
  g_autofree char *name = NULL, *expected = NULL;
  LodgeXmlNode node = lodge_xml_document_insert (doc, 1, insertions[i].fragment, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, insertions[i].after);
  name = lodge_xml_document_get_name (doc, node);
  expected = lodge_xml_document_get_name (fragment, 1);
  g_assert_cmpstr (name, ==, expected);
}

static void
test_replace (void)
{
  g_autoptr(LodgeXmlDocument) doc = load ("<a>\n  <b>\n    <c/>\n  </b>\n</a>\n");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = lodge_xml_document_dup_node_text (doc, 2);

  g_assert_cmpuint (lodge_xml_document_replace (doc, 2, text, &error), ==, 2);
  g_assert_false (lodge_xml_document_can_undo (doc));

  g_assert_cmpuint (lodge_xml_document_replace (doc, 2, "<b>\n  <d>\n    <e/>\n  </d>\n</b>", &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==,
                   "<a>\n  <b>\n    <d>\n      <e/>\n    </d>\n  </b>\n</a>\n");

  g_assert_cmpuint (lodge_xml_document_replace (doc, 2, "<b>", &error), ==, LODGE_XML_NONE);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_PARSE);
}

static void
count_cb (LodgeXmlDocument *doc,
          gpointer          user_data)
{
  (*(guint *) user_data)++;
}

static void
test_steps (void)
{
  g_autoptr(LodgeXmlDocument) doc = load ("<a b='1'/>");
  g_autoptr(GError) error = NULL;
  guint n = 0, outer, inner;

  g_signal_connect (doc, "changed", G_CALLBACK (count_cb), &n);

  outer = lodge_xml_document_begin_edit (doc);
  g_assert_true (lodge_xml_document_set_value (doc, 1, "@b", "2", NULL));
  inner = lodge_xml_document_begin_edit (doc);
  g_assert_true (lodge_xml_document_set_value (doc, 1, "c/d", "3", NULL));
  lodge_xml_document_cancel_edit (doc, inner);
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='2'/>");
  g_assert_true (lodge_xml_document_set_value (doc, 1, "@c", "4", NULL));
  g_assert_false (lodge_xml_document_undo (doc));
  lodge_xml_document_end_edit (doc);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='2' c='4'/>");

  g_assert_true (lodge_xml_document_undo (doc));
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='1'/>");
  g_assert_false (lodge_xml_document_can_undo (doc));
  g_assert_true (lodge_xml_document_redo (doc));
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='2' c='4'/>");
  g_assert_false (lodge_xml_document_can_redo (doc));

  /* A change after an undo forgets what was taken back */
  g_assert_true (lodge_xml_document_undo (doc));
  g_assert_true (lodge_xml_document_set_value (doc, 1, "@b", "5", NULL));
  g_assert_false (lodge_xml_document_can_redo (doc));

  /* Nothing done is no step */
  outer = lodge_xml_document_begin_edit (doc);
  lodge_xml_document_end_edit (doc);
  outer = lodge_xml_document_begin_edit (doc);
  lodge_xml_document_cancel_edit (doc, outer);
  g_assert_true (lodge_xml_document_undo (doc));
  g_assert_false (lodge_xml_document_can_undo (doc));
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='1'/>");
  g_assert_cmpuint (n, ==, 6);

  /* A whole new text is one small splice */
  g_assert_true (lodge_xml_document_set_text (doc, "<a b='17'/>", &error));
  g_assert_false (lodge_xml_document_set_text (doc, "<a b='17'>", &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_PARSE);
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='17'/>");
  g_assert_true (lodge_xml_document_undo (doc));
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a b='1'/>");
}

/* An edit that would break a limit is refused, and the document stays one that Lodge reads */
static void
test_limits (void)
{
  g_autofree char *large = g_strnfill (3 * 1024 * 1024, 'x');
  g_autoptr(GString) deep = g_string_new (NULL);
  g_autoptr(LodgeXmlDocument) doc = load ("<a><b/></a>");
  g_autoptr(GError) error = NULL;
  static const char * const bad[] = {
    "a\001b", "\xff", "\xef\xbf\xbe" /* U+FFFE */, "\xed\xa0\x80" /* a surrogate */,
  };

  g_assert_true (lodge_xml_document_set_value (doc, 1, "@x", large, &error));
  g_assert_false (lodge_xml_document_set_value (doc, 1, "@y", large, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_LIMIT);
  g_assert_true (lodge_xml_document_undo (doc));
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a><b/></a>");

  for (guint i = 0; i < 99; i++)
    g_string_append (deep, "<d>");
  for (guint i = 0; i < 99; i++)
    g_string_append (deep, "</d>");
  g_clear_error (&error);
  g_assert_cmpuint (lodge_xml_document_insert (doc, 2, deep->str, &error), ==, LODGE_XML_NONE);
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_LIMIT);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_clear_error (&error);
      g_assert_false (lodge_xml_document_set_value (doc, 1, "@x", bad[i], &error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
      g_clear_error (&error);
      g_assert_false (lodge_xml_document_set_value (doc, 1, "new/child", bad[i], &error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
    }
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, "<a><b/></a>");
  g_assert_false (lodge_xml_document_can_undo (doc));
}

static void
test_errors (void)
{
  static const struct { const char *text, *message; } cases[] = {
    { "<a>\n<b>\n</a>", "The XML is broken at line 3: Opening and ending tag mismatch: b line 2 and a" },
    { "<a>\n<b x=1/></a>", "The XML is broken at line 2: AttValue: \" or ' expected" },
    { "<?xml version='1.0' encoding='UTF-16'?><a/>",
      "The XML says that it is written in “UTF-16”. Save it as UTF-8." },
    { "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xc3\xa9</a>",
      "The XML says that it is written in “ISO-8859-1”. Save it as UTF-8." },
  };
  g_autoptr(LodgeXmlDocument) good = load ("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\n<a>\xc3\xa9</a>");
  g_autofree char *content = lodge_xml_document_get_value (good, 1, "");

  g_assert_cmpstr (content, ==, "é");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (lodge_xml_document_new (cases[i].text, -1, &error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_PARSE);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
count_lines (const char *a,
             const char *b,
             guint      *removed,
             guint      *added)
{
  g_auto(GStrv) old = g_strsplit (a, "\n", -1);
  g_auto(GStrv) new = g_strsplit (b, "\n", -1);
  guint n_old = g_strv_length (old), n_new = g_strv_length (new), first = 0, last = 0;

  while (first < MIN (n_old, n_new) && g_str_equal (old[first], new[first]))
    first++;
  while (last < MIN (n_old, n_new) - first && g_str_equal (old[n_old - last - 1], new[n_new - last - 1]))
    last++;
  *removed = n_old - first - last;
  *added = n_new - first - last;
}

/* Every element and attribute of what libvirt prints: changed and changed back, removed and brought back by
 * an undo, all bytes as before; a change touches the lines of its element only. */
static void
test_printed (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", data, NULL);
  g_autofree char *text = NULL;
  g_autoptr(LodgeXmlDocument) doc = NULL;
  g_autoptr(GError) error = NULL;
  LodgeXmlNode n_nodes = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_no_error (error);
  doc = load (text);
  assert_same_text (data, lodge_xml_document_get_text (doc), text);
  while (lodge_xml_document_get_name (doc, n_nodes + 1) != NULL)
    n_nodes++;

  for (LodgeXmlNode node = 1; node <= n_nodes; node++)
    {
      for (guint i = 0; i < lodge_xml_document_get_n_attributes (doc, node); i++)
        {
          g_autofree char *value = NULL;
          g_autofree char *name = lodge_xml_document_dup_attribute (doc, node, i, &value);
          guint removed, added;

          if (g_str_has_prefix (name, "xmlns"))
            continue;
          g_assert_true (lodge_xml_document_set_attribute (doc, node, name, "a<b>'\"&", NULL));
          count_lines (text, lodge_xml_document_get_text (doc), &removed, &added);
          g_assert_cmpuint (removed, ==, 1);
          g_assert_cmpuint (added, ==, 1);
          g_assert_true (lodge_xml_document_set_attribute (doc, node, name, value, NULL));
          assert_same_text (data, lodge_xml_document_get_text (doc), text);
          g_assert_true (lodge_xml_document_set_attribute (doc, node, name, value, NULL));
        }

      if (node > 1)
        {
          g_autofree char *fragment = lodge_xml_document_dup_node_text (doc, node);
          LodgeXmlNode parent = lodge_xml_document_get_parent (doc, node);
          g_autofree char *parent_name = lodge_xml_document_get_name (doc, parent);
          g_autofree char *name = lodge_xml_document_get_name (doc, node);
          gboolean lone = lodge_xml_document_get_next_sibling (doc, node, name) == LODGE_XML_NONE
                          && lodge_xml_document_get_first_child (doc, parent, name) == node;

          g_assert_true (lodge_xml_document_remove (doc, node, NULL));
          /* It is put back where libvirt printed it, if nothing else has its name or the order says so */
          g_assert_cmpuint (lodge_xml_document_insert (doc, parent, fragment, NULL), !=, LODGE_XML_NONE);
          if (lone && strchr (name, ':') == NULL && !g_str_equal (parent_name, "active_pcr_banks")
              && strstr ("metadata oemStrings app:x", parent_name) == NULL)
            assert_same_text (name, lodge_xml_document_get_text (doc), text);
          g_assert_true (lodge_xml_document_undo (doc));
          g_assert_true (lodge_xml_document_undo (doc));
          assert_same_text (data, lodge_xml_document_get_text (doc), text);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char * const printed[] = {
    "domain-rich.xml", "domain-test.xml", "network.xml", "network-full.xml", "pool.xml", "pool-nfs.xml", "volume.xml",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *path = g_strdup_printf ("/xml/editing/value/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (insertions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/xml/editing/insert/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_insert);
    }
  g_test_add_func ("/xml/editing/replace", test_replace);
  g_test_add_func ("/xml/editing/steps", test_steps);
  g_test_add_func ("/xml/editing/limits", test_limits);
  g_test_add_func ("/xml/editing/errors", test_errors);
  for (guint i = 0; i < G_N_ELEMENTS (printed); i++)
    {
      g_autofree char *path = g_strdup_printf ("/xml/editing/printed/%s", printed[i]);

      g_test_add_data_func (path, printed[i], test_printed);
    }

  return g_test_run ();
}
