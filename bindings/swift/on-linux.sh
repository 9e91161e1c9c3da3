#!/bin/sh
# Runs `swift` on this package, or on another of the repository, inside a Debian root that has a toolchain, for machines that
# have none.
#
#   on-linux.sh ROOT OUT COMMAND...   e.g. on-linux.sh ~/.cache/rockon/swift /tmp/swift-out swift test
#
# ROOT      the Debian root (see README.md); needs to be run as root
# OUT       a directory outside the source tree for everything that is made; /out inside
# ROCKON_LIBRARY   directory of librockon.a; /library inside
# ROCKON_SCENARIO_SERVER     address of the scenario server; the network is shared
# ROCKON_PICTURES            a folder inside, such as /out/pictures, for what the app's tests draw
# ROCKON_PACKAGE   another package, such as ios/Package: the whole repository is inside then, at /src/repository
#
# With scenarios, a line for each goes to OUT/scenarios.log.
#
# Everything is mounted in a mount namespace of its own, which goes with its last process, however that ends.
set -eu
[ $# -ge 3 ] || { sed -n '2,17s/^# \{0,1\}//p' "$0"; exit 2; }
root=$1 out=$2
shift 2
package=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$package/../.." && pwd)
scenarios=$repository/tests/scenarios
place=/src/package
[ -z "${ROCKON_PACKAGE:-}" ] || place=/src/repository/$ROCKON_PACKAGE
mkdir -p "$out/home" "$out/build" "$root/src/package" "$root/src/repository" "$root/src/scenarios" "$root/library" "$root/out"
export ROOT="$root" OUT="$out" PACKAGE="$package" REPOSITORY="$repository" SCENARIOS="$scenarios" PLACE="$place" LIBRARY="${ROCKON_LIBRARY:?directory of librockon.a}"
exec unshare -m --propagation private sh -c '
  set -eu
  mount -t proc proc "$ROOT/proc"
  mount --bind "$PACKAGE" "$ROOT/src/package"
  mount --bind "$REPOSITORY" "$ROOT/src/repository"
  mount --bind "$SCENARIOS" "$ROOT/src/scenarios"
  mount --bind "$LIBRARY" "$ROOT/library"
  mount --bind "$OUT" "$ROOT/out"
  exec chroot "$ROOT" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/out/home TMPDIR=/out \
    ROCKON_LIBRARY=/library ROCKON_SCENARIOS=/src/scenarios ROCKON_SCENARIO_SERVER="${ROCKON_SCENARIO_SERVER:-}" ROCKON_SCENARIO_LOG=/out/scenarios.log ROCKON_PICTURES="${ROCKON_PICTURES:-}" \
    PLACE="$PLACE" sh -c "cd \"\$PLACE\" && exec \"\$@\"" sh "$@"
' sh "$@"
