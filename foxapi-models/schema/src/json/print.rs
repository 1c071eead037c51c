//! Prints ordered JSON.

use std::fmt::Write;

use super::Json;

/// The width at which lines are broken.
const WIDTH: usize = 100;

/// Which values of a file are divided into lines. Empty ones never are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "hidden from the documentation")]
pub enum Layout {
    /// All that are long or have more than two levels.
    Short,
    /// Every object.
    Objects,
    /// A schema and its lists of properties, definitions and rules, without spaces inside braces.
    Schema,
}

impl Layout {
    /// `name` is that of the member, and `before` the width of what is already on the line, apart from `indent`.
    fn divides(self, value: &Json, name: &str, indent: usize, before: usize) -> bool {
        let is_object = value.as_object().is_some();
        match self {
            _ if value.parts().next().is_none() => false,
            Self::Short => !value.is_plain() || indent + before + value.to_line().chars().count() >= WIDTH,
            Self::Objects => is_object,
            Self::Schema if is_object => indent == 0 || indent == 2 && matches!(name, "properties" | "$defs"),
            Self::Schema => indent == 2 && name == "allOf",
        }
    }

    /// What is inside the braces of an object on one line.
    fn padding(self) -> &'static str {
        if self == Self::Schema { "" } else { " " }
    }
}

impl Json {
    /// The text of a JSON file.
    #[must_use]
    pub fn to_file(&self) -> String {
        self.to_file_in(Layout::Short)
    }

    /// The text of a JSON file in a layout.
    #[must_use]
    pub fn to_file_in(&self, layout: Layout) -> String {
        let mut text = String::new();
        self.write(layout, "", 0, 0, &mut text);
        text.push('\n');
        text
    }

    /// The text on one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut text = String::new();
        self.write_line(" ", &mut text);
        text
    }

    fn write(&self, layout: Layout, name: &str, indent: usize, before: usize, text: &mut String) {
        if !layout.divides(self, name, indent, before) {
            return self.write_line(layout.padding(), text);
        }
        let ([open, close], inner) = (self.brackets(), indent + 2);
        text.push_str(open);
        for (index, (name, value)) in self.parts().enumerate() {
            let label = self.label(name);
            let _ = write!(text, "{}\n{:inner$}{label}", if index > 0 { "," } else { "" }, "");
            value.write(layout, name, inner, label.chars().count(), text);
        }
        let _ = write!(text, "\n{:indent$}{close}", "");
    }

    /// `padding` is what is inside the braces of an object.
    fn write_line(&self, padding: &str, text: &mut String) {
        if self.is_scalar() {
            let _ = write!(text, "{}", self.to_value());
            return;
        }
        let [open, close] = self.brackets();
        let inside = if self.as_object().is_some_and(|members| !members.is_empty()) { padding } else { "" };
        let _ = write!(text, "{open}{inside}");
        for (index, (name, value)) in self.parts().enumerate() {
            let _ = write!(text, "{}{}", if index > 0 { ", " } else { "" }, self.label(name));
            value.write_line(padding, text);
        }
        let _ = write!(text, "{inside}{close}");
    }

    fn brackets(&self) -> [&'static str; 2] {
        if self.as_object().is_some() { ["{", "}"] } else { ["[", "]"] }
    }

    /// What is before a part of an array or object.
    fn label(&self, name: &str) -> String {
        self.as_object().map(|_| format!("{}: ", serde_json::Value::from(name))).unwrap_or_default()
    }

    /// The items of an array, without names, or the members of an object.
    fn parts(&self) -> impl Iterator<Item = (&str, &Self)> {
        let items = if let Self::Array(items) = self { items.as_slice() } else { &[] };
        items.iter().map(|item| ("", item)).chain(self.as_object().into_iter().flat_map(|members| members.iter()))
    }

    fn is_scalar(&self) -> bool {
        !matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// Whether a value is easy to read on one line: it has at most two levels of brackets.
    fn is_plain(&self) -> bool {
        self.parts().all(|(_, part)| part.parts().all(|(_, inner)| inner.is_scalar()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_differ_in_what_they_divide() {
        let text =
            r#"{"properties":{"a":{"type":["string","null"]},"b":{}},"allOf":[{"not":{"minItems":1}}],"enum":[[1]]}"#;
        let json = Json::parse(text).unwrap_or(Json::Null);
        let short = r#"{
  "properties": {
    "a": { "type": ["string", "null"] },
    "b": {}
  },
  "allOf": [
    { "not": { "minItems": 1 } }
  ],
  "enum": [[1]]
}
"#;
        let objects = r#"{
  "properties": {
    "a": {
      "type": ["string", "null"]
    },
    "b": {}
  },
  "allOf": [{ "not": { "minItems": 1 } }],
  "enum": [[1]]
}
"#;
        let schema = r#"{
  "properties": {
    "a": {"type": ["string", "null"]},
    "b": {}
  },
  "allOf": [
    {"not": {"minItems": 1}}
  ],
  "enum": [[1]]
}
"#;
        assert_eq!(json.to_file(), short);
        assert_eq!(json.to_file_in(Layout::Objects), objects);
        assert_eq!(json.to_file_in(Layout::Schema), schema);
    }

    #[test]
    fn short_values_fit_into_the_width() {
        let lines = |length: usize| Json::from(vec!["x".repeat(length)]).to_file().lines().count();
        assert_eq!((lines(WIDTH - 5), lines(WIDTH - 4)), (1, 3));
    }
}
