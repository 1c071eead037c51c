//! The TLS of the client of [`foxapi-models`](https://docs.rs/foxapi-models): use that crate.
//!
//! It is a package of its own because cargo cannot say "rustls, if there is a client and nobody chose another TLS":
//! the default features of `foxapi-models` choose the TLS of this package, which only its client brings along.
//!
//! The cryptography of rustls comes from `ring` and not from `aws-lc-rs`, the default of the HTTP library, whose C
//! library takes longer to compile than all the rest of a client. A program that has installed another provider as
//! its default before it makes its first client gets that one.

use std::error::Error;

use reqwest::ClientBuilder;

/// Whether there is any TLS.
pub const AVAILABLE: bool = cfg!(any(feature = "rustls", feature = "native-tls"));

/// Gives connections their TLS.
///
/// The certificates of the system are read once in a program: it takes longer than all else that a client is made of.
///
/// # Errors
///
/// TLS cannot be set up; usually the machine has no certificates.
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

/// Gives connections their TLS: that of the HTTP library.
///
/// # Errors
///
/// None.
#[cfg(not(feature = "rustls"))]
pub fn configure(http: ClientBuilder) -> Result<ClientBuilder, Box<dyn Error + Send + Sync>> {
    Ok(http)
}

/// Gives the program a default provider, where it has none: the HTTP library asks for it when its settings of TLS
/// are changed.
pub fn install_default() {
    #[cfg(feature = "rustls")]
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, and then there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}
