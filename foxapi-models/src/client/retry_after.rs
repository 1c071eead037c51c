//! The header `Retry-After`: seconds or an HTTP date, and nonsense.

use std::time::{Duration, SystemTime};

/// How long the server asks to wait; `None` for what is neither of the two forms.
///
/// More seconds than fit are as long as can be, which no policy waits for.
pub(crate) fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, parse};

    #[test]
    fn both_forms_are_read_and_nonsense_is_not() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770);
        let read = |value| parse(value, now).map(|it| it.as_secs());
        assert_eq!(read("120"), Some(120));
        assert_eq!(read(" 0 "), Some(0));
        assert_eq!(read("99999999999999999999999"), Some(u64::MAX));
        assert_eq!(read("Sun, 06 Nov 1994 08:49:37 GMT"), Some(7));
        assert_eq!(read("Tue, 06 Nov 1990 08:49:37 GMT"), Some(0), "a date that has passed");
        for nonsense in ["", "-5", "+5", "1.5", "soon", "1e3", "0x10", "5s", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(read(nonsense), None, "{nonsense}");
        }
    }
}
