//! The faulty line between a phone and the server, and what it does to calls when a rule is left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};

use super::Rule;
use super::phone::{World, lock};
use super::server::Server;
use rockon_core::error::{Error, Result, Service};
use rockon_core::model::{Kind, RowId, ScopeId, UserId};
use rockon_core::sync::Remote;

/// What the line does to calls.
#[derive(Debug)]
pub(crate) struct SimLine {
    pub(crate) random: fastrand::Rng,
    /// Of a hundred calls, how many are lost before they arrive, and as many after.
    pub(crate) loss: u32,
    /// Calls until the phone is killed in the middle of one.
    pub(crate) kill_in: Option<u32>,
    /// Commits until the phone is killed between two.
    pub(crate) commits_left: Option<u32>,
    /// The same for the start that follows that kill.
    pub(crate) commits_of_start: Option<u32>,
    /// Items a page: small, so that a pull takes several.
    pub(crate) limit: u16,
    /// Which rule is left out.
    pub(crate) left_out: Rule,
    /// Rows with an edit whose answer the phone has, and the revision the edit made: nothing older may be shown.
    pub(crate) answered: BTreeMap<(Kind, RowId), (ScopeId, i64)>,
    memory: Memory,
}

/// What a phone or a server without the rule would remember.
#[derive(Debug, Default)]
struct Memory {
    /// The highest revision each row came with, whatever its scope.
    revs: BTreeMap<(String, String), i64>,
    /// Scope -> cursor and epoch at the end of a page that was lost.
    cursors: BTreeMap<String, (Value, Value)>,
    /// The number a mutation was given on the line -> its own. Of the last call.
    numbers: BTreeMap<i64, Value>,
    last_number: i64,
    /// Scope and revision of what this phone wrote itself.
    made: BTreeSet<(String, i64)>,
}

impl SimLine {
    pub(crate) fn new(seed: u64, left_out: Rule) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
            loss: 15,
            kill_in: None,
            commits_left: None,
            commits_of_start: None,
            limit: [3, 3, 6, 50][usize::try_from(seed % 4).unwrap()],
            left_out,
            answered: BTreeMap::new(),
            memory: Memory::default(),
        }
    }

    /// Is the next call lost before it arrives, is its answer lost?
    fn fate(&mut self) -> (bool, bool) {
        let killed = match &mut self.kill_in {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        };
        let lost = self.random.u32(0..100) < self.loss;
        (lost, killed || self.random.u32(0..100) < self.loss)
    }

    /// How a failed call looks to the phone.
    fn fail(&self, request: &Value, error: Error) -> Result<Value> {
        let mutations = request["mutations"].as_array();
        match mutations.filter(|_| self.left_out == Rule::SentAgain) {
            Some(mutations) => {
                let done = |one: &Value| json!({"n": one["n"], "verdict": "applied", "rev": null});
                let results: Vec<Value> = mutations.iter().map(done).collect();
                Ok(json!({"scope": request["scope"], "head": 0, "results": results}))
            }
            None => Err(error),
        }
    }

    fn change_request(&mut self, request: &mut Value) {
        let rule = self.left_out;
        for scope in list(request, "scopes") {
            let cursor = &mut scope["cursor"];
            if rule == Rule::PageEndsInsideRevision && !cursor.is_null() {
                (cursor["ord"], cursor["id"]) = (Value::Null, Value::Null);
            }
            if let Some((at, epoch)) = self.memory.cursors.remove(&text(&scope["id"])) {
                (scope["cursor"], scope["epoch"]) = (at, epoch);
            }
        }
        if rule == Rule::SameNumberAgain && !request["mutations"].is_null() {
            self.memory.numbers.clear();
            request["acked"] = json!(0);
            for mutation in list(request, "mutations") {
                self.memory.last_number += 1;
                let own = std::mem::replace(&mut mutation["n"], json!(self.memory.last_number));
                self.memory.numbers.insert(self.memory.last_number, own);
            }
        }
    }

    fn change_answer(&mut self, request: &Value, answer: &mut Value) {
        let rule = self.left_out;
        // In any order, by the contract.
        if let Some(results) = answer["results"].as_array_mut() {
            self.random.shuffle(results);
        }
        let user = answer["user_id"].clone();
        for scope in list(answer, "scopes") {
            if rule == Rule::AuthorIsAPerson {
                self.tell_devices_apart(&user, scope);
            }
            self.change_page(request, scope);
        }
        if rule == Rule::GoneScopeIsPurged {
            bring_back_gone(request, answer);
        }
        if rule == Rule::SameNumberAgain && request["mutations"].is_null() {
            answer["results"] = json!([]);
        }
        for result in list(answer, "results").iter_mut() {
            match rule {
                Rule::OverwrittenIsReturned => result["overwritten"] = json!({}),
                Rule::SameNumberAgain => {
                    let n = result["n"].as_i64().unwrap();
                    result["n"] = self.memory.numbers[&n].clone();
                }
                _ => {}
            }
        }
    }

    fn change_page(&mut self, request: &Value, page: &mut Value) {
        match self.left_out {
            Rule::CommitAtOwnHead => {
                page["has_more"] = json!(false);
                if page["cursor"].is_null() {
                    page["cursor"] = json!({"rev": 0});
                }
            }
            Rule::TombstonesRemove => page["tombstones"] = json!([]),
            Rule::LogIsWhole => keep_newest(page["log"].as_array_mut().unwrap()),
            Rule::MarksArePulled => page["rows"]["read_mark"] = json!([]),
            Rule::AuthorPair => {
                for rows in page["rows"].as_object_mut().unwrap().values_mut() {
                    for row in rows.as_array_mut().unwrap() {
                        row["sync_other_rev"] = json!(0);
                    }
                }
            }
            Rule::ResetSweeps => {
                let asked = request["scopes"].as_array().unwrap();
                let same_epoch = asked
                    .iter()
                    .any(|ask| ask["id"] == page["id"] && ask["epoch"] == page["epoch"]);
                if same_epoch {
                    page["reset"] = json!(false);
                }
            }
            Rule::MovedRowReplaces => {
                for (kind, rows) in page["rows"].as_object_mut().unwrap() {
                    rows.as_array_mut().unwrap().retain(|row| {
                        let rev = row["sync_rev"].as_i64().unwrap();
                        let key = (kind.clone(), text(&row["id"]));
                        let known = self.memory.revs.entry(key).or_default();
                        let newer = rev >= *known;
                        *known = rev.max(*known);
                        newer
                    });
                }
            }
            _ => {}
        }
    }

    /// What another device of this user wrote counts as somebody else's.
    fn tell_devices_apart(&self, user: &Value, page: &mut Value) {
        let scope = text(&page["id"]);
        for rows in page["rows"].as_object_mut().unwrap().values_mut() {
            for row in rows.as_array_mut().unwrap() {
                let made = (scope.clone(), row["sync_by_rev"].as_i64().unwrap());
                if row["sync_by"] == *user && !self.memory.made.contains(&made) {
                    row["sync_by"] = json!(uuid::Uuid::max());
                }
            }
        }
    }

    /// The answer is lost on its way.
    fn miss(&mut self, answer: &Value) {
        if self.left_out != Rule::CursorMovesWithRows {
            return;
        }
        for page in answer["scopes"].as_array().into_iter().flatten() {
            if page["reset"] == false && page["cursor"]["rev"].as_i64() > Some(0) {
                let at = (page["cursor"].clone(), page["epoch"].clone());
                self.memory.cursors.insert(text(&page["id"]), at);
            }
        }
    }

    /// The phone has the answer to its push.
    fn note_answered(&mut self, server: &Server, request: &Value, answer: &Value) {
        for result in answer["results"].as_array().into_iter().flatten() {
            let sent = request["mutations"].as_array().into_iter().flatten();
            let Some(sent) = sent.into_iter().find(|sent| sent["n"] == result["n"]) else {
                continue;
            };
            let (kind, id): (Kind, RowId) = (
                text(&sent["kind"]).parse().unwrap(),
                text(&sent["id"]).parse().unwrap(),
            );
            let scope: ScopeId = text(&request["scope"]).parse().unwrap();
            // A revision of the whole call: it made this row's only if the row has it, or a later one.
            let rev = result["rev"].as_i64().unwrap_or(0);
            self.memory.made.insert((text(&request["scope"]), rev));
            let made = server.row(kind, id).is_some_and(|row| row.rev >= rev);
            if result["verdict"] != "refused" && made && server.find(kind, id) == Some(scope) {
                self.answered.insert((kind, id), (scope, rev));
            }
        }
    }
}

/// A scope that is gone looks like one without news.
fn bring_back_gone(request: &Value, answer: &mut Value) {
    for ask in request["scopes"].as_array().into_iter().flatten() {
        let gone = list(answer, "gone");
        let Some(at) = gone.iter().position(|gone| gone["id"] == ask["id"]) else {
            continue;
        };
        if !ask["cursor"].is_null() {
            answer["gone"].as_array_mut().unwrap().remove(at);
            let page = json!({"id": ask["id"], "type": "band", "epoch": ask["epoch"], "head": ask["cursor"]["rev"],
                "reset": false, "cursor": ask["cursor"], "has_more": false, "rows": {}});
            answer["scopes"].as_array_mut().unwrap().push(page);
        }
    }
}

/// Of each row the last entry.
fn keep_newest(log: &mut Vec<Value>) {
    let mut seen = BTreeSet::new();
    log.reverse();
    log.retain(|entry| seen.insert(text(&entry[2])));
    log.reverse();
}

fn list<'a>(value: &'a mut Value, key: &str) -> &'a mut [Value] {
    value
        .get_mut(key)
        .and_then(Value::as_array_mut)
        .map_or(&mut [], Vec::as_mut_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Something that happens on the server between two calls.
pub(crate) type Action = Box<dyn FnOnce(&mut Server) + Send>;

pub(crate) struct SimRemote {
    pub(crate) world: World,
    pub(crate) user: UserId,
    pub(crate) line: Arc<Mutex<SimLine>>,
    /// Done on the server after so many more calls, before the next one, as if somebody else had been quicker.
    pub(crate) between: Arc<Mutex<Vec<(u32, Action)>>>,
}

impl Remote for SimRemote {
    async fn call(&self, function: &'static str, arguments: Value) -> Result<Box<RawValue>> {
        let mut request = arguments["request"].clone();
        let mut line = lock(&self.line);
        let (lost, unanswered) = line.fate();
        request["limit"] = json!(line.limit);
        line.change_request(&mut request);
        if lost {
            return written(&line.fail(&request, Error::Offline)?);
        }
        let mut server = lock(&self.world);
        let mut answer = match function {
            "sync_pull" => server.pull(self.user, &request),
            _ => server.push(self.user, &request),
        };
        line.change_answer(&request, &mut answer);
        let mut between = lock(&self.between);
        for (calls, action) in std::mem::take(&mut *between) {
            match calls.checked_sub(1) {
                Some(calls) => between.push((calls, action)),
                None => action(&mut server),
            }
        }
        if unanswered {
            line.miss(&answer);
            let service = Service::Rest;
            return written(&line.fail(&request, Error::Timeout { service })?);
        }
        line.note_answered(&server, &request, &answer);
        written(&answer)
    }
}

fn written(answer: &Value) -> Result<Box<RawValue>> {
    to_raw_value(answer).map_err(|_| Error::Internal {
        place: "sim answer",
    })
}
