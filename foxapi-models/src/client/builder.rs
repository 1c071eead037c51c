//! Builds a client with its key, address and time limits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::address::{AddressPolicy, is_loopback};
use super::build_error::BuildError;
use super::environment;
use super::key::ApiKey;
use super::retry::RetryPolicy;
use super::{Client, Inner};

/// Address of the API.
pub const DEFAULT_BASE_URL: &str = "https://api.foxapi.cc";

/// The proxy before the API refuses a missing user agent and those of well-known libraries.
const USER_AGENT: &str = concat!("foxapi-models/", env!("CARGO_PKG_VERSION"));

/// The other side may close a connection that has been idle for longer at the moment of a submission, which would
/// leave open whether it was received.
const IDLE_CONNECTION: Duration = Duration::from_secs(15);

/// Builds a [`Client`].
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
    base_url: Setting<Address>,
    allow_insecure_http: bool,
    allow_private_addresses: bool,
    connect_timeout: Duration,
    request_timeout: Duration,
    retry: RetryPolicy,
    user_agent: String,
    configure: Option<Configure>,
}

/// A setting, or why the environment has an invalid one.
type Setting<T> = Result<T, environment::Fault>;

/// An address that has not been checked yet, and may contain a password.
#[derive(Clone)]
struct Address(String);

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match check_base_url(&self.0, true) {
            Ok(url) => write!(f, "{:?}", url.as_str()),
            Err(_) => f.write_str("unusable"),
        }
    }
}

/// A function that changes the settings of the HTTP library.
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
    /// Starts with the defaults; only the key is missing.
    pub fn new() -> Self {
        Self {
            api_key: Ok(None),
            base_url: Ok(Address(DEFAULT_BASE_URL.to_owned())),
            allow_insecure_http: false,
            allow_private_addresses: false,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            user_agent: USER_AGENT.to_owned(),
            configure: None,
        }
    }

    /// Starts with the environment: `FOXAPI_API_KEY`, and `FOXAPI_BASE_URL` if it is set.
    ///
    /// A variable that is empty or invalid is an error of [`build`](Self::build), unless you override the setting.
    pub fn from_env() -> Self {
        let mut builder = Self::new();
        builder.api_key = environment::variable(environment::API_KEY).map(|key| key.map(ApiKey::from));
        builder.base_url = environment::variable(environment::BASE_URL)
            .map(|url| Address(url.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned())));
        builder
    }

    /// Sets the API key, whose account is charged.
    pub fn api_key(mut self, key: impl Into<ApiKey>) -> Self {
        self.api_key = Ok(Some(key.into()));
        self
    }

    /// Sets an address other than [`DEFAULT_BASE_URL`], without `/v1`. It may have a path.
    ///
    /// It must be `https`, because otherwise anyone along the way could read the key. Only this machine may use `http`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Ok(Address(url.into()));
        self
    }

    /// Allows `http` for other machines too, as in a closed network. The key is sent unencrypted then.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// Allows results at addresses of this machine and of private networks.
    ///
    /// The server chooses the addresses of results, and must not make a program inside a network send requests there. If
    /// the API itself is on this machine, results may be on it as well.
    pub fn allow_private_addresses(mut self, allow: bool) -> Self {
        self.allow_private_addresses = allow;
        self
    }

    /// Sets how long it may take to connect: 10 seconds by default, and never more than half of
    /// [`request_timeout`](Self::request_timeout), so that the two can be told apart.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long one exchange may take, from its start to the end of the answer: one minute by default.
    ///
    /// Choose it long rather than short: after a submission that timed out, nobody knows whether it was received.
    pub fn request_timeout(mut self, timeout: Duration) -> Self {
        self.request_timeout = timeout;
        self
    }

    /// Sets when requests are retried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the user agent, which should name your program: the proxy in front of the API refuses those of HTTP libraries.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Changes settings of the HTTP library for the API and for downloads, such as a proxy or private certificates.
    ///
    /// Redirects, retries, time-outs, name resolution and `Referer` are set afterwards: they keep submissions from being
    /// sent twice, the key secret and addresses checked. With the feature `rustls`, `ring` becomes the program's default
    /// provider of cryptography if it has none.
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

    /// Returns the address of the API that the client would use, for programs that show what they would send.
    ///
    /// # Errors
    ///
    /// The address is invalid.
    pub fn checked_base_url(&self) -> Result<String, BuildError> {
        self.address().map(Into::into)
    }

    fn address(&self) -> Result<Url, BuildError> {
        let address = self.base_url.as_ref().map_err(|(name, reason)| BuildError::InvalidVariable { name, reason })?;
        check_base_url(&address.0, self.allow_insecure_http)
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// The key is missing, a setting is invalid, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let setting = |(name, reason)| BuildError::InvalidVariable { name, reason };
        let key = self.api_key.clone().map_err(setting)?.filter(|key| !key.is_empty());
        let key = key.ok_or(BuildError::MissingApiKey)?;
        let authorization = key.header().ok_or(BuildError::InvalidApiKey)?;
        let base_url = self.address()?;
        let user_agent = HeaderValue::from_str(self.user_agent.trim())
            .ok()
            .filter(|value| !value.is_empty())
            .ok_or(BuildError::InvalidUserAgent)?;
        if base_url.scheme() == "https" && !foxapi_tls::AVAILABLE {
            return Err(BuildError::NoTls);
        }
        let is_local = is_loopback(&base_url);
        let addresses =
            AddressPolicy::new(is_local, self.allow_private_addresses, environment::proxies().map_err(setting)?);
        let mut api = self
            .http()?
            .connect_timeout(self.connect_timeout.min(self.request_timeout / 2))
            .pool_idle_timeout(IDLE_CONNECTION)
            .redirect(Policy::none());
        if is_local {
            api = api.no_proxy();
        }
        // Only the API's client reads compressed answers: the length of a file is checked as it is sent.
        let files = || -> Result<_, BuildError> {
            let http = self.http()?.connect_timeout(self.connect_timeout).no_gzip();
            Ok(http.redirect(addresses.redirects()).dns_resolver(Arc::new(addresses.clone())))
        };
        let local_downloads = is_local.then(|| files()?.no_proxy().build().map_err(BuildError::Http)).transpose()?;
        Ok(Client(Arc::new(Inner {
            http: api.build().map_err(BuildError::Http)?,
            downloads: files()?.build().map_err(BuildError::Http)?,
            local_downloads,
            addresses,
            key,
            authorization,
            base_url,
            user_agent,
            request_timeout: self.request_timeout,
            retry: self.retry,
        })))
    }

    /// The settings that all connections share.
    fn http(&self) -> Result<reqwest::ClientBuilder, BuildError> {
        let http = reqwest::Client::builder();
        let http = match &self.configure {
            Some(configure) => {
                foxapi_tls::install_default();
                (configure.0)(http)
            }
            None => foxapi_tls::configure(http).map_err(BuildError::Tls)?,
        };
        // An address may grant access to a file, so no other host is told where a redirect came from.
        Ok(http.retry(reqwest::retry::never()).referer(false))
    }
}

/// Reads the address, and refuses one that would give the key away.
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
        return Err(invalid("it contains a user name or a password"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(invalid("it has a query or a fragment"));
    }
    Ok(url)
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
