//! Whether the time to read a song list grows with its bytes and no faster, whatever stands in it.

use std::time::{Duration, Instant};

use rockon_core::transfer::{SourceFile, read};

use crate::report::Line;

/// Bytes of the small file; the large one has sixteen times as many.
const SMALL: usize = 20_000;
/// A file's name, how it begins, and what is repeated after that: what a reader could be made to look at again and again.
const REPEATED: &[(&str, &str, &str)] = &[
    ("a.csv", "title\n", "x,"),
    ("a.csv", "title\n", "x\n"),
    ("a.csv", "title,notes\n", "x,\"a\"\"b\"\n"),
    ("a.csv", "title\n\"", "\\\""),
    ("a.csv", "title\n", "\"a\" b \""),
    ("a.csv", "", ",\n"),
    ("a.csv", "", "\""),
    ("a.csv", "title\n", "é "),
    ("a.csv", "title,key,key,key\n", "x,a,b,c\n"),
    ("a.cho", "", "{title: x}"),
    ("a.cho", "{title: x", "}"),
    ("a.cho", "{title: x", "} "),
    ("a.cho", "{title: x}\n", "{tag: y}"),
    ("a.cho", "{title: x}\n", "{artist: abc}\n"),
    ("a.cho", "{title: x}\n", "{k: a}\n{k: b}\n"),
    ("a.cho", "", "a\\\n"),
    ("a.cho", "{t:x}\n{c:", "\\u0041"),
    ("a.cho", "", "{ns}\n{a:b}\n"),
    ("a.onsong", "", "Key: x\n"),
    ("a", "<song>", "<a>x</a>"),
    ("a", "<song>", "<a>"),
    ("a", "<song><title>", "&amp;"),
    ("a", "<song>", "<song><title>x</title></song>"),
    ("a", "", "\u{0}a"),
];

/// The worst of them, as the time for sixteen times the bytes beside that for the small file. A square would be 256.
pub(crate) fn run() -> Vec<Line> {
    let mut worst = (0.0, "");
    for (name, begin, piece) in REPEATED {
        let file = |bytes: usize| format!("{begin}{}", piece.repeat(bytes / piece.len()));
        let ratio =
            least(name, &file(SMALL * 16)).as_secs_f64() / least(name, &file(SMALL)).as_secs_f64();
        if ratio > worst.0 {
            worst = (ratio, *piece);
        }
    }
    let what = "sixteen times the bytes of a song list, the worst piece repeated";
    let shown = format!("{}x, of {:?}", crate::stats::short(worst.0), worst.1);
    vec![
        Line::new("import", what, worst.0, "x")
            .at_most(32.0)
            .shown(shown),
    ]
}

/// The least of five readings. A file that is refused is read, too.
fn least(name: &str, text: &str) -> Duration {
    let once = || {
        let file = SourceFile {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        let begun = Instant::now();
        let read = read(&[file], &[]);
        let took = begun.elapsed();
        drop(read);
        took
    };
    (0..5).map(|_| once()).min().unwrap_or_default()
}
