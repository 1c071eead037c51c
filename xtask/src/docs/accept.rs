//! `cargo xtask docs accept`: records which sentences and contradictions of a page were reviewed.

use std::path::{Path, PathBuf};

use foxapi_docs::{Selection, accept};

use super::captures;
use super::specs::SpecFolder;
use crate::cli::Accept;
use crate::error::Error;
use crate::folder::Folder;
use crate::output::say;
use crate::text::counted;

pub(crate) fn run(arguments: &Accept, specs: &SpecFolder) -> Result<(), Error> {
    let path = capture(&arguments.page)?;
    arguments.slug.as_deref().map(|slug| specs.page(slug)).transpose()?;
    let checked = captures::or_complain(&path, specs.compare(&path, arguments.slug.as_deref()))?;
    let parameter = arguments.parameter.as_deref().map(pointer);
    let (line, became) = (arguments.line, arguments.outcome.as_deref());
    let selection = Selection { parameter: parameter.as_deref(), line, became };
    let accepted = accept(&checked.comparison, checked.spec, checked.memory.as_ref(), selection)
        .map_err(|problem| Error::new(problem.to_string()))?;
    let mut report = String::new();
    for (statement, became) in &accepted.records {
        let about = if statement.parameter.is_empty() { "request" } else { &statement.parameter };
        let recorded = match statement.is_contradiction {
            true => format!("accepted: {}", statement.words),
            false => {
                let meaning = checked.spec.meaning(&statement.parameter, became);
                let became = meaning.map_or_else(|| "nothing in the spec".to_owned(), |(words, _)| words);
                format!("{:?} became {became}", statement.words)
            }
        };
        report.push_str(&format!("{}:{}: {about}: {recorded}\n", path.display(), statement.line));
    }
    let file = specs.remember(&checked.spec.slug, &accepted.memory)?;
    let contradictions = accepted.records.iter().filter(|(statement, _)| statement.is_contradiction).count();
    let sentences = accepted.records.len() - contradictions;
    let recorded = match (sentences, contradictions) {
        (_, 0) => counted(sentences, "sentence"),
        (0, _) => counted(contradictions, "contradiction"),
        _ => format!("{} and {}", counted(sentences, "sentence"), counted(contradictions, "contradiction")),
    };
    report.push_str(&format!("{file}: {recorded} recorded, {} forgotten\n", accepted.forgotten));
    say(&report)
}

/// The capture that was named, or the one that `docs fetch` stored of a page.
fn capture(asked: &Path) -> Result<PathBuf, Error> {
    let stored = Folder::new(None, ".docs");
    let name = format!("{}.md", asked.display());
    if asked.exists() || !stored.contains(&name) { Ok(asked.to_owned()) } else { Ok(stored.absolute()?.join(name)) }
}

/// The pointer to a parameter that was named.
fn pointer(parameter: &str) -> String {
    match parameter {
        "request" => String::new(),
        pointer if pointer.starts_with('/') => pointer.to_owned(),
        name => format!("/{}", name.replace('.', "/")),
    }
}
