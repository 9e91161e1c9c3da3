//! Values that must not be read in a log.
//!
//! Owns: [`Secret`], [`Address`] and [`Unsaved`], whose `Debug` shows nothing of what is in them.
//! Never: prints, compares in public, or serialises the value by itself; whoever needs it asks, as with [`Secret::expose`].

use std::fmt;

use crate::model::Values;

/// A password, token or key.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself: for a request header or the secret store, nowhere else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// True when there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A person's e-mail address: for a screen. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Wraps an address.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address: for a screen or the secret store, nowhere else.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(***)")
    }
}

/// What a person typed and could not be saved: handed back, so that it is not lost. `Debug` shows how much it is only.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsaved(Values);

impl Unsaved {
    /// Wraps an edit.
    #[must_use]
    pub fn new(values: Values) -> Self {
        Self(values)
    }

    /// The edit: new values by column.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.0
    }

    /// The edit, to be made again.
    #[must_use]
    pub fn into_values(self) -> Values {
        self.0
    }
}

impl fmt::Debug for Unsaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unsaved({} columns)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_debug_nor_display_shows_the_value() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret:?} {secret}"), "Secret(***) ***");
        let address = Address::new("sam@rock-on.test");
        assert_eq!(format!("{address:?}"), "Address(***)");
        let typed = Values::from_iter([("notes".to_owned(), "planted".into())]);
        let edit = Unsaved::new(typed);
        assert_eq!(format!("{edit:?}"), "Unsaved(1 columns)");
    }
}
