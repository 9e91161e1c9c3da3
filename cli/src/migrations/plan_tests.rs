use super::*;

const OURS: [File<'static>; 2] = [
    file("20260901000100_base.sql", "create table x();\n"),
    file("20261201000100_more.sql", "select 1;\n"),
];

const fn file<'a>(name: &'a str, text: &'a str) -> File<'a> {
    File { name, text }
}

/// The rule of `supabase db push`: which local files it applies, or why it refuses.
fn push(applied: &[&str], local: &[&str], include_all: bool) -> Result<Vec<String>, &'static str> {
    let mut local: Vec<&str> = local
        .iter()
        .filter_map(|name| file(name, "").version())
        .collect();
    local.sort_unstable();
    if applied.iter().any(|version| !local.contains(version)) {
        return Err("remote versions not found locally");
    }
    let newest = applied.iter().max().copied().unwrap_or_default();
    let waiting: Vec<&str> = local
        .into_iter()
        .filter(|version| !applied.contains(version))
        .collect();
    if !include_all && waiting.iter().any(|version| *version < newest) {
        return Err("local files before the newest remote one");
    }
    Ok(waiting.into_iter().map(str::to_owned).collect())
}

#[test]
fn what_is_copied_can_be_pushed_and_their_next_push_goes_through() {
    let theirs = [
        file("20260815120000_jam.sql", ""),
        file("20261001090000_shows.sql", ""),
    ];
    let applied = ["20260815120000", "20261001090000"];
    // From our own folder it is refused, and would make theirs refused if forced.
    let ours: Vec<&str> = OURS.iter().map(|file| file.name).collect();
    assert!(push(&applied, &ours, false).is_err());
    assert!(push(&applied, &ours, true).is_err());

    let plan = Plan::new(&OURS, &theirs);
    assert!(plan.is_possible() && plan.needs_include_all());
    let mut folder: Vec<&str> = theirs
        .iter()
        .chain(&plan.new)
        .map(|file| file.name)
        .collect();
    assert!(push(&applied, &folder, false).is_err());
    assert_eq!(
        push(&applied, &folder, true).unwrap(),
        ["20260901000100", "20261201000100"]
    );

    folder.push("20261215080000_their_next.sql");
    let applied = [applied[0], "20260901000100", applied[1], "20261201000100"];
    assert_eq!(push(&applied, &folder, false).unwrap(), ["20261215080000"]);
}

#[test]
fn include_all_is_asked_for_only_where_the_cli_asks_for_it() {
    for (newest, needed) in [
        ("20260101000000", false),
        ("20260901000101", true),
        ("20270101000000", true),
    ] {
        let name = format!("{newest}_own.sql");
        let theirs = [file(&name, "")];
        let plan = Plan::new(&OURS, &theirs);
        assert_eq!(plan.needs_include_all(), needed, "{newest}");
        let folder: Vec<&str> = theirs
            .iter()
            .chain(&plan.new)
            .map(|file| file.name)
            .collect();
        assert_eq!(push(&[newest], &folder, false).is_err(), needed, "{newest}");
    }
    assert!(!Plan::new(&OURS, &[]).needs_include_all());
}

#[test]
fn a_second_copy_finds_the_first() {
    let crlf = [file(OURS[0].name, "create table x();\r\n"), OURS[1]];
    let plan = Plan::new(&OURS, &crlf);
    assert_eq!((plan.same, plan.theirs, plan.is_possible()), (2, 0, true));
    assert!(plan.new.is_empty() && !plan.needs_include_all());
}

#[test]
fn what_was_changed_or_has_our_version_stops_it() {
    let changed = [file(OURS[0].name, "drop table x;")];
    let plan = Plan::new(&OURS, &changed);
    assert_eq!((plan.changed, plan.new.len()), (vec![OURS[0].name], 1));

    let taken = [file("20260901000100_other.sql", "")];
    let plan = Plan::new(&OURS, &taken);
    assert!(!plan.is_possible());
    assert_eq!(plan.taken, [("20260901000100_other.sql", OURS[0].name)]);
}

#[test]
fn files_that_the_cli_passes_over_are_passed_over() {
    let there = [
        file("README.md", ""),
        file("20260901000100.sql", ""),
        file("_x.sql", ""),
        file("1_a.sql.bak", ""),
    ];
    let plan = Plan::new(&OURS, &there);
    assert_eq!((plan.theirs, plan.taken.len(), plan.newest), (0, 0, None));
}

#[test]
fn tables_made_after_ours_are_named() {
    let make = |text| {
        let there = [file("20261001000000_start.sql", text)];
        Plan::new(&OURS, &there).late_tables.len()
    };
    assert_eq!(make("create table public.songs (id uuid);"), 1);
    assert_eq!(
        make("CREATE TABLE IF NOT EXISTS \"public\".\"songs\"(id uuid);"),
        1
    );
    assert_eq!(
        make("alter table songs add x int; create table jam (id uuid);"),
        0
    );
}
