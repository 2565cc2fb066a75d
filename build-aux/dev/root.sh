# shellcheck shell=bash
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
  [ -n "$(ls /usr/share/keyrings/debian-archive-keyring.* 2>/dev/null)" ] || missing+=(debian-archive-keyring)
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
  if command -v dnf >/dev/null; then
    missing=("${missing[@]/uidmap/shadow-utils}")
    tool="sudo dnf install ${missing[*]/debian-archive-keyring/debian-keyring}"
  fi
  dev_die "the sandbox needs ${missing[*]}: $tool"
}

# The archive that the host itself uses, if the host is a Debian; empty: mmdebstrap's own.
dev_mirror ()
{
  command -v apt-get >/dev/null || return 0
  # shellcheck disable=SC2016
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null |
    grep -v -e '-security/\?$' -e '//security\.' | sort -u | head -n 1
}

# dev_guarded COMMAND...: in a process group of its own, which is terminated when this script is gone, however it went.
# (mmdebstrap itself waits for its children, whatever signal it gets; they clean up when they get one.)
dev_guarded ()
{
  # shellcheck disable=SC2016
  setsid --wait bash -c '
    (while kill -0 "$0" 2>/dev/null; do sleep 1; done; kill -TERM 0) >/dev/null 2>&1 9>&- &
    guard=$!
    "$@"
    result=$?
    kill "$guard"
    exit "$result"' "$$" "$@"
}

dev_make_root ()
{
  local root=$1 temporary log made
  local -a args mirror

  dev_need_tools
  # The lock is ours: what is there under this name is what a killed run left.
  temporary=$DEV_CACHE/making-${root##*-}
  dev_remove_tree "$temporary"
  mkdir "$temporary" || exit 1
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
        "--customize-hook=$(cat "$DEV_AUX/customize-root")")
  mapfile -t mirror < <(dev_mirror)

  dev_say "making the Debian 13 root, once, in $root (2-5 minutes, 2 GB)"
  if dev_is_root; then
    # With its own mounts and processes, that are gone when this script is.
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
      mmdebstrap --mode=root "${args[@]}" "$DEV_SUITE" "$temporary/tree" "${mirror[@]}" >"$log" 2>&1 </dev/null
    made=$?
  else
    grep -q "^$(id -un):" /etc/subuid 2>/dev/null ||
      dev_die "no line for $(id -un) in /etc/subuid:" \
        "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
    dev_guarded mmdebstrap --mode=unshare --format=tar "${args[@]}" "$DEV_SUITE" - "${mirror[@]}" \
      2>"$log" </dev/null |
      tar -x -C "$temporary/tree" --exclude='./dev/*' --no-same-owner
    [ "${PIPESTATUS[*]}" = "0 0" ]
    made=$?
  fi
  if [ $made -ne 0 ] || [ ! -x "$temporary/tree/usr/bin/meson" ]; then
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
      dev_make_root "$DEV_ROOT"
    fi
    flock -s 9
  fi
}

# Roots that nobody has used for a month, and what killed runs left of others than the one that is made now.
dev_sweep ()
{
  local old

  for old in "$DEV_CACHE"/root-*.lock; do
    [ -n "$(find "$old" -maxdepth 0 -mtime +30)" ] && (dev_remove_root "$old")
  done
  for old in "$DEV_CACHE"/making-*; do
    [ -d "$old" ] || continue
    [ -n "$(find "$old" -maxdepth 0 -mmin +120)" ] && dev_remove_tree "$old"
  done
}

# dev_remove_root LOCK: fails if something runs in it.
dev_remove_root ()
{
  exec 7<"$1"
  flock -n -x 7 || { dev_say "${1%.lock} is in use"; return 1; }
  dev_say "removing ${1%.lock}"
  dev_remove_tree "${1%.lock}"
  rm -f "$1" "${1%.lock}".passwd* "${1%.lock}".group*
}

dev_clean ()
{
  local lock

  dev_use_build
  flock -n -x 8 || dev_die "$(dev_build_dir) is in use"
  dev_say "removing $(dev_build_dir)"
  dev_remove_tree "$(dev_build_dir)"
  [ "${1:-}" = --all ] || return 0

  for lock in "$DEV_CACHE"/root-*.lock; do
    [ -e "$lock" ] || continue
    (dev_remove_root "$lock") || exit 1
  done
  rm -rf --one-file-system -- "$DEV_CACHE/ccache" "$DEV_CACHE/guest" "$DEV_CACHE"/making-*
}
