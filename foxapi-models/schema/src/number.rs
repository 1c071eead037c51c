//! Numbers and equality as JSON Schema defines them: `1` and `1.0` are the same number.
//!
//! The generator uses these functions too, so that both agree.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};

use serde_json::{Number, Value};

use crate::json::View;

/// The number as an integer, if it is one: `5.0` is 5.
pub fn integer(number: &Number) -> Option<i128> {
    /// 2¹²⁷: floats from here on do not fit into an `i128`.
    const LIMIT: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;

    if let Some(number) = number.as_i64() {
        return Some(number.into());
    }
    if let Some(number) = number.as_u64() {
        return Some(number.into());
    }
    number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < LIMIT).map(|number| number as i128)
}

/// Compares two numbers exactly, whether written as integers or as floats.
pub fn compare(left: &Number, right: &Number) -> Ordering {
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        // At most one of them is an integer beyond the precision of a float, and no fraction is close to it.
        _ => float(left).partial_cmp(&float(right)).unwrap_or(Ordering::Equal),
    }
}

/// The closest float. With serde_json's feature `arbitrary_precision` a number can be larger than any: it is infinite.
fn float(number: &Number) -> Option<f64> {
    number.as_f64().or_else(|| number.to_string().parse().ok())
}

/// Whether `number` is a multiple of `step`.
pub fn is_multiple_of(number: &Number, step: &Number) -> bool {
    match (integer(number), integer(step), number.as_f64(), step.as_f64()) {
        (Some(number), Some(step), ..) => number.checked_rem(step).is_none_or(|rest| rest == 0),
        (_, _, Some(number), Some(step)) => is_multiple(number, step),
        _ => true,
    }
}

/// Whether `number` is a multiple of `step`, taking both as the decimal numbers they are written as:
/// 0.3 is a multiple of 0.1, though the nearest floats are not.
pub fn is_multiple(number: f64, step: f64) -> bool {
    let (Some((number, places)), Some((step, step_places))) = (decimal(number), decimal(step)) else { return false };
    if step == 0 {
        return false;
    }
    match places.checked_sub(step_places) {
        // There are at most 17 digits, so nothing here comes close to overflowing.
        Some(zeros @ 0..) => (0..zeros).fold(number % step, |rest, _| rest * 10 % step) == 0,
        Some(zeros) => {
            let scale = 10_i128.checked_pow(zeros.unsigned_abs());
            // A step that is too large to represent is larger than any number except 0.
            scale.and_then(|scale| step.checked_mul(scale)).map_or(number == 0, |step| number % step == 0)
        }
        None => false,
    }
}

/// The shortest decimal that stands for `number`: its digits, and the power of ten to multiply them by.
fn decimal(number: f64) -> Option<(i128, i32)> {
    let mut text = Digits::default();
    write!(text, "{number:e}").ok()?;
    let (digits, exponent) = text.as_str()?.split_once('e')?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let shift = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let fraction_digits: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let magnitude = whole.trim_start_matches('-').parse::<i128>().ok()? * shift + fraction_digits;
    Some((magnitude, exponent.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?))
}

/// The text of one float, written without allocating.
#[derive(Default)]
struct Digits {
    bytes: [u8; 32],
    length: usize,
}

impl Digits {
    fn as_str(&self) -> Option<&str> {
        str::from_utf8(self.bytes.get(..self.length)?).ok()
    }
}

impl fmt::Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let free = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        free.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

/// Whether two values are equal by JSON Schema's rules.
pub fn equal(left: &Value, right: &Value) -> bool {
    View::from(left) == View::from(right)
}

/// A text that two values share exactly when they are equal.
pub fn canonical(value: &View<'_>) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &View<'_>, text: &mut String) {
    match value {
        View::Null => text.push_str("null"),
        View::Boolean(flag) => _ = write!(text, "{flag}"),
        View::Number(number) => match integer(number) {
            Some(integer) => _ = write!(text, "{integer}"),
            None => _ = write!(text, "{number}"),
        },
        View::String(found) => _ = write!(text, "{found:?}"),
        View::Array(items) => {
            text.push('[');
            for item in items {
                write_canonical(item, text);
                text.push(',');
            }
            text.push(']');
        }
        View::Object(members) => {
            text.push('{');
            for (name, value) in members.iter() {
                _ = write!(text, "{name:?}:");
                write_canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn order(left: &str, right: &str) -> Option<Ordering> {
        Some(compare(&serde_json::from_str(left).ok()?, &serde_json::from_str(right).ok()?))
    }

    #[test]
    fn numbers_compare_exactly() {
        assert_eq!(order("5", "5.0"), Some(Ordering::Equal));
        assert_eq!(order("-0", "0"), Some(Ordering::Equal));
        assert_eq!(order("9007199254740993", "9007199254740992.0"), Some(Ordering::Greater));
        assert_eq!(order("18446744073709551615", "-1"), Some(Ordering::Greater));
        assert_eq!(order("0.5", "1"), Some(Ordering::Less));
        assert_eq!(order("1e300", "18446744073709551615"), Some(Ordering::Greater));
    }

    #[test]
    fn multiples_are_decimal() {
        assert!(is_multiple(0.3, 0.1));
        assert!(is_multiple(-7.5, 2.5));
        assert!(!is_multiple(0.35, 0.1));
        assert!(is_multiple(0.0075, 0.0001));
        assert!(!is_multiple(0.00751, 0.0001));
        assert!(is_multiple(19.99, 0.01));
        assert!(is_multiple(1e300, 1.0));
        assert!(is_multiple(0.0, 1e300));
        assert!(is_multiple(-1.7976931348623157e308, 0.5));
        assert!(!is_multiple(5e-324, 0.5));
        assert!(!is_multiple(1e-7, 1e300));
        assert!(!is_multiple(f64::NAN, 1.0));
        assert!(!is_multiple(f64::INFINITY, 1.0));
        assert!(!is_multiple(1.0, 0.0));
    }

    #[test]
    fn equal_values_share_their_canonical_text() {
        let canonical = |value: &Value| canonical(&value.into());
        let same = [json!({"a": [1, 2.5], "b": null}), json!({"b": null, "a": [1.0, 2.5]})];
        let [left, right] = &same;
        assert!(equal(left, right));
        assert_eq!(canonical(left), canonical(right));
        assert!(!equal(left, &json!({"a": [1, 2.5]})));
        assert_ne!(canonical(&json!("1")), canonical(&json!(1)));
    }
}
