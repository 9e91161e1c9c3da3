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
RUSTFLAGS="${RUSTFLAGS:-} -C link-arg=-Wl,-z,max-page-size=16384"
# The short form of relocations, 0.2 MB less; Android reads it since 23.
RUSTFLAGS="$RUSTFLAGS -C link-arg=-Wl,--pack-dyn-relocs=android"
export RUSTFLAGS
rm -rf "$out"
# `cdylib` alone: beside a Rust library cargo does not optimise across crates, and this one is a sixth larger.
cargo ndk --platform "$api" --output-dir "$out" \
  --target arm64-v8a --target armeabi-v7a --target x86_64 \
  rustc --profile phone --package rockon-bindings --locked --lib --crate-type cdylib
for library in "$out"/*/librockon.so; do
  printf '%s  %s bytes\n' "$library" "$(wc -c < "$library")"
done
