//! `cargo xtask docs new`: a first spec from a capture, with a TODO wherever a person has to decide.

pub(crate) mod draft;
mod json;
mod names;
pub(crate) mod rules;
mod shared;
mod stated;
pub(crate) mod trial;

use std::fs;

use foxapi_codegen::Source;

use super::{capture, check, page::Shape};
use crate::{
    cli::New,
    error::Error,
    folder::Folder,
    specs,
    text::{complain, counted, say},
};

pub(crate) fn run(arguments: &New) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let mut sources = specs::sources(&folder)?;
    let model = specs::checked(&sources)?;
    let path = &arguments.capture;
    let bytes = fs::read(path).map_err(|cause| Error::io("read", path, cause))?;
    let unreadable = |line: Option<usize>, message: String| {
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        complain(format_args!("{}{line}: {message}\n", path.display()));
        Error::CaptureUnread
    };
    let page = capture::read(&bytes).map_err(|problem| unreadable(problem.line, problem.to_string()))?;
    if page.shape == Shape::Lossy {
        let help = "copy the page again from a browser, or take its .md form";
        return Err(unreadable(None, format!("this copy has lost the names of the parameters\n  help: {help}")));
    }
    if page.models.is_empty() {
        let help = "a spec is about a request whose `model` names the model";
        return Err(unreadable(None, format!("the page names no model\n  help: {help}")));
    }

    let slug = slug(arguments, &page);
    if !is_slug(&slug) {
        return Err(Error::NoSlug { slug });
    }
    let library = shared::Library::new(&model, &sources);
    let file_name = format!("{slug}.json");
    if let Some(present) = folder.paths()?.iter().find(|path| path.rsplit('/').next() == Some(&file_name)) {
        return Err(Error::SpecIsThere { path: folder.shown_file(present) });
    }
    let family = arguments.family.as_deref().unwrap_or_else(|| library.family(&slug));
    let name = format!("{}/{family}/{file_name}", library.group(&draft::endpoint(&page)));
    let shown = folder.shown_file(&name).display().to_string();
    let mut draft = draft::draft(&page, &slug, arguments.docs.as_deref(), &library);
    stated::carry(&mut draft, &folder.shown_prefix(), &name, &sources);
    let text = draft.spec.to_file();
    folder.write_new(&name, &text)?;

    sources.push(Source::within(&folder.shown_prefix(), &name, text));
    let mut report = format!("created   {shown}\n");
    report.push_str(&format!("{} to look at, in \"$comment\"\n", counted(draft.todos, "TODO")));
    match foxapi_codegen::check(&sources) {
        Ok(_) => report.push_str("`cargo xtask codegen` takes it as it is\n"),
        Err(diagnostics) => {
            report.push_str("before `cargo xtask codegen` takes it, decide:\n");
            for diagnostic in &diagnostics {
                report.push_str(&format!("{diagnostic}\n"));
            }
        }
    }
    say(&report)
}

/// The name of the page: asked for, of its address, of its file, or of its first model.
fn slug(arguments: &New, page: &super::page::Page) -> String {
    if let Some(slug) = &arguments.slug {
        return slug.clone();
    }
    let address = arguments.docs.as_deref().or(page.address.as_ref().map(|address| address.value.as_str()));
    if let Some(address) = address {
        return check::slug_of(std::path::Path::new(address));
    }
    if let Some(file) = &page.file {
        return check::slug_of(std::path::Path::new(file));
    }
    let named = check::slug_of(&arguments.capture);
    // A file called `page.txt` says nothing; pages are named after what they are about.
    let says_something = named.contains(['-', '.']) && is_slug(&named);
    let first = page.models.first().map(|model| model.value.clone());
    if says_something { named } else { first.filter(|model| is_slug(model)).unwrap_or(named) }
}

/// Whether a text can be the name of a spec file.
fn is_slug(text: &str) -> bool {
    let fits = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    text.starts_with(fits) && text.chars().all(|it| fits(it) || matches!(it, '-' | '.'))
}
