/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lodge-ssh-gate"

#include "config.h"

#include "lodge-ssh-gate.h"

#define PATIENCE 3  /* s */

typedef struct
{
  gpointer         who;
  LodgeSshGateFunc func;
  guint            source;   /* of one that is inside */
} Place;

static GQueue waiting = G_QUEUE_INIT;   /* of Place */
static GQueue inside = G_QUEUE_INIT;    /* of Place */

static void let_in (void);

static gboolean
patience_cb (gpointer user_data)
{
  Place *place = user_data;

  g_queue_remove (&inside, place);
  g_free (place);
  let_in ();
  return G_SOURCE_REMOVE;
}

static void
let_in (void)
{
  while (inside.length < LODGE_SSH_MAX_LOGINS && !g_queue_is_empty (&waiting))
    {
      Place *place = g_queue_pop_head (&waiting);

      place->source = g_timeout_add_seconds (PATIENCE, patience_cb, place);
      g_queue_push_tail (&inside, place);
      /* Whoever is called may leave again */
      place->func (place->who);
    }
}

void
lodge_ssh_gate_enter (gpointer         who,
                      LodgeSshGateFunc func)
{
  Place *place = g_new0 (Place, 1);

  place->who = who;
  place->func = func;
  g_queue_push_tail (&waiting, place);
  let_in ();
}

static gboolean
take_out (GQueue   *queue,
          gpointer  who)
{
  for (GList *l = queue->head; l != NULL; l = l->next)
    {
      Place *place = l->data;

      if (place->who != who)
        continue;
      g_clear_handle_id (&place->source, g_source_remove);
      g_queue_delete_link (queue, l);
      g_free (place);
      return TRUE;
    }
  return FALSE;
}

void
lodge_ssh_gate_leave (gpointer who)
{
  if (!take_out (&waiting, who) && take_out (&inside, who))
    let_in ();
}
