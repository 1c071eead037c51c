//! What `docs check` lists, in words for people and as data for programs.

use std::path::PathBuf;

use foxapi_docs::{Comparison, Finding, Problem, SentenceChange, SentenceEvent, SpecPlace, Statement};
use serde_json::{Value as JsonValue, json};

use super::specs::Checked;
use crate::text::counted;

/// How much is listed, `2 findings, 1 sentence to review`; `None`: nothing.
pub(crate) fn totals(checked: &[Checked<'_>]) -> Option<String> {
    let sum = |count: fn(&Comparison) -> usize| checked.iter().map(|it| count(&it.comparison)).sum::<usize>();
    let all = [
        (sum(|comparison| comparison.findings.len()), "finding", ""),
        (sum(|comparison| comparison.contradictions.len()), "contradiction", ""),
        (sum(|comparison| comparison.sentences.len()), "sentence", " to review"),
    ];
    let listed = all.iter().filter(|(count, ..)| *count > 0).map(|(count, noun, what)| counted(*count, noun) + what);
    Some(listed.collect::<Vec<_>>().join(", ")).filter(|listed| !listed.is_empty())
}

/// A heading for each page, a line for each thing that somebody has to look at.
pub(crate) fn text(checked: &[Checked<'_>], all: bool) -> String {
    let mut report = String::new();
    for Checked { path, format, spec, comparison, .. } in checked {
        let path = path.display();
        report.push_str(&format!("{path}: {} ({})\n", spec.slug, format.word()));
        let mut line = |line: usize, parameter: &str, message: &str, place: Option<&SpecPlace>| {
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
            for Statement { parameter, line: at, words, .. } in comparison.all_sentences() {
                line(*at, parameter, &format!("says {words:?}"), None);
            }
        }
        if comparison.never_reviewed > 0 {
            let language = if comparison.language == "zh" { "Chinese" } else { "English" };
            let sentences = counted(comparison.never_reviewed, "sentence");
            report.push_str(&format!(
                "  never reviewed in {language}: {sentences}; `--all` lists them, `docs accept` records them\n"
            ));
        }
        for unchecked in &comparison.not_checked {
            report.push_str(&format!("  not checked: {unchecked}\n"));
        }
        report.push_str(if comparison.open() == 0 { "  no findings\n\n" } else { "\n" });
    }
    let listed = totals(checked).unwrap_or_else(|| "no findings".to_owned());
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
        SentenceEvent::Gone => format!("a sentence is gone; it {became}"),
        SentenceEvent::Changed => format!("changed sentence: {words:?}; the old one {became}"),
        _ => format!("new sentence: {words:?}"),
    }
}

/// An object for each page, and for each capture that is not one.
pub(crate) fn json(checked: &[Checked<'_>], unreadable: &[(PathBuf, Problem)]) -> String {
    let page = |Checked { path, format, spec, comparison, .. }: &Checked<'_>| {
        let about = json!({ "capture": path.display().to_string(), "page": spec.slug, "format": format });
        let mut entry = about.as_object().cloned().unwrap_or_default();
        entry.extend(json!(comparison).as_object().cloned().unwrap_or_default());
        JsonValue::from(entry)
    };
    let unread = |(path, problem): &(PathBuf, Problem)| {
        let error = json!({ "line": problem.line, "message": problem.message, "help": problem.help });
        json!({ "capture": path.display().to_string(), "error": error })
    };
    let pages: Vec<JsonValue> = checked.iter().map(page).chain(unreadable.iter().map(unread)).collect();
    format!("{:#}\n", JsonValue::from(pages))
}
