//! The schema cache: what the exposed schemas hold, as the database's catalogue said at the last load. Pure lookups;
//! reading it from the database is [`load`]'s.
//!
//! As on the real service the cache decides which tables, functions and columns of a body exist. Columns in filters,
//! `select` and `order` are left to the database.

pub(crate) mod load;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Deserialize;

use super::error::RestError;
use super::similar;

/// Everything known about the exposed schemas.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Catalog {
    pub(crate) tables: Vec<Table>,
    pub(crate) functions: Vec<Function>,
    pub(crate) timezones: HashSet<String>,
    /// Settings given to roles (`alter role ... set`): role to `name=value`, applied to each request of the role.
    pub(crate) role_settings: BTreeMap<String, Vec<String>>,
}

/// A table, view or foreign table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Table {
    pub(crate) schema: String,
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
    pub(crate) schema: String,
    pub(crate) name: String,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) returns: Returns,
    pub(crate) is_set: bool,
    pub(crate) is_volatile: bool,
}

/// An argument a caller may give.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Argument {
    /// Empty for an unnamed one.
    pub(crate) name: String,
    pub(crate) type_name: String,
    pub(crate) has_default: bool,
    pub(crate) is_variadic: bool,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Returns {
    Void,
    Scalar,
    Row,
}

/// What a call offers besides named arguments: its body as one unnamed parameter of one of these types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unnamed {
    /// A call by GET.
    None,
    Json,
    Text,
    Bytea,
}

/// A function chosen for a call, and whether the body is its one unnamed parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen<'a> {
    pub(crate) function: &'a Function,
    pub(crate) takes_body: bool,
}

impl Table {
    pub(crate) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

impl Function {
    fn takes(&self, names: &BTreeSet<String>) -> bool {
        let known = |name: &String| self.arguments.iter().any(|argument| argument.name == *name);
        let given = |argument: &Argument| {
            argument.has_default || argument.is_variadic || names.contains(&argument.name)
        };
        names.iter().all(known) && self.arguments.iter().all(given)
    }

    fn is_unnamed(&self, unnamed: Unnamed) -> bool {
        let [only] = self.arguments.as_slice() else {
            return false;
        };
        let fits = match unnamed {
            Unnamed::None => false,
            Unnamed::Json => matches!(only.type_name.as_str(), "json" | "jsonb"),
            Unnamed::Text => only.type_name == "text",
            Unnamed::Bytea => only.type_name == "bytea",
        };
        only.name.is_empty() && fits
    }

    fn signature(&self) -> String {
        let arguments: Vec<String> = self
            .arguments
            .iter()
            .map(|argument| format!("{} => {}", argument.name, argument.type_name))
            .collect();
        format!("{}.{}({})", self.schema, self.name, arguments.join(", "))
    }

    fn argument_names(&self) -> String {
        let names: Vec<&str> = self
            .arguments
            .iter()
            .map(|argument| argument.name.as_str())
            .collect();
        names.join(", ")
    }
}

impl Catalog {
    /// The table of that name, or PGRST205.
    pub(crate) fn table(&self, schema: &str, name: &str) -> Result<&Table, RestError> {
        let found = self
            .tables
            .iter()
            .find(|table| table.schema == schema && table.name == name);
        found.ok_or_else(|| {
            let names = self.tables.iter().filter(|table| table.schema == schema);
            let near =
                similar::nearest(similar::NAME, name, names.map(|table| table.name.as_str()));
            RestError::no_table(schema, name, near)
        })
    }

    /// The one function that takes arguments of these names, or PGRST202, PGRST203.
    pub(crate) fn function(
        &self,
        schema: &str,
        name: &str,
        names: &BTreeSet<String>,
        unnamed: Unnamed,
    ) -> Result<Chosen<'_>, RestError> {
        let candidates: Vec<&Function> = self
            .functions
            .iter()
            .filter(|function| function.schema == schema && function.name == name)
            .collect();
        let by_body = matches!(unnamed, Unnamed::Text | Unnamed::Bytea);
        let fitting: Vec<&Function> = candidates
            .iter()
            .copied()
            .filter(|f| !by_body && !f.is_unnamed(unnamed) && f.takes(names))
            .collect();
        match fitting.as_slice() {
            [function] => {
                return Ok(Chosen {
                    function,
                    takes_body: false,
                });
            }
            [] => {}
            several => return Err(ambiguous(several)),
        }
        let unnamed_ones: Vec<&Function> = candidates
            .iter()
            .copied()
            .filter(|f| f.is_unnamed(unnamed))
            .collect();
        match unnamed_ones.as_slice() {
            [function] => Ok(Chosen {
                function,
                takes_body: true,
            }),
            [] => Err(self.no_function(schema, name, names, unnamed, &candidates)),
            several => Err(ambiguous(several)),
        }
    }

    fn no_function(
        &self,
        schema: &str,
        name: &str,
        names: &BTreeSet<String>,
        unnamed: Unnamed,
        same_name: &[&Function],
    ) -> RestError {
        let listed = names
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        let with = match (names.len(), unnamed) {
            (_, Unnamed::Text) => " with a single unnamed text parameter".to_owned(),
            (_, Unnamed::Bytea) => " with a single unnamed bytea parameter".to_owned(),
            (0, _) => " without parameters".to_owned(),
            (1, _) => format!(" with parameter {listed}"),
            _ => format!(" with parameters {listed}"),
        };
        let or = match unnamed {
            Unnamed::Json => " or with a single unnamed json/jsonb parameter",
            _ => "",
        };
        let target = match (names.len(), unnamed) {
            (_, Unnamed::Text | Unnamed::Bytea) => format!("{schema}.{name}"),
            (0, _) => format!("{schema}.{name} without parameters"),
            _ => format!("{schema}.{name}({listed})"),
        };
        let message = format!("Could not find the function {target} in the schema cache");
        let details = format!(
            "Searched for the function {schema}.{name}{with}{or}, but no matches were found in the schema cache."
        );
        let near = self.near_call(schema, name, &listed, same_name);
        let hint = near.map(|near| format!("Perhaps you meant to call the function {near}"));
        RestError::new(404, "PGRST202", message)
            .details(details)
            .hint(hint)
    }

    /// The same function with other arguments, or another function of a similar name.
    fn near_call(
        &self,
        schema: &str,
        name: &str,
        listed: &str,
        same_name: &[&Function],
    ) -> Option<String> {
        if same_name.is_empty() {
            let names = self
                .functions
                .iter()
                .filter(|function| function.schema == schema);
            let near = similar::nearest(
                similar::NAME,
                name,
                names.map(|function| function.name.as_str()),
            )?;
            return Some(format!("{schema}.{near}"));
        }
        let signatures: Vec<String> = same_name.iter().map(|f| f.argument_names()).collect();
        let near = similar::nearest(
            similar::ARGUMENTS,
            listed,
            signatures.iter().map(String::as_str),
        )?;
        Some(format!("{schema}.{name}({near})"))
    }
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
#[path = "catalog_tests.rs"]
mod tests;
