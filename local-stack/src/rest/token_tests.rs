//! Tokens against the answers seen on a real server.

use serde_json::json;

use super::*;

const SECRET: &[u8] = b"a secret of the tests with at least 32 characters";
const NOW: i64 = 1_795_000_000;
const TIMES: Times = Times {
    now: NOW,
    expired_until: None,
};

fn signed(header: &Value, payload: &[u8], secret: &[u8]) -> String {
    jwt::with_header(secret, header, payload)
}

fn answer(claims: &Value) -> Result<Caller, RestError> {
    let token = signed(
        &json!({"alg": "HS256"}),
        claims.to_string().as_bytes(),
        SECRET,
    );
    caller(Some(&format!("Bearer {token}")), SECRET, TIMES)
}

fn message(result: Result<Caller, RestError>) -> (String, String) {
    let error = result.unwrap_err();
    assert_eq!(error.status, 401);
    (error.code.clone(), error.message.clone())
}

fn refused(header: &str) -> (String, String) {
    message(caller(Some(header), SECRET, TIMES))
}

#[test]
fn the_token_gives_role_and_claims_and_its_absence_the_anonymous_role() {
    let user = answer(&json!({"role": "authenticated", "aud": "authenticated"})).unwrap();
    assert_eq!(user.role, "authenticated");
    let claims: Value = serde_json::from_str(&user.claims).unwrap();
    assert_eq!(
        claims,
        json!({"aud": "authenticated", "role": "authenticated"})
    );
    for header in [None, Some(""), Some("Basic YTpi"), Some("abc.def.ghi")] {
        let nobody = caller(header, SECRET, TIMES).unwrap();
        assert_eq!(
            (nobody.role.as_str(), nobody.claims.as_str()),
            ("anon", r#"{"role":"anon"}"#)
        );
    }
    assert_eq!(answer(&json!({"sub": "x"})).unwrap().role, "anon");
    assert_eq!(answer(&json!({"role": null})).unwrap().role, "null");
    assert_eq!(answer(&json!({"role": ["a"]})).unwrap().role, "[\"a\"]");
}

#[test]
fn the_scheme_is_read_without_case_and_with_more_spaces() {
    let token = signed(&json!({"alg": "HS256"}), br#"{"role":"r"}"#, SECRET);
    for header in [format!("bearer {token}"), format!("BEARER  {token}")] {
        assert_eq!(caller(Some(&header), SECRET, TIMES).unwrap().role, "r");
    }
    let unreadable = (
        "PGRST301".to_owned(),
        "JWT cryptographic operation failed".to_owned(),
    );
    assert_eq!(refused("Bearer ..").0, "PGRST301");
    assert_eq!(refused("Bearer abc.def.ghi"), unreadable);
}

#[test]
fn a_token_of_another_shape_is_counted() {
    let expected = |n: usize| {
        (
            "PGRST301".to_owned(),
            format!("Expected 3 parts in JWT; got {n}"),
        )
    };
    assert_eq!(refused("Bearer sb_publishable_abc"), expected(1));
    assert_eq!(refused("Bearer a.b"), expected(2));
    assert_eq!(refused("Bearer a.b.c.d.e"), expected(5));
    let empty = "Empty JWT is sent in Authorization header".to_owned();
    assert_eq!(refused("Bearer "), ("PGRST301".to_owned(), empty.clone()));
    assert_eq!(refused("Bearer").1, empty);
}

#[test]
fn only_the_projects_own_signature_is_trusted() {
    let wrong = "No suitable key or wrong key type";
    let other = signed(&json!({"alg": "HS256"}), b"{}", b"another secret");
    assert_eq!(refused(&format!("Bearer {other}")).1, wrong);
    let good = signed(&json!({"alg": "HS256"}), b"{}", SECRET);
    let cut = good.rsplit_once('.').unwrap().0;
    assert_eq!(refused(&format!("Bearer {cut}.")).1, wrong);
    for header in [
        json!({"alg": "HS512"}),
        json!({"alg": "ES256"}),
        json!({"alg": "HS256", "kid": "k"}),
    ] {
        let token = signed(&header, b"{}", SECRET);
        assert_eq!(refused(&format!("Bearer {token}")).1, wrong, "{header}");
    }
    let none = signed(&json!({"alg": "none"}), b"{}", SECRET);
    assert_eq!(
        refused(&format!("Bearer {none}")).1,
        "Wrong or unsupported encoding algorithm"
    );
    let unknown = signed(&json!({"alg": "XX"}), b"{}", SECRET);
    assert_eq!(
        refused(&format!("Bearer {unknown}")).1,
        "JWT cryptographic operation failed"
    );
}

#[test]
fn times_have_thirty_seconds_of_leeway() {
    let expired =
        |claims: Value| message(answer(&claims)) == ("PGRST303".into(), "JWT expired".into());
    assert!(answer(&json!({"exp": NOW - 30})).is_ok());
    assert!(expired(json!({"exp": NOW - 31})));
    assert!(expired(json!({"exp": 1_795_000_600.5})));
    assert!(expired(json!({"exp": 1e30})));
    assert!(expired(json!({"exp": -5})));
    assert!(answer(&json!({"exp": null})).is_ok());
    assert!(answer(&json!({"nbf": NOW + 30, "iat": NOW + 30})).is_ok());
    assert_eq!(
        message(answer(&json!({"nbf": NOW + 31}))).1,
        "JWT not yet valid"
    );
    assert_eq!(
        message(answer(&json!({"iat": NOW + 31}))).1,
        "JWT issued at future"
    );
}

#[test]
fn claims_of_the_wrong_kind_are_named() {
    let text = message(answer(&json!({"exp": "1"}))).1;
    assert_eq!(text, "The JWT 'exp' claim must be a number");
    let text = message(answer(&json!({"aud": 5}))).1;
    assert_eq!(
        text,
        "The JWT 'aud' claim must be a string or an array of strings"
    );
    for payload in ["[1]", "no json"] {
        let token = signed(&json!({"alg": "HS256"}), payload.as_bytes(), SECRET);
        assert_eq!(
            refused(&format!("Bearer {token}")).1,
            "Parsing claims failed"
        );
    }
}

#[test]
fn a_switch_expires_the_tokens_issued_so_far() {
    let times = Times {
        now: NOW,
        expired_until: Some(NOW - 10),
    };
    let token = |iat: i64| {
        let claims = json!({"iat": iat, "exp": NOW + 60}).to_string();
        format!(
            "Bearer {}",
            signed(&json!({"alg": "HS256"}), claims.as_bytes(), SECRET)
        )
    };
    assert_eq!(
        message(caller(Some(&token(NOW - 10)), SECRET, times)).1,
        "JWT expired"
    );
    assert!(caller(Some(&token(NOW - 9)), SECRET, times).is_ok());
}
