//! Functions without a client: what a value says as a text, and as the value of a column.
//!
//! Owns: how an app shows, compares and writes what it has as a type. Never: a text of its own; the core's types have them.

use rockon_core::Error as CoreError;
use rockon_core::doctor::DoctorReport;
use rockon_core::ffi::Json;
use rockon_core::model::{
    AuthErrorCode, PracticeStatus, PracticeType, RefusalCode, Role, SetlistStatus, ShowStatus,
    ShowTime, TimeSignature,
};
use rockon_core::store::{Attendee, Contact, PractisedSong};
use rockon_core::transfer::{Format, ImportError, WarningKind};

/// Functions of one value: what they say to apps, name, what they take and give, and how the core says it.
macro_rules! functions {
    ($($(#[$says:meta])* $call:ident($value:ident: $takes:ty) -> $gives:ty = $how:expr;)*) => {$(
        $(#[$says])*
        #[uniffi::export]
        pub fn $call($value: $takes) -> $gives {
            $how
        }
    )*};
}

functions! {
    /// Why the auth service refused as it says it, such as `invalid_credentials`.
    auth_error_code(reason: AuthErrorCode) -> String = reason.code().to_owned();
    /// Why the server refused as it says it, such as `last_admin` or `42501`.
    refusal_code(reason: RefusalCode) -> String = reason.code().to_owned();
    /// A role as it is stored, such as `admin`.
    role_code(role: Role) -> String = role.code().to_owned();
    /// The status of a setlist as it is stored, such as `draft`.
    setlist_status_code(status: SetlistStatus) -> String = status.code().to_owned();
    /// The status of a show as it is stored, such as `confirmed`.
    show_status_code(status: ShowStatus) -> String = status.code().to_owned();
    /// The status of a practice as it is stored, such as `in-progress`.
    practice_status_code(status: PracticeStatus) -> String = status.code().to_owned();
    /// The type of a practice as it is stored, such as `rehearsal`.
    practice_type_code(practice_type: PracticeType) -> String = practice_type.code().to_owned();
    /// A time signature as it is stored, such as `6/8`.
    time_signature_text(signature: TimeSignature) -> String = signature.to_string();
    /// A time of a show as it is stored, such as `17:30`.
    show_time_text(time: ShowTime) -> String = time.to_string();
    /// A contact as it goes into a show, with what this version does not know of it.
    contact_value(contact: Contact) -> Json = Json::from(contact.value());
    /// A song as it goes into a practice, with what this version does not know of it.
    practised_song_value(song: PractisedSong) -> Json = Json::from(song.value());
    /// Somebody as they go into a practice, with what this version does not know of them.
    attendee_value(attendee: Attendee) -> Json = Json::from(attendee.value());
    /// The report as plain text, one line a check, the verdict first: for a mail to the developers.
    doctor_text(report: DoctorReport) -> String = report.to_string();
    /// What kind of error it is, in a word that does not change: `offline`, `denied`, `storage`. For logs and tests.
    error_code(error: CoreError) -> String = error.code().to_owned();
    /// What a person is told of an error, in English: what happened, then the advice.
    error_message(error: CoreError) -> String = error.message();
    /// What the person can do about an error, one plain English sentence.
    error_advice(error: CoreError) -> String = error.advice().into_owned();
    /// By the file's name; nothing if it is neither CSV nor `ChordPro`.
    song_format(file_name: String) -> Option<Format> = Format::of_name(&file_name);
    /// What a warning says, in plain English.
    warning_text(kind: WarningKind) -> String = kind.words().to_owned();
    /// Why a file cannot be read, in plain English.
    import_failure_text(failure: ImportError) -> String = failure.to_string();
}
