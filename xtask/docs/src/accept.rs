//! Records what a person has seen of a page, and what became of it.

use serde_json::Value as JsonValue;

use crate::capture::mentioned;
use crate::comparison::Comparison;
use crate::finding::{Finding, Topic};
use crate::page::text_of;
use crate::problem::Problem;
use crate::sentences::{
    Memory, SentenceEvent, Statement,
    memory::{CONTRADICTION, NONE, Seen, index, outcomes},
    names_in,
};
use crate::spec::Spec;

/// Which part of a page is accepted.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::exhaustive_structs, reason = "what a caller has to provide")]
pub struct Selection<'a> {
    /// JSON Pointer to one parameter, empty for the request itself; `None`: the whole page.
    pub parameter: Option<&'a str>,
    /// The line of one sentence.
    pub line: Option<usize>,
    /// What became of the new sentences, or of the one on the line: keywords and rules, separated by commas.
    pub became: Option<&'a str>,
}

impl<'a> Selection<'a> {
    fn is_about(&self, parameter: &str) -> bool {
        self.parameter.is_none_or(|meant| meant == parameter)
    }

    fn outcomes(&self) -> impl Iterator<Item = &'a str> {
        outcomes(self.became.unwrap_or_default()).filter(|outcome| !outcome.is_empty())
    }
}

/// What was recorded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Accepted {
    /// The updated memory.
    pub memory: Memory,
    /// Each statement that was not yet recorded, or was recorded differently, and what became of it.
    pub records: Vec<(Statement, String)>,
    /// How many sentences are no longer on record.
    pub forgotten: usize,
}

/// Records the statements of a page.
///
/// # Errors
///
/// Why nothing was recorded.
pub fn accept(
    comparison: &Comparison,
    spec: &Spec,
    memory: Option<&Memory>,
    selection: Selection<'_>,
) -> Result<Accepted, Problem> {
    let is_chosen = |statement: &Statement| {
        selection.is_about(&statement.parameter) && selection.line.is_none_or(|line| line == statement.line)
    };
    let mut chosen = comparison.statements.iter().filter(|statement| is_chosen(statement)).peekable();
    let before = memory.and_then(|memory| memory.of(comparison.language)).unwrap_or_default();
    let is_known = |parameter: &str| before.iter().any(|reviewed| reviewed.parameter == parameter);
    if chosen.peek().is_none()
        && (selection.line.is_some() || selection.parameter.is_some_and(|meant| !is_known(meant)))
    {
        let parameter = selection.parameter.map(|it| format!(" about `{it}`")).unwrap_or_default();
        let line = selection.line.map(|line| format!(" on line {line}")).unwrap_or_default();
        let help = "`cargo xtask docs check --all` lists sentences with their parameters and lines";
        return Err(Problem::whole(format!("the page has no sentence{parameter}{line}"), help));
    }
    for statement in chosen {
        if let Some(unknown) = selection.outcomes().find(|outcome| !spec.has(&statement.parameter, outcome)) {
            let help = "change the spec first, or name a keyword (maxLength), a rule (allOf/0), description or none";
            return Err(Problem::whole(format!("the spec has no {unknown:?} there"), help));
        }
    }
    let open: Vec<&Finding> = comparison.findings.iter().filter(|it| is_open(it, &selection)).collect();
    if !open.is_empty() {
        let listed = open.iter().map(|it| format!("\n  line {}: {}: {}", it.line, it.parameter, it.message));
        let message =
            format!("the structure differs, so the words cannot be accepted yet:{}", listed.collect::<String>());
        let unstated = open.iter().find_map(|finding| finding.unstated.as_ref());
        let help = unstated.map_or("fix the spec first".to_owned(), |keyword| {
            format!("if a sentence says it, accept that sentence with `--as {keyword}`; otherwise fix the spec")
        });
        return Err(Problem::whole(message, help));
    }

    let mut accepted = Accepted { memory: memory.cloned().unwrap_or_default(), records: Vec::new(), forgotten: 0 };
    let mut reviewed: Vec<Seen> = Vec::new();
    let known = index(before);
    for statement in &comparison.statements {
        let known = known.get(&(&statement.parameter, &statement.hash));
        let became = match (known, is_chosen(statement), selection.became) {
            // A statement that is already on record only changes if its line is given.
            (known, true, Some(became)) if known.is_none() || selection.line.is_some() => became.to_owned(),
            (Some(known), ..) => known.became.clone(),
            (None, true, _) => outcome(statement, comparison, spec),
            (None, false, _) => continue,
        };
        if known.is_none_or(|known| known.became != became) {
            accepted.records.push((statement.clone(), became.clone()));
        }
        reviewed.push(Seen { parameter: statement.parameter.clone(), hash: statement.hash.clone(), became });
    }
    let there = index(&reviewed);
    // Accepting a part of a page forgets the sentences that are gone from it.
    let gone = before.iter().filter(|old| !there.contains_key(&(&old.parameter, &old.hash)));
    let (forgotten, kept): (Vec<&Seen>, Vec<&Seen>) =
        gone.partition(|old| selection.is_about(&old.parameter) && selection.line.is_none());
    accepted.forgotten = forgotten.len();
    reviewed.extend(kept.into_iter().cloned().collect::<Vec<_>>());
    accepted.memory.put(comparison.language, reviewed);
    Ok(accepted)
}

/// Whether a finding is in the way: one that the outcome itself explains is not.
fn is_open(finding: &Finding, selection: &Selection<'_>) -> bool {
    let is_meant = selection.parameter.is_none_or(|meant| {
        let below = finding.parameter.strip_prefix(meant);
        below.is_some_and(|below| below.is_empty() || below.starts_with('/') && !meant.is_empty())
    });
    let is_explained = finding.unstated.as_ref().is_some_and(|keyword| selection.outcomes().any(|it| it == *keyword));
    is_meant && !is_explained && finding.topic != Topic::Review
}

/// What a new statement became: the same as the one it replaces, or what the spec has of it word for word.
fn outcome(statement: &Statement, comparison: &Comparison, spec: &Spec) -> String {
    if statement.is_contradiction {
        return CONTRADICTION.to_owned();
    }
    let is_this = |parameter: &str, line: usize| parameter == statement.parameter && line == statement.line;
    let mut changes =
        comparison.sentences.iter().filter(|it| it.change == SentenceEvent::Changed && it.words == statement.words);
    let old = changes.find(|it| is_this(&it.parameter, it.line)).and_then(|change| change.became.clone());
    let still = old.filter(|old| outcomes(old).all(|outcome| spec.has(&statement.parameter, outcome)));
    still.unwrap_or_else(|| {
        let literal = literal(statement, spec);
        if literal.is_empty() { NONE.to_owned() } else { literal.join(", ") }
    })
}

/// The keywords and rules of the spec whose values and names a sentence has word for word.
fn literal(statement: &Statement, spec: &Spec) -> Vec<String> {
    let Some(parameter) = spec.request.at(&statement.parameter) else { return Vec::new() };
    let words = names_in(&statement.words);
    let has = |value: &JsonValue| words.contains(&text_of(value).as_str());
    let mut found = Vec::new();
    for (path, it) in std::iter::once(("", parameter)).chain(parameter.item.as_deref().map(|item| ("items/", item))) {
        let said = it.limits.iter().filter(|at| has(&JsonValue::Number(at.value.1.clone())));
        found.extend(said.map(|at| format!("{path}{}", at.value.0.word())));
    }
    if parameter.options.iter().any(|at| has(&at.value)) {
        found.push("oneOf".to_owned());
    } else if parameter.default.as_ref().is_some_and(|default| has(&default.value)) {
        found.push("default".to_owned());
    }
    let names_model = spec.models.iter().any(|id| words.contains(&id.as_str()));
    if names_model && spec.has(&statement.parameter, "x-models") {
        found.push("x-models".to_owned());
    }
    found.extend(rules(statement, &words, spec));
    found
}

/// The rules about this parameter and another one, or a model, that the sentence names.
fn rules(statement: &Statement, words: &[&str], spec: &Spec) -> Vec<String> {
    let own = statement.parameter.split('/').nth(1).unwrap_or_default();
    let rules = spec.rules().iter().enumerate().filter(|(_, rule)| {
        let rule = rule.to_json();
        let names = mentioned(&rule);
        let names_other = || names.iter().any(|name| name != own && words.contains(&name.as_str()));
        let text = rule.to_string();
        let names_model =
            || spec.models.iter().any(|id| words.contains(&id.as_str()) && text.contains(&format!("\"{id}\"")));
        names.iter().any(|name| name == own) && (names_other() || own != "model" && names_model())
    });
    rules.map(|(at, _)| format!("allOf/{at}")).collect()
}
