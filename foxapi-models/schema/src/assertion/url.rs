//! `x-uri-schemes`: a text is a URI with a host and one of the listed schemes, or a `data:` URI.

use fluent_uri::Uri;
use serde_json::Value;

use crate::found::unseen;
use crate::invalid_keyword::{InvalidKeyword, names};
use crate::keyword::Keyword;
use crate::url::describe;

pub(super) fn read(value: &Value) -> Result<Vec<String>, Vec<InvalidKeyword>> {
    const KEYWORD: Keyword = Keyword::XUriSchemes;

    let mut problems = Vec::new();
    let schemes = names(KEYWORD, value, "", &mut problems);
    if value.as_array().is_some_and(Vec::is_empty) {
        problems.push(InvalidKeyword::new(format!("\"{KEYWORD}\" needs at least one scheme")));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(name) = item.as_str().filter(|name| !is_scheme(name)) {
            let why = InvalidKeyword::new(format!("\"{name}\" is not a lower-case URI scheme"));
            problems.push(why.inside(format!("/{index}")));
        }
    }
    if problems.is_empty() { Ok(schemes) } else { Err(problems) }
}

fn is_scheme(text: &str) -> bool {
    let is_other = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "+-.".contains(letter);
    text.starts_with(|first: char| first.is_ascii_lowercase()) && text.chars().all(is_other)
}

/// Describes why a text is not a URL with a host and one of the schemes, nor an allowed `data:` URI.
pub(super) fn violation(schemes: &[String], found: &str) -> String {
    let is_listed = |scheme: &str| schemes.iter().any(|known| known.eq_ignore_ascii_case(scheme));
    let is_data = found.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) && is_listed("data");
    let why = match Uri::parse(found) {
        _ if found.is_empty() => "it is empty",
        _ if found.contains(char::is_whitespace) => "it contains a space",
        Err(_) if !found.contains(':') => "it has no scheme",
        Err(_) => "it contains text that is not valid in a URL",
        Ok(uri) if !is_listed(uri.scheme().as_str()) => "its scheme is not allowed",
        Ok(_) if is_data && !found.contains(',') => "it has no comma before the data",
        Ok(uri) if is_data && uri.fragment().is_some() => "it has a fragment",
        Ok(_) if is_data => "it has no media type",
        Ok(_) => "it has no host",
    };
    ["is not ", &describe(schemes, ""), ": ", why, &unseen(found)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_says_why() {
        let schemes = ["http".to_owned(), "https".to_owned()];
        for (url, why) in [
            ("", "it is empty"),
            ("photo.jpg", "it has no scheme"),
            ("https://a.example/my photo.jpg", "it contains a space"),
            ("https://a.example/{id}", "it contains text that is not valid in a URL"),
            ("ftp://a.example/photo.jpg", "its scheme is not allowed"),
            ("https:///photo.jpg", "it has no host"),
        ] {
            assert_eq!(violation(&schemes, url), format!("is not an absolute http or https URL with a host: {why}"));
        }
    }
}
