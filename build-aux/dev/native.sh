# shellcheck shell=bash disable=SC2034
# SPDX-License-Identifier: GPL-3.0-or-later
# Decides whether the host can build Lodge by itself. Sourced by ./dev.

# pkg-config module, least version, Debian package, Fedora package. A test compares the first two with meson.build.
dev_native_modules ()
{
  cat <<'END_OF_TABLE'
gio-2.0 2.84 libglib2.0-dev glib2-devel
gio-unix-2.0 2.84 libglib2.0-dev glib2-devel
glib-2.0 2.84 libglib2.0-dev glib2-devel
gobject-2.0 2.84 libglib2.0-dev glib2-devel
gtk4 4.18 libgtk-4-dev gtk4-devel
gtksourceview-5 5.16 libgtksourceview-5-dev gtksourceview5-devel
gvnc-1.0 1.5.0 libgvnc-1.0-dev gvnc-devel
libadwaita-1 1.7 libadwaita-1-dev libadwaita-devel
libosinfo-1.0 1.12.0 libosinfo-1.0-dev libosinfo-devel
libsecret-1 0.21 libsecret-1-dev libsecret-devel
libvirt 11.3 libvirt-dev libvirt-devel
libvirt-glib-1.0 5.0.0 libvirt-glib-1.0-dev libvirt-glib-devel
libxml-2.0 2.9.14 libxml2-dev libxml2-devel
spice-client-glib-2.0 0.42 libspice-client-glib-2.0-dev spice-glib-devel
vte-2.91-gtk4 0.80 libvte-2.91-gtk4-dev vte291-gtk4-devel
END_OF_TABLE
}

# Program, Debian package, Fedora package: what every command needs
dev_native_programs ()
{
  cat <<'END_OF_TABLE'
gcc build-essential gcc
glib-compile-resources libglib2.0-dev-bin glib2-devel
itstool itstool itstool
meson meson meson
msgfmt gettext gettext
ninja ninja-build ninja-build
pkg-config pkgconf pkgconf-pkg-config
python3 python3 python3
xmllint libxml2-utils libxml2
END_OF_TABLE
}

# What tests, pictures and measurements need besides
dev_native_test_programs ()
{
  cat <<'END_OF_TABLE'
Xvfb xvfb xorg-x11-server-Xvfb
appstreamcli appstream appstream
busybox busybox-static busybox
cpio cpio cpio
dbus-run-session dbus dbus-daemon
desktop-file-validate desktop-file-utils desktop-file-utils
libvirtd libvirt-daemon-system libvirt-daemon
qemu-system-x86_64 qemu-system-x86 qemu-system-x86
virsh libvirt-clients libvirt-client
xorriso xorriso xorriso
END_OF_TABLE
}

# Is the distribution itself new enough, whatever is installed?
dev_native_possible ()
{
  local id='' version=''

  if command -v pkg-config >/dev/null && pkg-config --atleast-version=4.18 gtk4 2>/dev/null; then
    return 0
  fi
  if [ -r /etc/os-release ]; then
    # shellcheck disable=SC1091
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    # shellcheck disable=SC1091
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-0}")
  fi
  case $id in
    debian) [ "${version%%.*}" -ge 13 ] 2>/dev/null ;;
    ubuntu) [ "${version%%.*}" -ge 25 ] 2>/dev/null ;;
    fedora) [ "${version%%.*}" -ge 42 ] 2>/dev/null ;;
    arch) true ;;
    *) false ;;
  esac
}

# dev_native_missing COMMAND: a line "Debian package, Fedora package" for each thing that is not there
dev_native_missing ()
{
  local name least deb rpm

  dev_native_modules | while read -r name least deb rpm; do
    pkg-config --atleast-version="$least" "$name" 2>/dev/null || printf '%s %s\n' "$deb" "$rpm"
  done
  {
    dev_native_programs
    case $1 in
      test | shot | bench) dev_native_test_programs ;;
    esac
  } | while read -r name deb rpm; do
    command -v "$name" >/dev/null || [ -x "/usr/sbin/$name" ] || printf '%s %s\n' "$deb" "$rpm"
  done
}

# dev_choose_mode COMMAND: sets DEV_MODE to native or sandbox.
dev_choose_mode ()
{
  local missing

  case ${LODGE_DEV:-} in
    sandbox) DEV_MODE=sandbox; return ;;
    native | '') ;;
    *) dev_die "LODGE_DEV is native or sandbox, not '$LODGE_DEV'" ;;
  esac
  if [ -z "${LODGE_DEV:-}" ] && ! dev_native_possible; then
    DEV_MODE=sandbox
    return
  fi

  missing=$(dev_native_missing "$1" | sort -u)
  if [ -z "$missing" ]; then
    DEV_MODE=native
    return
  fi

  dev_say "to work with this computer's own packages, install what is missing:"
  if command -v apt-get >/dev/null; then
    dev_say "  sudo apt install $(cut -d' ' -f1 <<<"$missing" | sort -u | paste -sd' ')"
  elif command -v dnf >/dev/null; then
    dev_say "  sudo dnf install $(cut -d' ' -f2 <<<"$missing" | sort -u | paste -sd' ')"
  else
    dev_say "  (Debian's names) $(cut -d' ' -f1 <<<"$missing" | sort -u | paste -sd' ')"
  fi
  [ "${LODGE_DEV:-}" = native ] && exit 1
  dev_say "going on in the sandbox"
  DEV_MODE=sandbox
}
