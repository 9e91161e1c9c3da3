//! The generator of the same version as the scaffolding: a mismatch of the two is refused when the library is loaded.
//! A program of its own, because its dependencies would triple the size of the library.

fn main() {
    uniffi::uniffi_bindgen_main();
}
