//! Functions without a client: what a value says as a text, and as the value of a column.
//!
//! Owns: how an app shows, compares and writes what it has as a type. Never: a text of its own; the core's types have them.

use rockon_core::Error as CoreError;
use rockon_core::doctor::DoctorReport;
use rockon_core::ffi::Json;
use rockon_core::model::{
    self, AppLink, AuthErrorCode, PracticeStatus, PracticeType, RefusalCode, Role, SetlistStatus,
    ShowStatus, ShowTime, TextPart, TimeSignature, Values, WebLink, text_changes as changes,
};
use rockon_core::notices::text;
use rockon_core::speech::{Language, label};
use rockon_core::store::{Attendee, Contact, PractisedSong, RejectedEdit};
use rockon_core::transfer::{Format, ImportError, WarningKind};

/// Functions of values: what they say to apps, name, what they take and give, and how the core says it.
macro_rules! functions {
    ($($(#[$says:meta])* $call:ident($($value:ident: $takes:ty),+) -> $gives:ty = $how:expr;)*) => {$(
        $(#[$says])*
        #[uniffi::export]
        pub fn $call($($value: $takes),+) -> $gives {
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
    /// What kind of error it is, in a word that does not change: `offline`, `denied`, `storage`. For logs and tests.
    error_code(error: CoreError) -> String = error.code().to_owned();
    /// Reads a link of the app; nothing for all that is none of ours, and for a server that the settings would refuse.
    /// `emulator_host` as in the settings.
    parse_link(text: String, emulator_host: bool) -> Option<AppLink> = model::parse_link(&text, emulator_host);
    /// Writes a link of the app.
    link_text(link: AppLink) -> String = model::link_text(&link);
    /// The pages on the web in the values of a song: lyrics, chords, recording, then what members added, at most 50. Only
    /// addresses that are safe to open in a browser; what is anything else is left out.
    web_links(values: Values) -> Vec<WebLink> = model::web_links(&values);
    /// By the file's name; nothing if it is neither CSV nor `ChordPro`.
    song_format(file_name: String) -> Option<Format> = Format::of_name(&file_name);
    /// The language of a tag such as `de-AT`, as systems name it; English for every language that the core does not have.
    language_of(tag: String) -> Language = Language::of_tag(&tag);

    /// What is different between two texts, word by word, in order. What stayed and what was removed is the old text, what stayed
    /// and what was added the new one. Texts that are together longer than 512 kB are told as one replaced by the other.
    text_changes(from: String, to: String) -> Vec<TextPart> = changes(&from, &to);

    // What a person is told.

    /// What a person is told of an error: what happened, then the advice.
    error_message(error: CoreError, language: Language) -> String = error.message(language);
    /// What the person can do about an error, one plain sentence.
    error_advice(error: CoreError, language: Language) -> String = error.advice(language).into_owned();
    /// What a column is called, such as `load_in_time`; a column that this version does not know by its name.
    field_label(column: String, language: Language) -> String = label(language, &column).to_owned();
    /// What a person tried that was refused, such as a change of the key of a song.
    rejected_edit_text(edit: RejectedEdit, language: Language) -> String = text::tried(&edit, language);
    /// Why an edit was refused, one plain sentence or two; `viewer` says that the member is a viewer of the band.
    rejection_text(edit: RejectedEdit, viewer: bool, language: Language) -> String =
        text::why(&edit.rejection.code, edit.verb, viewer, language).to_owned();
    /// The report as plain text, one line a check, the verdict first: for a mail to the developers. Its checks are in the
    /// language that the client had when it made them.
    doctor_text(report: DoctorReport, language: Language) -> String = report.text(language);
    /// What a warning says.
    warning_text(kind: WarningKind, language: Language) -> String = kind.words(language).to_owned();
    /// Why a file cannot be read.
    import_failure_text(failure: ImportError, language: Language) -> String = failure.words(language).into_owned();
}
