//! Decides from where a result may be fetched: the only place that judges an address, no matter where it comes from.
//!
//! A server says where results are, and it may have been deceived into naming an address of this machine or of a
//! private network, which this program can reach. So every hop is judged: the address that the task names, those
//! that redirects lead to, and each IP address that a name resolves to.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

/// Why an address of a result is not contacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ForbiddenAddress {
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// It contains a user name or a password.
    UserInformation,
    /// It is on this machine (loopback), and the API is not.
    ThisMachine,
    /// It is in a private network, link-local or otherwise not public.
    NotPublic,
    /// It is the proxy that the environment names.
    Proxy,
}

impl fmt::Display for ForbiddenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "its scheme is neither http nor https",
            Self::UserInformation => "it contains a user name or a password",
            Self::ThisMachine => "it is on this machine; `ClientBuilder::allow_private_addresses` allows that",
            Self::NotPublic => "it is not a public address; `ClientBuilder::allow_private_addresses` allows that",
            Self::Proxy => "it is the address of the proxy",
        })
    }
}

impl Error for ForbiddenAddress {}

/// Decides which addresses may be contacted.
#[derive(Clone, Debug)]
pub(crate) struct AddressPolicy(Arc<Allowed>);

#[derive(Debug)]
struct Allowed {
    this_machine: bool,
    private: bool,
    /// Hosts of the proxies in the environment: connections go to them, but results are never there.
    proxies: Vec<String>,
}

impl AddressPolicy {
    pub(crate) fn new(this_machine: bool, private: bool, proxies: Vec<String>) -> Self {
        Self(Arc::new(Allowed { this_machine: this_machine || private, private, proxies }))
    }

    /// Judges an address as far as possible before its name is resolved.
    pub(crate) fn url(&self, url: &Url) -> Result<(), ForbiddenAddress> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ForbiddenAddress::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ForbiddenAddress::UserInformation);
        }
        match ip(url) {
            Some(address) => self.ip(address),
            None if url.host_str().is_some_and(|host| self.is_proxy(host)) => Err(ForbiddenAddress::Proxy),
            None => Ok(()),
        }
    }

    fn ip(&self, address: IpAddr) -> Result<(), ForbiddenAddress> {
        match reach(address) {
            Reach::ThisMachine if !self.0.this_machine => Err(ForbiddenAddress::ThisMachine),
            Reach::NotPublic if !self.0.private => Err(ForbiddenAddress::NotPublic),
            _ => Ok(()),
        }
    }

    fn is_proxy(&self, host: &str) -> bool {
        self.0.proxies.iter().any(|proxy| proxy.eq_ignore_ascii_case(host))
    }

    /// Follows the usual number of redirects, but none to a forbidden address.
    pub(crate) fn redirects(&self) -> Policy {
        let policy = self.clone();
        Policy::custom(move |attempt| match policy.url(attempt.url()) {
            Ok(()) => Policy::default().redirect(attempt),
            Err(forbidden) => attempt.error(forbidden),
        })
    }
}

/// Resolves names, and leaves out the addresses that must not be contacted.
///
/// The connection goes to one of the remaining addresses: the name is not resolved again.
impl Resolve for AddressPolicy {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.clone();
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if policy.is_proxy(&host) {
                return Ok(Box::new(found.into_iter()) as Addrs);
            }
            let mut refused = None;
            let mut allowed = Vec::with_capacity(found.len());
            for address in found {
                match policy.ip(address.ip()) {
                    Ok(()) => allowed.push(address),
                    Err(forbidden) => refused = Some(forbidden),
                }
            }
            match refused.filter(|_| allowed.is_empty()) {
                Some(forbidden) => Err(forbidden.into()),
                None if allowed.is_empty() => Err(io::Error::other("the name has no address").into()),
                None => Ok(Box::new(allowed.into_iter()) as Addrs),
            }
        })
    }
}

/// The verdict behind an error of the HTTP client, if there is one.
pub(crate) fn forbidden(error: &(dyn Error + 'static)) -> Option<ForbiddenAddress> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(forbidden) = error.downcast_ref() {
            return Some(*forbidden);
        }
        cause = error.source();
    }
    None
}

/// Whether an address is on this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host.eq_ignore_ascii_case("localhost") || ip(url).is_some_and(|address| reach(address) == Reach::ThisMachine)
}

/// The IP address, if the host is one. `Url` reads other ways to write it, such as `0x7f.1`.
fn ip(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Public,
    ThisMachine,
    NotPublic,
}

fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

/// Follows the registry of special-purpose addresses.
fn reach_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        _ if address.is_loopback() => Reach::ThisMachine,
        // `0.0.0.0` reaches this machine as well, but nobody means that.
        [0, ..] | [100, 64..=127, ..] | [192, 0, 0, _] | [192, 88, 99, _] | [198, 18..=19, ..] | [240..=255, ..] => {
            Reach::NotPublic
        }
        _ if address.is_private()
            || address.is_link_local()
            || address.is_documentation()
            || address.is_multicast() =>
        {
            Reach::NotPublic
        }
        _ => Reach::Public,
    }
}

/// An IPv4 address inside an IPv6 address is judged as an IPv4 address.
fn reach_v6(address: Ipv6Addr) -> Reach {
    if address.is_loopback() {
        return Reach::ThisMachine;
    }
    let v4 = |high: u16, low: u16| reach_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match address.segments() {
        // Mapped, translated and compatible; the unspecified address is among the last.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] | [0, 0, 0, 0, 0, 0, high, low] => {
            v4(high, low)
        }
        // NAT64 and 6to4.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => v4(high, low),
        // Other NAT64, discarded, Teredo and other protocols, documentation, site-local.
        [0x64, 0xff9b, 1, ..]
        | [0x100, 0, 0, 0, ..]
        | [0x2001, 0..=0x1ff, ..]
        | [0x2001, 0xdb8, ..]
        | [0x3fff, 0..=0xfff, ..]
        | [0xfec0..=0xfeff, ..] => Reach::NotPublic,
        _ if address.is_unique_local() || address.is_unicast_link_local() || address.is_multicast() => Reach::NotPublic,
        _ => Reach::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(policy: &AddressPolicy, url: &str) -> Result<(), ForbiddenAddress> {
        policy.url(&Url::parse(url).map_err(|_| ForbiddenAddress::Scheme)?)
    }

    #[test]
    fn what_is_not_public_is_refused_however_it_is_written() {
        use ForbiddenAddress::*;
        let policy = AddressPolicy::new(false, false, vec!["proxy.example".to_owned()]);
        let cases = [
            ("file:///etc/passwd", Scheme),
            ("ftp://example.com/a", Scheme),
            ("data:,a", Scheme),
            ("https://user@example.com/a", UserInformation),
            ("https://:secret@example.com/a", UserInformation),
            ("http://127.0.0.1/a", ThisMachine),
            ("http://127.1/a", ThisMachine),
            ("http://0x7f.0.0.1/a", ThisMachine),
            ("http://2130706433/a", ThisMachine),
            ("http://[::1]/a", ThisMachine),
            ("http://[::ffff:127.0.0.1]/a", ThisMachine),
            ("http://[64:ff9b::7f00:1]/a", ThisMachine),
            ("http://[2002:7f00:1::]/a", ThisMachine),
            ("http://0.0.0.0/a", NotPublic),
            ("http://[::]/a", NotPublic),
            ("http://10.0.0.1/a", NotPublic),
            ("http://172.16.0.1/a", NotPublic),
            ("http://192.168.1.1/a", NotPublic),
            ("http://100.64.0.1/a", NotPublic),
            ("http://169.254.169.254/latest/meta-data", NotPublic),
            ("http://[::ffff:169.254.169.254]/a", NotPublic),
            ("http://[::ffff:0:10.0.0.1]/a", NotPublic),
            ("http://[fe80::1]/a", NotPublic),
            ("http://[fd00::1]/a", NotPublic),
            ("http://[fec0::1]/a", NotPublic),
            ("http://[ff02::1]/a", NotPublic),
            ("http://[2001:db8::1]/a", NotPublic),
            ("http://[2001::1]/a", NotPublic),
            ("http://224.0.0.1/a", NotPublic),
            ("http://255.255.255.255/a", NotPublic),
            ("http://proxy.example/a", Proxy),
        ];
        for (url, refused) in cases {
            assert_eq!(verdict(&policy, url), Err(refused), "{url}");
        }
        for url in
            ["https://example.com/a", "http://8.8.8.8/a", "http://[2606:4700::1111]/a", "http://[64:ff9b::808:808]/"]
        {
            assert_eq!(verdict(&policy, url), Ok(()), "{url}");
        }
    }

    #[test]
    fn what_the_caller_allows_is_no_more_than_that() {
        let local = AddressPolicy::new(true, false, Vec::new());
        assert_eq!(verdict(&local, "http://127.0.0.1/a"), Ok(()));
        assert_eq!(verdict(&local, "http://10.0.0.1/a"), Err(ForbiddenAddress::NotPublic));
        let all = AddressPolicy::new(false, true, Vec::new());
        assert_eq!(verdict(&all, "http://127.0.0.1/a"), Ok(()));
        assert_eq!(verdict(&all, "http://10.0.0.1/a"), Ok(()));
        assert_eq!(verdict(&all, "http://a@10.0.0.1/a"), Err(ForbiddenAddress::UserInformation));
    }
}
