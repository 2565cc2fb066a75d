# SPDX-License-Identifier: GPL-3.0-or-later
# Decides whether the host can build Lodge by itself. Sourced by ./dev.

# pkg-config module, least version, Debian package, Fedora package
dev_native_modules ()
{
  cat <<'END'
gtk4 4.18 libgtk-4-dev gtk4-devel
libadwaita-1 1.7 libadwaita-1-dev libadwaita-devel
glib-2.0 2.84 libglib2.0-dev glib2-devel
gtksourceview-5 5.16 libgtksourceview-5-dev gtksourceview5-devel
gvnc-1.0 1.3 libgvnc-1.0-dev gvnc-devel
json-glib-1.0 1.8 libjson-glib-dev json-glib-devel
libosinfo-1.0 1.10 libosinfo-1.0-dev libosinfo-devel
libsecret-1 0.20 libsecret-1-dev libsecret-devel
libvirt 10.0 libvirt-dev libvirt-devel
libvirt-glib-1.0 4.0 libvirt-glib-1.0-dev libvirt-glib-devel
libxml-2.0 2.9 libxml2-dev libxml2-devel
spice-client-glib-2.0 0.42 libspice-client-glib-2.0-dev spice-glib-devel
spice-protocol 0.14 libspice-protocol-dev spice-protocol
vte-2.91-gtk4 0.78 libvte-2.91-gtk4-dev vte291-gtk4-devel
wayland-client 1.20 libwayland-dev wayland-devel
x11 1.7 libx11-dev libX11-devel
xi 1.7 libxi-dev libXi-devel
END
}

# program, Debian package, Fedora package
dev_native_programs ()
{
  cat <<'END'
appstreamcli appstream appstream
desktop-file-validate desktop-file-utils desktop-file-utils
gcc build-essential gcc
meson meson meson
msgfmt gettext gettext
ninja ninja-build ninja-build
xmllint libxml2-utils libxml2
END
}

# Is the distribution itself new enough, whatever is installed?
dev_native_possible ()
{
  local id='' version=''

  if command -v pkg-config >/dev/null && pkg-config --atleast-version=4.18 gtk4 2>/dev/null; then
    return 0
  fi
  [ -r /etc/os-release ] && {
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-0}")
  }
  case $id in
    debian) [ "${version%%.*}" -ge 13 ] 2>/dev/null ;;
    ubuntu) [ "${version%%.*}" -ge 25 ] 2>/dev/null ;;
    fedora) [ "${version%%.*}" -ge 42 ] 2>/dev/null ;;
    arch) true ;;
    *) false ;;
  esac
}

# Sets DEV_MODE to native or sandbox.
dev_choose_mode ()
{
  local name least deb rpm
  local -a debs=() rpms=()

  case ${LODGE_DEV:-} in
    sandbox) DEV_MODE=sandbox; return ;;
    native | '') ;;
    *) dev_die "LODGE_DEV is native or sandbox, not “$LODGE_DEV”" ;;
  esac
  if [ -z "${LODGE_DEV:-}" ] && ! dev_native_possible; then
    DEV_MODE=sandbox
    return
  fi

  while read -r name least deb rpm; do
    pkg-config --atleast-version="$least" "$name" 2>/dev/null && continue
    debs+=("$deb"); rpms+=("$rpm")
  done < <(dev_native_modules)
  while read -r name deb rpm; do
    command -v "$name" >/dev/null && continue
    debs+=("$deb"); rpms+=("$rpm")
  done < <(dev_native_programs)
  command -v pkg-config >/dev/null || { debs+=(pkgconf); rpms+=(pkgconf); }

  if [ ${#debs[@]} -eq 0 ]; then
    DEV_MODE=native
    return
  fi

  dev_say "to build with this computer's own packages, install what is missing:"
  if command -v apt-get >/dev/null; then
    dev_say "  sudo apt install ${debs[*]}"
  elif command -v dnf >/dev/null; then
    dev_say "  sudo dnf install ${rpms[*]}"
  else
    dev_say "  (Debian's names) ${debs[*]}"
  fi
  [ "${LODGE_DEV:-}" = native ] && exit 1
  dev_say "going on in the sandbox"
  DEV_MODE=sandbox
}
