//! One-time codes: six digits in a mail that stand for the address's owner.
//!
//! Owns: table `auth.one_time_tokens`. Invariants: only the hash is kept, the real service's (SHA-224 of address and
//! code); a user has at most one code of a kind, a new one replaces it; a code works once, for [`Timing::code`]; after
//! [`WRONG`] wrong ones it is gone.
//!
//! [`Timing::code`]: crate::Timing::code

use std::fmt::Write as _;

use deadpool_postgres::Transaction;
use sha2::{Digest as _, Sha224};
use time::OffsetDateTime;
use uuid::Uuid;

use super::answer::AuthError;
use crate::random;
use crate::shared::Context;

/// Wrong codes until the right one is not taken any more. The real service has no such bound but its request limit, which
/// tests raise.
const WRONG: i16 = 10;

/// What a code proves, and so which of a user's codes it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A new address.
    Confirmation,
    /// A known one: a sign-in without a password.
    Recovery,
    /// An address that a user wants to have in place of the one before.
    NewAddress,
    /// That whoever has the one before agrees.
    OldAddress,
    /// That a person who is signed in is still there.
    Reauthentication,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation_token",
            Self::Recovery => "recovery_token",
            Self::NewAddress => "email_change_token_new",
            Self::OldAddress => "email_change_token_current",
            Self::Reauthentication => "reauthentication_token",
        }
    }

    /// The kinds that a verification of this type takes, in this order; none for a type that is not offered.
    pub(super) fn of_type(kind: &str) -> &'static [Self] {
        match kind {
            "signup" | "invite" => &[Self::Confirmation],
            "magiclink" | "recovery" => &[Self::Recovery],
            "email" => &[Self::Confirmation, Self::Recovery],
            "email_change" => &[Self::NewAddress, Self::OldAddress],
            _ => &[],
        }
    }
}

/// A code that goes out now.
pub(super) struct Code {
    pub(super) digits: String,
    pub(super) hash: String,
}

/// What is kept of a code.
pub(super) fn hash(email: &str, code: &str) -> String {
    let sum = Sha224::digest(format!("{}{code}", email.to_lowercase()));
    sum.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Makes a code for a user; an older one of its kind does not work any more.
pub(super) async fn make(
    tx: &Transaction<'_>,
    (user, email): (Uuid, &str),
    kind: Kind,
    now: OffsetDateTime,
) -> Result<Code, AuthError> {
    let digits = random::text(b"0123456789", 6);
    let hash = hash(email, &digits);
    tx.execute(
        "insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to, created_at, updated_at) \
         values ($1, $2, $3::text::auth.one_time_token_type, $4, $5, $6 at time zone 'UTC', $6 at time zone 'UTC') \
         on conflict (user_id, token_type) do update set token_hash = excluded.token_hash, wrong = 0, \
         relates_to = excluded.relates_to, created_at = excluded.created_at, updated_at = excluded.updated_at",
        &[&Uuid::new_v4(), &user, &kind.name(), &hash, &email, &now],
    )
    .await?;
    Ok(Code { digits, hash })
}

/// Whose the hash is and what kind, whether it has expired or not.
pub(super) async fn find(
    tx: &Transaction<'_>,
    hash: &str,
    kinds: &[Kind],
) -> Result<Option<(Uuid, Kind)>, AuthError> {
    for kind in kinds {
        let sql = "select user_id from auth.one_time_tokens \
                   where token_hash = $1 and token_type = $2::text::auth.one_time_token_type";
        if let Some(row) = tx.query_opt(sql, &[&hash, &kind.name()]).await? {
            return Ok(Some((row.get(0), *kind)));
        }
    }
    Ok(None)
}

/// Uses a user's code up. `None`: wrong, too old, or used before; a wrong one is counted, so commit in any case.
pub(super) async fn spend(
    context: &Context,
    tx: &Transaction<'_>,
    (user, hash): (Uuid, &str),
    kinds: &[Kind],
) -> Result<Option<Kind>, AuthError> {
    let oldest = context.clock.now() - context.timing.code;
    for kind in kinds {
        let sql = "delete from auth.one_time_tokens where user_id = $1 \
                   and token_type = $2::text::auth.one_time_token_type and token_hash = $3 \
                   returning created_at at time zone 'UTC' > $4";
        let row = tx
            .query_opt(sql, &[&user, &kind.name(), &hash, &oldest])
            .await?;
        if let Some(row) = row {
            return Ok(row.get::<_, bool>(0).then_some(*kind));
        }
    }
    for kind in kinds {
        let sql = "update auth.one_time_tokens set wrong = wrong + 1 where user_id = $1 \
                   and token_type = $2::text::auth.one_time_token_type";
        tx.execute(sql, &[&user, &kind.name()]).await?;
    }
    let sql = "delete from auth.one_time_tokens where user_id = $1 and wrong >= $2";
    tx.execute(sql, &[&user, &WRONG]).await?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_a_real_server_gave_with_its_code() {
        for (code, seen) in [
            (
                "160930",
                "41744e572f398b3cc41ee9e2acdf5f948c39724dd868478505969a1b",
            ),
            (
                "182596",
                "d0f3cc2481d020fa96543c9dfdbf60920c84ad1c709cc7007091cce7",
            ),
            (
                "286140",
                "f950b840329cc69778c1393a8afea55c425074f12035cebfd59880ec",
            ),
        ] {
            assert_eq!(hash("GL@example.com", code), seen);
        }
    }
}
