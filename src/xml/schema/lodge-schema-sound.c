/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "ich9", N_("HDA (ICH9)") }, { "ich6", N_("HDA (ICH6)") }, { "virtio", N_("Virtio") }, { "usb", N_("USB") },
  { "ac97", N_("AC97") }, { "ich7", N_("HDA (ICH7)") }, { "es1370", N_("ES1370") },
  { "sb16", N_("Sound Blaster 16") }, { "pcspk", N_("PC Speaker") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models, .flags = LODGE_FIELD_REQUIRED },
  { "audio", "audio/@id", LODGE_FIELD_UINT, N_("Sound Goes To"), N_("Number of the sound output"), .minimum = 1,
    .maximum = 255 },
  { "multichannel", "@multichannel", LODGE_FIELD_BOOL, N_("Several Channels"), NULL, .needs = "model=usb",
    .flags = LODGE_FIELD_MORE },
  { "streams", "@streams", LODGE_FIELD_UINT, N_("Streams"), NULL, .minimum = 1, .maximum = 64,
    .needs = "model=virtio", .flags = LODGE_FIELD_MORE },
  LODGE_VIRTIO_ROWS,
  LODGE_ACPI_ROW,
  LODGE_ALIAS_ROW,
};

static const LodgeFieldChoice codecs[] = {
  { "duplex", N_("Line In and Out") }, { "micro", N_("Microphone and Speaker") }, { "output", N_("Line Out") },
  { NULL }
};
static const LodgeField codec_fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Codec"), NULL, .choices = codecs, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema codec = {
  .id = "sound-codec", .path = "codec", .title = N_("Codecs"), LODGE_FIELDS (codec_fields), .many = TRUE,
  .blank = "<codec type='duplex'/>",
};
static const LodgeSchema * const lists[] = { &codec, NULL };

const LodgeSchema lodge_schema_sound = {
  .id = "sound", .path = "devices/sound", .title = N_("Sound Card"), LODGE_FIELDS (fields), .many = TRUE,
  .blank = "<sound model='ich9'/>", .lists = lists,
  .section = "sound-devices",
};
