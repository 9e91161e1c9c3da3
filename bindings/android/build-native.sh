#!/bin/sh
# Builds the core for Android into jniLibs/<abi>/librockon.so, for the AAR beside this script.
#
# Needs: cargo-ndk 3 or newer, an NDK (ANDROID_NDK_HOME), and the targets
#   rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android
# Not run where it was written: no NDK there.
set -eu
cd "$(dirname "$0")/../.."
out=bindings/android/jniLibs
# The oldest system that the app runs on; build.gradle.kts says the same.
api=26
# Pages of 16 kB are required of new apps on 64-bit devices; an aligned library runs on pages of 4 kB too.
flags="${RUSTFLAGS:-} -C link-arg=-Wl,-z,max-page-size=16384"
# The short form of relocations, 0.2 MB less; Android reads it since 23.
flags="$flags -C link-arg=-Wl,--pack-dyn-relocs=android"
# Texts that end alike are kept once.
flags="$flags -C link-arg=-Wl,-O2"
# Paths in panics begin at a crate's name, not with where this machine keeps its source.
cargo fetch --locked
for sources in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*; do
  flags="$flags --remap-path-prefix=$sources="
done
rm -rf "$out"
# `cdylib` alone: beside a Rust library cargo does not optimise across crates, and this one is a sixth larger.
# `phone.ld` leaves out what only the generator of Kotlin and Swift reads.
build() {
  RUSTFLAGS="$flags $1"
  export RUSTFLAGS
  shift
  cargo ndk --platform "$api" --output-dir "$out" "$@" \
    rustc --profile phone --package rockon-bindings --locked --lib --crate-type cdylib \
    -- -C "link-arg=-Wl,-T,$PWD/bindings/phone.ld"
}
build "" --target arm64-v8a --target armeabi-v7a
# Frame pointers, which 64-bit ARM has in any case, make its tables for unwinding a quarter smaller.
build "-C force-frame-pointers=yes" --target x86_64
for library in "$out"/*/librockon.so; do
  printf '%s  %s bytes\n' "$library" "$(wc -c < "$library")"
done
