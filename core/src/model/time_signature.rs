//! How a song is counted.
//!
//! Owns: [`TimeSignature`]. Never: refuses one; what it cannot count is kept as it is written.
//! Invariant: the text of a value is the text that it was read from.

use std::fmt;

/// A time signature.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum TimeSignature {
    /// Such as `6/8`.
    Counted {
        /// How many to a bar.
        beats: u8,
        /// What is counted: 4 is a quarter note.
        unit: u8,
    },
    /// Anything else, such as `free`, or a change of metre.
    Other {
        /// As somebody wrote it.
        text: String,
    },
}

impl From<String> for TimeSignature {
    fn from(text: String) -> Self {
        let parts = text.split_once('/').and_then(|(beats, unit)| {
            let (beats, unit) = (beats.parse().ok()?, unit.parse().ok()?);
            Some(Self::Counted { beats, unit })
        });
        let same = parts.filter(|counted| counted.to_string() == text);
        same.filter(|counted| {
            !matches!(
                counted,
                Self::Counted { beats: 0, .. } | Self::Counted { unit: 0, .. }
            )
        })
        .unwrap_or(Self::Other { text })
    }
}

impl fmt::Display for TimeSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counted { beats, unit } => write!(f, "{beats}/{unit}"),
            Self::Other { text } => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_fraction_is_kept_as_it_is_written() {
        let read = |text: &str| TimeSignature::from(text.to_owned());
        assert_eq!(read("12/8"), TimeSignature::Counted { beats: 12, unit: 8 });
        for text in [
            "",
            "C",
            "4/4 and 3/4",
            "04/4",
            "+4/4",
            " 4/4",
            "0/4",
            "4/0",
            "300/4",
            "4/4/4",
        ] {
            let text = text.to_owned();
            assert_eq!(read(&text), TimeSignature::Other { text });
        }
    }
}
