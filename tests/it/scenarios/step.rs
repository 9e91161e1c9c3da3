//! The words of `tests/scenarios/README.md`, read strictly: a word or a member that is not there is an error.

use std::collections::BTreeMap;

use rockon_core::model::{Kind, Role, Values, Verb};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub(super) name: String,
    #[serde(default = "patience_ms")]
    pub(super) patience_ms: u64,
    pub(super) steps: Vec<Value>,
}

fn patience_ms() -> u64 {
    20_000
}

/// What a step says.
#[derive(Debug)]
pub(super) enum Step {
    Server(Value),
    Act {
        phone: String,
        act: Act,
        fails: Option<String>,
    },
    Expect {
        phone: String,
        expect: Expect,
    },
}

impl Step {
    pub(super) fn of(step: &Value) -> Result<Self, String> {
        let Value::Object(mut members) = step.clone() else {
            return Err("a step is an object".to_owned());
        };
        if members.contains_key("server") {
            return Ok(Self::Server(step.clone()));
        }
        let phone = take(&mut members, "phone").ok_or("whose phone?")?;
        let wrong = |error: serde_json::Error| error.to_string();
        if members.contains_key("expect") {
            let expect = serde_json::from_value(members.into()).map_err(wrong)?;
            return Ok(Self::Expect { phone, expect });
        }
        let fails = take(&mut members, "fails");
        let act = serde_json::from_value(members.into()).map_err(wrong)?;
        Ok(Self::Act { phone, act, fails })
    }
}

fn take(members: &mut Values, name: &str) -> Option<String> {
    members.remove(name)?.as_str().map(str::to_owned)
}

#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Act {
    SignIn {
        member: Option<String>,
        password: Option<String>,
    },
    SignUp {
        email: String,
        password: String,
        name: String,
    },
    RequestSignInCode {
        email: String,
        #[serde(default = "yes")]
        create_account: bool,
    },
    SignInWithCode(Coded),
    RequestPasswordReset {
        email: String,
    },
    SignInWithResetCode(Coded),
    SignInWithIdentityToken(TokenWanted),
    SetPassword {
        password: String,
    },
    SetEmail {
        email: String,
    },
    AccessToken {},
    SetName {
        name: String,
    },
    DeleteAccount {},
    SignOut {
        #[serde(default)]
        everywhere: bool,
    },
    WaitForFirstSync {},
    Kill {},
    Open {},
    Network {
        on: bool,
    },
    Foreground {
        on: bool,
    },
    Sync {
        #[serde(default = "yes")]
        complete: bool,
    },
    Add {
        kind: Kind,
        values: Values,
        #[serde(rename = "as")]
        word: Option<String>,
        band: Option<String>,
        #[serde(default)]
        mine: bool,
    },
    Change {
        kind: Kind,
        row: String,
        values: Values,
    },
    Delete {
        kind: Kind,
        row: String,
    },
    Restore {
        kind: Kind,
        row: String,
    },
    Order {
        row: String,
        songs: Vec<String>,
    },
    PutItems {
        row: String,
        songs: Vec<String>,
    },
    AddToSetlist(ItemAct),
    AddBreak(ItemAct),
    AddSection(ItemAct),
    MoveItem(ItemAct),
    RemoveItem(ItemAct),
    PutItemBack(ItemAct),
    SetBreak(ItemAct),
    SetSection(ItemAct),
    SetItemNotes(ItemAct),
    Read {
        kind: Kind,
        row: String,
    },
    ReadKind {
        kind: Kind,
    },
    ReadAll {},
    SeeNotices {},
    TakeUntold {
        texts: Vec<String>,
    },
    Resolve {
        #[serde(default = "song")]
        kind: Kind,
        row: String,
        field: Option<String>,
        choose: Choose,
    },
    Retry {
        #[serde(default = "song")]
        kind: Kind,
        row: String,
    },
    Discard {
        #[serde(default = "song")]
        kind: Kind,
        row: String,
    },
    SetLanguage {
        tag: String,
    },
    GigMode {
        on: bool,
    },
    StartGig {
        row: String,
    },
    TurnPage {
        page: u32,
    },
    TakeGigUpdate {},
    EndGig {},
    CreateBand {
        name: String,
        #[serde(rename = "as")]
        word: Option<String>,
    },
    Invite {
        band: Option<String>,
        member: Option<String>,
        #[serde(rename = "as")]
        word: Option<String>,
    },
    Join {
        code: String,
    },
    SetRole {
        member: String,
        role: Role,
    },
    Remove {
        member: String,
    },
    Leave {
        band: Option<String>,
    },
    ShareSeen {
        on: bool,
    },
    Import(Import),
}

/// A code of a mail: this one, or the newest to the address.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coded {
    pub(super) email: String,
    pub(super) code: Option<String>,
}

/// A token of Apple or Google, perhaps with something wrong.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenWanted {
    pub(super) provider: String,
    email: String,
    flaw: Option<String>,
}

/// What is done to an item of a setlist; which members count depends on what it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemAct {
    pub(super) row: String,
    #[serde(default)]
    pub(super) item: String,
    #[serde(default)]
    pub(super) songs: Vec<String>,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) minutes: i64,
    pub(super) notes: Option<String>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    #[serde(default)]
    pub(super) first: bool,
}

/// Reads a file, looks at the plan, and runs it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Import {
    pub(super) name: String,
    pub(super) file: String,
    #[serde(default)]
    pub(super) bad: u32,
    #[serde(default)]
    pub(super) warnings: u32,
    #[serde(default)]
    pub(super) twins: usize,
    #[serde(default)]
    pub(super) choose: Twins,
}

/// What becomes of songs that are the same as another.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Twins {
    #[default]
    Skip,
    Update,
    Add,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Choose {
    Mine,
    Theirs,
    Value(Value),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    Title,
    Artist,
    Key,
    Newest,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum File {
    Csv,
    ChordPro,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "expect", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Expect {
    Song {
        row: String,
        unread: Option<bool>,
        pending: Option<bool>,
        #[serde(default)]
        gone: bool,
    },
    Songs {
        #[serde(default)]
        search: String,
        #[serde(default)]
        unread_only: bool,
        #[serde(default)]
        mine_only: bool,
        order: Option<Order>,
        limit: Option<u32>,
        titles: Vec<String>,
        bands: Option<Vec<String>>,
        count: Option<u32>,
    },
    Row {
        kind: Kind,
        row: String,
        values: Values,
    },
    Setlist {
        row: String,
        songs: Option<Vec<String>>,
        items: Option<Vec<String>>,
        running_time: Option<u64>,
    },
    Notice {
        text: String,
        count: Option<usize>,
    },
    Unseen {
        count: u32,
    },
    Unread {
        kind: Kind,
        count: u32,
    },
    Conflict {
        #[serde(default = "song")]
        kind: Kind,
        row: String,
        field: Option<String>,
        mine: Option<Value>,
        theirs: Option<Value>,
        asks: Option<String>,
        live: Option<String>,
        #[serde(default)]
        gone: bool,
    },
    Rejected {
        #[serde(default = "song")]
        kind: Kind,
        row: String,
        reason: Option<String>,
        verb: Option<Verb>,
        typed: Option<Values>,
        had: Option<Values>,
        #[serde(default)]
        gone: bool,
    },
    Status {
        session: Option<String>,
        connection: Option<String>,
        unsent: Option<u64>,
        rejected: Option<u64>,
        conflicts: Option<u64>,
    },
    Bands {
        names: Vec<String>,
    },
    Members {
        roles: BTreeMap<String, Role>,
    },
    SeenBy {
        kind: Kind,
        row: String,
        names: Vec<String>,
    },
    History {
        kind: Kind,
        row: String,
        by: Vec<String>,
        verbs: Option<Vec<Verb>>,
    },
    LastChange {
        kind: Kind,
        row: String,
        by: String,
    },
    SinceSeen {
        kind: Kind,
        row: String,
        #[serde(default)]
        changes: BTreeMap<String, [Value; 2]>,
        by: Option<String>,
        #[serde(default)]
        gone: bool,
    },
    Before {
        kind: Kind,
        row: String,
        values: Values,
    },
    Export {
        format: File,
        text: String,
    },
    Deleted {
        title: String,
        by: Option<String>,
        #[serde(default)]
        gone: bool,
    },
    Gig {
        songs: Option<Vec<String>>,
        page: Option<u32>,
        newer: Option<bool>,
        by: Option<Vec<String>>,
        added: Option<u32>,
        removed: Option<u32>,
        reordered: Option<bool>,
        deleted: Option<bool>,
        #[serde(default)]
        gone: bool,
    },
    Doctor {
        broken: Value,
        check: Option<String>,
    },
}

fn yes() -> bool {
    true
}

fn song() -> Kind {
    Kind::Song
}
