/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/input-event-codes.h>
#include <sys/mman.h>
#include <unistd.h>

#include "console/lodge-keymap.h"
#include "dbus-server.h"
#include "lib/lodge-test-daemon.h"
#include "lib/lodge-test-connection.h"
#include "lib/lodge-test-virsh.h"
#include "lib/lodge-test-wait.h"
#include "model/lodge-console-info.h"
#include "util/lodge-error.h"

#define LISTENER "org.qemu.Display1.Listener"
#define MAP      "org.qemu.Display1.Listener.Unix.Map"
#define XRGB     0x20020888u

#define WIDTH  64
#define HEIGHT 48

typedef struct
{
  DbusServer  *server;
  LodgeScreen *screen;
  int          memory;      /* a picture that is shared */
  GdkRectangle damage;      /* the last */
  guint        n_damages;
} Fixture;

static void
damage_cb (Fixture *fixture,
           int      x,
           int      y,
           int      width,
           int      height)
{
  fixture->damage = (GdkRectangle) { x, y, width, height };
  fixture->n_damages++;
}

static guint32
shade (int x,
       int y)
{
  return (guint32) (x * 3) << 16 | (guint32) (y * 5) << 8 | (guint32) (x ^ y);
}

/* WIDTH × HEIGHT pixels after @offset bytes, a row every @stride */
static int
make_memory (gsize offset,
             gsize stride)
{
  const int fd = memfd_create ("screen", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, (off_t) (offset + stride * HEIGHT)), ==, 0);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const guint32 pixel = shade (x, y) | 0xff000000u;

        g_assert_cmpint (pwrite (fd, &pixel, 4, (off_t) (offset + (gsize) y * stride + (gsize) x * 4)), ==, 4);
      }
  return fd;
}

static void
set_pixel (Fixture *fixture,
           int      x,
           int      y,
           guint32  pixel)
{
  g_assert_cmpint (pwrite (fixture->memory, &pixel, 4, (y * WIDTH + x) * 4), ==, 4);
}

static guint32
get_pixel (LodgeScreen *screen,
           int          x,
           int          y)
{
  cairo_surface_t *surface = lodge_screen_get_surface (screen);
  const guchar *data;
  guint32 pixel;

  g_assert_nonnull (surface);
  data = cairo_image_surface_get_data (surface) + (gsize) y * cairo_image_surface_get_stride (surface) + (gsize) x * 4;
  memcpy (&pixel, data, 4);
  return pixel & 0xffffff;
}

static void
assert_shades (LodgeScreen *screen)
{
  g_assert_cmpint (lodge_screen_get_width (screen), ==, WIDTH);
  g_assert_cmpint (lodge_screen_get_height (screen), ==, HEIGHT);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      g_assert_cmphex (get_pixel (screen, x, y), ==, shade (x, y));
}

static gboolean
scanout_map (Fixture *fixture,
             int      fd,
             guint    offset,
             guint    width,
             guint    height,
             guint    stride,
             guint    format)
{
  return dbus_server_call (fixture->server, MAP, "ScanoutMap",
                           g_variant_new ("(huuuuu)", 0, offset, width, height, stride, format), fd);
}

static GVariant *
make_bytes (gsize    size,
            guint32  pixel)
{
  g_autofree guint32 *pixels = g_new (guint32, size / 4 + 1);

  for (gsize i = 0; i < size / 4 + 1; i++)
    pixels[i] = pixel;
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, pixels, size, 1);
}

static void
open_screen (Fixture *fixture)
{
  lodge_screen_open (fixture->screen);
  WAIT_FOR (fixture->server->listener != NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = dbus_server_new ();
  fixture->screen = dbus_server_make_screen (fixture->server);
  fixture->memory = make_memory (0, WIDTH * 4);
  g_signal_connect_swapped (fixture->screen, "damage", G_CALLBACK (damage_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  lodge_screen_close (fixture->screen);
  lodge_test_settle ();
  /* What was under way has a reference until it has heard that it is cancelled */
  g_object_add_weak_pointer (G_OBJECT (fixture->screen), (gpointer *) &fixture->screen);
  g_object_unref (fixture->screen);
  WAIT_FOR (fixture->screen == NULL);
  dbus_server_free (fixture->server);
  close (fixture->memory);
}

static void
assert_lost (Fixture    *fixture,
             int         code,
             const char *words)
{
  WAIT_FOR (lodge_screen_get_state (fixture->screen) == LODGE_SCREEN_LOST);
  g_assert_error (lodge_screen_get_error (fixture->screen), LODGE_ERROR, code);
  g_assert_nonnull (strstr (lodge_screen_get_error (fixture->screen)->message, words));
}

static void
test_map (Fixture       *fixture,
          gconstpointer  data)
{
  open_screen (fixture);
  g_assert_cmpint (lodge_screen_get_state (fixture->screen), ==, LODGE_SCREEN_CONNECTING);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  g_assert_cmpint (lodge_screen_get_state (fixture->screen), ==, LODGE_SCREEN_CONNECTED);
  assert_shades (fixture->screen);

  /* What has changed is not seen before QEMU says so, and then just there: a narrow part, and whole rows */
  set_pixel (fixture, 3, 4, 0x123456);
  set_pixel (fixture, 50, 40, 0x654321);
  assert_shades (fixture->screen);
  g_assert_true (dbus_server_call (fixture->server, MAP, "UpdateMap", g_variant_new ("(iiii)", 2, 3, 4, 4), -1));
  g_assert_cmphex (get_pixel (fixture->screen, 3, 4), ==, 0x123456);
  g_assert_cmphex (get_pixel (fixture->screen, 50, 40), ==, shade (50, 40));
  g_assert_cmpint (fixture->damage.width, ==, 4);
  g_assert_true (dbus_server_call (fixture->server, MAP, "UpdateMap", g_variant_new ("(iiii)", 0, 39, WIDTH, 2), -1));
  g_assert_cmphex (get_pixel (fixture->screen, 50, 40), ==, 0x654321);

  /* Another size, rows with a gap, not from the start */
  {
    const int other = make_memory (100, WIDTH * 4 + 60);

    g_assert_true (scanout_map (fixture, other, 100, WIDTH - 2, HEIGHT, WIDTH * 4 + 60, XRGB));
    close (other);
  }
  g_assert_cmpint (lodge_screen_get_width (fixture->screen), ==, WIDTH - 2);
  g_assert_cmphex (get_pixel (fixture->screen, 61, 47), ==, shade (61, 47));

  g_assert_true (dbus_server_call (fixture->server, LISTENER, "Disable", NULL, -1));
  g_assert_cmpint (lodge_screen_get_width (fixture->screen), ==, 0);
}

/* A further monitor is there as long as it shows something; what is wrong with it is not wrong with the first */
static void
test_heads (Fixture       *fixture,
            gconstpointer  data)
{
  GListModel *heads = lodge_screen_get_heads (fixture->screen);
  g_autoptr(LodgeScreen) head = NULL;

  fixture->server->second = TRUE;
  open_screen (fixture);
  WAIT_FOR (fixture->server->second_listener != NULL);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  g_assert_cmpuint (g_list_model_get_n_items (heads), ==, 0);

  fixture->server->called = fixture->server->second_listener;
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH / 2, HEIGHT / 2, WIDTH * 4, XRGB));
  g_assert_cmpuint (g_list_model_get_n_items (heads), ==, 1);
  head = g_list_model_get_item (heads, 0);
  g_assert_cmpint (lodge_screen_get_state (head), ==, LODGE_SCREEN_CONNECTED);
  g_assert_cmpint (lodge_screen_get_width (head), ==, WIDTH / 2);
  assert_shades (fixture->screen);
  lodge_screen_move_to (head, 5, 6);
  lodge_screen_request_size (head, 800, 600);
  WAIT_FOR (strstr (fixture->server->calls->str, "3:Console.SetUIInfo(211, 158, 0, 0, 800, 600)") != NULL);
  g_assert_nonnull (strstr (fixture->server->calls->str, "3:Mouse.SetAbsPosition(5, 6)"));

  g_assert_true (dbus_server_call (fixture->server, LISTENER, "Disable", NULL, -1));
  g_assert_cmpuint (g_list_model_get_n_items (heads), ==, 0);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  g_assert_cmpuint (g_list_model_get_n_items (heads), ==, 1);

  scanout_map (fixture, fixture->memory, 0, 100000, 100000, 400000, XRGB);
  WAIT_FOR (lodge_screen_get_state (head) == LODGE_SCREEN_LOST);
  g_assert_cmpuint (g_list_model_get_n_items (heads), ==, 0);
  g_assert_cmpint (lodge_screen_get_state (fixture->screen), ==, LODGE_SCREEN_CONNECTED);
  assert_shades (fixture->screen);

  /* It does not come back by itself, and its end is the end of nothing else */
  lodge_screen_close (fixture->screen);
  lodge_screen_open (head);
  WAIT_FOR (lodge_screen_get_state (head) == LODGE_SCREEN_LOST);
}

static void
test_bytes (Fixture       *fixture,
            gconstpointer  data)
{
  open_screen (fixture);
  g_assert_true (dbus_server_call (fixture->server, LISTENER, "Scanout",
                                   g_variant_new ("(uuuu@ay)", WIDTH, HEIGHT, WIDTH * 4, XRGB,
                                                  make_bytes (WIDTH * HEIGHT * 4, 0x102030)), -1));
  g_assert_cmphex (get_pixel (fixture->screen, 63, 47), ==, 0x102030);
  g_assert_true (dbus_server_call (fixture->server, LISTENER, "Update",
                                   g_variant_new ("(iiiiuu@ay)", 60, 44, 4, 4, 16, XRGB, make_bytes (64, 0xa0b0c0)),
                                   -1));
  g_assert_cmphex (get_pixel (fixture->screen, 60, 44), ==, 0xa0b0c0);
  g_assert_cmphex (get_pixel (fixture->screen, 59, 44), ==, 0x102030);
  g_assert_cmpint (fixture->damage.x, ==, 60);
}

/* Rectangles beyond the picture are cut, whatever the numbers */
static void
test_outside (Fixture       *fixture,
              gconstpointer  data)
{
  static const int areas[][4] = {
    { 60, 40, 100, 100 }, { -5, -5, 6, 6 }, { G_MININT, G_MININT, G_MAXINT, G_MAXINT }, { 0, 0, -1, -1 },
    { G_MAXINT, G_MAXINT, G_MAXINT, G_MAXINT }, { 10, 10, 0, 0 }, { 0, 0, G_MAXINT, G_MAXINT },
  };

  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    g_assert_true (dbus_server_call (fixture->server, MAP, "UpdateMap",
                                     g_variant_new ("(iiii)", areas[i][0], areas[i][1], areas[i][2], areas[i][3]), -1));
  assert_shades (fixture->screen);
  g_assert_cmpint (fixture->damage.width, ==, WIDTH);
  g_assert_cmpint (fixture->damage.height, ==, HEIGHT);

  g_assert_true (dbus_server_call (fixture->server, LISTENER, "Update",
                                   g_variant_new ("(iiiiuu@ay)", -2, -2, 4, 4, 16, XRGB, make_bytes (64, 0xa0b0c0)),
                                   -1));
  g_assert_cmphex (get_pixel (fixture->screen, 1, 1), ==, 0xa0b0c0);
  g_assert_cmphex (get_pixel (fixture->screen, 2, 2), ==, shade (2, 2));
  g_assert_cmpint (lodge_screen_get_state (fixture->screen), ==, LODGE_SCREEN_CONNECTED);
}

static void
test_sizes (Fixture       *fixture,
            gconstpointer  data)
{
  open_screen (fixture);
  scanout_map (fixture, fixture->memory, 0, 100000, 100000, 400000, XRGB);
  assert_lost (fixture, LODGE_ERROR_LIMIT, "100000");
}

static void
test_short_rows (Fixture       *fixture,
                 gconstpointer  data)
{
  open_screen (fixture);
  scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH, XRGB);
  assert_lost (fixture, LODGE_ERROR_NOT_SUPPORTED, "pixel format");
}

static void
test_format (Fixture       *fixture,
             gconstpointer  data)
{
  open_screen (fixture);
  scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, 0x10020565);
  assert_lost (fixture, LODGE_ERROR_NOT_SUPPORTED, "10020565");
}

static void
test_few_bytes (Fixture       *fixture,
                gconstpointer  data)
{
  open_screen (fixture);
  dbus_server_call (fixture->server, LISTENER, "Scanout",
                    g_variant_new ("(uuuu@ay)", WIDTH, HEIGHT, WIDTH * 4, XRGB, make_bytes (1000, 0)), -1);
  assert_lost (fixture, LODGE_ERROR_FAILED, "less");
}

/* Memory that is taken away would kill a program that has mapped it */
static void
test_shrunk (Fixture       *fixture,
             gconstpointer  data)
{
  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  g_assert_cmpint (ftruncate (fixture->memory, 100), ==, 0);
  dbus_server_call (fixture->server, MAP, "UpdateMap", g_variant_new ("(iiii)", 0, 0, WIDTH, HEIGHT), -1);
  assert_lost (fixture, LODGE_ERROR_FAILED, "memory");
  /* The last picture is still there */
  g_assert_cmphex (get_pixel (fixture->screen, 63, 47), ==, shade (63, 47));
}

static void
test_no_memory (Fixture       *fixture,
                gconstpointer  data)
{
  const int null = open ("/dev/zero", O_RDWR | O_CLOEXEC);

  open_screen (fixture);
  scanout_map (fixture, null, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB);
  assert_lost (fixture, LODGE_ERROR_FAILED, "memory");
  close (null);
}

static void
test_no_handle (Fixture       *fixture,
                gconstpointer  data)
{
  open_screen (fixture);
  dbus_server_call (fixture->server, MAP, "ScanoutMap",
                    g_variant_new ("(huuuuu)", 7, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB), -1);
  assert_lost (fixture, LODGE_ERROR_FAILED, "memory");
}

static void
test_gl (Fixture       *fixture,
         gconstpointer  data)
{
  open_screen (fixture);
  dbus_server_call (fixture->server, LISTENER, "ScanoutDMABUF",
                    g_variant_new ("(huuuutb)", 0, WIDTH, HEIGHT, WIDTH * 4, 0x34325258, (guint64) 0, TRUE),
                    fixture->memory);
  assert_lost (fixture, LODGE_ERROR_NOT_SUPPORTED, "OpenGL");
}

static void
test_cursor (Fixture       *fixture,
             gconstpointer  data)
{
  GdkTexture *cursor;
  int x, y;
  guchar pixel[4] = { 0 };
  g_autoptr(GdkTextureDownloader) downloader = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize stride;

  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  g_assert_true (dbus_server_call (fixture->server, LISTENER, "CursorDefine",
                                   g_variant_new ("(iiii@ay)", 8, 8, 2, 3, make_bytes (8 * 8 * 4, 0x80102030)), -1));
  cursor = lodge_screen_get_cursor (fixture->screen, &x, &y);
  g_assert_nonnull (cursor);
  g_assert_cmpint (x, ==, 2);
  g_assert_cmpint (y, ==, 3);
  downloader = gdk_texture_downloader_new (cursor);
  gdk_texture_downloader_set_format (downloader, GDK_MEMORY_R8G8B8A8);
  bytes = gdk_texture_downloader_download_bytes (downloader, &stride);
  memcpy (pixel, g_bytes_get_data (bytes, NULL), 4);
  g_assert_cmphex (pixel[0], ==, 0x10);
  g_assert_cmphex (pixel[2], ==, 0x30);
  g_assert_cmphex (pixel[3], ==, 0x80);

  /* One that lies about its size, and one of ten thousand pixels: none is shown */
  g_assert_true (dbus_server_call (fixture->server, LISTENER, "CursorDefine",
                                   g_variant_new ("(iiii@ay)", 64, 64, 0, 0, make_bytes (100, 0)), -1));
  g_assert_null (lodge_screen_get_cursor (fixture->screen, &x, &y));
  g_assert_true (dbus_server_call (fixture->server, LISTENER, "CursorDefine",
                                   g_variant_new ("(iiii@ay)", 10000, 10000, 0, 0, make_bytes (4096, 0)), -1));
  g_assert_null (lodge_screen_get_cursor (fixture->screen, &x, &y));
}

static void
test_input (Fixture       *fixture,
            gconstpointer  data)
{
  DbusServer *server = fixture->server;
  LodgeScreen *screen = fixture->screen;

  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  WAIT_FOR (lodge_screen_get_absolute_pointer (screen));

  lodge_screen_move_to (screen, 10, 20);
  lodge_screen_button (screen, LODGE_SCREEN_BUTTON_RIGHT, TRUE);
  lodge_screen_button (screen, LODGE_SCREEN_BUTTON_RIGHT, FALSE);
  lodge_screen_wheel (screen, 0, -1);
  lodge_screen_request_size (screen, 960, 480);
  WAIT_FOR (strstr (server->calls->str, "SetUIInfo") != NULL);
  g_assert_cmpstr (server->calls->str, ==,
                   "Mouse.SetAbsPosition(10, 20) Mouse.Press(2,) Mouse.Release(2,) Mouse.Press(3,) Mouse.Release(3,) "
                   "Console.SetUIInfo(254, 127, 0, 0, 960, 480) ");

  dbus_server_set_absolute (server, FALSE);
  WAIT_FOR (!lodge_screen_get_absolute_pointer (screen));
  g_string_truncate (server->calls, 0);
  lodge_screen_move_by (screen, -3, 4);
  WAIT_FOR (server->calls->len > 0);
  g_assert_cmpstr (server->calls->str, ==, "Mouse.RelMotion(-3, 4) ");

  /* Lights: only the key whose light is wrong is tapped */
  dbus_server_set_modifiers (server, LODGE_SCREEN_LOCK_NUM);
  WAIT_FOR (lodge_screen_get_led_state (screen) == LODGE_SCREEN_LOCK_NUM);
  g_string_truncate (server->calls, 0);
  lodge_screen_set_locks (screen, LODGE_SCREEN_LOCK_NUM | LODGE_SCREEN_LOCK_CAPS);
  WAIT_FOR (strstr (server->calls->str, "Release") != NULL);
  g_assert_cmpstr (server->calls->str, ==, "Keyboard.Press(58,) Keyboard.Release(58,) ");
}

/* Every key of the table arrives as the number that QEMU has for it */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  guint n = 0;

  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  for (guint code = 0; code < KEY_CNT; code++)
    {
      const guint qnum = lodge_keymap_to_qnum (code);

      lodge_screen_key (fixture->screen, code, 0, TRUE);
      lodge_screen_key (fixture->screen, code, 0, FALSE);
      if (qnum == 0)
        continue;
      g_string_append_printf (expected, "Keyboard.Press(%u,) Keyboard.Release(%u,) ", qnum, qnum);
      n++;
    }
  g_assert_cmpuint (n, >, 120);
  WAIT_FOR (fixture->server->calls->len >= expected->len);
  g_assert_cmpstr (fixture->server->calls->str, ==, expected->str);
}

static void
test_cut (Fixture       *fixture,
          gconstpointer  data)
{
  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  dbus_server_cut (fixture->server);
  assert_lost (fixture, LODGE_ERROR_NOT_CONNECTED, "ended");
  assert_shades (fixture->screen);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  fixture->server->refuse = TRUE;
  lodge_screen_open (fixture->screen);
  assert_lost (fixture, LODGE_ERROR_UNREACHABLE, "answer");
}

/* As QEMU does when the one before has only just left */
static void
test_hung_up (Fixture       *fixture,
              gconstpointer  data)
{
  fixture->server->n_hang_ups = 2;
  open_screen (fixture);
  g_assert_true (scanout_map (fixture, fixture->memory, 0, WIDTH, HEIGHT, WIDTH * 4, XRGB));
  assert_shades (fixture->screen);
  g_assert_cmpuint (fixture->server->n_hang_ups, ==, 0);

  /* Not for ever */
  lodge_screen_close (fixture->screen);
  fixture->server->n_hang_ups = G_MAXUINT;
  lodge_screen_open (fixture->screen);
  assert_lost (fixture, LODGE_ERROR_NOT_CONNECTED, "ended");
}

/* Closing at any step of the opening is clean: tear_down() waits for the last reference */
static void
test_close_early (Fixture       *fixture,
                  gconstpointer  data)
{
  for (guint turns = 0; turns < 40; turns++)
    {
      lodge_screen_open (fixture->screen);
      for (guint i = 0; i < turns; i++)
        g_main_context_iteration (NULL, FALSE);
      lodge_screen_close (fixture->screen);
      lodge_test_settle ();
      g_assert_cmpint (lodge_screen_get_state (fixture->screen), ==, LODGE_SCREEN_CLOSED);
      dbus_server_cut (fixture->server);
      lodge_test_settle ();
      g_clear_object (&fixture->server->listener);
      g_clear_object (&fixture->server->console);
    }
}

/* A guest under a real QEMU, through a real libvirtd */

typedef struct
{
  LodgeDomain      *domain;
  LodgeConsoleInfo *info;
} Way;

static void
open_way (GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             callback_data,
          gpointer             user_data)
{
  Way *way = user_data;

  lodge_domain_open_screen_fd_async (way->domain, way->info, cancellable, callback, callback_data);
}

static gboolean
is_red (LodgeScreen *screen)
{
  guint32 pixel;

  if (lodge_screen_get_surface (screen) == NULL)
    return FALSE;
  pixel = get_pixel (screen, lodge_screen_get_width (screen) / 2, lodge_screen_get_height (screen) / 2);
  return (pixel >> 16 & 0xff) > 0x80 && (pixel >> 8 & 0xff) < 0x40 && (pixel & 0xff) < 0x40;
}

/* One key at a time: a PS/2 keyboard holds a few only. Keys that come before the shell reads are lost, so the line is
 * typed again and again. */
static gboolean
type_cb (gpointer user_data)
{
  static const char line[] = "\ncolor red\n";
  static guint position;
  LodgeScreen *screen = user_data;
  guint code;
  gboolean shift;

  g_assert_true (lodge_keymap_from_char ((gunichar) line[position], &code, &shift));
  lodge_screen_key (screen, code, 0, TRUE);
  lodge_screen_key (screen, code, 0, FALSE);
  position = (position + 1) % (G_N_ELEMENTS (line) - 1);
  return G_SOURCE_CONTINUE;
}

static void
test_guest (void)
{
  g_autofree char *iso = g_build_filename (g_getenv ("LODGE_TEST_GUEST_DIR"), "guest.iso", NULL);
  g_autoptr(LodgeTestDaemon) daemon = lodge_test_daemon_new ();
  g_autofree char *uri = lodge_test_daemon_dup_qemu_uri (daemon);
  g_autofree char *path = g_build_filename (lodge_test_daemon_get_path (daemon), "guest.xml", NULL);
  g_autofree char *xml = NULL;
  g_autoptr(LodgeTestVirsh) virsh = lodge_test_virsh_new (uri);
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GListModel) consoles = NULL;
  g_autoptr(LodgeScreen) screen = NULL;
  LodgeConnection *connection;
  Way way;
  guint typing;

  xml = g_strdup_printf ("<domain type='qemu'><name>dbus-guest</name><memory unit='MiB'>256</memory><vcpu>1</vcpu>"
                         "<os><type arch='x86_64' machine='q35'>hvm</type><boot dev='cdrom'/></os>"
                         "<features><acpi/></features><cpu mode='custom'><model>Nehalem</model></cpu><devices>"
                         "<disk type='file' device='cdrom'><source file='%s'/><target dev='sda' bus='sata'/><readonly/></disk>"
                         "<graphics type='dbus' p2p='yes'/><video><model type='vga'/></video></devices></domain>", iso);
  g_file_set_contents (path, xml, -1, &error);
  g_assert_no_error (error);
  lodge_test_virsh_run (virsh, "create %s", path);

  connection = lodge_test_open (uri);
  way.domain = lodge_test_find_domain (connection, "dbus-guest");
  lodge_domain_list_consoles_async (way.domain, NULL, lodge_test_result_cb, &result);
  WAIT_FOR (result != NULL);
  consoles = lodge_domain_list_consoles_finish (way.domain, result, &error);
  g_assert_no_error (error);
  way.info = g_list_model_get_item (consoles, 0);
  g_assert_cmpint (lodge_console_info_get_kind (way.info), ==, LODGE_CONSOLE_DBUS);
  g_assert_null (lodge_console_info_get_obstacle (way.info));
  g_assert_true (lodge_domain_screen_needs_fd (way.domain, way.info));

  screen = lodge_dbus_screen_new (open_way, &way, NULL);
  lodge_screen_open (screen);
  WAIT_FOR (lodge_screen_get_state (screen) == LODGE_SCREEN_CONNECTED);
  g_assert_cmpint (lodge_screen_get_width (screen), >, 300);
  typing = g_timeout_add (150, type_cb, screen);
  WAIT_FOR (is_red (screen));
  g_source_remove (typing);

  /* Closed and opened again it shows the same; and it ends with the guest */
  lodge_screen_close (screen);
  lodge_screen_open (screen);
  WAIT_FOR (lodge_screen_get_state (screen) != LODGE_SCREEN_CONNECTING);
  g_assert_no_error (lodge_screen_get_error (screen));
  WAIT_FOR (lodge_screen_get_state (screen) == LODGE_SCREEN_CONNECTED && is_red (screen));
  lodge_test_virsh_run (virsh, "destroy dbus-guest");
  WAIT_FOR (lodge_screen_get_state (screen) == LODGE_SCREEN_LOST);
  g_assert_error (lodge_screen_get_error (screen), LODGE_ERROR, LODGE_ERROR_NOT_CONNECTED);

  g_object_unref (way.info);
  lodge_test_close (connection);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/console/dbus/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("heads", test_heads);
  ADD ("map", test_map);
  ADD ("bytes", test_bytes);
  ADD ("outside", test_outside);
  ADD ("sizes", test_sizes);
  ADD ("short-rows", test_short_rows);
  ADD ("format", test_format);
  ADD ("few-bytes", test_few_bytes);
  ADD ("shrunk", test_shrunk);
  ADD ("no-memory", test_no_memory);
  ADD ("no-handle", test_no_handle);
  ADD ("gl", test_gl);
  ADD ("cursor", test_cursor);
  ADD ("input", test_input);
  ADD ("keys", test_keys);
  ADD ("cut", test_cut);
  ADD ("refused", test_refused);
  ADD ("hung-up", test_hung_up);
  ADD ("close-early", test_close_early);
  g_test_add_func ("/console/dbus/guest", test_guest);
  return g_test_run ();
}
