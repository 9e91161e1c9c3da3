//! What copying our migrations into a project's folder would do. Pure: names and texts in, a plan out.
//!
//! Owns the Supabase CLI's rule of which files it takes and in which order (`supabase db push`, version 2): a file counts
//! when its name is digits, `_`, anything, `.sql`; the digits are its version, compared as text. Every version that the
//! database has must be in the folder; a version that it lacks must be newer than the newest that it has, unless
//! `--include-all` is given. Never writes.

/// A file of migrations: its name and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct File<'a> {
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> File<'a> {
    /// The digits before the first `_`; `None` for a file that the Supabase CLI passes over.
    pub(crate) fn version(&self) -> Option<&'a str> {
        let (version, _) = self.name.strip_suffix(".sql")?.split_once('_')?;
        let digits = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
        digits.then_some(version)
    }

    fn is_version_of(&self, other: &File<'_>) -> bool {
        self.version().is_some() && self.version() == other.version()
    }
}

/// What is to be done, and what stands in the way of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan<'a> {
    /// Ours that the folder lacks, oldest first.
    pub(crate) new: Vec<File<'a>>,
    /// How many of ours lie there already, unchanged.
    pub(crate) same: usize,
    /// Names of ours that lie there with another text: somebody changed them, or they are of another Rock-On.
    pub(crate) changed: Vec<&'a str>,
    /// Files of the project with the version of one of ours: theirs, ours.
    pub(crate) taken: Vec<(&'a str, &'a str)>,
    /// The project's own newest migration.
    pub(crate) newest: Option<&'a str>,
    /// The project's own files that make the base tables, though they are newer than ours that finds them missing.
    pub(crate) late_tables: Vec<&'a str>,
    /// How many migrations the project has of its own.
    pub(crate) theirs: usize,
}

impl<'a> Plan<'a> {
    /// Compares our files with those of a project.
    pub(crate) fn new(ours: &[File<'a>], there: &[File<'a>]) -> Self {
        let mut plan = Self::default();
        for file in ours {
            match there.iter().find(|other| other.name == file.name) {
                Some(other) if same_text(other.text, file.text) => plan.same += 1,
                Some(other) => plan.changed.push(other.name),
                None => plan.new.push(*file),
            }
        }
        let first = ours.iter().filter_map(File::version).min();
        for own in there.iter().filter(|file| is_own(file, ours)) {
            plan.theirs += 1;
            plan.newest = plan.newest.max(Some(own.name));
            if let Some(file) = ours.iter().find(|file| file.is_version_of(own)) {
                plan.taken.push((own.name, file.name));
            }
            if own.version() > first && makes_songs(own.text) {
                plan.late_tables.push(own.name);
            }
        }
        plan
    }

    /// Whether files can be written without harm.
    pub(crate) fn is_possible(&self) -> bool {
        self.changed.is_empty() && self.taken.is_empty()
    }

    /// Whether `supabase db push` asks for `--include-all`, because one of ours is older than the project's newest.
    pub(crate) fn needs_include_all(&self) -> bool {
        let newest = self
            .newest
            .and_then(|name| File { name, text: "" }.version());
        self.new.iter().any(|file| file.version() < newest)
    }
}

fn is_own(file: &File<'_>, ours: &[File<'_>]) -> bool {
    file.version().is_some() && ours.iter().all(|our| our.name != file.name)
}

/// Git may have turned the ends of lines.
fn same_text(one: &str, other: &str) -> bool {
    one.lines().eq(other.lines())
}

/// Whether a migration makes the table of songs, by its words.
fn makes_songs(text: &str) -> bool {
    let text = text.to_lowercase().replace('"', "").replace('(', " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).any(|at| {
        let made = words[at..]
            .strip_prefix(&["create", "table"])
            .map(|rest| rest.strip_prefix(&["if", "not", "exists"]).unwrap_or(rest));
        matches!(made, Some(["songs" | "public.songs", ..]))
    })
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
