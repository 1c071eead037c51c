//! Reads how long a server asks to wait, as seconds, milliseconds or a date.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, RETRY_AFTER};

/// The wait for a value that cannot be read. It is longer than any policy waits, so that a server that asks to wait
/// is never contacted again at once.
pub(crate) const UNREADABLE: Duration = Duration::MAX;

/// Not in any standard, but servers send it: milliseconds.
const RETRY_AFTER_MS: &str = "retry-after-ms";

/// How long the headers ask to wait: the longest of them; `None` if there are none.
pub(crate) fn requested(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let seconds = headers.get_all(RETRY_AFTER).iter().map(|value| wait(&text(value), now));
    let milliseconds = headers.get_all(RETRY_AFTER_MS).iter().map(|value| {
        decimal(text(value).trim()).and_then(|ms| Duration::try_from_secs_f64(ms / 1000.0).ok()).unwrap_or(UNREADABLE)
    });
    seconds.chain(milliseconds).max()
}

fn wait(value: &str, now: SystemTime) -> Duration {
    let value = value.trim();
    if let Some(seconds) = decimal(value) {
        return Duration::try_from_secs_f64(seconds).unwrap_or(UNREADABLE);
    }
    match httpdate::parse_http_date(value) {
        Ok(date) => date.duration_since(now).unwrap_or_default(),
        Err(_) => UNREADABLE,
    }
}

/// A decimal number with or without a fraction. The standard only has whole seconds, but servers send fractions.
fn decimal(text: &str) -> Option<f64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requested(lines: &[(&'static str, &str)]) -> Option<u128> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770);
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, value.parse().ok()?);
        }
        super::requested(&headers, now).map(|wait| wait.as_millis())
    }

    #[test]
    fn every_form_is_read() {
        for (value, milliseconds) in [
            ("120", 120_000),
            (" 0 ", 0),
            ("2.5", 2500),
            ("90.5", 90_500),
            (".5", 500),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 7000),
            ("Tue, 06 Nov 1990 08:49:37 GMT", 0),
        ] {
            assert_eq!(requested(&[("retry-after", value)]), Some(milliseconds), "{value}");
        }
        assert_eq!(requested(&[("retry-after-ms", "2500")]), Some(2500));
        assert_eq!(requested(&[("retry-after", "1"), ("retry-after-ms", "2500"), ("retry-after", "2")]), Some(2500));
        assert_eq!(requested(&[]), None);
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_for_zero() {
        for value in ["", "-5", "+5", "soon", "1e3", "0x10", "5s", "1.2.3", "99999999999999999999999", "NaN", "inf"] {
            assert_eq!(requested(&[("retry-after", value)]), Some(UNREADABLE.as_millis()), "{value}");
            assert_eq!(requested(&[("retry-after-ms", value)]), Some(UNREADABLE.as_millis()), "{value}");
        }
    }
}
