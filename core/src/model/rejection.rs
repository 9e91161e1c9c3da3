//! Why the server said no, in a person's words.
//!
//! Owns: [`RefusalCode`], read once where an answer is judged, and one sentence, or two, for each code that our functions raise and
//! for each SQLSTATE that a refused edit can carry.
//! Never: shows a server's own text. A code without a sentence of its own gets [`UNKNOWN`]; `tests/it/sql/codes.rs` sees
//! to it that no code of ours needs that.
//! Invariant: codes are stored as they travel, on phones of every version.

use super::codes::codes;

codes! {
    /// Why the server, or this phone in its place, said no: codes of our functions, the phone's own, and SQLSTATEs.
    RefusalCode {
        /// There is no such invite code.
        InviteUnknown = "invite_unknown",
        /// The invite code is too old.
        InviteExpired = "invite_expired",
        /// As many as may have joined with the invite code.
        InviteUsedUp = "invite_used_up",
        /// A band would be without an admin.
        LastAdmin = "last_admin",
        /// Only an admin may.
        NotAdmin = "not_admin",
        /// Only members may.
        NotMember = "not_member",
        /// A name that cannot be one.
        BadName = "bad_name",
        /// A role that the server does not know.
        BadRole = "bad_role",
        /// Too many uses, or too long.
        BadLimits = "bad_limits",
        /// An id that is none.
        BadId = "bad_id",
        /// A call that the server does not understand.
        BadRequest = "bad_request",
        /// Nobody is signed in.
        NotSignedIn = "not_signed_in",
        /// Too much at once.
        TooBusy = "too_busy",
        /// A value that no phone can read.
        UnreadableValue = "unreadable_value",
        /// Too many bands in a day.
        TooManyBands = "too_many_bands",
        /// Who was removed comes back with a code of their own.
        WasRemoved = "was_removed",
        /// Too many open codes.
        TooManyInvites = "too_many_invites",
        /// They are in the band.
        AlreadyMember = "already_member",
        /// The account was deleted.
        AccountGone = "account_gone",
        /// Bands would be left without an admin.
        HandOver = "hand_over",
        /// It is too large.
        TooLarge = "too_large",
        /// The phone's own: the row has left what this member sees.
        ScopeGone = "scope_gone",
        /// The phone's own: the call was refused before it came to the database.
        CallRefused = "call_refused",
        /// The phone's own: the access token is refused, and a new one was too.
        TokenRefused = "token_refused",
        /// The phone's own: the server did not say why.
        Unstated = "refused",
        /// The phone's own: the server's answer about it cannot be read.
        UnreadableAnswer = "unreadable",
        /// The rules of the database do not allow it.
        NotAllowed = "42501",
        /// It was deleted too long ago to come back.
        TooLate = "02000",
        /// A delete, or a move away, of what somebody else has changed unseen. It waits as a conflict.
        Crossed = "RO001",
        /// The band has as much as it may have.
        SpaceFull = "RO002",
        /// It was moved elsewhere.
        MovedAway = "RO003",
        /// What is there cannot be read by a phone.
        RowUnreadable = "RO004",
        /// What is there is too long for a phone.
        RowTooLong = "54000",
        /// Something that this server does not have.
        NotOffered = "0A000",
        /// A parameter that it does not understand.
        BadParameter = "22023",
        /// A column that it does not have.
        UnknownColumn = "42703",
        /// A text that is too long.
        TooLong = "22001",
        /// Something must be there.
        Missing = "23502",
        /// It names a row that is not there.
        BrokenLink = "23503",
        /// It is there already.
        Exists = "23505",
        /// A value outside of what is allowed.
        OutsideRange = "23514",
        /// The body of the call cannot be read.
        BadBody = "PGRST102",
        /// A call that is too large.
        CallTooLarge = "PT413",
        /// Too many calls at once.
        TooManyCalls = "PT429",
    }
}

impl RefusalCode {
    /// The class of an SQLSTATE: its first two characters. `None` for other codes.
    #[must_use]
    pub fn sqlstate_class(&self) -> Option<&str> {
        let code = self.code();
        let upper = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let state = code.len() == 5 && code.bytes().all(upper);
        code.get(..2).filter(|_| state)
    }
}

use RefusalCode as C;

/// What to tell a person about a code; `None` when it is not known.
#[must_use]
pub fn sentence(code: &RefusalCode) -> Option<&'static str> {
    functions(code).or_else(|| states(code))
}

/// Codes of our functions (`P0001`, `code: sentence`), and the device's own.
fn functions(code: &RefusalCode) -> Option<&'static str> {
    Some(match code {
        C::InviteUnknown => "Check the code for a typing mistake, or ask for a new one.",
        C::InviteExpired | C::InviteUsedUp => "Ask an admin of the band for a new code.",
        C::LastAdmin => "Make somebody else an admin first.",
        C::NotAdmin => "Only an admin of the band can do this. Ask one.",
        C::NotMember | C::ScopeGone => "You are not a member of this band any more. Ask an admin.",
        C::BadName => "Please enter another name.",
        C::BadRole => "Choose admin, member or viewer.",
        C::BadLimits => "Choose fewer uses or a shorter time.",
        C::BadId | C::BadRequest => {
            "This app and the server do not understand each other. Update the app."
        }
        C::NotSignedIn => "Sign in again.",
        C::TooBusy | C::TooManyCalls => {
            "Too much is under way at once. It is tried again by itself."
        }
        C::UnreadableValue => "No phone can read this value. Correct it and try again.",
        C::TooManyBands => "You have made many bands today. Try again tomorrow.",
        C::WasRemoved => "Ask an admin of the band for a code made for you.",
        C::TooManyInvites => "Revoke codes that nobody needs, then try again.",
        C::AlreadyMember => "This person is in the band already.",
        C::AccountGone => "This account was deleted. Sign up again to go on.",
        C::HandOver => "Make somebody else an admin of each of your bands first.",
        C::CallRefused | C::BadBody => "The server takes no such content. Change it and try again.",
        C::TooLarge | C::CallTooLarge => "It is too large to send. Make it shorter.",
        _ => return None,
    })
}

/// SQLSTATEs of refused edits.
fn states(code: &RefusalCode) -> Option<&'static str> {
    Some(match code {
        C::NotAllowed => "You are not allowed to do this. Ask an admin.",
        C::TooLate => "It was deleted too long ago to come back.",
        C::MovedAway => "It was moved to another band or space. Your text is kept here.",
        C::NotOffered | C::BadParameter | C::UnknownColumn => {
            "This app and the server do not understand each other. Update the app."
        }
        C::TooLong => "It is too long. Make it shorter and try again.",
        C::SpaceFull => {
            "The band's space is full. Delete what nobody needs, or ask whoever runs the server."
        }
        C::Missing => "Something is missing. Fill it in and try again.",
        C::BrokenLink => "It refers to something that is not here: deleted, or in another band.",
        C::Exists => "It exists already.",
        C::OutsideRange => "A value is outside what is allowed. Correct it and try again.",
        C::RowTooLong => "What is there is too long for a phone. Change it in the web app.",
        C::RowUnreadable => "What is there cannot be read by a phone. Change it in the web app.",
        C::Crossed => "Somebody else changed it meanwhile.",
        _ if code.sqlstate_class() == Some("22") => {
            "A value has the wrong form. Correct it and try again."
        }
        _ => return None,
    })
}

/// For a code that this version does not know.
pub const UNKNOWN: &str = "The server did not accept it. Update the app, or ask an admin.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_short_and_end_with_a_full_stop() {
        for code in ["42501", "22P02", "last_admin", "RO001", "scope_gone"] {
            let said = sentence(&code.into()).unwrap();
            assert!(said.ends_with('.') && said.len() < 80, "{said}");
        }
        assert_eq!(sentence(&"a code of a newer server".into()), None);
        let unsaid = [C::TokenRefused, C::Unstated, C::UnreadableAnswer];
        for code in C::KNOWN {
            assert_eq!(sentence(code).is_none(), unsaid.contains(code), "{code}");
        }
    }

    #[test]
    fn only_an_sqlstate_has_a_class() {
        let class = |code: &str| C::from(code).sqlstate_class().map(str::to_owned);
        assert_eq!(class("22P05").as_deref(), Some("22"));
        assert_eq!(class("54000").as_deref(), Some("54"));
        for code in ["wrong", "22é0", "PT413x", ""] {
            assert_eq!(class(code), None, "{code}");
        }
    }
}
