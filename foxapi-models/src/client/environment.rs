//! Settings from the environment. An invalid one is an error, and is never replaced by a default.

use std::env::{VarError, var};

use reqwest::{Proxy, Url};

/// The name of a variable, and what is wrong with it.
pub(crate) type Fault = (&'static str, &'static str);

/// The variable with the key.
pub(crate) const API_KEY: &str = "FOXAPI_API_KEY";

/// The variable with another address of the API.
pub(crate) const BASE_URL: &str = "FOXAPI_BASE_URL";

/// The variables with the address of a proxy.
const PROXIES: [&str; 6] = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// Schemes of proxies. If the HTTP library was built without SOCKS, it says so when it connects.
const SCHEMES: [&str; 6] = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];

/// The value of a variable; `None` if it is not set.
pub(crate) fn variable(name: &'static str) -> Result<Option<String>, Fault> {
    match var(name) {
        Ok(value) if value.trim().is_empty() => Err((name, "it is empty")),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err((name, "it is not Unicode")),
    }
}

/// The hosts of the proxies that the environment names. The HTTP library ignores an address that it does not
/// understand, and would bypass the proxy.
pub(crate) fn proxies() -> Result<Vec<String>, Fault> {
    let mut hosts = Vec::new();
    for name in PROXIES {
        let invalid = (name, "it is not the address of a proxy");
        let value = match var(name) {
            Ok(value) => value,
            Err(VarError::NotPresent) => continue,
            Err(VarError::NotUnicode(_)) => return Err(invalid),
        };
        // By convention, an empty variable turns the proxy off.
        if value.trim().is_empty() {
            continue;
        }
        let address = if value.contains("://") { value } else { format!("http://{value}") };
        let url =
            Url::parse(&address).ok().filter(|url| SCHEMES.contains(&url.scheme()) && Proxy::all(&address).is_ok());
        hosts.extend(url.ok_or(invalid)?.host_str().map(str::to_owned));
    }
    Ok(hosts)
}
