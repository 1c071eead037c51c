//! Settings from the environment. One that is there and cannot be used is an error, and no default takes its place.

use std::env::{VarError, var};

use reqwest::{Proxy, Url};

/// The name of a variable, and what is wrong with it.
pub(crate) type Fault = (&'static str, &'static str);

/// Variable that holds the key.
pub(crate) const API_KEY: &str = "FOXAPI_API_KEY";

/// Variable that may hold another address.
pub(crate) const BASE_URL: &str = "FOXAPI_BASE_URL";

/// Variables that may hold the address of a proxy.
const PROXIES: [&str; 6] = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// What a variable holds; nothing when it is not set.
pub(crate) fn variable(name: &'static str) -> Result<Option<String>, Fault> {
    match var(name) {
        Ok(value) if value.trim().is_empty() => Err((name, "it is empty")),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err((name, "it is not Unicode")),
    }
}

/// The hosts of the proxies that the environment names. The HTTP library passes over an address that it cannot
/// read, and would send everything past the proxy.
pub(crate) fn proxies() -> Result<Vec<String>, Fault> {
    let mut hosts = Vec::new();
    for name in PROXIES {
        let invalid = (name, "it is not the address of a proxy");
        let value = match var(name) {
            Ok(value) => value,
            Err(VarError::NotPresent) => continue,
            Err(VarError::NotUnicode(_)) => return Err(invalid),
        };
        // To set such a variable to nothing is the custom for switching it off.
        if value.trim().is_empty() {
            continue;
        }
        let address = if value.contains("://") { value } else { format!("http://{value}") };
        let url = Url::parse(&address).ok().filter(|_| Proxy::all(&address).is_ok());
        hosts.extend(url.ok_or(invalid)?.host_str().map(str::to_owned));
    }
    Ok(hosts)
}
