//! The table of scenarios, language by language. Pure but for reading the log that the runners write.
//!
//! Each runner appends a line `LANGUAGE SCENARIO ok` or `... failed` to the file named by `ROCKON_SCENARIO_LOG`.

use std::collections::BTreeMap;
use std::fmt;

/// Who plays them.
const LANGUAGES: [&str; 3] = ["rust", "kotlin", "swift"];

/// What happened to each scenario in each language.
#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<String, BTreeMap<String, bool>>);

impl Table {
    /// Reads a log; lines of another form are left out.
    pub(crate) fn read(log: &str) -> Self {
        let mut table = Self::default();
        for line in log.lines() {
            if let [language, scenario, how] = line.split(' ').collect::<Vec<_>>()[..] {
                let row = table.0.entry(scenario.to_owned()).or_default();
                row.insert(language.to_owned(), how == "ok");
            }
        }
        table
    }

    /// Scenarios that a language which played others did not play: a runner that leaves one out is not green.
    pub(crate) fn left_out(&self) -> Vec<String> {
        let plays = |language: &&str| self.0.values().any(|row| row.contains_key(*language));
        let playing: Vec<&str> = LANGUAGES.into_iter().filter(plays).collect();
        let missing = |(name, row): (&String, &BTreeMap<String, bool>)| {
            let absent = playing
                .iter()
                .filter(|language| !row.contains_key(**language));
            absent
                .map(|language| format!("{language} {name}"))
                .collect::<Vec<_>>()
        };
        self.0.iter().flat_map(missing).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .0
            .keys()
            .map(String::len)
            .max()
            .unwrap_or(0)
            .max("scenario".len());
        writeln!(f, "{:<width$}  {}", "scenario", LANGUAGES.join("  "))?;
        for (name, row) in &self.0 {
            write!(f, "{name:<width$}")?;
            for language in LANGUAGES {
                let mark = match row.get(language) {
                    Some(true) => "ok",
                    Some(false) => "FAILED",
                    None => "-",
                };
                let width = language.len();
                write!(f, "  {mark:<width$}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_that_one_language_left_out_is_named() {
        let table = Table::read("rust a ok\nkotlin a failed\nrust b ok\nnoise\n");
        assert_eq!(table.left_out(), ["kotlin b"]);
        let shown = table.to_string();
        assert!(
            shown
                .lines()
                .any(|line| line.trim_end() == "a         ok    FAILED  -"),
            "{shown}"
        );
    }
}
