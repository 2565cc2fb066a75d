/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

/* All tables, and the choices that several share. A new device kind is one table file and one line here. */

static const LodgeSchema * const all[] = {
  &lodge_schema_overview,
  &lodge_schema_cpu,
  &lodge_schema_memory,
  &lodge_schema_boot,
  &lodge_schema_features,
  &lodge_schema_clock,
  &lodge_schema_tuning,
  &lodge_schema_identity,
  &lodge_schema_seclabel,
  &lodge_schema_launch_security,
  &lodge_schema_container,
  &lodge_schema_hypervisor,
  &lodge_schema_disk,
  &lodge_schema_interface,
  &lodge_schema_graphics,
  &lodge_schema_video,
  &lodge_schema_sound,
  &lodge_schema_audio,
  &lodge_schema_input,
  &lodge_schema_filesystem,
  &lodge_schema_hostdev,
  &lodge_schema_redirdev,
  &lodge_schema_redirfilter,
  &lodge_schema_smartcard,
  &lodge_schema_tpm,
  &lodge_schema_rng,
  &lodge_schema_watchdog,
  &lodge_schema_panic,
  &lodge_schema_memballoon,
  &lodge_schema_memory_device,
  &lodge_schema_serial,
  &lodge_schema_parallel,
  &lodge_schema_console,
  &lodge_schema_channel,
  &lodge_schema_shmem,
  &lodge_schema_vsock,
  &lodge_schema_iommu,
  &lodge_schema_crypto,
  &lodge_schema_pstore,
  &lodge_schema_nvram,
  &lodge_schema_lease,
  &lodge_schema_hub,
  &lodge_schema_controller,
  NULL
};

const LodgeFieldChoice lodge_choices_virtio_model[] = {
  { "virtio", N_("Virtio") },
  { "virtio-transitional", N_("Virtio, for Old and New Guests") },
  { "virtio-non-transitional", N_("Virtio, for New Guests Only") },
  { NULL }
};

const LodgeFieldChoice lodge_choices_startup_policy[] = {
  { "mandatory", N_("Must Be There") },
  { "requisite", N_("Must Be There at Start") },
  { "optional", N_("May Be Missing") },
  { NULL }
};

const LodgeFieldChoice lodge_choices_character_type[] = {
  { "pty", N_("Terminal in Lodge") },
  { "unix", N_("Unix Socket") },
  { "tcp", N_("Network Connection (TCP)") },
  { "udp", N_("Network Messages (UDP)") },
  { "file", N_("File") },
  { "pipe", N_("Named Pipe") },
  { "dev", N_("Device of the Host") },
  { "spicevmc", N_("SPICE") },
  { "spiceport", N_("Port of SPICE") },
  { "qemu-vdagent", N_("Clipboard of QEMU") },
  { "dbus", N_("D-Bus") },
  { "stdio", N_("Output of the Hypervisor") },
  { "vc", N_("Virtual Console") },
  { "nmdm", N_("Null Modem (bhyve)") },
  { "null", N_("Nothing") },
  { NULL }
};

const LodgeFieldChoice lodge_choices_character_mode[] = {
  { "bind", N_("Wait for a Connection") }, { "connect", N_("Connect") }, { NULL }
};

const LodgeFieldChoice lodge_choices_character_protocol[] = {
  { "raw", N_("Raw") }, { "telnet", N_("Telnet") }, { "telnets", N_("Telnet over TLS") }, { "tls", N_("TLS") }, { NULL }
};

const LodgeFieldChoice lodge_choices_mouse_mode[] = {
  { "client", N_("Absolute") }, { "server", N_("Relative") }, { NULL }
};

const LodgeSchema * const *
lodge_schema_get_all (void)
{
  return all;
}
