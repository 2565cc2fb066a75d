/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "xml/lodge-validator.h"
#include "xml/lodge-xml-completion.h"
#include "xml/lodge-xml-scanner.h"

static LodgeGrammar *
load_grammar (void)
{
  g_autoptr(GError) error = NULL;
  LodgeGrammar *grammar = lodge_grammar_load (NULL, "domain", &error);

  g_assert_no_error (error);
  return grammar;
}

#define BEFORE "<domain type='kvm'><name>n</name><memory>1</memory><os><type>hvm</type></os><devices>"
#define AFTER "</devices></domain>"

/* “|” is the cursor. All proposals, the required ones with “!”, what comes with them in (); “+” at the end: and more */
static const struct { const char *text; LodgeXmlCompleteKind kind; const char *typed, *proposals, *hint; } cases[] = {
  { BEFORE "<watchdog action='|'/>" AFTER, LODGE_XML_COMPLETE_VALUE, "",
    "dump inject-nmi none pause poweroff reset shutdown" },
  { BEFORE "<watchdog action='po|x'/>" AFTER, LODGE_XML_COMPLETE_VALUE, "po",
    "dump inject-nmi none pause poweroff reset shutdown" },
  { BEFORE "<watchdog |/>" AFTER, LODGE_XML_COMPLETE_ATTRIBUTE, "", "!model action" },
  { BEFORE "<watchdog act| model='itco'/>" AFTER, LODGE_XML_COMPLETE_ATTRIBUTE, "act", "action" },
  { BEFORE "<watchdog model='itco' |/>" AFTER, LODGE_XML_COMPLETE_ATTRIBUTE, "", "action" },
  { BEFORE "<watchdog model='itco' action='none' |/>" AFTER, LODGE_XML_COMPLETE_ATTRIBUTE, "", "" },
  /* The variant decides: a network's source has no bridge */
  { BEFORE "<interface type='bridge'><source | /></interface>" AFTER, LODGE_XML_COMPLETE_ATTRIBUTE, "",
    "!bridge macTableManager network portgroup portid" },
  { BEFORE "<vsock><cid auto='|'/></vsock>" AFTER, LODGE_XML_COMPLETE_VALUE, "", "no yes" },
  { BEFORE "<interface type='network'><mac address='|'/></interface>" AFTER, LODGE_XML_COMPLETE_VALUE, "", "",
    "a MAC address for one receiver, like 52:54:00:12:34:56" },
  /* Elements: not those that are there already, before or behind the cursor */
  { BEFORE "<rng model='virtio'><rate bytes='1'/><|<driver iommu='on'/></rng>" AFTER, LODGE_XML_COMPLETE_ELEMENT, "",
    "!backend( model='') acpi address( type='') alias( name='')" },
  { BEFORE "<rng model='virtio'><ba|</rng>" AFTER, LODGE_XML_COMPLETE_ELEMENT, "ba",
    "!backend( model='') acpi address( type='') alias( name='') driver rate( bytes='')" },
  { BEFORE "<crypto model='virtio' type='qemu'>\n  <|\n</crypto>" AFTER, LODGE_XML_COMPLETE_ELEMENT, "",
    "!backend( model='') address( type='') alias( name='') driver" },
  { "<domain type='kvm'><on_reboot>|</on_reboot></domain>", LODGE_XML_COMPLETE_VALUE, "",
    "destroy preserve rename-restart restart" },
  { "<domain type='kvm'><on_reboot>re|</on_reboot></domain>", LODGE_XML_COMPLETE_VALUE, "re",
    "destroy preserve rename-restart restart" },
  { "<domain type='kvm'><vcpu>|</vcpu></domain>", LODGE_XML_COMPLETE_VALUE, "", "", "a number from 1 to 65535" },
  { "<domain type='kvm'><devices><rng></|", LODGE_XML_COMPLETE_END_TAG, "", "!rng" },
  { "<domain type='kvm'><devices></dev|></domain>", LODGE_XML_COMPLETE_END_TAG, "dev", "!devices" },
  /* Broken text before it */
  { "<domain type=kvm'><bogus><devices><watchdog |", LODGE_XML_COMPLETE_NOTHING, NULL, NULL },
  { "<domain><features><acpi/></features><devices><disk><target bus='|", LODGE_XML_COMPLETE_VALUE, "",
    "fdc ide sata scsi sd uml usb virtio xen" },
  { "<domain type='kvm'><!-- < | --></domain>", LODGE_XML_COMPLETE_NOTHING, "", "" },
  { "<|", LODGE_XML_COMPLETE_ELEMENT, "", "!domain( type='')" },
  { "|", LODGE_XML_COMPLETE_NOTHING, "", "" },
};

static char *
list_proposals (LodgeXmlCompletion *completion)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < completion->proposals->len; i++)
    {
      const LodgeXmlProposal *proposal = g_ptr_array_index (completion->proposals, i);

      g_string_append_printf (result, "%s%s%s", i > 0 ? " " : "", proposal->required ? "!" : "", proposal->text);
      if (proposal->extra != NULL)
        g_string_append_printf (result, "(%s)", proposal->extra);
    }
  return g_string_free_and_steal (result);
}

static void
test_cases (void)
{
  g_autoptr(LodgeGrammar) grammar = load_grammar ();
  gboolean failed = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize cursor = strchr (cases[i].text, '|') - cases[i].text;
      g_autofree char *text = g_strdup_printf ("%.*s%s", (int) cursor, cases[i].text, cases[i].text + cursor + 1);
      g_autoptr(LodgeXmlCompletion) completion = lodge_xml_completion_new (grammar, text, strlen (text), cursor);
      g_autofree char *proposals = list_proposals (completion);
      g_autofree char *typed = g_strndup (text + completion->start, cursor - completion->start);

      g_assert_cmpuint (completion->start, <=, cursor);
      if (cases[i].proposals == NULL)
        continue;
      if (completion->kind != cases[i].kind || !g_str_equal (proposals, cases[i].proposals)
          || !g_str_equal (typed, cases[i].typed) || g_strcmp0 (completion->hint, cases[i].hint) != 0)
        {
          g_test_message ("%s\n  got kind %u, “%s”: %s (%s)", cases[i].text, completion->kind, typed, proposals,
                          completion->hint);
          failed = TRUE;
        }
    }
  g_assert_false (failed);
}

static const char machine[] =
  "<domain type='kvm'>\n  <name>n</name>\n  <memory>1</memory>\n  <vcpu>2</vcpu>\n  <os>\n    <type>hvm</type>\n"
  "    <boot dev='hd'/>\n  </os>\n  <features>\n    <acpi/>\n  </features>\n  <devices>\n"
  "    <disk type='file' device='disk'>\n      <source file='/a'/>\n      <target dev='vda' bus='virtio'/>\n    "
    "</disk>\n"
  "    <interface type='network'>\n      <source network='default'/>\n      <model type='virtio'/>\n    </interface>\n"
  "    <rng model='virtio'>\n      <backend model='random'>/dev/urandom</backend>\n    </rng>\n  </devices>\n"
  "</domain>\n";

/* Whether the text is right with an element of this name there, apart from what it lacks itself */
static gboolean
is_right (LodgeGrammar *grammar,
          gsize         place,
          const char   *name)
{
  g_autofree char *text = g_strdup_printf ("%.*s<%s/>%s", (int) place, machine, name, machine + place);
  g_autoptr(GPtrArray) faults = lodge_validator_check (grammar, text, strlen (text));

  for (guint i = 0; i < faults->len; i++)
    {
      const LodgeXmlFault *fault = g_ptr_array_index (faults, i);
      gboolean own = fault->offset == place + 1
                     && (strstr (fault->message, " lacks ") != NULL || strstr (fault->message, " is empty") != NULL
                         || strstr (fault->message, "is not complete") != NULL);

      if (!own)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_proposed (LodgeXmlCompletion *completion,
             const char         *name)
{
  for (guint i = 0; i < completion->proposals->len; i++)
    {
      if (g_str_equal (((const LodgeXmlProposal *) completion->proposals->pdata[i])->text, name))
        return TRUE;
    }
  return FALSE;
}

/* What is offered is right, and what is right is offered: at every place of a document */
static void
test_exact (void)
{
  static const char * const names[] = {
    "name", "title", "memory", "vcpu", "cpu", "os", "type", "boot", "loader", "features", "acpi", "apic", "hyperv",
      "clock",
    "devices", "disk", "source", "target", "driver", "serial", "boot", "readonly", "interface", "mac", "model", "link",
    "rng", "backend", "rate", "address", "alias", "watchdog", "graphics", "on_reboot", "metadata", "bogus", "seclabel",
  };
  g_autoptr(LodgeGrammar) grammar = load_grammar ();
  LodgeXmlScanner scanner;
  LodgeXmlToken token;
  guint depth = 0, n_right = 0, n_offered = 0;

  lodge_xml_scanner_init (&scanner, machine, strlen (machine));
  while (lodge_xml_scanner_next (&scanner, &token))
    {
      g_autofree char *text = NULL;
      g_autoptr(LodgeXmlCompletion) completion = NULL;

      if (token.type == LODGE_XML_TOKEN_START_TAG)
        depth++;
      if (token.type == LODGE_XML_TOKEN_END_TAG || (token.type == LODGE_XML_TOKEN_TAG_END && token.empty))
        depth--;
      if (depth == 0 || (token.type != LODGE_XML_TOKEN_END_TAG && token.type != LODGE_XML_TOKEN_TAG_END))
        continue;
      /* Not inside of a text */
      if (machine[token.end] != '\n')
        continue;

      text = g_strdup_printf ("%.*s<%s", (int) token.end, machine, machine + token.end);
      completion = lodge_xml_completion_new (grammar, text, strlen (text), token.end + 1);
      g_assert_cmpuint (completion->kind, ==, LODGE_XML_COMPLETE_ELEMENT);
      for (guint i = 0; i < completion->proposals->len; i++)
        {
          const char *name = ((const LodgeXmlProposal *) completion->proposals->pdata[i])->text;

          if (!is_right (grammar, token.end, name))
            g_error ("at byte %" G_GSIZE_FORMAT " <%s> is offered and wrong", token.end, name);
          n_offered++;
        }
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          if (is_right (grammar, token.end, names[i]))
            {
              if (!is_proposed (completion, names[i]))
                g_error ("at byte %" G_GSIZE_FORMAT " <%s> is right and not offered", token.end, names[i]);
              n_right++;
            }
        }
    }
  g_test_message ("%u offered, %u right of those that were tried", n_offered, n_right);
  g_assert_cmpuint (n_offered, >, 300);
}

/* At every byte of a text, also one that ends there */
static void
test_survives (void)
{
  g_autoptr(LodgeGrammar) grammar = load_grammar ();

  for (gsize cursor = 0; cursor <= strlen (machine); cursor++)
    {
      g_autofree char *text = g_strndup (machine, cursor);
      g_autoptr(LodgeXmlCompletion) whole = lodge_xml_completion_new (grammar, machine, strlen (machine), cursor);
      g_autoptr(LodgeXmlCompletion) cut = lodge_xml_completion_new (grammar, text, cursor, cursor);

      g_assert_cmpuint (whole->start, <=, cursor);
      g_assert_cmpuint (cut->start, <=, cursor);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/xml/completion/cases", test_cases);
  g_test_add_func ("/xml/completion/exact", test_exact);
  g_test_add_func ("/xml/completion/survives", test_survives);

  return g_test_run ();
}
