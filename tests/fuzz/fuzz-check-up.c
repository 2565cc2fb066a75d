/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "plan/lodge-check-up.h"
#include "util/lodge-error.h"

/* For libFuzzer: what a host says of itself, and a definition, with the rules of the check-up over both. The input is up
 * to three texts with zeros between them: host capabilities, domain capabilities, a definition. */

#define MAX_MENDED 12

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

#define CHECK(condition) \
  do { if (!(condition)) { g_printerr ("%s:%d: %s\n", __FILE__, __LINE__, #condition); abort (); } } while (0)

/* (transfer full): the text before the next zero */
static char *
take (const uint8_t **data,
      size_t         *size)
{
  const uint8_t *end = *size > 0 ? memchr (*data, '\0', *size) : NULL;
  const size_t length = end != NULL ? (size_t) (end - *data) : *size;
  char *text = g_strndup ((const char *) *data, length);

  *data += length;
  *size -= length;
  if (*size > 0)
    {
      (*data)++;
      (*size)--;
    }
  return text;
}

static void
ask_host (LodgeCapabilities *host)
{
  for (guint i = 0; host != NULL && i < lodge_capabilities_get_n_guests (host); i++)
    {
      const LodgeGuestCapability *guest = lodge_capabilities_get_guest (host, i);

      CHECK (guest != NULL && guest->machines != NULL && guest->features != NULL);
    }
  if (host != NULL)
    lodge_capabilities_choose_guest (host, NULL);
}

/* Mending leaves a document, and one step takes it back */
static void
mend (const LodgeFinding    *finding,
      const char            *text,
      const LodgeCheckFacts *facts)
{
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (text, -1, NULL);
  g_autoptr(LodgeXmlDocument) again = NULL;

  if (!lodge_finding_mend (finding, document, facts, NULL))
    {
      CHECK (g_str_equal (lodge_xml_document_get_text (document), text));
      return;
    }
  again = lodge_xml_document_new (lodge_xml_document_get_text (document), -1, NULL);
  CHECK (again != NULL);
  if (lodge_xml_document_can_undo (document))
    lodge_xml_document_undo (document);
  CHECK (g_str_equal (lodge_xml_document_get_text (document), text));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *host = take (&data, &size);
  g_autofree char *domain = take (&data, &size);
  g_autofree char *definition = take (&data, &size);
  LodgeCheckFacts facts = { lodge_capabilities_new (host, NULL), lodge_domain_capabilities_new (domain, NULL),
                            lodge_machine_facts_new (1024 * 1024, 1) };
  g_autoptr(LodgeXmlDocument) document = lodge_xml_document_new (definition, -1, NULL);

  lodge_machine_facts_set (facts.machine, LODGE_RESOURCE_NETWORK, "default", LODGE_RESOURCE_MISSING);
  lodge_machine_facts_set (facts.machine, LODGE_RESOURCE_FILE, "/a", LODGE_RESOURCE_MISSING);
  ask_host (facts.host);
  if (facts.domain != NULL)
    lodge_domain_capabilities_has_cpu_mode (facts.domain, "custom");
  if (document != NULL)
    {
      g_autoptr(GPtrArray) findings = lodge_check_up (document, &facts);

      for (guint i = 0; i < findings->len && i < MAX_MENDED; i++)
        {
          const LodgeFinding *finding = g_ptr_array_index (findings, i);

          CHECK (g_utf8_validate (finding->reason, -1, NULL));
          if (finding->repair == LODGE_REPAIR_NONE)
            mend (finding, definition, &facts);
        }
    }
  g_clear_object (&facts.host);
  g_clear_object (&facts.domain);
  lodge_machine_facts_unref (facts.machine);
  return 0;
}
