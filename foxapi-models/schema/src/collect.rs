//! Walks a body and its schema side by side and collects every violation. This is the slow path, taken after a refusal.

mod logic;
mod objects;
mod path;
mod related;
#[cfg(test)]
mod tests;
mod values;

use std::mem;

use crate::json::{Duplicates, View};
use crate::json_type::JsonType;
use crate::keyword::Keyword;
use crate::message;
use crate::page::{Outline, Page};
use crate::pointer;
use crate::report::Report;
use crate::subschema::{Keywords, Subschema};
use crate::violation::Violation;
use crate::words;
use path::{Path, Step};

/// The violations of the schema of the body's page, and the duplicate names, in the order of the page.
///
/// A long list is cut, and its last violation says how many more there are. `duplicates` are the names that occur twice
/// in the text of the body.
#[must_use]
pub fn violations(pages: &[&Page], body: &View<'_>, duplicates: Duplicates) -> Vec<Violation> {
    match page_of(pages, body) {
        Ok(page) => walk(page, body, duplicates),
        Err(violation) => {
            let mut report = Report::default();
            report.push(violation);
            report.duplicates(duplicates);
            report.finish(|_| None)
        }
    }
}

/// The page that describes the model of a body. If there is only one page, it is the page of every body.
fn page_of<'a>(pages: &[&'a Page], body: &View<'_>) -> Result<&'a Page, Violation> {
    if let [page] = pages {
        return Ok(page);
    }
    let View::Object(object) = body else {
        return Err(Violation::new("", Keyword::Type, message::mistyped(&[JsonType::Object], body)));
    };
    match object.get("model") {
        Some(View::String(model)) => match pages.iter().find(|page| page.describes(model)) {
            Some(page) => Ok(page),
            None => Err(Violation::new("/model", Keyword::Enum, message::unknown_model(model, pages))),
        },
        Some(other) => Err(Violation::new("/model", Keyword::Type, message::mistyped(&[JsonType::String], other))),
        None => Err(Violation::new("/model", Keyword::Required, message::MISSING)),
    }
}

fn walk(page: &Page, body: &View<'_>, duplicates: Duplicates) -> Vec<Violation> {
    let root = match page.schema.root() {
        Ok(root) => root,
        Err(error) => {
            return vec![Violation::new("", Keyword::Ref, format!("cannot be judged, the schema is faulty: {error}"))];
        }
    };
    let mut collector = Collector::new(page.models, root, body);
    collector.others = page.outlines.0;
    collector.report.duplicates(duplicates);
    collector.keywords(root, body, root);

    collector.report.finish(|path| {
        pointer::first(path)
            .map(|name| root.properties.names().position(|property| property == name).unwrap_or(usize::MAX))
    })
}

/// The path of the model's ID in a body.
const MODEL: &str = "/model";

/// The state of the walk, and what it has found.
pub(crate) struct Collector<'a> {
    /// The outlines of all pages, searched for parameters that this one lacks.
    others: &'a [&'a [Outline]],
    /// The models whose requests the schema describes.
    models: &'a [&'a str],
    root: &'a Keywords,
    body: &'a View<'a>,
    /// The path of the current value.
    path: Path<'a>,
    /// The current branch of `allOf`, if it is a rule.
    rule: Option<&'a Keywords>,
    /// How many steps of the path lead to the object that the rule is about.
    rule_at: usize,
    /// For `dependentRequired`: the property that needs the one at the current path.
    needing: Option<&'a str>,
    /// `Some` while only asking whether a schema holds: whether it has held so far. Nothing is recorded then.
    verdict: Option<bool>,
    report: Report,
}

impl<'a> Collector<'a> {
    fn new(models: &'a [&'a str], root: &'a Keywords, body: &'a View<'a>) -> Self {
        let (path, report) = (Path::default(), Report::default());
        Self { others: &[], models, root, body, path, rule: None, rule_at: 0, needing: None, verdict: None, report }
    }

    /// Judges a value by a schema that is not part of an embedded page; `root` has the definitions.
    pub(crate) fn judge(
        root: &'a Keywords,
        schema: &'a Subschema,
        models: &'a [&'a str],
        value: &'a View<'a>,
    ) -> Vec<Violation> {
        let mut collector = Self::new(models, root, value);
        collector.subschema(schema, value, None);
        collector.report.finish(|_| None)
    }

    /// Judges the value at the current path by a schema.
    ///
    /// `owner` is the outermost schema of the value, for schemas nested in it that are about the same value.
    fn subschema(&mut self, subschema: &'a Subschema, value: &'a View<'a>, owner: Option<&'a Keywords>) {
        match subschema {
            _ if self.verdict == Some(false) => {}
            Subschema::Bool(true) => {}
            Subschema::Bool(false) => self.report(Keyword::Not, || "must not be set".to_owned()),
            Subschema::Object(keywords) => self.keywords(keywords, value, owner.unwrap_or(keywords)),
        }
    }

    fn keywords(&mut self, schema: &'a Keywords, value: &'a View<'a>, owner: &'a Keywords) {
        if let Some(reference) = &schema.reference {
            match self.root.definitions.get(&reference.0) {
                Some(definition) => self.subschema(definition, value, Some(owner)),
                None => {
                    self.report(Keyword::Ref, || format!("cannot be judged, the schema `{}` is missing", reference.0))
                }
            }
        }
        self.available(schema, value);
        if !schema.types.admit(value) {
            return self.report(Keyword::Type, || message::mistyped(&schema.types.0, value));
        }
        self.choices(schema, value);
        match value {
            View::Array(items) => {
                self.assertions(schema, value);
                self.items(schema, items);
            }
            View::Object(_) => self.object(schema, value, owner),
            _ => self.assertions(schema, value),
        }
        if !schema.one_of.is_empty() {
            self.forms(&schema.one_of, Keyword::OneOf, value, owner);
        }
        if !schema.any_of.is_empty() {
            self.forms(&schema.any_of, Keyword::AnyOf, value, owner);
        }
        self.exclusion(schema, value, owner);
        self.condition(schema, value, owner);
        for branch in &schema.all_of {
            let outer = (self.rule, self.rule_at);
            if let Some(rule) = branch.keywords().filter(|rule| value.is_object() && rule.description.is_some()) {
                (self.rule, self.rule_at) = (Some(rule), self.path.depth());
            }
            self.subschema(branch, value, Some(owner));
            (self.rule, self.rule_at) = outer;
        }
    }

    /// Whether a schema holds, recording nothing.
    fn holds(&mut self, subschema: &'a Subschema, value: &'a View<'a>, owner: Option<&'a Keywords>) -> bool {
        let outer = self.verdict.replace(true);
        self.subschema(subschema, value, owner);
        mem::replace(&mut self.verdict, outer) == Some(true)
    }

    /// Runs `look` one step further down the document.
    fn at(&mut self, step: Step<'a>, look: impl FnOnce(&mut Self)) {
        self.path.push(step);
        look(self);
        self.path.pop();
    }

    /// Blames the value at the current path.
    fn report(&mut self, keyword: Keyword, detail: impl FnOnce() -> String) {
        self.report_with(keyword, |_| detail());
    }

    /// Blames the value at the current path, unless only asking or already blamed; `detail` may look at the collector.
    fn report_with(&mut self, keyword: Keyword, detail: impl FnOnce(&Self) -> String) {
        if let Some(path) = self.admit(keyword) {
            let detail = detail(self);
            self.blame(path, keyword, detail);
        }
    }

    /// The current path, if its value is to be blamed for this keyword.
    fn admit(&mut self, keyword: Keyword) -> Option<String> {
        if let Some(verdict) = &mut self.verdict {
            *verdict = false;
            return None;
        }
        let path = self.path.pointer();
        self.report.admit(&path, keyword, self.rule.is_some()).then_some(path)
    }

    fn blame(&mut self, path: String, keyword: Keyword, detail: String) {
        let sentence = self.rule.and_then(|rule| rule.description.as_deref());
        let message = match sentence.map(|sentence| sentence.strip_suffix('.').unwrap_or(sentence)) {
            Some(sentence) => format!("{detail}. {sentence}."),
            None => detail,
        };
        let related = if keyword == Keyword::XModels { vec![MODEL.to_owned()] } else { self.related() };
        self.report.push(Violation::new(path, keyword, message).with_related(related));
    }

    /// `x-models`. Nothing is known about a model that the page does not describe.
    fn available(&mut self, schema: &Keywords, value: &View<'_>) {
        let Some(models) = schema.models.as_ref().filter(|_| !value.is_null()) else { return };
        let model = self.body.get("model").and_then(View::as_str).filter(|model| self.models.contains(model));
        if let Some(model) = model.filter(|model| !models.iter().any(|known| known == model)) {
            let what = schema.constant.as_ref().map_or_else(String::new, |option| format!("{} ", words::code(option)));
            let detail = || format!("{what}is not available for `{model}`, only for {}", words::names(models));
            self.report(Keyword::XModels, detail);
        }
    }
}
