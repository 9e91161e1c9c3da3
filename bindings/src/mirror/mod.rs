//! Mirrors of the core's types: declarations that generate scaffolding and compile to nothing else.
//!
//! Owns: how a core type crosses to Kotlin and Swift. Their doc comments are what readers of the generated code see.
//! Never: holds logic. A field that is missing or has another type here does not compile.

mod files;
mod notices;
mod rows;
mod status;
mod values;

pub use notices::Notice;
pub use values::{Json, Words};
