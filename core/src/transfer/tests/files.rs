//! Files as a whole: encodings, what a file is, and what cannot be read.

use super::*;

#[test]
fn the_same_list_in_every_encoding() {
    let right = [
        "Don’t Stop; artist Fleetwood Mac; key A; tempo 118; duration 193",
        "Café €5; artist Motorhéad; key Em; tempo 120; duration 178",
    ];
    for (path, encoding) in [
        ("windows.csv", "windows-1252"),
        ("old-mac.csv", "macintosh"),
        ("wide-big.csv", "UTF-16BE"),
        ("wide-little.csv", "UTF-16LE"),
        ("spreadsheet-unicode.txt", "UTF-16LE"),
        ("carriage-returns.csv", "UTF-8"),
    ] {
        let plan = fixture(&format!("bytes/{path}"));
        assert_eq!(said(&plan), right, "{path}");
        assert_eq!(plan.files[0].encoding, encoding, "{path}");
    }
    assert_eq!(
        said(&fixture("bytes/windows.cho")),
        ["Don’t – Stop; artist Šime"]
    );
    assert_eq!(said(&fixture("bytes/wide.cho")), ["Wide; artist W"]);
    assert_eq!(
        said(&fixture("bytes/windows-signs.csv")),
        ["W €‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ; artist All27"]
    );
    let loose = said(&fixture("tables/loose-accent.csv"));
    assert_eq!(loose, said(&fixture("tables/joined-accent.csv")));
}

#[test]
fn stray_bytes_are_told_and_respell_nothing() {
    let mut bytes = "title,artist\nMotörhead,Café\nDéjà vu,Zoë\nDon"
        .as_bytes()
        .to_vec();
    bytes.extend(b"\x92t,X\n");
    let plan = plan_of("a.csv", &bytes);
    assert_eq!(
        said(&plan),
        [
            "Motörhead; artist Café",
            "Déjà vu; artist Zoë",
            "Don’t; artist X"
        ]
    );
    assert_eq!(warned(&plan), ["0 -  StrayBytes"]);
}

#[test]
fn what_a_file_is_comes_from_its_content_then_from_its_name() {
    for (name, text, kind) in [
        ("a.txt", "{title: A}\n", FileKind::Chart),
        ("a.txt", "A Song\nA Band\nKey: D\n\nla\n", FileKind::Chart),
        ("a.txt", "title\tartist\nA\tB\n", FileKind::Table),
        ("a.csv", "{title: A}\n", FileKind::Chart),
        ("a.csv", "title,notes\nA,\"{title: B}\"\n", FileKind::Table),
        (
            "a",
            "<?xml version=\"1.0\"?><song><title>A</title></song>",
            FileKind::OpenSong,
        ),
        ("a.cho", "just words\n", FileKind::Chart),
        ("a", "title,artist\nA,B\n", FileKind::Table),
    ] {
        let plan = plan_of(name, text.as_bytes());
        assert_eq!(
            (plan.files[0].failure, plan.files[0].kind),
            (None, kind),
            "{name} {text}"
        );
        assert_eq!(plan.songs.len(), 1, "{name} {text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    for (name, bytes, failure) in [
        (
            "a.csv",
            &b"title,artist\n\"A,x\nB,y\n"[..],
            ImportError::OpenQuote { line: 2 },
        ),
        (
            "a.csv",
            b"artist,key\nOasis,G\n",
            ImportError::NoTitleColumn,
        ),
        ("a.csv", b" \n \n", ImportError::Empty),
        ("a.csv", b"", ImportError::Empty),
        ("a.csv", b"\xef\xbb\xbf\r\n", ImportError::Empty),
        ("a.png", b"\x89PNG\0\0", ImportError::NotText),
        ("a.csv", b"title\nA\0\n", ImportError::NotText),
        ("a.pdf", b"x", ImportError::UnknownKind),
        ("a.txt", b"{\\rtf1 hello}", ImportError::UnknownKind),
        (
            "a.html",
            b"<html><body>x</body></html>",
            ImportError::UnknownKind,
        ),
        ("a.json", b"[{\"title\": \"x\"}]", ImportError::UnknownKind),
    ] {
        assert_eq!(failure_of(name, bytes), Some(failure), "{name}");
    }
    assert_eq!(
        failure_of("a.csv", &vec![b'a'; MAX_FILE_BYTES + 1]),
        Some(ImportError::TooLarge)
    );
    let wide = format!("title{}x\n", ",".repeat(MAX_COLUMNS));
    assert_eq!(
        failure_of("a.csv", wide.as_bytes()),
        Some(ImportError::TooWide)
    );
}

#[test]
fn too_much_altogether_is_an_error_and_one_bad_file_among_others_is_not() {
    let file = |name: &str, bytes: &[u8]| SourceFile {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let many = format!("title\n{}", "x\n".repeat(MAX_SONGS + 1));
    assert_eq!(
        read(&[file("a.csv", many.as_bytes())], &[]),
        Err(ImportError::TooMany)
    );
    let half = format!("title\n{}", "x\n".repeat(MAX_SONGS / 2 + 1));
    let halves = [
        file("a.csv", half.as_bytes()),
        file("b.csv", half.as_bytes()),
    ];
    assert_eq!(read(&halves, &[]), Err(ImportError::TooMany));
    assert_eq!(
        read(&vec![file("a.cho", b""); MAX_FILES + 1], &[]),
        Err(ImportError::TooManyFiles)
    );
    let large = vec![file("a.csv", &vec![b'a'; MAX_FILE_BYTES]); 5];
    assert_eq!(read(&large, &[]), Err(ImportError::TooLarge));
    let plan = read(
        &[
            file("a.csv", b"title\nA\n"),
            file("b.csv", b"title\nB\n\"open\n"),
            file("c.cho", b"{t: C}"),
        ],
        &[],
    )
    .unwrap();
    assert_eq!(said(&plan), ["A", "C"]);
    assert_eq!(
        plan.files[1].failure,
        Some(ImportError::OpenQuote { line: 3 })
    );
    assert_eq!(
        plan.files.iter().map(|file| file.songs).collect::<Vec<_>>(),
        [1, 0, 1]
    );
    assert_eq!(plan.songs[1].file, 2);
}

#[test]
fn what_is_written_to_is_told_by_the_ending() {
    assert_eq!(Format::of_name("a/b/Songs.CSV"), Some(Format::Csv));
    assert_eq!(Format::of_name("x.cho"), Some(Format::ChordPro));
    assert_eq!(Format::of_name("x.pdf"), None);
}
