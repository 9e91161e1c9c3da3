//! Media types: what `Accept` asks for and what a body is. Pure.

use super::error::RestError;

/// What an answer can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/json`: an array of rows, or a scalar.
    Json,
    /// `application/vnd.pgrst.array+json;nulls=stripped`
    ArrayStripped,
    /// `application/vnd.pgrst.object+json`: exactly one row, as an object.
    Object { stripped: bool },
    /// `text/csv`
    Csv,
}

impl Media {
    /// The `Content-Type` of the answer.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::ArrayStripped => "application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8",
            Self::Object { stripped: false } => "application/vnd.pgrst.object+json; charset=utf-8",
            Self::Object { stripped: true } => {
                "application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8"
            }
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    pub(crate) fn is_object(self) -> bool {
        matches!(self, Self::Object { .. })
    }

    /// The first type of an `Accept` header that can be given, highest `q` first; no header means anything.
    pub(crate) fn negotiate(accept: Option<&str>) -> Result<Self, RestError> {
        let Some(accept) = accept else {
            return Ok(Self::Json);
        };
        let mut ranges: Vec<(f32, &str)> = accept
            .split(',')
            .map(|range| (quality(range), range.trim()))
            .collect();
        ranges.sort_by(|a, b| b.0.total_cmp(&a.0));
        let found = ranges.iter().find_map(|(_, range)| Self::of(range));
        let sent = || {
            accept
                .split(',')
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(", ")
        };
        found.ok_or_else(|| RestError::media(&sent()))
    }

    fn of(range: &str) -> Option<Self> {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next()?.to_ascii_lowercase();
        let stripped = parts.any(|part| part.eq_ignore_ascii_case("nulls=stripped"));
        match name.as_str() {
            "*/*" | "application/*" | "application/json" => Some(Self::Json),
            "application/vnd.pgrst.array+json" | "application/vnd.pgrst.array" => {
                Some(if stripped {
                    Self::ArrayStripped
                } else {
                    Self::Json
                })
            }
            "application/vnd.pgrst.object+json" | "application/vnd.pgrst.object" => {
                Some(Self::Object { stripped })
            }
            "text/csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

fn quality(range: &str) -> f32 {
    let q = range
        .split(';')
        .filter_map(|part| part.trim().strip_prefix("q="));
    q.filter_map(|text| text.parse().ok())
        .find(|q: &f32| !q.is_nan())
        .unwrap_or(1.0)
}

/// What the body of a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyType {
    Json,
    Form,
    Csv,
    Text,
    Bytes,
}

impl BodyType {
    /// The type of a body; JSON where nothing is said.
    ///
    /// # Errors
    /// PGRST102 for a type no request is read from.
    pub(crate) fn of(content_type: Option<&str>) -> Result<Self, RestError> {
        let Some(sent) = content_type else {
            return Ok(Self::Json);
        };
        let name = sent
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match name.as_str() {
            "application/json" | "application/vnd.pgrst.object+json" | "" => Ok(Self::Json),
            "application/x-www-form-urlencoded" => Ok(Self::Form),
            "text/csv" => Ok(Self::Csv),
            "text/plain" => Ok(Self::Text),
            "application/octet-stream" => Ok(Self::Bytes),
            _ => Err(RestError::content_type(sent)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_type_that_can_be_given_is_chosen() {
        let chosen = |accept| Media::negotiate(Some(accept)).unwrap();
        assert_eq!(chosen("text/html,*/*;q=0.8"), Media::Json);
        assert_eq!(
            chosen("application/vnd.pgrst.object+json, application/json"),
            Media::Object { stripped: false }
        );
        assert_eq!(chosen("application/json;q=0.1, text/csv"), Media::Csv);
        assert_eq!(
            chosen("application/vnd.pgrst.object+json;nulls=stripped"),
            Media::Object { stripped: true }
        );
        assert_eq!(Media::negotiate(None).unwrap(), Media::Json);
    }

    #[test]
    fn types_that_cannot_be_given_are_named() {
        let error = Media::negotiate(Some("text/html")).unwrap_err();
        assert_eq!(
            error.message,
            "None of these media types are available: text/html"
        );
        assert_eq!(Media::negotiate(Some("")).unwrap_err().code, "PGRST107");
    }

    #[test]
    fn a_body_of_another_type_is_refused() {
        assert_eq!(
            BodyType::of(Some("application/json; charset=utf-8")),
            Ok(BodyType::Json)
        );
        assert_eq!(BodyType::of(None), Ok(BodyType::Json));
        assert_eq!(
            BodyType::of(Some("application/xml")).unwrap_err().status,
            400
        );
    }
}
