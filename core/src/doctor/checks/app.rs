//! Rung 4: schema, rules, hints, and the local database.

use super::super::report::{Check, CheckStatus, Layer};
use super::{
    EchoSeen, Evidence, LocalSeen, PullSeen, RowSeen, Seen, TransportSeen, check, fine, shown,
};
use crate::error::StorageFailure;
use crate::model::ScopeId;
use crate::net::answer::{Answer, Shape};

/// Name of the one check that needs no server, so that it is judged whatever else is broken.
pub(super) const LOCAL: &str = "local database";

/// An edit that waits longer than this while all else is well deserves a look, in seconds.
const OLD_EDIT_S: u64 = 300;

const PUBLISH: &str = "Add `sync_head` to the publication `supabase_realtime`.";

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    vec![
        schema(evidence),
        policies(evidence),
        rows(evidence),
        transport(evidence),
        data(&evidence.pull),
        local(&evidence.local),
        queue(&evidence.local),
    ]
}

fn schema(evidence: &Evidence) -> Check {
    let name = "schema and functions";
    match (&evidence.health_call, &evidence.health) {
        (Seen::Answered(Answer { status: 200, .. }), Some(health)) => {
            version(name, health.schema_version, evidence.needs_schema)
        }
        // A token that is not accepted is the auth layer's.
        (
            seen @ Seen::Answered(Answer {
                status: 0..=400 | 402..,
                shape: Shape::Rest(code),
            }),
            _,
        ) => check(
            Layer::App,
            name,
            CheckStatus::Broken,
            shown(seen),
            schema_fix(code),
        ),
        (seen, _) => check(Layer::App, name, CheckStatus::NotJudged, shown(seen), ""),
    }
}

fn version(name: &'static str, found: i64, needed: i64) -> Check {
    if found >= needed {
        return fine(Layer::App, name, format!("version {found}"));
    }
    let fix = "Apply the newest migrations of `supabase/migrations` to the project.";
    check(
        Layer::App,
        name,
        CheckStatus::Broken,
        format!("version {found}, needed {needed}"),
        fix,
    )
}

fn schema_fix(code: &str) -> &'static str {
    match code {
        "PGRST202" | "PGRST205" | "42P01" | "42883" => {
            "The sync migrations are missing: apply `supabase/migrations` to the project."
        }
        "42501" => "The grants are missing: apply `supabase/migrations` to the project.",
        _ => "Look at the database's log for this error code.",
    }
}

fn policies(evidence: &Evidence) -> Check {
    let name = "access rules";
    match &evidence.health {
        Some(health) if !health.strict_policies => check(
            Layer::App,
            name,
            CheckStatus::Warning,
            "a web app's own policies are in force".to_owned(),
            "Apply the optional hardening: with these policies anyone can make himself a member of a band.",
        ),
        Some(_) => fine(Layer::App, name, String::new()),
        None => check(Layer::App, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

fn rows(evidence: &Evidence) -> Check {
    let name = "every row has a scope";
    match &evidence.health {
        Some(health) if health.orphans > 0 => check(
            Layer::App,
            name,
            CheckStatus::Warning,
            format!("{} rows do not sync", health.orphans),
            "Mend the rows named by the audit query `sync.audit`.",
        ),
        Some(_) => fine(Layer::App, name, String::new()),
        None => check(Layer::App, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

const MIGRATE: &str = "Apply `supabase/migrations`: the policy on `realtime.messages`, or the function `realtime.send`, is missing. Changes come all the same, a little later.";
const SILENT: &str = "Channels open, but realtime sends nothing: look at its log, at `wal_level = logical` and at free replication slots. Updates may be delayed.";

fn hints(status: CheckStatus, evidence: String, fix: &'static str) -> Check {
    check(Layer::App, "hints", status, evidence, fix)
}

/// Whether hints come. A transport that is open proves nothing: only a hint does.
fn transport(evidence: &Evidence) -> Check {
    let broken = |evidence: &str, fix| hints(CheckStatus::Broken, evidence.to_owned(), fix);
    let published = evidence.health.as_ref().map(|health| health.published);
    match evidence.transport {
        TransportSeen::Broadcast => carried(evidence, "by broadcast", published != Some(false)),
        TransportSeen::Changes => carried(evidence, "by changes of sync_head", true),
        TransportSeen::NoHints => {
            broken("channels are open, but changes came without a hint", SILENT)
        }
        TransportSeen::JoinRefused => broken(
            "the join was refused",
            "The policy on `realtime.messages` is missing: apply `supabase/migrations`.",
        ),
        TransportSeen::JoinsFail => hints(
            CheckStatus::Warning,
            "joins fail; they are tried again".to_owned(),
            "Changes still come, a little later; if this lasts, look at realtime's log.",
        ),
        TransportSeen::NotSubscribed if published == Some(false) => {
            broken("`sync_head` is not published", PUBLISH)
        }
        TransportSeen::NotSubscribed => broken(
            "joined, but the change feed does not start",
            "Check `wal_level = logical`, free replication slots and realtime's database connection.",
        ),
        TransportSeen::Pending(waited) => {
            let said = format!("still connecting after {waited} s");
            hints(CheckStatus::NotJudged, said, "")
        }
        TransportSeen::NoSocket | TransportSeen::NotTried => {
            hints(CheckStatus::NotJudged, String::new(), "")
        }
    }
}

/// An open transport, by what came through it.
fn carried(evidence: &Evidence, transport: &str, published: bool) -> Check {
    let cannot_broadcast = matches!(&evidence.health, Some(health) if !health.private_broadcast);
    let warned = |what: &str, fix| hints(CheckStatus::Warning, format!("{transport}; {what}"), fix);
    match evidence.echo {
        EchoSeen::Lost(waited) => {
            let said =
                format!("{transport}, but a hint that was asked for did not come in {waited} s");
            let fix = if cannot_broadcast { MIGRATE } else { SILENT };
            hints(CheckStatus::Broken, said, fix)
        }
        _ if !published => warned("`sync_head` is not published", PUBLISH),
        _ if cannot_broadcast => warned("the database cannot broadcast", MIGRATE),
        EchoSeen::Came if evidence.transport == TransportSeen::Changes => warned(
            "broadcast is set up but was not taken",
            "Look at realtime's log: it refuses private channels, or sends nothing on them.",
        ),
        EchoSeen::Came => hints(CheckStatus::Fine, transport.to_owned(), ""),
        EchoSeen::NotTried => {
            let said = format!("{transport}; no hint could be asked for");
            hints(CheckStatus::NotJudged, said, "")
        }
    }
}

/// Rows and scopes that are named in the report; the others are counted.
const NAMED: usize = 5;

const NO_SCOPE: &str = "Update this program. If it stays, a value in this scope's tables cannot be read: correct it in the database.";
const NO_ROW: &str = "Update this program. If it stays, correct these rows in the database; everything else is here.";
const NO_VALUE: &str = "No phone can read these values: correct them in the web app or in the database. Everything else is here.";

fn data(seen: &PullSeen) -> Check {
    let name = "reading the data";
    let found = |status, evidence, fix| check(Layer::App, name, status, evidence, fix);
    let failed: Vec<String> = seen.failed.iter().map(failure).collect();
    let (lost, cut): (Vec<&RowSeen>, Vec<&RowSeen>) =
        seen.rows.iter().partition(|row| row.columns.is_empty());
    let named = |rows: Vec<&RowSeen>| first(&rows.into_iter().map(row).collect::<Vec<_>>());
    let (scopes, rows) = seen.read;
    if !seen.tried {
        found(CheckStatus::NotJudged, String::new(), "")
    } else if !failed.is_empty() {
        found(CheckStatus::Broken, first(&failed), NO_SCOPE)
    } else if !lost.is_empty() {
        found(CheckStatus::Broken, named(lost), NO_ROW)
    } else if !cut.is_empty() {
        found(CheckStatus::Warning, named(cut), NO_VALUE)
    } else if seen.complete {
        fine(Layer::App, name, format!("{rows} rows of {scopes} scopes"))
    } else {
        let far = format!("{rows} rows of {scopes} scopes, as far as the doctor looks");
        fine(Layer::App, name, far)
    }
}

fn failure((scope, code): &(Option<ScopeId>, &'static str)) -> String {
    match scope {
        Some(scope) => format!("scope {scope}: {code}"),
        None => format!("the list of scopes: {code}"),
    }
}

/// Ids and names of columns only: a title is a member's own.
fn row(row: &RowSeen) -> String {
    let (kind, id, scope) = (row.kind.as_str(), row.id, row.scope);
    match row.columns.as_slice() {
        [] => format!("{kind} {id} in scope {scope}"),
        columns => format!("{kind} {id} in scope {scope} ({})", columns.join(", ")),
    }
}

fn first(names: &[String]) -> String {
    let shown = names
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

fn local(seen: &LocalSeen) -> Check {
    match seen.failure {
        None if !seen.tried => check(Layer::App, LOCAL, CheckStatus::NotJudged, String::new(), ""),
        None if seen.quarantined => check(
            Layer::App,
            LOCAL,
            CheckStatus::Warning,
            "a damaged file was quarantined".to_owned(),
            StorageFailure::Damaged.advice(),
        ),
        None => fine(Layer::App, LOCAL, String::new()),
        Some(failure) => check(
            Layer::App,
            LOCAL,
            CheckStatus::Broken,
            failure.to_string(),
            failure.advice(),
        ),
    }
}

fn queue(seen: &LocalSeen) -> Check {
    let name = "unsent edits";
    if !seen.tried {
        return check(Layer::App, name, CheckStatus::NotJudged, String::new(), "");
    }
    let evidence = format!(
        "{} waiting, oldest {} s, {} refused",
        seen.unsent, seen.oldest_unsent_s, seen.rejected
    );
    if seen.unsent > 0 && seen.oldest_unsent_s > OLD_EDIT_S {
        return check(
            Layer::App,
            name,
            CheckStatus::Warning,
            evidence,
            "They are sent by themselves; if this lasts, keep the app open once.",
        );
    }
    if seen.rejected > 0 {
        return check(
            Layer::App,
            name,
            CheckStatus::Warning,
            evidence,
            "Try the refused edits again or discard them.",
        );
    }
    fine(Layer::App, name, evidence)
}
