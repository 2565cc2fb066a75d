/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "spice", N_("SPICE") }, { "vnc", N_("VNC") }, { "dbus", N_("D-Bus") },
  { "egl-headless", N_("Without a Window (EGL)") }, { "sdl", N_("Window on the Host (SDL)") },
  { "rdp", N_("RDP") }, { "desktop", N_("Window on the Host (VirtualBox)") }, { NULL }
};
static const LodgeFieldChoice secure_modes[] = {
  { "any", N_("Any") }, { "secure", N_("Encrypted") }, { "insecure", N_("Not Encrypted") }, { NULL }
};
static const LodgeFieldChoice shares[] = {
  { "allow-exclusive", N_("A Viewer Can Ask to Be Alone") }, { "force-shared", N_("Always Shared") },
  { "ignore", N_("Not Checked") }, { NULL }
};
static const LodgeFieldChoice connected[] = {
  { "keep", N_("Keep the Old Viewer") }, { "disconnect", N_("Disconnect the Old Viewer") },
  { "fail", N_("Refuse the New Password") }, { NULL }
};
static const LodgeFieldChoice images[] = {
  { "auto_glz", N_("Automatic (GLZ)") }, { "auto_lz", N_("Automatic (LZ)") }, { "quic", N_("QUIC") },
  { "glz", N_("GLZ") }, { "lz", N_("LZ") }, { "off", N_("Off") }, { NULL }
};
static const LodgeFieldChoice wan[] = {
  { "auto", N_("Automatic") }, { "never", N_("Never") }, { "always", N_("Always") }, { NULL }
};
static const LodgeFieldChoice streaming[] = {
  { "filter", N_("Moving Pictures") }, { "all", N_("All") }, { "off", N_("Off") }, { NULL }
};
static const LodgeFieldChoice channels[] = {
  { "main", N_("Main") }, { "display", N_("Screen") }, { "inputs", N_("Keyboard and Pointer") },
  { "cursor", N_("Pointer’s Picture") }, { "playback", N_("Sound") }, { "record", N_("Microphone") },
  { "smartcard", N_("Smart Card") }, { "usbredir", N_("USB") }, { NULL }
};
static const LodgeFieldChoice listens[] = {
  { "address", N_("Address") }, { "network", N_("Network of the Host") }, { "socket", N_("Socket") },
  { "none", N_("Lodge Only") }, { NULL }
};

#define ACCESS N_("Access")
#define SPICE N_("SPICE")
#define ACCELERATION N_("Acceleration")

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types,
    .capability = "devices/graphics/enum[@name='type']", .flags = LODGE_FIELD_REQUIRED },
  { "listen-type", "listen/@type", LODGE_FIELD_ENUM, N_("Listens On"), N_("“Lodge Only” opens no port"),
    .choices = listens, .needs = "type=spice vnc rdp", .group = ACCESS },
  { "listen-address", "listen/@address", LODGE_FIELD_STRING, N_("Address"), NULL, .needs = "listen-type=address",
    .group = ACCESS },
  { "listen-network", "listen/@network", LODGE_FIELD_STRING, N_("Network"), NULL, .needs = "listen-type=network",
    .group = ACCESS },
  { "listen-socket", "listen/@socket", LODGE_FIELD_PATH, N_("Socket"), NULL, .needs = "listen-type=socket",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "autoport", "@autoport", LODGE_FIELD_BOOL, N_("Automatic Port"), NULL, .fallback = "no",
    .needs = "type=spice vnc rdp", .group = ACCESS },
  { "port", "@port", LODGE_FIELD_INT, N_("Port"), N_("−1 is automatic"), .needs = "type=spice vnc rdp",
    .minimum = -1, .maximum = 65535, .group = ACCESS },
  { "tls-port", "@tlsPort", LODGE_FIELD_INT, N_("Encrypted Port"), N_("−1 is automatic"), .needs = "type=spice",
    .minimum = -1, .maximum = 65535, .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "websocket", "@websocket", LODGE_FIELD_INT, N_("WebSocket Port"), N_("−1 is automatic"), .needs = "type=vnc",
    .minimum = -1, .maximum = 65535, .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "password", "@passwd", LODGE_FIELD_STRING, N_("Password"), NULL, .needs = "type=spice vnc rdp",
    .flags = LODGE_FIELD_SECRET | LODGE_FIELD_LIVE, .group = ACCESS },
  { "password-until", "@passwdValidTo", LODGE_FIELD_DATE, N_("Password Valid Until"), N_("In UTC"),
    .needs = "type=spice vnc", .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .group = ACCESS },
  { "connected", "@connected", LODGE_FIELD_ENUM, N_("When the Password Changes"), NULL, .choices = connected,
    .needs = "type=spice vnc", .flags = LODGE_FIELD_MORE | LODGE_FIELD_LIVE, .group = ACCESS },
  { "keymap", "@keymap", LODGE_FIELD_STRING, N_("Keyboard Layout"),
    N_("Leave empty: the guest’s own is right in almost all cases"), .needs = "type=spice vnc",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "default-mode", "@defaultMode", LODGE_FIELD_ENUM, N_("Encryption"), NULL, .choices = secure_modes,
    .fallback = "any", .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "share-policy", "@sharePolicy", LODGE_FIELD_ENUM, N_("Several Viewers"), NULL, .choices = shares,
    .needs = "type=vnc", .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "power-control", "@powerControl", LODGE_FIELD_BOOL, N_("Viewers Can Turn It Off"), NULL, .needs = "type=vnc",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "replace-user", "@replaceUser", LODGE_FIELD_BOOL, N_("A New Viewer Replaces the Old"), NULL,
    .needs = "type=rdp", .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "multi-user", "@multiUser", LODGE_FIELD_BOOL, N_("Several Viewers"), NULL, .needs = "type=rdp",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "username", "@username", LODGE_FIELD_STRING, N_("User Name"), NULL, .needs = "type=rdp",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "display", "@display", LODGE_FIELD_STRING, N_("X Display"), NULL, .needs = "type=sdl desktop",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "xauth", "@xauth", LODGE_FIELD_PATH, N_("X Authority File"), NULL, .needs = "type=sdl",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "fullscreen", "@fullscreen", LODGE_FIELD_BOOL, N_("Full Screen"), NULL, .needs = "type=sdl desktop",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "dbus-address", "@address", LODGE_FIELD_STRING, N_("D-Bus Address"), NULL, .needs = "type=dbus",
    .flags = LODGE_FIELD_MORE, .group = ACCESS },
  { "p2p", "@p2p", LODGE_FIELD_BOOL, N_("Private D-Bus"), NULL, .needs = "type=dbus", .group = ACCESS },
  { "clipboard", "clipboard/@copypaste", LODGE_FIELD_BOOL, N_("Shared Clipboard"), NULL, .fallback = "yes",
    .needs = "type=spice", .group = SPICE },
  { "file-transfer", "filetransfer/@enable", LODGE_FIELD_BOOL, N_("File Transfer"), NULL, .fallback = "yes",
    .needs = "type=spice", .group = SPICE },
  { "mouse", "mouse/@mode", LODGE_FIELD_ENUM, N_("Pointer"), NULL, .choices = lodge_choices_mouse_mode,
    .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = SPICE },
  { "streaming", "streaming/@mode", LODGE_FIELD_ENUM, N_("Video Streams"), NULL, .choices = streaming,
    .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = SPICE },
  { "image-compression", "image/@compression", LODGE_FIELD_ENUM, N_("Compression of Pictures"), NULL,
    .choices = images, .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = SPICE },
  { "jpeg-compression", "jpeg/@compression", LODGE_FIELD_ENUM, N_("JPEG on Slow Connections"), NULL,
    .choices = wan, .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = SPICE },
  { "zlib-compression", "zlib/@compression", LODGE_FIELD_ENUM, N_("zlib on Slow Connections"), NULL,
    .choices = wan, .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = SPICE },
  { "playback-compression", "playback/@compression", LODGE_FIELD_ON_OFF, N_("Compression of Sound"), NULL,
    .needs = "type=spice", .flags = LODGE_FIELD_MORE, .group = SPICE },
  { "gl", "gl/@enable", LODGE_FIELD_BOOL, N_("3D Acceleration"), NULL, .needs = "type=spice dbus sdl",
    .group = ACCELERATION },
  { "render-node", "gl/@rendernode", LODGE_FIELD_PATH, N_("Graphics Card of the Host"), NULL,
    .needs = "type=spice dbus egl-headless", .flags = LODGE_FIELD_MORE, .group = ACCELERATION },
  { "audio", "audio/@id", LODGE_FIELD_UINT, N_("Sound Goes To"), N_("Number of the sound output"),
    .needs = "type=vnc dbus", .minimum = 1, .maximum = 255, .flags = LODGE_FIELD_MORE },
};

static const LodgeField channel_fields[] = {
  { "name", "@name", LODGE_FIELD_ENUM, N_("Channel"), NULL, .choices = channels,
    .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "mode", "@mode", LODGE_FIELD_ENUM, N_("Encryption"), NULL, .choices = secure_modes,
    .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema channel = {
  .id = "spice-channel", .path = "channel", .title = N_("Channels"), LODGE_FIELDS (channel_fields), .many = TRUE,
  .blank = "<channel name='main' mode='secure'/>",
};
static const LodgeSchema * const lists[] = { &channel, NULL };

const LodgeSchema lodge_schema_graphics = {
  .id = "graphics", .path = "devices/graphics", .title = N_("Display"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<graphics type='spice' autoport='yes'/>", .lists = lists,
  .section = "graphical-framebuffers",
};
