//! Files that nobody made in good faith: nothing panics, and time grows no faster than the file.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;

const NAMES: [&str; 5] = ["a.csv", "a.cho", "a.onsong", "a.xml", "a"];

/// Pieces that the readers treat in a way of their own.
const KNOWN: &[&str] = &[
    "title",
    "artist",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\"",
    "\\\"",
    "'",
    "=",
    "{",
    "}",
    "{title: ",
    "{ns}",
    "{meta: ",
    "{sot}",
    "{eot}",
    "{x_rockon_notes: ",
    "{x_rockon_difficulty: 9}",
    "#",
    "\\",
    "\\u",
    ":",
    "Key: ",
    "tempo",
    "Time",
    "3:45",
    "120",
    "-",
    "sep=",
    "<song>",
    "<",
    ">",
    "</song>",
    "<title>",
    "<lyrics>",
    "&#x41;",
    "&",
    "<![CDATA[",
    "<!--",
    "\u{feff}",
    "\u{202e}",
    "é",
    "★",
    "１",
    "1899-12-30 ",
    "[Am]",
    " ",
    "0.",
    "9999999999999999999",
    "minutes",
    "seconds",
    "mode",
    "\0",
];

fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(KNOWN);
    prop_oneof![
        4 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => vec(any::<u8>(), 1..6),
    ]
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(pieces in vec(piece(), 0..80)) {
        let bytes = pieces.concat();
        for name in NAMES {
            let file = SourceFile { name: name.to_owned(), bytes: bytes.clone() };
            let plan = read(&[file], &[Meaning::Ignored, Meaning::Title]).unwrap();
            for song in &plan.songs {
                for (column, value) in &song.values {
                    prop_assert!(crate::model::checked(crate::model::Kind::Song, column, value.clone()).is_ok(), "{column} {value}");
                }
            }
            let _ = settle(plan.songs, &ImportChoices { twins: SongChoice::Update, songs: Vec::new() });
        }
    }
}

fn time(name: &str, bytes: &[u8]) -> Duration {
    let file = SourceFile {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let begun = Instant::now();
    let _ = read(&[file], &[]);
    begun.elapsed()
}

/// A file's name, how it begins, and what is repeated after that.
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

/// Repeats of one piece after a beginning. Sixteen times as much may take 64 times as long, whatever else runs on the
/// machine: squares take 256.
#[test]
fn time_grows_with_the_file_and_no_faster() {
    for (name, begin, piece) in REPEATED {
        let size = |bytes: usize| format!("{begin}{}", piece.repeat(bytes / piece.len()));
        let (small, large) = (size(20_000), size(320_000));
        let one = (0..3).map(|_| time(name, small.as_bytes())).min().unwrap();
        let bound = one.max(Duration::from_millis(1)) * 64;
        let many: Vec<Duration> = (0..3)
            .map(|_| time(name, large.as_bytes()))
            .take_while(|many| *many > bound)
            .collect();
        assert!(
            many.len() < 3,
            "{name} {begin:?} {piece:?}: {one:?}, then {many:?}"
        );
    }
}

#[test]
fn a_full_file_of_songs_is_a_plan_of_bounded_size() {
    let rows = "x,fast,y\n,\n".repeat(MAX_SONGS / 2);
    let plan = plan_of(
        "a.csv",
        format!("title,tempo\n{rows}{}", "\"\",1\n".repeat(3_000)).as_bytes(),
    );
    assert_eq!(plan.songs.len(), MAX_SONGS / 2);
    assert_eq!((plan.bad.len(), plan.bad_lines), (1_000, 3_000));
    assert_eq!(plan.warnings.len(), 1_000);
    assert!(plan.warning_count >= 10_000);
}
