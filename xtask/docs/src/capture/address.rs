//! Addresses on a page.

/// The host of a URL.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.to_lowercase())
}

/// The path of a URL, or of what is a path already.
pub(crate) fn path_of(url: &str) -> Option<String> {
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.get(rest.find('/')?..)?,
        None => url,
    };
    let path = rest.split(['?', '#']).next()?;
    (path.starts_with('/') && path.len() > 1).then(|| path.trim_end_matches('/').to_owned())
}

/// The address of the page that a line names: `Source: https://…`.
pub(crate) fn source(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['>', '#', '*', ' ']);
    let rest = ["Source:", "source:", "URL:", "url:", "Source:**"].iter().find_map(|word| line.strip_prefix(word))?;
    let url = rest.trim().trim_matches(['*', '<', '>', '"', ' ']);
    url.starts_with("https://").then(|| url.to_owned())
}
