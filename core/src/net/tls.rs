//! The one TLS configuration.
//!
//! Owns: which cryptography and which root certificates are used. HTTP and the web socket share the result, and with it
//! the cache of resumable sessions.
//! Never: asks the platform's verifier, which panics on Android without a JNI set-up (`docs/adr/0040-one-tls-set-up.md`).

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};

use crate::error::{Error, Result};

/// TLS 1.2 and 1.3 by `ring`, Mozilla's root certificates as compiled in, no client certificate, no ALPN (HTTP/1.1).
///
/// # Errors
/// [`Error::Internal`] if the compiled-in cryptography does not offer a TLS version, which a test rules out.
pub fn client_config() -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Internal { place: "net::tls" })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_made_and_offers_no_protocol_but_the_default() {
        let config = client_config().unwrap();
        assert!(config.alpn_protocols.is_empty());
    }
}
