//! The `Prefer` header and `Preference-Applied`. Pure.
//!
//! Names and values are matched exactly, case included, as the real service does. An unknown preference is ignored
//! unless `handling=strict` is sent, then it is refused (PGRST122). `tx=rollback` is not enabled, as on Supabase.

use super::error::RestError;

/// What to send back after a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Return {
    Minimal,
    HeadersOnly,
    Representation,
}

/// How to count the rows behind a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    Exact,
    Planned,
    Estimated,
}

/// What an insert does with a row that is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolution {
    Merge,
    Ignore,
}

/// The preferences of one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prefer {
    pub(crate) returning: Option<Return>,
    pub(crate) count: Option<Count>,
    pub(crate) resolution: Option<Resolution>,
    /// `missing=default`: true, `missing=null`: false.
    pub(crate) missing_default: Option<bool>,
    /// `handling=strict`: true, `handling=lenient`: false.
    pub(crate) strict: Option<bool>,
    pub(crate) timezone: Option<String>,
    pub(crate) max_affected: Option<i64>,
}

/// What kind of request the preferences apply to: it decides which are honoured and so echoed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Insert,
    Change,
    Call,
}

impl Prefer {
    /// Reads all `Prefer` headers; the first of two contrary preferences wins.
    ///
    /// # Errors
    /// PGRST122 under `handling=strict` with something unknown; `is_timezone` knows the database's zones.
    pub(crate) fn parse<'a>(
        headers: impl Iterator<Item = &'a str>,
        is_timezone: impl Fn(&str) -> bool,
    ) -> Result<Self, RestError> {
        let mut prefer = Self::default();
        let mut invalid = Vec::new();
        for preference in headers.flat_map(|header| header.split(',')).map(str::trim) {
            let timezone = preference.strip_prefix("timezone=");
            let known = match timezone {
                Some(zone) => is_timezone(zone),
                None => true,
            };
            if !preference.is_empty() && (!known || !prefer.take(preference)) {
                invalid.push(preference.to_owned());
            }
        }
        if prefer.strict == Some(true) && !invalid.is_empty() {
            return Err(RestError::preferences(&invalid));
        }
        Ok(prefer)
    }

    /// Takes one preference; false if it is unknown.
    fn take(&mut self, preference: &str) -> bool {
        let Some((name, value)) = preference.split_once('=') else {
            return false;
        };
        match (name, value) {
            ("return", "minimal") => first(&mut self.returning, Return::Minimal),
            ("return", "headers-only") => first(&mut self.returning, Return::HeadersOnly),
            ("return", "representation") => first(&mut self.returning, Return::Representation),
            ("count", "exact") => first(&mut self.count, Count::Exact),
            ("count", "planned") => first(&mut self.count, Count::Planned),
            ("count", "estimated") => first(&mut self.count, Count::Estimated),
            ("resolution", "merge-duplicates") => first(&mut self.resolution, Resolution::Merge),
            ("resolution", "ignore-duplicates") => first(&mut self.resolution, Resolution::Ignore),
            ("missing", "default") => first(&mut self.missing_default, true),
            ("missing", "null") => first(&mut self.missing_default, false),
            ("handling", "strict") => first(&mut self.strict, true),
            ("handling", "lenient") => first(&mut self.strict, false),
            ("tx", "commit" | "rollback") => {}
            ("timezone", zone) => first(&mut self.timezone, zone.to_owned()),
            ("max-affected", text) => match text.parse() {
                Ok(number) => first(&mut self.max_affected, number),
                Err(_) => return false,
            },
            _ => return false,
        }
        true
    }

    /// The limit on changed rows, which counts only under `handling=strict`.
    pub(crate) fn affected_limit(&self) -> Option<i64> {
        self.max_affected.filter(|_| self.strict == Some(true))
    }

    /// The value of `Preference-Applied`: what was honoured, in the real service's order.
    pub(crate) fn applied(&self, kind: Kind) -> Option<String> {
        let inserts = kind == Kind::Insert;
        let writes = inserts || kind == Kind::Change;
        let missing = self.missing_default.filter(|_| writes);
        let fixed = [
            self.resolution.filter(|_| inserts).map(Resolution::name),
            missing.map(|default| {
                if default {
                    "missing=default"
                } else {
                    "missing=null"
                }
            }),
            self.returning.filter(|_| writes).map(Return::name),
            self.count.map(Count::name),
            self.strict.map(|strict| {
                if strict {
                    "handling=strict"
                } else {
                    "handling=lenient"
                }
            }),
        ];
        let mut applied: Vec<String> = fixed.into_iter().flatten().map(str::to_owned).collect();
        applied.extend(
            self.timezone
                .as_ref()
                .map(|zone| format!("timezone={zone}")),
        );
        let limited = matches!(kind, Kind::Change | Kind::Call);
        let affected = self.affected_limit().filter(|_| limited);
        applied.extend(affected.map(|limit| format!("max-affected={limit}")));
        (!applied.is_empty()).then(|| applied.join(", "))
    }
}

impl Return {
    fn name(self) -> &'static str {
        match self {
            Self::Minimal => "return=minimal",
            Self::HeadersOnly => "return=headers-only",
            Self::Representation => "return=representation",
        }
    }
}

impl Count {
    fn name(self) -> &'static str {
        match self {
            Self::Exact => "count=exact",
            Self::Planned => "count=planned",
            Self::Estimated => "count=estimated",
        }
    }
}

impl Resolution {
    fn name(self) -> &'static str {
        match self {
            Self::Merge => "resolution=merge-duplicates",
            Self::Ignore => "resolution=ignore-duplicates",
        }
    }
}

fn first<T>(slot: &mut Option<T>, value: T) {
    if slot.is_none() {
        *slot = Some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(header: &str) -> Result<Prefer, RestError> {
        Prefer::parse(std::iter::once(header), |zone| zone == "Asia/Tokyo")
    }

    #[test]
    fn honoured_preferences_are_echoed_in_a_fixed_order() {
        let all = "return=representation,count=exact,missing=default,resolution=ignore-duplicates,tx=commit,handling=lenient";
        assert_eq!(
            parse(all).unwrap().applied(Kind::Insert).as_deref(),
            Some(
                "resolution=ignore-duplicates, missing=default, return=representation, count=exact, handling=lenient"
            )
        );
        let strict = parse("handling=strict,max-affected=1,return=representation").unwrap();
        assert_eq!(
            strict.applied(Kind::Change).as_deref(),
            Some("return=representation, handling=strict, max-affected=1")
        );
        assert_eq!(
            strict.applied(Kind::Read).as_deref(),
            Some("handling=strict")
        );
        assert_eq!(parse("tx=rollback").unwrap().applied(Kind::Insert), None);
    }

    #[test]
    fn unknown_preferences_are_refused_only_when_handling_is_strict() {
        for header in ["handling=strict, foo=bar", "foo=bar,handling=strict"] {
            let error = parse(header).unwrap_err();
            assert_eq!(error.code, "PGRST122");
            assert_eq!(
                error.details.as_deref(),
                Some("Invalid preferences: foo=bar")
            );
        }
        assert!(parse("handling=strict, timezone=Nope").is_err());
        assert_eq!(
            parse("foo=bar,,=,Return=Representation").unwrap(),
            Prefer::default()
        );
        assert_eq!(parse("timezone=Nope").unwrap().timezone, None);
        assert_eq!(
            parse("timezone=Asia/Tokyo").unwrap().timezone.as_deref(),
            Some("Asia/Tokyo")
        );
    }

    #[test]
    fn a_limit_on_changed_rows_needs_strict_handling() {
        assert_eq!(parse("max-affected=1").unwrap().affected_limit(), None);
        assert_eq!(
            parse("max-affected=1,handling=strict")
                .unwrap()
                .affected_limit(),
            Some(1)
        );
    }

    #[test]
    fn the_first_of_two_contrary_preferences_wins() {
        let prefer = parse("return=minimal,return=representation").unwrap();
        assert_eq!(prefer.returning, Some(Return::Minimal));
    }
}
