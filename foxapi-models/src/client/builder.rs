//! How a client is made: key, address, patience.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::key::ApiKey;
use super::retry::RetryPolicy;
use super::{Client, Inner};

/// Where the API is.
pub const DEFAULT_BASE_URL: &str = "https://api.foxapi.cc";

/// Variable of the environment that holds the key.
const KEY_VARIABLE: &str = "FOXAPI_API_KEY";

/// Variable of the environment that may hold another address.
const BASE_URL_VARIABLE: &str = "FOXAPI_BASE_URL";

/// The proxy before the API refuses a missing user agent and those of well-known libraries.
const USER_AGENT: &str = concat!("foxapi-models/", env!("CARGO_PKG_VERSION"));

/// A connection that was idle for longer may be closed by the other side at the moment of a submission, which
/// would leave open whether it was received.
const IDLE_CONNECTION: Duration = Duration::from_secs(15);

/// Makes a [`Client`].
///
/// ```
/// use std::time::Duration;
/// use foxapi_models::client::{ClientBuilder, RetryPolicy};
///
/// let client = ClientBuilder::new()
///     .api_key("sk-0123456789abcdef")
///     .request_timeout(Duration::from_secs(30))
///     .retry(RetryPolicy::default().max_retries(5))
///     .user_agent("film-studio/2.0")
///     .build()?;
/// # Ok::<(), foxapi_models::client::BuildError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    api_key: Option<ApiKey>,
    base_url: String,
    allow_insecure_http: bool,
    connect_timeout: Duration,
    request_timeout: Duration,
    retry: RetryPolicy,
    user_agent: String,
    http_client: Option<reqwest::Client>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl ClientBuilder {
    /// Starts from the defaults; only the key is missing.
    pub fn new() -> Self {
        Self {
            api_key: None,
            base_url: DEFAULT_BASE_URL.to_owned(),
            allow_insecure_http: false,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            user_agent: USER_AGENT.to_owned(),
            http_client: None,
        }
    }

    /// Starts from the environment: `FOXAPI_API_KEY`, and `FOXAPI_BASE_URL` where it is set.
    pub fn from_env() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let mut builder = Self::new();
        builder.api_key = variable(KEY_VARIABLE).map(ApiKey::from);
        builder.base_url = variable(BASE_URL_VARIABLE).unwrap_or(builder.base_url);
        builder
    }

    /// The key that pays.
    pub fn api_key(mut self, key: impl Into<ApiKey>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Another address than [`DEFAULT_BASE_URL`], without `/v1`; a path in front of it may be part of it.
    ///
    /// It must be `https`, but for this machine itself: the key would be readable on the way.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// Takes `http` for other machines too, as inside of a closed network: the key travels readable.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// How long a connection may take to be established, 10 seconds by default; never more than half of
    /// [`request_timeout`](Self::request_timeout), so that the one is not mistaken for the other.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long one exchange may take from its start to the end of the answer, one minute by default.
    ///
    /// For a submission rather long than short: after it, nobody knows whether it was received.
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    /// When requests are sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Another user agent. Name your program: the proxy before the API refuses those of bare HTTP libraries.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Your own HTTP client, as for a proxy or private certificates, also for downloads.
    ///
    /// Its connect time-out holds instead of [`connect_timeout`](Self::connect_timeout). Give it
    /// `redirect(Policy::none())` and `retry(reqwest::retry::never())`, as the built-in one has: what it does
    /// by itself cannot be undone here, and a submission must not be sent twice.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// Key or address are missing or unusable, or TLS cannot be set up. Nothing is sent.
    pub fn build(self) -> Result<Client, BuildError> {
        let key = self.api_key.filter(|key| !key.is_empty()).ok_or(BuildError::MissingApiKey)?;
        let authorization = key.header().ok_or(BuildError::InvalidApiKey)?;
        let base_url = check_base_url(&self.base_url, self.allow_insecure_http)?;
        let user_agent = HeaderValue::from_str(self.user_agent.trim())
            .ok()
            .filter(|value| !value.is_empty())
            .ok_or(BuildError::InvalidUserAgent)?;
        let (http, downloads) = match self.http_client {
            Some(client) => (client.clone(), client),
            None => {
                if base_url.scheme() == "https" && !cfg!(any(feature = "rustls", feature = "native-tls")) {
                    return Err(BuildError::NoTls);
                }
                let connect_timeout = self.connect_timeout.min(self.request_timeout / 2);
                let mut api = reqwest::Client::builder()
                    .connect_timeout(connect_timeout)
                    .pool_idle_timeout(IDLE_CONNECTION)
                    .redirect(Policy::none())
                    .retry(reqwest::retry::never());
                if is_loopback(&base_url) {
                    api = api.no_proxy();
                }
                // Only this client reads compressed answers: the length of a file is checked as it is sent.
                let files = reqwest::Client::builder().connect_timeout(self.connect_timeout).no_gzip();
                (api.build().map_err(BuildError::Http)?, files.build().map_err(BuildError::Http)?)
            }
        };
        Ok(Client(Arc::new(Inner {
            http,
            downloads,
            key,
            authorization,
            base_url,
            user_agent,
            request_timeout: self.request_timeout,
            retry: self.retry,
        })))
    }
}

/// Reads the address and refuses one that would give the key away.
fn check_base_url(text: &str, allow_insecure_http: bool) -> Result<Url, BuildError> {
    let invalid = |reason| BuildError::InvalidBaseUrl { reason };
    let url = Url::parse(text.trim()).map_err(|_| invalid("it is no absolute URL"))?;
    match url.scheme() {
        "https" => {}
        "http" if allow_insecure_http || is_loopback(&url) => {}
        "http" => return Err(BuildError::InsecureBaseUrl),
        _ => return Err(invalid("its scheme is neither https nor http")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid("it holds a user name or a password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("it has a query or a fragment"));
    }
    Ok(url)
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Why a client cannot be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No key was given, and `FOXAPI_API_KEY` is not set where the environment was asked.
    MissingApiKey,
    /// The key has characters that no key has, such as spaces or line breaks.
    InvalidApiKey,
    /// The address cannot be used.
    InvalidBaseUrl {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The address is `http` and of another machine: everybody on the way could read the key.
    InsecureBaseUrl,
    /// The user agent is empty, or no header can carry it.
    InvalidUserAgent,
    /// The address needs TLS, and the crate was built without feature `rustls` or `native-tls`.
    NoTls,
    /// The HTTP client cannot be set up; mostly, there are no certificates on the machine.
    Http(reqwest::Error),
    /// The runtime of the blocking client cannot be started.
    Runtime(std::io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingApiKey => write!(f, "the API key is missing: set {KEY_VARIABLE}, or give it to the builder"),
            Self::InvalidApiKey => f.write_str("the API key has characters that no key has"),
            Self::InvalidBaseUrl { reason } => write!(f, "the base URL cannot be used: {reason}"),
            Self::InsecureBaseUrl => {
                f.write_str("the base URL is http, which shows the key to everybody on the way; use https, or `allow_insecure_http`")
            }
            Self::InvalidUserAgent => f.write_str("the user agent is empty, or no header can carry it"),
            Self::NoTls => f.write_str("https needs one of the features `rustls` and `native-tls`"),
            Self::Http(error) => {
                write!(f, "the HTTP client cannot be set up: {error}")?;
                let cause = std::error::Error::source(error);
                cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))
            }
            Self::Runtime(error) => write!(f, "the runtime cannot be started: {error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            Self::Runtime(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BuildError, ClientBuilder};

    fn build(url: &str) -> Result<(), BuildError> {
        ClientBuilder::new().api_key("sk-0123456789").base_url(url).build().map(drop)
    }

    #[test]
    fn plain_http_is_for_this_machine_alone() {
        for url in ["http://127.0.0.1:9", "http://127.8.9.1", "http://[::1]:9/x/", "http://LOCALHOST:1"] {
            assert!(build(url).is_ok(), "{url}");
        }
        for url in [
            "http://api.foxapi.cc",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://10.0.0.1",
        ] {
            assert!(matches!(build(url), Err(BuildError::InsecureBaseUrl)), "{url}");
        }
        let allowed =
            ClientBuilder::new().api_key("sk-0123456789").base_url("http://10.0.0.1").allow_insecure_http(true);
        assert!(allowed.build().is_ok());
    }

    #[test]
    fn an_address_that_cannot_be_meant_is_refused() {
        for url in ["", "api.foxapi.cc", "ftp://api.foxapi.cc", "https://user:pass@api.foxapi.cc", "https://a.cc/?x=1"]
        {
            assert!(matches!(build(url), Err(BuildError::InvalidBaseUrl { .. })), "{url}");
        }
    }

    #[test]
    fn a_missing_key_and_a_broken_one_are_told_apart() {
        let missing = ClientBuilder::new().build();
        assert!(matches!(missing, Err(BuildError::MissingApiKey)));
        assert!(matches!(ClientBuilder::new().api_key(" \n").build(), Err(BuildError::MissingApiKey)));
        assert!(matches!(ClientBuilder::new().api_key("sk-a b").build(), Err(BuildError::InvalidApiKey)));
    }
}
