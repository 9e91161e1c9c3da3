//! What this development server does not do, said in one way by every service, so that nothing is left out in silence.

/// The text of the refusal; `what` is named as a user knows it.
pub(crate) fn text(what: &str) -> String {
    format!("This development server does not offer {what}.")
}

/// What to do about it.
pub(crate) const HINT: &str = "It answers what the apps and everyday use of the official clients need. Try this on a \
    hosted or self-hosted Supabase project.";
