//! The string formats of JSON Schema that can be checked without allocating.
//!
//! The generator uses these checks too, so that both agree on what a format means.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::url::is_uri;

/// A string `format` that is enforced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "code that uses formats has to handle all of them")]
pub enum Format {
    /// A URI (RFC 3986).
    Uri,
    /// A date (RFC 3339).
    Date,
    /// A time of day (RFC 3339).
    Time,
    /// A date and time (RFC 3339).
    DateTime,
    /// A UUID (RFC 4122).
    Uuid,
    /// An email address: a mailbox (RFC 5321).
    Email,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Uri, Self::Date, Self::Time, Self::DateTime, Self::Uuid, Self::Email];

    /// The name in JSON Schema.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uri => "uri",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateTime => "date-time",
            Self::Uuid => "uuid",
            Self::Email => "email",
        }
    }

    /// What a string of this format is, with an article.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Uri => "a URI",
            Self::Date => "an RFC 3339 date",
            Self::Time => "an RFC 3339 time",
            Self::DateTime => "an RFC 3339 date and time",
            Self::Uuid => "a UUID",
            Self::Email => "an email address",
        }
    }
    /// Whether a text has the format.
    #[must_use]
    pub fn holds(self, text: &str) -> bool {
        match self {
            Self::Uri => is_uri(text),
            Self::Date => is_date(text),
            Self::Time => is_time(text),
            Self::DateTime => is_date_time(text),
            Self::Uuid => is_uuid(text),
            Self::Email => is_email(text),
        }
    }
}

/// `date`: a date as in RFC 3339, such as `2024-02-29`.
pub fn is_date(text: &str) -> bool {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return false };
    let (Some(year), Some(month), Some(day)) =
        (number(&[*y1, *y2, *y3, *y4]), number(&[*m1, *m2]), number(&[*d1, *d2]))
    else {
        return false;
    };
    let is_leap_year = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap_year => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `time`: a time of day with an offset as in RFC 3339, such as `23:59:60.5Z` or `08:30:00+02:00`.
pub fn is_time(text: &str) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text.as_bytes() else { return false };
    let (Some(hour), Some(minute), Some(second)) = (number(&[*h1, *h2]), number(&[*m1, *m2]), number(&[*s1, *s2]))
    else {
        return false;
    };
    let rest = match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|digit| digit.is_ascii_digit()).count();
            match fraction.split_at_checked(digits) {
                Some((digits, rest)) if !digits.is_empty() => rest,
                _ => return false,
            }
        }
        rest => rest,
    };
    let offset = match rest {
        [b'Z' | b'z'] => Some((0, 0, 1)),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let sign = if *sign == b'+' { 1 } else { -1 };
            number(&[*h1, *h2]).zip(number(&[*m1, *m2])).map(|(hours, minutes)| (hours, minutes, sign))
        }
        _ => None,
    };
    let Some((hours, minutes, sign)) = offset else { return false };
    // A leap second is inserted at the end of a day in UTC.
    let in_utc = (hour * 60 + minute - sign * (hours * 60 + minutes)).rem_euclid(24 * 60);
    let last_second = if in_utc == 24 * 60 - 1 { 60 } else { 59 };
    hour <= 23 && minute <= 59 && second <= last_second && hours <= 23 && minutes <= 59
}

/// `date-time`: a date and time as in RFC 3339, such as `2024-02-29T08:30:00Z`.
pub fn is_date_time(text: &str) -> bool {
    text.split_once(['T', 't']).is_some_and(|(date, time)| is_date(date) && is_time(time))
}

/// `uuid`: 32 hexadecimal digits, grouped as in RFC 4122, such as `2eb8aa08-aa98-11ea-b4aa-73b441d16380`.
pub fn is_uuid(text: &str) -> bool {
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if HYPHENS.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() })
}

/// `email`: a mailbox as in RFC 5321, such as `joe.bloggs@example.com`.
pub fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| is_local_part(local) && is_domain(domain))
}

/// The part before the `@`: words separated by dots, or anything in quotes.
fn is_local_part(text: &str) -> bool {
    const LONGEST: usize = 64;
    let is_word = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    if text.len() > LONGEST {
        return false;
    }
    match text.strip_prefix('"') {
        Some(quoted) => quoted.strip_suffix('"').is_some_and(is_quotable),
        None => text.split('.').all(is_word),
    }
}

/// Visible characters and spaces, with a `\` before each `"` and `\`.
fn is_quotable(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'\\' { bytes.next() } else { Some(byte).filter(|byte| *byte != b'"') };
        if !byte.is_some_and(|byte| (b' '..=b'~').contains(&byte)) {
            return false;
        }
    }
    true
}

/// A host name, or an address in brackets.
fn is_domain(text: &str) -> bool {
    const LONGEST: usize = 253;
    if let Some(address) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return match address.split_at_checked("IPv6:".len()) {
            Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => address.parse::<Ipv6Addr>().is_ok(),
            _ => address.parse::<Ipv4Addr>().is_ok(),
        };
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= LONGEST && text.split('.').all(is_label)
}

/// The number written in ASCII digits.
fn number(digits: &[u8]) -> Option<i32> {
    digits.iter().try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks texts that have a format and texts that do not.
    fn check(holds: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(holds(text), "{text:?} is refused");
        }
        for text in bad {
            assert!(!holds(text), "{text:?} is accepted");
        }
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        let bad = ["", "2023-02-29", "1900-02-29", "2024-00-01", "2024-13-01", "2024-04-31", "2024-1-01", "2024-01-1৪"];
        check(is_date, &["2024-02-29", "2000-02-29", "0000-01-01", "1999-12-31"], &bad);
    }

    #[test]
    fn times_have_an_offset() {
        let good = ["00:00:00Z", "23:59:60Z", "08:30:06.28z", "15:59:60.123-08:00", "23:59:59+23:59", "01:29:60+01:30"];
        let bad = [
            "",
            "08:30:06",
            "24:00:00Z",
            "00:60:00Z",
            "00:00:61Z",
            "22:59:60Z",
            "08:30:06.Z",
            "08:30:06+24:00",
            "08:30:06+00:60",
            "08:30:06 Z",
            "8:30:06Z",
            "08:30:06Zz",
            "08:30:06+0100",
            "23:59:60+01:00",
        ];
        check(is_time, &good, &bad);
    }

    #[test]
    fn date_times_have_both() {
        let good = ["2024-02-29T08:30:00Z", "1963-06-19t08:30:06.283185z", "1998-12-31T15:59:60.123-08:00"];
        let bad = [
            "2024-02-29",
            "2024-02-29 08:30:00Z",
            "2024-02-30T08:30:00Z",
            "2024-02-29T08:30:00",
            "T",
            "2024-06-19T08:30:06٠Z",
        ];
        check(is_date_time, &good, &bad);
    }

    #[test]
    fn uuids_have_their_hyphens() {
        let bad = [
            "",
            "2eb8aa08aa9811eab4aa73b441d16380",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
            "2eb8aa08-aa98-11ea-b4aa73b441d16380-",
            "2eb8aa08-aa98-11ea-b4ga-73b441d16380",
            "{2eb8aa08-aa98-11ea-b4aa-73b441d1638}",
        ];
        check(is_uuid, &["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"], &bad);
    }

    #[test]
    fn emails_are_mailboxes() {
        let good = [
            "joe.bloggs@example.com",
            "te~st@example.com",
            "\"joe bloggs\"@example.com",
            "\"joe@\\\"x\"@example.com",
            "joe@[127.0.0.1]",
            "joe@[ipv6:::1]",
            "a@b",
        ];
        let bad = [
            "",
            "2962",
            ".test@example.com",
            "test.@example.com",
            "te..st@example.com",
            "a@b@c",
            "joe@",
            "@example.com",
            "joe@[127.0.0.300]",
            "joe@[IPv6:zz]",
            "joe@-example.com",
            "joe@ex ample.com",
            "\"joe\"b\"@example.com",
            "jöe@example.com",
        ];
        check(is_email, &good, &bad);
    }
}
