/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lodge-schemas.h"

static const LodgeFieldChoice policies[] = {
  { "default", N_("Usual") }, { "allow", N_("Allow What Is Not Denied") }, { "deny",
  N_("Deny What Is Not Allowed") }, { NULL }
};
static const LodgeFieldChoice net_sources[] = {
  { "netns", N_("Network Namespace") }, { "name", N_("Container") }, { "pid", N_("Process") }, { NULL }
};
static const LodgeFieldChoice sources[] = { { "name", N_("Container") }, { "pid", N_("Process") }, { NULL } };

#define RIGHTS N_("Rights")
#define SHARED N_("Shared Namespaces")

static const LodgeField fields[] = {
  { "init", "os/init", LODGE_FIELD_PATH, N_("First Program"), N_("What the container starts"),
    .flags = LODGE_FIELD_MORE },
  { "init-dir", "os/initdir", LODGE_FIELD_PATH, N_("Working Folder"), NULL, .flags = LODGE_FIELD_MORE },
  { "init-user", "os/inituser", LODGE_FIELD_STRING, N_("User"), NULL, .flags = LODGE_FIELD_MORE },
  { "init-group", "os/initgroup", LODGE_FIELD_STRING, N_("Group"), NULL, .flags = LODGE_FIELD_MORE },
  { "idmap-uid-start", "idmap/uid/@start", LODGE_FIELD_UINT, N_("First User ID Inside"), NULL,
    .flags = LODGE_FIELD_MORE },
  { "idmap-uid-target", "idmap/uid/@target", LODGE_FIELD_UINT, N_("First User ID on the Host"), NULL,
    .flags = LODGE_FIELD_MORE },
  { "idmap-uid-count", "idmap/uid/@count", LODGE_FIELD_UINT, N_("User IDs"), NULL, .flags = LODGE_FIELD_MORE },
  { "idmap-gid-start", "idmap/gid/@start", LODGE_FIELD_UINT, N_("First Group ID Inside"), NULL,
    .flags = LODGE_FIELD_MORE },
  { "idmap-gid-target", "idmap/gid/@target", LODGE_FIELD_UINT, N_("First Group ID on the Host"), NULL,
    .flags = LODGE_FIELD_MORE },
  { "idmap-gid-count", "idmap/gid/@count", LODGE_FIELD_UINT, N_("Group IDs"), NULL, .flags = LODGE_FIELD_MORE },
  { "share-net", "lxc:namespace/lxc:sharenet/@type", LODGE_FIELD_ENUM, N_("Network Shared With"), NULL,
    .group = SHARED, .choices = net_sources, .flags = LODGE_FIELD_MORE },
  { "share-net-value", "lxc:namespace/lxc:sharenet/@value", LODGE_FIELD_STRING, N_("Network Shared With, Name"),
    NULL, .group = SHARED, .needs = "share-net", .flags = LODGE_FIELD_MORE },
  { "share-ipc", "lxc:namespace/lxc:shareipc/@type", LODGE_FIELD_ENUM,
    N_("Interprocess Communication Shared With"), NULL, .group = SHARED, .choices = sources,
    .flags = LODGE_FIELD_MORE },
  { "share-ipc-value", "lxc:namespace/lxc:shareipc/@value", LODGE_FIELD_STRING,
    N_("Interprocess Communication Shared With, Name"), NULL, .group = SHARED, .needs = "share-ipc",
    .flags = LODGE_FIELD_MORE },
  { "share-uts", "lxc:namespace/lxc:shareuts/@type", LODGE_FIELD_ENUM, N_("Host Name Shared With"), NULL,
    .group = SHARED, .choices = sources, .flags = LODGE_FIELD_MORE },
  { "share-uts-value", "lxc:namespace/lxc:shareuts/@value", LODGE_FIELD_STRING, N_("Host Name Shared With, Name"),
    NULL, .group = SHARED, .needs = "share-uts", .flags = LODGE_FIELD_MORE },
  { "capabilities", "features/capabilities/@policy", LODGE_FIELD_ENUM, N_("Rights of the Container"), NULL,
    .group = RIGHTS, .choices = policies, .fallback = "default", .flags = LODGE_FIELD_MORE },
  { "capability-audit-control", "features/capabilities/audit_control/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_AUDIT_CONTROL"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-audit-write", "features/capabilities/audit_write/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_AUDIT_WRITE"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-block-suspend", "features/capabilities/block_suspend/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_BLOCK_SUSPEND"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-chown", "features/capabilities/chown/@state", LODGE_FIELD_ON_OFF, N_("CAP_CHOWN"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-dac-override", "features/capabilities/dac_override/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_DAC_OVERRIDE"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-dac-read-search", "features/capabilities/dac_read_search/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_DAC_READ_SEARCH"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-fowner", "features/capabilities/fowner/@state", LODGE_FIELD_ON_OFF, N_("CAP_FOWNER"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-fsetid", "features/capabilities/fsetid/@state", LODGE_FIELD_ON_OFF, N_("CAP_FSETID"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-ipc-lock", "features/capabilities/ipc_lock/@state", LODGE_FIELD_ON_OFF, N_("CAP_IPC_LOCK"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-ipc-owner", "features/capabilities/ipc_owner/@state", LODGE_FIELD_ON_OFF, N_("CAP_IPC_OWNER"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-kill", "features/capabilities/kill/@state", LODGE_FIELD_ON_OFF, N_("CAP_KILL"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-lease", "features/capabilities/lease/@state", LODGE_FIELD_ON_OFF, N_("CAP_LEASE"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-linux-immutable", "features/capabilities/linux_immutable/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_LINUX_IMMUTABLE"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-mac-admin", "features/capabilities/mac_admin/@state", LODGE_FIELD_ON_OFF, N_("CAP_MAC_ADMIN"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-mac-override", "features/capabilities/mac_override/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_MAC_OVERRIDE"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-mknod", "features/capabilities/mknod/@state", LODGE_FIELD_ON_OFF, N_("CAP_MKNOD"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-net-admin", "features/capabilities/net_admin/@state", LODGE_FIELD_ON_OFF, N_("CAP_NET_ADMIN"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-net-bind-service", "features/capabilities/net_bind_service/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_NET_BIND_SERVICE"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-net-broadcast", "features/capabilities/net_broadcast/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_NET_BROADCAST"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-net-raw", "features/capabilities/net_raw/@state", LODGE_FIELD_ON_OFF, N_("CAP_NET_RAW"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-setgid", "features/capabilities/setgid/@state", LODGE_FIELD_ON_OFF, N_("CAP_SETGID"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-setfcap", "features/capabilities/setfcap/@state", LODGE_FIELD_ON_OFF, N_("CAP_SETFCAP"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-setpcap", "features/capabilities/setpcap/@state", LODGE_FIELD_ON_OFF, N_("CAP_SETPCAP"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-setuid", "features/capabilities/setuid/@state", LODGE_FIELD_ON_OFF, N_("CAP_SETUID"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-admin", "features/capabilities/sys_admin/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_ADMIN"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-boot", "features/capabilities/sys_boot/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_BOOT"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-chroot", "features/capabilities/sys_chroot/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_CHROOT"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-module", "features/capabilities/sys_module/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_MODULE"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-nice", "features/capabilities/sys_nice/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_NICE"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-pacct", "features/capabilities/sys_pacct/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_PACCT"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-ptrace", "features/capabilities/sys_ptrace/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_PTRACE"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-rawio", "features/capabilities/sys_rawio/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_RAWIO"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-resource", "features/capabilities/sys_resource/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_SYS_RESOURCE"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-time", "features/capabilities/sys_time/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYS_TIME"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-sys-tty-config", "features/capabilities/sys_tty_config/@state", LODGE_FIELD_ON_OFF,
    N_("CAP_SYS_TTY_CONFIG"), NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-syslog", "features/capabilities/syslog/@state", LODGE_FIELD_ON_OFF, N_("CAP_SYSLOG"), NULL,
    .group = RIGHTS, .flags = LODGE_FIELD_MORE },
  { "capability-wake-alarm", "features/capabilities/wake_alarm/@state", LODGE_FIELD_ON_OFF, N_("CAP_WAKE_ALARM"),
    NULL, .group = RIGHTS, .flags = LODGE_FIELD_MORE },
};

static const LodgeField argument_fields[] = {
  { "text", "", LODGE_FIELD_STRING, N_("Argument"), NULL, .flags = LODGE_FIELD_REQUIRED },
};
static const LodgeSchema argument = {
  .id = "init-argument", .path = "os/initarg", .title = N_("Arguments"), LODGE_FIELDS (argument_fields), .many = TRUE,
  .blank = "<initarg>--debug</initarg>",
};
static const LodgeField variable_fields[] = {
  { "name", "@name", LODGE_FIELD_STRING, N_("Name"), NULL, .flags = LODGE_FIELD_REQUIRED | LODGE_FIELD_FIXED },
  { "value", "", LODGE_FIELD_STRING, N_("Value"), NULL },
};
static const LodgeSchema variable = {
  .id = "init-variable", .path = "os/initenv", .title = N_("Environment"), LODGE_FIELDS (variable_fields), .many = TRUE,
  .blank = "<initenv name='NAME'>value</initenv>",
};
static const LodgeSchema * const lists[] = { &argument, &variable, NULL };

const LodgeSchema lodge_schema_container = {
  .id = "container", .path = "", .title = N_("Container"), LODGE_FIELDS (fields), .lists = lists,
  .section = "container-boot",
};
