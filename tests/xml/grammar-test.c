/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "grammar-test.h"

LodgeGrammar *
load_grammar (const char *name)
{
  g_autoptr(GError) error = NULL;
  LodgeGrammar *grammar = lodge_grammar_load (NULL, name, &error);

  g_assert_no_error (error);
  return grammar;
}

char *
describe (GPtrArray *faults)
{
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const LodgeXmlFault *fault = g_ptr_array_index (faults, i);

      g_string_append_printf (result, "%s%u:%u %s", i > 0 ? "\n" : "", fault->line, fault->column, fault->message);
    }
  return g_string_free_and_steal (result);
}

const char machine[] =
  "<domain type='kvm'>\n"
  "  <name>machine</name>\n"
  "  <uuid>8d1b6f0e-4c2a-4f0e-9c55-3c1e0a7b2f41</uuid>\n"
  "  <memory unit='KiB'>1048576</memory>\n"
  "  <vcpu>2</vcpu>\n"
  "  <os>\n"
  "    <type arch='x86_64'>hvm</type>\n"
  "  </os>\n"
  "  <features>\n"
  "    <acpi/>\n"
  "  </features>\n"
  "  <on_reboot>restart</on_reboot>\n"
  "  <devices>\n"
  "    <disk type='file' device='disk'>\n"
  "      <driver name='qemu' type='qcow2'/>\n"
  "      <source file='/a.qcow2'/>\n"
  "      <target dev='vda' bus='virtio'/>\n"
  "    </disk>\n"
  "    <interface type='network'>\n"
  "      <mac address='52:54:00:12:34:56'/>\n"
  "      <source network='default'/>\n"
  "    </interface>\n"
  "    <graphics type='spice' autoport='yes'/>\n"
  "    <watchdog model='itco' action='reset'/>\n"
  "  </devices>\n"
  "</domain>\n";
