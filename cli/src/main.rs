//! The `rockon` program.

#[cfg(test)]
mod screen;

fn main() {}
