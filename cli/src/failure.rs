//! Why the program ends without success: one line for the person, one number for the shell.

use std::fmt;

use rockon_core::speech::Language;
use rockon_core::transfer::ImportError;
use rockon_local_stack::StackError;

use crate::out::capital;

/// Something that ends the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    text: String,
    /// Exit code: 1 it did not work, 2 the arguments, settings or input cannot be used.
    pub(crate) code: u8,
}

impl Failure {
    /// It did not work.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 1,
        }
    }

    /// The same, naming first what it is about.
    pub(crate) fn about(self, what: &impl fmt::Display) -> Self {
        Self {
            text: format!("{what}: {}", self.text),
            ..self
        }
    }

    /// What was given cannot be used.
    pub(crate) fn input(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            code: 2,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An error as a person reads it: what happened, and what to do.
pub(crate) fn words(error: &rockon_core::Error) -> String {
    capital(&format!("{error}. {}", error.advice(Language::English)))
}

impl From<rockon_core::Error> for Failure {
    fn from(error: rockon_core::Error) -> Self {
        use rockon_core::Error;
        let text = format!("{error}. {}", error.advice(Language::English));
        match error {
            Error::Config { .. } | Error::Invalid { .. } => Self::input(text),
            _ => Self::new(text),
        }
    }
}

impl From<StackError> for Failure {
    fn from(error: StackError) -> Self {
        let advice = match &error {
            StackError::NoPostgres(_) => " Install PostgreSQL 15 or newer.",
            StackError::InUse(_) => " End the other stack or give another --data.",
            StackError::Listen { .. } => " Give another --port; 0 is any free one.",
            StackError::Path { .. } => " Give a directory that may be written to.",
            StackError::Version { .. } => " Install that version, or give another --data.",
            StackError::NoUser => " Start it as a plain user.",
            _ => "",
        };
        let text = format!("the stack: {error}.{advice}");
        match error {
            StackError::Path { .. } => Self::input(text),
            _ => Self::new(text),
        }
    }
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        Self::input(format!("{error}. Correct the file and try again."))
    }
}
