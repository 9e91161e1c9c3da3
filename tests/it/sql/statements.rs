//! No statement of ours changes or deletes rows without a condition: REST servers are set up to refuse such statements,
//! whatever function they stand in.

use super::db::Who;
use super::world::world;

/// What a body consists of: its own text without comments and literals, and the literals, in which statements are put together.
fn parts(body: &str) -> Vec<String> {
    let mut own = String::new();
    let mut parts = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find(['\'', '-', '$']) {
        own.push_str(&rest[..at]);
        let tail = &rest[at..];
        let dollar = tail[1..].find('$').map(|end| &tail[..end + 2]);
        let dollar = dollar.filter(|mark| {
            mark[1..mark.len() - 1]
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '_')
        });
        if tail.starts_with("--") {
            rest = tail.find('\n').map_or("", |end| &tail[end..]);
        } else if let Some((mark, Some(end))) = dollar
            .filter(|_| tail.starts_with('$'))
            .map(|mark| (mark, tail[mark.len()..].find(mark)))
        {
            parts.extend(self::parts(&tail[mark.len()..mark.len() + end]));
            rest = &tail[end + 2 * mark.len()..];
        } else if tail.starts_with('\'') {
            let mut end = 1;
            while let Some(quote) = tail[end..].find('\'') {
                end += quote + 1;
                if !tail[end..].starts_with('\'') {
                    break;
                }
                end += 1;
            }
            parts.push(tail[1..end - 1].replace("''", "'").to_lowercase());
            own.push_str("''");
            rest = &tail[end..];
        } else {
            own.push_str(&tail[..1]);
            rest = &tail[1..];
        }
    }
    own.push_str(rest);
    parts.push(own.to_lowercase());
    parts
}

/// The statements of a body that change or delete rows and have no condition of their own: from the verb to the end of the
/// statement or of the bracket around it. Conditions inside brackets are of others.
fn unbounded(body: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in parts(body) {
        for verb in ["delete from ", "update "] {
            for (at, _) in part.match_indices(verb) {
                let before = part[..at].trim_end();
                let begins = ["", ";", "(", "begin", "then", "else", "loop"]
                    .iter()
                    .any(|word| before.ends_with(word) && (!word.is_empty() || before.is_empty()));
                let statement = own_text(&part[at..]);
                let mut words = statement.split_whitespace();
                if begins && words.clone().count() > 2 && !words.any(|word| word == "where") {
                    found.push(statement);
                }
            }
        }
    }
    found
}

/// A statement to its end, without what is in brackets.
fn own_text(sql: &str) -> String {
    let mut depth = 0_i32;
    let mut text = String::new();
    for c in sql.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth < 0 || (depth == 0 && c == ';') {
            break;
        }
        if depth == 0 {
            text.push(if c == ')' { ' ' } else { c });
        }
    }
    text
}

#[test]
fn the_search_finds_what_it_should() {
    for bad in [
        "begin update public.sync_head set epoch = gen_random_uuid(); end",
        "begin delete from sync.usage; end",
        "begin with old as (delete from sync.log returning 1) select 1; end",
        "begin execute 'delete from public.songs'; end",
        "begin update public.songs s set title = (select 'x' where true); end",
        "begin\n  if true then\n    update public.songs set key = null; -- where it is needed\n  end if; end",
    ] {
        assert_eq!(unbounded(bad).len(), 1, "{bad}");
    }
    for good in [
        "begin update public.songs s set title = 'x' where s.id = p_id; end",
        "begin insert into t values (1) on conflict (id) do update set n = 1; end",
        "begin select 1 from t for update; perform 1 from t for no key update; end",
        "begin with old as (delete from sync.log l where l.at < now() returning 1) select 1; end",
        "begin execute format('update public.%I h set rev = 1 where true', tbl); end",
        "begin if tg_op = 'update ' then null; end if; end",
    ] {
        assert_eq!(unbounded(good), Vec::<String>::new(), "{good}");
    }
}

#[tokio::test]
async fn no_function_of_ours_changes_or_deletes_rows_without_a_condition() {
    let (_project, db) = world().await;
    let ours = "select n.nspname || '.' || p.proname, p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        join pg_language l on l.oid = p.prolang where n.nspname in ('sync', 'public') and p.prokind = 'f' and l.lanname in ('sql', 'plpgsql')";
    let mut wrong = Vec::new();
    let functions = db.run(Who::Owner, ours).await.rows;
    assert!(functions.len() > 100, "{}", functions.len());
    for row in functions {
        let (name, body) = (
            row[0].clone().expect("a name"),
            row[1].clone().expect("a body"),
        );
        wrong.extend(
            unbounded(&body)
                .into_iter()
                .map(|statement| format!("{name}: {statement}")),
        );
    }
    assert!(wrong.is_empty(), "{}", super::db::lines(&wrong));
}
