/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-grammar-private.h"

#include <glib/gi18n-lib.h>
#include <libxml/parser.h>
#include <string.h>

#include "util/lodge-error.h"

/* Reads RELAX NG with libxml2 into patterns. The files are installed with libvirt and trusted; what a host sends
 * never chooses one. Of the language that is read what libvirt uses: no list, externalRef, parentRef or div. */

/* 72,000 patterns are 25 MiB */
#define MAX_PATTERNS 50000

/* A grammar has its own defines; one may stand inside another */
typedef struct
{
  GHashTable *defines;   /* name → GPtrArray of xmlNode */
  GHashTable *patterns;  /* name → LodgePattern */
  GHashTable *files;     /* set of those that are read */
  GPtrArray  *starts;    /* of xmlNode */
} Scope;

struct _LodgeGrammar
{
  char             *directory;
  LodgePatternPool *pool;
  GPtrArray        *documents;  /* of xmlDoc */
  GPtrArray        *scopes;
  GPtrArray        *datatypes;
  LodgePattern     *start;
  GError           *error;      /* the first that happened while reading */
};

static LodgePattern *read_pattern (LodgeGrammar *self,
                                   Scope        *scope,
                                   xmlNode      *node,
                                   const char   *define);

static void
scope_free (gpointer data)
{
  Scope *scope = data;

  g_hash_table_unref (scope->defines);
  g_hash_table_unref (scope->patterns);
  g_hash_table_unref (scope->files);
  g_ptr_array_unref (scope->starts);
  g_free (scope);
}

static Scope *
scope_new (LodgeGrammar *self)
{
  Scope *scope = g_new0 (Scope, 1);

  scope->defines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  scope->patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  scope->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  scope->starts = g_ptr_array_new ();
  g_ptr_array_add (self->scopes, scope);
  return scope;
}

static gboolean
is_named (xmlNode    *node,
          const char *name)
{
  return node->type == XML_ELEMENT_NODE && xmlStrEqual (node->name, BAD_CAST name);
}

static char *
dup_attribute (xmlNode    *node,
               const char *name)
{
  xmlChar *value = xmlGetNoNsProp (node, BAD_CAST name);
  char *result = value != NULL ? g_strstrip (g_strdup ((char *) value)) : NULL;

  xmlFree (value);
  return result;
}

static char *
dup_text (xmlNode *node)
{
  xmlChar *text = xmlNodeGetContent (node);
  char *result = g_strdup ((char *) text);

  xmlFree (text);
  return result;
}

static void read_grammar (LodgeGrammar *self,
                          Scope        *scope,
                          xmlNode      *grammar);

static void
read_file (LodgeGrammar *self,
           Scope        *scope,
           const char   *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;
  xmlDoc *document = NULL;

  if (!g_hash_table_add (scope->files, g_strdup (name)))
    return;

  if (g_file_get_contents (path, &text, &length, NULL) && length < G_MAXINT)
    {
      xmlParserCtxt *context = xmlNewParserCtxt ();

      document = xmlCtxtReadMemory (context, text, (int) length, NULL, NULL,
                                    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS);
      xmlFreeParserCtxt (context);
    }
  if (document == NULL)
    {
      if (self->error == NULL)
        lodge_set_error (&self->error, LODGE_ERROR_NOT_FOUND, _("The schema “%s” of libvirt cannot be read."), path);
      return;
    }
  g_ptr_array_add (self->documents, document);
  read_grammar (self, scope, xmlDocGetRootElement (document));
}

static void
read_grammar (LodgeGrammar *self,
              Scope        *scope,
              xmlNode      *grammar)
{
  for (xmlNode *node = grammar->children; node != NULL; node = node->next)
    {
      if (is_named (node, "include"))
        {
          g_autofree char *href = dup_attribute (node, "href");

          read_file (self, scope, href != NULL ? href : "");
        }
      else if (is_named (node, "start"))
        g_ptr_array_add (scope->starts, node);
      else if (is_named (node, "define"))
        {
          g_autofree char *name = dup_attribute (node, "name");
          GPtrArray *nodes = g_hash_table_lookup (scope->defines, name);

          if (nodes == NULL)
            {
              nodes = g_ptr_array_new ();
              g_hash_table_insert (scope->defines, g_strdup (name), nodes);
            }
          g_ptr_array_add (nodes, node);
        }
    }
}

/* The children of @parent, one after the other */
static LodgePattern *
read_children (LodgeGrammar *self,
               Scope        *scope,
               xmlNode      *parent,
               const char   *define)
{
  LodgePattern *result = lodge_pattern_empty (self->pool);

  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    {
      if (node->type == XML_ELEMENT_NODE && !is_named (node, "name") && !is_named (node, "anyName"))
        result = lodge_pattern_group (self->pool, result, read_pattern (self, scope, node, define));
    }
  return result;
}

static LodgePattern *
read_alternatives (LodgeGrammar *self,
                   Scope        *scope,
                   xmlNode      *parent,
                   gboolean      interleave,
                   const char   *define)
{
  LodgePattern *result = interleave ? lodge_pattern_empty (self->pool) : lodge_pattern_not_allowed (self->pool);

  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    {
      LodgePattern *child;

      if (node->type != XML_ELEMENT_NODE)
        continue;
      child = read_pattern (self, scope, node, define);
      result = interleave ? lodge_pattern_interleave (self->pool, result, child)
                          : lodge_pattern_choice (self->pool, result, child);
    }
  return result;
}

static LodgePattern *
read_define (LodgeGrammar *self,
             Scope        *scope,
             const char   *name)
{
  LodgePattern *result = g_hash_table_lookup (scope->patterns, name);
  GPtrArray *nodes = g_hash_table_lookup (scope->defines, name);

  if (result != NULL)
    return result;

  /* Several of one name: combine="choice" is the only way that libvirt uses */
  result = lodge_pattern_not_allowed (self->pool);
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    result = lodge_pattern_choice (self->pool, result,
                                   read_children (self, scope, g_ptr_array_index (nodes, i), name));
  if (nodes == NULL && self->error == NULL)
    lodge_set_error (&self->error, LODGE_ERROR_PARSE,
                     _("The schema of libvirt refers to “%s”, which is not there."), name);
  g_hash_table_insert (scope->patterns, g_strdup (name), result);
  return result;
}

/* “local” or “{namespace}local”; NULL is any name */
static const char *
read_name (LodgeGrammar *self,
           xmlNode      *node,
           gboolean      inherit)
{
  g_autofree char *local = dup_attribute (node, "name");
  g_autofree char *namespace = NULL;
  g_autofree char *full = NULL;

  if (local == NULL)
    {
      xmlNode *child = xmlFirstElementChild (node);

      if (child == NULL || !is_named (child, "name"))
        return NULL;
      local = g_strstrip (dup_text (child));
    }
  for (xmlNode *outer = node; outer != NULL && outer->type == XML_ELEMENT_NODE && namespace == NULL;
       outer = outer->parent)
    {
      namespace = dup_attribute (outer, "ns");
      if (!inherit)
        break;
    }
  if (namespace == NULL || namespace[0] == '\0')
    return lodge_pattern_intern (self->pool, local);
  full = g_strdup_printf ("{%s}%s", namespace, local);
  return lodge_pattern_intern (self->pool, full);
}

/* An element whose content is not allowed is not allowed: else it would be offered and then refused */
static gboolean
is_never (xmlNode *element)
{
  xmlNode *child = xmlFirstElementChild (element);

  return child != NULL && is_named (child, "notAllowed");
}

static void
read_exceptions (LodgeDatatype *datatype,
                 xmlNode       *parent)
{
  for (xmlNode *node = parent->children; node != NULL; node = node->next)
    {
      if (is_named (node, "value"))
        {
          g_autofree char *value = g_strstrip (dup_text (node));

          lodge_datatype_add_exception (datatype, value);
        }
      else if (node->type == XML_ELEMENT_NODE)
        read_exceptions (datatype, node);
    }
}

static LodgePattern *
read_data (LodgeGrammar *self,
           xmlNode      *data,
           const char   *define)
{
  g_autofree char *type = dup_attribute (data, "type");
  LodgeDatatype *datatype = lodge_datatype_new (type, define);

  g_ptr_array_add (self->datatypes, datatype);
  for (xmlNode *node = data->children; node != NULL; node = node->next)
    {
      if (is_named (node, "param"))
        {
          g_autofree char *name = dup_attribute (node, "name");
          g_autofree char *value = dup_text (node);

          if (!lodge_datatype_add_facet (datatype, name, value))
            g_debug ("A facet that is not known: %s %s", name, value);
        }
      else if (is_named (node, "except"))
        read_exceptions (datatype, node);
    }
  return lodge_pattern_data (self->pool, datatype);
}

static LodgePattern *
read_start (LodgeGrammar *self,
            Scope        *scope)
{
  LodgePattern *result = lodge_pattern_not_allowed (self->pool);

  for (guint i = 0; i < scope->starts->len; i++)
    result = lodge_pattern_choice (self->pool, result,
                                   read_children (self, scope, g_ptr_array_index (scope->starts, i), NULL));
  return result;
}

static LodgePattern *
read_inner_grammar (LodgeGrammar *self,
                    xmlNode      *node)
{
  Scope *scope = scope_new (self);

  read_grammar (self, scope, node);
  return read_start (self, scope);
}

static LodgePattern *
read_named (LodgeGrammar *self,
            Scope        *scope,
            xmlNode      *node,
            const char   *define)
{
  LodgePatternPool *pool = self->pool;

  if (is_named (node, "element"))
    {
      if (is_never (node))
        return lodge_pattern_not_allowed (pool);
      node->_private = scope;
      return lodge_pattern_element (pool, read_name (self, node, TRUE), node);
    }
  if (is_named (node, "attribute"))
    {
      xmlNode *child = xmlFirstElementChild (node);
      gboolean has_content = child != NULL
                             && (xmlNextElementSibling (child) != NULL
                                 || (!is_named (child, "name") && !is_named (child, "anyName")));

      return lodge_pattern_attribute (pool, read_name (self, node, FALSE),
                                      has_content ? read_children (self, scope, node, define)
                                                  : lodge_pattern_text (pool));
    }
  if (is_named (node, "ref"))
    {
      g_autofree char *name = dup_attribute (node, "name");

      return read_define (self, scope, name);
    }
  if (is_named (node, "value"))
    {
      g_autofree char *value = dup_text (node);

      return lodge_pattern_value (pool, value);
    }
  if (is_named (node, "data"))
    return read_data (self, node, define);
  if (is_named (node, "grammar"))
    return read_inner_grammar (self, node);
  if (self->error == NULL)
    lodge_set_error (&self->error, LODGE_ERROR_NOT_SUPPORTED,
                     _("The schema of libvirt uses “%s”, which is not read."), (const char *) node->name);
  return lodge_pattern_not_allowed (pool);
}

static LodgePattern *
read_pattern (LodgeGrammar *self,
              Scope        *scope,
              xmlNode      *node,
              const char   *define)
{
  LodgePatternPool *pool = self->pool;

  if (is_named (node, "empty"))
    return lodge_pattern_empty (pool);
  if (is_named (node, "notAllowed"))
    return lodge_pattern_not_allowed (pool);
  if (is_named (node, "text"))
    return lodge_pattern_text (pool);
  if (is_named (node, "group"))
    return read_children (self, scope, node, define);
  if (is_named (node, "choice"))
    return read_alternatives (self, scope, node, FALSE, define);
  if (is_named (node, "interleave"))
    return read_alternatives (self, scope, node, TRUE, define);
  if (is_named (node, "mixed"))
    return lodge_pattern_interleave (pool, read_children (self, scope, node, define), lodge_pattern_text (pool));
  if (is_named (node, "optional"))
    return lodge_pattern_choice (pool, read_children (self, scope, node, define), lodge_pattern_empty (pool));
  if (is_named (node, "oneOrMore"))
    return lodge_pattern_one_or_more (pool, read_children (self, scope, node, define));
  if (is_named (node, "zeroOrMore"))
    return lodge_pattern_choice (pool, lodge_pattern_one_or_more (pool, read_children (self, scope, node, define)),
                                 lodge_pattern_empty (pool));
  return read_named (self, scope, node, define);
}

static LodgePattern *
read_content (gconstpointer source,
              gpointer      user_data)
{
  xmlNode *element = (xmlNode *) source;

  return read_children (user_data, element->_private, element, NULL);
}

/**
 * lodge_grammar_load:
 * @directory: (nullable): of the schemas; %NULL is where libvirt installs them
 * @name: “domain”, “network”, “storagepool” …
 * @error: a file that is not there or that is not understood
 *
 * Reads files: for a worker.
 *
 * Returns: (transfer full) (nullable): the grammar
 */
LodgeGrammar *
lodge_grammar_load (const char  *directory,
                    const char  *name,
                    GError     **error)
{
  g_autoptr(LodgeGrammar) self = g_new0 (LodgeGrammar, 1);
  g_autofree char *file = g_strconcat (name, ".rng", NULL);
  Scope *scope;

  self->directory = g_strdup (directory != NULL ? directory : LODGE_GRAMMAR_DIRECTORY);
  self->pool = lodge_pattern_pool_new (read_content, self);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) xmlFreeDoc);
  self->scopes = g_ptr_array_new_with_free_func (scope_free);
  self->datatypes = g_ptr_array_new_with_free_func ((GDestroyNotify) lodge_datatype_free);

  scope = scope_new (self);
  read_file (self, scope, file);
  self->start = read_start (self, scope);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
lodge_grammar_free (LodgeGrammar *self)
{
  lodge_pattern_pool_free (self->pool);
  g_ptr_array_unref (self->datatypes);
  g_ptr_array_unref (self->scopes);
  g_ptr_array_unref (self->documents);
  g_clear_error (&self->error);
  g_free (self->directory);
  g_free (self);
}

gboolean
lodge_grammar_is_full (LodgeGrammar *self)
{
  return lodge_pattern_pool_get_size (self->pool) > MAX_PATTERNS;
}

LodgePatternPool *
lodge_grammar_get_pool (LodgeGrammar *self)
{
  return self->pool;
}

LodgePattern *
lodge_grammar_get_start (LodgeGrammar *self)
{
  return self->start;
}
