/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice models[] = {
  { "tpm-crb", N_("CRB") }, { "tpm-tis", N_("TIS") }, { "tpm-spapr", N_("POWER") },
  { "spapr-tpm-proxy", N_("POWER, Proxy") }, { NULL }
};
static const LodgeFieldChoice types[] = {
  { "emulator", N_("Emulated") }, { "passthrough", N_("TPM of the Host") },
  { "external", N_("Emulated Elsewhere") }, { NULL }
};
static const LodgeFieldChoice versions[] = {
  { "2.0", N_("2.0") }, { "1.2", N_("1.2") }, { NULL }
};
static const LodgeFieldChoice source_types[] = {
  { "dir", N_("Folder") }, { "file", N_("File") }, { "unix", N_("Socket") }, { NULL }
};
static const LodgeFieldChoice removals[] = {
  { "check", N_("Check Them") }, { "fips-host", N_("As the Host’s FIPS Mode Says") }, { NULL }
};

static const LodgeField fields[] = {
  { "model", "@model", LODGE_FIELD_ENUM, N_("Model"), NULL, .choices = models,
    .capability = "devices/tpm/enum[@name='model']" },
  { "type", "backend/@type", LODGE_FIELD_ENUM, N_("Kind"), NULL, .choices = types,
    .capability = "devices/tpm/enum[@name='backendModel']", .flags = LODGE_FIELD_REQUIRED },
  { "version", "backend/@version", LODGE_FIELD_ENUM, N_("Version"), NULL, .choices = versions,
    .needs = "type=emulator", .capability = "devices/tpm/enum[@name='backendVersion']" },
  { "device", "backend/device/@path", LODGE_FIELD_PATH, N_("Device of the Host"), NULL,
    .needs = "type=passthrough", .fallback = "/dev/tpm0" },
  { "persistent", "backend/@persistent_state", LODGE_FIELD_BOOL, N_("Keep the State"),
    N_("Also when a transient machine stops"), .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  { "encryption", "backend/encryption/@secret", LODGE_FIELD_UUID, N_("Secret That Encrypts the State"), NULL,
    .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  { "source-type", "backend/source/@type", LODGE_FIELD_ENUM, N_("State Is In"), NULL, .choices = source_types,
    .needs = "type=emulator external", .flags = LODGE_FIELD_MORE },
  { "source-path", "backend/source/@path", LODGE_FIELD_PATH, N_("Path"), NULL, .needs = "source-type",
    .flags = LODGE_FIELD_MORE },
  { "source-mode", "backend/source/@mode", LODGE_FIELD_STRING, N_("Mode"), N_("Always “connect”"),
    .needs = "type=external", .flags = LODGE_FIELD_MORE },
  { "profile", "backend/profile/@source", LODGE_FIELD_STRING, N_("Profile"), N_("Which algorithms the TPM has"),
    .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  { "profile-removed", "backend/profile/@removeDisabled", LODGE_FIELD_ENUM, N_("Disabled Algorithms"), NULL,
    .choices = removals, .needs = "profile", .flags = LODGE_FIELD_MORE },
  { "profile-name", "backend/profile/@name", LODGE_FIELD_STRING, N_("Name of the Profile"), NULL,
    .needs = "profile", .flags = LODGE_FIELD_MORE },
  { "debug", "backend/@debug", LODGE_FIELD_UINT, N_("Log Level"), NULL, .maximum = 20, .needs = "type=emulator",
    .flags = LODGE_FIELD_MORE },
  { "pcr-sha1", "backend/active_pcr_banks/sha1", LODGE_FIELD_PRESENCE, N_("PCR Bank SHA-1"), NULL,
    .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  { "pcr-sha256", "backend/active_pcr_banks/sha256", LODGE_FIELD_PRESENCE, N_("PCR Bank SHA-256"), NULL,
    .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  { "pcr-sha384", "backend/active_pcr_banks/sha384", LODGE_FIELD_PRESENCE, N_("PCR Bank SHA-384"), NULL,
    .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  { "pcr-sha512", "backend/active_pcr_banks/sha512", LODGE_FIELD_PRESENCE, N_("PCR Bank SHA-512"), NULL,
    .needs = "type=emulator", .flags = LODGE_FIELD_MORE },
  LODGE_ALIAS_ROW,
};

const LodgeSchema lodge_schema_tpm = {
  .id = "tpm", .path = "devices/tpm", .title = N_("TPM"), LODGE_FIELDS (fields),
  .blank = "<tpm model='tpm-crb'>\n  <backend type='emulator' version='2.0'/>\n</tpm>",
  .section = "tpm-device",
};
