//! Compares the sentences of a page with those that a person has reviewed.

use std::collections::HashSet;

use serde::Serialize;

use super::memory::{CONTRADICTION, Seen, seen};
use super::statement::Statement;
use crate::{finding::SpecPlace, words::words};

words! {
    /// What happened to a sentence.
    pub enum SentenceEvent {
        /// Nobody has seen it.
        New = "new",
        /// Nobody has seen it, and the one in its place is gone.
        Changed = "changed",
        /// It was seen, but is no longer on the page.
        Gone = "gone",
    }
}

/// A sentence that is not as it was reviewed.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct SentenceChange {
    /// What happened to it.
    pub change: SentenceEvent,
    /// JSON Pointer to the parameter; empty: the whole request.
    pub parameter: String,
    /// Line of the capture, counted from 1; for a sentence that is gone, where it was or could be.
    pub line: usize,
    /// The words as they are now; empty: it is gone.
    pub words: String,
    /// What the sentence that is gone became.
    pub became: Option<String>,
    /// The same for people, with what the spec says.
    pub meaning: Option<String>,
    /// Where the spec says it.
    #[serde(rename = "spec")]
    pub place: Option<SpecPlace>,
}

/// Lists what differs, in the order of the page. `line_of` gives the line of a parameter.
pub(crate) fn changes(
    sentences: &[Statement],
    reviewed: &[Seen],
    line_of: impl Fn(&str) -> usize,
) -> Vec<SentenceChange> {
    let mut parameters: Vec<&str> = Vec::new();
    let on_page = sentences.iter().map(|sentence| sentence.parameter.as_str());
    for parameter in on_page.chain(reviewed.iter().map(|it| it.parameter.as_str())) {
        if !parameters.contains(&parameter) {
            parameters.push(parameter);
        }
    }
    let of = |parameter: &str| {
        let now: Vec<&Statement> = sentences.iter().filter(|it| it.parameter == parameter).collect();
        let before: Vec<&Seen> = seen(reviewed, parameter).collect();
        of_parameter(parameter, &now, &before, line_of(parameter))
    };
    parameters.into_iter().flat_map(of).collect()
}

fn of_parameter(parameter: &str, now: &[&Statement], before: &[&Seen], line: usize) -> Vec<SentenceChange> {
    let known: HashSet<&str> = before.iter().map(|seen| seen.hash.as_str()).collect();
    let there: HashSet<&str> = now.iter().map(|sentence| sentence.hash.as_str()).collect();
    // A new sentence takes the place of one that is gone if both follow the same sentence.
    let mut gone: Vec<(Option<&str>, &Seen)> = after(before.iter().copied(), |seen| &seen.hash, &there);
    gone.retain(|(_, seen)| seen.became != CONTRADICTION);
    let change = |change, line, words: &str, old: Option<&Seen>| SentenceChange {
        change,
        parameter: parameter.to_owned(),
        line,
        words: words.to_owned(),
        became: old.map(|seen| seen.became.clone()),
        meaning: None,
        place: None,
    };
    let mut changes: Vec<SentenceChange> = Vec::new();
    for (anchor, sentence) in after(now.iter().copied(), |sentence| &sentence.hash, &known) {
        let old = gone.iter().position(|(other, _)| *other == anchor).map(|at| gone.remove(at).1);
        let what = if old.is_some() { SentenceEvent::Changed } else { SentenceEvent::New };
        changes.push(change(what, sentence.line, &sentence.words, old));
    }
    // One is left on each side: notes may have changed places as well.
    let mut new = changes.iter_mut().filter(|it| it.change == SentenceEvent::New);
    if let (Some(new), None, [(_, seen)]) = (new.next(), new.next(), gone.as_slice()) {
        (new.change, new.became) = (SentenceEvent::Changed, Some(seen.became.clone()));
        gone.clear();
    }
    for (anchor, seen) in gone {
        let line = now.iter().find(|it| Some(it.hash.as_str()) == anchor).map_or(line, |it| it.line);
        changes.push(change(SentenceEvent::Gone, line, "", Some(seen)));
    }
    changes
}

/// The sentences that are not shared, each with the shared one before it.
fn after<'a, T: Copy + 'a>(
    all: impl Iterator<Item = T>,
    hash: impl Fn(T) -> &'a String,
    shared: &HashSet<&str>,
) -> Vec<(Option<&'a str>, T)> {
    let mut anchor = None;
    let mut found = Vec::new();
    for one in all {
        match shared.contains(hash(one).as_str()) {
            true => anchor = Some(hash(one).as_str()),
            false => found.push((anchor, one)),
        }
    }
    found
}
