/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "xml/lodge-xml-diff.h"
#include "xml/lodge-xml-identity.h"

static LodgeXmlDocument *
load (const char *text)
{
  g_autoptr(GError) error = NULL;
  LodgeXmlDocument *doc = lodge_xml_document_new (text, -1, &error);

  g_assert_no_error (error);
  return doc;
}

static char *
describe (const char        *before,
          const char        *after,
          LodgeXmlDiffFlags  flags)
{
  g_autoptr(LodgeXmlDocument) a = load (before);
  g_autoptr(LodgeXmlDocument) b = load (after);
  g_autoptr(GPtrArray) changes = lodge_xml_diff_fields (a, b, flags);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const LodgeXmlChange *change = g_ptr_array_index (changes, i);

      g_string_append_printf (result, "%s: %s -> %s\n", change->path, change->before, change->after);
    }
  return g_string_free_and_steal (result);
}

#define DEVICES(text) "<domain><devices>" text "</devices></domain>"
#define DISK(dev, rest) "<disk type='file'><target dev='" dev "' bus='virtio'/>" rest "</disk>"

static const struct { const char *before, *after, *changes; LodgeXmlDiffFlags flags; } cases[] = {
  /* Form is no difference */
  { "<domain><name>a</name><vcpu>2</vcpu></domain>", "<domain>\n <vcpu> 2 </vcpu><name>&#x61;</name></domain>", "" },
  { "<domain><memory unit='GiB'>4</memory></domain>", "<domain><memory>4194304</memory></domain>", "" },
  { DEVICES ("<rng><address bus='0x03' slot='7'/></rng>"), DEVICES ("<rng><address slot='0x07' bus='3'/></rng>"), "" },
  { "<d a='yes'/>", "<d a='on'/>", "@a: yes -> on\n" },
  /* Values */
  { "<domain><vcpu>2</vcpu></domain>", "<domain><vcpu current='1'>4</vcpu></domain>",
    "vcpu: 2 -> 4\nvcpu/@current: (null) -> 1\n" },
  { "<domain><features><acpi/></features></domain>", "<domain><features><apic/></features></domain>",
    "features/acpi:  -> (null)\nfeatures/apic: (null) -> \n" },
  /* A device that goes takes its own values only */
  { DEVICES (DISK ("vda", "") DISK ("vdb", "<readonly/>")), DEVICES (DISK ("vdb", "<readonly/>")),
    "devices/disk[vda]/@type: file -> (null)\ndevices/disk[vda]/target/@dev: vda -> (null)\n"
    "devices/disk[vda]/target/@bus: virtio -> (null)\n" },
  { DEVICES (DISK ("vda", "") DISK ("vdb", "")), DEVICES (DISK ("vdb", "") DISK ("vda", "<readonly/>")),
    "devices/disk[vda]/readonly: (null) -> \n" },
  /* Names that stand twice name nothing */
  { DEVICES (DISK ("vda", "") DISK ("vda", "<readonly/>")), DEVICES (DISK ("vda", "") DISK ("vda", "")),
    "devices/disk[2]/readonly:  -> (null)\n" },
  /* Order counts for the boot order only */
  { "<domain><os><boot dev='hd'/><boot dev='cdrom'/></os></domain>",
    "<domain><os><boot dev='cdrom'/><boot dev='hd'/></os></domain>",
    "os/boot/@dev: hd -> cdrom\nos/boot[2]/@dev: cdrom -> hd\n" },
  /* What only a running machine has */
  { "<domain id='3'><currentMemory unit='KiB'>1</currentMemory><seclabel type='dynamic' model='dac'><label>x</label>"
    "</seclabel><devices><disk><source file='/a' index='1'/><backingStore/><target dev='vda'/><alias name='virtio0'/>"
    "</disk><graphics type='vnc' port='5900' autoport='yes' listen='::1'><listen type='address' "
    "address='::1'/></graphics><interface type='network'><mac address='52:54:00:00:00:01'/><source network='n' portid='x' bridge='virbr0'/>"
    "<target dev='vnet3'/></interface><serial type='pty' tty='/dev/pts/1'><source path='/dev/pts/1'/>"
    "<target port='0'/></serial></devices></domain>",
    "<domain><devices><disk><source file='/a'/><target dev='vda'/></disk>"
    "<graphics type='vnc' port='-1' autoport='yes' listen='::1'><listen type='address' address='::1'/></graphics>"
    "<interface type='network'><mac address='52:54:00:00:00:01'/><source network='n'/></interface>"
    "<serial type='pty'><target port='0'/></serial></devices></domain>", "", LODGE_XML_DIFF_LIVE },
  { "<domain id='3'><devices><disk><source file='/a'/><target dev='vda'/><alias name='ua-1'/></disk></devices>"
    "</domain>",
    "<domain><devices><disk><source file='/b'/><target dev='vda'/></disk></devices></domain>",
    "devices/disk[vda]/source/@file: /a -> /b\ndevices/disk[vda]/alias/@name: ua-1 -> (null)\n", LODGE_XML_DIFF_LIVE },
  { "<domain id='1'><cpu mode='custom' match='exact'><model>EPYC</model><feature policy='require' name='x'/>"
    "<topology cores='2'/></cpu></domain>",
    "<domain><cpu mode='host-model'><topology cores='4'/></cpu></domain>", "cpu/topology/@cores: 2 -> 4\n",
    LODGE_XML_DIFF_LIVE },
  { "<domain id='3'/>", "<domain/>", "@id: 3 -> (null)\n" },
};

static void
test_fields (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *changes = describe (cases[i].before, cases[i].after, cases[i].flags);

      g_assert_cmpstr (changes, ==, cases[i].changes);
    }
}

static void
test_rows (void)
{
  g_autoptr(LodgeXmlDocument) a = load (DEVICES (DISK ("vda", "<driver cache='none'/>")));
  g_autoptr(LodgeXmlDocument) b = load ("<domain><clock offset='utc'/>"
                                        "<sysinfo><bios><entry name='vendor'>x</entry></bios></sysinfo><devices>"
                                        DISK ("vda", "<driver cache='unsafe' new='1'/>") "</devices></domain>");
  g_autoptr(GPtrArray) changes = lodge_xml_diff_fields (a, b, LODGE_XML_DIFF_NONE);
  static const struct { const char *schema, *field; } rows[] = {
    { "disk", "cache" }, { "clock", "offset" }, { NULL, NULL }, { "identity", NULL }, { "disk", NULL },
  };

  g_assert_cmpuint (changes->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < changes->len; i++)
    {
      const LodgeXmlChange *change = g_ptr_array_index (changes, i);

      if (i == 2 || i == 3)
        continue;
      g_assert_cmpstr (change->schema != NULL ? change->schema->id : NULL, ==, rows[i].schema);
      g_assert_cmpstr (change->field != NULL ? change->field->id : NULL, ==, rows[i].field);
    }
}

static void
test_printed (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "domain-rich.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr(LodgeXmlDocument) a = NULL;
  g_autoptr(LodgeXmlDocument) b = NULL;
  g_autoptr(GPtrArray) same = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  a = load (text);
  b = load (text);
  same = lodge_xml_diff_fields (a, b, LODGE_XML_DIFF_NONE);
  g_assert_cmpuint (same->len, ==, 0);

  /* Every device finds itself, also when the one before it is gone */
  for (LodgeXmlNode node = lodge_xml_document_get_first_child (a, lodge_xml_document_find (a, 1, "devices"), NULL);
       node != LODGE_XML_NONE; node = lodge_xml_document_get_next_sibling (a, node, NULL))
    g_assert_cmpuint (lodge_xml_identity_find (a, node, b), ==, node);
}

static void
test_identity (void)
{
  static const struct { const char *here, *there; guint found; } devices[] = {
    { "<rng/><video/>", "<video/><rng/>", 2 },
    { "<rng/>", "<rng/><rng/>", 0 },
    { "<disk><target dev='vdb'/></disk>", "<disk><target dev='vda'/></disk>", 0 },
    { "<disk><target dev='vdb'/><alias name='ua-1'/></disk>",
      "<disk><target dev='vda'/><alias name='ua-1'/></disk>", 1 },
    { "<disk><target dev='vdb'/><alias name='virtio1'/></disk>", "<disk/><disk><target dev='vdb'/></disk>", 2 },
    { "<hostdev><source><address uuid='a'/></source></hostdev><hostdev/>",
      "<hostdev/><hostdev><source><address uuid='a'/></source></hostdev>", 2 },
    { "<memory model='dimm'><address slot='0'/></memory>", "<memory model='dimm'><address slot='1'/></memory>", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *here = g_strdup_printf (DEVICES ("%s"), devices[i].here);
      g_autofree char *there = g_strdup_printf (DEVICES ("%s"), devices[i].there);
      g_autoptr(LodgeXmlDocument) a = load (here);
      g_autoptr(LodgeXmlDocument) b = load (there);
      LodgeXmlNode found = lodge_xml_identity_find (a, lodge_xml_document_find (a, 1, "devices") + 1, b);
      LodgeXmlNode child = lodge_xml_document_get_first_child (b, 2, NULL);

      for (guint n = 1; n < devices[i].found; n++)
        child = lodge_xml_document_get_next_sibling (b, child, NULL);
      g_assert_cmpuint (found, ==, devices[i].found > 0 ? child : LODGE_XML_NONE);
    }
}

static char *
merge (GArray *lines,
       char    side,
       guint  *n_changed)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      const LodgeXmlLine *line = &g_array_index (lines, LodgeXmlLine, i);

      *n_changed += line->kind != ' ';
      if (line->kind == ' ' || line->kind == side)
        {
          g_string_append_len (result, line->text, line->length);
          g_string_append_c (result, '\n');
        }
    }
  return g_string_free_and_steal (result);
}

static void
test_lines (void)
{
  static const struct { const char *before, *after, *kinds; guint n_changed; } texts[] = {
    { "", "", "", 0 },
    { "a\n", "a\n", " ", 0 },
    { "", "a\nb\n", "++", 2 },
    { "a\nb\n", "", "--", 2 },
    { "a\nb\nc\n", "a\nx\nc\n", " -+ ", 2 },
    { "a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", NULL, 5 },  /* Myers' own example */
    { "a\n\nb", "a\nb\n", " - ", 1 },
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (42);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GArray) lines = lodge_xml_diff_lines (texts[i].before, texts[i].after);
      guint n_changed = 0;
      g_autofree char *before = merge (lines, '-', &n_changed);

      g_assert_cmpuint (n_changed, ==, texts[i].n_changed);
      for (guint j = 0; texts[i].kinds != NULL && j < lines->len; j++)
        g_assert_cmpint (g_array_index (lines, LodgeXmlLine, j).kind, ==, texts[i].kinds[j]);
    }

  /* Both texts can be read from the result, and it is short */
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr(GString) a = g_string_new (NULL), b = g_string_new (NULL);
      g_autoptr(GArray) lines = NULL;
      g_autofree char *before = NULL, *after = NULL;
      guint n = g_rand_int_range (rand, 0, i < 297 ? 60 : 3000), removed = 0, n_changed = 0;

      for (guint line = 0; line < n; line++)
        g_string_append_printf (a, "%d\n", g_rand_int_range (rand, 0, 1000));
      for (const char *p = a->str; *p != '\0'; p = strchr (p, '\n') + 1)
        {
          if (g_rand_int_range (rand, 0, 10) > 0)
            g_string_append_len (b, p, strchr (p, '\n') + 1 - p);
          else
            removed++;
        }
      lines = lodge_xml_diff_lines (a->str, b->str);
      before = merge (lines, '-', &n_changed);
      g_assert_cmpstr (before, ==, a->str);
      g_assert_cmpuint (n_changed, ==, removed);
      after = merge (lines, '+', &n_changed);
      g_assert_cmpstr (after, ==, b->str);
    }
}

/* Texts that have nothing in common do not take the memory of the machine */
static void
test_large (void)
{
  g_autoptr(GString) a = g_string_new (NULL), b = g_string_new (NULL);
  g_autoptr(GArray) lines = NULL;

  for (guint i = 0; i < 20000; i++)
    {
      g_string_append_printf (a, "a%u\n", i);
      g_string_append_printf (b, "b%u\n", i);
    }
  lines = lodge_xml_diff_lines (a->str, b->str);
  g_assert_cmpuint (lines->len, ==, 40000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml/diff/fields", test_fields);
  g_test_add_func ("/xml/diff/rows", test_rows);
  g_test_add_func ("/xml/diff/printed", test_printed);
  g_test_add_func ("/xml/diff/identity", test_identity);
  g_test_add_func ("/xml/diff/lines", test_lines);
  g_test_add_func ("/xml/diff/large", test_large);

  return g_test_run ();
}
