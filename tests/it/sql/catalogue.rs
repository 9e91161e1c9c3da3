//! The phones' catalogue and the database's: the same kinds, tables, titles, columns, types, merge rules, ranges, defaults.

use std::collections::BTreeSet;

use rockon_core::model::{Field, FieldType, Kind, Merge, fields};
use serde_json::{Value, json};

use super::db::{Db, Who, id};
use super::push::add_song;
use super::world::{ADMIN, band, world};

/// Columns that phones are sent or may set and have no use for; they are kept with the row and travel back unseen.
const NOT_FOR_PHONES: &[(Kind, &[&str])] = &[
    (Kind::Band, &["updated_date", "is_active"]),
    (Kind::Membership, &["permissions"]),
    (
        Kind::Song,
        &[
            "normalized_title",
            "normalized_artist",
            "last_modified_by",
            "tuning_id",
        ],
    ),
    (
        Kind::Setlist,
        &[
            "jam_session_id",
            "forked_from",
            "fork_count",
            "last_modified_by",
        ],
    ),
    (Kind::Show, &["last_modified_by"]),
    (Kind::Practice, &["last_modified_by"]),
    (Kind::ReadMark, &["user_id"]),
];

async fn json(db: &Db, sql: &str) -> Value {
    serde_json::from_str(&db.one(sql).await).expect("JSON")
}

fn names(value: &Value) -> BTreeSet<&str> {
    let names = value.as_array().expect("a list").iter();
    names.map(|name| name.as_str().expect("a name")).collect()
}

fn not_for_phones(kind: Kind) -> BTreeSet<&'static str> {
    let found = NOT_FOR_PHONES.iter().filter(|(of, _)| *of == kind);
    found.flat_map(|(_, names)| names.iter().copied()).collect()
}

#[tokio::test]
async fn the_kinds_of_the_database_are_those_of_the_phones() {
    let (_project, db) = world().await;
    let sql = "select json_agg(k order by k.ord)::text from sync.kinds k";
    let all = json(&db, sql).await;
    let all = all.as_array().unwrap();
    assert_eq!(all.len(), Kind::COUNT);
    for (kind, there) in Kind::ALL.into_iter().zip(all) {
        let facts = kind.facts();
        let here = json!([kind.as_str(), kind as usize, facts.table, facts.title]);
        let found = json!([there["kind"], there["ord"], there["tbl"], there["title"]]);
        assert_eq!(found, here, "{kind}");
        let edited = fields(kind).iter().filter(|field| field.is_edited());
        let edited: BTreeSet<_> = edited.map(|field| field.name).collect();
        let settable = names(&there["fields"]);
        let settable: BTreeSet<_> = settable
            .difference(&not_for_phones(kind))
            .copied()
            .collect();
        assert_eq!(settable, edited, "{kind}");
        let merged = fields(kind).iter().filter(|field| match field.merge {
            Merge::Text | Merge::Set | Merge::Items => true,
            Merge::Scalar | Merge::ReadOnly => false,
        });
        let merged: BTreeSet<_> = merged.map(|field| field.name).collect();
        assert_eq!(names(&there["merged"]), merged, "{kind}");
    }
}

/// Does a type of the database hold what the app takes a column for?
fn holds(field: &Field, there: &str) -> bool {
    match field.kind {
        FieldType::Text => there == "text",
        FieldType::Int => ["smallint", "integer", "bigint"].contains(&there),
        FieldType::Bool => there == "boolean",
        FieldType::Time => there == "timestamp with time zone",
        // Songs and setlists name their scope in a text.
        FieldType::Ref => there == "uuid" || (there == "text" && field.name == "context_id"),
        FieldType::Json => ["jsonb", "text[]"].contains(&there),
    }
}

#[tokio::test]
async fn the_columns_of_the_database_are_those_of_the_phones() {
    let (_project, db) = world().await;
    for kind in Kind::ALL {
        let columns = json(
            &db,
            &format!(
                "select json_object_agg(a.attname, json_build_array(format_type(a.atttypid, a.atttypmod), a.attnotnull, d.adbin is not null))::text
                 from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                 where a.attrelid = 'public.{}'::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'id' and a.attname !~ '^sync_'",
                kind.facts().table
            ),
        )
        .await;
        let there = columns.as_object().unwrap();
        let mut left: BTreeSet<&str> = there.keys().map(String::as_str).collect();
        for field in fields(kind) {
            assert!(
                left.remove(field.name),
                "{kind}.{} is not there",
                field.name
            );
            let column = &there[field.name];
            let of = format!("{kind}.{}: {column}", field.name);
            assert!(holds(field, column[0].as_str().unwrap()), "{of}");
            // What the server puts there itself, no edit must name.
            let must = column[1] == true && column[2] == false && field.is_edited();
            assert_eq!(field.required, must, "{of}");
        }
        assert_eq!(left, not_for_phones(kind), "{kind}");
    }
}

#[tokio::test]
async fn the_phones_know_what_the_database_puts_into_columns_that_an_insert_leaves_out() {
    let (_project, db) = world().await;
    for kind in Kind::ALL {
        for field in fields(kind).iter().filter(|field| field.is_edited()) {
            let table = kind.facts().table;
            let sql = format!(
                "select coalesce(max(column_default), 'null::text') from information_schema.columns
                 where table_schema = 'public' and table_name = '{table}' and column_name = '{}'",
                field.name
            );
            let default = db.one(&sql).await;
            let sql = format!("select coalesce(to_jsonb({default}), 'null')::text");
            let of = format!("{kind}.{}", field.name);
            assert_eq!(field.insert.value(), json(&db, &sql).await, "{of}");
        }
    }
}

async fn rows(db: &Db) {
    add_song(db, ADMIN, id(1), "Wonderwall").await;
    let sql = format!(
        "insert into public.setlists (id, name, band_id, context_id, created_by) values ('{1}', 'Set', '{0}', '{0}', auth.uid());
         insert into public.shows (id, name, band_id, scheduled_date, created_by) values ('{1}', 'Gig', '{0}', now(), auth.uid());
         insert into public.practice_sessions (id, type, band_id, scheduled_date) values ('{1}', 'rehearsal', '{0}', now())",
        band(),
        id(1)
    );
    db.run(Who::User(id(ADMIN)), &sql).await;
}

#[tokio::test]
async fn the_scope_of_a_row_is_in_the_column_that_the_phones_say() {
    let (_project, db) = world().await;
    rows(&db).await;
    for kind in Kind::ALL {
        let Some(column) = kind.facts().scope else {
            continue;
        };
        let sql = format!(
            "select count(*) filter (where sync_scope::text = {column}::text) || ' of ' || count(*) from public.{}",
            kind.facts().table
        );
        let found = db.one(&sql).await;
        let (right, all) = found.split_once(" of ").unwrap();
        assert!(right == all && all != "0", "{kind}: {found}");
    }
}

/// The database refuses what is out of a range that it checks; what it does not check, other programs may write.
#[tokio::test]
async fn the_ranges_of_the_phones_are_those_of_the_database() {
    let (_project, db) = world().await;
    rows(&db).await;
    let mut checked = 0;
    for kind in Kind::CONTENT {
        let numbers = fields(kind)
            .iter()
            .filter(|field| field.kind == FieldType::Int);
        for field in numbers.filter(|field| field.is_edited()) {
            let (table, name) = (kind.facts().table, field.name);
            let sql = format!(
                "select count(*) from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
                 where c.contype = 'c' and c.conrelid = 'public.{table}'::regclass and a.attname = '{name}'"
            );
            let has_check = db.number(&sql).await > 0;
            checked += u32::from(has_check);
            let (least, most) = field.range;
            for value in [least, most, least - 1, most + 1] {
                let inside = (least..=most).contains(&value);
                let sql = format!(
                    "update public.{table} set {name} = {value} where id = '{}'",
                    id(1)
                );
                let done = db.tx(Who::User(id(ADMIN)), &sql, "rollback").await;
                let may = inside || !has_check && i32::try_from(value).is_ok();
                assert_eq!(
                    done.is_ok(),
                    may,
                    "{kind}.{name} = {value}: {:?}",
                    done.err()
                );
            }
        }
    }
    assert!(checked > 3, "{checked}");
}
