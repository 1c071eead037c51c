//! Values that a body may have, as far as formulas can distinguish them.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value as JsonValue};

/// A value of a property, or its absence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// The property is left out.
    Absent,
    Null,
    Boolean(bool),
    Integer(i128),
    Number(f64),
    Text(Text),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// A string: its form, and its length in code points.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) form: TextForm,
    pub(crate) length: u64,
}

/// The filler for arbitrary texts: a character that may occur anywhere in URIs and does not occur in options.
const FILLER: char = '~';

/// The form of a string, as far as rules distinguish it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TextForm {
    /// Exactly this text.
    Exact(String),
    /// Not a URI, and not one of the strings that rules name.
    Plain,
    /// A URI with this scheme.
    Uri { scheme: String, host: bool },
}

impl Text {
    pub(crate) fn exact(text: &str) -> Self {
        Self { form: TextForm::Exact(text.to_owned()), length: text.chars().count() as u64 }
    }

    /// A URI of this length, unless it would be too short.
    pub(crate) fn uri(scheme: &str, host: bool, length: u64) -> Option<Self> {
        let text = Self { form: TextForm::Uri { scheme: scheme.to_owned(), host }, length };
        (length >= text.stem().chars().count() as u64).then_some(text)
    }

    /// The shortest string of the form.
    fn stem(&self) -> String {
        match &self.form {
            TextForm::Exact(text) => text.clone(),
            TextForm::Plain => String::new(),
            TextForm::Uri { scheme, host: true } => format!("{scheme}://h"),
            // Without media type or data.
            TextForm::Uri { scheme, host: false } if scheme == "data" => "data:,".to_owned(),
            TextForm::Uri { scheme, host: false } => format!("{scheme}:"),
        }
    }

    /// A string with this form and length.
    pub(crate) fn spelled(&self) -> String {
        let mut text = self.stem();
        if let TextForm::Uri { scheme, host: true } = &self.form {
            let longer = format!("{scheme}://example.com/");
            if longer.chars().count() as u64 <= self.length {
                text = longer;
            }
        }
        if !matches!(self.form, TextForm::Exact(_)) {
            let missing = self.length.saturating_sub(text.chars().count() as u64);
            text.extend(std::iter::repeat_n(FILLER, usize::try_from(missing).unwrap_or_default()));
        }
        text
    }
}

impl Value {
    /// Orders numbers by size, and everything else by text.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let number = |value: &Self| match value {
            Self::Integer(value) => Some(*value as f64),
            Self::Number(value) => Some(*value),
            _ => None,
        };
        match (number(self), number(other)) {
            (Some(this), Some(other)) => this.total_cmp(&other),
            _ => self.to_json().to_string().cmp(&other.to_json().to_string()),
        }
    }

    /// Whether it is present and not null.
    pub(crate) fn is_given(&self) -> bool {
        !matches!(self, Self::Absent | Self::Null)
    }

    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            // The items of a tuple.
            Self::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => None,
        }
    }

    pub(crate) fn to_json(&self) -> JsonValue {
        match self {
            Self::Absent | Self::Null => JsonValue::Null,
            Self::Boolean(flag) => JsonValue::Bool(*flag),
            Self::Integer(value) => Number::from_i128(*value).map_or(JsonValue::Null, JsonValue::Number),
            Self::Number(value) => (*value).into(),
            Self::Text(text) => text.spelled().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Object(members) => JsonValue::Object(Self::members_to_json(members)),
        }
    }

    /// Converts a JSON value.
    pub(crate) fn of_json(json: &JsonValue) -> Self {
        match json {
            JsonValue::Null => Self::Null,
            JsonValue::Bool(flag) => Self::Boolean(*flag),
            JsonValue::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => Self::Integer(value.into()),
                (_, Some(value)) => Self::Integer(value.into()),
                _ => Self::Number(number.as_f64().unwrap_or_default()),
            },
            JsonValue::String(text) => Self::Text(Text::exact(text)),
            JsonValue::Array(items) => Self::List(items.iter().map(Self::of_json).collect()),
            JsonValue::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::of_json(value))).collect())
            }
        }
    }

    fn members_to_json(members: &[(String, Self)]) -> Map<String, JsonValue> {
        let given = members.iter().filter(|(_, value)| *value != Self::Absent);
        given.map(|(name, value)| (name.clone(), value.to_json())).collect()
    }
}
