//! Which page a capture shows, judging by the name of its file or its models.

use std::path::Path;

use crate::capture::host_of;
use crate::page::Capture;
use crate::problem::Problem;
use crate::spec::{Spec, Specs};

/// The spec of the page that a capture shows: the one asked for, or the one with the name of the file or its models.
///
/// # Errors
///
/// Why no spec is about this page.
pub fn spec_of<'a>(page: &Capture, path: &Path, specs: &'a Specs, asked: Option<&str>) -> Result<&'a Spec, Problem> {
    let named = slug_of(path);
    let name = asked.unwrap_or(&named);
    if let Some(broken) = specs.broken(name) {
        let message =
            format!("the spec of {name} has problems, so nothing can be compared with it:\n{}", broken.diagnostics);
        return Err(Problem::whole(message.trim_end(), "fix it; `cargo xtask codegen` lists the same problems"));
    }
    let shared = |spec: &Spec| page.models.iter().filter(|model| spec.models.contains(&model.value)).count();
    let by_models = specs.pages.iter().max_by_key(|spec| (shared(spec), spec.slug == named));
    let by_models = by_models.filter(|spec| shared(spec) > 0);
    let by_name = specs.page(&named);
    let at_models = |message: String, help: &'static str| {
        Err(Problem { line: page.models.first().map(|model| model.line), ..Problem::whole(message, help) })
    };
    let spec = match (asked.and_then(|slug| specs.page(slug)), by_name, by_models) {
        (Some(spec), ..) => spec,
        (None, Some(named), Some(other)) if shared(named) == 0 => {
            let message = format!("the file is named after {}, but its models are those of {}", named.slug, other.slug);
            return at_models(message, "rename the file, or use --page to say which page it shows");
        }
        (None, Some(spec), _) | (None, None, Some(spec)) => spec,
        (None, None, None) => {
            let models: Vec<&str> = page.models.iter().map(|model| model.value.as_str()).collect();
            let models = if models.is_empty() { "no model".to_owned() } else { models.join(", ") };
            let help = "begin a spec with `cargo xtask docs new`, or use --page to say which page it shows";
            return at_models(format!("no spec describes this page; it names {models}"), help);
        }
    };
    let host = page.host.as_ref().zip(host_of(&spec.docs));
    match host.filter(|(one, other)| site(&one.value) != site(other)) {
        Some((host, docs)) => Err(Problem::at(
            host.line,
            format!("this is a page about {}, but the spec describes a page of {docs}", host.value),
            "a page of another site says nothing about this API",
        )),
        None => Ok(spec),
    }
}

/// The part of a host that is the same for documentation and API.
pub(crate) fn site(host: &str) -> String {
    let names: Vec<&str> = host.rsplit('.').take(2).collect();
    names.join(".")
}

/// The name of a page according to the name of its file: without the extension and the language code.
#[must_use]
pub fn slug_of(path: &Path) -> String {
    const ENDS: [&str; 16] = [
        ".txt", ".md", ".mdx", ".json", ".yaml", ".yml", ".openapi", ".zh", "_zh", "-zh", ".en", "_en", "-en", ".cn",
        "_cn", "-cn",
    ];
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut slug = name.as_ref();
    while let Some(shorter) = ENDS.iter().find_map(|end| slug.strip_suffix(end)) {
        slug = shorter;
    }
    let begins =
        ["zh", "en", "cn"].iter().find_map(|language| slug.strip_prefix(language)?.strip_prefix(['.', '_', '-']));
    begins.unwrap_or(slug).to_owned()
}

/// Whether a text can be the name of a spec file.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    text.starts_with(fits) && text.chars().all(|it| fits(it) || matches!(it, '-' | '.')) && !text.contains("..")
}

#[cfg(test)]
mod tests;
