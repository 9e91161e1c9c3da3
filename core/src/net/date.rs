//! The server's clock, as its `Date` header tells it.

use std::time::UNIX_EPOCH;

use crate::time::Timestamp;

/// Parses an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`; the three forms of RFC 9110 section 5.6.7.
pub(super) fn parse(header: &str) -> Option<Timestamp> {
    let time = httpdate::parse_http_date(header).ok()?;
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Timestamp)
}

/// This device's clock minus the server's, in whole seconds, rounded towards zero.
pub(super) fn ahead_s(device: Timestamp, server: Timestamp) -> i64 {
    device.0.saturating_sub(server.0) / 1_000
}

/// Whole minutes of a difference that matters to a person: `None` below two.
pub(super) fn skew_minutes(ahead_s: i64) -> Option<i64> {
    let minutes = ahead_s / 60;
    (minutes.abs() >= 2).then_some(minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_header_is_read_and_rubbish_is_not() {
        let date = parse("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        assert_eq!(date, Timestamp(784_111_777_000));
        assert_eq!(ahead_s(Timestamp(784_111_777_000 + 7_200_999), date), 7_200);
        assert_eq!(
            ahead_s(Timestamp(784_111_777_000 - 7_200_000), date),
            -7_200
        );
        assert_eq!([119, -119].map(skew_minutes), [None; 2]);
        assert_eq!([120, -7_199].map(skew_minutes), [Some(2), Some(-119)]);
        for rubbish in ["", "now", "Sun, 99 Nov 1994 08:49:37 GMT", "\u{1F3B8}"] {
            assert_eq!(parse(rubbish), None, "{rubbish}");
        }
    }
}
