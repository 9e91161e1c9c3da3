#!/bin/sh
# On a Mac: builds core, framework and app for the simulator; with `test` it runs the tests of the models there.
#
# Needs Xcode 16 or newer and what bindings/apple/make-xcframework.sh needs. SIMULATOR names another simulator than iPhone 16.
# Not run where it was written: no Mac there.
set -eu
cd "$(dirname "$0")/.."

case "${1:-build}" in
build)
  bindings/apple/make-xcframework.sh
  xcodebuild -project ios/RockOn.xcodeproj -scheme RockOn -destination 'generic/platform=iOS Simulator' \
    -derivedDataPath target/xcode CODE_SIGNING_ALLOWED=NO build
  ;;
test)
  # The package's own scheme; a package with one product has that one's alone.
  cd ios/Package
  scheme=RockOnApp-Package
  xcodebuild -list | grep -q "$scheme" || scheme=Screens
  xcodebuild test -scheme "$scheme" -destination "platform=iOS Simulator,name=${SIMULATOR:-iPhone 16}" \
    -derivedDataPath ../../target/xcode -only-testing ModelTests
  ;;
*)
  echo "usage: $0 [build|test]" >&2
  exit 2
  ;;
esac
