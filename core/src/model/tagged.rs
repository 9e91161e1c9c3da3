//! Reading an enum whose JSON names its case in a field. Pure.
//!
//! As the derive of serde with a `tag` reads it, with a tenth of the code: that one has a reader for each case.

use serde::Deserialize as _;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde_json::{Error, Value};

use super::Values;

/// The fields of one case that were not taken yet. Those that nobody takes are for newer versions.
pub(crate) struct Fields(Values);

impl Fields {
    /// A field that must be there, unless it may be null.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Error> {
        T::deserialize(self.0.remove(name).unwrap_or_default())
    }

    /// A field that older versions do not write.
    pub(crate) fn take_or<T: DeserializeOwned>(&mut self, name: &str, or: T) -> Result<T, Error> {
        self.0.remove(name).map_or(Ok(or), T::deserialize)
    }
}

/// Reads an object; `case` is told what its field `tag` says, and what else there is.
///
/// # Errors
/// No object, no tag, a case that is unknown (`None`), and what `case` cannot read.
pub(crate) fn tagged<'de, D: Deserializer<'de>, T>(
    from: D,
    tag: &str,
    case: fn(&str, &mut Fields) -> Result<Option<T>, Error>,
) -> Result<T, D::Error> {
    let mut fields = Fields(Values::deserialize(from)?);
    let Some(Value::String(said)) = fields.0.remove(tag) else {
        return Err(D::Error::custom("nothing says what it is"));
    };
    let read = case(&said, &mut fields).map_err(D::Error::custom)?;
    read.ok_or_else(|| D::Error::custom("a newer version knows what it is"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Case(i64, Option<String>, bool);

    fn read(from: Value) -> Result<Case, Error> {
        tagged(from, "type", |case, fields| {
            Ok(Some(match case {
                "one" => Case(
                    fields.take("n")?,
                    fields.take("text")?,
                    fields.take_or("yes", true)?,
                ),
                _ => return Ok(None),
            }))
        })
    }

    #[test]
    fn it_reads_as_the_derive_does() {
        let one = |from| read(from).unwrap();
        let all = json!({ "n": 1, "type": "one", "text": "t", "yes": false, "newer": [] });
        assert_eq!(one(all), Case(1, Some("t".to_owned()), false));
        let few = json!({ "type": "one", "n": 1 });
        assert_eq!(one(few), Case(1, None, true));
        for bad in [
            json!({ "type": "one" }),
            json!({ "type": "one", "n": "1" }),
            json!({ "type": "one", "n": 1, "yes": null }),
            json!({ "type": "two", "n": 1 }),
            json!({ "n": 1 }),
            json!([]),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
    }
}
