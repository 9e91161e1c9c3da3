//! A plan of an import as lines of text.

use rockon_core::client::ImportDone;
use rockon_core::speech::Language;
use rockon_core::transfer::{
    ColumnPlan, FileKind, FilePlan, ImportPlan, Meaning, PlannedSong, Twin, WarningKind,
};
use serde_json::Value;

use crate::failure::Failure;
use crate::out::counted;

/// Songs that are the same as others, named one by one.
const MAX_NAMED: usize = 1_000;

/// A dry run: everything, and what it comes to.
pub(super) fn dry(plan: &ImportPlan) -> Result<(), Failure> {
    show(plan);
    verdict(plan);
    found_bad(plan)
}

/// Prints how each file was read, which songs are the same as another, and what does not fit.
pub(super) fn show(plan: &ImportPlan) {
    for file in &plan.files {
        show_file(file);
    }
    let twins = plan.songs.iter().filter(|song| song.twin.is_some());
    for song in twins.take(MAX_NAMED) {
        println!("{}", twin(plan, song));
    }
    name_failures(plan);
}

fn show_file(file: &FilePlan) {
    if let Some(failure) = file.failure {
        println!("{}: not read: {failure}", file.name);
        return;
    }
    let (songs, kind) = (songs(file.songs), kind(file));
    println!("{}: {kind}; {}; {songs}", file.name, file.encoding);
    for column in file.columns.iter().filter(|column| is_used(column)) {
        let (meaning, heading) = (column.meaning.name(), &column.heading);
        println!(
            "  {meaning:<14} from \"{heading}\": {}",
            column.samples.join(" | ")
        );
    }
    let unused = file.columns.iter().filter(|column| !is_used(column));
    let unused = unused.map(|column| &column.heading).chain(&file.ignored);
    let unused: Vec<&str> = unused.map(String::as_str).collect();
    if !unused.is_empty() {
        let what = match file.kind {
            FileKind::Table => "Ignored columns",
            FileKind::Chart | FileKind::OpenSong => "Ignored",
        };
        println!("  {what}: {}", unused.join(", "));
    }
    if file.has_chart {
        println!("  Lyrics and chords are not imported yet.");
    }
}

fn is_used(column: &ColumnPlan) -> bool {
    column.meaning != Meaning::Ignored
}

fn kind(file: &FilePlan) -> String {
    let cells = divider(file);
    match (file.kind, file.header_line) {
        (FileKind::Table, 0) => {
            format!("table without a header line (columns are guessed), cells divided by {cells}")
        }
        (FileKind::Table, line) => {
            format!("table, header in line {line}, cells divided by {cells}")
        }
        (FileKind::Chart, _) => "ChordPro or OnSong".to_owned(),
        (FileKind::OpenSong, _) => "OpenSong".to_owned(),
    }
}

fn divider(file: &FilePlan) -> &str {
    match file.delimiter.as_str() {
        "\t" => "tabs",
        other => other,
    }
}

fn twin(plan: &ImportPlan, song: &PlannedSong) -> String {
    let place = place(plan, song.file, song.line);
    let title = text(song, "title");
    match song.twin {
        Some(Twin::Planned { index }) => {
            let other = usize::try_from(index)
                .ok()
                .and_then(|index| plan.songs.get(index));
            let other = other
                .map(|other| self::place(plan, other.file, other.line))
                .unwrap_or_default();
            format!("{place}: \"{title}\" is the same song as in {other}")
        }
        Some(Twin::Kept { .. }) => format!("{place}: the band has \"{title}\" already"),
        None => format!("{place}: \"{title}\""),
    }
}

fn text<'a>(song: &'a PlannedSong, column: &str) -> &'a str {
    song.values
        .get(column)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn place(plan: &ImportPlan, file: u32, line: u64) -> String {
    let name = usize::try_from(file)
        .ok()
        .and_then(|file| plan.files.get(file))
        .map_or("", |file| file.name.as_str());
    if line == 0 {
        name.to_owned()
    } else {
        format!("{name}, line {line}")
    }
}

/// Names every line that cannot be read and every text that was not taken as it stands.
pub(super) fn name_failures(plan: &ImportPlan) {
    for bad in &plan.bad {
        let column = bad
            .column
            .map(|column| format!(", column {column}"))
            .unwrap_or_default();
        eprintln!(
            "{}{column}: {}",
            place(plan, bad.file, bad.line),
            bad.reason
        );
    }
    for warning in &plan.warnings {
        let place = place(plan, warning.file, warning.line);
        let what = match warning.kind {
            WarningKind::StrayBytes => String::new(),
            _ => format!(", {} \"{}\"", warning.meaning.name(), warning.text),
        };
        eprintln!("{place}{what}: {}", warning.kind.words(Language::English));
    }
    let named = plan.warnings.len().try_into().unwrap_or(u32::MAX);
    if plan.warning_count > named {
        eprintln!(
            "warning: {} more like these are not named",
            plan.warning_count - named
        );
    }
}

/// What a dry run comes to.
fn verdict(plan: &ImportPlan) {
    let same = match plan.twins() {
        0 => String::new(),
        n => format!(", {n} of them the same as another"),
    };
    let lines = usize::try_from(plan.bad_lines).unwrap_or(usize::MAX);
    let lines = format!("{} cannot be read", counted(lines, "line"));
    let can = counted(plan.songs.len(), "song");
    println!("{can} can be added{same}; {lines}. Nothing was stored.");
}

/// Files from which nothing can be added without a look: without a song, or with columns that are a guess.
pub(super) fn refuse_unusable(plan: &ImportPlan, guessed: bool) -> Result<(), Failure> {
    if plan.songs.is_empty() {
        name_failures(plan);
        return Err(Failure::input(
            "there is no song that can be read; a dry run says more.",
        ));
    }
    let is_guess = |file: &FilePlan| {
        file.failure.is_none() && file.kind == FileKind::Table && file.header_line == 0
    };
    if guessed && plan.files.iter().any(is_guess) {
        return Err(Failure::input(
            "a table has no header line: look at it with --dry-run, then say with --columns what its columns are.",
        ));
    }
    Ok(())
}

pub(super) fn say_done(done: &ImportDone, band: &str) {
    let added = counted(done.added.len(), "song");
    let updated = match done.updated {
        0 => String::new(),
        n => format!(", {} changed", songs(n)),
    };
    let skipped = match done.skipped {
        0 => String::new(),
        1 => "; 1 was there already".to_owned(),
        n => format!("; {n} were there already"),
    };
    println!("{added} added to {band}{updated}{skipped}.");
}

/// Lines and files that cannot be read are no success, however many others can.
pub(super) fn found_bad(plan: &ImportPlan) -> Result<(), Failure> {
    let files = plan
        .files
        .iter()
        .filter(|file| file.failure.is_some())
        .count();
    match (plan.bad_lines, files) {
        (0, 0) => Ok(()),
        (0, 1) => Err(Failure::input("1 file cannot be read; it is named above.")),
        (0, n) => Err(Failure::input(format!(
            "{n} files cannot be read; they are named above."
        ))),
        (1, _) => Err(Failure::input(
            "1 line cannot be read; it is named above. Correct it and import again.",
        )),
        (n, _) => Err(Failure::input(format!(
            "{n} lines cannot be read; they are named above. Correct them and import again."
        ))),
    }
}

/// `1 song`, `2 songs`.
pub(super) fn songs(count: u32) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "song")
}
