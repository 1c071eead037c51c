//! JSON as the collector looks at it: texts are borrowed, and numbers are equal however they are written.

use std::borrow::Cow;

use serde_json::{Number, Value};

use crate::number::compare;
use crate::reading::{Duplicates, Tree};

/// A JSON value that borrows its texts: from a [`Value`], or from JSON text as far as that has no escapes.
#[derive(Debug)]
#[allow(clippy::exhaustive_enums, reason = "there are no other kinds of JSON")]
pub enum View<'v> {
    Null,
    Boolean(bool),
    Number(Number),
    String(Cow<'v, str>),
    Array(Vec<Self>),
    Object(Members<'v>),
}

/// The members of an object, in the order of their names.
#[derive(Debug)]
pub struct Members<'v>(Vec<(Cow<'v, str>, View<'v>)>);

impl<'v> Members<'v> {
    pub(crate) fn get(&self, name: &str) -> Option<&View<'v>> {
        // Hardly any object has so many members that a binary search, which cannot compare lengths first, is faster.
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &View<'v>)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'v> View<'v> {
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(crate) fn is_object(&self) -> bool {
        self.as_object().is_some()
    }

    pub(crate) fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&Members<'v>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// A member, if it is an object that has it.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }
}

/// Equality as JSON Schema defines it: `1` and `1.0` are the same number.
impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(left), Self::Boolean(right)) => left == right,
            (Self::Number(left), Self::Number(right)) => compare(left, right).is_eq(),
            (Self::String(left), Self::String(right)) => left == right,
            (Self::Array(left), Self::Array(right)) => left == right,
            (Self::Object(Members(left)), Self::Object(Members(right))) => left == right,
            _ => false,
        }
    }
}

impl<'v> From<&'v Value> for View<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Boolean(*flag),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::String(text.into()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.into(), value.into())).collect();
                Self::object(members, &mut Duplicates::default())
            }
        }
    }
}

impl<'v> Tree<'v> for View<'v> {
    fn scalar(value: Value) -> Self {
        match value {
            Value::Bool(flag) => Self::Boolean(flag),
            Value::Number(number) => Self::Number(number),
            _ => Self::Null,
        }
    }

    fn text(text: Cow<'v, str>) -> Self {
        Self::String(text)
    }

    fn array(items: Vec<Self>) -> Self {
        Self::Array(items)
    }

    fn object(mut members: Vec<(Cow<'v, str>, Self)>, duplicates: &mut Duplicates) -> Self {
        // Stable, so that the last of several members with the same name is kept.
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        members.dedup_by(|later, earlier| {
            let is_again = later.0 == earlier.0;
            if is_again {
                duplicates.add(&later.0);
                std::mem::swap(later, earlier);
            }
            is_again
        });
        Self::Object(Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, view};

    #[test]
    fn text_and_value_look_the_same() {
        for text in [
            r#"{"z": [null, true, -1, 18446744073709551615, 2.5, 1e2, "x\n"], "a/b": {"c": {}}}"#,
            r#"{"b": {"x": 1, "x": 2}, "a": 1, "b": {"x": [{"y": 0, "y": 1}]}}"#,
        ] {
            let value = read(text).unwrap_or_default();
            assert_ne!(value.0, Value::Null);
            assert_eq!(view(text).ok(), Some((View::from(&value.0), value.1)));
        }
    }

    #[test]
    fn only_texts_with_escapes_are_copied() {
        let text = r#"["seen", "\n"]"#;
        let view = view(text).map(|(view, _)| view).unwrap_or(View::Null);
        assert!(
            matches!(view.as_array(), Some([View::String(Cow::Borrowed(_)), View::String(Cow::Owned(_))])),
            "{view:?}"
        );
    }

    #[test]
    fn members_are_found_in_any_order() {
        let view = view(r#"{"c": 3, "a": 1, "b": 2, "a": 4}"#).map(|(view, _)| view).unwrap_or(View::Null);
        let found = ["a", "b", "c", "d"].map(|name| view.get(name).and_then(View::as_number).and_then(Number::as_u64));
        assert_eq!(found, [Some(4), Some(2), Some(3), None]);
    }
}
