//! What `docs check` lists, in words for people and as data for programs.

use std::path::{Path, PathBuf};

use foxapi_docs::{Change, Comparison, Finding, Page, Place, Problem, SentenceChange, Spec};
use serde_json::{Value as Json, json};

use crate::text::counted;

/// A capture that was compared.
pub(crate) struct Checked<'a> {
    pub(crate) path: &'a Path,
    pub(crate) page: &'a Page,
    pub(crate) spec: &'a Spec,
    pub(crate) comparison: Comparison,
}

/// How much is listed.
pub(crate) struct Totals {
    findings: usize,
    contradictions: usize,
    sentences: usize,
}

impl Totals {
    pub(crate) fn of(checked: &[Checked<'_>]) -> Self {
        let sum = |count: fn(&Comparison) -> usize| checked.iter().map(|it| count(&it.comparison)).sum();
        Self {
            findings: sum(|comparison| comparison.findings.len()),
            contradictions: sum(|comparison| comparison.contradictions.len()),
            sentences: sum(|comparison| comparison.sentences.len()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.findings + self.contradictions + self.sentences == 0
    }

    /// `2 findings, 1 sentence to review`: without what there is none of.
    pub(crate) fn listed(&self) -> String {
        let all = [(self.findings, "finding"), (self.contradictions, "contradiction"), (self.sentences, "sentence")];
        let listed = all.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun));
        let listed: Vec<String> = listed.collect();
        let to_review = if self.sentences > 0 { " to review" } else { "" };
        if listed.is_empty() { String::new() } else { format!("{}{to_review}", listed.join(", ")) }
    }
}

/// A heading for each page, a line for each thing that somebody has to look at.
pub(crate) fn text(checked: &[Checked<'_>], all: bool) -> String {
    let mut report = String::new();
    for Checked { path, page, spec, comparison } in checked {
        let path = path.display();
        report.push_str(&format!("{path}: {} ({})\n", spec.slug, page.shape().word()));
        let mut line = |line: usize, parameter: &str, message: &str, place: Option<&Place>| {
            let about = if parameter.is_empty() { String::new() } else { format!("{parameter}: ") };
            let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
            report.push_str(&format!("{path}:{line}: {about}{message}{place}\n"));
        };
        for Finding { parameter, message, place, line: at, .. } in
            comparison.findings.iter().chain(&comparison.contradictions)
        {
            line(*at, parameter, message, Some(place));
        }
        for change in &comparison.sentences {
            line(change.line, &change.parameter, &sentence(change), change.place.as_ref());
        }
        if all {
            for (parameter, at, words) in comparison.all_sentences() {
                line(at, parameter, &format!("says {words:?}"), None);
            }
        }
        if let Some(count) = comparison.never_reviewed {
            let sentences = counted(count, "sentence");
            report
                .push_str(&format!("  never reviewed: {sentences}; `--all` lists them, `docs accept` records them\n"));
        }
        for unchecked in &comparison.unchecked {
            report.push_str(&format!("  not checked: {unchecked}\n"));
        }
        if comparison.open() == 0 {
            report.push_str("  no findings\n");
        }
        report.push('\n');
    }
    let totals = Totals::of(checked);
    let listed = if totals.is_empty() { "no findings".to_owned() } else { totals.listed() };
    report.push_str(&format!("{}, {listed}\n", counted(checked.len(), "page")));
    report
}

fn sentence(change: &SentenceChange) -> String {
    let words = &change.words;
    let became = match (&change.meaning, &change.became) {
        (Some(meaning), _) => format!("became {meaning}"),
        (None, Some(outcome)) if outcome != "none" => format!("became {outcome}, which the spec does not have"),
        (None, _) => "became nothing in the spec".to_owned(),
    };
    match change.change {
        Change::Gone => format!("a sentence is gone; it {became}"),
        Change::Changed => format!("changed sentence: {words:?}; the old one {became}"),
        _ => format!("new sentence: {words:?}"),
    }
}

/// An object for each page, and for each capture that is not one.
pub(crate) fn json(checked: &[Checked<'_>], unreadable: &[(PathBuf, Problem)]) -> String {
    let page = |Checked { path, page, spec, comparison }: &Checked<'_>| {
        json!({
            "capture": path.display().to_string(),
            "page": spec.slug,
            "shape": page.shape(),
            "findings": comparison.findings,
            "contradictions": comparison.contradictions,
            "sentences": comparison.sentences,
            "never_reviewed": comparison.never_reviewed.unwrap_or(0),
            "not_checked": comparison.unchecked,
        })
    };
    let unread = |(path, problem): &(PathBuf, Problem)| {
        let error = json!({ "line": problem.line, "message": problem.message, "help": problem.help });
        json!({ "capture": path.display().to_string(), "error": error })
    };
    let pages: Vec<Json> = checked.iter().map(page).chain(unreadable.iter().map(unread)).collect();
    format!("{:#}\n", Json::from(pages))
}
