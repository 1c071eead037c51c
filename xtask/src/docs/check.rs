//! `cargo xtask docs check`: reads captures, finds the spec of each, reports every difference.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    bodies,
    capture::{self, Problem, host_of},
    compare::{self, Comparison},
    page::Page,
    report::{self, Checked},
    spec::{self, Spec},
};
use crate::{
    cli::Check,
    error::Error,
    folder::Folder,
    specs,
    text::{complain, say},
};

pub(crate) fn run(arguments: &Check) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let sources = specs::sources(&folder)?;
    let model = specs::checked(&sources)?;
    let specs = spec::specs(&model, &sources);
    let asked = arguments.page.as_deref();
    if let Some(slug) = asked.filter(|slug| specs.iter().all(|spec| spec.slug != *slug)) {
        let known = specs.iter().map(|spec| spec.slug.clone()).collect();
        return Err(Error::NoSuchPage { slug: slug.to_owned(), known });
    }

    let mut read = Vec::new();
    let mut refused = Vec::new();
    for path in files(&arguments.pages)? {
        let bytes = fs::read(&path).map_err(|cause| Problem {
            line: None,
            message: format!("cannot be read: {cause}"),
            help: "say where the capture is; the others are compared all the same",
        });
        let page = bytes.and_then(|bytes| capture::read(&bytes)).and_then(|page| {
            let spec = spec_of(&page, &path, &specs, asked)?;
            Ok((page, spec))
        });
        match page {
            Ok((page, spec)) => read.push((path, page, spec)),
            Err(problem) => {
                let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
                complain(format_args!("{}{line}: {problem}\n", path.display()));
                refused.push((path, problem));
            }
        }
    }

    let mut comparisons: Vec<Comparison> = read.iter().map(|(_, page, spec)| compare::compare(page, spec)).collect();
    bodies::judge(read.iter().map(|(_, page, spec)| (page, *spec)), &mut comparisons)?;
    let checked: Vec<Checked<'_>> = read
        .iter()
        .zip(&comparisons)
        .map(|((path, page, spec), comparison)| Checked { path, page, spec, comparison })
        .collect();
    say(&if arguments.json { report::json(&checked, &refused) } else { report::text(&checked) })?;

    let unreadable = refused.len();
    let findings = comparisons.iter().map(|comparison| comparison.findings.len()).sum();
    if findings + unreadable > 0 { Err(Error::PagesDiffer { findings, unreadable }) } else { Ok(()) }
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

/// The spec of the page that a capture shows: the one that was asked for, that has the name of the file, or its models.
fn spec_of<'a>(page: &Page, path: &Path, specs: &'a [Spec], asked: Option<&str>) -> Result<&'a Spec, Problem> {
    let by_slug = |slug: &str| specs.iter().find(|spec| spec.slug == slug);
    let shared = |spec: &Spec| page.models.iter().filter(|model| spec.models.contains(&model.value)).count();
    let by_models =
        specs.iter().max_by_key(|spec| (shared(spec), spec.slug == slug_of(path))).filter(|it| shared(it) > 0);
    let address = page.address.as_ref().map(|address| slug_of(Path::new(&address.value)));
    let by_name = address.and_then(|slug| by_slug(&slug)).or_else(|| by_slug(&slug_of(path)));

    let spec = match (asked.and_then(by_slug), by_name, by_models) {
        (Some(spec), ..) => spec,
        (None, Some(named), Some(other)) if shared(named) == 0 => {
            return Err(Problem {
                line: page.models.first().map(|model| model.line),
                message: format!("the file is named after {}, and its models are those of {}", named.slug, other.slug),
                help: "rename the file, or say with --page which page it shows",
            });
        }
        (None, Some(spec), _) | (None, None, Some(spec)) => spec,
        (None, None, None) => {
            let models: Vec<&str> = page.models.iter().map(|model| model.value.as_str()).collect();
            let models = if models.is_empty() { "no model".to_owned() } else { models.join(", ") };
            return Err(Problem {
                line: page.models.first().map(|model| model.line),
                message: format!("no spec is about this page: it names {models}"),
                help: "begin a spec with `cargo xtask docs new`, or say with --page which page it shows",
            });
        }
    };
    let host = page.host.as_ref().zip(host_of(&spec.docs));
    match host.filter(|(one, another)| site(&one.value) != site(another)) {
        Some((host, docs)) => Err(Problem {
            line: Some(host.line),
            message: format!("this is a page about {}, and the spec is about a page of {docs}", host.value),
            help: "another site's page says nothing about this API",
        }),
        None => Ok(spec),
    }
}

/// The part of a host that is the same for documentation and API.
pub(crate) fn site(host: &str) -> String {
    let names: Vec<&str> = host.rsplit('.').take(2).collect();
    names.join(".")
}

/// The name of a page by the name of its file: without extension, and without a mark of the language.
pub(crate) fn slug_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut slug = name.to_string();
    for extension in ["txt", "md", "mdx", "json", "yaml", "yml", "openapi"] {
        for _ in 0..2 {
            slug = slug.strip_suffix(&format!(".{extension}")).unwrap_or(&slug).to_owned();
        }
    }
    for language in ["zh", "en", "cn", "zh-cn"] {
        for mark in [".", "_", "-"] {
            slug = slug.strip_suffix(&format!("{mark}{language}")).unwrap_or(&slug).to_owned();
            slug = slug.strip_prefix(&format!("{language}{mark}")).unwrap_or(&slug).to_owned();
        }
    }
    slug.strip_suffix(".openapi").unwrap_or(&slug).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_its_file() {
        let cases = [
            ("a/kling-v3.txt", "kling-v3"),
            ("veo-3.1.zh.txt", "veo-3.1"),
            ("zh-sora-2.md", "sora-2"),
            ("sora-2.openapi.json", "sora-2"),
            ("veo-3.1", "veo-3.1"),
        ];
        for (file, slug) in cases {
            assert_eq!(slug_of(Path::new(file)), slug);
        }
    }

    #[test]
    fn documentation_and_api_are_of_one_site() {
        assert_eq!(site("docs.example.com"), site("api.example.com"));
        assert_ne!(site("docs.example.com"), site("docs.example.org"));
    }
}
