//! The headers `Prefer` and `Accept`, and `Preference-Applied`. Pure. What is not offered is refused, never left out.

use super::error::RestError;

/// What an insert does with a row that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolution {
    Merge,
    Ignore,
}

/// How a request wants to be answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Prefer {
    /// `return=representation`: true, `return=minimal`: false.
    pub(crate) rows: Option<bool>,
    /// `count=exact`
    pub(crate) count: bool,
    pub(crate) resolution: Option<Resolution>,
    /// `missing=default`: keys a row does not name get the column's default instead of null.
    pub(crate) defaults: bool,
    /// The answer is one object; another number of rows is an error.
    pub(crate) object: bool,
}

impl Prefer {
    /// Reads every `Prefer` and `Accept` header.
    pub(crate) fn read<'a>(
        prefer: impl Iterator<Item = &'a str>,
        accept: impl Iterator<Item = &'a str>,
    ) -> Result<Self, RestError> {
        let mut read = Self::default();
        for preference in prefer.flat_map(|header| header.split(',')).map(str::trim) {
            match preference {
                "" => {}
                "return=minimal" => read.rows = Some(false),
                "return=representation" => read.rows = Some(true),
                "count=exact" => read.count = true,
                "resolution=merge-duplicates" => read.resolution = Some(Resolution::Merge),
                "resolution=ignore-duplicates" => read.resolution = Some(Resolution::Ignore),
                "missing=default" => read.defaults = true,
                other => {
                    let what = format!("the preference \"{other}\"");
                    return Err(RestError::not_offered(&what));
                }
            }
        }
        read.object = is_object(accept)?;
        Ok(read)
    }

    /// The value of `Preference-Applied`: what was honoured, in the real service's order.
    pub(crate) fn applied(self, writes: bool) -> Option<String> {
        let resolution = self.resolution.map(|resolution| match resolution {
            Resolution::Merge => "resolution=merge-duplicates",
            Resolution::Ignore => "resolution=ignore-duplicates",
        });
        let rows = self.rows.map(|rows| {
            if rows {
                "return=representation"
            } else {
                "return=minimal"
            }
        });
        let applied = [
            resolution.filter(|_| writes),
            (self.defaults && writes).then_some("missing=default"),
            rows.filter(|_| writes),
            self.count.then_some("count=exact"),
        ];
        let applied: Vec<&str> = applied.into_iter().flatten().collect();
        (!applied.is_empty()).then(|| applied.join(", "))
    }
}

/// The first type that can be given; no header means anything.
fn is_object<'a>(accept: impl Iterator<Item = &'a str>) -> Result<bool, RestError> {
    let accept = accept.collect::<Vec<_>>().join(",");
    let mut types = accept.split(',').map(|kind| {
        let kind = kind.trim();
        kind.split_once(";q=").map_or(kind, |(kind, _)| kind)
    });
    let known = types.find_map(|kind| match kind {
        "application/vnd.pgrst.object+json" => Some(true),
        "" | "*/*" | "application/*" | "application/json" => Some(false),
        _ => None,
    });
    known.ok_or_else(|| RestError::not_offered(&format!("answers of the type {accept}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(prefer: &str, accept: &str) -> Result<Prefer, RestError> {
        Prefer::read([prefer].into_iter(), [accept].into_iter())
    }

    #[test]
    fn honoured_preferences_are_echoed_in_a_fixed_order() {
        let all = "return=representation,count=exact,missing=default, resolution=ignore-duplicates";
        let read = read(all, "*/*").unwrap();
        let applied =
            "resolution=ignore-duplicates, missing=default, return=representation, count=exact";
        assert_eq!(read.applied(true).as_deref(), Some(applied));
        assert_eq!(read.applied(false).as_deref(), Some("count=exact"));
        assert_eq!(Prefer::default().applied(true), None);
    }

    #[test]
    fn one_object_is_asked_for_by_its_type() {
        let object = "application/vnd.pgrst.object+json";
        assert!(read("", object).unwrap().object);
        for json in ["", "*/*", "text/html,*/*;q=0.8", "application/json"] {
            assert!(!read("", json).unwrap().object, "{json}");
        }
    }

    #[test]
    fn what_is_not_offered_is_refused_by_name() {
        for (prefer, accept) in [
            ("count=planned", ""),
            ("count=estimated", ""),
            ("return=headers-only", ""),
            ("handling=strict, max-affected=1", ""),
            ("timezone=Asia/Tokyo", ""),
            ("tx=rollback", ""),
            ("params=single-object", ""),
            ("", "text/csv"),
            ("", "application/geo+json"),
            ("", "application/vnd.pgrst.plan+json"),
            ("", "application/vnd.pgrst.object+json;nulls=stripped"),
        ] {
            let error = read(prefer, accept).unwrap_err();
            let seen = (error.status, &*error.code);
            assert_eq!(seen, (501, "NOT_OFFERED"), "{prefer}{accept}");
        }
    }
}
