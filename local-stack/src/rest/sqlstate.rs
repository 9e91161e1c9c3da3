//! What a database error becomes: SQLSTATE to status, and the way a function chooses its own (`PTxyz`). Pure. Statuses as
//! seen on the real service, version 14.

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
        return RestError::not_offered("an answer made by sqlstate 'PGRST'");
    }
    let own_status = error
        .code
        .strip_prefix("PT")
        .and_then(|digits| digits.parse().ok());
    let status = own_status.unwrap_or_else(|| status(error.code, error.message, is_anonymous));
    let mut refusal = RestError::new(status, error.code, error.message);
    refusal.details = error.detail.map(str::to_owned);
    refusal.hint = error.hint.map(str::to_owned);
    refusal
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
        assert!(answer("53300", "x").again);
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
    fn a_function_chooses_its_status_but_not_the_whole_answer() {
        assert_eq!(answer("PT409", "x").status, 409);
        assert_eq!(answer("PT999", "x").status, 999);
        assert_eq!(answer("PTabc", "x").status, 400);
        assert_eq!(answer("PT401", "x").challenge.as_deref(), Some("Bearer"));
        assert_eq!(answer("PGRST", "{}").code, "NOT_OFFERED");
    }
}
