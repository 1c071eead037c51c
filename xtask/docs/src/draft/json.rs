//! JSON that keeps the order of its members, printed as the spec files are: what fits on a line stays on one.

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
        self.lines(0, 0) + "\n"
    }

    /// The text of a value that begins in a column: on one line if that is readable.
    fn lines(&self, level: usize, column: usize) -> String {
        let short = self.on_one_line();
        // Parameters and rules are easier to read with a line per keyword.
        let is_tall = level == 0 || level == 1 && matches!(self, Self::Object(members) if members.len() > 3);
        if !is_tall && column + short.chars().count() < WIDTH {
            return short;
        }
        let inner = " ".repeat(2 * (level + 1));
        let (marks, lines): (_, Vec<String>) = match self {
            Self::Value(_) => return short,
            Self::Array(items) => (['[', ']'], items.iter().map(|item| item.lines(level + 1, inner.len())).collect()),
            Self::Object(members) => {
                let lines = members.iter().map(|(name, value)| {
                    let name = format!("{}: ", Value::from(name.as_str()));
                    let text = value.lines(level + 1, inner.len() + name.chars().count());
                    name + &text
                });
                (['{', '}'], lines.collect())
            }
        };
        let [open, close] = marks;
        let lines = lines.join(&format!(",\n{inner}"));
        format!("{open}\n{inner}{lines}\n{:1$}{close}", "", 2 * level)
    }

    fn on_one_line(&self) -> String {
        let (marks, parts): (_, Vec<String>) = match self {
            Self::Value(value) => return value.to_string(),
            Self::Array(items) => (["[", "]"], items.iter().map(Self::on_one_line).collect()),
            Self::Object(members) if members.is_empty() => return "{}".to_owned(),
            Self::Object(members) => {
                let part =
                    |(name, value): &(String, Self)| format!("{}: {}", Value::from(name.as_str()), value.on_one_line());
                (["{ ", " }"], members.iter().map(part).collect())
            }
        };
        let [open, close] = marks;
        format!("{open}{}{close}", parts.join(", "))
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
