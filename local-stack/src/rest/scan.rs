//! A cursor over one query-string value, and the pieces that every grammar of the service shares: field names, JSON
//! paths, quoted values. Pure; never recurses, so that hostile input costs no stack here.

use super::error::RestError;

/// A position in one value. `what` and `input` are for the error text.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    what: &'static str,
    input: &'a str,
    text: &'a str,
    at: usize,
}

/// One step of a JSON path: `->key` or `->>key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// `->>`: the result is text.
    pub(crate) as_text: bool,
    pub(crate) key: Key,
}

/// What a JSON path steps into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Name(String),
    Index(i32),
}

/// A column, possibly with a JSON path into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) column: String,
    pub(crate) path: Vec<Step>,
}

impl Field {
    /// The name a selected field gets without an alias: its last key that is a name, else its column.
    pub(crate) fn output_name(&self) -> &str {
        let names = self.path.iter().rev().find_map(|step| match &step.key {
            Key::Name(name) => Some(name.as_str()),
            Key::Index(_) => None,
        });
        names.unwrap_or(&self.column)
    }
}

impl<'a> Cursor<'a> {
    /// A cursor over `input`.
    pub(crate) fn new(what: &'static str, input: &'a str) -> Self {
        Self {
            what,
            input,
            text: input,
            at: 0,
        }
    }

    /// A cursor over `text` whose errors name `input`.
    pub(crate) fn over(what: &'static str, input: &'a str, text: &'a str) -> Self {
        Self {
            what,
            input,
            text,
            at: 0,
        }
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(crate) fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    pub(crate) fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Takes `token` if it is next.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Takes characters while `keep` holds.
    pub(crate) fn take_while(&mut self, keep: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !keep(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// Takes everything that is left.
    pub(crate) fn take_rest(&mut self) -> &'a str {
        self.take_while(|_| true)
    }

    /// The refusal at this position.
    pub(crate) fn fail(&self, expecting: &str) -> RestError {
        let unexpected = match self.peek() {
            Some(found) => format!("unexpected \"{found}\""),
            None => "unexpected end of input".to_owned(),
        };
        let column = self.text.get(..self.at).unwrap_or_default().chars().count() + 1;
        let details = format!("{unexpected} expecting {expecting}");
        RestError::unparsed(self.what, self.input, column, details)
    }

    /// Takes `token` or refuses.
    pub(crate) fn expect(&mut self, token: &str, expecting: &str) -> Result<(), RestError> {
        if self.eat(token) {
            Ok(())
        } else {
            Err(self.fail(expecting))
        }
    }

    /// Takes the first of `words` that is next. None: refuses at the character where the longest match stops.
    pub(crate) fn one_of<'w>(
        &mut self,
        words: &[&'w str],
        expecting: &str,
    ) -> Result<&'w str, RestError> {
        if let Some(word) = words.iter().find(|word| self.rest().starts_with(**word)) {
            self.at += word.len();
            return Ok(word);
        }
        let rest = self.rest();
        let common = |word: &&str| {
            rest.bytes()
                .zip(word.bytes())
                .take_while(|(a, b)| a == b)
                .count()
        };
        self.at += words.iter().map(common).max().unwrap_or(0);
        Err(self.fail(expecting))
    }

    /// `"..."` with `\` before a character that stands for itself. None if no quote is next.
    pub(crate) fn quoted(&mut self) -> Option<Result<String, RestError>> {
        if !self.eat("\"") {
            return None;
        }
        let mut value = String::new();
        loop {
            value.push_str(self.take_while(|c| c != '"' && c != '\\'));
            if self.eat("\"") {
                return Some(Ok(value));
            }
            self.eat("\\");
            let Some(escaped) = self.peek() else {
                return Some(Err(self.fail("\"\\\"\"")));
            };
            self.at += escaped.len_utf8();
            value.push(escaped);
        }
    }

    /// A name: quoted, or letters, digits, `_`, `$`, spaces inside, and dashes that begin no arrow.
    pub(crate) fn name(&mut self, expecting: &str) -> Result<String, RestError> {
        if let Some(quoted) = self.quoted() {
            return quoted;
        }
        let start = self.at;
        loop {
            self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$' | ' '));
            if self.at == start || !self.rest().starts_with('-') || self.rest().starts_with("->") {
                break;
            }
            self.at += 1;
        }
        let name = self.text.get(start..self.at).unwrap_or_default().trim();
        if name.is_empty() {
            Err(self.fail(expecting))
        } else {
            Ok(name.to_owned())
        }
    }

    /// A name and the JSON path behind it.
    pub(crate) fn field(&mut self, expecting: &str) -> Result<Field, RestError> {
        let column = self.name(expecting)?;
        let mut path = Vec::new();
        while self.eat("->") {
            let as_text = self.eat(">");
            path.push(Step {
                as_text,
                key: self.key()?,
            });
        }
        Ok(Field { column, path })
    }

    fn key(&mut self) -> Result<Key, RestError> {
        let start = self.at;
        self.eat("-");
        let digits = self.take_while(|c| c.is_ascii_digit());
        let ends = self.is_done() || self.rest().starts_with(['-', ':', '.', ',', ')']);
        if !digits.is_empty() && ends {
            let number = self.text.get(start..self.at).unwrap_or_default();
            return number
                .parse()
                .map(Key::Index)
                .map_err(|_| self.fail("a smaller number"));
        }
        self.back_to(start);
        self.name("any non reserved character different from: .,>()")
            .map(Key::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str) -> Result<Field, RestError> {
        Cursor::new("filter", text).field("field name")
    }

    #[test]
    fn a_field_is_a_name_with_an_optional_json_path() {
        let parsed = field("items->0->>k").unwrap();
        assert_eq!(parsed.column, "items");
        assert_eq!(
            parsed.path[0],
            Step {
                as_text: false,
                key: Key::Index(0)
            }
        );
        assert_eq!(
            parsed.path[1],
            Step {
                as_text: true,
                key: Key::Name("k".into())
            }
        );
        assert_eq!(parsed.output_name(), "k");
        assert_eq!(field("items->0").unwrap().output_name(), "items");
        assert_eq!(field("band-id").unwrap().column, "band-id");
        assert_eq!(field("\"a.b\\\"c\"").unwrap().column, "a.b\"c");
    }

    #[test]
    fn hostile_names_are_refused_with_their_position() {
        for text in [
            "",
            "(",
            "\"open",
            "a->",
            "a->99999999999",
            "'; drop table x",
        ] {
            let error = field(text).unwrap_err();
            assert_eq!(
                (error.status, error.code.as_str()),
                (400, "PGRST100"),
                "{text}"
            );
        }
        let long = "x".repeat(1 << 20);
        assert_eq!(field(&long).unwrap().column.len(), 1 << 20);
    }

    #[test]
    fn the_longest_common_beginning_decides_where_a_word_fails() {
        let mut cursor = Cursor::new("filter", "is.foo");
        assert!(cursor.eat("is."));
        let error = cursor.one_of(&["null", "false"], "isVal").unwrap_err();
        assert_eq!(
            error.message,
            "\"failed to parse filter (is.foo)\" (line 1, column 5)"
        );
        assert_eq!(
            error.details.as_deref(),
            Some("unexpected \"o\" expecting isVal")
        );
    }
}
