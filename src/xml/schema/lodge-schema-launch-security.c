/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice types[] = {
  { "sev", N_("AMD SEV") }, { "sev-snp", N_("AMD SEV-SNP") }, { "tdx", N_("Intel TDX") },
  { "s390-pv", N_("IBM Secure Execution") }, { NULL }
};

static const LodgeField fields[] = {
  { "type", "@type", LODGE_FIELD_ENUM, N_("Protection"), N_("The host cannot read the guest’s memory"),
    .choices = types, .capability = "features/launchSecurity/enum[@name='sectype']",
    .flags = LODGE_FIELD_REQUIRED },
  { "policy", "policy", LODGE_FIELD_HEX, N_("Policy"),
    N_("Bits that say what is allowed, as the processor’s maker defines them"), .needs = "type=sev sev-snp tdx" },
  { "kernel-hashes", "@kernelHashes", LODGE_FIELD_BOOL, N_("Kernel Is Measured"),
    N_("Hashes of a kernel started directly are part of the measurement"), .needs = "type=sev sev-snp" },
  { "cbitpos", "cbitpos", LODGE_FIELD_UINT, N_("Position of the Encryption Bit"),
    N_("libvirt asks the host when it is not set"), .needs = "type=sev sev-snp", .maximum = 63,
    .flags = LODGE_FIELD_MORE },
  { "reduced-phys-bits", "reducedPhysBits", LODGE_FIELD_UINT, N_("Address Bits Lost"), NULL,
    .needs = "type=sev sev-snp", .maximum = 63, .flags = LODGE_FIELD_MORE },
  { "dh-cert", "dhCert", LODGE_FIELD_TEXT, N_("Owner’s Certificate"), N_("Base64 text"), .needs = "type=sev",
    .flags = LODGE_FIELD_MORE },
  { "session", "session", LODGE_FIELD_TEXT, N_("Session"), N_("Base64 text"), .needs = "type=sev",
    .flags = LODGE_FIELD_MORE },
  { "id-block", "idBlock", LODGE_FIELD_TEXT, N_("ID Block"), N_("Base64 text"), .needs = "type=sev-snp",
    .flags = LODGE_FIELD_MORE },
  { "id-auth", "idAuth", LODGE_FIELD_TEXT, N_("ID Authentication"), N_("Base64 text"), .needs = "type=sev-snp",
    .flags = LODGE_FIELD_MORE },
  { "host-data", "hostData", LODGE_FIELD_TEXT, N_("Host Data"), N_("Base64 text"), .needs = "type=sev-snp",
    .flags = LODGE_FIELD_MORE },
  { "workarounds", "guestVisibleWorkarounds", LODGE_FIELD_TEXT, N_("Workarounds the Guest Sees"),
    N_("Base64 text"), .needs = "type=sev-snp", .flags = LODGE_FIELD_MORE },
  { "author-key", "@authorKey", LODGE_FIELD_BOOL, N_("Author Key"), NULL, .needs = "type=sev-snp",
    .flags = LODGE_FIELD_MORE },
  { "vcek", "@vcek", LODGE_FIELD_BOOL, N_("VCEK Signs"), NULL, .fallback = "yes", .needs = "type=sev-snp",
    .flags = LODGE_FIELD_MORE },
  { "mr-config-id", "mrConfigId", LODGE_FIELD_TEXT, N_("Configuration ID"), N_("Base64 text"), .needs = "type=tdx",
    .flags = LODGE_FIELD_MORE },
  { "mr-owner", "mrOwner", LODGE_FIELD_TEXT, N_("Owner"), N_("Base64 text"), .needs = "type=tdx",
    .flags = LODGE_FIELD_MORE },
  { "mr-owner-config", "mrOwnerConfig", LODGE_FIELD_TEXT, N_("Owner’s Configuration"), N_("Base64 text"),
    .needs = "type=tdx", .flags = LODGE_FIELD_MORE },
  { "quote-service", "quoteGenerationService/@path", LODGE_FIELD_PATH, N_("Socket of the Quote Service"), NULL,
    .needs = "type=tdx", .flags = LODGE_FIELD_MORE },
};

const LodgeSchema lodge_schema_launch_security = {
  .id = "launch-security", .path = "launchSecurity", .title = N_("Confidential Computing"), LODGE_FIELDS (fields),
  .blank = "<launchSecurity type='s390-pv'/>", .section = "launch-security",
};
