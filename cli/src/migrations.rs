//! `rockon migrations copy`: our migrations into the folder of a project that has migrations of its own.
//!
//! Owns: reading that folder, writing new files into it, and saying what was done and what comes next. Never changes or
//! removes a file, never asks the network or a database. A copy that was cut off is finished by the same command.

mod plan;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use rockon_local_stack::MIGRATIONS;

use crate::args::{CopyArgs, MigrationsArgs, MigrationsCommand};
use crate::failure::Failure;
use plan::{File, Plan};

/// A folder with more files than this is not one of migrations.
const MOST_FILES: usize = 10_000;
/// A larger file is taken for no migration of ours, and is not looked into.
const MOST_BYTES: u64 = 16 << 20;

pub(crate) fn run(args: MigrationsArgs) -> Result<(), Failure> {
    match args.command {
        MigrationsCommand::Copy(copy) => copy_into(&copy),
    }
}

fn copy_into(args: &CopyArgs) -> Result<(), Failure> {
    let folder = folder(&args.project)?;
    let there = read(&folder)?;
    let there: Vec<File<'_>> = there
        .iter()
        .map(|(name, text)| File { name, text })
        .collect();
    let names: Vec<String> = MIGRATIONS
        .iter()
        .map(|(name, _)| format!("{name}.sql"))
        .collect();
    let ours: Vec<File<'_>> = names
        .iter()
        .zip(MIGRATIONS)
        .map(|(name, (_, text))| File { name, text })
        .collect();
    let plan = Plan::new(&ours, &there);
    println!("{}", found(&plan, &folder));
    possible(&plan)?;
    for file in &plan.new {
        if !args.dry_run {
            write(&folder, file)?;
        }
        println!(
            "  {}  {}",
            if args.dry_run { "new" } else { "copied" },
            file.name
        );
    }
    println!("{}", next(&plan, args.dry_run));
    Ok(())
}

/// The folder of migrations of a project: DIR is where its `supabase` folder is.
fn folder(project: &Path) -> Result<PathBuf, Failure> {
    let folder = project.join("supabase").join("migrations");
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(Failure::input(format!(
        "{} has no folder supabase/migrations. Give the folder in which you run `supabase db push`.",
        project.display()
    )))
}

/// Names and texts of the files there, in the order of their names. A text that is not UTF-8 is read with marks in it.
fn read(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let unreadable = |path: &Path, error: std::io::Error| {
        Failure::input(format!("{} cannot be read: {error}.", path.display()))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let path = entry.map_err(|error| unreadable(folder, error))?.path();
        let about = fs::metadata(&path).map_err(|error| unreadable(&path, error))?;
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !about.is_file() {
            continue;
        }
        let bytes = if about.len() > MOST_BYTES {
            Vec::new()
        } else {
            fs::read(&path).map_err(|error| unreadable(&path, error))?
        };
        files.push((
            name.to_owned(),
            String::from_utf8_lossy(&bytes).into_owned(),
        ));
        if files.len() > MOST_FILES {
            let text = format!("{} holds more than {MOST_FILES} files.", folder.display());
            return Err(Failure::input(text));
        }
    }
    files.sort_unstable();
    Ok(files)
}

fn found(plan: &Plan<'_>, folder: &Path) -> String {
    let newest = plan
        .newest
        .map(|name| format!(", the newest is {name}"))
        .unwrap_or_default();
    format!(
        "{} has {} migrations of its own{newest}. Of ours it has {}, and lacks {}.",
        folder.display(),
        plan.theirs,
        plan.same,
        plan.new.len()
    )
}

/// Nothing is written where one file stands in the way: half of our migrations would be worse than none.
fn possible(plan: &Plan<'_>) -> Result<(), Failure> {
    if plan.is_possible() {
        return Ok(());
    }
    let changed = plan.changed.iter().map(|name| {
        format!("{name} is there with another text: put the published file back, a migration is never changed")
    });
    let taken = plan.taken.iter().map(|(theirs, ours)| {
        format!("{theirs} has the version of {ours}: give it another, if no database has it yet")
    });
    let reasons: Vec<String> = changed.chain(taken).collect();
    Err(Failure::new(format!(
        "nothing was copied. {}.",
        reasons.join(". ")
    )))
}

/// Whole or not at all, and never over a file that is there: it may have come while we looked.
fn write(folder: &Path, file: &File<'_>) -> Result<(), Failure> {
    let path = folder.join(file.name);
    let failed = |error: std::io::Error| {
        Failure::new(format!(
            "{} cannot be written: {error}. What was copied before it may stay; run the same again.",
            path.display()
        ))
    };
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    new.write_all(file.text.as_bytes()).map_err(failed)?;
    new.as_file().sync_all().map_err(failed)?;
    readable_by_all(new.path()).map_err(failed)?;
    new.persist_noclobber(&path)
        .map_err(|error| failed(error.error))?;
    Ok(())
}

/// Temporary files are their owner's only; a file of a project is everybody's who works on it.
fn readable_by_all(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

fn next(plan: &Plan<'_>, dry_run: bool) -> String {
    let mut lines = Vec::new();
    for name in &plan.late_tables {
        lines.push(format!(
            "Note: {name} makes the table of songs and is newer than our first file. Databases that have it are well; on an \
             empty one (`supabase db reset`) ours would make the tables first. Keep a dump of the schema for that."
        ));
    }
    if dry_run {
        lines.push("Nothing was written. The same without --dry-run copies them.".to_owned());
    } else if plan.new.is_empty() {
        lines.push("Nothing to copy.".to_owned());
    } else {
        let push = if plan.needs_include_all() {
            "`supabase db push --include-all` (some of ours are older than your newest one; without it the CLI refuses them). \
             Read first what it lists: only files named above should be new"
        } else {
            "`supabase db push`"
        };
        lines.push(format!(
            "Next: commit the new files, then {push}. Never `supabase migration repair`: it changes the history, not the \
             database."
        ));
    }
    lines.push("optional/hardening.sql (strict policies) is not among them: read its head, then run it by hand.".to_owned());
    lines.join("\n")
}
