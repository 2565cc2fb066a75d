/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-job.h"

struct _LodgeJob
{
  GObject        parent_instance;

  char          *title;
  char          *detail;       /* nullable */
  GCancellable  *cancellable;  /* owned, nullable */
  GError        *error;        /* nullable */
  double         fraction;
  LodgeJobState  state;
  gint64         start_time;   /* unix s */
  gint64         end_time;     /* 0: it runs */
};

enum
{
  PROP_TITLE = 1,
  PROP_DETAIL,
  PROP_FRACTION,
  PROP_STATE,
  PROP_ERROR,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ENUM_TYPE (LodgeJobState, lodge_job_state,
                    G_DEFINE_ENUM_VALUE (LODGE_JOB_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (LODGE_JOB_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (LODGE_JOB_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (LODGE_JOB_CANCELLED, "cancelled"))

G_DEFINE_FINAL_TYPE (LodgeJob, lodge_job, G_TYPE_OBJECT)

static void
lodge_job_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  LodgeJob *self = LODGE_JOB (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
lodge_job_finalize (GObject *object)
{
  LodgeJob *self = LODGE_JOB (object);

  g_free (self->title);
  g_free (self->detail);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (lodge_job_parent_class)->finalize (object);
}

static void
lodge_job_class_init (LodgeJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lodge_job_get_property;
  object_class->finalize = lodge_job_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, LODGE_TYPE_JOB_STATE,
                                              LODGE_JOB_RUNNING, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
lodge_job_init (LodgeJob *self)
{
  self->fraction = -1;
  self->start_time = g_get_real_time () / G_USEC_PER_SEC;
}

LodgeJob *
lodge_job_new (const char   *title,
               GCancellable *cancellable)
{
  LodgeJob *self = g_object_new (LODGE_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  g_set_object (&self->cancellable, cancellable);
  return self;
}

const char *
lodge_job_get_title (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), NULL);

  return self->title;
}

const char *
lodge_job_get_detail (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), NULL);

  return self->detail;
}

double
lodge_job_get_fraction (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), -1);

  return self->fraction;
}

LodgeJobState
lodge_job_get_state (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), LODGE_JOB_FAILED);

  return self->state;
}

const GError *
lodge_job_get_error (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), NULL);

  return self->error;
}

gint64
lodge_job_get_start_time (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), 0);

  return self->start_time;
}

gint64
lodge_job_get_duration (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), 0);

  return MAX (0, (self->end_time > 0 ? self->end_time : g_get_real_time () / G_USEC_PER_SEC) - self->start_time);
}

gboolean
lodge_job_can_cancel (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), FALSE);

  return self->cancellable != NULL && self->state == LODGE_JOB_RUNNING;
}

GCancellable *
lodge_job_get_cancellable (LodgeJob *self)
{
  g_return_val_if_fail (LODGE_IS_JOB (self), NULL);

  return self->cancellable;
}

void
lodge_job_cancel (LodgeJob *self)
{
  g_return_if_fail (LODGE_IS_JOB (self));

  if (lodge_job_can_cancel (self))
    g_cancellable_cancel (self->cancellable);
}

void
lodge_job_set_progress (LodgeJob   *self,
                        const char *detail,
                        double      fraction)
{
  g_return_if_fail (LODGE_IS_JOB (self));

  if (g_set_str (&self->detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  if (self->fraction != fraction)
    {
      self->fraction = CLAMP (fraction, -1, 1);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
    }
}

void
lodge_job_finish (LodgeJob     *self,
                  const GError *error)
{
  g_return_if_fail (LODGE_IS_JOB (self));
  g_return_if_fail (self->state == LODGE_JOB_RUNNING);

  self->end_time = g_get_real_time () / G_USEC_PER_SEC;
  if (error == NULL)
    self->state = LODGE_JOB_DONE;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->state = LODGE_JOB_CANCELLED;
  else
    {
      self->state = LODGE_JOB_FAILED;
      self->error = g_error_copy (error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}
