//! What is written comes back the same, and says nothing that was not there.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

use super::super::meaning::columns;
use super::*;

fn ending(format: Format) -> &'static str {
    match format {
        Format::Csv => "a.csv",
        Format::ChordPro => "a.cho",
    }
}

/// The songs of a file as they are read again; nothing else may be in the plan.
fn again(file: &SongFile, format: Format) -> Vec<Values> {
    let plan = plan_of(ending(format), file.text.as_bytes());
    assert_eq!(
        (plan.bad.as_slice(), plan.warnings.as_slice()),
        (&[][..], &[][..]),
        "{}",
        file.text
    );
    plan.songs.into_iter().map(|song| song.values).collect()
}

/// What the two formats, or spreadsheets, use for themselves.
const ODD: &[&str] = &[
    "=1+1",
    "@x",
    "-Minus",
    "+Plus",
    "'quoted",
    "'=x",
    "''@",
    "\t=",
    "a,b",
    "a;b",
    "a|b",
    "\"",
    "\"\"",
    "\\\"x",
    "\\",
    "x\\",
    "a\r\nb",
    "\r",
    "\n",
    " ",
    " x ",
    "{title: x}",
    "}",
    "{",
    "a} {artist: b",
    "# no",
    "%{key}",
    "\\u00e9",
    "e\u{301}",
    "Käse",
    "שלום",
    "🎸",
    "\u{feff}",
    "\u{202e}x",
    "[Am]",
    "sep=;",
    "0",
    "3:45",
    "\u{7f}",
    "\u{1b}[31m",
    "，",
    "a: b",
    "~",
    "N/A",
    "title",
    "\u{2028}",
];

/// Texts with any of it.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(ODD);
    let part = prop_oneof![odd.prop_map(str::to_owned), "\\PC{1,6}", "[a-zA-Z ]{1,8}"];
    vec(part, 1..4).prop_map(|parts| parts.concat().replace('\0', ""))
}

fn title() -> impl Strategy<Value = String> {
    text().prop_filter("a title is seen", |title| !title.trim().is_empty())
}

fn song() -> impl Strategy<Value = Values> {
    let texts = (
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    );
    let numbers = (
        option::of(1_i64..=1_000),
        option::of(0_i64..=86_400),
        option::of(1_i64..=5),
    );
    (title(), texts, numbers).prop_map(|(title, texts, numbers)| {
        let mut song = Values::new();
        song.insert("title".to_owned(), json!(title));
        let (artist, key, signature, genre, tuning, notes) = texts;
        for (column, value) in [
            ("artist", artist),
            ("key", key),
            ("time_signature", signature),
            ("genre", genre),
            ("guitar_tuning", tuning),
            ("notes", notes),
        ] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                song.insert(column.to_owned(), json!(value));
            }
        }
        for (column, value) in [
            ("tempo", numbers.0),
            ("duration", numbers.1),
            ("difficulty", numbers.2),
        ] {
            if let Some(value) = value {
                song.insert(column.to_owned(), json!(value));
            }
        }
        song
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn every_library_comes_back_as_it_was(songs in vec(song(), 1..6)) {
        for format in [Format::Csv, Format::ChordPro] {
            let file = write(&songs, format);
            prop_assert_eq!(usize::try_from(file.songs).unwrap(), songs.len());
            prop_assert_eq!(&again(&file, format), &songs, "{:?} {}", format, file.text);
        }
    }
}

#[test]
fn a_spreadsheet_reads_the_file_and_runs_nothing_of_it() {
    let songs = [
        values(json!({"title": "=1+1", "artist": "@x", "key": "-5", "notes": "+ü\nb"})),
        values(json!({"title": "'=kept", "artist": "'plain"})),
        values(
            json!({"title": "One; Two", "difficulty": null, "guitar_tuning": null, "artist": ""}),
        ),
    ];
    let file = write(&songs, Format::Csv);
    let header: Vec<&str> = columns().collect();
    let line = |title: &str, artist: &str, key: &str, notes: &str| {
        let cell = |column: &&str| match *column {
            "title" => title.to_owned(),
            "artist" => artist.to_owned(),
            "key" => key.to_owned(),
            "notes" => notes.to_owned(),
            _ => String::new(),
        };
        header.iter().map(cell).collect::<Vec<_>>().join(",") + "\r\n"
    };
    let wanted = [
        format!("\u{feff}{}\r\n", header.join(",")),
        line("\"'=1+1\"", "\"'@x\"", "\"'-5\"", "\"'+ü\nb\""),
        line("\"''=kept\"", "'plain", "", ""),
        line("\"One; Two\"", "", "", ""),
    ];
    assert_eq!(file.text, wanted.concat());
    assert_eq!(file.songs, 3);
    let read = again(&file, Format::Csv);
    assert_eq!(read[..2], songs[..2]);
    assert_eq!(
        read[2],
        values(json!({"title": "One; Two"})),
        "nothing was made up"
    );
}

#[test]
fn every_sign_that_begins_a_formula_is_guarded_also_behind_blanks() {
    for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
        for title in [format!("{sign}1"), format!("' {sign}1")] {
            let songs = [values(json!({ "title": title }))];
            let file = write(&songs, Format::Csv);
            let guarded = format!("\r\n\"'{title}\",");
            assert!(file.text.contains(&guarded), "{}", file.text);
            assert_eq!(again(&file, Format::Csv), songs);
        }
    }
}

#[test]
fn a_table_that_an_older_version_wrote_is_read_as_it_was_written() {
    let text = "title,artist,key,tempo,time_signature,duration,genre,guitar_tuning,difficulty,notes\r\n\
                \" A  b\",,,,C,0:00,,,,\r\n";
    let plan = plan_of("songs.csv", text.as_bytes());
    let wanted = json!({"title": " A  b", "time_signature": "C", "duration": 0});
    assert_eq!(plan.songs[0].values, values(wanted));
}

#[test]
fn a_chart_file_is_plain_where_the_format_can_say_it() {
    let songs = [
        values(
            json!({"title": "A", "artist": "B", "key": "F#m", "tempo": 87, "time_signature": "6/8", "duration": 3723, "genre": "Rock",
            "guitar_tuning": "Drop D", "difficulty": 3, "notes": "two\nlines"}),
        ),
        values(json!({"title": "x} {y"})),
    ];
    let file = write(&songs, Format::ChordPro);
    assert_eq!(
        file.text,
        "{title: A}\n{artist: B}\n{key: F#m}\n{tempo: 87}\n{time: 6/8}\n{duration: 62:03}\n\
         {meta: difficulty 3}\n{meta: guitar_tuning Drop D}\n{meta: genre Rock}\n{x_rockon_notes: \"two\\nlines\"}\n\
         {new_song}\n{title: x) (y}\n{x_rockon_title: \"x\\u007d \\u007by\"}\n"
    );
    assert!(!plan_of("a.cho", file.text.as_bytes()).files[0].has_chart);
}

#[test]
fn a_value_that_is_not_whole_is_named_by_the_line_its_song_begins_on() {
    let songs = [
        values(json!({"title": "A", "notes": "two\nlines", "genre": "Rock"})),
        values(json!({"title": "B", "notes": "the begin", "sync_too_large": ["genre", "notes"]})),
        values(json!({"title": "C"})),
    ];
    for (format, begin, number) in [(Format::Csv, "B,", 4), (Format::ChordPro, "{title: B}", 5)] {
        let file = write(&songs, format);
        let mut lines = (1..).zip(file.text.lines());
        let line = lines.find(|(_, line)| line.starts_with(begin)).unwrap().0;
        let column = |column| ShortLine { line, column };
        assert_eq!(
            (line, file.shortened),
            (number, vec![column("genre"), column("notes")])
        );
    }
}
