//! JSON that keeps the order of its members, printed as the spec files are: what fits on a line stays on one.

use std::fmt::Write;

use serde_json::Value;

/// The width of a line in spec files.
const WIDTH: usize = 120;

/// A JSON value whose members keep their order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Value(Value),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Value(Value::String(text.into()))
    }

    pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Array(texts.into_iter().map(Self::text).collect())
    }

    /// An object of these members.
    pub(crate) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The whole file.
    pub(crate) fn to_file(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0, 0, true);
        text.push('\n');
        text
    }

    fn write(&self, text: &mut String, indent: usize, column: usize, is_root: bool) {
        let short = self.on_one_line();
        if !is_root && (column + short.chars().count() < WIDTH || matches!(self, Self::Value(_))) {
            text.push_str(&short);
            return;
        }
        let (open, close, count) = match self {
            Self::Value(_) => return text.push_str(&short),
            Self::Array(items) => ('[', ']', items.len()),
            Self::Object(members) => ('{', '}', members.len()),
        };
        text.push(open);
        let inner = indent + 2;
        for at in 0..count {
            let _ = write!(text, "\n{:inner$}", "");
            match self {
                Self::Array(items) => {
                    if let Some(item) = items.get(at) {
                        item.write(text, inner, inner, false);
                    }
                }
                Self::Object(members) => {
                    if let Some((name, value)) = members.get(at) {
                        let name = format!("{}: ", Value::from(name.as_str()));
                        text.push_str(&name);
                        // Parameters and rules are easier to read with a line per keyword.
                        let is_tall = matches!(value, Self::Object(members) if is_root && members.len() > 3)
                            || name.starts_with("\"properties\"") && indent < 2;
                        value.write(text, inner, inner + name.chars().count(), is_tall);
                    }
                }
                Self::Value(_) => {}
            }
            if at + 1 < count {
                text.push(',');
            }
        }
        let _ = write!(text, "\n{:indent$}{close}", "");
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Value(value) => value.to_string(),
            Self::Array(items) => {
                let items: Vec<String> = items.iter().map(Self::on_one_line).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Object(members) if members.is_empty() => "{}".to_owned(),
            Self::Object(members) => {
                let members = members.iter();
                let members: Vec<String> = members
                    .map(|(name, value)| format!("{}: {}", Value::from(name.as_str()), value.on_one_line()))
                    .collect();
                format!("{{ {} }}", members.join(", "))
            }
        }
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.into_iter().map(|(name, value)| (name, Self::from(value))).collect())
            }
            value => Self::Value(value),
        }
    }
}
