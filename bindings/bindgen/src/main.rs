//! The generator of the same version as the scaffolding: a mismatch of the two is refused when the library is loaded.
//! A program of its own, because its dependencies would triple the size of the library.
//!
//! `drafts kotlin` and `drafts swift` print what is not in the library: drafts, from the core's catalogue.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program says what it made"
)]

mod drafts;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let made = match args.as_slice() {
        ["drafts", "kotlin"] => drafts::kotlin(),
        ["drafts", "swift"] => drafts::swift(),
        _ => {
            uniffi::uniffi_bindgen_main();
            return ExitCode::SUCCESS;
        }
    };
    match made {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
