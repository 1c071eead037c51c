//! `cargo xtask docs new`: writes a first spec from a capture.

use std::fs;

use foxapi_codegen::Source;
use foxapi_docs::{Problem, Target, draft, is_slug, read, slug};

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
    let unreadable = |problem: Problem| {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        complain(format_args!("{}{line}: {problem}\n", path.display()));
        Error::CaptureUnread
    };
    let page = read(&bytes).map_err(unreadable)?;
    let docs = arguments.docs.as_deref();
    let slug = arguments.slug.clone().unwrap_or_else(|| slug(&page, path, docs));
    if !is_slug(&slug) {
        return Err(Error::NoSlug { slug });
    }
    let file_name = format!("{slug}.json");
    if let Some(present) = folder.paths()?.iter().find(|path| path.rsplit('/').next() == Some(&file_name)) {
        return Err(Error::SpecIsThere { path: folder.shown_file(present) });
    }
    let prefix = folder.shown_prefix();
    let place = Target { folder: &prefix, family: arguments.family.as_deref() };
    let draft = draft(&page, &slug, docs, place, &model, &sources).map_err(unreadable)?;
    folder.write_new(&draft.name, &draft.text)?;
    let shown = folder.shown_file(&draft.name).display().to_string();

    sources.push(Source::within(&prefix, &draft.name, draft.text));
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
