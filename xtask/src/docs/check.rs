//! `cargo xtask docs check`: reads captures, finds the spec of each, reports every difference.

use std::{fs, path::PathBuf};

use foxapi_docs::{Case, Comparison, Page, Problem, Spec, cases, check, read, refused, spec_of, specs};

use super::{
    report::{self, Checked},
    validators,
};
use crate::{
    cli::Check,
    error::Error,
    folder::Folder,
    specs as spec_files,
    text::{complain, say},
};

pub(crate) fn run(arguments: &Check) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let sources = spec_files::sources(&folder)?;
    let model = spec_files::checked(&sources)?;
    let specs = specs(&model, &sources);
    let asked = arguments.page.as_deref();
    if let Some(slug) = asked.filter(|slug| specs.iter().all(|spec| spec.slug != *slug)) {
        let known = specs.iter().map(|spec| spec.slug.clone()).collect();
        return Err(Error::NoSuchPage { slug: slug.to_owned(), known });
    }

    let mut pages = Vec::new();
    let mut unreadable = Vec::new();
    for path in files(&arguments.pages)? {
        let bytes = fs::read(&path).map_err(|cause| {
            let help = "say where the capture is; the others are compared all the same";
            Problem::whole(format!("cannot be read: {cause}"), help)
        });
        let page = bytes.and_then(|bytes| read(&bytes)).and_then(|page| {
            let spec = spec_of(&page, &path, &specs, asked)?;
            Ok((page, spec))
        });
        match page {
            Ok((page, spec)) => pages.push((path, page, spec)),
            Err(problem) => {
                let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
                complain(format_args!("{}{line}: {problem}\n", path.display()));
                unreadable.push((path, problem));
            }
        }
    }

    let mut comparisons: Vec<Comparison> = pages.iter().map(|(_, page, spec)| check(page, spec)).collect();
    judge(&pages, &mut comparisons)?;
    let checked: Vec<Checked<'_>> = pages
        .iter()
        .zip(&comparisons)
        .map(|((path, page, spec), comparison)| Checked { path, page, spec, comparison })
        .collect();
    say(&if arguments.json { report::json(&checked, &unreadable) } else { report::text(&checked) })?;

    let unreadable = unreadable.len();
    let findings = comparisons.iter().map(|comparison| comparison.findings.len()).sum();
    if findings + unreadable > 0 { Err(Error::PagesDiffer { findings, unreadable }) } else { Ok(()) }
}

/// Has the validators judge what the pages show, and adds what they refuse to the findings.
fn judge(pages: &[(PathBuf, Page, &Spec)], comparisons: &mut [Comparison]) -> Result<(), Error> {
    let mut asked: Vec<(usize, Case)> = Vec::new();
    for (at, ((_, page, spec), comparison)) in pages.iter().zip(comparisons.iter_mut()).enumerate() {
        if validators::are_of(spec) {
            asked.extend(cases(page, spec).into_iter().map(|case| (at, case)));
        } else {
            let why = "the generated code is not made from this spec; run `cargo xtask codegen`";
            comparison.unchecked.push(format!("requests and examples: {why}"));
        }
    }
    if asked.is_empty() {
        return Ok(());
    }
    let verdicts = validators::verdicts(&asked.iter().map(|(_, case)| case).collect::<Vec<_>>())?;
    for ((at, case), verdict) in asked.iter().zip(&verdicts) {
        let (Some((_, page, spec)), Some(comparison)) = (pages.get(*at), comparisons.get_mut(*at)) else { continue };
        comparison.findings.extend(refused(case, verdict, page, spec));
        comparison.findings.sort_by_key(|finding| (finding.line, finding.topic));
    }
    Ok(())
}

/// The captures that the arguments name; of a folder, every file that is not hidden.
fn files(arguments: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for argument in arguments {
        if argument.is_dir() {
            let names = Folder::new(Some(argument), "").file_names()?;
            files.extend(names.iter().map(|name| argument.join(name)));
        } else {
            files.push(argument.clone());
        }
    }
    if files.is_empty() {
        return Err(Error::NoCaptures);
    }
    Ok(files)
}
