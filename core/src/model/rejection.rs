//! Why the server said no, in a person's words.
//!
//! Owns: [`RefusalCode`], read once where an answer is judged, and which sentence of `speech` belongs to each code that our
//! functions raise and to each SQLSTATE that a refused edit can carry.
//! Never: shows a server's own text. A code without a sentence of its own gets one that is true of any; `tests/it/sql/codes.rs`
//! sees to it that no code of ours needs that.
//! Invariant: codes are stored as they travel, on phones of every version.

use super::codes::codes;
use crate::speech::{Language, refusals as say};

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
pub fn sentence(code: &RefusalCode, language: Language) -> Option<&'static str> {
    functions(code, language).or_else(|| states(code, language))
}

/// Codes of our functions (`P0001`, `code: sentence`), and the device's own.
fn functions(code: &RefusalCode, language: Language) -> Option<&'static str> {
    let say = match code {
        C::InviteUnknown => say::invite_unknown,
        C::InviteExpired | C::InviteUsedUp => say::invite_over,
        C::LastAdmin => say::last_admin,
        C::NotAdmin => say::not_admin,
        C::NotMember | C::ScopeGone => say::not_member,
        C::BadName => say::bad_name,
        C::BadRole => say::bad_role,
        C::BadLimits => say::bad_limits,
        C::BadId | C::BadRequest => say::not_understood,
        C::NotSignedIn => say::not_signed_in,
        C::TooBusy | C::TooManyCalls => say::too_busy,
        C::UnreadableValue => say::unreadable_value,
        C::TooManyBands => say::too_many_bands,
        C::WasRemoved => say::was_removed,
        C::TooManyInvites => say::too_many_invites,
        C::AlreadyMember => say::already_member,
        C::AccountGone => say::account_gone,
        C::HandOver => say::hand_over,
        C::CallRefused | C::BadBody => say::call_refused,
        C::TooLarge | C::CallTooLarge => say::too_large,
        _ => return None,
    };
    Some(say(language))
}

/// SQLSTATEs of refused edits.
fn states(code: &RefusalCode, language: Language) -> Option<&'static str> {
    let say = match code {
        C::NotAllowed => say::not_allowed,
        C::TooLate => say::too_late,
        C::MovedAway => say::moved_away,
        C::NotOffered | C::BadParameter | C::UnknownColumn => say::not_understood,
        C::TooLong => say::too_long,
        C::SpaceFull => say::space_full,
        C::Missing => say::missing,
        C::BrokenLink => say::broken_link,
        C::Exists => say::exists,
        C::OutsideRange => say::outside_range,
        C::RowTooLong => say::row_too_long,
        C::RowUnreadable => say::row_unreadable,
        C::Crossed => say::crossed,
        _ if code.sqlstate_class() == Some("22") => say::wrong_form,
        _ => return None,
    };
    Some(say(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_short_and_end_with_a_full_stop() {
        for code in ["42501", "22P02", "last_admin", "RO001", "scope_gone"] {
            let said = sentence(&code.into(), Language::English).unwrap();
            assert!(said.ends_with('.') && said.len() < 80, "{said}");
        }
        assert_eq!(
            sentence(&"a code of a newer server".into(), Language::English),
            None
        );
        let unsaid = [C::TokenRefused, C::Unstated, C::UnreadableAnswer];
        for code in C::KNOWN {
            assert_eq!(
                sentence(code, Language::English).is_none(),
                unsaid.contains(code),
                "{code}"
            );
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
