use serde_json::json;

use super::*;

fn csv(text: &str) -> ImportPlan {
    read(text.as_bytes(), Format::Csv).unwrap()
}

fn values(song: serde_json::Value) -> Values {
    let serde_json::Value::Object(map) = song else {
        panic!("not an object")
    };
    map
}

#[test]
fn a_csv_with_a_header_becomes_songs() {
    let plan = csv(
        "Title,Artist,BPM,Length,Key\nWonderwall,Oasis,87,4:18,F#m\n\"Hey, Jude\",The Beatles,,431,F\n",
    );
    let first = json!({"title": "Wonderwall", "artist": "Oasis", "tempo": 87, "duration": 258, "key": "F#m"});
    let second =
        json!({"title": "Hey, Jude", "artist": "The Beatles", "duration": 431, "key": "F"});
    assert_eq!(plan.songs, [values(first), values(second)]);
    assert!(plan.bad.is_empty());
}

#[test]
fn semicolons_tabs_a_byte_order_mark_and_an_old_code_page_are_read() {
    for file in [
        &b"\xEF\xBB\xBFtitle;artist\r\nEs;Motorhead\r\n"[..],
        b"title\tartist\nEs\tMotorhead\n",
    ] {
        let plan = read(file, Format::Csv).unwrap();
        assert_eq!(
            plan.songs,
            [values(json!({"title": "Es", "artist": "Motorhead"}))]
        );
    }
    let old = read(b"title,artist\nAce,Mot\xF6rhead\n", Format::Csv).unwrap();
    assert_eq!(old.songs[0]["artist"], "Motörhead");
}

#[test]
fn bad_lines_are_named_and_hide_no_good_one() {
    let plan = csv("title,tempo,duration\nA,fast,\nB,120,\n,90,\nC,,3:99\nD,,,,\n\n,,\nE,1200,\n");
    let bad: Vec<_> = plan
        .bad
        .iter()
        .map(|b| (b.line, b.column.unwrap_or("-"), b.reason))
        .collect();
    assert_eq!(
        bad,
        [
            (2, "tempo", "it is not a whole number"),
            (4, "title", "it is empty"),
            (5, "duration", "it is neither m:ss nor seconds"),
            (6, "-", "it has more values than the header has columns"),
            (9, "tempo", "it is out of range"),
        ]
    );
    assert_eq!(plan.songs, [values(json!({"title": "B", "tempo": 120}))]);
}

#[test]
fn a_file_that_cannot_be_read_as_a_whole_says_why() {
    let error = |bytes: &[u8]| read(bytes, Format::Csv).unwrap_err();
    assert_eq!(
        error(b"title,artist\n\"A,x\nB,y\n"),
        ImportError::OpenQuote { line: 2 }
    );
    assert_eq!(error(b"artist,key\nOasis,G\n"), ImportError::NoTitleColumn);
    assert_eq!(error(b" \n \n"), ImportError::Empty);
    assert_eq!(error(b"\x89PNG\0\0"), ImportError::NotText);
    assert_eq!(
        error(&vec![b'a'; MAX_FILE_BYTES + 1]),
        ImportError::TooLarge
    );
    let many = format!("title\n{}", "x\n".repeat(MAX_SONGS + 1));
    assert_eq!(error(many.as_bytes()), ImportError::TooMany);
}

#[test]
fn unknown_columns_are_reported() {
    let plan = csv("title,Singer's mood\nA,blue\n");
    assert_eq!(plan.ignored_columns, ["Singer's mood"]);
    assert_eq!(plan.songs.len(), 1);
}

#[test]
fn chordpro_metadata_of_several_songs_is_read() {
    let file = "{title: Wonderwall}\n{artist: Oasis}\n{key: F#m}\n{meta: genre Rock}\n[Em7]Today is\n\
                {new_song}\n{t:Creep}\n{tempo: 92}\n{time: 4/4}\n{duration: 3:56}\n\
                {ns}\n{artist: Nobody}\n{ns}\n{title: X}\n{tempo: quick}\n";
    let plan = read(file.as_bytes(), Format::ChordPro).unwrap();
    let first = json!({"title": "Wonderwall", "artist": "Oasis", "key": "F#m", "genre": "Rock"});
    let second = json!({"title": "Creep", "tempo": 92, "time_signature": "4/4", "duration": 236});
    assert_eq!(plan.songs, [values(first), values(second)]);
    let bad: Vec<_> = plan
        .bad
        .iter()
        .map(|b| (b.line, b.column.unwrap_or("-"), b.reason))
        .collect();
    assert_eq!(
        bad,
        [
            (11, "title", "it is missing"),
            (15, "tempo", "it is not a whole number")
        ]
    );
}

#[test]
fn what_is_written_reads_back_the_same() {
    let songs = [
        values(
            json!({"title": "A \"quoted\", one", "artist": "Ü 🎸", "key": "F#m", "tempo": 87,
            "time_signature": "6/8", "duration": 3723, "genre": "Rock", "guitar_tuning": "Drop D", "difficulty": 3}),
        ),
        values(json!({"title": "Second"})),
    ];
    for format in [Format::Csv, Format::ChordPro] {
        let plan = read(write(&songs, format).text.as_bytes(), format).unwrap();
        assert_eq!(plan.songs, songs, "{format:?}");
        assert!(plan.bad.is_empty());
    }
    let noted = [values(
        json!({"title": "N", "notes": "line one\nline \"two\""}),
    )];
    assert_eq!(csv(&write(&noted, Format::Csv).text).songs, noted);
}

#[test]
fn a_value_that_is_not_whole_is_named_by_the_line_its_song_begins_on() {
    let songs = [
        values(json!({"title": "A", "notes": "two\nlines", "genre": "Rock"})),
        values(json!({"title": "B", "notes": "the begin", "sync_too_large": ["genre", "notes"]})),
        values(json!({"title": "C"})),
    ];
    let csv = write(&songs, Format::Csv);
    let begins = |file: &SongFile, text: &str| {
        let mut lines = (1..).zip(file.text.lines());
        lines.find(|(_, line)| line.starts_with(text)).unwrap().0
    };
    let line = begins(&csv, "B,");
    let column = |column| ShortLine { line, column };
    assert_eq!(
        (line, csv.shortened),
        (4, vec![column("genre"), column("notes")])
    );
    let chordpro = write(&songs, Format::ChordPro);
    let line = begins(&chordpro, "{title: B}");
    let genre = ShortLine {
        line,
        column: "genre",
    };
    assert_eq!(
        (line, chordpro.shortened),
        (4, vec![genre]),
        "notes are not in it"
    );
}

#[test]
fn formats_are_told_by_the_ending() {
    assert_eq!(Format::of_name("a/b/Songs.CSV"), Some(Format::Csv));
    assert_eq!(Format::of_name("x.cho"), Some(Format::ChordPro));
    assert_eq!(Format::of_name("x.pdf"), None);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_without_a_panic(bytes in proptest::collection::vec(0_u8..=255, 0..400), seed in ".{0,40}") {
        for format in [Format::Csv, Format::ChordPro] {
            let _ = read(&bytes, format);
            let _ = read(format!("title,tempo\n{seed}\n{{{seed}}}\n{{title:{seed}}}").as_bytes(), format);
        }
    }
}
