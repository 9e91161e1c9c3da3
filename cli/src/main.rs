//! The `rockon` program.

fn main() {}
