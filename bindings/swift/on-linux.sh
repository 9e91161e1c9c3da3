#!/bin/sh
# Runs `swift` on this package inside a Debian root that has a toolchain, for machines that have none.
#
#   on-linux.sh ROOT WORK COMMAND...   e.g. on-linux.sh ~/.cache/rockon/swift /tmp/swift-work swift test
#
# ROOT      the Debian root (see README.md); needs to be run as root
# WORK      a directory outside the source tree; holds all build products, at /work inside
# ROCKON_LIBRARY   directory of librockon.a; /library inside
# ROCKON_STAGE     address of the stage; the network is shared
#
# With scenarios, a line for each goes to WORK/scenarios.log.
#
# Everything is mounted in a mount namespace of its own, which goes with its last process, however that ends.
set -eu
[ $# -ge 3 ] || { sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2; }
root=$1 work=$2
shift 2
package=$(cd "$(dirname "$0")" && pwd)
scenarios=$(cd "$package/../../tests/scenarios" && pwd)
mkdir -p "$work/home" "$work/build" "$root/src/package" "$root/src/scenarios" "$root/library" "$root/work"
export ROOT="$root" WORK="$work" PACKAGE="$package" SCENARIOS="$scenarios" LIBRARY="${ROCKON_LIBRARY:?directory of librockon.a}"
exec unshare -m --propagation private sh -c '
  set -eu
  mount -t proc proc "$ROOT/proc"
  mount --bind "$PACKAGE" "$ROOT/src/package"
  mount --bind "$SCENARIOS" "$ROOT/src/scenarios"
  mount --bind "$LIBRARY" "$ROOT/library"
  mount --bind "$WORK" "$ROOT/work"
  exec chroot "$ROOT" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/work/home TMPDIR=/work \
    ROCKON_LIBRARY=/library ROCKON_SCENARIOS=/src/scenarios ROCKON_STAGE="${ROCKON_STAGE:-}" ROCKON_SCENARIO_LOG=/work/scenarios.log \
    sh -c "cd /src/package && exec \"\$@\"" sh "$@"
' sh "$@"
