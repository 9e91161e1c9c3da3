//! Which rows are asked for: `limit`, `offset`, the `Range` header, and what `Content-Range` answers. Pure.

use super::error::RestError;

/// Rows a read gives at most, as the Supabase CLI's `max_rows`.
pub(crate) const MAX_ROWS: i64 = 1_000;

/// A window of rows: `limit` none means all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) offset: i64,
    pub(crate) limit: Option<i64>,
}

impl Window {
    /// The window of a request. Unreadable or negative numbers are ignored, as on the real service; a limit below zero
    /// and a reversed header are refused.
    pub(crate) fn of(
        limit: Option<&str>,
        offset: Option<&str>,
        header: Option<&str>,
    ) -> Result<Self, RestError> {
        let offset: Option<i64> = offset.and_then(|text| text.parse().ok());
        let offset = offset.filter(|offset| *offset >= 0);
        let limit: Option<i64> = limit.and_then(|text| text.parse().ok());
        let mut from = offset.unwrap_or(0);
        let mut to = limit.map(|limit| from.saturating_add(limit).saturating_sub(1));
        let mut empty_is_fine = limit == Some(0);
        if let Some((low, high)) = header.and_then(parse_header) {
            if high.is_some_and(|high| high < low) {
                return Err(RestError::range(
                    "The lower boundary must be lower than or equal to the upper boundary in the Range header.",
                ));
            }
            empty_is_fine &= low <= from;
            from = from.max(low);
            to = match (to, high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        let limit = to.map(|to| to.saturating_sub(from).saturating_add(1));
        if limit.is_some_and(|limit| limit < 0 || (limit == 0 && !empty_is_fine)) {
            return Err(RestError::range(
                "Limit should be greater than or equal to zero.",
            ));
        }
        Ok(Self {
            offset: from,
            limit,
        })
    }

    /// The same window, never longer than [`MAX_ROWS`].
    pub(crate) fn capped(self) -> Self {
        let limit = self.limit.map_or(MAX_ROWS, |limit| limit.min(MAX_ROWS));
        Self {
            limit: Some(limit),
            ..self
        }
    }
}

/// `5-9`, `5-`, possibly with the unit in front. Anything else is no range.
fn parse_header(value: &str) -> Option<(i64, Option<i64>)> {
    let (low, high) = value
        .strip_prefix("items=")
        .unwrap_or(value)
        .split_once('-')?;
    let low = low.trim().parse().ok()?;
    match high.trim() {
        "" => Some((low, None)),
        high => Some((low, Some(high.parse().ok()?))),
    }
}

/// Status and `Content-Range` of a read: `rows` were given from `offset` on, of `total` if it was counted.
pub(crate) fn of_read(offset: i64, rows: i64, total: Option<i64>) -> (u16, String) {
    let last = offset + rows - 1;
    let status = match total {
        Some(total) if offset > total => 416,
        Some(total) if rows < total => 206,
        _ => 200,
    };
    (
        status,
        content_range((rows > 0).then_some((offset, last)), total),
    )
}

/// `0-9/*`, `*/12`.
pub(crate) fn content_range(rows: Option<(i64, i64)>, total: Option<i64>) -> String {
    let rows = rows.map_or("*".to_owned(), |(first, last)| format!("{first}-{last}"));
    let total = total.map_or("*".to_owned(), |total| total.to_string());
    format!("{rows}/{total}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(
        limit: Option<&str>,
        offset: Option<&str>,
        header: Option<&str>,
    ) -> Option<(i64, Option<i64>)> {
        Window::of(limit, offset, header)
            .ok()
            .map(|window| (window.offset, window.limit))
    }

    #[test]
    fn limit_offset_and_header_meet_as_on_the_real_service() {
        assert_eq!(window(Some("2"), Some("3"), None), Some((3, Some(2))));
        assert_eq!(window(Some("0"), None, None), Some((0, Some(0))));
        assert_eq!(window(Some("x"), Some("-1"), None), Some((0, None)));
        assert_eq!(window(Some("-1"), None, None), None);
        assert_eq!(window(None, None, Some("5-9")), Some((5, Some(5))));
        assert_eq!(window(Some("3"), None, Some("5-")), None);
        assert_eq!(window(None, None, Some("5-2")), None);
        assert_eq!(window(Some("1"), None, Some("abc")), Some((0, Some(1))));
    }

    #[test]
    fn absurd_numbers_do_not_overflow() {
        let max = i64::MAX.to_string();
        assert_eq!(window(Some(&max), Some(&max), None), None);
        assert_eq!(
            window(None, None, Some(&format!("0-{max}"))),
            Some((0, Some(i64::MAX)))
        );
        assert_eq!(
            window(None, None, Some("99999999999999999999-")),
            Some((0, None))
        );
    }

    #[test]
    fn a_counted_read_tells_part_from_whole() {
        assert_eq!(of_read(0, 3, Some(3)), (200, "0-2/3".to_owned()));
        assert_eq!(of_read(0, 1000, Some(1500)), (206, "0-999/1500".to_owned()));
        assert_eq!(of_read(5000, 0, Some(1500)), (416, "*/1500".to_owned()));
        assert_eq!(of_read(5000, 0, None), (200, "*/*".to_owned()));
        assert_eq!(of_read(0, 0, Some(0)), (200, "*/0".to_owned()));
        assert_eq!(of_read(3, 2, None), (200, "3-4/*".to_owned()));
    }
}
