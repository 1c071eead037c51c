//! Compares a page with its spec: facts are compared, sentences are remembered, contradictions are listed separately.

mod bodies;
mod contradictions;

use crate::comparison::{Comparer, Comparison};
use crate::facts;
use crate::finding::{Finding, Topic};
use crate::page::Capture;
use crate::sentences::{
    self, Memory, Statement, changes,
    memory::{Seen, index, language, outcomes},
};
use crate::spec::Spec;

/// Compares a page with its spec, and with what a person has reviewed.
#[must_use]
pub fn check(page: &Capture, spec: &Spec, memory: Option<&Memory>) -> Comparison {
    let sentences = sentences::of_page(page);
    let language = language(&sentences);
    let reviewed = memory.and_then(|memory| memory.of(language));
    let mut comparer = Comparer { page, spec, reviewed, result: Comparison::default() };
    facts::endpoint_differs(&mut comparer);
    facts::models_differ(&mut comparer);
    facts::differ(&mut comparer, &page.request, &spec.request, "");
    facts::keywords_differ(&mut comparer, &page.request, &spec.request, "");
    if let Some(reviewed) = reviewed {
        fits(&mut comparer, &sentences, reviewed);
    }
    for unread in &page.unread {
        comparer.find(Topic::Unread, "", "", unread.line, unread.value.clone());
    }
    page.skipped.iter().for_each(|skipped| comparer.skip(skipped.clone()));
    comparer.skip("responses and headers: specs describe requests".to_owned());

    let mut result = comparer.result;
    let contradictions = contradictions::all(page, spec);
    let known = index(reviewed.unwrap_or_default());
    let changed = |reviewed| changes(&sentences, reviewed, |parameter| page.line_of(parameter));
    result.sentences = reviewed.map(changed).unwrap_or_default();
    for change in &mut result.sentences {
        // If a whole parameter is gone, its sentences are listed where it is missing.
        let missed =
            result.findings.iter().find(|it| it.topic == Topic::MissingOnPage && it.parameter == change.parameter);
        change.line = missed.map_or(change.line, |finding| finding.line);
        let became = change.became.as_deref().and_then(|became| spec.meaning(&change.parameter, became));
        (change.meaning, change.place) = became.unzip();
    }
    result.never_reviewed = if reviewed.is_none() { sentences.len() } else { 0 };
    result.statements = statements(sentences, &contradictions);
    result.language = language;
    result.contradictions = contradictions;
    let hash = |finding: &Finding| finding.hash.clone().unwrap_or_default();
    result.contradictions.retain(|it| !known.contains_key(&(it.parameter.as_str(), hash(it).as_str())));
    result.sentences.sort_by_key(|change| change.line);
    result.findings.sort_by_key(|finding| (finding.line, finding.topic));
    result.contradictions.sort_by_key(|finding| (finding.line, finding.topic));
    result
}

/// What reviewed sentences are recorded to have become must be in the spec.
fn fits(comparer: &mut Comparer<'_>, sentences: &[Statement], reviewed: &[Seen]) {
    let known = index(reviewed);
    for sentence in sentences {
        let (spec, parameter) = (comparer.spec, &sentence.parameter);
        let Some(seen) = known.get(&(parameter, &sentence.hash)) else { continue };
        for outcome in outcomes(&seen.became).filter(|outcome| !spec.has(parameter, outcome)) {
            let words = &sentence.words;
            let message = format!("{words:?} became {outcome}, which the spec does not have");
            comparer.find(Topic::Review, parameter, "", sentence.line, message);
        }
    }
}

/// Sentences and contradictions, grouped by parameter.
fn statements(mut sentences: Vec<Statement>, contradictions: &[Finding]) -> Vec<Statement> {
    for finding in contradictions {
        let statement = Statement {
            parameter: finding.parameter.clone(),
            line: finding.line,
            words: finding.message.clone(),
            hash: finding.hash.clone().unwrap_or_default(),
            is_contradiction: true,
        };
        let at = sentences.iter().rposition(|sentence| sentence.parameter == finding.parameter);
        let at = at.or_else(|| sentences.iter().rposition(|sentence| sentence.line <= finding.line));
        sentences.insert(at.map_or(sentences.len(), |at| at + 1), statement);
    }
    sentences
}
