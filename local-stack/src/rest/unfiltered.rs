//! The rule of a hosted project that nobody changes or deletes every row by mistake: an `UPDATE` or `DELETE` without
//! `WHERE` is refused in every session of the REST service, in functions and triggers too.
//!
//! There it is an extension (`safeupdate`) that looks at each statement once it is parsed. Here PostgreSQL is asked to
//! show the same trees (`debug_print_parse`), the connection reads them as notices, and the transaction is given up.
//! A statement is parsed once for a connection as long as its plan is kept; so plans are thrown away after a refusal.
//!
//! Owns: reading of the trees; what was found, by connection. Bounds: one finding for a connection.
//! Difference: the function's own `exception` blocks do not see the refusal, and a trigger that waits for the commit is not
//! looked at.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use deadpool_postgres::Connect;
use futures_util::{StreamExt as _, stream};
use tokio::task::JoinHandle;
use tokio_postgres::{AsyncMessage, Client, Config, Error, NoTls};

/// What a transaction is told to, so that its trees are shown.
pub(crate) const SETTINGS: [(&str, &str); 3] = [
    ("client_min_messages", "log"),
    ("debug_pretty_print", "off"),
    ("debug_print_parse", "on"),
];

/// What was found since it was last asked for, by the server process of a connection.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    by_process: Mutex<HashMap<i32, &'static str>>,
}

impl Findings {
    /// The text of the refusal, if there is one.
    pub(crate) fn take(&self, process: i32) -> Option<&'static str> {
        self.lock().remove(&process)
    }

    fn put(&self, process: i32, found: &'static str) {
        self.lock().entry(process).or_insert(found);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<i32, &'static str>> {
        self.by_process
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Connections whose trees are read.
#[derive(Debug)]
pub(crate) struct Watched {
    pub(crate) findings: Arc<Findings>,
}

type Connecting<'a> =
    Pin<Box<dyn Future<Output = Result<(Client, JoinHandle<()>), Error>> + Send + 'a>>;

impl Connect for Watched {
    fn connect(&self, config: &Config) -> Connecting<'_> {
        let config = config.clone();
        Box::pin(async move {
            let (client, mut connection) = config.connect(NoTls).await?;
            let process = Arc::new(OnceLock::new());
            let (known, findings) = (Arc::clone(&process), Arc::clone(&self.findings));
            let task = tokio::spawn(async move {
                let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
                while let Some(message) = messages.next().await {
                    // A connection that goes on after its end would keep whoever waits for its answers waiting.
                    match message {
                        Ok(message) => read(&message, known.get(), &findings),
                        Err(error) => {
                            tracing::debug!(%error, "a database connection ended");
                            break;
                        }
                    }
                }
            });
            let row = client.query_one("select pg_backend_pid()", &[]).await?;
            let _ = process.set(row.try_get(0)?);
            Ok((client, task))
        })
    }
}

fn read(message: &AsyncMessage, process: Option<&i32>, findings: &Findings) {
    let AsyncMessage::Notice(notice) = message else {
        return;
    };
    if notice.message() != "parse tree:" {
        return;
    }
    let found = unfiltered(notice.detail().unwrap_or_default());
    if let (Some(process), Some(found)) = (process, found) {
        findings.put(*process, found);
    }
}

/// One node of a tree that is being read.
#[derive(Default)]
struct Node<'a> {
    name: &'a str,
    /// The member that is being read.
    member: &'a str,
    command: &'a str,
}

/// The refusal of a parse tree that changes or deletes without a condition, also below `WITH`.
fn unfiltered(tree: &str) -> Option<&'static str> {
    let mut open: Vec<Node<'_>> = Vec::new();
    for word in words(tree) {
        match word {
            "{" => open.push(Node::default()),
            "}" => {
                open.pop();
            }
            _ => {
                let Some(node) = open.last_mut() else {
                    continue;
                };
                if node.name.is_empty() {
                    node.name = word;
                } else if word.starts_with(':') {
                    node.member = word;
                } else if (node.name, node.member) == ("QUERY", ":commandType") {
                    node.command = word;
                } else if let Some(text) = refusal(&open, word) {
                    return Some(text);
                }
            }
        }
    }
    None
}

/// The condition of a statement is the `quals` of its `jointree`; `<>` is none.
fn refusal(open: &[Node<'_>], word: &str) -> Option<&'static str> {
    let [.., query, from] = open else { return None };
    let is_condition = (query.name, query.member) == ("QUERY", ":jointree")
        && (from.name, from.member) == ("FROMEXPR", ":quals");
    match query.command {
        "2" if is_condition && word == "<>" => Some("UPDATE requires a WHERE clause"),
        "4" if is_condition && word == "<>" => Some("DELETE requires a WHERE clause"),
        _ => None,
    }
}

/// Brackets and what stands between them and blanks. A backslash takes the meaning from what follows.
fn words(tree: &str) -> impl Iterator<Item = &str> {
    let mut rest = tree;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '(' || c == ')');
        if rest.is_empty() {
            return None;
        }
        let mut escaped = false;
        let end = rest.char_indices().find_map(|(at, c)| {
            let ends = !escaped && (c.is_whitespace() || "{}()".contains(c));
            escaped = !escaped && c == '\\';
            ends.then_some(at)
        });
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()).max(1));
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: &str = ":jointree {FROMEXPR :fromlist ({RANGETBLREF :rtindex 1}) :quals <>}";
    const SOME: &str =
        ":jointree {FROMEXPR :fromlist ({RANGETBLREF :rtindex 1}) :quals {OPEXPR :opno 96}}";

    #[test]
    fn a_change_without_a_condition_is_found_wherever_it_stands() {
        let update = "UPDATE requires a WHERE clause";
        let delete = "DELETE requires a WHERE clause";
        for (tree, found) in [
            (
                format!("{{QUERY :commandType 2 :a <> {NONE}}}"),
                Some(update),
            ),
            (format!("{{QUERY \n:commandType\n 4 {NONE}}}"), Some(delete)),
            (format!("{{QUERY :commandType 2 {SOME}}}"), None),
            (format!("{{QUERY :commandType 1 {NONE}}}"), None),
            (format!("{{QUERY :commandType 3 {NONE}}}"), None),
            (
                format!(
                    "{{QUERY :commandType 1 :cteList ({{CTE :ctename s\\{{ :ctequery {{QUERY :commandType 4 {NONE}}}}}) {SOME}}}"
                ),
                Some(delete),
            ),
            (
                format!(
                    "{{QUERY :commandType 2 :rtable ({{RTE :subquery {{QUERY :commandType 1 {NONE}}}}}) {SOME}}}"
                ),
                None,
            ),
            ("{QUERY :commandType 2 :jointree".to_owned(), None),
            ("}} \\".to_owned(), None),
        ] {
            assert_eq!(unfiltered(&tree), found, "{tree}");
        }
    }
}
