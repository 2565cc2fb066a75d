# SPDX-License-Identifier: GPL-3.0-or-later
# Takes a command to where it runs: the host itself, or the sandbox. Sourced by ./dev.
#
# Inside, whatever the host calls them:
#   /src/lodge   this tree                     /src/build    $DEV_BUILD, sanitizers on
#   /src/release $DEV_RELEASE, for measuring   /src/ccache   shared by all trees
#   /src/guest   the test guests               /src/state    what `./dev run` keeps
# The fixed names let ccache help one checkout with the objects of another.

dev_enter ()
{
  local command=$1 build netns='' as_root='' 
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
    test | shot | bench) netns=1 ;;
  esac

  build=$(dev_build_dir)
  mkdir -p "$build/debug" "$build/release" "$DEV_CACHE/ccache" "$DEV_CACHE/guest" "$DEV_CACHE/state" || exit 1
  printf '%s\n' "$DEV_TOP" >"$build/source"

  dev_choose_mode
  if [ "$DEV_MODE" = native ]; then
    DEV_SOURCE=$DEV_TOP DEV_BUILD=$build/debug DEV_RELEASE=$build/release \
      DEV_GUEST=$DEV_CACHE/guest DEV_STATE=$DEV_CACHE/state CCACHE_DIR=$DEV_CACHE/ccache \
      DEV_NATIVE=1 bash "$DEV_AUX/inside" "$command" "$@"
    return
  fi

  dev_use_root
  if [ -n "$as_root" ] && ! dev_is_root; then
    dev_say "note: --root as an ordinary user is one user id that looks like root; system libvirt does not work"
  fi
  if dev_is_root; then
    dev_enter_as_root "$build" "$netns" "$command" "$@"
  else
    dev_enter_as_user "$build" "$netns" "$as_root" "$command" "$@"
  fi
}

# A killed ./dev takes unshare along, which takes the PID namespace along: nothing stays.
dev_enter_as_root ()
{
  local build=$1 netns=$2
  local -a flags=(--mount --pid --uts --ipc --fork --kill-child --propagation private)
  shift 2

  [ -n "$netns" ] && flags+=(--net)
  DEV_ROOT=$DEV_ROOT DEV_TOP=$DEV_TOP DEV_CACHE=$DEV_CACHE DEV_BUILD_OUTSIDE=$build DEV_NETNS=$netns \
    DEV_USER_HOME=$HOME DEV_CALLER_RUNTIME=${XDG_RUNTIME_DIR:-} \
    setpriv --pdeathsig KILL unshare "${flags[@]}" bash "$DEV_AUX/enter-root" "$@"
}

dev_enter_as_user ()
{
  local build=$1 netns=$2 as_root=$3 socket
  local -a args
  shift 3

  args=(--bind "$DEV_ROOT" / --dev-bind /dev /dev --proc /proc --ro-bind-try /sys /sys
        --tmpfs /run --tmpfs /tmp --dir "/run/user/$(id -u)" --chmod 0700 "/run/user/$(id -u)"
        --bind "$DEV_TOP" /src/lodge --bind "$build/debug" /src/build
        --bind "$build/release" /src/release --bind "$DEV_CACHE/ccache" /src/ccache
        --bind "$DEV_CACHE/guest" /src/guest --bind "$DEV_CACHE/state" /src/state
        --ro-bind-try /etc/resolv.conf /etc/resolv.conf
        --unshare-pid --unshare-uts --unshare-ipc --hostname lodge-dev --die-with-parent
        --clearenv --setenv PATH /usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
        --setenv TERM "${TERM:-dumb}" --setenv HOME "$HOME"
        --setenv XDG_RUNTIME_DIR "/run/user/$(id -u)"
        --chdir /src/lodge)
  # As one user id of the host, every user of the sandbox is this one, root too.
  if [ -n "$as_root" ]; then
    args+=(--unshare-user --uid 0 --gid 0 --setenv USER root --setenv LOGNAME root)
  else
    args+=(--setenv USER "$(id -un)" --setenv LOGNAME "$(id -un)")
  fi
  [ -n "$netns" ] && args+=(--unshare-net)
  for socket in http_proxy https_proxy no_proxy CI NINJA_STATUS MESON_TESTTHREADS LODGE_DEV_KVM; do
    [ -n "${!socket:-}" ] && args+=(--setenv "$socket" "${!socket}")
  done

  if [ "$1" = run ] || [ "$1" = exec ] || [ "$1" = shell ]; then
    [ -d "$HOME" ] && args+=(--bind "$HOME" "$HOME")
    if [ -n "${DISPLAY:-}" ]; then
      args+=(--setenv DISPLAY "$DISPLAY" --bind-try /tmp/.X11-unix /tmp/.X11-unix)
      [ -n "${XAUTHORITY:-}" ] && args+=(--ro-bind-try "$XAUTHORITY" /run/xauthority --setenv XAUTHORITY /run/xauthority)
    fi
    if [ -n "${WAYLAND_DISPLAY:-}" ] && [ -S "${XDG_RUNTIME_DIR:-}/$WAYLAND_DISPLAY" ]; then
      args+=(--bind "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" "/run/user/$(id -u)/wayland-lodge"
             --setenv WAYLAND_DISPLAY wayland-lodge)
    fi
    [ -S "${XDG_RUNTIME_DIR:-}/pulse/native" ] &&
      args+=(--bind "$XDG_RUNTIME_DIR/pulse" "/run/user/$(id -u)/pulse")
  fi

  bwrap "${args[@]}" bash /src/lodge/build-aux/dev/inside "$@"
}
