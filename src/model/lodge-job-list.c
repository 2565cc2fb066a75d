/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-job.h"

#define MAX_JOBS 200

struct _LodgeJobList
{
  GObject    parent_instance;

  GPtrArray *jobs;      /* of LodgeJob, newest last */
  guint      n_running;
};

enum
{
  PROP_N_RUNNING = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static GType
get_item_type (GListModel *model)
{
  return LODGE_TYPE_JOB;
}

static guint
get_n_items (GListModel *model)
{
  return LODGE_JOB_LIST (model)->jobs->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  LodgeJobList *self = LODGE_JOB_LIST (model);

  return position < self->jobs->len
         ? g_object_ref (self->jobs->pdata[self->jobs->len - 1 - position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LodgeJobList, lodge_job_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
update_n_running (LodgeJobList *self)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    n += lodge_job_get_state (self->jobs->pdata[i]) == LODGE_JOB_RUNNING;
  if (self->n_running == n)
    return;
  self->n_running = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_RUNNING]);
}

static void
remove_index (LodgeJobList *self,
              guint         index)
{
  guint position = self->jobs->len - 1 - index;

  g_ptr_array_remove_index (self->jobs, index);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

static void
lodge_job_list_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_N_RUNNING:
      g_value_set_uint (value, LODGE_JOB_LIST (object)->n_running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_job_list_finalize (GObject *object)
{
  g_ptr_array_unref (LODGE_JOB_LIST (object)->jobs);

  G_OBJECT_CLASS (lodge_job_list_parent_class)->finalize (object);
}

static void
lodge_job_list_class_init (LodgeJobListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = lodge_job_list_get_property;
  object_class->finalize = lodge_job_list_finalize;
  properties[PROP_N_RUNNING] = g_param_spec_uint ("n-running", NULL, NULL, 0, G_MAXUINT, 0,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                  | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lodge_job_list_init (LodgeJobList *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
}

LodgeJobList *
lodge_job_list_new (void)
{
  return g_object_new (LODGE_TYPE_JOB_LIST, NULL);
}

/**
 * lodge_job_list_add:
 * @self: the jobs of the program
 * @job: one more; the oldest finished one makes room above 200
 */
void
lodge_job_list_add (LodgeJobList *self,
                    LodgeJob     *job)
{
  g_return_if_fail (LODGE_IS_JOB_LIST (self));
  g_return_if_fail (LODGE_IS_JOB (job));

  for (guint i = 0; self->jobs->len >= MAX_JOBS && i < self->jobs->len; i++)
    {
      if (lodge_job_get_state (self->jobs->pdata[i]) != LODGE_JOB_RUNNING)
        remove_index (self, i--);
    }
  g_ptr_array_add (self->jobs, g_object_ref (job));
  g_signal_connect_object (job, "notify::state", G_CALLBACK (update_n_running), self,
                           G_CONNECT_SWAPPED);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  update_n_running (self);
}

guint
lodge_job_list_get_n_running (LodgeJobList *self)
{
  g_return_val_if_fail (LODGE_IS_JOB_LIST (self), 0);

  return self->n_running;
}

void
lodge_job_list_clear_finished (LodgeJobList *self)
{
  g_return_if_fail (LODGE_IS_JOB_LIST (self));

  for (guint i = self->jobs->len; i > 0; i--)
    {
      if (lodge_job_get_state (self->jobs->pdata[i - 1]) != LODGE_JOB_RUNNING)
        remove_index (self, i - 1);
    }
}
