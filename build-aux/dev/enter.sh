# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Takes a command to where it runs: the host itself, or the sandbox. Sourced by ./dev.
#
# Inside, whatever the host calls them:
#   /src/lodge   this tree                     /src/build    $DEV_BUILD, sanitizers on
#   /src/release $DEV_RELEASE, for measuring   /src/ccache   shared by all trees
#   /src/guest   the test guests               /src/state    what `./dev run` keeps
#   /src/shots   where `./dev shot` writes
# The fixed names let ccache help one checkout with the objects of another.

dev_enter ()
{
  local command=$1 build netns='' as_root='' shots='' keep=''
  shift

  case $command in
    exec | shell)
      while [ $# -gt 0 ]; do
        case $1 in
          --root) as_root=1 ;;
          --netns) netns=1 ;;
          --) shift; break ;;
          *) break ;;
        esac
        shift
      done
      [ "$command" = exec ] && [ $# -eq 0 ] && dev_die "exec needs a command"
      ;;
    # Fixtures listen on ports: no run of the tests can be in the way of another.
    test | bench) netns=1 ;;
    shot)
      netns=1
      mkdir -p "${1:-$DEV_TOP/shots}" || exit 1
      shots=$(cd "${1:-$DEV_TOP/shots}" && pwd) || exit 1
      [ $# -eq 0 ] || shift
      ;;
    run)
      if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        dev_say "there is no display here to show a window on"
        dev_say "./dev shot starts Lodge without one and writes pictures of its windows"
        exit 1
      fi
      ;;
  esac

  build=$(dev_build_dir)
  dev_use_build
  mkdir -p "$build/debug" "$build/release" "$DEV_CACHE/ccache" "$DEV_CACHE/guest" "$DEV_CACHE/state" || exit 1
  printf '%s\n' "$DEV_TOP" >"$build/source"
  if [ "$command" = run ]; then
    # Two hypervisors must not run the same machines.
    exec 6>"$DEV_CACHE/state/run.lock"
    if flock -n 6; then
      keep=1
    else
      dev_say "Lodge runs already: this one starts with empty settings, which are gone when it ends"
    fi
  fi

  dev_choose_mode "$command"
  if [ "$DEV_MODE" = native ]; then
    DEV_SOURCE=$DEV_TOP DEV_BUILD=$build/debug DEV_RELEASE=$build/release DEV_SHOTS=$shots \
      DEV_GUEST=$DEV_CACHE/guest DEV_STATE=$DEV_CACHE/state CCACHE_DIR=$DEV_CACHE/ccache \
      DEV_NATIVE=1 bash "$DEV_AUX/inside" "$command" "$@"
    return
  fi

  dev_use_root
  if [ -n "$as_root" ] && ! dev_is_root; then
    dev_say "note: --root as an ordinary user is one user id that looks like root; system libvirt does not work"
  fi
  if dev_is_root; then
    dev_enter_as_root "$build" "$netns" "$shots" "$keep" "$command" "$@"
  else
    dev_enter_as_user "$build" "$netns" "$shots" "$keep" "$as_root" "$command" "$@"
  fi
}

# A killed ./dev takes unshare along, which takes the PID namespace along: nothing stays.
dev_enter_as_root ()
{
  local build=$1 netns=$2 shots=$3 keep=$4
  local -a flags=(--mount --pid --uts --ipc --fork --kill-child --propagation private)
  shift 4

  [ -n "$netns" ] && flags+=(--net)
  DEV_ROOT=$DEV_ROOT DEV_TOP=$DEV_TOP DEV_CACHE=$DEV_CACHE DEV_BUILD_OUTSIDE=$build DEV_NETNS=$netns \
    DEV_SHOTS_OUTSIDE=$shots DEV_KEEP=$keep DEV_USER_HOME=$HOME DEV_CALLER_RUNTIME=${XDG_RUNTIME_DIR:-} \
    setpriv --pdeathsig KILL unshare "${flags[@]}" bash "$DEV_AUX/enter-root" "$@"
}

# The users of the sandbox and the one who is in it: ssh and libvirt ask for the name of a user id.
dev_write_users ()
{
  [ -e "$DEV_ROOT.passwd" ] && [ -e "$DEV_ROOT.group" ] && return
  {
    grep -v "^[^:]*:[^:]*:$(id -u):" "$DEV_ROOT/etc/passwd"
    printf '%s:x:%s:%s::%s:/bin/bash\n' "$(id -un)" "$(id -u)" "$(id -g)" "$HOME"
  } >"$DEV_ROOT.passwd.$$"
  {
    grep -v "^[^:]*:[^:]*:$(id -g):" "$DEV_ROOT/etc/group"
    printf '%s:x:%s:\n' "$(id -gn)" "$(id -g)"
  } >"$DEV_ROOT.group.$$"
  mv "$DEV_ROOT.passwd.$$" "$DEV_ROOT.passwd"
  mv "$DEV_ROOT.group.$$" "$DEV_ROOT.group"
}

dev_enter_as_user ()
{
  local build=$1 netns=$2 shots=$3 keep=$4 as_root=$5 name runtime
  local -a args probe
  shift 5

  runtime=/run/user/$(id -u)
  dev_write_users
  args=(--bind "$DEV_ROOT" / --dev-bind /dev /dev --proc /proc --ro-bind-try /sys /sys
        --tmpfs /run --tmpfs /tmp --dir "$runtime" --chmod 0700 "$runtime"
        --bind "$DEV_TOP" /src/lodge --bind "$build/debug" /src/build
        --bind "$build/release" /src/release --bind "$DEV_CACHE/ccache" /src/ccache
        --bind "$DEV_CACHE/guest" /src/guest --bind "$DEV_CACHE/state" /src/state
        --ro-bind-try /etc/resolv.conf /etc/resolv.conf
        --unshare-pid --unshare-uts --unshare-ipc --hostname lodge-dev --die-with-parent
        --clearenv --setenv PATH /usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
        --setenv TERM "${TERM:-dumb}" --setenv HOME "$HOME" --setenv XDG_RUNTIME_DIR "$runtime"
        --setenv DEV_KEEP "$keep" --chdir /src/lodge)
  # As one user id of the host, every user of the sandbox is this one, root too.
  if [ -n "$as_root" ]; then
    args+=(--unshare-user --uid 0 --gid 0 --setenv USER root --setenv LOGNAME root)
  else
    args+=(--setenv USER "$(id -un)" --setenv LOGNAME "$(id -un)"
           --ro-bind "$DEV_ROOT.passwd" /etc/passwd --ro-bind "$DEV_ROOT.group" /etc/group)
  fi
  for name in http_proxy https_proxy no_proxy CI NINJA_STATUS MESON_TESTTHREADS; do
    [ -n "${!name:-}" ] && args+=(--setenv "$name" "${!name}")
  done

  # What needs a mount is done from here: inside, the user may mount nothing.
  if [ -e /dev/kvm ]; then
    probe=(bwrap "${args[@]}" --setenv LODGE_DEV_KVM "${LODGE_DEV_KVM:-}" bash /src/lodge/build-aux/dev/inside)
    # By a file that nobody may open: /dev/null in its place makes libvirt ask every emulator again and again.
    if [ "$1" = test ] || [ "$1" = shot ] || ! "${probe[@]}" probe-kvm; then
      rm -f "$DEV_CACHE/no-kvm.$$"
      : >"$DEV_CACHE/no-kvm.$$" && chmod 0 "$DEV_CACHE/no-kvm.$$" && mv "$DEV_CACHE/no-kvm.$$" "$DEV_CACHE/no-kvm"
      args+=(--ro-bind "$DEV_CACHE/no-kvm" /dev/kvm)
    fi
  fi

  [ -n "$netns" ] && args+=(--unshare-net)
  [ -n "$shots" ] && args+=(--bind "$shots" /src/shots --setenv DEV_SHOTS_NAME "$shots")
  if [ "$1" = run ] || [ "$1" = exec ] || [ "$1" = shell ]; then
    [ -d "$HOME" ] && args+=(--bind "$HOME" "$HOME")
    if [ -n "${DISPLAY:-}" ]; then
      args+=(--setenv DISPLAY "$DISPLAY" --bind-try /tmp/.X11-unix /tmp/.X11-unix)
      [ -z "${XAUTHORITY:-}" ] ||
        args+=(--ro-bind-try "$XAUTHORITY" /run/xauthority --setenv XAUTHORITY /run/xauthority)
    fi
    if [ -n "${WAYLAND_DISPLAY:-}" ] && [ -S "${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY" ]; then
      args+=(--bind "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "$runtime/wayland-lodge"
             --setenv WAYLAND_DISPLAY wayland-lodge)
    fi
    [ -S "${XDG_RUNTIME_DIR:-}/pulse/native" ] && args+=(--bind "$XDG_RUNTIME_DIR/pulse" "$runtime/pulse")
  fi

  bwrap "${args[@]}" bash /src/lodge/build-aux/dev/inside "$@"
}
