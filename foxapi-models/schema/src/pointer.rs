//! JSON Pointers (RFC 6901), used as the paths of violations.

use std::borrow::Cow;

/// How many characters of a step are kept. Names of parameters are far shorter, and a name of ten megabytes must not
/// be repeated in every violation below it.
const LONGEST_STEP: usize = 100;

/// Appends a step to a path; a very long one is cut, and ends in `…`.
pub fn push(path: &mut String, step: &str) {
    path.push('/');
    if step.len() <= LONGEST_STEP && !step.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        return path.push_str(step);
    }
    let (step, cut) = match step.char_indices().nth(LONGEST_STEP) {
        Some((end, _)) => (step.get(..end).unwrap_or(step), "…"),
        None => (step, ""),
    };
    for character in step.chars() {
        match character {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            _ => path.push(character),
        }
    }
    path.push_str(cut);
}

/// The name that a step of a path stands for.
#[must_use]
pub fn name(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The first step of a path: `/list` of `/list/0`.
pub(crate) fn first_step(path: &str) -> &str {
    let end = path.bytes().skip(1).position(|byte| byte == b'/');
    end.and_then(|end| path.get(..=end)).unwrap_or(path)
}

/// The name of the top-level member that a path leads through.
pub fn first(path: &str) -> Option<Cow<'_, str>> {
    let step = first_step(path).strip_prefix('/')?;
    Some(if step.contains('~') { name(step).into() } else { step.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_escaped() {
        let mut path = String::new();
        push(&mut path, "a/b~1");
        push(&mut path, "");
        push(&mut path, "0");
        assert_eq!(path, "/a~1b~01//0");
        assert_eq!(serde_json::json!({"a/b~1": {"": [true]}}).pointer(&path), Some(&true.into()));
        assert_eq!(first(&path).as_deref(), Some("a/b~1"));
        assert_eq!(first(""), None);
        assert_eq!(["/list/0/a", "/list", "/", "//0", ""].map(first_step), ["/list", "/list", "/", "/", ""]);
    }

    #[test]
    fn a_step_is_never_longer_than_a_name_can_be() {
        let mut path = String::new();
        push(&mut path, &"語".repeat(1_000_000));
        assert_eq!(path, format!("/{}…", "語".repeat(100)));
    }
}
