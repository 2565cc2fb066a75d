/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "generator.h"

#include <string.h>

#define NEVER 1000000

typedef struct
{
  LodgePatternPool *pool;
  GHashTable       *costs;    /* LodgePattern → what it takes at least */
  GHashTable       *parents;  /* element → the element around it on the shortest way from the root */
  GQueue            queue;
  GeneratorFunc     func;
  gpointer          user_data;
  guint             n_targets;
} Generator;

/* What is written of one element */
typedef struct
{
  GString *attributes;
  GString *body;
} Piece;

static guint
get_cost (Generator    *self,
          LodgePattern *pattern)
{
  gpointer known;
  guint cost, a, b;

  if (g_hash_table_lookup_extended (self->costs, pattern, NULL, &known))
    return GPOINTER_TO_UINT (known);
  /* While it is being found out: an element in itself is no way out */
  g_hash_table_insert (self->costs, pattern, GUINT_TO_POINTER (NEVER));

  switch (pattern->type)
    {
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
      cost = 0;
      break;
    case LODGE_PATTERN_ATTRIBUTE:
      cost = 1;
      break;
    case LODGE_PATTERN_ELEMENT:
      cost = 10 + get_cost (self, lodge_pattern_get_content (self->pool, pattern));
      break;
    case LODGE_PATTERN_CHOICE:
      a = get_cost (self, pattern->a);
      b = get_cost (self, pattern->b);
      cost = MIN (a, b);
      break;
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      cost = get_cost (self, pattern->a) + get_cost (self, pattern->b);
      break;
    case LODGE_PATTERN_ONE_OR_MORE:
      cost = get_cost (self, pattern->a);
      break;
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_AFTER:
    default:
      cost = NEVER;
      break;
    }
  cost = MIN (cost, NEVER);
  if (cost == NEVER)
    g_hash_table_remove (self->costs, pattern);
  else
    g_hash_table_insert (self->costs, pattern, GUINT_TO_POINTER (cost));
  return cost;
}

static gboolean
contains (LodgePattern *pattern,
          LodgePattern *target)
{
  return pattern == target
         || (pattern->type != LODGE_PATTERN_ELEMENT
             && ((pattern->a != NULL && contains (pattern->a, target))
                 || (pattern->b != NULL && contains (pattern->b, target))));
}

static const char *
get_sample (const LodgeDatatype *datatype)
{
  static const char * const samples[] = {
    "1", "0", "10", "a", "yes", "vda", "0x1", "0x01", "0x0001", "0x00000001", "0xffff", "0x0.0", "/a", "/dev/a",
    "1.2.3.4", "::1", "24", "52:54:00:12:34:56", "8d1b6f0e-4c2a-4f0e-9c55-3c1e0a7b2f41", "KiB",
    "2026-01-31T12:00:00", "naa.5123456789abcde0", "5123456789abcde0", "1.10", "0-3", "0644", "12345678",
    "aaaaaaaaaaaa", "eth0", "100", "4096", "0.5", "2.0", "1-2", "host1", "ua-x", "[a] /b", "a=b", "01:00:5e:00:00:01",
    "00:01:00:01:4a:1f:ba:e3:60:b9:1f:01:23:45", "00:03:00:01:60:b9:1f:01:23:45", "52:54:00:00:00:01", "0:0:0:0",
    "A", "AAAA", "fe80::1", "10.0.0.0", "org.a", "IP", "tcp", "30", "01/02/2026", "1.0", "sync_pt", "aabbccdd", "ff",
    "0123456789abcdef0123456789abcdef", "1.2", "cpu0", "00000000", "a:b", "0000000000000001", "a.b",
    "ipv4", "iqn.2020-01.org.a:b", "$A", "0x000001", "0x00", "0xf1", "vepa", "-1", "llc_a", "mac-a", "stp-a", "vlan-a",
    "arp-a", "rarp-a", "ipv4-a", "ipv6-a", "Reply", "NEW", "SYN/ACK", "SRC", "00:02:00:00:01:02:03",
    "00:04:00:01:02:03:04:05:06:07:08:09:0a:0b:0c:0d:0e:0f",
  };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      if (lodge_datatype_check (datatype, samples[i]))
        return samples[i];
    }
  g_error ("no sample of %s %s", lodge_datatype_get_type (datatype), lodge_datatype_get_pattern (datatype));
}

static void write_element (Generator    *self,
                           LodgePattern *element,
                           LodgePattern *target,
                           LodgePattern *value,
                           GSList       *way,
                           GString      *out);

static void
write_value (Generator    *self,
             LodgePattern *pattern,
             LodgePattern *value,
             GString      *out)
{
  g_autofree char *escaped = NULL;

  switch (pattern->type)
    {
    case LODGE_PATTERN_VALUE:
      escaped = g_markup_escape_text (pattern->name, -1);
      g_string_append (out, escaped);
      break;
    case LODGE_PATTERN_DATA:
      escaped = g_markup_escape_text (get_sample (pattern->source), -1);
      g_string_append (out, escaped);
      break;
    case LODGE_PATTERN_TEXT:
      g_string_append (out, "text");
      break;
    case LODGE_PATTERN_CHOICE:
      if (value != NULL && contains (pattern->a, value))
        write_value (self, pattern->a, value, out);
      else if (value != NULL && contains (pattern->b, value))
        write_value (self, pattern->b, value, out);
      else
        write_value (self, pattern->a->type == LODGE_PATTERN_EMPTY ? pattern->b : pattern->a, value, out);
      break;
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      write_value (self, pattern->a, value, out);
      write_value (self, pattern->b, value, out);
      break;
    case LODGE_PATTERN_ONE_OR_MORE:
      write_value (self, pattern->a, value, out);
      break;
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_ATTRIBUTE:
    case LODGE_PATTERN_ELEMENT:
    case LODGE_PATTERN_AFTER:
    default:
      break;
    }
}

/* @target: what must be written of the content; @way: what follows inside it */
static void
write_content (Generator    *self,
               LodgePattern *pattern,
               LodgePattern *target,
               LodgePattern *value,
               GSList       *way,
               Piece        *piece)
{
  LodgePattern *chosen;

  switch (pattern->type)
    {
    case LODGE_PATTERN_CHOICE:
      if (target != NULL && contains (pattern->a, target))
        chosen = pattern->a;
      else if (target != NULL && contains (pattern->b, target))
        chosen = pattern->b;
      else
        chosen = get_cost (self, pattern->b) < get_cost (self, pattern->a) ? pattern->b : pattern->a;
      write_content (self, chosen, target, value, way, piece);
      break;
    case LODGE_PATTERN_INTERLEAVE:
    case LODGE_PATTERN_GROUP:
      write_content (self, pattern->a, target, value, way, piece);
      /* Once is enough */
      write_content (self, pattern->b, target != NULL && contains (pattern->a, target) ? NULL : target, value, way,
                     piece);
      break;
    case LODGE_PATTERN_ONE_OR_MORE:
      write_content (self, pattern->a, target, value, way, piece);
      break;
    case LODGE_PATTERN_ATTRIBUTE:
      g_string_append_printf (piece->attributes, " %s=\"", pattern->name != NULL ? pattern->name : "any");
      write_value (self, pattern->a, pattern == target ? value : NULL, piece->attributes);
      g_string_append_c (piece->attributes, '"');
      break;
    case LODGE_PATTERN_ELEMENT:
      write_element (self, pattern, pattern == target && way != NULL ? way->data : NULL, value,
                     pattern == target && way != NULL ? way->next : NULL, piece->body);
      break;
    case LODGE_PATTERN_TEXT:
    case LODGE_PATTERN_DATA:
    case LODGE_PATTERN_VALUE:
      write_value (self, pattern, value, piece->body);
      break;
    case LODGE_PATTERN_EMPTY:
    case LODGE_PATTERN_NOT_ALLOWED:
    case LODGE_PATTERN_AFTER:
    default:
      break;
    }
}

static void
write_element (Generator    *self,
               LodgePattern *element,
               LodgePattern *target,
               LodgePattern *value,
               GSList       *way,
               GString      *out)
{
  g_autoptr(GString) attributes = g_string_new (NULL);
  g_autoptr(GString) body = g_string_new (NULL);
  Piece piece = { attributes, body };
  const char *name = element->name != NULL ? element->name : "{urn:any}any";
  const char *brace = name[0] == '{' ? strrchr (name, '}') : NULL;

  write_content (self, lodge_pattern_get_content (self->pool, element), target, value, way, &piece);
  if (brace != NULL)
    g_string_append_printf (out, "<%s xmlns=\"%.*s\"%s", brace + 1, (int) (brace - name) - 1, name + 1,
                            attributes->str);
  else
    g_string_append_printf (out, "<%s%s", name, attributes->str);
  name = brace != NULL ? brace + 1 : name;
  if (body->len > 0)
    g_string_append_printf (out, ">%s</%s>", body->str, name);
  else
    g_string_append (out, "/>");
}

/* The document that has @target in @element (or @element itself) */
static void
emit (Generator    *self,
      LodgePattern *element,
      LodgePattern *target,
      LodgePattern *value)
{
  GSList *way = target != NULL ? g_slist_prepend (NULL, target) : NULL;
  g_autoptr(GString) document = g_string_new (NULL);
  g_autoptr(GString) label = g_string_new (NULL);
  LodgePattern *step = element, *outer;

  g_string_append (label, element->name != NULL ? element->name : "*");
  if (target != NULL && target->type == LODGE_PATTERN_ATTRIBUTE)
    g_string_append_printf (label, "/@%s", target->name != NULL ? target->name : "*");
  if (value != NULL)
    g_string_append_printf (label, "=%s", value->name);

  while ((outer = g_hash_table_lookup (self->parents, step)) != NULL)
    {
      way = g_slist_prepend (way, step);
      g_string_prepend (label, "/");
      g_string_prepend (label, outer->name != NULL ? outer->name : "*");
      step = outer;
    }
  write_element (self, step, way != NULL ? way->data : NULL, value, way != NULL ? way->next : NULL, document);
  g_slist_free (way);
  self->n_targets++;
  self->func (label->str, document->str, self->user_data);
}

static void
emit_values (Generator    *self,
             LodgePattern *element,
             LodgePattern *attribute,
             LodgePattern *pattern)
{
  if (pattern->type == LODGE_PATTERN_VALUE)
    emit (self, element, attribute, pattern);
  if (pattern->a != NULL)
    emit_values (self, element, attribute, pattern->a);
  if (pattern->b != NULL)
    emit_values (self, element, attribute, pattern->b);
}

/* Targets of an element's content, and the elements in it that were not seen before */
static void
visit (Generator    *self,
       LodgePattern *element,
       LodgePattern *pattern,
       GHashTable   *seen)
{
  if (!g_hash_table_add (seen, pattern))
    return;
  if (pattern->type == LODGE_PATTERN_ATTRIBUTE)
    {
      emit (self, element, pattern, NULL);
      emit_values (self, element, pattern, pattern->a);
    }
  else if (pattern->type == LODGE_PATTERN_ELEMENT)
    {
      if (get_cost (self, pattern) < NEVER && !g_hash_table_contains (self->parents, pattern))
        {
          g_hash_table_insert (self->parents, pattern, element);
          g_queue_push_tail (&self->queue, pattern);
        }
    }
  else
    {
      if (pattern->a != NULL)
        visit (self, element, pattern->a, seen);
      if (pattern->b != NULL)
        visit (self, element, pattern->b, seen);
    }
}

static void
add_roots (Generator    *self,
           LodgePattern *pattern)
{
  if (pattern->type == LODGE_PATTERN_ELEMENT)
    {
      g_hash_table_insert (self->parents, pattern, NULL);
      g_queue_push_tail (&self->queue, pattern);
    }
  else if (pattern->type == LODGE_PATTERN_CHOICE)
    {
      add_roots (self, pattern->a);
      add_roots (self, pattern->b);
    }
}

/* Calls @func with one document for each target; returns how many there are */
guint
generator_run (LodgeGrammar  *grammar,
               GeneratorFunc  func,
               gpointer       user_data)
{
  Generator self = {
    .pool = lodge_grammar_get_pool (grammar), .costs = g_hash_table_new (NULL, NULL),
    .parents = g_hash_table_new (NULL, NULL), .queue = G_QUEUE_INIT, .func = func, .user_data = user_data,
  };
  LodgePattern *element;

  add_roots (&self, lodge_grammar_get_start (grammar));
  while ((element = g_queue_pop_head (&self.queue)) != NULL)
    {
      g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

      emit (&self, element, NULL, NULL);
      visit (&self, element, lodge_pattern_get_content (self.pool, element), seen);
    }
  g_hash_table_unref (self.costs);
  g_hash_table_unref (self.parents);
  return self.n_targets;
}
