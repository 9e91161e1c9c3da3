//! Rung 4: schema, rules, hints, and the local database.

use super::super::report::{Check, CheckStatus, Layer};
use super::{
    EchoSeen, Evidence, LocalSeen, PullSeen, RowSeen, Seen, TransportSeen, check, fine, shown,
};
use crate::error::StorageFailure;
use crate::model::ScopeId;
use crate::net::answer::{Answer, Shape};
use crate::speech::{Language, checks as say};

/// An edit that waits longer than this while all else is well deserves a look, in seconds.
const OLD_EDIT_S: u64 = 300;

pub(super) fn checks(evidence: &Evidence) -> Vec<Check> {
    vec![
        schema(evidence),
        policies(evidence),
        rows(evidence),
        transport(evidence),
        data(&evidence.pull, evidence.language),
        local(&evidence.local, evidence.language),
        queue(&evidence.local, evidence.language),
    ]
}

fn schema(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::schema(language);
    match (&evidence.health_call, &evidence.health) {
        (Seen::Answered(Answer { status: 200, .. }), Some(health)) => {
            version(language, health.schema_version, evidence.needs_schema)
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
            shown(seen, language),
            schema_fix(code, language),
        ),
        (seen, _) => check(
            Layer::App,
            name,
            CheckStatus::NotJudged,
            shown(seen, language),
            "",
        ),
    }
}

fn version(language: Language, found: i64, needed: i64) -> Check {
    let name = say::schema(language);
    if found >= needed {
        return fine(Layer::App, name, say::version(language, &found));
    }
    check(
        Layer::App,
        name,
        CheckStatus::Broken,
        say::version_needed(language, &found, &needed),
        say::newest_migrations(language),
    )
}

fn schema_fix(code: &str, language: Language) -> &'static str {
    match code {
        "PGRST202" | "PGRST205" | "42P01" | "42883" => say::migrations_missing(language),
        "42501" => say::grants_missing(language),
        _ => say::look_up_code(language),
    }
}

fn policies(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::policies(language);
    match &evidence.health {
        Some(health) if !health.strict_policies => check(
            Layer::App,
            name,
            CheckStatus::Warning,
            say::own_policies(language).to_owned(),
            say::own_policies_fix(language),
        ),
        Some(_) => fine(Layer::App, name, String::new()),
        None => check(Layer::App, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

fn rows(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let name = say::rows(language);
    match &evidence.health {
        Some(health) if health.orphans > 0 => check(
            Layer::App,
            name,
            CheckStatus::Warning,
            say::orphans(language, health.orphans.unsigned_abs()),
            say::orphans_fix(language),
        ),
        Some(_) => fine(Layer::App, name, String::new()),
        None => check(Layer::App, name, CheckStatus::NotJudged, String::new(), ""),
    }
}

fn hints(language: Language, status: CheckStatus, evidence: String, fix: &'static str) -> Check {
    check(Layer::App, say::hints(language), status, evidence, fix)
}

/// Whether hints come. A transport that is open proves nothing: only a hint does.
fn transport(evidence: &Evidence) -> Check {
    let language = evidence.language;
    let broken =
        |evidence: &str, fix| hints(language, CheckStatus::Broken, evidence.to_owned(), fix);
    let not_judged = |evidence| hints(language, CheckStatus::NotJudged, evidence, "");
    let published = evidence.health.as_ref().map(|health| health.published);
    match evidence.transport {
        TransportSeen::Broadcast => {
            let published = published != Some(false);
            carried(evidence, say::by_broadcast(language), published)
        }
        TransportSeen::Changes => carried(evidence, say::by_changes(language), true),
        TransportSeen::NoHints => {
            broken(say::changes_without_hint(language), say::silent(language))
        }
        TransportSeen::JoinRefused => {
            broken(say::join_refused(language), say::join_refused_fix(language))
        }
        TransportSeen::JoinsFail => hints(
            language,
            CheckStatus::Warning,
            say::joins_fail(language).to_owned(),
            say::joins_fail_fix(language),
        ),
        TransportSeen::NotSubscribed if published == Some(false) => {
            broken(say::not_published(language), say::publish(language))
        }
        TransportSeen::NotSubscribed => broken(
            say::feed_not_started(language),
            say::feed_not_started_fix(language),
        ),
        TransportSeen::Pending(waited) => not_judged(say::connecting(language, &waited)),
        TransportSeen::NoSocket | TransportSeen::NotTried => not_judged(String::new()),
    }
}

/// An open transport, by what came through it.
fn carried(evidence: &Evidence, transport: &str, published: bool) -> Check {
    let language = evidence.language;
    let cannot_broadcast = matches!(&evidence.health, Some(health) if !health.private_broadcast);
    let warned = |said, fix| hints(language, CheckStatus::Warning, said, fix);
    match evidence.echo {
        EchoSeen::Lost(waited) => {
            let said = say::hint_lost(language, transport, &waited);
            let fix = if cannot_broadcast {
                say::migrate(language)
            } else {
                say::silent(language)
            };
            hints(language, CheckStatus::Broken, said, fix)
        }
        _ if !published => warned(
            say::hint_not_published(language, transport),
            say::publish(language),
        ),
        _ if cannot_broadcast => warned(
            say::cannot_broadcast(language, transport),
            say::migrate(language),
        ),
        EchoSeen::Came if evidence.transport == TransportSeen::Changes => warned(
            say::broadcast_not_taken(language, transport),
            say::broadcast_not_taken_fix(language),
        ),
        EchoSeen::Came => hints(language, CheckStatus::Fine, transport.to_owned(), ""),
        EchoSeen::NotTried => {
            let said = say::no_hint_asked(language, transport);
            hints(language, CheckStatus::NotJudged, said, "")
        }
    }
}

/// Rows and scopes that are named in the report; the others are counted.
const NAMED: usize = 5;

fn data(seen: &PullSeen, language: Language) -> Check {
    let name = say::data(language);
    let found = |status, evidence, fix| check(Layer::App, name, status, evidence, fix);
    let failed = seen.failed.iter().map(|one| failure(one, language));
    let failed: Vec<String> = failed.collect();
    let (lost, cut): (Vec<&RowSeen>, Vec<&RowSeen>) =
        seen.rows.iter().partition(|row| row.columns.is_empty());
    let named = |rows: Vec<&RowSeen>| {
        let rows = rows.into_iter().map(|one| row(one, language));
        first(&rows.collect::<Vec<_>>(), language)
    };
    let (scopes, rows) = seen.read;
    if !seen.tried {
        found(CheckStatus::NotJudged, String::new(), "")
    } else if !failed.is_empty() {
        let said = first(&failed, language);
        found(CheckStatus::Broken, said, say::no_scope(language))
    } else if !lost.is_empty() {
        found(CheckStatus::Broken, named(lost), say::no_row(language))
    } else if !cut.is_empty() {
        found(CheckStatus::Warning, named(cut), say::no_value(language))
    } else if seen.complete {
        fine(Layer::App, name, say::rows_of(language, &rows, &scopes))
    } else {
        fine(Layer::App, name, say::rows_so_far(language, &rows, &scopes))
    }
}

fn failure((scope, code): &(Option<ScopeId>, &'static str), language: Language) -> String {
    match scope {
        Some(scope) => say::scope_failed(language, scope, code),
        None => say::scopes_failed(language, code),
    }
}

/// Ids and names of columns only: a title is a member's own.
fn row(row: &RowSeen, language: Language) -> String {
    let (kind, id, scope) = (row.kind.as_str(), row.id, row.scope);
    match row.columns.as_slice() {
        [] => say::row_in(language, kind, &id, &scope),
        columns => say::columns_in(language, kind, &id, &scope, &columns.join(", ")),
    }
}

fn first(names: &[String], language: Language) -> String {
    let shown = names
        .iter()
        .take(NAMED)
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    match names.len().saturating_sub(NAMED) {
        0 => shown,
        more => say::and_more(language, &shown, &more),
    }
}

/// The one check that needs no server, so that it is judged whatever else is broken.
fn local(seen: &LocalSeen, language: Language) -> Check {
    let name = say::local(language);
    let found = |status, evidence, fix| check(Layer::App, name, status, evidence, fix);
    match seen.failure {
        None if !seen.tried => found(CheckStatus::NotJudged, String::new(), ""),
        None if seen.quarantined => found(
            CheckStatus::Warning,
            say::quarantined(language).to_owned(),
            StorageFailure::Damaged.advice(language),
        ),
        None => fine(Layer::App, name, String::new()),
        Some(failure) => found(
            CheckStatus::Broken,
            failure.words(language).into_owned(),
            failure.advice(language),
        ),
    }
}

fn queue(seen: &LocalSeen, language: Language) -> Check {
    let name = say::queue(language);
    let found = |status, evidence, fix| check(Layer::App, name, status, evidence, fix);
    if !seen.tried {
        return found(CheckStatus::NotJudged, String::new(), "");
    }
    let (unsent, oldest, refused) = (seen.unsent, seen.oldest_unsent_s, seen.rejected);
    let evidence = say::queue_is(language, &unsent, &oldest, &refused);
    if unsent > 0 && oldest > OLD_EDIT_S {
        return found(CheckStatus::Warning, evidence, say::queue_old_fix(language));
    }
    if refused > 0 {
        return found(
            CheckStatus::Warning,
            evidence,
            say::queue_refused_fix(language),
        );
    }
    fine(Layer::App, name, evidence)
}
