//! JSON Web Tokens of a project: HS256 and nothing else.
//!
//! Owns: the signature. The library gets a provider that knows HMAC with SHA-256 alone, so that none of its curves and no
//! RSA is built. Never: judges claims; each service has rules and texts of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jsonwebtoken::crypto::{self, CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{self, ErrorKind};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, encode};
use serde_json::{Map, Value};
use sha2::Sha256;
use signature::{Error, Signer, Verifier};

use crate::error::{Result, StackError};

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(key: &[u8]) -> errors::Result<Self> {
        let hmac = Hmac::new_from_slice(key).map_err(|_| ErrorKind::InvalidKeyFormat)?;
        Ok(Self(hmac))
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let mut hmac = self.0.clone();
        hmac.update(message);
        Ok(hmac.finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), Error> {
        let mut hmac = self.0.clone();
        hmac.update(message);
        hmac.verify_slice(signature)
            .map_err(|_| Error::from_source("another signature"))
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the library's type of the function"
)]
fn signer(algorithm: &Algorithm, key: &EncodingKey) -> errors::Result<Box<dyn JwtSigner>> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256::new(key.as_bytes())?)),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the library's type of the function"
)]
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> errors::Result<Box<dyn JwtVerifier>> {
    match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256::new(key.try_get_as_bytes()?)?)),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    // For sets of public keys, of which there are none here.
    key_utils: KeyUtils::new_unimplemented(),
};

/// Before each use of the library: it looks for its provider once, at the first use in the process.
fn install() {
    // An error says that it is there already.
    let _ = PROVIDER.install_default();
}

/// Signs claims. The header has `alg` and `typ`, no `kid`.
pub(crate) fn sign(secret: &[u8], claims: &Value) -> Result<String> {
    install();
    let key = EncodingKey::from_secret(secret);
    encode(&Header::new(Algorithm::HS256), claims, &key).map_err(|_| StackError::Signing)
}

/// Whether the last of a token's parts is the secret's HS256 signature of the others, whatever the header says.
pub(crate) fn is_signed(secret: &[u8], token: &str) -> bool {
    install();
    let Some((message, signature)) = token.rsplit_once('.') else {
        return false;
    };
    let key = DecodingKey::from_secret(secret);
    crypto::verify(signature, message.as_bytes(), &key, Algorithm::HS256).unwrap_or(false)
}

/// Header and payload of a token of three parts; `None` if one cannot be read. The payload need not be JSON.
pub(crate) fn parts(token: &str) -> Option<(Map<String, Value>, Vec<u8>)> {
    let mut parts = token.split('.');
    let (header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    Some((header, URL_SAFE_NO_PAD.decode(payload).ok()?))
}

/// A token with any header and any payload, for tests of refusals.
#[cfg(test)]
pub(crate) fn with_header(secret: &[u8], header: &Value, payload: &[u8]) -> String {
    install();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let message = format!("{}.{}", part(header.to_string().as_bytes()), part(payload));
    let key = EncodingKey::from_secret(secret);
    let signature = crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
    format!("{message}.{signature}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// RFC 7515, appendix A.1.
    #[test]
    fn the_signature_is_the_one_of_the_standards_example() {
        let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
        let key = URL_SAFE_NO_PAD.decode(key).unwrap();
        let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert!(is_signed(&key, token));
        assert!(!is_signed(b"another key", token));
        assert!(!is_signed(&key, &format!("{token}x")));
    }

    #[test]
    fn what_is_signed_is_read_back_and_other_algorithms_are_not_signed_with() {
        let token = sign(b"secret", &json!({"a": 1})).unwrap();
        let (header, payload) = parts(&token).unwrap();
        assert_eq!(Value::Object(header), json!({"alg": "HS256", "typ": "JWT"}));
        assert_eq!(payload, br#"{"a":1}"#);
        for bad in ["", "a.b", "a.b.c.d", "e30.!.x"] {
            assert_eq!(parts(bad), None, "{bad}");
        }
        let key = EncodingKey::from_secret(b"secret");
        assert!(crypto::sign(b"m", &key, Algorithm::HS512).is_err());
        let key = DecodingKey::from_secret(b"secret");
        assert!(crypto::verify("x", b"m", &key, Algorithm::RS256).is_err());
    }
}
