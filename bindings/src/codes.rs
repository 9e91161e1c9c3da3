//! Codes as texts, and parts of rows as values: how an app compares and writes what it has as a type.

use rockon_core::ffi::Json;
use rockon_core::model::{
    AuthErrorCode, PracticeStatus, PracticeType, RefusalCode, Role, SetlistStatus, ShowStatus,
    ShowTime, TimeSignature,
};
use rockon_core::store::{Attendee, Contact, PractisedSong};

/// Why the auth service refused as it says it, such as `invalid_credentials`.
#[uniffi::export]
pub fn auth_error_code(reason: AuthErrorCode) -> String {
    reason.code().to_owned()
}

/// Why the server refused as it says it, such as `last_admin` or `42501`.
#[uniffi::export]
pub fn refusal_code(reason: RefusalCode) -> String {
    reason.code().to_owned()
}

/// A role as it is stored, such as `admin`.
#[uniffi::export]
pub fn role_code(role: Role) -> String {
    role.code().to_owned()
}

/// The status of a setlist as it is stored, such as `draft`.
#[uniffi::export]
pub fn setlist_status_code(status: SetlistStatus) -> String {
    status.code().to_owned()
}

/// The status of a show as it is stored, such as `confirmed`.
#[uniffi::export]
pub fn show_status_code(status: ShowStatus) -> String {
    status.code().to_owned()
}

/// The status of a practice as it is stored, such as `in-progress`.
#[uniffi::export]
pub fn practice_status_code(status: PracticeStatus) -> String {
    status.code().to_owned()
}

/// The type of a practice as it is stored, such as `rehearsal`.
#[uniffi::export]
pub fn practice_type_code(practice_type: PracticeType) -> String {
    practice_type.code().to_owned()
}

/// A time signature as it is stored, such as `6/8`.
#[uniffi::export]
pub fn time_signature_text(signature: TimeSignature) -> String {
    signature.to_string()
}

/// A time of a show as it is stored, such as `17:30`.
#[uniffi::export]
pub fn show_time_text(time: ShowTime) -> String {
    time.to_string()
}

/// A contact as it goes into a show, with what this version does not know of it.
#[uniffi::export]
pub fn contact_value(contact: Contact) -> Json {
    Json::from(contact.value())
}

/// A song as it goes into a practice, with what this version does not know of it.
#[uniffi::export]
pub fn practised_song_value(song: PractisedSong) -> Json {
    Json::from(song.value())
}

/// Somebody as they go into a practice, with what this version does not know of them.
#[uniffi::export]
pub fn attendee_value(attendee: Attendee) -> Json {
    Json::from(attendee.value())
}
