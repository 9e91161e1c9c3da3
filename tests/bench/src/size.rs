//! The library inside apps: its size, and what it is made of.
//!
//! `cargo xtask bench` builds it twice, as it ships and with its symbols; `nm` and `size` of the machine read the second.
//! A symbol counts for the crate that its path begins with: generic code for the crate that defines it, not for the one
//! that uses it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::report::Line;

const MEGABYTE: f64 = 1_000_000.0;
/// Crates with a line of their own.
const SHOWN: usize = 8;
/// What has no path: written in C or assembler.
const FOREIGN: &str = "SQLite and other C";

pub(crate) fn run() -> Outcome<Vec<Line>> {
    let dir = std::env::var_os("ROCKON_NATIVE");
    let dir = PathBuf::from(dir.ok_or("the size is measured by `cargo xtask bench` only")?);
    if let Ok(reason) = std::fs::read_to_string(dir.join("size.skipped")) {
        let line = Line::skipped("size", "the library for phones", reason.trim());
        return Ok(vec![line]);
    }
    let bytes = std::fs::metadata(dir.join("librockon.so"))?.len();
    let whole = Line::new(
        "size",
        "the library for phones, stripped",
        bytes as f64 / MEGABYTE,
        "MB",
    );
    let mut lines = vec![whole.at_most(6.5)];
    let symbols = dir.join("librockon-symbols.so");
    let names = ["--print-size", "--defined-only", "--demangle"];
    match (
        tool("nm", &names, &symbols),
        tool("size", &["-A"], &symbols),
    ) {
        (Ok(names), Ok(sections)) => {
            lines.extend(tables(&sections));
            lines.extend(parts(&names));
        }
        (Err(reason), _) | (_, Err(reason)) => {
            lines.push(Line::skipped("size", "its parts", &reason));
        }
    }
    Ok(lines)
}

fn tool(name: &str, args: &[&str], file: &Path) -> Result<String, String> {
    let output = Command::new(name).args(args).arg(file).output();
    match output {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        _ => Err(format!("no {name} on the PATH")),
    }
}

fn line(what: &str, bytes: u64) -> Line {
    Line::new("size", what, bytes as f64 / MEGABYTE, "MB")
}

/// Parts that no symbol names, from `size -A`: a section, its size, its address.
fn tables(sections: &str) -> Vec<Line> {
    let of = |names: &[&str]| {
        let sizes = sections.lines().filter_map(|line| {
            let mut words = line.split_whitespace();
            let wanted = names.contains(&words.next()?);
            wanted.then(|| words.next()?.parse::<u64>().ok()).flatten()
        });
        sizes.sum::<u64>()
    };
    vec![
        line(
            "  unwind tables",
            of(&[".eh_frame", ".eh_frame_hdr", ".gcc_except_table"]),
        ),
        line(
            "  relocations",
            of(&[".rela.dyn", ".rela.plt", ".relr.dyn"]),
        ),
    ]
}

/// The largest crates by `nm`: an address, a size, a kind, a name.
fn parts(names: &str) -> Vec<Line> {
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for (size, name) in names.lines().filter_map(symbol) {
        *sizes.entry(owner(name)).or_default() += size;
    }
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_by_key(|(name, size)| (std::cmp::Reverse(*size), *name));
    let rest = sizes.iter().skip(SHOWN).map(|(_, size)| size).sum();
    let first = sizes.iter().take(SHOWN);
    let mut lines: Vec<Line> = first
        .map(|(name, size)| line(&format!("  {name}"), *size))
        .collect();
    lines.push(line("  other crates", rest));
    lines
}

/// Size and name of what takes room in the file.
fn symbol(line: &str) -> Option<(u64, &str)> {
    let mut words = line.splitn(4, ' ');
    let (_, size, kind, name) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let empty = matches!(kind, "b" | "B");
    let size = u64::from_str_radix(size, 16).ok()?;
    (!empty).then_some((size, name))
}

/// The crate at the beginning of a path, such as that of `<&alloc::vec::Vec<T> as core::fmt::Debug>::fmt`.
fn owner(name: &str) -> &str {
    if name.starts_with("anon.") || name.starts_with(".L") {
        return "constants without a name";
    }
    let mut path = name;
    loop {
        let cut = path.trim_start_matches(['<', '&', '*', '(', '[']);
        let cut = ["mut ", "const ", "dyn "]
            .iter()
            .fold(cut, |cut, word| cut.strip_prefix(word).unwrap_or(cut));
        if cut == path {
            break;
        }
        path = cut;
    }
    let end = path
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(path.len());
    let (word, rest) = path.split_at(end);
    match word {
        "" => "other",
        _ if rest.starts_with("::") || rest.starts_with('[') => word,
        // `<str as ...>`, `<u8 as ...>`: impls of the standard library.
        _ if name.starts_with('<') => "core",
        _ => FOREIGN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_counts_for_the_crate_its_path_begins_with() {
        for (name, crate_name) in [
            ("rockon_core::store::open", "rockon_core"),
            (
                "<&mut alloc::vec::Vec<rockon_core::Song> as core::fmt::Debug>::fmt",
                "alloc",
            ),
            ("<dyn tracing_core::Subscriber>::downcast", "tracing_core"),
            ("<(dyn a::B, c::D)>::e", "a"),
            ("<str as core::fmt::Debug>::fmt", "core"),
            ("sqlite3VdbeExec", FOREIGN),
            ("anon.0badcafe.12", "constants without a name"),
        ] {
            assert_eq!(owner(name), crate_name, "{name}");
        }
    }

    #[test]
    fn sizes_are_summed_and_what_is_not_in_the_file_is_left_out() {
        let names = "0000000000000010 0000000000100000 t a::b\n0000000000000020 0000000000000010 b a::zeroed\n\
                     0000000000000030 0000000000080000 T c\n                 U undefined\n";
        let shown: Vec<_> = parts(names)
            .into_iter()
            .map(|line| (line.what, line.measured))
            .collect();
        let row = |what: &str, measured: &str| (what.to_owned(), measured.to_owned());
        let foreign = format!("  {FOREIGN}");
        assert_eq!(
            shown,
            [
                row("  a", "1.05 MB"),
                row(&foreign, "0.52 MB"),
                row("  other crates", "0.00 MB")
            ]
        );
    }

    #[test]
    fn sections_are_found_by_name() {
        let said = "librockon.so  :\nsection  size  addr\n.eh_frame  1000000  7\n.rela.dyn  500000  9\n.text 1 2\n";
        let shown: Vec<_> = tables(said).into_iter().map(|line| line.measured).collect();
        assert_eq!(shown, ["1.00 MB", "0.50 MB"]);
    }
}
