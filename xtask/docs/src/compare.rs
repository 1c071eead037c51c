//! A page against its spec: every fact that both can state.

mod facts;
mod figures;
mod keywords;
mod limits;
mod lossy;
mod options;
mod order;
mod rules;
mod sentences;

use super::{
    finding::{Finding, Topic},
    page::{Keyword, Kind, Mark, Page, Parameter, Shape},
    spec::{ITEMS, Spec},
};

pub(crate) use keywords::FORMATS;
pub(crate) use lossy::align;
pub(crate) use options::text as text_of;

/// What a comparison found, and what it could not look at.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Comparison {
    /// The differences, in the order of the page.
    pub findings: Vec<Finding>,
    /// What was not compared, and why.
    pub unchecked: Vec<String>,
}

/// Compares a page with its spec.
#[must_use]
pub fn compare(page: &Page, spec: &Spec) -> Comparison {
    let mut comparer = Comparer { page, spec, result: Comparison::default() };
    comparer.endpoint();
    comparer.models();
    match page.shape {
        Shape::Lossy => comparer.blocks(),
        _ => {
            comparer.parameters(&page.parameters, &spec.parameters, "");
            comparer.keywords(&page.keywords, &spec.keywords, "", "the request");
            for parameter in page.parameters.iter().filter(|it| spec.parameter(&it.name).is_some()) {
                comparer.figures_within(&parameter.name, parameter);
            }
        }
    }
    comparer.rules();
    comparer.skip("the answer of the server, and headers: specs of requests do not describe them".to_owned());
    page.skipped.iter().for_each(|it| comparer.skip(it.clone()));
    for unread in &page.unread {
        comparer.find(Topic::Unread, "", "", unread.line, unread.value.clone());
    }
    let mut result = comparer.result;
    result.findings.sort_by_key(|finding| (finding.line, finding.topic));
    result
}

struct Comparer<'a> {
    page: &'a Page,
    spec: &'a Spec,
    result: Comparison,
}

impl<'a> Comparer<'a> {
    /// Adds a finding about a parameter; its spec position is that of the keyword, or the nearest there is.
    fn find(&mut self, topic: Topic, parameter: &str, keyword: &str, line: usize, message: String) {
        let place = self.spec.place(parameter, keyword);
        self.result.findings.push(Finding {
            topic,
            parameter: parameter.to_owned(),
            line: line.max(1),
            place,
            message,
        });
    }

    /// Says that something was not looked at.
    fn skip(&mut self, what: String) {
        self.result.unchecked.push(what);
    }

    fn endpoint(&mut self) {
        let (page, spec) = (self.page, self.spec);
        let pairs = [(&page.methods, &spec.method, "method"), (&page.paths, &spec.path, "path")];
        for (of_page, of_spec, name) in pairs {
            for said in of_page.iter().filter(|said| said.value != *of_spec) {
                let message = format!("the {name} is {} on the page and {of_spec} in the spec", said.value);
                self.find(Topic::Endpoint, "", "x-endpoint", said.line, message);
            }
            if of_page.is_empty() {
                self.result.unchecked.push(format!("the {name} of the endpoint: the page does not show it"));
            }
        }
    }

    fn models(&mut self) {
        for model in &self.page.models {
            if !self.spec.models.contains(&model.value) {
                let message = format!("the spec has no model {:?}", model.value);
                self.find(Topic::Model, "/model", "oneOf", model.line, message);
            }
        }
        let line = self.page.parameter("model").map_or(1, |model| model.line);
        for model in &self.spec.models {
            if self.page.models.iter().all(|it| it.value != *model) {
                let message = format!("the page does not list the model {model:?} of the spec");
                self.find(Topic::Model, "/model", "oneOf", line, message);
            }
        }
    }

    /// Compares parameters, or the properties of one.
    fn parameters(&mut self, of_page: &'a [Parameter], of_spec: &'a [Parameter], above: &str) {
        for parameter in of_page {
            let pointer = format!("{above}/{}", parameter.name);
            match of_spec.iter().find(|it| it.name == parameter.name) {
                Some(other) => self.parameter(parameter, other, of_page, &pointer),
                None if parameter.is_marked(Mark::ReadOnly) => {
                    self.skip(format!(
                        "`{}` (line {}): read-only, no part of a request",
                        parameter.name, parameter.line
                    ));
                }
                None => {
                    let names: Vec<_> = of_spec.iter().map(|it| it.name.as_str()).collect();
                    let message = format!("the spec has no `{}`; it has {}", parameter.name, names.join(", "));
                    let place = self.spec.place(above, "properties");
                    let (topic, line) = (Topic::MissingInSpec, parameter.line);
                    self.result.findings.push(Finding { topic, parameter: pointer, line, place, message });
                }
            }
        }
        // Where it is missing: after what stands before it in the spec.
        let mut before = of_page.first().map_or(1, |parameter| parameter.line);
        for parameter in of_spec {
            match of_page.iter().find(|it| it.name == parameter.name) {
                Some(there) => before = there.line,
                None => {
                    let pointer = format!("{above}/{}", parameter.name);
                    let message = format!("the page has no `{}`", parameter.name);
                    self.find(Topic::MissingOnPage, &pointer, "", before, message);
                }
            }
        }
        self.order(of_page, of_spec, above);
    }

    /// What is said of each item of a list.
    fn items(&mut self, of_page: &'a Parameter, of_spec: &'a Parameter, pointer: &str) {
        let none = Parameter::default();
        let of_spec = of_spec.item.as_deref().unwrap_or(&none);
        let Some(one) = of_page.item.as_deref() else {
            let is_shown = |it: &Keyword| it.name == "additionalProperties";
            if !of_spec.limits.is_empty() || !of_spec.keywords.iter().all(is_shown) {
                self.skip(format!("what the spec says of each item of `{}`: the page does not show it", of_page.name));
            }
            return;
        };
        let pointer = format!("{pointer}/{ITEMS}");
        if one.kind.is_some() && one.nullable != of_spec.nullable {
            let message = if one.nullable {
                "items may be null on the page, not in the spec"
            } else {
                "items may be null in the spec, not on the page"
            };
            self.find(Topic::Null, &pointer, "type", of_page.line, message.to_owned());
        }
        let one = Parameter { name: format!("{} items", of_page.name), line: of_page.line, ..one.clone() };
        self.limits(&one, of_spec, &pointer);
        self.marks(&one, of_spec, &pointer);
        self.keywords(&one.keywords, &of_spec.keywords, &pointer, &format!("the items of `{}`", of_page.name));
        self.lost_keywords(&one, of_spec, &pointer);
    }

    fn order(&mut self, of_page: &[Parameter], of_spec: &[Parameter], above: &str) {
        let in_spec: Vec<&str> = of_spec.iter().map(|it| it.name.as_str()).collect();
        let on_page: Vec<&str> = of_page.iter().map(|it| it.name.as_str()).filter(|it| in_spec.contains(it)).collect();
        let in_spec: Vec<&str> = in_spec.into_iter().filter(|it| on_page.contains(it)).collect();
        for name in order::displaced(&on_page, &in_spec) {
            let line = of_page.iter().find(|it| it.name == name).map_or(1, |it| it.line);
            let after = |names: &[&str]| {
                let at = names.iter().position(|it| *it == name)?;
                Some(format!("after `{}`", names.get(at.checked_sub(1)?)?))
            };
            let first = || "first".to_owned();
            let message = format!(
                "`{name}` comes {} on the page and {} in the spec",
                after(&on_page).unwrap_or_else(first),
                after(&in_spec).unwrap_or_else(first)
            );
            self.find(Topic::Order, &format!("{above}/{name}"), "", line, message);
        }
    }

    fn parameter(&mut self, of_page: &'a Parameter, of_spec: &'a Parameter, siblings: &'a [Parameter], pointer: &str) {
        self.kind(of_page, of_spec, pointer);
        self.required(of_page, of_spec, pointer);
        self.default(of_page, of_spec, siblings, pointer);
        self.options(of_page, of_spec, pointer);
        self.limits(of_page, of_spec, pointer);
        self.advice(of_page, of_spec, pointer);
        self.marks(of_page, of_spec, pointer);
        let about = format!("`{}`", of_page.name);
        match of_page.kind {
            // The types differ already: what is said of each cannot be compared.
            Some(Kind::Other(_)) if !of_page.keywords.is_empty() => {
                self.skip(format!("what the schema says of each type of {about}"));
            }
            _ => self.keywords(&of_page.keywords, &of_spec.keywords, pointer, &about),
        }
        self.lost_keywords(of_page, of_spec, pointer);
        self.items(of_page, of_spec, pointer);
        self.examples(of_page, of_spec, pointer);
        match (of_page.children.as_slice(), of_spec.children.as_slice()) {
            ([], []) => {}
            ([], _) => {
                self.result
                    .unchecked
                    .push(format!("the properties of `{}`: the page does not show them", of_page.name));
            }
            (_, []) if of_spec.kind == Some(Kind::Object) => {
                let message = format!("the page shows properties of `{}`, the spec has none", of_page.name);
                self.find(Topic::Type, pointer, "", of_page.line, message);
            }
            (_, []) => {}
            (of_page, of_spec) => self.parameters(of_page, of_spec, pointer),
        }
    }
}
