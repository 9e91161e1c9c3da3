//! Why the server said no, in a person's words.
//!
//! Owns: one sentence, or two, for each code that our functions raise and for each SQLSTATE that a refused edit can carry.
//! Never: shows a server's own text. A code without a sentence of its own gets the last one; `tests/it/sql/codes.rs` sees
//! to it that no code of ours needs that.

/// What to tell a person about a code; `None` when it is not known.
#[must_use]
pub fn sentence(code: &str) -> Option<&'static str> {
    functions(code).or_else(|| states(code))
}

/// Codes of our functions (`P0001`, `code: sentence`), and the device's own.
fn functions(code: &str) -> Option<&'static str> {
    Some(match code {
        "invite_unknown" => "Check the code for a typing mistake, or ask for a new one.",
        "invite_expired" | "invite_used_up" => "Ask an admin of the band for a new code.",
        "last_admin" => "Make somebody else an admin first.",
        "not_admin" => "Only an admin of the band can do this. Ask one.",
        "not_member" | "scope_gone" => "You are not a member of this band any more. Ask an admin.",
        "bad_name" => "Please enter another name.",
        "bad_role" => "Choose admin, member or viewer.",
        "bad_limits" => "Choose fewer uses or a shorter time.",
        "bad_id" | "bad_request" => {
            "This app and the server do not understand each other. Update the app."
        }
        "not_signed_in" => "Sign in again.",
        "too_busy" | "PT429" => "Too much is under way at once. It is tried again by itself.",
        "unreadable_value" => "No phone can read this value. Correct it and try again.",
        "too_many_bands" => "You have made many bands today. Try again tomorrow.",
        "was_removed" => "Ask an admin of the band for a code made for you.",
        "too_many_invites" => "Revoke codes that nobody needs, then try again.",
        "already_member" => "This person is in the band already.",
        "account_gone" => "This account was deleted. Sign up again to go on.",
        "hand_over" => "Make somebody else an admin of each of your bands first.",
        "call_refused" => "The server takes no such content. Change it and try again.",
        "too_large" | "PT413" => "It is too large to send. Make it shorter.",
        _ => return None,
    })
}

/// SQLSTATEs of refused edits.
fn states(code: &str) -> Option<&'static str> {
    Some(match code {
        "42501" => "You are not allowed to do this. Ask an admin.",
        "02000" => "It was deleted too long ago to come back.",
        "RO003" => "It was moved to another band or space. Your text is kept here.",
        "0A000" | "22023" | "42703" => {
            "This app and the server do not understand each other. Update the app."
        }
        "22001" => "It is too long. Make it shorter and try again.",
        "RO002" => {
            "The band's space is full. Delete what nobody needs, or ask whoever runs the server."
        }
        "23502" => "Something is missing. Fill it in and try again.",
        "23503" => "It refers to something that is not here: deleted, or in another band.",
        "23505" => "It exists already.",
        "23514" => "A value is outside what is allowed. Correct it and try again.",
        "54000" => "What is there is too long for a phone. Change it in the web app.",
        "RO004" => "What is there cannot be read by a phone. Change it in the web app.",
        "RO001" => "Somebody else changed it meanwhile.",
        _ if code.len() == 5 && code.starts_with("22") => {
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
            let said = sentence(code).unwrap();
            assert!(said.ends_with('.') && said.len() < 80, "{said}");
        }
        assert_eq!(sentence("a code of a newer server"), None);
    }
}
