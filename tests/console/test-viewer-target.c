/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "console/lodge-viewer-target.h"
#include "util/lodge-error.h"

/* Addresses and connection files, good ones and hostile ones. */

static LodgeViewerTarget *
read_file (const char  *text,
           GError     **error)
{
  return lodge_viewer_target_new_from_file (text, strlen (text), error);
}

static void
test_uri (void)
{
  static const struct
  {
    const char          *uri;
    LodgeViewerProtocol  protocol;
    const char          *host;
    guint                port;
    guint                tls_port;
    const char          *unix_path;
  } good[] = {
    { "spice://example.org:5901", LODGE_VIEWER_SPICE, "example.org", 5901, 0, NULL },
    { "SPICE://example.org:5901", LODGE_VIEWER_SPICE, "example.org", 5901, 0, NULL },
    { "spice://[::1]:5901", LODGE_VIEWER_SPICE, "::1", 5901, 0, NULL },
    { "spice://example.org?port=5901&tls-port=5902", LODGE_VIEWER_SPICE, "example.org", 5901, 5902, NULL },
    { "spice+tls://example.org:5902", LODGE_VIEWER_SPICE, "example.org", 0, 5902, NULL },
    { "spice+tls://example.org:5902?port=5901", LODGE_VIEWER_SPICE, "example.org", 0, 5902, NULL },
    { "spice+unix:///run/a%20b.sock", LODGE_VIEWER_SPICE, NULL, 0, 0, "/run/a b.sock" },
    { "vnc://127.0.0.1", LODGE_VIEWER_VNC, "127.0.0.1", 5900, 0, NULL },
    { "vnc://anna@example.org:5903", LODGE_VIEWER_VNC, "example.org", 5903, 0, NULL },
    { "vnc+unix:///run/vnc", LODGE_VIEWER_VNC, NULL, 0, 0, "/run/vnc" },
  };
  static const char * const bad[] = {
    "", "spice", "spice://", "spice://example.org", "spice+tls://example.org", "spice://example.org:0",
    "spice://example.org:65536", "spice://example.org:-1", "spice://example.org?port=banana", "vnc://", "vnc://:5900",
    "vnc://a b", "vnc://-oProxyCommand=x", "vnc://a%0ab", "vnc://a%00b", "vnc+unix://host/", "vnc+unix:relative",
    "rdp://example.org", "http://example.org:80", "spice://anna:secret@example.org:5901",
    "spice://example.org:5901?password=secret", "spice://example.org?port=1&port", "\xff\xfe://x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LodgeViewerTarget) target = lodge_viewer_target_new_from_uri (good[i].uri, &error);

      g_assert_no_error (error);
      g_assert_true (lodge_viewer_target_is_uri (good[i].uri));
      g_assert_cmpint (target->protocol, ==, good[i].protocol);
      g_assert_cmpstr (target->host, ==, good[i].host);
      g_assert_cmpuint (target->port, ==, good[i].port);
      g_assert_cmpuint (target->tls_port, ==, good[i].tls_port);
      g_assert_cmpstr (target->unix_path, ==, good[i].unix_path);
      g_assert_null (target->password);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (lodge_viewer_target_new_from_uri (bad[i], &error));
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "secret"));
    }
  g_assert_false (lodge_viewer_target_is_uri ("console.vv"));
  g_assert_false (lodge_viewer_target_is_uri ("/tmp/spice:x"));
  g_assert_false (lodge_viewer_target_is_uri ("file:///tmp/console.vv"));
}

/* As a management server writes them */
static void
test_file (void)
{
  static const char text[] =
    "[virt-viewer]\n"
    "type=spice\nhost=192.0.2.7\nport=5900\ntls-port=5901\npassword=pa$$ word\nusername=anna\n"
    "delete-this-file=1\nfullscreen=0\ntitle=web-01:%d - Press SHIFT+F12 to release the cursor\n"
    "toggle-fullscreen=shift+f11\nrelease-cursor=shift+f12\nsecure-attention=ctrl+alt+end\n"
    "smartcard-insert=shift+f8\nsmartcard-remove=shift+f9\n"
    "enable-smartcard=0\nenable-usb-autoshare=1\nenable-usbredir=1\nusb-filter=-1,-1,-1,-1,0\n"
    "color-depth=16\ndisable-effects=wallpaper;animation\n"
    "tls-ciphers=DEFAULT\nhost-subject=O=Example,CN=192.0.2.7\n"
    "ca=-----BEGIN CERTIFICATE-----\\nMIID\\n-----END CERTIFICATE-----\\n\n"
    "secure-channels=main;inputs;cursor;playback;record;display;smartcard;usbredir\n"
    "proxy=proxy.example.org:3128\n"
    "version=10.0-1\nversions=rhev-win64:2.0-160;rhel7:2.0-6\nnewer-version-url=https://example.org/\n"
    "something-new=1\n\n"
    "[ovirt]\nhost=ovirt.example.org\nvm-guid=8d1b6f0e\nadmin=1\n";
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeViewerTarget) target = read_file (text, &error);
  gsize size;
  const char *ca;

  g_assert_no_error (error);
  g_assert_cmpint (target->protocol, ==, LODGE_VIEWER_SPICE);
  g_assert_cmpstr (target->host, ==, "192.0.2.7");
  g_assert_cmpuint (target->port, ==, 5900);
  g_assert_cmpuint (target->tls_port, ==, 5901);
  g_assert_cmpstr (target->password, ==, "pa$$ word");
  g_assert_cmpstr (target->username, ==, "anna");
  g_assert_true (target->delete_file);
  g_assert_false (target->fullscreen);
  g_assert_cmpstr (target->title, ==, "web-01:%d - Press SHIFT+F12 to release the cursor");
  g_assert_cmpstr (target->keys[LODGE_VIEWER_KEY_FULLSCREEN], ==, "<Shift>F11");
  g_assert_cmpstr (target->keys[LODGE_VIEWER_KEY_RELEASE], ==, "<Shift>F12");
  g_assert_cmpstr (target->keys[LODGE_VIEWER_KEY_SECURE_ATTENTION], ==, "<Control><Alt>End");
  g_assert_cmpstr (target->keys[LODGE_VIEWER_KEY_SMARTCARD_INSERT], ==, "<Shift>F8");
  g_assert_cmpstr (target->keys[LODGE_VIEWER_KEY_SMARTCARD_REMOVE], ==, "<Shift>F9");
  g_assert_cmpint (target->enable_smartcard, ==, 0);
  g_assert_cmpint (target->enable_usb_autoshare, ==, 1);
  g_assert_cmpint (target->enable_usbredir, ==, 1);
  g_assert_cmpstr (target->usb_filter, ==, "-1,-1,-1,-1,0");
  g_assert_cmpuint (target->color_depth, ==, 16);
  g_assert_cmpuint (g_strv_length (target->disabled_effects), ==, 2);
  g_assert_cmpstr (target->disabled_effects[1], ==, "animation");
  g_assert_cmpstr (target->tls_ciphers, ==, "DEFAULT");
  g_assert_cmpstr (target->host_subject, ==, "O=Example,CN=192.0.2.7");
  ca = g_bytes_get_data (target->ca, &size);
  g_assert_cmpmem (ca, size, "-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----", 58);
  g_assert_cmpuint (g_strv_length (target->secure_channels), ==, 8);
  g_assert_cmpstr (target->proxy, ==, "http://proxy.example.org:3128");
  g_assert_nonnull (target->note);
}

static void
test_small_file (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LodgeViewerTarget) target = read_file ("[virt-viewer]\ntype=vnc\nhost=example.org\n", &error);
  g_autoptr(LodgeViewerTarget) secure =
    read_file ("[virt-viewer]\ntype=spice\nhost=::1\nport=-1\ntls-port=5901\nfullscreen=1\n", NULL);
  g_autofree char *address = lodge_viewer_target_dup_address (secure);

  g_assert_no_error (error);
  g_assert_cmpuint (target->port, ==, 5900);
  g_assert_null (target->title);
  g_assert_null (target->keys[LODGE_VIEWER_KEY_RELEASE]);
  g_assert_cmpint (target->enable_usbredir, ==, -1);
  g_assert_null (target->note);
  g_assert_cmpuint (secure->port, ==, 0);
  g_assert_true (secure->fullscreen);
  g_assert_cmpstr (address, ==, "[::1]:5901");
}

/* A line that cannot be is refused, and the words name its key */
static void
test_hostile (void)
{
  static const struct { const char *line; const char *named; } lines[] = {
    { "host=a b", NULL }, { "host=-oProxyCommand=touch", NULL }, { "host=a\\nb", "host" }, { "host=", NULL },
    { "host=$(reboot)", NULL }, { "host=../../etc", NULL }, { "port=0x10", "port" }, { "port=99999", "port" },
    { "port=5900 5901", "port" }, { "port=-2", "port" }, { "tls-port=one", "tls-port" }, { "unix-path=relative", NULL },
    { "password=a\\nb", "password" }, { "title=a\\tb\\nc", "title" }, { "username=a\\rb", "username" },
    { "fullscreen=2", "fullscreen" }, { "fullscreen=maybe", "fullscreen" }, { "delete-this-file=-1", "delete-this-file" },
    { "toggle-fullscreen=shift+", NULL }, { "toggle-fullscreen=hyperspace", "toggle-fullscreen" },
    { "release-cursor=a+b", "release-cursor" }, { "release-cursor=f99", "release-cursor" },
    { "secure-attention=ctrl+alt+<Super>x", "secure-attention" },
    { "color-depth=7", "color-depth" }, { "disable-effects=wallpaper;gravity", "disable-effects" },
    { "ca=no certificate", "ca" }, { "proxy=file:///etc/passwd", "proxy" }, { "proxy=socks5://x:1", "proxy" },
    { "proxy=http://", "proxy" }, { "secure-channels=main;in puts!", "secure-channels" },
    { "secure-channels=main;'$(x)'", "secure-channels" }, { "tls-ciphers=DEFAULT;rm", "tls-ciphers" },
    { "usb-filter=everything", "usb-filter" }, { "usb-filter=1,2,3", "usb-filter" },
    { "usb-filter=-1,-1,-1,-1,2", "usb-filter" }, { "enable-usbredir=a", "enable-usbredir" },
    { "version=99.0", "99.0" }, { "version=newest", "version" }, { "type=ovirt", "oVirt" }, { "type=rdp", "rdp" },
    { "type=<b>", "<b>" }, { "type=", "type" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf ("[virt-viewer]\ntype=spice\nhost=example.org\nport=5900\n%s\n", lines[i].line);
      g_autoptr(GError) error = NULL;
      g_autoptr(LodgeViewerTarget) target = read_file (text, &error);

      g_test_message ("%s", lines[i].line);
      /* “shift+” is Shift, and “host=” leaves the one before */
      if (lines[i].named == NULL && target != NULL)
        {
          g_assert_true (g_str_equal (lines[i].line, "toggle-fullscreen=shift+"));
          continue;
        }
      g_assert_null (target);
      g_assert_nonnull (error);
      if (lines[i].named != NULL)
        g_assert_nonnull (strstr (error->message, lines[i].named));
    }
}

static void
test_no_file (void)
{
  static const char * const texts[] = {
    "", "\n", "hello", "[virt-viewer]", "[virt-viewer]\n", "[other]\ntype=spice\n", "type=spice\n",
    "[virt-viewer]\nhost=example.org\nport=5900\n", "[virt-viewer]\ntype=spice\n", "[virt-viewer]\ntype=spice\nhost=x\n",
    "[virt-viewer]\ntype=spice\nhost=\xff\xfe\nport=1\n", "<?xml version='1.0'?><domain/>",
  };
  g_autofree char *large = g_malloc0 (LODGE_VIEWER_MAX_FILE + 1);
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) local = NULL;

      g_assert_null (read_file (texts[i], &local));
      g_assert_nonnull (local);
    }
  g_assert_null (lodge_viewer_target_new_from_file (large, LODGE_VIEWER_MAX_FILE + 1, &error));
  g_assert_error (error, LODGE_ERROR, LODGE_ERROR_LIMIT);
}

static void
test_hotkeys (void)
{
  static const struct { const char *hotkey; const char *accelerator; } keys[] = {
    { "shift+f11", "<Shift>F11" }, { "Ctrl+Alt", "<Control><Alt>" }, { "ctrl+alt+shift+del", "<Control><Alt><Shift>Delete" },
    { "f12", "F12" }, { "ctrl+ctrl+a", "<Control>a" }, { "super+5", "<Super>5" }, { "a+ctrl", NULL }, { "f25", NULL },
    { "+", NULL }, { "é", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *accelerator = lodge_viewer_dup_accelerator (keys[i].hotkey);

      g_assert_cmpstr (accelerator, ==, keys[i].accelerator);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewer-target/uri", test_uri);
  g_test_add_func ("/viewer-target/file", test_file);
  g_test_add_func ("/viewer-target/small-file", test_small_file);
  g_test_add_func ("/viewer-target/hostile", test_hostile);
  g_test_add_func ("/viewer-target/no-file", test_no_file);
  g_test_add_func ("/viewer-target/hotkeys", test_hotkeys);
  return g_test_run ();
}
