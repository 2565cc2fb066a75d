/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"
#include "xml/lodge-xml-scanner.h"

static const char input[] =
  "<domain type='kvm' id='3'>\n"
  "  <name>a &lt;b&gt; &#x41;</name>\n"
  "  <!-- kept -->\n"
  "  <metadata>\n"
  "    <x:os xmlns:x=\"http://x\" id=\"http://fedoraproject.org/41\"/>\n"
  "  </metadata>\n"
  "  <vcpu>2</vcpu>\n"
  "  <os/>\n"
  "  <devices>\n"
  "    <disk type='file' device='disk'>\n"
  "      <source file='/a &amp; b.img'/>\n"
  "      <target dev='vda' bus='virtio'/>\n"
  "    </disk>\n"
  "    <disk type='file' device='cdrom'>\n"
  "      <target dev='sda' bus='sata'/>\n"
  "      <unknown thing='1'/>\n"
  "    </disk>\n"
  "    <graphics type='spice'/>\n"
  "  </devices>\n"
  "</domain>\n";

static LodgeXmlDocument *
load (const char *text)
{
  g_autoptr(GError) error = NULL;
  LodgeXmlDocument *doc = lodge_xml_document_new (text, -1, &error);

  g_assert_no_error (error);
  return doc;
}

static void
test_read (void)
{
  static const struct { const char *path, *value; } cases[] = {
    { "@type", "kvm" },
    { "name", "a <b> A" },
    { "vcpu", "2" },
    { "os", "" },
    { "devices/disk/source/@file", "/a & b.img" },
    { "devices/disk[2]/target/@dev", "sda" },
    { "devices/disk[@device='cdrom']/target/@bus", "sata" },
    { "devices/disk[@device='floppy']/target/@bus", NULL },
    { "metadata/x:os/@id", "http://fedoraproject.org/41" },
    { "devices/disk/@nothing", NULL },
    { "nothing/at/all", NULL },
  };
  g_autoptr(LodgeXmlDocument) doc = load (input);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *value = lodge_xml_document_get_value (doc, lodge_xml_document_get_root (doc),
                                                             cases[i].path);

      g_assert_cmpstr (value, ==, cases[i].value);
    }
  g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, input);
}

/* Replaces one piece of the input, which must be there once: what an edit is expected to do */
static char *
expect (const char *before,
        const char *after)
{
  const char *place = strstr (input, before);

  g_assert_nonnull (place);
  return g_strdup_printf ("%.*s%s%s", (int) (place - input), input, after, place + strlen (before));
}

static void
test_edit (void)
{
  static const struct { const char *path, *value, *before, *after; } cases[] = {
    { "@type", "qemu", "type='kvm'", "type='qemu'" },
    { "@id", NULL, " id='3'", "" },
    { "@new", "a'b\"<", "id='3'", "id='3' new='a&apos;b&quot;&lt;'" },
    { "metadata/x:os/@lang", "es", "id=\"http://fedoraproject.org/41\"",
      "id=\"http://fedoraproject.org/41\" lang=\"es\"" },
    { "name", "b & c", "a &lt;b&gt; &#x41;", "b &amp; c" },
    { "vcpu", NULL, "  <vcpu>2</vcpu>\n", "" },
    { "os/type", "hvm", "  <os/>\n", "  <os>\n    <type>hvm</type>\n  </os>\n" },
    { "memory", "1024", "  <vcpu>2</vcpu>\n", "  <memory>1024</memory>\n  <vcpu>2</vcpu>\n" },
    { "devices/disk[@device='cdrom']/source/@file", "/x.iso", "      <target dev='sda' bus='sata'/>\n",
      "      <source file='/x.iso'/>\n      <target dev='sda' bus='sata'/>\n" },
    { "devices/controller/@type", "scsi", "    <graphics type='spice'/>\n",
      "    <controller type='scsi'/>\n    <graphics type='spice'/>\n" },
    { "devices/rng/@model", "virtio", "    <graphics type='spice'/>\n",
      "    <graphics type='spice'/>\n    <rng model='virtio'/>\n" },
    { "devices/disk[2]", NULL,
      "    <disk type='file' device='cdrom'>\n      <target dev='sda' bus='sata'/>\n"
      "      <unknown thing='1'/>\n    </disk>\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LodgeXmlDocument) doc = load (input);
      g_autofree char *expected = expect (cases[i].before, cases[i].after);
      g_autoptr(GError) error = NULL;

      g_assert_true (lodge_xml_document_set_value (doc, lodge_xml_document_get_root (doc),
                                                   cases[i].path, cases[i].value, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, expected);

      while (lodge_xml_document_undo (doc))
        ;
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, input);
      while (lodge_xml_document_redo (doc))
        ;
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, expected);
    }
}

static void
test_bad_values (void)
{
  g_autoptr(LodgeXmlDocument) doc = load (input);
  LodgeXmlNode root = lodge_xml_document_get_root (doc);
  static const char * const values[] = { "\xff\xfe", "a\001b" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (lodge_xml_document_set_value (doc, root, "name", values[i], &error));
      g_assert_error (error, LODGE_ERROR, LODGE_ERROR_INVALID_VALUE);
      g_assert_cmpstr (lodge_xml_document_get_text (doc), ==, input);
    }
}

static char *
repeat (const char *text,
        guint       n)
{
  GString *result = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (result, text);
  return g_string_free_and_steal (result);
}

static void
test_hostile (void)
{
  g_autofree char *deep = repeat ("<a>", LODGE_XML_MAX_DEPTH + 1);
  g_autofree char *attributes = repeat (" a='1'", LODGE_XML_MAX_ATTRIBUTES + 1);
  g_autofree char *wide_tag = g_strdup_printf ("<a%s/>", attributes);
  g_autofree char *elements = repeat ("<a/>", LODGE_XML_MAX_ELEMENTS);
  g_autofree char *many = g_strdup_printf ("<r>%s</r>", elements);
  g_autofree char *long_text = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *large = g_strdup_printf ("<r>%s</r>", long_text);
  const struct { const char *text; gssize length; int code; } cases[] = {
    { "", -1, LODGE_ERROR_PARSE },
    { "no markup", -1, LODGE_ERROR_PARSE },
    { "<a>", -1, LODGE_ERROR_PARSE },
    { "<a b='1' b='2'/>", -1, LODGE_ERROR_PARSE },
    { "<a>&bomb;</a>", -1, LODGE_ERROR_PARSE },
    { "<a>\xff</a>", -1, LODGE_ERROR_PARSE },
    { "<a>\0</a>", 8, LODGE_ERROR_PARSE },
    { "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", -1, LODGE_ERROR_LIMIT },
    { deep, -1, LODGE_ERROR_LIMIT },
    { wide_tag, -1, LODGE_ERROR_LIMIT },
    { many, -1, LODGE_ERROR_LIMIT },
    { large, -1, LODGE_ERROR_LIMIT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (lodge_xml_document_new (cases[i].text, cases[i].length, &error));
      g_assert_error (error, LODGE_ERROR, cases[i].code);
    }
}

/* The scanner ends on every beginning and every mutilation of a text, and stays inside of it */
static void
test_scanner_survives (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (gsize length = 0; length <= strlen (input); length++)
    {
      /* A copy of exactly this size: the sanitizer sees a read beyond it */
      g_autofree char *text = g_memdup2 (input, MAX (length, 1));
      LodgeXmlScanner scanner;
      LodgeXmlToken token;
      gsize last = 0;

      if (length > 0 && g_rand_boolean (rand))
        text[g_rand_int_range (rand, 0, length)] = "<>'\"&/=! "[g_rand_int_range (rand, 0, 9)];
      lodge_xml_scanner_init (&scanner, text, length);
      while (lodge_xml_scanner_next (&scanner, &token))
        {
          g_assert_cmpuint (token.start, >=, last);
          g_assert_cmpuint (token.end, <=, length);
          last = token.end;
        }
      g_assert_cmpuint (scanner.position, ==, length);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml/document/read", test_read);
  g_test_add_func ("/xml/document/edit", test_edit);
  g_test_add_func ("/xml/document/bad-values", test_bad_values);
  g_test_add_func ("/xml/document/hostile", test_hostile);
  g_test_add_func ("/xml/scanner/survives", test_scanner_survives);

  return g_test_run ();
}
