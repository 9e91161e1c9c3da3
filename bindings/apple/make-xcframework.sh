#!/bin/sh
# Makes bindings/swift/rockonFFI.xcframework: the core for iPhone, its simulator and the Mac, with the C header and our own
# module map. `Package.swift` takes it when ROCKON_LIBRARY is not set.
#
# Needs a Mac with Xcode, and
#   rustup target add aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin
# Not run where it was written: no Mac there.
set -eu
cd "$(dirname "$0")/../.."
work=target/xcframework
framework=bindings/swift/rockonFFI.xcframework
rm -rf "$work" "$framework"
mkdir -p "$work/headers/rockonFFI"

# The generated sides come from the very library they are used with.
cargo xtask bindings
mkdir -p bindings/swift/Sources/RockOn/Generated
cp target/bindings/swift/*.swift bindings/swift/Sources/RockOn/Generated/
cp target/bindings/swift/*.h bindings/swift/Sources/rockonFFI/include/module.modulemap "$work/headers/rockonFFI/"

# Paths in panics begin at a crate's name, not with where this machine keeps its source.
for sources in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
  RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$sources="
done
export RUSTFLAGS
build() { cargo rustc --profile phone --package rockon-bindings --locked --lib --crate-type staticlib --target "$1"; }
for target in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin; do
  build "$target"
done

# One library for each system; processors of one system are joined.
join() {
  name=$1
  shift
  mkdir -p "$work/$name"
  lipo -create "$@" -output "$work/$name/librockon.a"
}
join simulator target/aarch64-apple-ios-sim/phone/librockon.a target/x86_64-apple-ios/phone/librockon.a
join mac target/aarch64-apple-darwin/phone/librockon.a target/x86_64-apple-darwin/phone/librockon.a

xcodebuild -create-xcframework \
  -library target/aarch64-apple-ios/phone/librockon.a -headers "$work/headers" \
  -library "$work/simulator/librockon.a" -headers "$work/headers" \
  -library "$work/mac/librockon.a" -headers "$work/headers" \
  -output "$framework"
