/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-snapshot"

#include "config.h"

#include "lodge-connection-private.h"
#include "lodge-domain-private.h"
#include "lodge-libvirt-error.h"
#include "lodge-snapshot.h"

#include <glib/gi18n.h>

#include "util/lodge-error.h"
#include "xml/lodge-xml-document.h"

#define MAX_SNAPSHOTS 10000

struct _LodgeSnapshot
{
  GObject            parent_instance;

  char              *name;
  char              *description;   /* nullable */
  char              *parent;        /* nullable */
  gint64             time;
  LodgeSnapshotKind  kind;
  gboolean           external;
  gboolean           current;
};

G_DEFINE_FINAL_TYPE (LodgeSnapshot, lodge_snapshot, G_TYPE_OBJECT)

static void
lodge_snapshot_finalize (GObject *object)
{
  LodgeSnapshot *self = LODGE_SNAPSHOT (object);

  g_free (self->name);
  g_free (self->description);
  g_free (self->parent);

  G_OBJECT_CLASS (lodge_snapshot_parent_class)->finalize (object);
}

static void
lodge_snapshot_class_init (LodgeSnapshotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lodge_snapshot_finalize;
}

static void
lodge_snapshot_init (LodgeSnapshot *self)
{
}

static LodgeSnapshotKind
read_kind (const char *state)
{
  static const struct { const char *state; LodgeSnapshotKind kind; } kinds[] = {
    { "running", LODGE_SNAPSHOT_RUNNING },
    { "paused", LODGE_SNAPSHOT_PAUSED },
    { "disk-snapshot", LODGE_SNAPSHOT_DISK_ONLY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (kinds[i].state, state) == 0)
        return kinds[i].kind;
    }
  return LODGE_SNAPSHOT_OFF;
}

static gboolean
has_external_disk (LodgeXmlDocument *doc,
                   LodgeXmlNode      root)
{
  LodgeXmlNode disks = lodge_xml_document_get_first_child (doc, root, "disks");

  for (LodgeXmlNode disk = disks != LODGE_XML_NONE ? lodge_xml_document_get_first_child (doc, disks, "disk")
       : LODGE_XML_NONE;
       disk != LODGE_XML_NONE;
       disk = lodge_xml_document_get_next_sibling (doc, disk, "disk"))
    {
      g_autofree char *where = lodge_xml_document_get_attribute (doc, disk, "snapshot");

      if (g_strcmp0 (where, "external") == 0)
        return TRUE;
    }
  return FALSE;
}

LodgeSnapshot *
lodge_snapshot_new_from_xml (const char  *xml,
                             gboolean     current,
                             GError     **error)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, error);
  g_autoptr(LodgeSnapshot) self = NULL;
  g_autofree char *state = NULL;
  g_autofree char *time = NULL;
  g_autofree char *memory = NULL;
  LodgeXmlNode root;

  if (doc == NULL)
    return NULL;
  root = lodge_xml_document_get_root (doc);
  self = g_object_new (LODGE_TYPE_SNAPSHOT, NULL);
  self->name = lodge_xml_document_get_value (doc, root, "name");
  self->description = lodge_xml_document_get_value (doc, root, "description");
  self->parent = lodge_xml_document_get_value (doc, root, "parent/name");
  state = lodge_xml_document_get_value (doc, root, "state");
  time = lodge_xml_document_get_value (doc, root, "creationTime");
  memory = lodge_xml_document_get_value (doc, root, "memory/@snapshot");
  self->time = time != NULL ? g_ascii_strtoll (time, NULL, 10) : 0;
  self->kind = read_kind (state);
  self->external = has_external_disk (doc, root) || g_strcmp0 (memory, "external") == 0;
  self->current = current;
  if (self->name == NULL)
    {
      lodge_set_error (error, LODGE_ERROR_PARSE, _("A snapshot without a name cannot be used."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* Reading */

static int
compare_snapshots (gconstpointer a,
                   gconstpointer b)
{
  const LodgeSnapshot *first = *(LodgeSnapshot * const *) a;
  const LodgeSnapshot *second = *(LodgeSnapshot * const *) b;

  if (first->time != second->time)
    return first->time < second->time ? -1 : 1;
  return g_strcmp0 (first->name, second->name);
}

static void
list_worker (GTask        *task,
             virDomainPtr  domain,
             gpointer      task_data,
             GCancellable *cancellable)
{
  virDomainSnapshotPtr *snapshots = NULL;
  const int n = virDomainListAllSnapshots (domain, &snapshots, 0);
  g_autoptr(GPtrArray) items = NULL;
  GListStore *store;

  if (n < 0)
    {
      g_task_return_error (task, lodge_domain_new_error (domain));
      return;
    }
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < n; i++)
    {
      char *xml = items->len < MAX_SNAPSHOTS && !g_cancellable_is_cancelled (cancellable)
                  ? virDomainSnapshotGetXMLDesc (snapshots[i], 0) : NULL;
      LodgeSnapshot *snapshot =
        xml != NULL ? lodge_snapshot_new_from_xml (xml, virDomainSnapshotIsCurrent (snapshots[i], 0) == 1, NULL) : NULL;

      if (snapshot != NULL)
        g_ptr_array_add (items, snapshot);
      free (xml);
      virDomainSnapshotFree (snapshots[i]);
    }
  free (snapshots);
  g_ptr_array_sort (items, compare_snapshots);
  store = g_list_store_new (LODGE_TYPE_SNAPSHOT);
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  g_task_return_pointer (task, store, g_object_unref);
}

void
lodge_domain_list_snapshots_async (LodgeDomain         *domain,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (domain, cancellable, callback, user_data);

  g_task_set_source_tag (task, lodge_domain_list_snapshots_async);
  lodge_domain_run_call (domain, LODGE_LANE_BULK, task, list_worker);
}

GListModel *
lodge_domain_list_snapshots_finish (LodgeDomain   *domain,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Changing. One kind of call with its data; a job ends with it. */

typedef struct
{
  char     *name;
  char     *description;   /* nullable */
  gboolean  flag;          /* with the memory; with the children */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->name);
  g_free (change->description);
  g_free (change);
}

static void
end_job_cb (GObject    *task,
            GParamSpec *pspec,
            LodgeJob   *job)
{
  const GError *error = g_object_get_data (task, "lodge-error");

  lodge_job_finish (job, error);
}

static void
run (LodgeDomain         *domain,
     gpointer             tag,
     LodgeDomainFunc      func,
     const char          *name,
     const char          *description,
     gboolean             flag,
     LodgeJob            *job,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (domain, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->name = g_strdup (name);
  change->description = g_strdup (description);
  change->flag = flag;
  g_task_set_source_tag (task, tag);
  if (job != NULL)
    g_signal_connect_object (task, "notify::completed", G_CALLBACK (end_job_cb), job, 0);
  lodge_domain_run_call_full (domain, LODGE_LANE_LONG, task, func, change, change_free);
}

/* The job is told in the main context, when the task has completed */
static void
fail (GTask  *task,
      GError *error)
{
  g_object_set_data_full (G_OBJECT (task), "lodge-error", g_error_copy (error), (GDestroyNotify) g_error_free);
  g_task_return_error (task, error);
}

static gboolean
finish (LodgeDomain   *domain,
        GAsyncResult  *result,
        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, domain), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
take_worker (GTask        *task,
             virDomainPtr  domain,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Change *change = task_data;
  g_autofree char *xml =
    change->description != NULL && *change->description != '\0'
    ? g_markup_printf_escaped ("<domainsnapshot><name>%s</name><description>%s</description></domainsnapshot>",
                               change->name, change->description)
    : g_markup_printf_escaped ("<domainsnapshot><name>%s</name></domainsnapshot>", change->name);
  const gboolean disks_only = !change->flag && virDomainIsActive (domain) == 1;
  virDomainSnapshotPtr snapshot = virDomainSnapshotCreateXML (domain, xml,
                                                              disks_only ? VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY : 0);

  if (snapshot == NULL)
    {
      fail (task, lodge_domain_new_error (domain));
      return;
    }
  virDomainSnapshotFree (snapshot);
  g_task_return_boolean (task, TRUE);
}

void
lodge_domain_take_snapshot_async (LodgeDomain         *domain,
                                  const char          *name,
                                  const char          *description,
                                  gboolean             memory,
                                  LodgeJob            *job,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  run (domain, lodge_domain_take_snapshot_async, take_worker, name, description, memory, job, callback, user_data);
}

gboolean
lodge_domain_take_snapshot_finish (LodgeDomain   *domain,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return finish (domain, result, error);
}

/* Looks the snapshot up; its task has ended when that fails */
static virDomainSnapshotPtr
lookup (GTask        *task,
        virDomainPtr  domain,
        Change       *change)
{
  virDomainSnapshotPtr snapshot = virDomainSnapshotLookupByName (domain, change->name, 0);

  if (snapshot == NULL)
    fail (task, lodge_domain_new_error (domain));
  return snapshot;
}

static void
end (GTask                *task,
     virDomainPtr          domain,
     virDomainSnapshotPtr  snapshot,
     int                   result)
{
  if (result < 0)
    fail (task, lodge_domain_new_error (domain));
  else
    g_task_return_boolean (task, TRUE);
  virDomainSnapshotFree (snapshot);
}

static void
revert_worker (GTask        *task,
               virDomainPtr  domain,
               gpointer      task_data,
               GCancellable *cancellable)
{
  virDomainSnapshotPtr snapshot = lookup (task, domain, task_data);
  int result;

  if (snapshot == NULL)
    return;
  result = virDomainRevertToSnapshot (snapshot, 0);
  /* “Risky” means that another process of QEMU is started: to go back is what was asked for */
  if (result < 0 && virGetLastErrorCode () == VIR_ERR_SNAPSHOT_REVERT_RISKY)
    result = virDomainRevertToSnapshot (snapshot, VIR_DOMAIN_SNAPSHOT_REVERT_FORCE);
  end (task, domain, snapshot, result);
}

void
lodge_domain_revert_async (LodgeDomain         *domain,
                           LodgeSnapshot       *snapshot,
                           LodgeJob            *job,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  run (domain, lodge_domain_revert_async, revert_worker, snapshot->name, NULL, FALSE, job, callback, user_data);
}

gboolean
lodge_domain_revert_finish (LodgeDomain   *domain,
                            GAsyncResult  *result,
                            GError       **error)
{
  return finish (domain, result, error);
}

static void
delete_worker (GTask        *task,
               virDomainPtr  domain,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Change *change = task_data;
  virDomainSnapshotPtr snapshot = lookup (task, domain, change);

  if (snapshot != NULL)
    end (task, domain, snapshot,
         virDomainSnapshotDelete (snapshot, change->flag ? VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN : 0));
}

void
lodge_domain_delete_snapshot_async (LodgeDomain         *domain,
                                    LodgeSnapshot       *snapshot,
                                    gboolean             children,
                                    LodgeJob            *job,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  run (domain, lodge_domain_delete_snapshot_async, delete_worker, snapshot->name, NULL, children, job, callback,
       user_data);
}

gboolean
lodge_domain_delete_snapshot_finish (LodgeDomain   *domain,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return finish (domain, result, error);
}

/* Its XML with another description; what we do not know of it stays */
static char *
redescribe (const char  *xml,
            const char  *description,
            GError     **error)
{
  g_autoptr(LodgeXmlDocument) doc = lodge_xml_document_new (xml, -1, error);

  if (doc == NULL
      || !lodge_xml_document_set_value (doc, lodge_xml_document_get_root (doc), "description",
                                        *description != '\0' ? description : NULL, error))
    return NULL;
  return g_strdup (lodge_xml_document_get_text (doc));
}

static void
describe_worker (GTask        *task,
                 virDomainPtr  domain,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Change *change = task_data;
  virDomainSnapshotPtr snapshot = lookup (task, domain, change);
  unsigned int flags = VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE;
  virDomainSnapshotPtr redefined;
  g_autofree char *changed = NULL;
  GError *error = NULL;
  char *xml;

  if (snapshot == NULL)
    return;
  if (virDomainSnapshotIsCurrent (snapshot, 0) == 1)
    flags |= VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT;
  xml = virDomainSnapshotGetXMLDesc (snapshot, VIR_DOMAIN_SNAPSHOT_XML_SECURE);
  virDomainSnapshotFree (snapshot);
  if (xml == NULL)
    {
      fail (task, lodge_domain_new_error (domain));
      return;
    }
  changed = redescribe (xml, change->description, &error);
  free (xml);
  if (changed == NULL)
    {
      fail (task, error);
      return;
    }
  redefined = virDomainSnapshotCreateXML (domain, changed, flags);
  if (redefined == NULL)
    {
      fail (task, lodge_domain_new_error (domain));
      return;
    }
  virDomainSnapshotFree (redefined);
  g_task_return_boolean (task, TRUE);
}

void
lodge_domain_describe_snapshot_async (LodgeDomain         *domain,
                                      LodgeSnapshot       *snapshot,
                                      const char          *description,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  run (domain, lodge_domain_describe_snapshot_async, describe_worker, snapshot->name, description, FALSE, NULL,
       callback,
       user_data);
}

gboolean
lodge_domain_describe_snapshot_finish (LodgeDomain   *domain,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return finish (domain, result, error);
}

const char *
lodge_snapshot_get_name (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), NULL);

  return self->name;
}

const char *
lodge_snapshot_get_description (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), NULL);

  return self->description;
}

const char *
lodge_snapshot_get_parent (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), NULL);

  return self->parent;
}

gint64
lodge_snapshot_get_time (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), 0);

  return self->time;
}

LodgeSnapshotKind
lodge_snapshot_get_kind (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), LODGE_SNAPSHOT_OFF);

  return self->kind;
}

gboolean
lodge_snapshot_get_external (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), FALSE);

  return self->external;
}

gboolean
lodge_snapshot_get_current (LodgeSnapshot *self)
{
  g_return_val_if_fail (LODGE_IS_SNAPSHOT (self), FALSE);

  return self->current;
}
