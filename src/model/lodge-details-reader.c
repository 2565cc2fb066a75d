/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-details-reader"

#include "config.h"

#include "lodge-details-reader.h"

#include <string.h>

#include "lodge-domain-details.h"
#include "lodge-domain-private.h"
#include "lodge-local-metadata.h"
#include "xml/lodge-xml-document.h"

/* Read in one turn of the lane, then the rows are told: what is on the screen comes in two or three */
#define BATCH            16
#define MAX_TITLE        256        /* characters */
#define MAX_DESCRIPTION  1024
#define MAX_ADDRESSES    16

struct _LodgeDetailsReader
{
  LodgeConnection *connection;   /* borrowed: the owner */
  GCancellable    *generation;   /* owned, nullable: while the connection is open */
  GQueue           wanted;       /* of LodgeDomain, owned */
  GHashTable      *queued;       /* borrowed LodgeDomain */
  guint            source;
  gboolean         reading;
  guint            lacking;      /* 1 << virDomainInterfaceAddressesSource that this host does not have */
};

/* One machine of a turn */
typedef struct
{
  LodgeDomain  *domain;     /* owned; main thread */
  virDomainPtr  handle;     /* owned */
  gboolean      details;    /* these are wanted … */
  gboolean      addresses;  /* … and these */
  LodgeDetails *result;     /* owned, nullable: the host did not answer */
} Item;

typedef struct
{
  GArray *items;            /* of Item */
  guint   lacking;
} Turn;

void
lodge_details_free (LodgeDetails *self)
{
  g_free (self->title);
  g_free (self->description);
  g_free (self->os_id);
  g_free (self->folder);
  g_strfreev (self->tags);
  g_strfreev (self->addresses);
  g_free (self);
}

/* At most @max characters, without the white space around; NULL: nothing is left */
static char *
clean_text (char  *text,
            glong  max)
{
  g_autofree char *owned = text;
  char *valid;

  if (owned == NULL)
    return NULL;
  valid = g_utf8_make_valid (owned, -1);
  if (g_utf8_strlen (valid, -1) > max)
    *g_utf8_offset_to_pointer (valid, max) = '\0';
  g_strstrip (valid);
  if (*valid == '\0')
    g_clear_pointer (&valid, g_free);
  return valid;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return g_utf8_collate (*(const char * const *) a, *(const char * const *) b);
}

GStrv
lodge_details_clean_tags (const char * const *tags)
{
  g_autoptr(GPtrArray) result = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; tags != NULL && tags[i] != NULL && result->len < LODGE_MAX_TAGS; i++)
    {
      char *tag = clean_text (g_strdup (tags[i]), LODGE_MAX_TAG_LENGTH);

      if (tag == NULL || g_ptr_array_find_with_equal_func (result, tag, g_str_equal, NULL))
        g_free (tag);
      else
        g_ptr_array_add (result, tag);
    }
  if (result->len == 0)
    return NULL;
  g_ptr_array_sort (result, compare_strings);
  g_ptr_array_add (result, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&result), FALSE);
}

/* “/a//b/” is “a/b” */
char *
lodge_details_clean_folder (const char *folder)
{
  g_autofree char *text = clean_text (g_strdup (folder), LODGE_MAX_FOLDER_LENGTH);
  g_autoptr(GString) result = g_string_new (NULL);
  g_auto(GStrv) parts = NULL;

  if (text == NULL)
    return NULL;
  parts = g_strsplit (text, "/", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*g_strstrip (parts[i]) != '\0')
        g_string_append_printf (result, "%s%s", result->len > 0 ? "/" : "", parts[i]);
    }
  return result->len > 0 ? g_string_free_and_steal (g_steal_pointer (&result)) : NULL;
}

static void
take_machine (LodgeDetails     *self,
              LodgeXmlDocument *doc)
{
  const LodgeXmlNode root = lodge_xml_document_get_root (doc);
  const LodgeXmlNode machine = lodge_xml_document_find (doc, root, "metadata/lodge:machine");
  g_autoptr(GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;

  if (machine == LODGE_XML_NONE)
    return;
  for (LodgeXmlNode node = lodge_xml_document_get_first_child (doc, machine, NULL);
       node != LODGE_XML_NONE;
       node = lodge_xml_document_get_next_sibling (doc, node, NULL))
    {
      g_autofree char *name = lodge_xml_document_get_name (doc, node);
      const char *colon = strchr (name, ':');
      const char *local = colon != NULL ? colon + 1 : name;

      if (g_str_equal (local, "tag") && tags->len < LODGE_MAX_TAGS)
        g_ptr_array_add (tags, lodge_xml_document_get_content (doc, node));
      else if (g_str_equal (local, "folder") && folder == NULL)
        folder = lodge_xml_document_get_content (doc, node);
    }
  g_ptr_array_add (tags, NULL);
  self->tags = lodge_details_clean_tags ((const char * const *) tags->pdata);
  self->folder = lodge_details_clean_folder (folder);
}

LodgeDetails *
lodge_details_parse (const char *xml)
{
  LodgeDetails *self = g_new0 (LodgeDetails, 1);
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, NULL);
  g_autofree char *vcpus = NULL;
  g_autofree char *memory = NULL;
  LodgeXmlNode root;

  self->memory_max = -1;
  if (doc == NULL)
    return self;
  root = lodge_xml_document_get_root (doc);
  self->title = clean_text (lodge_xml_document_get_value (doc, root, "title"), MAX_TITLE);
  self->description = clean_text (lodge_xml_document_get_value (doc, root, "description"), MAX_DESCRIPTION);
  self->os_id = clean_text (lodge_xml_document_get_value (doc, root, "metadata/libosinfo:libosinfo/libosinfo:os/@id"),
                            MAX_TITLE);
  take_machine (self, doc);
  vcpus = lodge_xml_document_get_value (doc, root, "vcpu");
  if (vcpus != NULL)
    self->vcpus = CLAMP (g_ascii_strtoll (vcpus, NULL, 10), 0, 65535);
  memory = lodge_xml_document_get_value (doc, root, "memory");
  if (memory != NULL)
    {
      /* libvirt always gives KiB */
      const gint64 kib = g_ascii_strtoll (memory, NULL, 10);

      self->memory_max = kib > 0 && kib <= G_MAXINT64 / 1024 ? kib * 1024 : -1;
    }
  return self;
}

static void
read_details (LodgeDetails **result,
              virDomainPtr   domain)
{
  /* What it will be at its next start. A machine that is gone with its end has only what is now. */
  char *xml = virDomainGetXMLDesc (domain, VIR_DOMAIN_XML_INACTIVE);
  char uuid[VIR_UUID_STRING_BUFLEN];

  if (xml == NULL)
    xml = virDomainGetXMLDesc (domain, 0);
  if (xml == NULL || virDomainGetUUIDString (domain, uuid) < 0)
    {
      free (xml);
      return;
    }
  *result = lodge_details_parse (xml);
  (*result)->details = TRUE;
  lodge_local_metadata_override (uuid, *result);
  free (xml);
}

static gboolean
is_worth_showing (GInetAddress *address)
{
  return !g_inet_address_get_is_loopback (address) && !g_inet_address_get_is_link_local (address)
         && !g_inet_address_get_is_any (address) && !g_inet_address_get_is_multicast (address);
}

static void
take_interface (virDomainInterfacePtr  interface,
                GPtrArray             *v4,
                GPtrArray             *v6)
{
  for (guint i = 0; i < interface->naddrs; i++)
    {
      /* Parsed: a guest can tell anything */
      g_autoptr(GInetAddress) address = interface->addrs[i].addr != NULL
                                        ? g_inet_address_new_from_string (interface->addrs[i].addr) : NULL;
      GPtrArray *list;
      char *text;

      if (address == NULL || !is_worth_showing (address))
        continue;
      list = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4 ? v4 : v6;
      text = g_inet_address_to_string (address);
      if (list->len < MAX_ADDRESSES && !g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
        g_ptr_array_add (list, text);
      else
        g_free (text);
    }
}

static GStrv
join_addresses (GPtrArray *v4,
                GPtrArray *v6)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < v4->len; i++)
    g_strv_builder_add (builder, v4->pdata[i]);
  for (guint i = 0; i < v6->len; i++)
    g_strv_builder_add (builder, v6->pdata[i]);
  return g_strv_builder_end (builder);
}

/* The first that knows: the host's own leases, the guest's agent, what the host saw on its wires */
static GStrv
read_addresses (virDomainPtr  domain,
                guint        *lacking)
{
  static const guint sources[] = {
    VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE,
    VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT,
    VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP,
  };
  g_autoptr(GPtrArray) v4 = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) v6 = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (sources) && v4->len + v6->len == 0; i++)
    {
      virDomainInterfacePtr *interfaces = NULL;
      int n;

      if ((*lacking & 1u << sources[i]) != 0)
        continue;
      n = virDomainInterfaceAddresses (domain, &interfaces, sources[i], 0);
      if (n < 0 && virGetLastErrorCode () == VIR_ERR_NO_SUPPORT)
        *lacking = ~0u;
      else if (n < 0 && virGetLastErrorCode () == VIR_ERR_ARGUMENT_UNSUPPORTED
               && sources[i] != VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT)
        *lacking |= 1u << sources[i];
      for (int k = 0; k < n; k++)
        {
          take_interface (interfaces[k], v4, v6);
          virDomainInterfaceFree (interfaces[k]);
        }
      free (interfaces);
    }
  return join_addresses (v4, v6);
}

static void
read_worker (GTask         *task,
             virConnectPtr  connection,
             gpointer       task_data,
             GCancellable  *cancellable)
{
  Turn *turn = task_data;

  for (guint i = 0; i < turn->items->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Item *item = &g_array_index (turn->items, Item, i);

      if (item->details)
        read_details (&item->result, item->handle);
      if (item->addresses)
        {
          if (item->result == NULL)
            item->result = g_new0 (LodgeDetails, 1);
          item->result->addresses = read_addresses (item->handle, &turn->lacking);
          item->result->has_addresses = TRUE;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static void
item_clear (gpointer data)
{
  Item *item = data;

  g_clear_object (&item->domain);
  g_clear_pointer (&item->handle, lodge_worker_free_domain);
  g_clear_pointer (&item->result, lodge_details_free);
}

static void
turn_free (gpointer data)
{
  Turn *turn = data;

  g_array_unref (turn->items);
  g_free (turn);
}

static void schedule (LodgeDetailsReader *self);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  LodgeDetailsReader *self;
  Turn *turn = g_task_get_task_data (G_TASK (result));
  const gboolean done = g_task_propagate_boolean (G_TASK (result), NULL);

  /* After a stop the reader may be freed: only a task of the generation may look at it */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  self = user_data;
  self->reading = FALSE;
  self->lacking = turn->lacking;
  for (guint i = 0; done && i < turn->items->len; i++)
    {
      Item *item = &g_array_index (turn->items, Item, i);

      lodge_domain_apply_details (item->domain, item->result, item->details, item->addresses);
    }
  if (done)
    lodge_connection_domains_changed (self->connection);
  schedule (self);
}

static gboolean
start_cb (gpointer user_data)
{
  LodgeDetailsReader *self = user_data;
  g_autoptr(GTask) task = NULL;
  Turn *turn;

  self->source = 0;
  turn = g_new0 (Turn, 1);
  turn->lacking = self->lacking;
  turn->items = g_array_new (FALSE, TRUE, sizeof (Item));
  g_array_set_clear_func (turn->items, item_clear);
  while (turn->items->len < BATCH && !g_queue_is_empty (&self->wanted))
    {
      Item item = { .domain = g_queue_pop_head (&self->wanted) };

      g_hash_table_remove (self->queued, item.domain);
      item.handle = lodge_domain_ref_handle (item.domain);
      lodge_domain_get_wants (item.domain, &item.details, &item.addresses);
      if (item.handle != NULL && (item.details || item.addresses))
        g_array_append_val (turn->items, item);
      else
        item_clear (&item);
    }
  task = g_task_new (self->connection, self->generation, read_cb, self);
  g_task_set_source_tag (task, start_cb);
  g_task_set_task_data (task, turn, turn_free);
  self->reading = TRUE;
  lodge_connection_run (self->connection, LODGE_LANE_DETAILS, task, read_worker);
  return G_SOURCE_REMOVE;
}

static void
schedule (LodgeDetailsReader *self)
{
  if (self->generation != NULL && !self->reading && self->source == 0 && !g_queue_is_empty (&self->wanted))
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, start_cb, self, NULL);
}

LodgeDetailsReader *
lodge_details_reader_new (LodgeConnection *connection)
{
  LodgeDetailsReader *self = g_new0 (LodgeDetailsReader, 1);

  self->connection = connection;
  g_queue_init (&self->wanted);
  self->queued = g_hash_table_new (NULL, NULL);
  return self;
}

void
lodge_details_reader_free (LodgeDetailsReader *self)
{
  lodge_details_reader_stop (self);
  g_hash_table_unref (self->queued);
  g_free (self);
}

void
lodge_details_reader_start (LodgeDetailsReader *self,
                            GCancellable       *generation)
{
  g_set_object (&self->generation, generation);
  self->lacking = 0;
  schedule (self);
}

void
lodge_details_reader_stop (LodgeDetailsReader *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_hash_table_remove_all (self->queued);
  g_queue_clear_full (&self->wanted, g_object_unref);
  g_clear_object (&self->generation);
  self->reading = FALSE;
}

void
lodge_details_reader_want (LodgeDetailsReader *self,
                           LodgeDomain        *domain)
{
  if (self->generation == NULL || !g_hash_table_add (self->queued, domain))
    return;
  g_queue_push_tail (&self->wanted, g_object_ref (domain));
  schedule (self);
}
