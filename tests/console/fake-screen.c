/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-screen.h"

struct _FakeScreen
{
  LodgeScreen  parent_instance;

  GString     *log;
  guint32     *pixels;
  int          width;
  int          height;
  guint        updates;
  GTask       *copying;    /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (FakeScreen, fake_screen, LODGE_TYPE_SCREEN)

static void
fake_screen_open (LodgeScreen *screen)
{
  FakeScreen *self = FAKE_SCREEN (screen);

  if (self->pixels != NULL)
    lodge_screen_set_picture (screen, (guchar *) self->pixels, self->width, self->height, self->width * 4);
  lodge_screen_set_connected (screen);
}

static void
fake_screen_close (LodgeScreen *screen)
{
  lodge_screen_keep_picture (screen);
}

static void
fake_screen_supply_credentials (LodgeScreen *screen,
                                const char  *username,
                                const char  *password)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "credentials %s %s\n", username, password);
  lodge_screen_set_connected (screen);
}

static void
fake_screen_key (LodgeScreen *screen,
                 guint        code,
                 guint        keyval,
                 gboolean     down)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "key %u %s\n", code, down ? "down" : "up");
}

static void
fake_screen_move_to (LodgeScreen *screen,
                     int          x,
                     int          y,
                     guint        buttons)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "move %d %d %u\n", x, y, buttons);
}

static void
fake_screen_move_by (LodgeScreen *screen,
                     int          dx,
                     int          dy,
                     guint        buttons)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "by %d %d %u\n", dx, dy, buttons);
}

static void
fake_screen_button (LodgeScreen       *screen,
                    LodgeScreenButton  button,
                    gboolean           down,
                    guint              buttons)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "button %u %s\n", button, down ? "down" : "up");
}

static void
fake_screen_wheel (LodgeScreen *screen,
                   int          dx,
                   int          dy,
                   guint        buttons)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "wheel %d %d\n", dx, dy);
}

static void
fake_screen_set_locks (LodgeScreen *screen,
                       guint        locks)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "locks %u\n", locks);
}

static void
fake_screen_request_size (LodgeScreen *screen,
                          int          width,
                          int          height)
{
  g_string_append_printf (FAKE_SCREEN (screen)->log, "size %d %d\n", width, height);
}

static void
fake_screen_request_update (LodgeScreen *screen)
{
  FAKE_SCREEN (screen)->updates++;
}

static void
fake_screen_finalize (GObject *object)
{
  FakeScreen *self = FAKE_SCREEN (object);

  g_string_free (self->log, TRUE);
  g_free (self->pixels);
  G_OBJECT_CLASS (fake_screen_parent_class)->finalize (object);
}

/* Half of them arrives, the rest when fake_screen_end_copy() says so */
static void
fake_screen_copy_files (LodgeScreen            *screen,
                        GFile                 **files,
                        GFileProgressCallback   progress,
                        gpointer                progress_data,
                        GTask                  *task)
{
  FakeScreen *self = FAKE_SCREEN (screen);

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = g_file_get_basename (files[i]);

      g_string_append_printf (self->log, "file %s\n", name);
    }
  progress (512, 1024, progress_data);
  self->copying = task;
}

static void
fake_screen_class_init (FakeScreenClass *klass)
{
  LodgeScreenClass *screen_class = LODGE_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fake_screen_finalize;
  screen_class->open = fake_screen_open;
  screen_class->close = fake_screen_close;
  screen_class->supply_credentials = fake_screen_supply_credentials;
  screen_class->key = fake_screen_key;
  screen_class->move_to = fake_screen_move_to;
  screen_class->move_by = fake_screen_move_by;
  screen_class->button = fake_screen_button;
  screen_class->wheel = fake_screen_wheel;
  screen_class->set_locks = fake_screen_set_locks;
  screen_class->request_size = fake_screen_request_size;
  screen_class->request_update = fake_screen_request_update;
  screen_class->copy_files = fake_screen_copy_files;
}

static void
fake_screen_init (FakeScreen *self)
{
  self->log = g_string_new (NULL);
  lodge_screen_set_absolute_pointer (LODGE_SCREEN (self), TRUE);
}

FakeScreen *
fake_screen_new (int width,
                 int height)
{
  FakeScreen *self = g_object_new (FAKE_TYPE_SCREEN, NULL);

  if (width > 0)
    fake_screen_set_size (self, width, height);
  lodge_screen_open (LODGE_SCREEN (self));
  return self;
}

char *
fake_screen_steal_log (FakeScreen *self)
{
  char *log = g_string_free (self->log, FALSE);

  self->log = g_string_new (NULL);
  return log;
}

guint32 *
fake_screen_get_pixels (FakeScreen *self)
{
  return self->pixels;
}

void
fake_screen_set_size (FakeScreen *self,
                      int         width,
                      int         height)
{
  g_autofree guint32 *old = self->pixels;

  self->pixels = g_new0 (guint32, width * height);
  self->width = width;
  self->height = height;
  if (lodge_screen_get_state (LODGE_SCREEN (self)) == LODGE_SCREEN_CONNECTED)
    lodge_screen_set_picture (LODGE_SCREEN (self), (guchar *) self->pixels, width, height, width * 4);
}

void
fake_screen_damage (FakeScreen *self,
                    GRand      *random,
                    int         x,
                    int         y,
                    int         width,
                    int         height)
{
  for (int row = y; row < y + height; row++)
    {
      /* The highest byte is undefined in the protocols: it must not matter */
      for (int column = x; column < x + width; column++)
        self->pixels[row * self->width + column] = g_rand_int (random);
    }
  lodge_screen_add_damage (LODGE_SCREEN (self), x, y, width, height);
}

guint
fake_screen_get_updates (FakeScreen *self)
{
  return self->updates;
}

void
fake_screen_end_copy (FakeScreen *self,
                      GError     *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->copying);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
}
