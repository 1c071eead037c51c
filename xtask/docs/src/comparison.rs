//! What a comparison of a page with its spec finds, and how facts report to it.

use foxapi_schema::number::equal;
use serde::Serialize;
use serde_json::Value as JsonValue;

use crate::finding::{Finding, Topic};
use crate::page::{At, Capture, ITEMS, Parameter, lists, text_of};
use crate::sentences::{
    SentenceChange, Statement,
    memory::{Seen, outcomes, seen},
    names_in,
};
use crate::spec::{Spec, shown};

/// What differs between a page and its spec, and what could not be checked.
#[derive(Clone, Debug, Default, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The differences of structure, in the order of the page.
    pub findings: Vec<Finding>,
    /// Where the page contradicts itself, or shows what the spec refuses.
    pub contradictions: Vec<Finding>,
    /// The sentences that are not as a person reviewed them.
    pub sentences: Vec<SentenceChange>,
    /// How many sentences the page has, if nobody has reviewed it: then `sentences` is empty.
    pub never_reviewed: usize,
    /// What was not compared, and why.
    pub not_checked: Vec<String>,
    /// Everything that can be reviewed: sentences and contradictions, in the order of the page.
    #[serde(skip)]
    pub(crate) statements: Vec<Statement>,
    /// The language of the page: `en` or `zh`.
    pub language: &'static str,
}

impl Comparison {
    /// How many of the listed things somebody has to look at.
    #[must_use]
    pub fn open(&self) -> usize {
        self.findings.len() + self.contradictions.len() + self.sentences.len()
    }

    /// Everything that the page says in words.
    pub fn all_sentences(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| !statement.is_contradiction)
    }
}

/// Collects what is found.
pub(crate) struct Comparer<'a> {
    pub(crate) page: &'a Capture,
    pub(crate) spec: &'a Spec,
    /// Which of the page's sentences a person has reviewed.
    pub(crate) reviewed: Option<&'a [Seen]>,
    pub(crate) result: Comparison,
}

impl Comparer<'_> {
    /// Adds a finding about a parameter; its spec position is that of the keyword, or the nearest one.
    pub(crate) fn find(&mut self, topic: Topic, parameter: &str, keyword: &str, line: usize, message: String) {
        let finding = Finding {
            topic,
            parameter: parameter.to_owned(),
            line: line.max(1),
            place: self.spec.place(parameter, keyword),
            message,
            unstated: None,
            hash: None,
        };
        self.result.findings.push(finding);
    }

    /// Compares a fact that each side may give as a value.
    pub(crate) fn value(
        &mut self,
        topic: Topic,
        pointer: &str,
        keyword: &str,
        of_page: &Parameter,
        (on_page, in_spec): (Option<At<JsonValue>>, Option<&JsonValue>),
    ) {
        let name = if keyword == "default" { "the default" } else { keyword };
        match (on_page, in_spec) {
            (Some(At { line, value: one }), Some(other)) if !equal(&one, other) => {
                let message = format!("{name} is {} on the page and {} in the spec", shown(&one), shown(other));
                self.find(topic, pointer, keyword, line, message);
            }
            (Some(At { line, value }), None) => {
                let message = format!("{name} is {} on the page; the spec has none", shown(&value));
                self.find(topic, pointer, "", line, message);
            }
            (None, Some(other)) => {
                let message = format!("{name} is {} in the spec; no field of the page gives it", shown(other));
                let values = if topic == Topic::Keyword { vec![] } else { vec![other] };
                self.unstated(topic, pointer, keyword, of_page, &values, message);
            }
            _ => {}
        }
    }

    /// Compares two lists of values; `name` says what each value is, with an article.
    pub(crate) fn lists(
        &mut self,
        topic: Topic,
        pointer: &str,
        (keyword, name): (&str, &str),
        on_page: &[At<JsonValue>],
        in_spec: &[At<JsonValue>],
        line: usize,
    ) {
        for at in on_page.iter().filter(|at| !lists(in_spec, &at.value)) {
            let message = format!("the page has {name}{}; the spec does not", shown(&at.value));
            self.find(topic, pointer, keyword, at.line, message);
        }
        for at in in_spec.iter().filter(|at| !lists(on_page, &at.value)) {
            let message = format!("the spec has {name}{}; the page does not", shown(&at.value));
            self.find(topic, pointer, keyword, line, message);
        }
    }

    /// Notes that something was not checked.
    pub(crate) fn skip(&mut self, what: String) {
        self.result.not_checked.push(what);
    }

    /// The spec says something that no field of the page does: correct if a sentence of the page became it.
    pub(crate) fn unstated(
        &mut self,
        topic: Topic,
        pointer: &str,
        keyword: &str,
        of_page: &Parameter,
        values: &[&JsonValue],
        message: String,
    ) {
        let (parameter, path) = match pointer.strip_suffix(&format!("/{ITEMS}")) {
            Some(list) => (list, format!("items/{keyword}")),
            None => (pointer, keyword.to_owned()),
        };
        let reviewed = self.reviewed.unwrap_or_default();
        let mut seen = seen(reviewed, parameter).chain(seen(reviewed, pointer)).peekable();
        let is_reviewed = seen.peek().is_some();
        let mut said = seen.flat_map(|seen| outcomes(&seen.became)).map(common);
        if said.any(|outcome| outcome == path || outcome == keyword) {
            return;
        }
        if !is_reviewed && !values.is_empty() && values.iter().all(|value| mentions(of_page, value)) {
            let name = &of_page.name;
            let what =
                format!("{keyword} of `{name}`: no field of the page gives it, and nobody has reviewed its words");
            return self.skip(what);
        }
        self.find(topic, pointer, keyword, of_page.line, message);
        if let Some(finding) = self.result.findings.last_mut() {
            finding.unstated = Some(path);
        }
    }
}

/// The values that a parameter may have are written in several ways.
fn common(outcome: &str) -> &str {
    match outcome {
        "enum" | "const" | "$ref" => "oneOf",
        outcome => outcome,
    }
}

/// Whether the text about a parameter contains a value, no matter what it says about it.
fn mentions(parameter: &Parameter, value: &JsonValue) -> bool {
    let value = text_of(value);
    let value = value.trim_start_matches('-');
    parameter
        .words
        .iter()
        .any(|block| names_in(&block.text).contains(&value) || block.text.contains(value) && !value.is_ascii())
}
