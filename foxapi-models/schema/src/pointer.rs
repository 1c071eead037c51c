//! JSON Pointers (RFC 6901), the paths of violations.

/// Appends a step to a path.
pub fn push(path: &mut String, step: &str) {
    path.push('/');
    for character in step.chars() {
        match character {
            '~' => path.push_str("~0"),
            '/' => path.push_str("~1"),
            _ => path.push(character),
        }
    }
}

/// The name that a step of a path stands for.
#[must_use]
pub fn name(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// The name at the top of the body that a path leads through.
pub(crate) fn first(path: &str) -> Option<String> {
    path.split('/').nth(1).map(name)
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
    }
}
