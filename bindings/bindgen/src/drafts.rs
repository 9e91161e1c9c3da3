//! Drafts in Kotlin and Swift: the columns of a row that is to be added or changed.
//!
//! Owns: what the type of a row's field is called in the two languages when it is set.
//! Never: names a kind, a column or a range; those are the catalogue's.
//! Invariants: a draft has a property for each field that the rows of its kind have, of the same name and type, in the same
//! order. A type that is not known here is an error, never left out.

use std::fmt::Write as _;

/// A field that rows have and a draft sets.
struct Field {
    /// Its name on the server.
    column: &'static str,
    /// Its name in rows.
    name: &'static str,
    says: &'static str,
    /// Its type in the core's rows.
    rust: &'static str,
}

struct Draft {
    kind: &'static str,
    fields: &'static [Field],
}

macro_rules! drafts {
    ($($kind:ident $name:literal $doc:literal $facts:tt
       { $($column:ident: $type:ident $of:tt $(as $says:literal $shown:ident: $rust:ty)?,)* } $row:tt)*) => {
        /// Every kind; those whose rows screens read otherwise have no fields.
        const KINDS: &[Draft] = &[$(Draft {
            kind: stringify!($kind),
            fields: &[$($(Field {
                column: stringify!($column),
                name: stringify!($shown),
                says: $says,
                rust: stringify!($rust),
            },)?)*],
        }),*];
    };
}

rockon_core::catalogue! { [drafts] }

fn drafts() -> impl Iterator<Item = &'static Draft> {
    KINDS.iter().filter(|draft| !draft.fields.is_empty())
}

/// The names of a type in Rust, Kotlin and Swift.
const TYPES: [(&str, &str, &str); 6] = [
    ("String", "String", "String"),
    ("i64", "Long", "Int"),
    ("bool", "Boolean", "Bool"),
    ("Timestamp", "Instant", "Date"),
    ("Value", "Json", "Json"),
    // As it is in the row: an item that stays is kept by its `raw`.
    ("SetlistItem", "Json", "Json"),
];

/// Types with one name in all three.
const SAME: [&str; 10] = [
    "RowId",
    "TimeSignature",
    "ShowTime",
    "SetlistStatus",
    "ShowStatus",
    "PracticeStatus",
    "PracticeType",
    "Contact",
    "PractisedSong",
    "Attendee",
];

/// What a field is in Kotlin and in Swift, without what says that it may be empty.
fn types(field: &Field) -> Result<(String, String), String> {
    // As the compiler prints it, with spaces or without.
    let rust = field.rust.replace(' ', "");
    let inner = |of: &str| {
        let inside = rust.strip_prefix(of)?.strip_prefix('<')?;
        inside.strip_suffix('>')
    };
    let one = |rust: &str| {
        let known = TYPES.iter().find(|(name, ..)| *name == rust);
        let other = known.map(|(_, kotlin, swift)| ((*kotlin).to_owned(), (*swift).to_owned()));
        let same = SAME
            .contains(&rust)
            .then(|| (rust.to_owned(), rust.to_owned()));
        other.or(same)
    };
    let found = if let Some(item) = inner("Vec") {
        one(item).map(|(kotlin, swift)| (format!("List<{kotlin}>"), format!("[{swift}]")))
    } else {
        one(inner("Option").unwrap_or(&rust))
    };
    found.ok_or_else(|| format!("{}: drafts know no {rust}", field.column))
}

/// `time_signature` as `timeSignature`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}

pub(crate) fn kotlin() -> Result<String, String> {
    let mut text = "package org.rockon\n\nimport kotlin.time.Instant\n".to_owned();
    for draft in drafts() {
        let kind = draft.kind;
        let constant = kind.to_ascii_uppercase();
        let _ = write!(
            text,
            "\n/** Columns of a {}, named as [{kind}] names them. */\nclass {kind}Draft : Draft(Kind.{constant}) {{\n",
            kind.to_ascii_lowercase()
        );
        for field in draft.fields {
            let (of, _) = types(field)?;
            let (name, column) = (camel(field.name), field.column);
            let _ = write!(
                text,
                "    /** {} */\n    var {name}: {of}? by Column(\"{column}\")\n\n",
                field.says
            );
        }
        text.push_str("}\n");
    }
    Ok(text)
}

pub(crate) fn swift() -> Result<String, String> {
    let mut text = "import Foundation\n".to_owned();
    for draft in drafts() {
        let kind = draft.kind;
        let (case, noun) = (camel(&kind.to_ascii_lowercase()), kind.to_ascii_lowercase());
        let _ = write!(
            text,
            "\n/// Columns of a {noun}, named as ``{kind}`` names them.\npublic struct {kind}Draft: Draft {{\n  \
             /// What the row is.\n  public var kind: Kind {{ .{case} }}\n  \
             /// The columns that were set.\n  public var values: Values = [:]\n\n  \
             /// Nothing is set but what `fill` sets.\n  \
             public init(_ fill: (inout Self) throws -> Void = {{ _ in }}) rethrows {{\n    try fill(&self)\n  }}\n"
        );
        for field in draft.fields {
            let (_, of) = types(field)?;
            let (name, column) = (camel(field.name), field.column);
            let _ = write!(
                text,
                "\n  /// {}\n  public var {name}: {of}? {{\n    didSet {{ values[\"{column}\"] = column({name}) }}\n  }}\n",
                field.says
            );
        }
        text.push_str("}\n");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_a_row_is_in_the_drafts_of_both_languages() {
        let (kotlin, swift) = (kotlin().unwrap(), swift().unwrap());
        assert_eq!(drafts().count(), 4);
        for field in drafts().flat_map(|draft| draft.fields) {
            let name = camel(field.name);
            assert!(kotlin.contains(&format!("var {name}: ")), "{name}");
            assert!(swift.contains(&format!("var {name}: ")), "{name}");
        }
        assert!(
            kotlin.contains("/** Seconds. */\n    var duration: Long? by Column(\"duration\")")
        );
        let signature = "    didSet { values[\"time_signature\"] = column(timeSignature) }";
        assert!(swift.contains(signature));
    }

    #[test]
    fn a_type_that_drafts_do_not_know_is_named() {
        let field = Field {
            column: "length",
            name: "length",
            says: "",
            rust: "Option<f32>",
        };
        assert_eq!(
            types(&field),
            Err("length: drafts know no Option<f32>".to_owned())
        );
    }
}
