//! Files that nobody made in good faith: nothing panics, and what is kept of them is bounded. How long they take is a benchmark (`import`).

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
