//! TLS for the client of [`foxapi-models`](https://docs.rs/foxapi-models). Use that crate, not this one.
//!
//! It is a separate package because cargo cannot express "rustls, if the client is used and no other TLS was chosen": the
//! default features of `foxapi-models` choose the TLS of this package, and only the client depends on it.
//!
//! The cryptography comes from `ring`. The default of the HTTP library, `aws-lc-rs`, contains a C library that takes longer
//! to compile than the rest of a client. If a program has installed a default provider before it creates its first
//! client, that one is used.

use std::error::Error;

use reqwest::ClientBuilder;

/// Whether TLS is available.
pub const AVAILABLE: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// Sets up TLS for connections.
///
/// The certificates of the system are read only once per program, because that is the slowest part of creating a client.
///
/// # Errors
///
/// TLS cannot be set up, usually because the machine has no certificates.
#[cfg(feature = "rustls")]
pub fn configure(http: ClientBuilder) -> Result<ClientBuilder, Box<dyn Error + Send + Sync>> {
    use std::sync::OnceLock;

    use rustls::ClientConfig;
    use rustls::crypto::{CryptoProvider, ring};
    use rustls_platform_verifier::BuilderVerifierExt;

    static CONFIG: OnceLock<ClientConfig> = OnceLock::new();

    let config = match CONFIG.get() {
        Some(config) => config,
        None => {
            let provider = CryptoProvider::get_default().cloned().unwrap_or_else(|| ring::default_provider().into());
            let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
            let config = config.with_platform_verifier()?.with_no_client_auth();
            CONFIG.get_or_init(|| config)
        }
    };
    Ok(http.tls_backend_preconfigured(config.clone()))
}

/// Leaves TLS to the HTTP library.
///
/// # Errors
///
/// None.
#[cfg(not(feature = "rustls"))]
pub fn configure(http: ClientBuilder) -> Result<ClientBuilder, Box<dyn Error + Send + Sync>> {
    Ok(http)
}

/// Installs a default provider of cryptography if the program has none: the HTTP library asks for it when its TLS settings
/// are changed.
pub fn install_default() {
    #[cfg(feature = "rustls")]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, and then there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}
