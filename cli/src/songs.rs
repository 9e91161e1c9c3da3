//! `rockon import` and `rockon export`: song lists in and out.
//!
//! An import can be repeated: songs that the band has already (same title and artist) are left out.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use rockon_core::model::{Kind, Values};
use rockon_core::store::Band;
use rockon_core::transfer::{self, Format, ImportPlan, MAX_FILE_BYTES, ShortLine};
use serde_json::Value;

use crate::args::{ExportArgs, ImportArgs, ProjectArgs};
use crate::failure::Failure;
use crate::progress::slow;
use crate::project::{Visit, folded};

/// Reads a song list and names every line that cannot be read.
pub(crate) fn read(path: &Path) -> Result<ImportPlan, Failure> {
    let name = path.display();
    let format = format(path)?;
    let bytes = bounded(path).map_err(|error| {
        Failure::input(format!(
            "{name} cannot be read: {error}. Give a file that can."
        ))
    })?;
    let plan = transfer::read(&bytes, format).map_err(|error| Failure::from(error).about(&name))?;
    for bad in &plan.bad {
        let column = bad
            .column
            .map(|c| format!(", column {c}"))
            .unwrap_or_default();
        eprintln!("{name}, line {}{column}: {}", bad.line, bad.reason);
    }
    if !plan.ignored_columns.is_empty() {
        eprintln!(
            "{name}: columns that mean nothing here: {}",
            plan.ignored_columns.join(", ")
        );
    }
    Ok(plan)
}

/// One byte more than allowed is enough to know that it is too much.
fn bounded(path: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let limit = u64::try_from(MAX_FILE_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn format(path: &Path) -> Result<Format, Failure> {
    Format::of_name(&path.to_string_lossy()).ok_or_else(|| {
        Failure::input(format!(
            "{}: the ending says neither CSV nor ChordPro. Name it .csv or .cho.",
            path.display()
        ))
    })
}

/// Adds a file's songs to a band.
pub(crate) async fn import(args: ImportArgs) -> Result<(), Failure> {
    let plan = read(&args.file)?;
    let unreadable = plan.bad.len();
    let good = plan.songs.len();
    if args.dry_run {
        println!(
            "{good} songs can be added, {unreadable} lines cannot be read. Nothing was stored."
        );
        return found_bad(unreadable);
    }
    let (project, email) = args.place.required()?;
    if good == 0 {
        let name = args.file.display();
        let text = format!("{name} holds no song that can be read.");
        return Err(Failure::input(text));
    }
    let visit = visit(&project, &email).await?;
    let band = visit.band(args.place.band.as_deref()).await?;
    let added = add(&visit, &band, plan.songs).await?;
    visit.close().await;
    let known = good - added;
    println!(
        "{added} songs added to {}; {known} were there already.",
        band.name
    );
    found_bad(unreadable)
}

/// Adds the songs that the band does not have, and waits until the server has taken them. Returns how many.
async fn add(visit: &Visit, band: &Band, songs: Vec<Values>) -> Result<usize, Failure> {
    let known = visit.known_songs(band.id).await?;
    let songs = songs.into_iter().filter(|song| !known.contains(&key(song)));
    let fresh: Vec<Values> = songs.collect();
    let count = fresh.len();
    visit.phone.space()?.add_songs(band.id, fresh).await?;
    slow("sending", visit.caught_up()).await?;
    let status = visit.phone.client()?.status_now().await;
    match status.map_or(0, |status| status.outbox.parked) {
        0 => Ok(count),
        refused => Err(Failure::new(format!(
            "the server refused {refused} of {count} songs. Ask an admin of {} for the right to add songs.",
            band.name
        ))),
    }
}

/// Lines that cannot be read are no success, however many others can.
fn found_bad(bad: usize) -> Result<(), Failure> {
    match bad {
        0 => Ok(()),
        1 => Err(Failure::input(
            "1 line cannot be read; it is named above. Correct it and import again.",
        )),
        n => Err(Failure::input(format!(
            "{n} lines cannot be read; they are named above. Correct them and import again."
        ))),
    }
}

fn key(song: &Values) -> (String, String) {
    let text = |name: &str| song.get(name).and_then(Value::as_str).unwrap_or_default();
    folded(text("title"), text("artist"))
}

async fn visit(project: &ProjectArgs, email: &str) -> Result<Visit, Failure> {
    let visit = Visit::open(project).await?;
    visit.sign_in(email).await?;
    visit.caught_up().await?;
    Ok(visit)
}

/// Writes a band's songs to a file that does not exist yet.
pub(crate) async fn export(args: ExportArgs) -> Result<(), Failure> {
    let format = format(&args.file)?;
    let (project, email) = args.place.required()?;
    let visit = visit(&project, &email).await?;
    let band = visit.band(args.place.band.as_deref()).await?;
    if let Some(error) = visit.is_apart(band.id).await? {
        return Err(Failure::from(error).about(&"this band cannot be read"));
    }
    let songs = visit.phone.space()?.export_songs(band.id, format).await?;
    let lost = visit.lost_rows(band.id, Kind::Song).await?;
    let count = visit.known_songs(band.id).await?.len();
    visit.close().await;
    let name = args.file.display();
    let written = File::create_new(&args.file).and_then(|mut file| {
        file.write_all(songs.text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| {
        Failure::input(format!(
            "{name} cannot be written: {error}. Give another name."
        ))
    })?;
    println!("{count} songs of {} written to {name}.", band.name);
    warn_of_shortened(&name.to_string(), &songs.shortened);
    if lost > 0 {
        eprintln!("warning: {lost} songs are not in it: they cannot be read. Ask `rockon doctor`.");
    }
    Ok(())
}

/// What is not whole in the file must not pass for whole.
fn warn_of_shortened(name: &str, shortened: &[ShortLine]) {
    for short in shortened {
        let (line, column) = (short.line, short.column);
        eprintln!("{name}, line {line}, column {column}: only the beginning, or nothing of it");
    }
    match shortened.len() {
        0 => {}
        1 => eprintln!(
            "warning: 1 value is not whole: it is too large or unreadable for a phone. Copy it from the web app."
        ),
        n => eprintln!(
            "warning: {n} values are not whole: they are too large or unreadable for a phone. Copy them from the web app."
        ),
    }
}
