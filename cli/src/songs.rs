//! `rockon import` and `rockon export`: song lists in and out.
//!
//! An import can be repeated: songs that the band has already (same title and artist) are left out unless asked otherwise.

mod plan;

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rockon_core::client::ImportDone;
use rockon_core::model::Kind;
use rockon_core::store::Band;
use rockon_core::transfer::{
    self, Format, ImportChoices, ImportPlan, MAX_FILE_BYTES, Meaning, ShortLine, SourceFile,
};

use crate::args::{ExportArgs, ImportArgs, ProjectArgs};
use crate::failure::Failure;
use crate::progress::slow;
use crate::project::Visit;

/// Reads one song list and names every line that cannot be read.
pub(crate) fn read(path: &Path) -> Result<ImportPlan, Failure> {
    let plan = understand(&sources(&[path.to_owned()])?, &[])?;
    plan::name_failures(&plan);
    Ok(plan)
}

fn sources(paths: &[PathBuf]) -> Result<Vec<SourceFile>, Failure> {
    let source = |path: &PathBuf| {
        let name = path.display().to_string();
        let bytes = bounded(path).map_err(|error| {
            Failure::input(format!("{name} cannot be read: {error}. Check the path."))
        })?;
        Ok(SourceFile { name, bytes })
    };
    paths.iter().map(source).collect()
}

/// The plan of the files, without a band. A single file that cannot be read is an error, one among others is named.
fn understand(files: &[SourceFile], columns: &[Meaning]) -> Result<ImportPlan, Failure> {
    let plan = transfer::read(files, columns)?;
    match plan.files.as_slice() {
        [file] => match file.failure {
            Some(failure) => Err(Failure::from(failure).about(&file.name)),
            None => Ok(plan),
        },
        _ => Ok(plan),
    }
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

/// Adds the songs of files to a band.
pub(crate) async fn import(args: ImportArgs) -> Result<(), Failure> {
    let columns = args.columns.map(|columns| columns.0).unwrap_or_default();
    let files = sources(&args.files)?;
    let alone = understand(&files, &columns)?;
    let place = match (args.place.required(), args.dry_run) {
        (Err(_), true) => return plan::dry(&alone),
        (place, _) => place?,
    };
    if !args.dry_run {
        plan::refuse_unusable(&alone, columns.is_empty())?;
    }
    let visit = visit(&place.0, &place.1).await?;
    let band = visit.band(args.place.band.as_deref()).await?;
    let workspace = visit.phone.workspace()?;
    let plan = workspace.plan_import(band.id, files, columns).await?;
    if args.dry_run {
        visit.close().await;
        return plan::dry(&plan);
    }
    plan::show(&plan);
    let found = plan::found_bad(&plan);
    let choices = ImportChoices {
        twins: args.duplicates,
        songs: Vec::new(),
    };
    let done = run(&visit, &band, plan, choices).await?;
    visit.close().await;
    plan::say_done(&done, &band.name);
    found
}

/// Adds what was chosen, and waits until the server has taken it.
async fn run(
    visit: &Visit,
    band: &Band,
    plan: ImportPlan,
    choices: ImportChoices,
) -> Result<ImportDone, Failure> {
    let done = visit
        .phone
        .workspace()?
        .run_import(band.id, plan, choices)
        .await?;
    slow("sending", visit.caught_up()).await?;
    let status = visit.phone.client()?.status_now().await;
    match status.map_or(0, |status| status.outbox.rejected) {
        0 => Ok(done),
        refused => Err(Failure::new(format!(
            "the server refused {refused} of {} songs. Ask an admin of {} for the right to add songs.",
            done.added.len() + usize::try_from(done.updated).unwrap_or_default(),
            band.name
        ))),
    }
}

async fn visit(project: &ProjectArgs, email: &str) -> Result<Visit, Failure> {
    let visit = Visit::open(project).await?;
    visit.sign_in(email).await?;
    visit.caught_up().await?;
    Ok(visit)
}

/// Writes a band's songs to a file that does not exist yet.
pub(crate) async fn export(args: ExportArgs) -> Result<(), Failure> {
    let format = Format::of_name(&args.file.to_string_lossy()).ok_or_else(|| {
        Failure::input(format!(
            "{}: the ending says neither CSV nor ChordPro. Name it .csv or .cho.",
            args.file.display()
        ))
    })?;
    let (project, email) = args.place.required()?;
    let visit = visit(&project, &email).await?;
    let band = visit.band(args.place.band.as_deref()).await?;
    if let Some(error) = visit.is_apart(band.id).await? {
        return Err(Failure::from(error).about(&"this band cannot be read"));
    }
    let workspace = visit.phone.workspace()?;
    let songs = workspace.export_songs(band.id, format).await?;
    let lost = visit.lost_rows(band.id, Kind::Song).await?;
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
    println!(
        "{} of {} written to {name}.",
        plan::songs(songs.songs),
        band.name
    );
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
