//! Tables, one small file a kind: where header and delimiter are, what columns mean, what cells hold.

use super::*;

/// File, songs, what is ignored.
const TABLES: &[(&str, &[&str], &str)] = &[
    (
        "backslashes.csv",
        &["Say \"Hi\"; artist B", "Next; artist C"],
        "",
    ),
    ("blank-line.csv", &["One; artist U2"], ""),
    ("comma-in-heading.csv", &["One; artist U2; key C"], ""),
    (
        "german.csv",
        &["Eins; artist U2; key C; tempo 91; duration 276"],
        "",
    ),
    (
        "french.csv",
        &["L’été; artist Les Garçons; key Sol mineur; duration 225; difficulty 2"],
        "",
    ),
    (
        "spanish.csv",
        &["Canción; artist Niño; key Mi m; duration 225; time_signature 6/8; notes uno / dos"],
        "",
    ),
    (
        "italian.csv",
        &["Canzone; artist Gruppo; key Re; time_signature 4/4; duration 245"],
        "",
    ),
    (
        "dutch.csv",
        &["Liedje; artist De Band; key Am; duration 225; notes let op"],
        "",
    ),
    (
        "inches.csv",
        &["12\" Mix; artist DJ", "Other; artist B"],
        "",
    ),
    ("line-above.csv", &["One; artist U2; key C"], ""),
    (
        "line-breaks.csv",
        &["Two Lines; artist X; notes a / b \"q\"", "Next; artist Y"],
        "",
    ),
    (
        "many-headings.csv",
        &[
            "One; artist U2; duration 276; time_signature 4/4; key C; tempo 91; notes Key: D / Tags: slow",
        ],
        "",
    ),
    (
        "minutes-and-seconds.csv",
        &["One; duration 276; artist U2"],
        "",
    ),
    (
        "set-program.csv",
        &[
            "One; duration 245; artist Us; tempo 120; key Am; genre Rock; notes n",
            "Two; duration 180; artist Us",
        ],
        "",
    ),
    (
        "no-header.csv",
        &["One; artist U2; key C", "Two; artist X; key D"],
        "",
    ),
    (
        "numbers-as-titles.csv",
        &["1979; tempo 127", "99; tempo 120", "7/4; tempo 100"],
        "",
    ),
    ("one-column.csv", &["One", "Two"], ""),
    ("titles.txt", &["Wonderwall", "Creep", "Angels"], ""),
    ("pipes.csv", &["One; artist U2"], ""),
    ("sep-comma.csv", &["One; artist U2"], ""),
    ("sep-semicolon.csv", &["One; artist U2"], ""),
    (
        "space-before-quote.csv",
        &["One; artist U2, the; notes two / lines"],
        "",
    ),
    ("spaces-in-quotes.csv", &["One; artist U2"], ""),
    ("tabs.tsv", &["One; artist U2"], ""),
    (
        "three-keys.csv",
        &["One; key C; notes original_key: D / musical_key: E"],
        "",
    ),
    (
        "time-of-clock.csv",
        &["One; artist U2; key C; duration 276"],
        "",
    ),
    ("two-tempos.csv", &["A; tempo 120"], ""),
    (
        "with-tags.csv",
        &["One; artist U2; key C; tempo 91; duration 276; notes n / Tags: rock; slow"],
        "",
    ),
    ("wide-digits.csv", &["A; tempo 120"], ""),
    (
        "trailing.csv",
        &["One; artist U2", "Two; artist U2; notes extra / more"],
        "",
    ),
    (
        "formulas.csv",
        &["=1+1; artist @x", "-Minus; artist +Plus"],
        "",
    ),
    (
        "music-service.csv",
        &[
            "First Song; artist Some Band;Guest; duration 225; genre indie; key F#m; tempo 120; time_signature 4/4",
            "Second Song; artist Some Band; duration 180; genre indie; time_signature 4/4",
        ],
        "Track URI|Album Name|Release Date|Popularity|Explicit|Added By|Danceability|Energy|Loudness",
    ),
    (
        "services.csv",
        &["Morning; artist A Writer; notes Themes: praise / ours; tempo 72; duration 250; key G"],
        "Song ID|CCLI Number|Arrangement 1 Name|Arrangement 2 BPM",
    ),
];

#[test]
fn each_small_table_is_understood() {
    for (path, songs, ignored) in TABLES {
        let plan = fixture(&format!("tables/{path}"));
        let file = &plan.files[0];
        assert_eq!((file.failure, file.kind), (None, FileKind::Table), "{path}");
        let mut right: Vec<String> = songs.iter().map(|song| in_order(song)).collect();
        let mut read: Vec<String> = said(&plan).iter().map(|song| in_order(song)).collect();
        right.sort();
        read.sort();
        assert_eq!(read, right, "{path}");
        let unused = file
            .columns
            .iter()
            .filter(|column| column.meaning == Meaning::Ignored);
        let unused: Vec<&str> = unused.map(|column| column.heading.as_str()).collect();
        assert_eq!(unused.join("|"), *ignored, "{path}");
        assert_eq!(plan.bad, [], "{path}");
    }
}

/// Which value was put in first is of no account.
fn in_order(song: &str) -> String {
    let mut parts: Vec<&str> = song.split("; ").collect();
    parts.sort_unstable();
    parts.join("; ")
}

#[test]
fn the_plan_says_what_columns_were_taken_for_with_three_samples() {
    let plan = plan_of(
        "a.csv",
        "My songs,,\n\nSong Title;Zeit;Foo\nA;4/4;x\nB;3/4;\nC;6/8;y\nD;2/4;z\n".as_bytes(),
    );
    let file = &plan.files[0];
    assert_eq!((file.delimiter.as_str(), file.header_line), (";", 3));
    let columns: Vec<_> = file
        .columns
        .iter()
        .map(|one| (one.heading.as_str(), one.meaning, one.samples.join(" ")))
        .collect();
    assert_eq!(
        columns,
        [
            ("Song Title", Meaning::Title, "A B C".to_owned()),
            ("Zeit", Meaning::TimeSignature, "4/4 3/4 6/8".to_owned()),
            ("Foo", Meaning::Ignored, "x y z".to_owned()),
        ]
    );
}

#[test]
fn a_caller_can_say_what_the_columns_are() {
    let file = |text: &str| SourceFile {
        name: "a.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let given = [
        Meaning::Artist,
        Meaning::Title,
        Meaning::Notes,
        Meaning::Ignored,
    ];
    let plan = read(
        &[file("title,artist,Singer,tempo\nU2,One,Bono,99\n")],
        &given,
    )
    .unwrap();
    assert_eq!(
        plan.songs[0].values,
        values(serde_json::json!({"title": "One", "artist": "U2", "notes": "Singer: Bono"}))
    );
    let bare = read(&[file("U2,One\nX,Two\n")], &given).unwrap();
    assert_eq!(
        bare.songs[1].values,
        values(serde_json::json!({"title": "Two", "artist": "X"}))
    );
    let none = read(&[file("title\nOne\n")], &[Meaning::Artist]).unwrap();
    assert_eq!(none.files[0].failure, Some(ImportError::NoTitleColumn));
}

#[test]
fn cells_that_cannot_be_read_lose_no_song_and_are_kept_in_the_notes() {
    let tempos = fixture("tables/tempos.csv");
    let read: Vec<_> = tempos
        .songs
        .iter()
        .map(|song| song.values.get("tempo").and_then(Value::as_i64))
        .collect();
    let (all, some) = (Some(120), Some(121));
    assert_eq!(
        read,
        [
            all,
            all,
            all,
            all,
            some,
            all,
            some,
            all,
            all,
            all,
            all,
            Some(96),
            None
        ]
    );
    assert_eq!(warned(&tempos), ["12 tempo 120-124 ReadInPart"]);
    assert_eq!(tempos.songs[10].values["notes"], "tempo: 120-124");
}

#[test]
fn durations_of_every_form_are_read() {
    let durations = fixture("tables/durations.csv");
    assert_eq!(durations.songs.len(), 19);
    for song in &durations.songs {
        let right = if song.values["title"] == "D 3:5" {
            185
        } else {
            225
        };
        assert_eq!(
            song.values.get("duration"),
            Some(&Value::from(right)),
            "{:?}",
            song.values
        );
    }
    assert_eq!(durations.warning_count, 0);
}

#[test]
fn difficulties_are_read_and_keys_are_kept_as_they_are_typed() {
    let difficulties = fixture("tables/difficulties.csv");
    let read: Vec<_> = difficulties
        .songs
        .iter()
        .map(|song| song.values.get("difficulty").and_then(Value::as_i64))
        .collect();
    assert_eq!(read, [Some(2), Some(3), Some(3), None]);

    let keys = fixture("tables/keys.csv");
    assert_eq!(keys.songs.len(), 17);
    for song in &keys.songs {
        let key = song
            .values
            .get("key")
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert_eq!(
            song.values["title"].as_str().unwrap(),
            format!("K {key}").trim()
        );
    }
}

#[test]
fn numbers_with_signs_are_named_and_kept() {
    let signs = fixture("tables/signs.csv");
    assert_eq!(
        said(&signs),
        [
            "A; tempo 120; notes duration: -3:45",
            "B; tempo 120; notes duration: 3:-5",
            "C; tempo 120; duration 225",
            "D; notes duration: 1e3 / tempo: 1e2",
        ]
    );
    assert_eq!(
        warned(&signs),
        [
            "2 duration -3:45 Unreadable",
            "3 duration 3:-5 Unreadable",
            "5 duration 1e3 Unreadable",
            "5 tempo 1e2 Unreadable"
        ]
    );
}

#[test]
fn a_row_without_a_title_is_named_and_hides_no_other() {
    let plan = plan_of("a.csv", b"title,tempo\nA,fast\nB,120\n,90\n\n,,\nE,1200\n");
    let bad: Vec<_> = plan
        .bad
        .iter()
        .map(|bad| (bad.line, bad.column, bad.reason))
        .collect();
    assert_eq!(bad, [(4, Some("title"), "it is missing")]);
    assert_eq!(plan.bad_lines, 1);
    assert_eq!(
        said(&plan),
        [
            "A; notes tempo: fast",
            "B; tempo 120",
            "E; notes tempo: 1200"
        ]
    );
}
