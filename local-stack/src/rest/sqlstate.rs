//! What a database error becomes: SQLSTATE to status, and the two ways a function chooses its own answer
//! (`PTxyz` and `PGRST`). Pure. Statuses as seen on the real service, version 14.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::error::RestError;

/// The parts of a database error that reach the caller.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DbError<'a> {
    pub(crate) code: &'a str,
    pub(crate) message: &'a str,
    pub(crate) detail: Option<&'a str>,
    pub(crate) hint: Option<&'a str>,
}

/// Turns a database error into the answer. `is_anonymous`: the request ran as the role of callers without a session.
pub(crate) fn refusal(error: DbError<'_>, is_anonymous: bool) -> RestError {
    if error.code == "PGRST" {
        return chosen(error);
    }
    let own_status = error
        .code
        .strip_prefix("PT")
        .and_then(|digits| digits.parse().ok());
    let status = own_status.unwrap_or_else(|| status(error.code, error.message, is_anonymous));
    let mut refusal = RestError::new(status, error.code, error.message);
    refusal.details = error.detail.map(str::to_owned);
    refusal.hint = error.hint.map(str::to_owned);
    refusal.reason = own_status.map(|_| error.message.to_owned());
    if status == 503 {
        refusal.header("Retry-After", "0")
    } else {
        refusal
    }
}

fn status(code: &str, message: &str, is_anonymous: bool) -> u16 {
    match code {
        "42501" => {
            if is_anonymous {
                401
            } else {
                403
            }
        }
        "23503" | "23505" => 409,
        "25006" => 405,
        "42883" | "42P01" => 404,
        "42P17" | "53400" => 500,
        "57P01" => 503,
        "P0001" => 400,
        "21000" if message.ends_with("requires a WHERE clause") => 400,
        _ => match code.get(..2).unwrap_or_default() {
            "08" | "53" => 503,
            "0L" | "0P" | "28" => 403,
            "09" | "21" | "25" | "26" | "2D" | "38" | "39" | "3B" | "40" | "54" | "55" | "57"
            | "58" | "F0" | "HV" | "P0" | "XX" => 500,
            _ => 400,
        },
    }
}

/// Whether the real service repeats the transaction by itself.
pub(crate) fn is_repeated(code: &str) -> bool {
    matches!(code, "40001" | "40P01")
}

#[derive(Deserialize)]
struct ChosenBody {
    code: String,
    message: String,
    details: Option<String>,
    hint: Option<String>,
}

#[derive(Deserialize)]
struct ChosenHead {
    status: u16,
    status_text: Option<String>,
    headers: Map<String, Value>,
}

/// `raise sqlstate 'PGRST'`: the message is the body, the detail status and headers, both JSON.
fn chosen(error: DbError<'_>) -> RestError {
    let Ok(body) = serde_json::from_str::<ChosenBody>(error.message) else {
        let hint = "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'.";
        return unreadable(
            format!("Invalid JSON value for MESSAGE: '{}'", error.message),
            hint,
        );
    };
    let hint = "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'.";
    let Some(detail) = error.detail else {
        return unreadable("DETAIL is missing in the RAISE statement".to_owned(), hint);
    };
    let head = serde_json::from_str::<ChosenHead>(detail);
    let Some(head) = head.ok().filter(|head| (100..=999).contains(&head.status)) else {
        return unreadable(format!("Invalid JSON value for DETAIL: '{detail}'"), hint);
    };
    let mut refusal = RestError::new(head.status, &body.code, body.message);
    refusal.details = body.details;
    refusal.hint = body.hint;
    refusal.reason = head.status_text;
    for (name, value) in head.headers {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        refusal.headers.push((name, text));
    }
    refusal
}

fn unreadable(details: String, hint: &str) -> RestError {
    let text = "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error";
    RestError::new(500, "PGRST121", text)
        .details(details)
        .hint(Some(hint.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(code: &str, message: &str) -> RestError {
        refusal(
            DbError {
                code,
                message,
                detail: None,
                hint: None,
            },
            false,
        )
    }

    #[test]
    fn states_map_to_the_statuses_of_the_real_service() {
        let seen = [
            (
                400,
                "P0001 22023 22P02 23502 23514 34000 42601 99999 0A000 42P10 42703 22001",
            ),
            (403, "42501 28000 28P01 0L000 0P000"),
            (404, "42883 42P01"),
            (405, "25006"),
            (409, "23503 23505"),
            (
                500,
                "53400 54000 54001 55P03 57014 58000 2D000 38000 39000 3B000 42P17 21000",
            ),
            (500, "09000 F0000 HV000 P0000 P0002 XX000"),
            (503, "08006 53000 53300 57P01"),
        ];
        for (status, codes) in seen {
            for code in codes.split(' ') {
                assert_eq!(answer(code, "x").status, status, "{code}");
            }
        }
        assert_eq!(
            answer("53300", "x").headers,
            [("Retry-After".to_owned(), "0".to_owned())]
        );
    }

    #[test]
    fn a_missing_right_is_401_for_the_anonymous_role_only() {
        let error = DbError {
            code: "42501",
            message: "m",
            detail: None,
            hint: None,
        };
        let anonymous = refusal(error, true);
        assert_eq!(
            (anonymous.status, anonymous.challenge.as_deref()),
            (401, Some("Bearer"))
        );
        assert_eq!(refusal(error, false).challenge, None);
    }

    #[test]
    fn a_function_chooses_its_status_and_reason() {
        let error = answer("PT409", "conflict msg");
        assert_eq!(
            (error.status, error.reason.as_deref()),
            (409, Some("conflict msg"))
        );
        assert_eq!(answer("PT999", "x").status, 999);
        assert_eq!(answer("PT401", "x").challenge.as_deref(), Some("Bearer"));
    }

    #[test]
    fn a_function_may_write_the_whole_answer() {
        let error = refusal(
            DbError {
                code: "PGRST",
                message: r#"{"code":"X123","message":"custom","details":"d","hint":"h"}"#,
                detail: Some(r#"{"status":418,"headers":{"X-Mine":"v"}}"#),
                hint: None,
            },
            false,
        );
        assert_eq!((error.status, error.code.as_str()), (418, "X123"));
        assert_eq!(error.headers, [("X-Mine".to_owned(), "v".to_owned())]);
        let broken = answer("PGRST", "notjson");
        assert_eq!((broken.status, broken.code.as_str()), (500, "PGRST121"));
        assert_eq!(
            broken.details.as_deref(),
            Some("Invalid JSON value for MESSAGE: 'notjson'")
        );
    }
}
