//! The facts of one parameter, one after the other.

use serde_json::{Number, Value as Json};

use super::{Comparer, keywords::FORMATS, options};
use crate::docs::{
    capture::{notes, says_default},
    finding::Topic,
    page::{Kind, Limit, Options, Parameter, Shape},
    spec::shown,
};

/// Formats that mean an address.
const ADDRESSES: [&str; 5] = ["uri", "url", "http-url", "iri", "uri-reference"];

impl Comparer<'_> {
    pub(super) fn kind(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        let (Some(kind), Some(other)) = (&of_page.kind, &of_spec.kind) else {
            if of_page.kind.is_none() {
                let name = &of_page.name;
                self.result
                    .unchecked
                    .push(format!("the type of `{name}`, and whether it may be null: the page tells none"));
            }
            return;
        };
        if !kind.is_same_as(other) {
            let message = format!("the type is {kind} on the page and {other} in the spec");
            self.find(Topic::Type, pointer, "type", of_page.line, message);
        } else {
            self.format(of_page, kind.format(), other.format(), pointer);
        }
        if of_page.nullable != of_spec.nullable {
            let message = match of_page.nullable {
                true => "the page says `| null`, the spec refuses null",
                false => "the spec takes null, the page does not say `| null`",
            };
            self.find(Topic::Null, pointer, "type", of_page.line, message.to_owned());
        }
    }

    /// The format of a text, or of the texts in a list.
    fn format(&mut self, of_page: &Parameter, format: Option<&str>, other: Option<&str>, pointer: &str) {
        let common = |format: &str| if ADDRESSES.contains(&format) { "uri".to_owned() } else { format.to_owned() };
        let (one, another) = (format.map(common), other.map(common));
        let has_schema = matches!(self.page.shape, Shape::OpenApi | Shape::Markdown);
        let message = match (one.as_deref(), another.as_deref()) {
            (Some("uri"), None) => "the page takes addresses (uri), the spec any text".to_owned(),
            (Some(one), other) if FORMATS.contains(&one) && other != Some(one) => {
                format!("the format is {one} on the page, the spec has {}", other.unwrap_or("none"))
            }
            // That a text is an address is often said by its name and examples alone.
            (None, Some(other)) if other != "uri" && has_schema => {
                format!("the format is {other} in the spec, the page does not say so")
            }
            (Some(one), _) if !FORMATS.contains(&one) => {
                return self.skip(format!("the format `{one}` of `{}`: no spec can say it", of_page.name));
            }
            _ => return,
        };
        self.find(Topic::Type, pointer, "type", of_page.line, message);
    }

    pub(super) fn required(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        if of_page.required != of_spec.required {
            let message = match of_page.required {
                true => "required on the page, optional in the spec",
                false => "optional on the page, required in the spec",
            };
            self.find(Topic::Required, pointer, "", of_page.line, message.to_owned());
        }
    }

    pub(super) fn default(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        if let (Some(marked), Some(default)) = (&of_page.marked, &of_spec.default)
            && of_page.default.as_ref() != Some(marked)
            && !is_same(&marked.value, &default.value)
        {
            let (marked_shown, default) = (shown(&marked.value), shown(&default.value));
            let message = format!("the page marks {marked_shown} as the default, the spec has {default}");
            self.find(Topic::Default, pointer, "default", marked.line, message);
        }
        match (&of_page.default, &of_spec.default) {
            (None, None) => {}
            (Some(one), Some(another)) => {
                if !is_same(&one.value, &another.value) {
                    let (one_shown, another) = (shown(&one.value), shown(&another.value));
                    let message = format!("the default is {one_shown} on the page and {another} in the spec");
                    self.find(Topic::Default, pointer, "default", one.line, message);
                }
            }
            (Some(one), None) => {
                let message = format!("the default is {} on the page, the spec has none", shown(&one.value));
                self.find(Topic::Default, pointer, "", one.line, message);
            }
            (None, Some(another)) => {
                // A single model is its own default.
                let is_single_model = pointer == "/model" && self.page.models.len() == 1;
                let words = words(of_page);
                let is_said = says_default(&words) && words.contains(&options::text(&another.value));
                if !is_single_model && !is_said {
                    let message = format!("the page gives no default, the spec {}", shown(&another.value));
                    self.find(Topic::Default, pointer, "default", of_page.line, message);
                }
            }
        }
    }

    pub(super) fn options(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        // Models are compared by themselves; true and false are all there is.
        if pointer == "/model" || of_spec.kind == Some(Kind::Boolean) {
            return;
        }
        let values: Vec<String> = match &of_spec.options {
            Options::Listed(values) => values.iter().map(|value| options::text(&value.value)).collect(),
            _ => Vec::new(),
        };
        let first_line = match &of_page.options {
            Options::None => None,
            Options::Listed(values) => values.first().map(|value| value.line),
            Options::Glued { line, .. } => Some(*line),
            Options::Rows(rows) => rows.first().map(|row| row.line),
        };
        match first_line {
            Some(line) if values.is_empty() => {
                let listed = match &of_page.options {
                    Options::Listed(values) => {
                        values.iter().map(|value| value.value.to_string()).collect::<Vec<_>>().join(", ")
                    }
                    _ => "values".to_owned(),
                };
                let message = format!("the page lists {listed}; the spec takes any value");
                self.find(Topic::Options, pointer, "", line, message);
            }
            Some(_) => {
                for (line, message) in options::differences(&of_page.options, &values) {
                    self.find(Topic::Options, pointer, "oneOf", line, message);
                }
            }
            None => {
                // Some pages name values in words alone.
                let said = words(of_page);
                for value in values.iter().filter(|value| !said.contains(value.as_str())) {
                    let message = format!("the spec has {value:?}, the page does not mention it");
                    let line = first_words(of_page).unwrap_or(of_page.line);
                    self.find(Topic::Options, pointer, "oneOf", line, message);
                }
            }
        }
    }

    pub(super) fn limits(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        let words = words(of_page);
        let numbers = notes::numbers(&words);
        let ranges = notes::ranges(&words);
        let is_integer = of_spec.kind == Some(Kind::Integer);
        let (on_page, in_spec) = (Limits::of(of_page, is_integer), Limits::of(of_spec, is_integer));
        let range = in_spec.get(Limit::Minimum).zip(in_spec.get(Limit::Maximum));
        let is_range_said = range.is_some_and(|((least, _), (most, _))| {
            let (least, most) = (least.to_string(), most.to_string());
            let both = numbers.contains(&least) && numbers.contains(&most);
            ranges.contains(&(least, most)) || both && says_bounds(&words)
        });
        for limit in Limit::ALL {
            let keyword = limit.keyword();
            match (on_page.get(limit), in_spec.get(limit)) {
                (Some((one, line)), Some((another, _))) if one.as_f64() != another.as_f64() => {
                    let message = format!("{keyword} is {one} on the page and {another} in the spec");
                    self.find(Topic::Limit, pointer, keyword, line, message);
                }
                (Some((one, line)), None) => {
                    let message = format!("{keyword} is {one} on the page, the spec has none");
                    self.find(Topic::Limit, pointer, "", line, message);
                }
                (None, Some((another, _))) => {
                    // Pages state some limits in words alone.
                    let is_said = match limit {
                        Limit::Minimum | Limit::Maximum if range.is_some() => is_range_said,
                        _ => numbers.contains(&another.to_string()) || spells(&words, another),
                    };
                    if !is_said {
                        let message = format!("{keyword} is {another} in the spec, the page does not say so");
                        let line = line_with_number(of_page).unwrap_or(of_page.line);
                        self.find(Topic::Limit, pointer, keyword, line, message);
                    }
                }
                // What the schema of a page says and its words deny.
                (Some(_), Some((another, _))) if limit == Limit::Maximum || limit == Limit::MaxLength => {
                    let said = match limit {
                        Limit::Maximum if range.is_some() => ranges.iter().map(|(_, most)| most.clone()).collect(),
                        Limit::MaxLength => characters(&words),
                        _ => Vec::new(),
                    };
                    let is_denied = match limit {
                        Limit::Maximum => !is_range_said,
                        _ => !said.contains(&another.to_string()),
                    };
                    if let (Some(said), true) = (said.first(), is_denied) {
                        let message = format!("{keyword} is {said} in the words of the page and {another} in the spec");
                        let line = line_with_number(of_page).unwrap_or(of_page.line);
                        self.find(Topic::Limit, pointer, keyword, line, message);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn examples(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        // Free text is worded anew in a spec; it is judged by the validators alone.
        let is_closed = of_spec.options != Options::None || of_spec.kind.as_ref().is_some_and(|kind| !kind.is_free());
        if !is_closed || of_spec.examples.is_empty() {
            return;
        }
        for example in &of_page.examples {
            if of_spec.examples.iter().all(|other| !is_same(&other.value, &example.value)) {
                let message = format!("the page has the example {}, the spec has not", shown(&example.value));
                self.find(Topic::Example, pointer, "examples", example.line, message);
            }
        }
        for example in &of_spec.examples {
            if of_page.examples.iter().all(|other| !is_same(&other.value, &example.value)) {
                let line = of_page.examples.first().map_or(of_page.line, |example| example.line);
                let message = format!("the spec has the example {}, the page has not", shown(&example.value));
                self.find(Topic::Example, pointer, "examples", line, message);
            }
        }
    }

    pub(super) fn advice(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        match (of_page.advanced, of_spec.advanced) {
            (Some(line), None) => {
                let message = "the page advises to leave it unset, the spec has no \"x-advanced\"".to_owned();
                self.find(Topic::Advice, pointer, "", line, message);
            }
            // A page in other words may advise in words that are not known.
            (None, Some(_)) if self.page.parameters.iter().any(|it| it.advanced.is_some()) => {
                let message = "the spec has \"x-advanced\", the page does not advise to leave it unset".to_owned();
                self.find(Topic::Advice, pointer, "x-advanced", of_page.line, message);
            }
            _ => {}
        }
    }
}

/// The words about a parameter, as one text.
pub(super) fn words(parameter: &Parameter) -> String {
    let lines: Vec<String> = parameter.prose.iter().map(|line| notes::plain(&line.value)).collect();
    lines.join("\n")
}

/// Whether words speak of a least and a most value: `at least 3 and at most 15`.
fn says_bounds(words: &str) -> bool {
    let words = words.to_lowercase();
    let has = |bounds: &[&str]| bounds.iter().any(|bound| words.contains(bound));
    has(&["at least", "minimum", "min ", "no less", "from", ">=", "≥", "最少", "至少", "不少于", "最短", "最小"])
        && has(&["at most", "maximum", "max ", "up to", "no more", "<=", "≤", "最多", "不超过", "最长", "最大"])
}

/// Whether words have a number as a word: `two voices`.
fn spells(words: &str, number: &Number) -> bool {
    const ENGLISH: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    const CHINESE: [&str; 11] = ["零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    let Some(at) = number.as_u64().and_then(|number| usize::try_from(number).ok()) else { return false };
    let words = words.to_lowercase();
    let mut english = words.split(|it: char| !it.is_ascii_alphabetic());
    let counted = |name: &&str| ["个", "张", "段"].iter().any(|unit| words.contains(&format!("{name}{unit}")));
    ENGLISH.get(at).is_some_and(|name| english.any(|word| word == *name)) || CHINESE.get(at).is_some_and(counted)
}

/// The first line that has words.
fn first_words(parameter: &Parameter) -> Option<usize> {
    parameter.prose.iter().find(|line| !line.value.is_empty()).map(|line| line.line)
}

/// The first line of words that has a number.
fn line_with_number(parameter: &Parameter) -> Option<usize> {
    parameter.prose.iter().find(|line| !notes::numbers(&line.value).is_empty()).map(|line| line.line)
}

/// The numbers of characters that words speak of.
fn characters(words: &str) -> Vec<String> {
    let words = words.to_lowercase();
    let mut found = Vec::new();
    for unit in ["character", "个字符", "字符", "个字"] {
        for part in words.split(unit).collect::<Vec<_>>().split_last().map(|(_, parts)| parts).unwrap_or_default() {
            let part = part.trim_end();
            if part.ends_with(|it: char| it.is_ascii_digit()) {
                found.extend(notes::numbers(part).pop());
            }
        }
    }
    found
}

/// Whether two values are the same; `5` and `5.0` are.
pub(super) fn is_same(one: &Json, another: &Json) -> bool {
    match (one, another) {
        (Json::Number(one), Json::Number(another)) => one.as_f64() == another.as_f64(),
        _ => one == another,
    }
}

/// The limits of a parameter; those that exclude their number are brought to the others where that is possible.
struct Limits(Vec<(Limit, Number, usize)>);

impl Limits {
    fn of(parameter: &Parameter, is_integer: bool) -> Self {
        let mut limits: Vec<(Limit, Number, usize)> = Vec::new();
        for at in &parameter.limits {
            let (limit, number) = &at.value;
            let (limit, number) = match (limit, number.as_i64()) {
                (Limit::ExclusiveMinimum, Some(number)) if is_integer => {
                    (Limit::Minimum, number.saturating_add(1).into())
                }
                (Limit::ExclusiveMaximum, Some(number)) if is_integer => {
                    (Limit::Maximum, number.saturating_sub(1).into())
                }
                _ => (*limit, number.clone()),
            };
            limits.push((limit, number, at.line));
        }
        Self(limits)
    }

    fn get(&self, limit: Limit) -> Option<(&Number, usize)> {
        self.0.iter().find(|(it, ..)| *it == limit).map(|(_, number, line)| (number, *line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_state_bounds_and_numbers_in_many_ways() {
        assert!(says_bounds("At least 3 and at most 15 seconds"));
        assert!(says_bounds("最少 3 秒,不超过 15 秒"));
        assert!(!says_bounds("1 is the strictest, 6 is the most permissive"));
        assert!(spells("Two voices at most", &2.into()));
        assert!(spells("最多两个音色", &2.into()));
        assert!(!spells("Often used", &10.into()));
    }

    #[test]
    fn numbers_of_characters_are_those_that_words_count() {
        assert_eq!(characters("At most 2500 characters, 16:9"), ["2500"]);
        assert_eq!(characters("最长 2500 字符"), ["2500"]);
        assert!(characters("Chinese characters are fine").is_empty());
    }
}
