//! Words of a fixed list that travel as texts: roles, statuses, kinds of practice.
//!
//! Owns: [`codes`], which makes such a list an enum, and the enums that rows have. Whoever compares, compares variants.
//! Never: refuses a word. One that this version does not know is kept as it came, in `Other`, and written back the same.
//! Invariant: reading the code of a value gives the value.

/// An enum of codes: `codes! { /// What it is. Name { /// One of them. Variant = "code", } }`.
macro_rules! codes {
    ($(#[$of:meta])* $name:ident { $($(#[$says:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$of])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        #[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
        pub enum $name {
            $($(#[$says])* $variant,)*
            /// One that this version does not know.
            Other {
                /// As it came.
                code: String,
            },
        }

        impl $name {
            /// Those that this version knows.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

            /// As it travels and is stored.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Other { code } => code,
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                match code {
                    $($code => Self::$variant,)*
                    other => Self::Other { code: other.to_owned() },
                }
            }
        }

        impl From<String> for $name {
            fn from(code: String) -> Self {
                Self::from(code.as_str())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.code().to_owned()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}
pub(super) use codes;

codes! {
    /// What a member may do in a band. The server enforces it; the phone does not offer what would be refused.
    Role {
        /// Everything, members and roles included.
        Admin = "admin",
        /// Reads and edits songs, setlists, shows and practices.
        Member = "member",
        /// Only reads.
        Viewer = "viewer",
    }
}

impl Role {
    /// Reads, and edits songs, setlists, shows and practices. A role of a newer version only reads: more would be refused.
    #[must_use]
    pub fn may_edit(&self) -> bool {
        matches!(self, Self::Admin | Self::Member)
    }

    /// Invites, gives roles, removes members, renames and deletes the band.
    #[must_use]
    pub fn may_manage(&self) -> bool {
        matches!(self, Self::Admin)
    }
}

codes! {
    /// How far a setlist is.
    SetlistStatus {
        /// It is being made.
        Draft = "draft",
        /// It is played.
        Active = "active",
        /// It is kept, and played no more.
        Archived = "archived",
    }
}

codes! {
    /// Whether a show takes place.
    ShowStatus {
        /// Planned.
        Scheduled = "scheduled",
        /// Agreed.
        Confirmed = "confirmed",
        /// Over.
        Completed = "completed",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

codes! {
    /// Whether a practice takes place.
    PracticeStatus {
        /// Planned.
        Scheduled = "scheduled",
        /// It has begun.
        InProgress = "in-progress",
        /// Over.
        Completed = "completed",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

codes! {
    /// What a practice is.
    PracticeType {
        /// A rehearsal.
        Rehearsal = "rehearsal",
        /// Writing songs.
        Writing = "writing",
        /// Recording.
        Recording = "recording",
        /// An audition.
        Audition = "audition",
        /// A lesson.
        Lesson = "lesson",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_and_one_of_a_newer_version_is_kept() {
        for role in Role::KNOWN {
            assert_eq!(Role::from(role.code()), *role);
        }
        let newer: Role = serde_json::from_str(r#""roadie""#).unwrap();
        let code = "roadie".to_owned();
        assert_eq!(newer, Role::Other { code });
        assert_eq!(serde_json::to_string(&newer).unwrap(), r#""roadie""#);
        assert_eq!(PracticeStatus::InProgress.to_string(), "in-progress");
    }

    #[test]
    fn a_viewer_reads_a_member_edits_an_admin_manages_and_a_role_of_a_newer_version_reads() {
        let may = |role: Role| (role.may_edit(), role.may_manage());
        assert_eq!(may(Role::Admin), (true, true));
        assert_eq!(may(Role::Member), (true, false));
        assert_eq!(may(Role::Viewer), (false, false));
        assert_eq!(may(Role::from("roadie")), (false, false));
    }

    /// The words that the database takes, as the last migration that says so has them.
    #[test]
    fn the_words_of_the_phones_are_those_of_the_database() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../supabase/migrations");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let sql: String = files
            .iter()
            .map(|path| std::fs::read_to_string(path).unwrap())
            .collect();
        for (column, codes) in [
            ("role", words(Role::KNOWN, Role::code)),
            ("status", words(SetlistStatus::KNOWN, SetlistStatus::code)),
            ("status", words(ShowStatus::KNOWN, ShowStatus::code)),
            ("status", words(PracticeStatus::KNOWN, PracticeStatus::code)),
            ("type", words(PracticeType::KNOWN, PracticeType::code)),
        ] {
            let check = format!("check ({column} in ({}))", codes.join(", "));
            assert!(sql.contains(&check), "{check}");
        }
    }

    fn words<T>(known: &[T], code: fn(&T) -> &str) -> Vec<String> {
        known.iter().map(|one| format!("'{}'", code(one))).collect()
    }
}
