//! `ChordPro`, `OnSong` and `OpenSong`, one small file a kind.

use super::*;

/// File, songs, names that mean nothing, whether it has lyrics or chords.
const CHARTS: &[(&str, &[&str], &str, bool)] = &[
    ("artists-two.cho", &["Duet; artist Ann, Bob"], "", false),
    (
        "bom-crlf.cho",
        &["Bom One; artist Crlf; duration 245"],
        "",
        true,
    ),
    (
        "brace-title.cho",
        &["Curly } brace; artist {Band}"],
        "",
        false,
    ),
    ("brackets.cho", &["[Intro] Song; artist A"], "", false),
    (
        "caps.cho",
        &["Upper One; artist Cap Band; key G; tempo 90"],
        "",
        false,
    ),
    (
        "composer.cho",
        &["Folk"],
        "composer album year copyright lyricist",
        false,
    ),
    ("cont.cho", &["LongName; artist A"], "", false),
    ("dur-big.cho", &["Dur; artist A; duration 225"], "", false),
    ("empty-val.cho", &["Emp"], "", false),
    ("equals.cho", &["Eq; artist A"], "", false),
    ("hash-comment.cho", &["After comment; artist A"], "", false),
    (
        "hash-inside-time.cho",
        &["HashIn; artist A; duration 225"],
        "",
        false,
    ),
    ("inline.cho", &["Inl; artist Same Line; key G"], "", false),
    ("key-g.cho", &["Keys; artist A; key H; capo 3"], "", true),
    (
        "key-two.cho",
        &["Key Two; artist X; key C; notes Key: D"],
        "",
        false,
    ),
    ("leading-ns.cho", &["N1", "N2"], "", false),
    (
        "level.cho",
        &["Lev; artist A; duration 200; difficulty 2; notes Difficulty: medium / watch out"],
        "name",
        false,
    ),
    ("lyr-brace.cho", &["Lyr; artist A"], "", true),
    (
        "meta-artist.cho",
        &["Meta One; artist Meta Band; key Bb; duration 225"],
        "",
        false,
    ),
    (
        "meta-colon.cho",
        &["Meta Two; artist Meta Band, Other"],
        "",
        false,
    ),
    (
        "multi.cho",
        &["M1; artist A", "M2; artist B", "M3", "M4", "M5", "M6"],
        "",
        false,
    ),
    ("no-title.cho", &["no-title; artist A"], "", true),
    ("onsong-ext.onsong", &["X; artist Y"], "", false),
    (
        "percent.cho",
        &["Song %{key}; artist A; notes Subtitle: %{artist}"],
        "",
        false,
    ),
    (
        "plain-title.cho",
        &["Amazing Thing; artist Some Body; key D; tempo 76"],
        "",
        true,
    ),
    (
        "selector.cho",
        &["Sel; key G"],
        "key-bari artist!piano",
        false,
    ),
    (
        "short-onsong.cho",
        &["Short One; artist Short Artist; key Em; duration 225; capo 2"],
        "",
        false,
    ),
    (
        "sortt.cho",
        &["The Thing; artist The As"],
        "sorttitle sortartist",
        false,
    ),
    ("spaces-name.cho", &["Sp; artist Sp A; key G"], "", false),
    (
        "st.cho",
        &["Sub One; artist The Byliners; key D"],
        "",
        false,
    ),
    ("su.cho", &["Byline Test Su; artist Byline"], "", false),
    ("subtitle.cho", &["Sub Two; artist The Byliners"], "", false),
    (
        "tempo-bpm.cho",
        &["Tempo One; artist X; tempo 120"],
        "",
        false,
    ),
    (
        "tempo-dec-comma.cho",
        &["T; artist A; tempo 121"],
        "",
        false,
    ),
    (
        "tempo-frac.cho",
        &["Tempo Two; artist X; tempo 121"],
        "",
        false,
    ),
    (
        "tempo-two.cho",
        &["Tempo Three; artist X; tempo 100; notes Tempo: 140"],
        "",
        true,
    ),
    ("tempo-zero.cho", &["Z; artist A"], "", false),
    ("textformat.txt", &["In Txt; artist A"], "", true),
    (
        "time.cho",
        &["Times; artist A; time_signature 6/8; duration 225"],
        "",
        false,
    ),
    (
        "time-common.cho",
        &["T2; artist A; time_signature 4/4; notes Time signature: 3/4"],
        "",
        false,
    ),
    ("trailing.cho", &["Tra; artist T"], "", false),
    (
        "two-titles-no-ns.cho",
        &["First; artist A", "Second; artist B"],
        "",
        false,
    ),
    (
        "x.cho",
        &["X One; key G"],
        "x_sbp_tags x_artist artist-ukulele",
        true,
    ),
    (
        "song.xml",
        &[
            "Rock & Café; artist The Openers; key F#m; tempo 96; time_signature 6/8; capo 2; notes Tags: Opening",
        ],
        "copyright",
        true,
    ),
];

#[test]
fn each_small_chart_brings_what_it_says_and_names_what_it_does_not() {
    for (path, songs, ignored, chart) in CHARTS {
        let plan = fixture(&format!("charts/{path}"));
        let file = &plan.files[0];
        assert_eq!(file.failure, None, "{path}");
        assert_eq!(said(&plan), *songs, "{path}");
        assert_eq!(file.ignored.join(" "), *ignored, "{path}");
        assert_eq!(file.has_chart, *chart, "{path}");
        assert_eq!(plan.bad, [], "{path}");
        let kind = if path.ends_with("xml") {
            FileKind::OpenSong
        } else {
            FileKind::Chart
        };
        assert_eq!(file.kind, kind, "{path}");
    }
}

#[test]
fn a_second_value_and_a_made_title_are_named() {
    assert_eq!(
        warned(&fixture("charts/tempo-two.cho")),
        ["1 tempo 140 SecondValue"]
    );
    assert_eq!(
        warned(&fixture("charts/key-two.cho")),
        ["1 key D SecondValue"]
    );
    assert_eq!(
        warned(&fixture("charts/no-title.cho")),
        ["1 title no-title NamedAfter"]
    );
}

#[test]
fn what_stands_in_an_environment_is_no_metadata() {
    let text = "{title: T}\n{start_of_tab: label=\"x\"}\n{artist: no}\n{title: no}\n{eot}\n{sov}\n{key: D}\n{eov}\n\
                {start_of_abc}\nT: no\nK: G\n{end_of_abc}\n{artist: Yes}\n";
    let plan = plan_of("a.cho", text.as_bytes());
    assert_eq!(said(&plan), ["T; artist Yes"]);
    assert!(plan.files[0].has_chart);
    let open = "{title: A}\n{soc}\nla\n{title: B}\n{artist: C}\n{sot}\n{ns}\n{title: D}\n";
    assert_eq!(
        said(&plan_of("a.cho", open.as_bytes())),
        ["A", "B; artist C", "D"]
    );
}

#[test]
fn tags_tabs_and_tuning_are_kept() {
    let text = "{title: T}\n{meta\tartist\tTabbed}\n{meta: tempo: 99}\n{tag: slow}\n{tag: waltz}\n{meta: guitar_tuning Drop D}\n{capo 4}\n";
    assert_eq!(
        said(&plan_of("a.chord", text.as_bytes())),
        [
            "T; artist Tabbed; tempo 99; guitar_tuning Drop D; capo 4; notes Tags: slow / Tags: waltz"
        ]
    );
}

#[test]
fn header_lines_of_onsong_and_lyrics_without_a_header() {
    let onsong = "My Song\nThe Band\nKey: Am\nTempo: 100\nTime: 6/8\nCapo: 1\nCopyright: nobody\nDuration: 3:30\n\nVerse 1:\nKey: not this\n[Am]la\n";
    let plan = plan_of("x.onsong", onsong.as_bytes());
    assert_eq!(
        said(&plan),
        ["My Song; artist The Band; key Am; tempo 100; time_signature 6/8; duration 210; capo 1"]
    );
    assert_eq!(plan.files[0].ignored, ["Copyright"]);
    assert!(plan.files[0].has_chart);
    let lyrics = plan_of(
        "a.cho",
        b"First line\nsecond line\nthird line\n\nand so on\n",
    );
    assert_eq!(said(&lyrics), ["First line"]);
    assert_eq!(warned(&lyrics), ["1 title First line NamedAfter"]);
    assert!(lyrics.files[0].has_chart);
}

#[test]
fn several_songs_without_titles_are_named_after_their_file() {
    let text = "{artist: A}\n{ns}\n{artist: B}\n";
    assert_eq!(
        said(&plan_of("dir/My Book.cho", text.as_bytes())),
        ["My Book; artist A", "My Book (2); artist B"]
    );
}
