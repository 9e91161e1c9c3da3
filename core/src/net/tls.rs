//! The one TLS configuration.
//!
//! Owns: which cryptography and which root certificates are used. HTTP and the web socket share the result, and with it
//! the cache of resumable sessions.
//! Never: asks the platform's verifier, which panics on Android without a JNI set-up (`docs/adr/0040-one-tls-set-up.md`).

use std::sync::Arc;

use rustls::crypto::{CryptoProvider, KeyProvider};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::SigningKey;
use rustls::{ClientConfig, RootCertStore};

use crate::error::{Error, Result};

/// TLS 1.2 and 1.3 by `ring`, Mozilla's root certificates as compiled in, no client certificate, no ALPN (HTTP/1.1). Trusts
/// the certificates in `extra_roots` (PEM text, may be empty) as well: those of the private authority of a self-hosted project.
///
/// # Errors
/// [`Error::Config`] naming `extra_roots` when it is not empty and holds no certificate, or one that cannot be a root.
pub fn client_config_with(extra_roots: &str) -> Result<Arc<ClientConfig>> {
    let provider = Arc::new(CryptoProvider {
        key_provider: &NoKeys,
        ..rustls::crypto::ring::default_provider()
    });
    let mut roots = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    add_roots(&mut roots, extra_roots)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Internal { place: "net::tls" })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// There is no client certificate, so nothing here signs; without this the code that would is in every app.
#[derive(Debug)]
struct NoKeys;

impl KeyProvider for NoKeys {
    fn load_private_key(
        &self,
        _: PrivateKeyDer<'static>,
    ) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("no client certificates".to_owned()))
    }
}

fn add_roots(roots: &mut RootCertStore, pem: &str) -> Result<()> {
    let bad = |reason| Error::Config {
        field: "extra_roots",
        reason,
    };
    let public = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|_| bad("it is not PEM text"))?;
        roots
            .add(certificate)
            .map_err(|_| bad("it holds a certificate that cannot be read"))?;
    }
    if roots.len() == public && !pem.trim().is_empty() {
        return Err(bad("it holds no certificate"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_made_and_offers_no_protocol_but_the_default() {
        let config = client_config_with("").unwrap();
        assert!(config.alpn_protocols.is_empty());
    }

    #[test]
    fn roots_that_are_no_certificates_are_a_named_setting() {
        for pem in [
            "nonsense",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n",
        ] {
            let refused = client_config_with(pem).unwrap_err();
            assert!(
                matches!(
                    refused,
                    Error::Config {
                        field: "extra_roots",
                        ..
                    }
                ),
                "{pem}: {refused:?}"
            );
        }
        client_config_with(" \n").unwrap();
    }
}
