//! The schema cache: what the exposed schema holds, as the database's catalogue said at the last load. Pure lookups;
//! reading it from the database is [`load`]'s.
//!
//! As on the real service the cache decides which tables, functions and columns of a body exist. Columns in filters,
//! `select` and `order` are left to the database.

pub(crate) mod load;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::SCHEMA;
use super::error::RestError;

/// Everything known about the exposed schema.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Catalog {
    pub(crate) tables: Vec<Table>,
    pub(crate) functions: Vec<Function>,
    /// Settings given to roles (`alter role ... set`): role to `name=value`, applied to each request of the role.
    pub(crate) role_settings: BTreeMap<String, Vec<String>>,
}

/// A table, view or foreign table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    /// In key order; empty without a primary key.
    pub(crate) primary_key: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// As the database writes it, modifiers included, qualified unless built in.
    pub(crate) type_name: String,
    /// The default as an SQL expression.
    pub(crate) default: Option<String>,
}

/// A function.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) returns: Returns,
    pub(crate) is_set: bool,
    pub(crate) is_volatile: bool,
}

/// An argument a caller may give.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) has_default: bool,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Returns {
    Void,
    Scalar,
    Row,
}

impl Table {
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Function {
    fn takes(&self, names: &BTreeSet<String>) -> bool {
        let known = |name: &String| self.arguments.iter().any(|argument| argument.name == *name);
        let given = |argument: &Argument| argument.has_default || names.contains(&argument.name);
        names.iter().all(known) && self.arguments.iter().all(given)
    }

    fn signature(&self) -> String {
        let arguments: Vec<String> = self
            .arguments
            .iter()
            .map(|argument| format!("{} => {}", argument.name, argument.type_name))
            .collect();
        format!("{SCHEMA}.{}({})", self.name, arguments.join(", "))
    }
}

impl Catalog {
    /// The table of that name, or PGRST205.
    pub(crate) fn table(&self, name: &str) -> Result<&Table, RestError> {
        let found = self.tables.iter().find(|table| table.name == name);
        found.ok_or_else(|| RestError::no_table(SCHEMA, name))
    }

    /// The one function that takes arguments of these names, or PGRST202, PGRST203.
    pub(crate) fn function(
        &self,
        name: &str,
        names: &BTreeSet<String>,
    ) -> Result<&Function, RestError> {
        let fitting: Vec<&Function> = self
            .functions
            .iter()
            .filter(|function| function.name == name && function.takes(names))
            .collect();
        match fitting.as_slice() {
            [function] => Ok(function),
            [] => Err(no_function(name, names)),
            several => Err(ambiguous(several)),
        }
    }
}

fn no_function(name: &str, names: &BTreeSet<String>) -> RestError {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let listed = names.join(", ");
    let (target, with) = match names.len() {
        0 => (" without parameters".to_owned(), String::new()),
        1 => (format!("({listed})"), format!(" with parameter {listed}")),
        _ => (format!("({listed})"), format!(" with parameters {listed}")),
    };
    let with = if with.is_empty() { &target } else { &with };
    let message =
        format!("Could not find the function {SCHEMA}.{name}{target} in the schema cache");
    let details = format!(
        "Searched for the function {SCHEMA}.{name}{with} or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache."
    );
    RestError::new(404, "PGRST202", message).details(details)
}

fn ambiguous(functions: &[&Function]) -> RestError {
    let listed: Vec<String> = functions
        .iter()
        .map(|function| function.signature())
        .collect();
    let message = format!(
        "Could not choose the best candidate function between: {}",
        listed.join(", ")
    );
    let hint = "Try renaming the parameters or the function itself in the database so function overloading can be resolved";
    RestError::new(300, "PGRST203", message).hint(Some(hint.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, arguments: &[(&str, &str, bool)]) -> Function {
        let arguments = arguments.iter().map(|(name, kind, has_default)| Argument {
            name: (*name).to_owned(),
            type_name: (*kind).to_owned(),
            has_default: *has_default,
        });
        Function {
            name: name.to_owned(),
            arguments: arguments.collect(),
            returns: Returns::Scalar,
            is_set: false,
            is_volatile: true,
        }
    }

    fn find(name: &str, names: &[&str]) -> Result<usize, RestError> {
        let functions = vec![
            function("f", &[("request", "jsonb", false)]),
            function("f_opt", &[("a", "integer", false), ("b", "text", true)]),
            function("f_amb", &[("a", "integer", false)]),
            function("f_amb", &[("a", "text", false)]),
        ];
        let catalog = Catalog {
            functions,
            ..Catalog::default()
        };
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let found = catalog.function(name, &names)?;
        Ok(found.arguments.len())
    }

    #[test]
    fn arguments_choose_the_function() {
        assert_eq!(find("f_opt", &["a"]), Ok(2));
        assert_eq!(find("f_opt", &["a", "b"]), Ok(2));
        assert_eq!(find("f", &["request"]), Ok(1));
    }

    #[test]
    fn a_call_that_fits_nothing_says_what_was_searched() {
        let error = find("f", &["request", "more"]).unwrap_err();
        let message = "Could not find the function public.f(more, request) in the schema cache";
        assert_eq!(error.message, message);
        let details = "Searched for the function public.f with parameters more, request or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.";
        assert_eq!(error.details.as_deref(), Some(details));
        let error = find("nope", &[]).unwrap_err();
        let message =
            "Could not find the function public.nope without parameters in the schema cache";
        assert_eq!((error.status, &*error.message), (404, message));
    }

    #[test]
    fn two_that_fit_are_ambiguous() {
        let error = find("f_amb", &["a"]).unwrap_err();
        assert_eq!((error.status, &*error.code), (300, "PGRST203"));
        let listed = "public.f_amb(a => integer), public.f_amb(a => text)";
        assert!(error.message.ends_with(listed));
    }
}
