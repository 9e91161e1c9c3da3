//! `rockon migrations copy`: our migrations beside those that a project has already.

use std::collections::BTreeMap;
use std::path::Path;

use rockon_local_stack::MIGRATIONS;
use tempfile::TempDir;

use crate::cli::{output, refused, rockon, text};

const OWN: &str = "20261101000000_their_shows.sql";

/// A project whose newest migration is between ours.
fn project() -> TempDir {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("supabase/migrations");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(OWN), "select 'theirs';\n").unwrap();
    std::fs::write(folder.join("notes.txt"), "not a migration").unwrap();
    dir
}

fn files(project: &Path) -> BTreeMap<String, String> {
    std::fs::read_dir(project.join("supabase/migrations"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn copy(project: &Path, more: &[&str]) -> std::process::Output {
    let mut args = vec!["migrations", "copy", project.to_str().unwrap()];
    args.extend(more);
    output(rockon(&args))
}

#[test]
fn copies_what_is_missing_and_touches_nothing_else() {
    let project = project();
    let before = files(project.path());

    let dry = copy(project.path(), &["--dry-run"]);
    assert!(dry.status.success(), "{}", text(&dry));
    assert_eq!(files(project.path()), before, "a dry run wrote something");

    let real = copy(project.path(), &[]);
    let said = text(&real);
    assert!(real.status.success(), "{said}");
    for (name, _) in MIGRATIONS {
        assert!(
            said.contains(name) && text(&dry).contains(name),
            "{name} is not named: {said}"
        );
    }
    assert!(
        said.contains(OWN) && said.contains("--include-all"),
        "{said}"
    );
    let mut wanted = before;
    wanted.extend(
        MIGRATIONS
            .iter()
            .map(|(name, sql)| (format!("{name}.sql"), (*sql).to_owned())),
    );
    assert_eq!(files(project.path()), wanted);

    let again = copy(project.path(), &[]);
    assert!(
        text(&again).contains("Nothing to copy."),
        "{}",
        text(&again)
    );
    assert_eq!(files(project.path()), wanted);
}

#[test]
fn a_file_of_ours_that_was_changed_stops_it() {
    let project = project();
    let (name, _) = MIGRATIONS[3];
    let path = project
        .path()
        .join(format!("supabase/migrations/{name}.sql"));
    std::fs::write(&path, "drop table public.songs;\n").unwrap();
    let before = files(project.path());
    refused(&copy(project.path(), &[]), 1, &["nothing was copied", name]);
    assert_eq!(files(project.path()), before);
}

#[test]
fn a_folder_that_is_no_project_is_named() {
    let dir = TempDir::new().unwrap();
    refused(
        &copy(dir.path(), &[]),
        2,
        &["supabase/migrations", dir.path().to_str().unwrap()],
    );
}
