//! Passwords: strength, hashing, checking.

use super::answer::AuthError;

/// Lowest cost bcrypt allows: a development server spends no time on it.
const COST: u32 = 4;
/// bcrypt looks at this many bytes.
const LONGEST: usize = 72;

/// Refuses a password that is too long or too short. Lengths count bytes.
pub(super) fn check(password: &str, shortest: usize) -> Result<(), AuthError> {
    if password.len() > LONGEST {
        return Err(AuthError::invalid(
            "Password cannot be longer than 72 characters",
        ));
    }
    match weakness(password, shortest) {
        Some(message) => {
            let mut error = AuthError::new(422, "weak_password", message);
            error.reasons = vec!["length"];
            Err(error)
        }
        None => Ok(()),
    }
}

/// What is wrong with a short password.
pub(super) fn weakness(password: &str, shortest: usize) -> Option<String> {
    (password.len() < shortest)
        .then(|| format!("Password should be at least {shortest} characters."))
}

/// Hashes on a thread for slow work.
pub(super) async fn hash(password: String) -> Result<String, AuthError> {
    let hashed = tokio::task::spawn_blocking(move || bcrypt::hash(password, COST)).await?;
    hashed.map_err(|error| AuthError::new(500, "unexpected_failure", error.to_string()))
}

/// Checks on a thread for slow work. A user without a password, or with a hash of another kind, never matches.
pub(super) async fn matches(password: String, hash: Option<String>) -> Result<bool, AuthError> {
    let Some(hash) = hash.filter(|hash| !hash.is_empty()) else {
        return Ok(false);
    };
    let check = move || bcrypt::verify(password, &hash).unwrap_or(false);
    Ok(tokio::task::spawn_blocking(check).await?)
}
