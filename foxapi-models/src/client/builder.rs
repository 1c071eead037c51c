//! How a client is made: key, address, patience.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::address::{Judge, is_loopback};
use super::environment;
use super::key::ApiKey;
use super::retry::RetryPolicy;
use super::{Client, Inner};

/// Where the API is.
pub const DEFAULT_BASE_URL: &str = "https://api.foxapi.cc";

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
    api_key: Setting<Option<ApiKey>>,
    base_url: Setting<String>,
    allow_insecure_http: bool,
    allow_private_addresses: bool,
    connect_timeout: Duration,
    request_timeout: Duration,
    retry: RetryPolicy,
    user_agent: String,
    configure: Option<Configure>,
}

/// A setting, or why what the environment says cannot be one.
type Setting<T> = Result<T, environment::Fault>;

/// Changes the settings of the HTTP library.
#[derive(Clone)]
struct Configure(Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>);

impl fmt::Debug for Configure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Configure")
    }
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
            api_key: Ok(None),
            base_url: Ok(DEFAULT_BASE_URL.to_owned()),
            allow_insecure_http: false,
            allow_private_addresses: false,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            user_agent: USER_AGENT.to_owned(),
            configure: None,
        }
    }

    /// Starts from the environment: `FOXAPI_API_KEY`, and `FOXAPI_BASE_URL` where it is set.
    ///
    /// A variable that is set to nothing, or to what cannot be used, is an error of [`build`](Self::build), unless
    /// a setting here takes its place.
    pub fn from_env() -> Self {
        let mut builder = Self::new();
        builder.api_key = environment::variable(environment::API_KEY).map(|key| key.map(ApiKey::from));
        builder.base_url =
            environment::variable(environment::BASE_URL).map(|url| url.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned()));
        builder
    }

    /// The key that pays.
    pub fn api_key(mut self, key: impl Into<ApiKey>) -> Self {
        self.api_key = Ok(Some(key.into()));
        self
    }

    /// Another address than [`DEFAULT_BASE_URL`], without `/v1`; a path in front of it may be part of it.
    ///
    /// It must be `https`, but for this machine itself: the key would be readable on the way.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Ok(url.into());
        self
    }

    /// Takes `http` for other machines too, as inside of a closed network: the key travels readable.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// Fetches results from addresses of this machine and of private networks, too.
    ///
    /// Servers name the addresses of results, and a program inside of a network should not be made to ask there.
    /// Where the API itself is on this machine, so may be the results.
    pub fn allow_private_addresses(mut self, allow: bool) -> Self {
        self.allow_private_addresses = allow;
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

    /// Changes settings of the HTTP library, as for a proxy or private certificates, for the API and for downloads.
    ///
    /// What keeps submissions from being sent twice, the key secret and addresses in check is set afterwards:
    /// redirects, retries, time-outs, names and `Referer`. With feature `rustls`, `ring` becomes the default
    /// provider of cryptography of the program when it has none.
    ///
    /// ```
    /// use foxapi_models::client::{ClientBuilder, reqwest};
    ///
    /// let proxy = reqwest::Proxy::all("http://proxy.example:3128")?;
    /// let client = ClientBuilder::new()
    ///     .api_key("sk-0123456789abcdef")
    ///     .configure_http(move |http| http.proxy(proxy.clone()))
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn configure_http(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure = Some(Configure(Arc::new(configure)));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// Key or address are missing or unusable, or TLS cannot be set up. Nothing is sent.
    pub fn build(self) -> Result<Client, BuildError> {
        let setting = |(name, reason)| BuildError::InvalidVariable { name, reason };
        let key = self.api_key.clone().map_err(setting)?.filter(|key| !key.is_empty());
        let key = key.ok_or(BuildError::MissingApiKey)?;
        let authorization = key.header().ok_or(BuildError::InvalidApiKey)?;
        let base_url = check_base_url(&self.base_url.clone().map_err(setting)?, self.allow_insecure_http)?;
        let user_agent = HeaderValue::from_str(self.user_agent.trim())
            .ok()
            .filter(|value| !value.is_empty())
            .ok_or(BuildError::InvalidUserAgent)?;
        if base_url.scheme() == "https" && !foxapi_tls::AVAILABLE {
            return Err(BuildError::NoTls);
        }
        let is_local = is_loopback(&base_url);
        let judge = Judge::new(is_local, self.allow_private_addresses, environment::proxies().map_err(setting)?);
        let mut api = self
            .http()?
            .connect_timeout(self.connect_timeout.min(self.request_timeout / 2))
            .pool_idle_timeout(IDLE_CONNECTION)
            .redirect(Policy::none());
        if is_local {
            api = api.no_proxy();
        }
        // Only the API's client reads compressed answers: the length of a file is checked as it is sent.
        let files = self
            .http()?
            .connect_timeout(self.connect_timeout)
            .no_gzip()
            .redirect(judge.redirects())
            .dns_resolver(Arc::new(judge.clone()));
        Ok(Client(Arc::new(Inner {
            http: api.build().map_err(BuildError::Http)?,
            downloads: files.build().map_err(BuildError::Http)?,
            judge,
            key,
            authorization,
            base_url,
            user_agent,
            request_timeout: self.request_timeout,
            retry: self.retry,
        })))
    }

    /// What all connections have in common.
    fn http(&self) -> Result<reqwest::ClientBuilder, BuildError> {
        let http = reqwest::Client::builder();
        let http = match &self.configure {
            Some(configure) => {
                foxapi_tls::install_default();
                (configure.0)(http)
            }
            None => foxapi_tls::configure(http).map_err(BuildError::Tls)?,
        };
        // An address may grant access to a file: nobody else is told it as the one before.
        Ok(http.retry(reqwest::retry::never()).referer(false))
    }
}

/// Reads the address and refuses one that would give the key away.
fn check_base_url(text: &str, allow_insecure_http: bool) -> Result<Url, BuildError> {
    let invalid = |reason| BuildError::InvalidBaseUrl { reason };
    let url = Url::parse(text.trim()).map_err(|_| invalid("it is not an absolute URL"))?;
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
    /// A variable of the environment is set, but cannot be used.
    InvalidVariable {
        /// Its name.
        name: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The HTTP client cannot be set up.
    Http(reqwest::Error),
    /// TLS cannot be set up; usually there are no certificates on the machine.
    Tls(Box<dyn std::error::Error + Send + Sync>),
    /// The runtime of the blocking client cannot be started.
    Runtime(std::io::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingApiKey => {
                write!(f, "the API key is missing: set {}, or give it to the builder", environment::API_KEY)
            }
            Self::InvalidApiKey => f.write_str("the API key has characters that no key has"),
            Self::InvalidBaseUrl { reason } => write!(f, "the base URL cannot be used: {reason}"),
            Self::InsecureBaseUrl => {
                f.write_str("the base URL is http, which shows the key to everybody on the way; use https, or `allow_insecure_http`")
            }
            Self::InvalidUserAgent => f.write_str("the user agent is empty, or no header can carry it"),
            Self::NoTls => f.write_str("https needs one of the features `rustls` and `native-tls`"),
            Self::InvalidVariable { name, reason } => write!(f, "the environment's {name} cannot be used: {reason}"),
            Self::Tls(error) => write!(f, "TLS cannot be set up: {error}"),
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
            Self::Tls(error) => Some(error.as_ref()),
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
