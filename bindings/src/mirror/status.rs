//! Settings, the session, the status strip, and the doctor.

use std::path::PathBuf;

use rockon_core::client::{Deleted, Invite, SeenBy, Status};
use rockon_core::config::ClientConfig;
use rockon_core::doctor::{Check, CheckStatus, DoctorReport, Layer};
use rockon_core::model::{Kind, Rev, RowId, ScopeId, UserId};
use rockon_core::realtime::{
    ConnectionError, ConnectionState, OffReason, Transport, UpgradeReason,
};
use rockon_core::redact::{Address, Secret};
use rockon_core::session::{Account, SessionState, SignOut, SignUp};
use rockon_core::store::{OutboxCounts, UnreadableRow};
use rockon_core::sync::{Activity, SyncOutcome, SyncStatus};
use rockon_core::time::Timestamp;

use super::values::Words;
use rockon_core::Error as CoreError;

/// How to reach one Supabase project and where to keep its data.
#[uniffi::remote(Record)]
pub struct ClientConfig {
    /// The project's address without a path, such as `https://abcd.supabase.co` or `http://127.0.0.1:54321`.
    pub url: String,
    /// The project's anon or publishable key. Never the service key.
    pub anon_key: Secret,
    /// Directory for the database files, one a user. Made if it does not exist, for its owner alone; the files in it are
    /// their owner's alone in any case.
    pub data_dir: PathBuf,
    /// Certificates of a private authority, as PEM text, trusted besides the public ones: for a self-hosted project whose
    /// certificate no public authority signed. Empty for every other.
    pub extra_roots: String,
    /// Accept plain `http` to `10.0.2.2` too, the host machine of an Android emulator. On a phone this is any machine of
    /// that network: for builds that are never given to anybody.
    #[uniffi(default = false)]
    pub emulator_host: bool,
}

/// Who is, or was, signed in.
#[uniffi::remote(Record)]
pub struct Account {
    /// The person's id.
    pub user: UserId,
    /// E-mail address, for showing on the sign-in screen; never logged.
    pub email: Option<Address>,
}

/// Who is signed in.
#[uniffi::remote(Enum)]
pub enum SessionState {
    /// Nobody.
    SignedOut,
    /// Somebody; the access token may be old, which only matters to network calls.
    SignedIn {
        /// Who.
        account: Account,
    },
    /// The server ended the session. Local data stays readable; sending waits for a new sign-in.
    NeedsSignIn {
        /// Whose data is here.
        account: Account,
        /// `GoTrue`'s code, or `UNREADABLE`.
        reason: String,
    },
}

/// What came of a sign-up.
#[uniffi::remote(Enum)]
pub enum SignUp {
    /// The account exists and is signed in.
    SignedIn(Account),
    /// A message was sent to the address, if it is new; its link must be opened before the first sign-in.
    ConfirmEmail,
}

/// What came of a sign-out. The device is signed out in any case.
#[uniffi::remote(Record)]
pub struct SignOut {
    /// True if the server ended the session(s). False offline: the tokens are gone from this device, and end by
    /// themselves elsewhere; other devices stay signed in even if `Global` was asked.
    pub server_told: bool,
}

/// How this phone stands to the server.
#[uniffi::remote(Record)]
pub struct Status {
    /// Who is signed in.
    pub session: SessionState,
    /// The app is on screen.
    pub foreground: bool,
    /// The platform says that there is a network.
    pub network: bool,
    /// How well hints flow; `None` while nobody is signed in.
    pub connection: Option<ConnectionState>,
    /// What sync does; `None` while nobody is signed in.
    pub sync: Option<SyncStatus>,
    /// Edits on their way and rejected ones.
    pub outbox: OutboxCounts,
    /// Rows that are not whole on this phone because something in them cannot be read, the first 50. The others are all
    /// here.
    pub unreadable: Vec<UnreadableRow>,
}

/// A row that is not whole on this phone because something in it cannot be read.
#[uniffi::remote(Record)]
pub struct UnreadableRow {
    /// Where it is.
    pub scope: ScopeId,
    /// What it is.
    pub kind: Kind,
    /// Which it is; the nil id if not even that could be read.
    pub id: RowId,
    /// Names of the columns whose value is missing; empty = the whole row is.
    pub columns: Vec<String>,
}

/// How well hints flow.
#[uniffi::remote(Enum)]
pub enum ConnectionState {
    /// No socket and no timer, on purpose.
    Off(OffReason),
    /// On the way to the first or next connection; nothing went wrong so far.
    Connecting,
    /// Every wanted scope gets its hints, by this transport; by the slower one if any scope has to use that.
    Live(Transport),
    /// The socket is open, but `wanted - live` scopes get no hints.
    Degraded {
        /// Scopes whose hints flow.
        live: u32,
        /// Scopes whose hints should flow.
        wanted: u32,
        /// Why, as far as known.
        cause: Option<ConnectionError>,
    },
    /// The connection was lost or refused and is tried again by itself.
    Retrying(ConnectionError),
    /// Trying again by itself would not help. A new token, the foreground or a new network starts it again.
    Stopped(ConnectionError),
}

/// Why there is no socket on purpose.
#[uniffi::remote(Enum)]
pub enum OffReason {
    /// The app is in the background.
    Background,
    /// The platform says there is no network.
    NoNetwork,
    /// There is nothing to listen to.
    NoScopes,
    /// Nobody is signed in.
    SignedOut,
}

/// How the hints of a scope travel.
#[uniffi::remote(Enum)]
pub enum Transport {
    /// Broadcast from the database on a private channel: about a millisecond.
    Private,
    /// Changes of `sync_head`: 0.1 to 0.5 s, for servers without private broadcast.
    Changes,
}

/// What went wrong, in words of ours: no text of the server gets further than the decoder.
#[uniffi::remote(Enum)]
pub enum ConnectionError {
    /// No connection: name not found, refused, cut, TLS failed.
    Unreachable,
    /// No answer in time: the upgrade, a heartbeat or two joins.
    Silent,
    /// The server closed the socket; the WebSocket close code, 1006 when it gave none.
    Closed(u16),
    /// The upgrade was refused; the HTTP status and what the body said.
    UpgradeRefused(u16, UpgradeReason),
    /// No token could be had for now.
    NoToken,
    /// The server does not accept the token: malformed, wrongly signed, without claims, or expired by its clock.
    TokenRefused,
    /// The policies do not let this user listen to the scope.
    NotAllowed,
    /// The project allows private channels only and refused the private one.
    PrivateOnly,
    /// The connection has as many channels as the server allows.
    TooManyChannels,
    /// Rate limit or lack of database connections on the server.
    ServerBusy,
    /// The server does not know the project.
    TenantUnknown,
    /// Realtime is switched off for the project.
    TenantDisabled,
    /// The server did not subscribe to `sync_head`: table not published, or no answer in time.
    NotSubscribed,
    /// The channel is joined, but changes happened of which no hint came. Updates may be delayed; the other transport is tried.
    NoHints,
    /// The channel was closed or crashed, or the server gave a reason that is not known here.
    ChannelFailed,
}

/// What the body of a refused upgrade said. Servers before 2026 say nothing: 403 and an empty body.
#[uniffi::remote(Enum)]
pub enum UpgradeReason {
    /// No body, or none that this program knows.
    Unknown,
    /// No key, or one that is malformed, wrongly signed, expired, or without claims.
    Key,
    /// The host names no project.
    TenantUnknown,
    /// Realtime is switched off for the project.
    TenantDisabled,
    /// Too many users or joins.
    Busy,
}

/// The state of sync, for the status feed.
#[uniffi::remote(Record)]
pub struct SyncStatus {
    /// What it is doing.
    pub activity: Activity,
    /// Why the last failed call failed; `None` once calls work again and every scope can be read.
    pub error: Option<CoreError>,
    /// Scopes that cannot be read; the others go on without them. They are tried again by themselves.
    pub apart: Vec<ScopeId>,
    /// When everything was last read to its head, wall clock.
    pub synced_at: Option<Timestamp>,
}

/// What sync is doing.
#[uniffi::remote(Enum)]
pub enum Activity {
    /// Nothing; everything known is done.
    Idle,
    /// Asking, reading or sending.
    Working,
    /// Reading so much that it takes many pages.
    CatchingUp,
    /// The last call failed; it is tried again by itself.
    Retrying,
    /// There is no session to call with.
    NoSession,
    /// Shut down.
    Stopped,
}

/// How a `sync_once` went.
#[uniffi::remote(Record)]
pub struct SyncOutcome {
    /// Everything there was to send and to read was sent and read.
    pub complete: bool,
    /// What stopped it; `None` when it is complete or its time was over.
    pub error: Option<CoreError>,
}

/// Counts for the status feed.
#[uniffi::remote(Record)]
pub struct OutboxCounts {
    /// Edits that a pull has not brought back yet. One that is sent again with a merged text counts once; read marks
    /// are not counted.
    pub unsent: u64,
    /// Refused edits waiting for a person.
    pub rejected: u64,
    /// Conflicts waiting for a person.
    pub conflicts: u64,
    /// When the oldest unsent edit was made.
    pub oldest: Option<Timestamp>,
}

/// An open invite code of a band.
#[uniffi::remote(Record)]
pub struct Invite {
    /// Names it to `revoke_invite`.
    pub id: RowId,
    /// What the new member types.
    pub code: String,
    /// The admin who made it.
    pub by: Option<UserId>,
    /// That admin's name, told apart from namesakes.
    pub by_name: Option<String>,
    /// Until when it is good, as the server writes times.
    pub expires_at: String,
    /// How many may join with it.
    pub max_uses: u16,
    /// How many have.
    pub uses: u16,
    /// For this person alone, who was in the band before.
    pub member: Option<UserId>,
    /// Their name.
    pub member_name: Option<String>,
}

/// Who has opened a setlist or a show.
#[uniffi::remote(Record)]
pub struct SeenBy {
    /// The member.
    pub user: UserId,
    /// The member's name.
    pub name: String,
    /// The revision they saw; older than the row's own = an earlier version.
    pub rev: Rev,
    /// They have seen it as it is now.
    pub current: bool,
}

/// A deleted row, as far as it is told.
#[uniffi::remote(Record)]
pub struct Deleted {
    /// What the row was.
    pub kind: Kind,
    /// Which row.
    pub id: RowId,
    /// What it was called; empty when that is not known.
    pub title: String,
    /// Who deleted it; `None` = no person.
    pub by: Option<UserId>,
    /// Their name then; empty for a delete of mine that has not been sent.
    pub by_name: String,
    /// When, by the server's clock; by this phone's for a delete that has not been sent.
    pub at: Timestamp,
    /// The server does not know of it yet: bringing it back withdraws it.
    pub unsent: bool,
}

/// Everything the doctor found, in the order it looked.
#[uniffi::remote(Record)]
pub struct DoctorReport {
    /// All checks, lowest layer first.
    pub checks: Vec<Check>,
}

/// One check.
#[uniffi::remote(Record)]
pub struct Check {
    /// Which layer it belongs to.
    pub layer: Layer,
    /// What was looked at, a few words.
    pub name: Words,
    /// How it went.
    pub status: CheckStatus,
    /// What was seen: statuses, codes, numbers.
    pub evidence: String,
    /// What to do, one sentence; empty when there is nothing to do.
    pub fix: Words,
}

/// How a check went.
#[uniffi::remote(Enum)]
pub enum CheckStatus {
    /// As it should be.
    Fine,
    /// It works, but something is worth knowing.
    Warning,
    /// It does not work.
    Broken,
    /// Not judged: a lower layer is broken, or there was nothing to judge by.
    NotJudged,
}

/// A layer of the ladder; the order of the variants is the order of the checks.
#[uniffi::remote(Enum)]
pub enum Layer {
    /// Are the services of the back end running?
    Services,
    /// Does the network carry us to them unchanged?
    Network,
    /// Do key, token and session count there?
    Auth,
    /// Are schema, rules and the local database as the app needs them?
    App,
}
