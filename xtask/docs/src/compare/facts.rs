//! The facts of one parameter, one after the other.

use serde_json::Value as Json;

use super::{Comparer, keywords::FORMATS, options};
use crate::{
    capture::{notes, says_default},
    finding::Topic,
    page::{At, Kind, Options, Parameter, Shape},
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
        if matches!((kind, other), (Kind::Array(None), Kind::Array(Some(_)))) {
            self.skip(format!("the type of the items of `{}`: the page tells none", of_page.name));
        }
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
            (None, Some("uri")) if has_schema && self.page.names_formats() => {
                return self.skip(format!(
                    "a format of `{}`: its name or its examples alone say that it is an address",
                    of_page.name
                ));
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

    pub(super) fn default(&mut self, of_page: &Parameter, of_spec: &Parameter, siblings: &[Parameter], pointer: &str) {
        let (label, words, spec) = (&of_page.default, &of_page.marked, &of_spec.default);
        if let (Some(words), Some(spec)) = (words, spec)
            && label.as_ref().is_none_or(|label| !is_same(&label.value, &words.value))
            && !is_same(&words.value, &spec.value)
        {
            let message = format!(
                "the words of the page name {} as the default, the spec has {}",
                shown(&words.value),
                shown(&spec.value)
            );
            return self.find(Topic::Default, pointer, "default", words.line, message);
        }
        match (label.as_ref(), words.as_ref(), spec.as_ref()) {
            (Some(one), _, Some(another)) if !is_same(&one.value, &another.value) => {
                let (one_shown, another) = (shown(&one.value), shown(&another.value));
                let message = format!("the default is {one_shown} on the page and {another} in the spec");
                self.find(Topic::Default, pointer, "default", one.line, message);
            }
            (Some(one), _, None) => {
                let message = format!("the default is {} on the page, the spec has none", shown(&one.value));
                self.find(Topic::Default, pointer, "", one.line, message);
            }
            (None, Some(words), None) => {
                let message =
                    format!("the words of the page name {} as the default, the spec has none", shown(&words.value));
                self.find(Topic::Default, pointer, "", words.line, message);
            }
            (None, _, Some(_)) if pointer == "/model" && self.page.models.len() == 1 => {
                self.skip("a label for the default of `model`: the page has none, and one model alone".to_owned());
            }
            (None, _, Some(another)) => self.unlabelled_default(of_page, &another.value, siblings, pointer),
            _ => {}
        }
    }

    /// A default of the spec that no label of the page gives.
    fn unlabelled_default(&mut self, of_page: &Parameter, spec: &Json, siblings: &[Parameter], pointer: &str) {
        let text = words(of_page);
        let is_said = of_page.marked.is_some() || says_default(&text) && text.contains(&options::text(spec));
        let message = match is_said {
            false => format!("the page gives no default, the spec {}", shown(spec)),
            true if is_labelled_elsewhere(of_page, siblings) => {
                format!(
                    "no label gives the default, as all others have it; only words do; the spec has {}",
                    shown(spec)
                )
            }
            true => {
                return self.skip(format!(
                    "a label for the default of `{}`: words alone say {}",
                    of_page.name,
                    shown(spec)
                ));
            }
        };
        self.find(Topic::Default, pointer, "default", of_page.line, message);
    }

    pub(super) fn options(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        self.values(&of_page.options, of_page, of_spec, pointer);
        // Beside the list of the schema, words need not have all values.
        let (Options::Listed(words), Options::Listed(known)) = (&of_page.listed, &of_spec.options) else { return };
        if pointer == "/model" || of_spec.kind == Some(Kind::Boolean) {
            return;
        }
        let texts = |values: &[At<Json>]| values.iter().map(|it| options::text(&it.value)).collect::<Vec<_>>();
        let (in_words, in_spec) = (texts(words), texts(known));
        for value in words.iter().filter(|value| !in_spec.contains(&options::text(&value.value))) {
            let message = format!("the words of the page list {}, the spec does not", value.value);
            self.find(Topic::Options, pointer, "oneOf", value.line, message);
        }
        let missing: Vec<String> = in_spec.into_iter().filter(|value| !in_words.contains(value)).collect();
        if !missing.is_empty() {
            let line = words.first().map_or(of_page.line, |value| value.line);
            let (name, missing) = (&of_page.name, missing.join(", "));
            self.skip(format!("why the words on line {line} do not list {missing} among the values of `{name}`"));
        }
    }

    /// A list of values of the page against that of the spec.
    fn values(&mut self, of_page_values: &Options, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        // Models are compared by themselves; true and false are all there is.
        let is_all = |it: &Options| match it {
            Options::Listed(values) => [true, false].iter().all(|flag| values.iter().any(|it| it.value == *flag)),
            _ => true,
        };
        if pointer == "/model" || of_spec.kind == Some(Kind::Boolean) && is_all(of_page_values) {
            return;
        }
        let values: Vec<String> = match &of_spec.options {
            Options::Listed(values) => values.iter().map(|value| options::text(&value.value)).collect(),
            _ => Vec::new(),
        };
        let first_line = match of_page_values {
            Options::None => None,
            Options::Listed(values) => values.first().map(|value| value.line),
            Options::Glued { line, .. } => Some(*line),
            Options::Rows(rows) => rows.first().map(|row| row.line),
        };
        match first_line {
            Some(line) if values.is_empty() => {
                let listed = match of_page_values {
                    Options::Listed(values) => {
                        values.iter().map(|value| value.value.to_string()).collect::<Vec<_>>().join(", ")
                    }
                    _ => "values".to_owned(),
                };
                let message = format!("the page lists {listed}; the spec takes any value");
                self.find(Topic::Options, pointer, "", line, message);
            }
            Some(_) => {
                for (line, message) in options::differences(of_page_values, &values) {
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

    pub(super) fn examples(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        // Free text is worded anew in a spec; it is judged by the validators alone.
        let is_closed = of_spec.options != Options::None || of_spec.kind.as_ref().is_some_and(|kind| !kind.is_free());
        if !is_closed || of_spec.examples.is_empty() {
            return self.other_examples(of_page, of_spec);
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

    /// Addresses and ids may differ from those of the spec, where it has any.
    pub(super) fn other_examples(&mut self, of_page: &Parameter, of_spec: &Parameter) {
        let is_word = |value: &Json| value.as_str().is_some_and(|text| text.is_ascii() && !text.contains(' '));
        let says_fact = |value: &Json| value.as_array().map_or(is_word(value), |items| items.iter().all(is_word));
        let is_other = |value: &Json| of_spec.examples.iter().all(|it| !is_same(&it.value, value));
        let has_facts = of_spec.examples.iter().any(|it| says_fact(&it.value));
        for example in of_page.examples.iter().filter(|it| has_facts && says_fact(&it.value) && is_other(&it.value)) {
            let (value, line) = (shown(&example.value), example.line);
            self.skip(format!("the example {value} of `{}` on line {line}: the spec has others", of_page.name));
        }
    }

    pub(super) fn advice(&mut self, of_page: &Parameter, of_spec: &Parameter, pointer: &str) {
        match (of_page.advanced, of_spec.advanced) {
            (Some(line), None) => {
                let message = "the page advises to leave it unset, the spec has no \"x-advanced\"".to_owned();
                self.find(Topic::Advice, pointer, "", line, message);
            }
            (None, Some(_)) if self.page.parameters.iter().any(|it| it.advanced.is_some()) => {
                let message = "the spec has \"x-advanced\", the page does not advise to leave it unset".to_owned();
                self.find(Topic::Advice, pointer, "x-advanced", of_page.line, message);
            }
            // A page may advise in words that are not known.
            (None, Some(_)) => {
                self.skip(format!(
                    "\"x-advanced\" of `{}`: no words on the page that are known advise it",
                    of_page.name
                ));
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

/// Whether every other parameter of this kind has a label for its default: then one without has lost it.
fn is_labelled_elsewhere(parameter: &Parameter, siblings: &[Parameter]) -> bool {
    let is_like = |it: &&Parameter| {
        it.name != parameter.name && it.required == parameter.required && it.nullable == parameter.nullable
    };
    let others: Vec<_> = siblings.iter().filter(is_like).collect();
    others.len() > 1 && others.iter().all(|it| it.default.is_some())
}

/// The first line that has words.
fn first_words(parameter: &Parameter) -> Option<usize> {
    parameter.prose.iter().find(|line| !line.value.is_empty()).map(|line| line.line)
}

/// Whether two values are the same; `5` and `5.0` are.
pub(super) fn is_same(one: &Json, another: &Json) -> bool {
    match (one, another) {
        (Json::Number(one), Json::Number(another)) => one.as_f64() == another.as_f64(),
        _ => one == another,
    }
}
