/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "spice-server.h"

#include <arpa/inet.h>
#include <glib-unix.h>
#include <netinet/in.h>
#include <spice.h>
#include <spice/vd_agent.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "noise.h"

/* QEMU's part of a SPICE server: a graphics card whose commands are noise, input devices and an agent that write down
 * what they get. Everything but the queues of commands belongs to the thread's own main context. */

#define N_SCANCODES 64

typedef struct
{
  QXLCommandExt  ext;
  union
  {
    QXLDrawable  drawable;
    QXLCursorCmd cursor;
  };
  QXLImage       image;
  guint8        *bytes;
} Command;

struct _SpiceTest
{
  SpiceTestOptions         options;
  GMainContext            *context;
  GMainLoop               *loop;
  GThread                 *thread;
  SpiceServer             *server;
  guint                    port;
  int                      listener;
  GSource                 *listener_source;

  QXLInstance              qxl;
  QXLInstance              second_qxl;    /* black */
  guint8                  *second_memory;
  SpiceKbdInstance         keyboard;
  SpiceMouseInstance       mouse;
  SpiceTabletInstance      tablet;
  SpiceCharDeviceInstance  agent;
  guint8                  *memory;        /* of the primary surface */
  QXLMonitorsConfig       *monitors;
  guint64                  next_image;
  guint8                   leds;
  gboolean                 has_primary;
  gboolean                 extended;      /* an E0 has come, its key follows */
  GByteArray              *to_client;     /* agent */
  GByteArray              *from_client;
  GHashTable              *files;         /* Incoming, by the client's numbers */

  GMutex                   mutex;
  /* guarded by it */
  GString                 *log;
  GQueue                   commands;
  GQueue                   cursor_commands;
  guint32                 *pixels;
  int                      width;
  int                      height;
};

/* libspice-server's callbacks name their instance only */
static SpiceTest *the_test;

static void
add_log (SpiceTest  *self,
         const char *format,
         ...) G_GNUC_PRINTF (2, 3);

static void
add_log (SpiceTest  *self,
         const char *format,
         ...)
{
  va_list args;

  va_start (args, format);
  g_mutex_lock (&self->mutex);
  g_string_append_vprintf (self->log, format, args);
  g_string_append_c (self->log, '\n');
  g_mutex_unlock (&self->mutex);
  va_end (args);
}

/* The main loop that libspice-server wants */

struct SpiceTimer
{
  SpiceTimerFunc  func;
  void           *opaque;
  GSource        *source;
};

struct SpiceWatch
{
  SpiceWatchFunc  func;
  void           *opaque;
  GSource        *source;
  int             fd;
};

static gboolean
timer_cb (gpointer user_data)
{
  SpiceTimer *timer = user_data;

  g_clear_pointer (&timer->source, g_source_unref);
  timer->func (timer->opaque);
  return G_SOURCE_REMOVE;
}

static SpiceTimer *
timer_add (SpiceTimerFunc  func,
           void           *opaque)
{
  SpiceTimer *timer = g_new0 (SpiceTimer, 1);

  timer->func = func;
  timer->opaque = opaque;
  return timer;
}

static void
timer_cancel (SpiceTimer *timer)
{
  if (timer->source == NULL)
    return;
  g_source_destroy (timer->source);
  g_clear_pointer (&timer->source, g_source_unref);
}

static void
timer_start (SpiceTimer *timer,
             uint32_t    ms)
{
  timer_cancel (timer);
  timer->source = g_timeout_source_new (ms);
  g_source_set_callback (timer->source, timer_cb, timer, NULL);
  g_source_attach (timer->source, the_test->context);
}

static void
timer_remove (SpiceTimer *timer)
{
  timer_cancel (timer);
  g_free (timer);
}

static gboolean
watch_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  SpiceWatch *watch = user_data;
  int event = 0;

  if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
    event |= SPICE_WATCH_EVENT_READ;
  if (condition & G_IO_OUT)
    event |= SPICE_WATCH_EVENT_WRITE;
  watch->func (watch->fd, event, watch->opaque);
  return G_SOURCE_CONTINUE;
}

static void
watch_update_mask (SpiceWatch *watch,
                   int         mask)
{
  GIOCondition condition = 0;

  if (watch->source != NULL)
    {
      g_source_destroy (watch->source);
      g_clear_pointer (&watch->source, g_source_unref);
    }
  if (mask & SPICE_WATCH_EVENT_READ)
    condition |= G_IO_IN | G_IO_HUP | G_IO_ERR;
  if (mask & SPICE_WATCH_EVENT_WRITE)
    condition |= G_IO_OUT;
  if (condition == 0)
    return;
  watch->source = g_unix_fd_source_new (watch->fd, condition);
  g_source_set_callback (watch->source, G_SOURCE_FUNC (watch_cb), watch, NULL);
  g_source_attach (watch->source, the_test->context);
}

static SpiceWatch *
watch_add (int             fd,
           int             mask,
           SpiceWatchFunc  func,
           void           *opaque)
{
  SpiceWatch *watch = g_new0 (SpiceWatch, 1);

  watch->fd = fd;
  watch->func = func;
  watch->opaque = opaque;
  watch_update_mask (watch, mask);
  return watch;
}

static void
watch_remove (SpiceWatch *watch)
{
  watch_update_mask (watch, 0);
  g_free (watch);
}

static SpiceCoreInterface core = {
  .base = { SPICE_INTERFACE_CORE, "test", SPICE_INTERFACE_CORE_MAJOR, SPICE_INTERFACE_CORE_MINOR },
  .timer_add = timer_add,
  .timer_start = timer_start,
  .timer_cancel = timer_cancel,
  .timer_remove = timer_remove,
  .watch_add = watch_add,
  .watch_update_mask = watch_update_mask,
  .watch_remove = watch_remove,
};

/* The graphics card. get_command and its friends run in libspice-server's worker thread. */

static void
command_free (gpointer data)
{
  Command *command = data;

  g_free (command->bytes);
  g_free (command);
}

static void
create_primary (SpiceTest *self)
{
  QXLDevSurfaceCreate surface = {
    .width = (guint32) self->width, .height = (guint32) self->height, .stride = self->width * 4,
    .format = SPICE_SURFACE_FMT_32_xRGB, .mouse_mode = TRUE,
  };

  g_free (self->memory);
  self->memory = g_malloc0 ((gsize) self->width * (gsize) self->height * 4);
  surface.mem = (QXLPHYSICAL) (guintptr) self->memory;
  spice_qxl_create_primary_surface (&self->qxl, 0, &surface);
  self->has_primary = TRUE;
}

static void
create_second_primary (SpiceTest *self)
{
  QXLDevSurfaceCreate surface = {
    .width = SPICE_TEST_SECOND_WIDTH, .height = SPICE_TEST_SECOND_HEIGHT, .stride = SPICE_TEST_SECOND_WIDTH * 4,
    .format = SPICE_SURFACE_FMT_32_xRGB, .mouse_mode = TRUE,
  };

  if (self->second_memory == NULL)
    self->second_memory = g_malloc0 (SPICE_TEST_SECOND_WIDTH * SPICE_TEST_SECOND_HEIGHT * 4);
  surface.mem = (QXLPHYSICAL) (guintptr) self->second_memory;
  spice_qxl_create_primary_surface (&self->second_qxl, 0, &surface);
}

static void
attached_worker (QXLInstance *instance)
{
  QXLDevMemSlot slot = { .slot_group_id = 0, .virt_end = ~(uintptr_t) 0, .qxl_ram_size = G_MAXUINT32 };

  spice_qxl_add_memslot (instance, &slot);
}

static void
set_compression_level (QXLInstance *instance,
                       int          level)
{
}

static void
get_init_info (QXLInstance    *instance,
               QXLDevInitInfo *info)
{
  memset (info, 0, sizeof *info);
  info->num_memslots = 1;
  info->num_memslots_groups = 1;
  info->memslot_id_bits = 1;
  info->memslot_gen_bits = 1;
  info->n_surfaces = 2;
}

static int
take (GQueue        *queue,
      QXLCommandExt *ext)
{
  Command *command;

  g_mutex_lock (&the_test->mutex);
  command = g_queue_pop_head (queue);
  g_mutex_unlock (&the_test->mutex);
  if (command == NULL)
    return FALSE;
  *ext = command->ext;
  return TRUE;
}

static int
get_command (QXLInstance   *instance,
             QXLCommandExt *ext)
{
  return instance == &the_test->qxl && take (&the_test->commands, ext);
}

static int
get_cursor_command (QXLInstance   *instance,
                    QXLCommandExt *ext)
{
  return instance == &the_test->qxl && take (&the_test->cursor_commands, ext);
}

static int
is_empty (GQueue *queue)
{
  gboolean empty;

  g_mutex_lock (&the_test->mutex);
  empty = g_queue_is_empty (queue);
  g_mutex_unlock (&the_test->mutex);
  return empty;
}

static int
req_cmd_notification (QXLInstance *instance)
{
  return is_empty (&the_test->commands);
}

static int
req_cursor_notification (QXLInstance *instance)
{
  return is_empty (&the_test->cursor_commands);
}

static void
release_resource (QXLInstance       *instance,
                  QXLReleaseInfoExt  info)
{
  if (info.info != NULL)
    command_free ((gpointer) (guintptr) info.info->id);
}

static void
notify_update (QXLInstance *instance,
               uint32_t     id)
{
}

static int
flush_resources (QXLInstance *instance)
{
  return 0;
}

static void
async_complete (QXLInstance *instance,
                uint64_t     cookie)
{
}

static void
update_area_complete (QXLInstance *instance,
                      uint32_t     surface,
                      QXLRect     *rectangles,
                      uint32_t     n)
{
}

static void
set_client_capabilities (QXLInstance *instance,
                         uint8_t      present,
                         uint8_t      caps[SPICE_CAPABILITIES_SIZE])
{
}

static int
client_monitors_config (QXLInstance           *instance,
                        VDAgentMonitorsConfig *config)
{
  if (config == NULL)
    return TRUE;
  for (guint i = 0; i < config->num_of_monitors; i++)
    add_log (the_test, "monitor %u %ux%u", i, config->monitors[i].width, config->monitors[i].height);
  return TRUE;
}

static const QXLInterface qxl_interface = {
  .base = { SPICE_INTERFACE_QXL, "test", SPICE_INTERFACE_QXL_MAJOR, SPICE_INTERFACE_QXL_MINOR },
  .attached_worker = attached_worker,
  .set_compression_level = set_compression_level,
  .get_init_info = get_init_info,
  .get_command = get_command,
  .req_cmd_notification = req_cmd_notification,
  .release_resource = release_resource,
  .get_cursor_command = get_cursor_command,
  .req_cursor_notification = req_cursor_notification,
  .notify_update = notify_update,
  .flush_resources = flush_resources,
  .async_complete = async_complete,
  .update_area_complete = update_area_complete,
  .set_client_capabilities = set_client_capabilities,
  .client_monitors_config = client_monitors_config,
};

/* Input devices */

static void
push_scan_freg (SpiceKbdInstance *instance,
                uint8_t           byte)
{
  SpiceTest *self = the_test;

  if (byte == 0xe0)
    {
      self->extended = TRUE;
      return;
    }
  add_log (self, "code %s %x", byte & 0x80 ? "up" : "down", (byte & 0x7fu) | (self->extended ? 0x100u : 0));
  self->extended = FALSE;
}

static uint8_t
get_leds (SpiceKbdInstance *instance)
{
  return the_test->leds;
}

static const SpiceKbdInterface keyboard_interface = {
  .base = { SPICE_INTERFACE_KEYBOARD, "test", SPICE_INTERFACE_KEYBOARD_MAJOR, SPICE_INTERFACE_KEYBOARD_MINOR },
  .push_scan_freg = push_scan_freg,
  .get_leds = get_leds,
};

static void
mouse_motion (SpiceMouseInstance *instance,
              int                 dx,
              int                 dy,
              int                 dz,
              uint32_t            buttons)
{
  add_log (the_test, "by %d %d %d %u", dx, dy, dz, buttons);
}

static void
mouse_buttons (SpiceMouseInstance *instance,
               uint32_t            buttons)
{
  add_log (the_test, "buttons %u", buttons);
}

static const SpiceMouseInterface mouse_interface = {
  .base = { SPICE_INTERFACE_MOUSE, "test", SPICE_INTERFACE_MOUSE_MAJOR, SPICE_INTERFACE_MOUSE_MINOR },
  .motion = mouse_motion,
  .buttons = mouse_buttons,
};

static void
tablet_size (SpiceTabletInstance *instance,
             int                  width,
             int                  height)
{
}

static void
tablet_position (SpiceTabletInstance *instance,
                 int                  x,
                 int                  y,
                 uint32_t             buttons)
{
  add_log (the_test, "move %d %d %u", x, y, buttons);
}

static void
tablet_wheel (SpiceTabletInstance *instance,
              int                  steps,
              uint32_t             buttons)
{
  /* A button without a wheel comes this way too */
  if (steps != 0)
    add_log (the_test, "wheel %d", steps);
  else
    add_log (the_test, "buttons %u", buttons);
}

static void
tablet_buttons (SpiceTabletInstance *instance,
                uint32_t             buttons)
{
  add_log (the_test, "buttons %u", buttons);
}

static const SpiceTabletInterface tablet_interface = {
  .base = { SPICE_INTERFACE_TABLET, "test", SPICE_INTERFACE_TABLET_MAJOR, SPICE_INTERFACE_TABLET_MINOR },
  .set_logical_size = tablet_size,
  .position = tablet_position,
  .wheel = tablet_wheel,
  .buttons = tablet_buttons,
};

/* The agent */

static void
put_agent (SpiceTest     *self,
           guint          type,
           gsize          announced,
           gconstpointer  data,
           gsize          size)
{
  const VDAgentMessage message = {
    .protocol = VD_AGENT_PROTOCOL, .type = type, .size = (guint32) announced,
  };
  g_autoptr(GByteArray) all = g_byte_array_new ();

  g_byte_array_append (all, (const guint8 *) &message, sizeof message);
  g_byte_array_append (all, data, (guint) size);
  for (gsize at = 0; at < all->len; at += 2048)
    {
      const VDIChunkHeader chunk = { .port = VDP_CLIENT_PORT, .size = (guint32) MIN (2048, all->len - at) };

      g_byte_array_append (self->to_client, (const guint8 *) &chunk, sizeof chunk);
      g_byte_array_append (self->to_client, all->data + at, chunk.size);
    }
}

static void
announce (SpiceTest *self)
{
  guint8 data[sizeof (VDAgentAnnounceCapabilities) + VD_AGENT_CAPS_BYTES] = { 0 };
  VDAgentAnnounceCapabilities *caps = (gpointer) data;

  VD_AGENT_SET_CAPABILITY (caps->caps, VD_AGENT_CAP_MONITORS_CONFIG);
  VD_AGENT_SET_CAPABILITY (caps->caps, VD_AGENT_CAP_REPLY);
  VD_AGENT_SET_CAPABILITY (caps->caps, VD_AGENT_CAP_CLIPBOARD_BY_DEMAND);
  VD_AGENT_SET_CAPABILITY (caps->caps, VD_AGENT_CAP_CLIPBOARD_SELECTION);
  if (self->options.no_files)
    VD_AGENT_SET_CAPABILITY (caps->caps, VD_AGENT_CAP_FILE_XFER_DISABLED);
  put_agent (self, VD_AGENT_ANNOUNCE_CAPABILITIES, sizeof data, data, sizeof data);
}

static void
log_clipboard (SpiceTest            *self,
               const VDAgentMessage *message)
{
  const guint8 *data = message->data;
  const gsize size = message->size;
  g_autoptr(GString) line = g_string_new (NULL);

  if (size < 4)
    return;
  switch (message->type)
    {
    case VD_AGENT_CLIPBOARD_GRAB:
      g_string_printf (line, "grab %u:", data[0]);
      for (gsize at = 4; at + 4 <= size; at += 4)
        g_string_append_printf (line, " %u", *(const guint32 *) (gconstpointer) (data + at));
      break;
    case VD_AGENT_CLIPBOARD_REQUEST:
      g_string_printf (line, "ask %u: %u", data[0], *(const guint32 *) (gconstpointer) (data + 4));
      break;
    case VD_AGENT_CLIPBOARD:
      g_string_printf (line, "clipboard %u: %u %" G_GSIZE_FORMAT " %.*s", data[0],
                       *(const guint32 *) (gconstpointer) (data + 4), size - 8,
                       (int) MIN (size - 8, 40), (const char *) data + 8);
      break;
    case VD_AGENT_CLIPBOARD_RELEASE:
      g_string_printf (line, "release %u", data[0]);
      break;
    default:
      return;
    }
  add_log (self, "%s", line->str);
}

static void
put_file_status (SpiceTest *self,
                 guint32    id,
                 guint32    result)
{
  const VDAgentFileXferStatusMessage status = { .id = id, .result = result };

  put_agent (self, VD_AGENT_FILE_XFER_STATUS, sizeof status, &status, sizeof status);
}

typedef struct
{
  char    *name;
  guint64  size;   /* what is still to come */
} Incoming;

static void
incoming_free (gpointer data)
{
  Incoming *file = data;

  g_free (file->name);
  g_free (file);
}

static void
start_file (SpiceTest            *self,
            const VDAgentMessage *message)
{
  const VDAgentFileXferStartMessage *start = (gconstpointer) message->data;
  g_autoptr(GKeyFile) description = g_key_file_new ();
  Incoming *file = g_new0 (Incoming, 1);

  g_key_file_load_from_data (description, (const char *) start->data, message->size - 4, G_KEY_FILE_NONE, NULL);
  file->name = g_key_file_get_string (description, "vdagent-file-xfer", "name", NULL);
  file->size = g_key_file_get_uint64 (description, "vdagent-file-xfer", "size", NULL);
  g_hash_table_replace (self->files, GUINT_TO_POINTER (start->id), file);
  add_log (self, "file %s %" G_GUINT64_FORMAT, file->name, file->size);
  put_file_status (self, start->id, VD_AGENT_FILE_XFER_STATUS_CAN_SEND_DATA);
}

/* For a file that is called “full” there is no room, one that is called “stuck” is never finished */
static void
take_file (SpiceTest            *self,
           const VDAgentMessage *message)
{
  const VDAgentFileXferDataMessage *data = (gconstpointer) message->data;
  Incoming *file = g_hash_table_lookup (self->files, GUINT_TO_POINTER (data->id));

  if (file == NULL)
    return;
  if (g_str_equal (file->name, "full"))
    put_file_status (self, data->id, VD_AGENT_FILE_XFER_STATUS_ERROR);
  file->size -= MIN (data->size, file->size);
  if (file->size > 0 || g_str_equal (file->name, "stuck") || g_str_equal (file->name, "full"))
    return;
  add_log (self, "file end %s", file->name);
  put_file_status (self, data->id, VD_AGENT_FILE_XFER_STATUS_SUCCESS);
}

static void
read_agent (SpiceTest *self)
{
  static GByteArray *message;

  if (message == NULL)
    message = g_byte_array_new ();
  for (;;)
    {
      const VDIChunkHeader *chunk = (gpointer) self->from_client->data;

      if (self->from_client->len < sizeof *chunk || self->from_client->len < sizeof *chunk + chunk->size)
        break;
      g_byte_array_append (message, self->from_client->data + sizeof *chunk, chunk->size);
      g_byte_array_remove_range (self->from_client, 0, (guint) sizeof *chunk + chunk->size);
    }
  for (;;)
    {
      const VDAgentMessage *head = (gpointer) message->data;

      if (message->len < sizeof *head || message->len < sizeof *head + head->size)
        return;
      if (head->type == VD_AGENT_ANNOUNCE_CAPABILITIES)
        announce (self);
      else if (head->type == VD_AGENT_FILE_XFER_START)
        start_file (self, head);
      else if (head->type == VD_AGENT_FILE_XFER_DATA)
        take_file (self, head);
      else if (head->type == VD_AGENT_FILE_XFER_STATUS)
        add_log (self, "file status %u", ((const VDAgentFileXferStatusMessage *) (gconstpointer) head->data)->result);
      else
        log_clipboard (self, head);
      g_byte_array_remove_range (message, 0, (guint) sizeof *head + head->size);
    }
}

static void
agent_state (SpiceCharDeviceInstance *instance,
             int                      connected)
{
}

static gboolean
wake_agent_cb (gpointer user_data)
{
  SpiceTest *self = user_data;

  if (self->to_client->len > 0)
    spice_server_char_device_wakeup (&self->agent);
  return G_SOURCE_REMOVE;
}

static int
agent_write (SpiceCharDeviceInstance *instance,
             const uint8_t           *data,
             int                      size)
{
  SpiceTest *self = the_test;
  g_autoptr(GSource) source = g_idle_source_new ();

  g_byte_array_append (self->from_client, data, (guint) size);
  read_agent (self);
  g_source_set_callback (source, wake_agent_cb, self, NULL);
  g_source_attach (source, self->context);
  return size;
}

static int
agent_read (SpiceCharDeviceInstance *instance,
            uint8_t                 *data,
            int                      size)
{
  SpiceTest *self = the_test;
  const guint n = MIN ((guint) size, self->to_client->len);

  if (n == 0)
    return 0;
  memcpy (data, self->to_client->data, n);
  g_byte_array_remove_range (self->to_client, 0, n);
  return (int) n;
}

static const SpiceCharDeviceInterface agent_interface = {
  .base = { SPICE_INTERFACE_CHAR_DEVICE, "test", SPICE_INTERFACE_CHAR_DEVICE_MAJOR, SPICE_INTERFACE_CHAR_DEVICE_MINOR },
  .state = agent_state,
  .write = agent_write,
  .read = agent_read,
};

/* Commands of the test, carried over to the thread */

typedef struct
{
  SpiceTest *self;
  void     (*function) (SpiceTest *self, gpointer data);
  gpointer   data;
  GMutex     mutex;
  GCond      cond;
  gboolean   done;
} Call;

static gboolean
call_cb (gpointer user_data)
{
  Call *call = user_data;

  call->function (call->self, call->data);
  g_mutex_lock (&call->mutex);
  call->done = TRUE;
  g_cond_signal (&call->cond);
  g_mutex_unlock (&call->mutex);
  return G_SOURCE_REMOVE;
}

static void
call (SpiceTest *self,
      void     (*function) (SpiceTest *self, gpointer data),
      gpointer   data)
{
  Call c = { .self = self, .function = function, .data = data };
  g_autoptr(GSource) source = g_idle_source_new ();

  g_mutex_init (&c.mutex);
  g_cond_init (&c.cond);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, call_cb, &c, NULL);
  g_source_attach (source, self->context);
  g_mutex_lock (&c.mutex);
  while (!c.done)
    g_cond_wait (&c.cond, &c.mutex);
  g_mutex_unlock (&c.mutex);
  g_mutex_clear (&c.mutex);
  g_cond_clear (&c.cond);
}

static gboolean
accept_cb (int          fd,
           GIOCondition condition,
           gpointer     user_data)
{
  SpiceTest *self = user_data;
  const int client = accept (fd, NULL, NULL);

  if (client >= 0 && spice_server_add_client (self->server, client, FALSE) != 0)
    close (client);
  return G_SOURCE_CONTINUE;
}

/* libspice-server's own listening fails where nothing but a loopback is, and hides the port it took */
static void
listen_for_clients (SpiceTest *self)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, size), ==, 0);
  g_assert_cmpint (listen (self->listener, 16), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &size), ==, 0);
  self->port = ntohs (address.sin_port);
  self->listener_source = g_unix_fd_source_new (self->listener, G_IO_IN);
  g_source_set_callback (self->listener_source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->listener_source, self->context);
}

static void
start (SpiceTest *self,
       gpointer   unused)
{
  self->server = spice_server_new ();
  if (self->options.password != NULL)
    spice_server_set_ticket (self->server, self->options.password, 0, 0, 0);
  else
    spice_server_set_noauth (self->server);
  spice_server_set_image_compression (self->server, SPICE_IMAGE_COMPRESSION_OFF);
  spice_server_set_streaming_video (self->server, SPICE_STREAM_VIDEO_OFF);
  g_assert_cmpint (spice_server_init (self->server, &core), ==, 0);

  self->qxl.base.sif = &qxl_interface.base;
  g_assert_cmpint (spice_server_add_interface (self->server, &self->qxl.base), ==, 0);
  create_primary (self);
  if (self->options.second_card)
    {
      self->second_qxl.id = 1;
      self->second_qxl.base.sif = &qxl_interface.base;
      g_assert_cmpint (spice_server_add_interface (self->server, &self->second_qxl.base), ==, 0);
      create_second_primary (self);
    }
  self->keyboard.base.sif = &keyboard_interface.base;
  spice_server_add_interface (self->server, &self->keyboard.base);
  self->mouse.base.sif = &mouse_interface.base;
  spice_server_add_interface (self->server, &self->mouse.base);
  if (self->options.tablet)
    {
      self->tablet.base.sif = &tablet_interface.base;
      spice_server_add_interface (self->server, &self->tablet.base);
    }
  if (self->options.agent)
    {
      self->agent.base.sif = &agent_interface.base;
      self->agent.subtype = "vdagent";
      spice_server_add_interface (self->server, &self->agent.base);
    }
  spice_server_vm_start (self->server);
  listen_for_clients (self);
}

static gpointer
run (gpointer user_data)
{
  SpiceTest *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

SpiceTest *
spice_test_new (const SpiceTestOptions *options)
{
  SpiceTest *self = g_new0 (SpiceTest, 1);

  g_assert_null (the_test);
  the_test = self;
  self->options = *options;
  self->width = options->width;
  self->height = options->height;
  self->pixels = g_new0 (guint32, self->width * self->height);
  self->log = g_string_new (NULL);
  self->to_client = g_byte_array_new ();
  self->files = g_hash_table_new_full (NULL, NULL, NULL, incoming_free);
  self->from_client = g_byte_array_new ();
  g_queue_init (&self->commands);
  g_queue_init (&self->cursor_commands);
  g_mutex_init (&self->mutex);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("spice-server", run, self);
  call (self, start, NULL);
  spice_test_paint (self, 1, 0, 0, self->width, self->height);
  return self;
}

static void
stop (SpiceTest *self,
      gpointer   unused)
{
  g_source_destroy (self->listener_source);
  g_source_unref (self->listener_source);
  close (self->listener);
  /* Ends the worker's thread, too: it reads our memory */
  spice_server_vm_stop (self->server);
  spice_server_remove_interface (&self->qxl.base);
  if (self->options.second_card)
    spice_server_remove_interface (&self->second_qxl.base);
  spice_server_destroy (self->server);
  g_main_loop_quit (self->loop);
}

void
spice_test_free (SpiceTest *self)
{
  call (self, stop, NULL);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_queue_clear_full (&self->commands, command_free);
  g_queue_clear_full (&self->cursor_commands, command_free);
  g_byte_array_unref (self->to_client);
  g_byte_array_unref (self->from_client);
  g_string_free (self->log, TRUE);
  g_free (self->pixels);
  g_free (self->memory);
  g_free (self->second_memory);
  g_hash_table_unref (self->files);
  g_free (self->monitors);
  g_mutex_clear (&self->mutex);
  g_free (self);
  the_test = NULL;
}

guint
spice_test_get_port (SpiceTest *self)
{
  return self->port;
}

char *
spice_test_steal_log (SpiceTest *self)
{
  char *log;

  g_mutex_lock (&self->mutex);
  log = g_string_free (self->log, FALSE);
  self->log = g_string_new (NULL);
  g_mutex_unlock (&self->mutex);
  return log;
}

static Command *
command_new (SpiceTest *self,
             guint32    type)
{
  Command *command = g_new0 (Command, 1);

  command->ext.cmd.type = type;
  command->ext.cmd.data = (QXLPHYSICAL) (guintptr) &command->drawable;
  command->drawable.release_info.id = (guint64) (guintptr) command;
  return command;
}

static void
push (SpiceTest *self,
      GQueue    *queue,
      Command   *command)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (queue, command);
  g_mutex_unlock (&self->mutex);
  spice_qxl_wakeup (&self->qxl);
}

typedef struct
{
  guint32 seed;
  int     x;
  int     y;
  int     width;
  int     height;
} Part;

static void
paint (SpiceTest *self,
       gpointer   data)
{
  const Part *part = data;
  Command *command = command_new (self, QXL_CMD_DRAW);
  QXLDrawable *drawable = &command->drawable;
  const gsize row = (gsize) part->width * 4;

  command->bytes = g_malloc (row * (gsize) part->height);
  g_mutex_lock (&self->mutex);
  noise_fill (self->pixels, self->width, part->seed, part->x, part->y, part->width, part->height);
  for (int y = 0; y < part->height; y++)
    memcpy (command->bytes + (gsize) y * row, self->pixels + (part->y + y) * self->width + part->x, row);
  g_mutex_unlock (&self->mutex);

  drawable->bbox = (QXLRect) { .left = part->x, .top = part->y, .right = part->x + part->width,
                               .bottom = part->y + part->height };
  drawable->clip.type = SPICE_CLIP_TYPE_NONE;
  drawable->effect = QXL_EFFECT_OPAQUE;
  drawable->type = QXL_DRAW_COPY;
  for (int i = 0; i < 3; i++)
    drawable->surfaces_dest[i] = -1;
  drawable->u.copy.rop_descriptor = SPICE_ROPD_OP_PUT;
  drawable->u.copy.src_bitmap = (QXLPHYSICAL) (guintptr) &command->image;
  drawable->u.copy.src_area.right = part->width;
  drawable->u.copy.src_area.bottom = part->height;
  QXL_SET_IMAGE_ID (&command->image, 1, ++self->next_image);
  command->image.descriptor.type = SPICE_IMAGE_TYPE_BITMAP;
  command->image.descriptor.width = command->image.bitmap.x = (guint32) part->width;
  command->image.descriptor.height = command->image.bitmap.y = (guint32) part->height;
  command->image.bitmap.flags = QXL_BITMAP_DIRECT | QXL_BITMAP_TOP_DOWN;
  command->image.bitmap.format = SPICE_BITMAP_FMT_32BIT;
  command->image.bitmap.stride = (guint32) row;
  command->image.bitmap.data = (QXLPHYSICAL) (guintptr) command->bytes;
  push (self, &self->commands, command);
}

void
spice_test_paint (SpiceTest *self,
                  guint32    seed,
                  int        x,
                  int        y,
                  int        width,
                  int        height)
{
  Part part = { seed, x, y, width, height };

  call (self, paint, &part);
}

guint32 *
spice_test_dup_pixels (SpiceTest *self,
                       int       *width,
                       int       *height)
{
  guint32 *copy;

  g_mutex_lock (&self->mutex);
  *width = self->width;
  *height = self->height;
  copy = g_memdup2 (self->pixels, (gsize) self->width * (gsize) self->height * 4);
  g_mutex_unlock (&self->mutex);
  return copy;
}

static void
resize (SpiceTest *self,
        gpointer   data)
{
  const Part *part = data;

  spice_qxl_destroy_primary_surface (&self->qxl, 0);
  g_mutex_lock (&self->mutex);
  g_free (self->pixels);
  self->width = part->width;
  self->height = part->height;
  self->pixels = g_new0 (guint32, part->width * part->height);
  g_mutex_unlock (&self->mutex);
  create_primary (self);
}

void
spice_test_resize (SpiceTest *self,
                   int        width,
                   int        height)
{
  Part part = { .width = width, .height = height };

  call (self, resize, &part);
  spice_test_paint (self, 2, 0, 0, width, height);
}

static void
set_cursor (SpiceTest *self,
            gpointer   data)
{
  const Part *part = data;
  const gsize n = (gsize) part->width * (gsize) part->width;
  Command *command = command_new (self, QXL_CMD_CURSOR);
  QXLCursor *cursor;

  command->bytes = g_malloc0 (sizeof (QXLCursor) + n * 4);
  cursor = (gpointer) command->bytes;
  cursor->header.type = SPICE_CURSOR_TYPE_ALPHA;
  cursor->header.unique = ++self->next_image;
  cursor->header.width = cursor->header.height = (guint16) part->width;
  cursor->header.hot_spot_x = cursor->header.hot_spot_y = (guint16) part->x;
  cursor->data_size = cursor->chunk.data_size = (guint32) n * 4;
  for (gsize i = 0; i < n; i++)
    memcpy (cursor->chunk.data + i * 4, &part->seed, 4);
  command->cursor.type = QXL_CURSOR_SET;
  command->cursor.u.set.visible = TRUE;
  command->cursor.u.set.shape = (QXLPHYSICAL) (guintptr) cursor;
  push (self, &self->cursor_commands, command);
}

void
spice_test_set_cursor (SpiceTest *self,
                       int        side,
                       guint32    color,
                       int        hotspot)
{
  Part part = { .seed = color, .width = side, .x = hotspot };

  call (self, set_cursor, &part);
}

static void
hide_cursor (SpiceTest *self,
             gpointer   unused)
{
  Command *command = command_new (self, QXL_CMD_CURSOR);

  command->cursor.type = QXL_CURSOR_HIDE;
  push (self, &self->cursor_commands, command);
}

void
spice_test_hide_cursor (SpiceTest *self)
{
  call (self, hide_cursor, NULL);
}

static void
move_cursor (SpiceTest *self,
             gpointer   data)
{
  const Part *part = data;
  Command *command = command_new (self, QXL_CMD_CURSOR);

  command->cursor.type = QXL_CURSOR_MOVE;
  command->cursor.u.position.x = (gint16) part->x;
  command->cursor.u.position.y = (gint16) part->y;
  push (self, &self->cursor_commands, command);
}

void
spice_test_move_cursor (SpiceTest *self,
                        int        x,
                        int        y)
{
  Part part = { .x = x, .y = y };

  call (self, move_cursor, &part);
}

typedef struct
{
  guint               n;
  const SpiceTestHead *heads;
} Heads;

static void
set_heads (SpiceTest *self,
           gpointer   data)
{
  const Heads *wanted = data;

  g_free (self->monitors);
  self->monitors = g_malloc0 (sizeof (QXLMonitorsConfig) + wanted->n * sizeof (QXLHead));
  self->monitors->count = (guint16) wanted->n;
  self->monitors->max_allowed = (guint16) wanted->n;
  for (guint i = 0; i < wanted->n; i++)
    self->monitors->heads[i] = (QXLHead) {
      .id = i, .width = (guint32) wanted->heads[i].width, .height = (guint32) wanted->heads[i].height,
      .x = (guint32) wanted->heads[i].x, .y = (guint32) wanted->heads[i].y,
    };
  spice_qxl_monitors_config_async (&self->qxl, (QXLPHYSICAL) (guintptr) self->monitors, 0, 0);
}

void
spice_test_set_heads (SpiceTest           *self,
                      guint                n,
                      const SpiceTestHead *heads)
{
  Heads wanted = { n, heads };

  call (self, set_heads, &wanted);
}

static void
plug_second (SpiceTest *self,
             gpointer   plugged)
{
  if (plugged != NULL)
    create_second_primary (self);
  else
    spice_qxl_destroy_primary_surface (&self->second_qxl, 0);
}

void
spice_test_plug_second (SpiceTest *self,
                        gboolean   plugged)
{
  call (self, plug_second, GINT_TO_POINTER (plugged));
}

static void
set_leds (SpiceTest *self,
          gpointer   data)
{
  self->leds = (guint8) GPOINTER_TO_UINT (data);
  spice_server_kbd_leds (&self->keyboard, self->leds);
}

void
spice_test_set_leds (SpiceTest *self,
                     guint      leds)
{
  call (self, set_leds, GUINT_TO_POINTER (leds));
}

typedef struct
{
  guint         type;
  gsize         announced;
  gconstpointer data;
  gsize         size;
} AgentMessage;

static void
agent_send (SpiceTest *self,
            gpointer   data)
{
  const AgentMessage *message = data;

  put_agent (self, message->type, message->announced, message->data, message->size);
  spice_server_char_device_wakeup (&self->agent);
}

void
spice_test_agent_send (SpiceTest     *self,
                       guint          type,
                       gconstpointer  data,
                       gsize          size)
{
  spice_test_agent_claim (self, type, size, data, size);
}

void
spice_test_agent_claim (SpiceTest     *self,
                        guint          type,
                        gsize          announced,
                        gconstpointer  data,
                        gsize          size)
{
  AgentMessage message = { type, announced, data, size };

  call (self, agent_send, &message);
}
