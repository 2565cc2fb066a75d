# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the Debian 13 root. Sourced by ./dev.
#
# A root is keyed by what went into it. It is made under a temporary name and renamed when
# complete, so a root that has its final name is whole. Its lock is held exclusively to create
# or remove it, and shared (by an inherited descriptor) by everything that runs in it.

dev_root_key ()
{
  {
    dev_packages
    cat "$DEV_AUX/customize-root"
    printf '%s %s %s\n' "$DEV_SUITE" "$DEV_RECIPE" "$(dev_is_root && echo root || echo user)"
  } | sha256sum | cut -c1-12
}

dev_need_tools ()
{
  local -a missing=()
  local tool

  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  if ! dev_is_root; then
    command -v bwrap >/dev/null || missing+=(bubblewrap)
    command -v newuidmap >/dev/null || missing+=(uidmap)
  fi
  [ ${#missing[@]} -eq 0 ] && return 0

  if dev_is_root && command -v apt-get >/dev/null; then
    dev_say "installing ${missing[*]}"
    {
      apt-get install -y --no-install-recommends "${missing[@]}" ||
        { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; }
    } >"$DEV_CACHE/apt.log" 2>&1 </dev/null && return 0
    cat "$DEV_CACHE/apt.log" >&2
    dev_die "could not install ${missing[*]}"
  fi

  tool="install them with your package manager"
  command -v apt-get >/dev/null && tool="sudo apt-get install ${missing[*]}"
  command -v dnf >/dev/null && tool="sudo dnf install ${missing[*]/uidmap/shadow-utils}"
  dev_die "the sandbox needs ${missing[*]}: $tool"
}

# The archive that the host itself uses, if the host is a Debian; empty: mmdebstrap's own.
dev_mirror ()
{
  command -v apt-get >/dev/null || return 0
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    grep -v -e '-security/\?$' -e '//security\.' | sort -u | head -n 1
}

dev_make_root ()
{
  local root=$1 temporary log
  local -a args

  dev_need_tools
  temporary=$(mktemp -d "$DEV_CACHE/making-XXXXXXXX") || exit 1
  log=$temporary/log
  chmod 755 "$temporary"
  mkdir "$temporary/tree"

  : >"$temporary/apt.conf"
  if command -v apt-config >/dev/null; then
    apt-config dump --no-empty |
      grep -E '^Acquire::(https?::[Pp]roxy|Check-(Valid-Until|Date))' >"$temporary/apt.conf"
  fi

  args=(--variant=apt --components=main "--aptopt=$temporary/apt.conf"
        '--aptopt=APT::Install-Recommends "false"'
        '--aptopt=Acquire::Retries "3"'
        '--dpkgopt=path-exclude=/usr/share/man/*'
        '--dpkgopt=path-exclude=/usr/share/gtk-doc/*'
        "--include=$(dev_packages | paste -sd,)"
        "--customize-hook=$DEV_AUX/customize-root \"\$1\"")

  dev_say "making the Debian 13 root, once, in $root (2-5 minutes, 2 GB)"
  if dev_is_root; then
    mmdebstrap --mode=root "${args[@]}" "$DEV_SUITE" "$temporary/tree" $(dev_mirror) \
      >"$log" 2>&1 </dev/null
  else
    grep -q "^$(id -un):" /etc/subuid 2>/dev/null ||
      dev_die "no line for $(id -un) in /etc/subuid: sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
    mmdebstrap --mode=unshare --format=tar "${args[@]}" "$DEV_SUITE" - $(dev_mirror) \
      2>"$log" </dev/null |
      tar -x -C "$temporary/tree" --exclude='./dev/*' --no-same-owner
    [ "${PIPESTATUS[*]}" = "0 0" ]
  fi
  if [ $? -ne 0 ] || [ ! -x "$temporary/tree/usr/bin/meson" ]; then
    tail -n 40 "$log" >&2
    cp "$log" "$DEV_CACHE/root.log"
    dev_remove_tree "$temporary"
    dev_die "could not make the root (whole log: $DEV_CACHE/root.log)"
  fi
  mv "$temporary/tree" "$root"
  cp "$log" "$DEV_CACHE/root.log"
  dev_remove_tree "$temporary"
}

# Sets DEV_ROOT and holds its lock, shared, in descriptor 9.
dev_use_root ()
{
  mkdir -p "$DEV_CACHE" || exit 1
  DEV_ROOT=$DEV_CACHE/root-$DEV_SUITE-$(dev_root_key)

  exec 9>"$DEV_ROOT.lock"
  flock -s 9
  if [ ! -d "$DEV_ROOT" ]; then
    flock -u 9
    flock -x 9 || exit 1
    if [ ! -d "$DEV_ROOT" ]; then
      dev_sweep
      (dev_make_root "$DEV_ROOT") || exit 1
    fi
    flock -s 9
  fi
}

# What earlier runs that were killed left half made: nothing takes two hours to make.
dev_sweep ()
{
  local old

  for old in "$DEV_CACHE"/making-*; do
    [ -d "$old" ] || continue
    [ -n "$(find "$old" -maxdepth 0 -mmin +120)" ] && dev_remove_tree "$old"
  done
}

dev_clean ()
{
  local lock

  dev_say "removing $(dev_build_dir)"
  dev_remove_tree "$(dev_build_dir)"
  [ "${1:-}" = --all ] || return 0

  for lock in "$DEV_CACHE"/root-*.lock; do
    [ -e "$lock" ] || continue
    (
      flock -n -x 8 || dev_die "${lock%.lock} is in use"
      dev_say "removing ${lock%.lock}"
      dev_remove_tree "${lock%.lock}"
      rm -f "$lock"
    ) 8>"$lock" || exit 1
  done
  rm -rf --one-file-system -- "$DEV_CACHE/ccache" "$DEV_CACHE/guest" "$DEV_CACHE"/making-*
}
