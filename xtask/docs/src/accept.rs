//! Records what a person has seen of a page, and what became of it.

use std::fmt::{self, Display, Formatter};

use serde_json::Value as Json;

use crate::capture::mentioned;
use crate::comparison::Comparison;
use crate::finding::Finding;
use crate::page::{Limit, Parameter, text_of};
use crate::sentences::{
    Change, Memory, Sentence,
    memory::{CONTRADICTION, NONE, Reviewed, Seen, seen},
};
use crate::spec::Spec;

/// What is accepted of a page.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Accept<'a> {
    /// JSON Pointer to one parameter, empty for what is about the request; `None`: the whole page.
    pub parameter: Option<&'a str>,
    /// The line of one sentence.
    pub line: Option<usize>,
    /// What became of the sentences that are new, or of the one on the line: keywords and rules of the spec, with commas
    /// between them.
    pub became: Option<&'a str>,
}

impl<'a> Accept<'a> {
    /// Accepts the whole page, or one parameter, or one line; `became` says what became of the sentences.
    #[must_use]
    pub fn new(parameter: Option<&'a str>, line: Option<usize>, became: Option<&'a str>) -> Self {
        Self { parameter, line, became }
    }
}

/// What was recorded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Accepted {
    /// The memory with it.
    pub memory: Memory,
    /// Each statement that was not recorded before, or not like this.
    pub records: Vec<Record>,
    /// How many sentences are on record no more.
    pub forgotten: usize,
}

/// A statement of a page that is on record now.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Record {
    /// JSON Pointer to the parameter; empty: it is about the request.
    pub parameter: String,
    /// Line of the capture.
    pub line: usize,
    /// Its words.
    pub words: String,
    /// What became of it.
    pub became: String,
}

/// Why nothing was recorded.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// Differences of structure are open for what was to be accepted.
    Open(Vec<Finding>),
    /// The page says nothing there.
    Nothing(String),
    /// The spec has nothing of this name.
    Unknown(String),
}

impl Display for Refusal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(findings) => {
                writeln!(f, "the structure differs, so the words cannot be accepted yet:")?;
                for finding in findings {
                    writeln!(f, "  line {}: {}: {}", finding.line, finding.parameter, finding.message)?;
                }
                match findings.iter().find_map(|finding| finding.unstated.as_ref()) {
                    Some(keyword) => {
                        write!(
                            f,
                            "  help: if a sentence says it, accept that sentence with `--as {keyword}`; else mend the spec"
                        )
                    }
                    None => write!(f, "  help: mend the spec first"),
                }
            }
            Self::Nothing(place) => write!(
                f,
                "the page has no sentence {place}\n  help: `cargo xtask docs check --all` lists sentences with their parameters and lines"
            ),
            Self::Unknown(outcome) => write!(
                f,
                "the spec has no {outcome:?} there\n  \
                 help: give a keyword of the parameter such as maxLength, a rule such as allOf/0, description, or none"
            ),
        }
    }
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
    accept: Accept<'_>,
) -> Result<Accepted, Refusal> {
    let is_meant = |parameter: &str| accept.parameter.is_none_or(|meant| meant == parameter);
    let chosen: Vec<&Sentence> = comparison
        .statements
        .iter()
        .filter(|statement| is_meant(&statement.parameter) && accept.line.is_none_or(|line| line == statement.line))
        .collect();
    let before = memory.and_then(|memory| memory.of(comparison.language)).unwrap_or_default();
    let is_known = |parameter: &str| before.iter().any(|reviewed| reviewed.parameter == parameter);
    if chosen.is_empty() && (accept.line.is_some() || accept.parameter.is_some_and(|meant| !is_known(meant))) {
        let parameter = accept.parameter.map(|it| format!("about `{it}`")).unwrap_or_default();
        let line = accept.line.map(|line| format!(" on line {line}")).unwrap_or_default();
        return Err(Refusal::Nothing(format!("{parameter}{line}").trim().to_owned()));
    }
    for statement in &chosen {
        let mut outcomes = accept.became.into_iter().flat_map(|became| became.split(',')).map(str::trim);
        if let Some(unknown) = outcomes.find(|outcome| !spec.has(&statement.parameter, outcome)) {
            return Err(Refusal::Unknown(unknown.to_owned()));
        }
    }
    let open: Vec<Finding> = open(comparison, &accept).cloned().collect();
    if !open.is_empty() {
        return Err(Refusal::Open(open));
    }

    let mut accepted = Accepted { memory: memory.cloned().unwrap_or_default(), records: Vec::new(), forgotten: 0 };
    let mut reviewed: Vec<Reviewed> = Vec::new();
    for statement in &comparison.statements {
        let known = seen(before, &statement.parameter).iter().find(|seen| seen.hash == statement.hash);
        let is_chosen = chosen.contains(&statement);
        let became = match (known, is_chosen, accept.became) {
            // What is on record already is changed by its line alone.
            (known, true, Some(became)) if known.is_none() || accept.line.is_some() => became.to_owned(),
            (Some(known), ..) => known.became.clone(),
            (None, true, _) => outcome(statement, comparison, spec),
            (None, false, _) => continue,
        };
        if known.is_none_or(|known| known.became != became) {
            let (parameter, words) = (statement.parameter.clone(), statement.words.clone());
            accepted.records.push(Record { parameter, line: statement.line, words, became: became.clone() });
        }
        put(&mut reviewed, &statement.parameter, Seen { hash: statement.hash.clone(), became });
    }
    for old in before {
        for seen in &old.sentences {
            let is_there = |it: &&Sentence| it.parameter == old.parameter && it.hash == seen.hash;
            if comparison.statements.iter().any(|statement| is_there(&statement)) {
                continue;
            }
            // What is gone is forgotten with what is accepted.
            if is_meant(&old.parameter) && accept.line.is_none() {
                accepted.forgotten += 1;
            } else {
                put(&mut reviewed, &old.parameter, seen.clone());
            }
        }
    }
    accepted.memory.put(comparison.language, reviewed);
    Ok(accepted)
}

fn put(reviewed: &mut Vec<Reviewed>, parameter: &str, seen: Seen) {
    match reviewed.iter_mut().find(|it| it.parameter == parameter) {
        Some(it) => it.sentences.push(seen),
        None => reviewed.push(Reviewed { parameter: parameter.to_owned(), sentences: vec![seen] }),
    }
}

/// The findings that stand in the way, without those that the outcome itself explains.
fn open<'a>(comparison: &'a Comparison, accept: &Accept<'_>) -> impl Iterator<Item = &'a Finding> {
    let parameter = accept.parameter.map(str::to_owned);
    let outcomes: Vec<String> =
        accept.became.into_iter().flat_map(|became| became.split(',')).map(|it| it.trim().to_owned()).collect();
    comparison.findings.iter().filter(move |finding| {
        let is_meant = parameter.as_ref().is_none_or(|meant| {
            finding.parameter == *meant || finding.parameter.starts_with(&format!("{meant}/")) && !meant.is_empty()
        });
        let is_explained = finding.unstated.as_ref().is_some_and(|keyword| outcomes.contains(keyword));
        is_meant && !is_explained && finding.topic != crate::finding::Topic::Review
    })
}

/// What a new statement became: as the one whose place it has, or as what the spec has of it word for word.
fn outcome(statement: &Sentence, comparison: &Comparison, spec: &Spec) -> String {
    if statement.is_contradiction {
        return CONTRADICTION.to_owned();
    }
    let is_this = |parameter: &str, line: usize| parameter == statement.parameter && line == statement.line;
    let mut changes =
        comparison.sentences.iter().filter(|it| it.change == Change::Changed && it.words == statement.words);
    let old = changes.find(|it| is_this(&it.parameter, it.line)).and_then(|change| change.became.clone());
    let still = old.filter(|old| old.split(',').all(|outcome| spec.has(&statement.parameter, outcome.trim())));
    still.unwrap_or_else(|| {
        let literal = literal(statement, spec);
        if literal.is_empty() { NONE.to_owned() } else { literal.join(", ") }
    })
}

/// The keywords and rules of the spec whose values and names a sentence has word for word.
fn literal(statement: &Sentence, spec: &Spec) -> Vec<String> {
    let Some(parameter) = spec.at(&statement.parameter) else { return Vec::new() };
    let words: Vec<&str> = statement
        .words
        .split(|letter: char| !letter.is_ascii_alphanumeric() && !"_.:-".contains(letter))
        .flat_map(|word| std::iter::once(word).chain(word.split(['-', ':'])))
        .map(|word| word.trim_matches(['.', ':', '-']))
        .filter(|word| !word.is_empty())
        .collect();
    let has = |value: &Json| words.contains(&text_of(value).as_str());
    let mut found = Vec::new();
    for limit in Limit::ALL.iter().copied() {
        let is_said = |it: &Parameter| it.limit(limit).is_some_and(|at| has(&Json::Number(at.value.clone())));
        if is_said(parameter) {
            found.push(limit.word().to_owned());
        } else if parameter.item.as_deref().is_some_and(is_said) {
            found.push(format!("items/{}", limit.word()));
        }
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

/// The rules that are about this parameter, and about another one or a model that the sentence names.
fn rules(statement: &Sentence, words: &[&str], spec: &Spec) -> Vec<String> {
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
