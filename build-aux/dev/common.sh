# shellcheck shell=bash disable=SC2034
# SPDX-License-Identifier: GPL-3.0-or-later
# Names and small helpers, sourced by ./dev.

DEV_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/lodge-dev
DEV_SUITE=trixie
DEV_RECIPE=1                    # raise when the way the root is made changes

dev_say ()
{
  printf 'dev: %s\n' "$*" >&2
}

dev_die ()
{
  dev_say "$*"
  exit 1
}

dev_packages ()
{
  sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$DEV_AUX/packages"
}

dev_is_root ()
{
  [ "$(id -u)" -eq 0 ]
}

# Per source tree: builds of two checkouts never meet.
dev_build_dir ()
{
  printf '%s/build/%s' "$DEV_CACHE" "$(printf '%s' "$DEV_TOP" | sha256sum | cut -c1-16)"
}

# While something runs in the build folder of this tree, descriptor 8 holds its lock, shared.
dev_use_build ()
{
  mkdir -p "$DEV_CACHE/build" || exit 1
  exec 8>"$(dev_build_dir).lock"
  flock -s 8
}

# Removes a root tree without ever crossing into something mounted on it.
dev_remove_tree ()
{
  [ -e "$1" ] || return 0
  rm -rf --one-file-system -- "$1"
}
