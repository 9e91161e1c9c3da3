//! What PostgreSQL's catalogue says of a table, seen by a role: asked at poll time, so that grants, keys and row level
//! security count as they are when an event is decided.

use deadpool_postgres::tokio_postgres::{Client, Error};

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    /// Name.
    pub name: String,
    /// `pg_type.typname`: `int4`, `_text`, an enum's name.
    pub type_name: String,
    /// Type for a cast, quoted and qualified. Without length, as the real server casts: `char(5)` is cut to one letter.
    pub cast: String,
    /// Part of the primary key.
    pub key: bool,
    /// The role may select it.
    pub readable: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Quoted, qualified name.
    pub sql_name: String,
    /// Row level security is on.
    pub secured: bool,
    /// In attribute order.
    pub columns: Vec<Column>,
}

impl Table {
    /// Whether it has a primary key.
    pub(crate) fn has_key(&self) -> bool {
        self.columns.iter().any(|column| column.key)
    }

    /// Whether the role may select the whole primary key.
    pub(crate) fn key_is_readable(&self) -> bool {
        self.columns
            .iter()
            .filter(|column| column.key)
            .all(|column| column.readable)
    }

    /// The column of that name.
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

const TABLE: &str = "
select format('%I.%I', n.nspname, c.relname), c.relrowsecurity,
       a.attname::text, t.typname::text, pg_catalog.format_type(a.atttypid, null),
       coalesce(a.attnum = any(i.indkey), false),
       pg_catalog.has_column_privilege($2::text, c.oid, a.attnum, 'SELECT')
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
where c.oid = $1::int8::oid order by a.attnum";

/// Reads a table as `role` sees it; `None` when it is gone.
///
/// # Errors
/// The database's, among them an unknown role.
pub(crate) async fn table(client: &Client, oid: u32, role: &str) -> Result<Option<Table>, Error> {
    let rows = client.query(TABLE, &[&i64::from(oid), &role]).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let columns = rows.iter().map(|row| Column {
        name: row.get(2),
        type_name: row.get(3),
        cast: row.get(4),
        key: row.get(5),
        readable: row.get(6),
    });
    Ok(Some(Table {
        sql_name: first.get(0),
        secured: first.get(1),
        columns: columns.collect(),
    }))
}

/// Oids of the published tables whose schema and table match two LIKE patterns.
///
/// # Errors
/// The database's.
pub(crate) async fn published(
    client: &Client,
    schema: &str,
    table: &str,
) -> Result<Vec<u32>, Error> {
    let select = "select c.oid::int8 from pg_catalog.pg_publication_tables p \
        join pg_catalog.pg_namespace n on n.nspname = p.schemaname \
        join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = p.tablename \
        where p.pubname = 'supabase_realtime' and p.schemaname like $1 and p.tablename like $2 order by 1";
    let rows = client.query(select, &[&schema, &table]).await?;
    Ok(rows
        .iter()
        .filter_map(|row| u32::try_from(row.get::<_, i64>(0)).ok())
        .collect())
}
