//! What is in the lists of shows and practices: contacts, songs practised, who came.
//!
//! Owns: reading an element, and writing it back into the row ([`Contact::value`] and its like).
//! Never: loses a member of an element that it does not know; those are in `raw`, and are written back with the others.
//! Invariant: what was not changed is written as it was read.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};

use crate::model::RowId;

macro_rules! parts {
    ($($(#[$says:meta])* $name:ident {
        $($(#[$field_says:meta])* $field:ident: $type:ty = $member:literal,)*
    })*) => { $(
        $(#[$says])*
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "ffi", derive(uniffi::Record))]
        pub struct $name {
            $($(#[$field_says])*
            #[cfg_attr(feature = "ffi", uniffi(default = None))]
            pub $field: Option<$type>,)*
            /// The element as it is in the row, with what nobody here knows; of a new one nothing.
            pub raw: Value,
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let raw = Value::deserialize(from)?;
                let text = |name: &str| raw.get(name).and_then(Value::as_str);
                Ok(Self { $($field: text($member).and_then(|text| text.parse().ok()),)* raw })
            }
        }

        impl $name {
            /// As it goes into the row.
            #[must_use]
            pub fn value(&self) -> Value {
                let before = Self::deserialize(&self.raw).unwrap_or_else(|_| Self::empty());
                if before == *self && !self.raw.is_null() {
                    return before.raw;
                }
                let mut members = match &self.raw {
                    Value::Object(members) => members.clone(),
                    _ => Map::new(),
                };
                $(if self.$field != before.$field {
                    match &self.$field {
                        Some(value) => members.insert($member.to_owned(), json!(value)),
                        None => members.remove($member),
                    };
                })*
                Value::Object(members)
            }

            /// A new one, to be filled in.
            #[must_use]
            pub fn empty() -> Self {
                Self { $($field: None,)* raw: Value::Null }
            }
        }
    )* };
}

parts! {
    /// Somebody at the venue.
    Contact {
        /// What it is called in its list; a new one gets one from whoever adds it.
        id: String = "id",
        /// Name.
        name: String = "name",
        /// What they do there.
        role: String = "role",
        /// Telephone number.
        phone: String = "phone",
        /// E-mail address.
        email: String = "email",
        /// Notes.
        notes: String = "notes",
    }

    /// A song of a practice.
    PractisedSong {
        /// Which, if it says so readably.
        song: RowId = "songId",
        /// Notes.
        notes: String = "notes",
    }

    /// Who comes to a practice, or came.
    Attendee {
        /// The id by which the app that wrote it calls them.
        member: String = "memberId",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_here_knows_is_written_back() {
        let raw = json!({"id": "1", "name": "Pat", "phone": 5, "fax": [1]});
        let mut pat = Contact::deserialize(&raw).unwrap();
        assert_eq!((pat.name.as_deref(), &pat.phone), (Some("Pat"), &None));
        assert_eq!(pat.value(), raw, "unchanged");
        pat.role = Some("sound".to_owned());
        pat.name = None;
        assert_eq!(
            pat.value(),
            json!({"id": "1", "role": "sound", "phone": 5, "fax": [1]})
        );
        for odd in [json!("Pat"), json!([1]), json!({})] {
            assert_eq!(Contact::deserialize(&odd).unwrap().value(), odd);
        }
    }

    #[test]
    fn a_new_one_has_what_was_filled_in() {
        let song = RowId::fresh();
        let practised = PractisedSong {
            song: Some(song),
            ..PractisedSong::empty()
        };
        assert_eq!(practised.value(), json!({ "songId": song }));
        assert_eq!(Attendee::empty().value(), json!({}));
    }
}
