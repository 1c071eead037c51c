//! `cargo xtask docs new`: writes a first spec from a capture.

use foxapi_codegen::Source;
use foxapi_docs::{draft, is_slug, slug};

use super::captures;
use super::specs::SpecFolder;
use crate::cli::New;
use crate::error::Error;
use crate::output::say;
use crate::text::counted;

pub(crate) fn run(arguments: &New, SpecFolder { folder, specs, .. }: &SpecFolder) -> Result<(), Error> {
    let path = &arguments.capture;
    let page = captures::or_complain(path, captures::page(path))?;
    let docs = arguments.docs.as_deref();
    let slug = arguments.slug.clone().unwrap_or_else(|| slug(&page, path, docs));
    if !is_slug(&slug) {
        return Err(Error::new(format!("{slug:?} cannot be the name of a spec file"))
            .help("name the page with --slug: lower-case letters, digits, `-` and `.`"));
    }
    let file_name = format!("{slug}.json");
    if let Some(present) = folder.paths()?.iter().find(|path| path.rsplit('/').next() == Some(&file_name)) {
        let message = format!("`{}` already exists, and is not overwritten", folder.shown_file(present).display());
        return Err(Error::new(message).help("compare with `cargo xtask docs check`, or give another name with --slug"));
    }
    let draft = captures::or_complain(path, draft(&page, &slug, docs, arguments.family.as_deref(), specs))?;
    folder.write_new(&draft.name, &draft.text)?;
    let shown = folder.shown_file(&draft.name).display().to_string();

    let mut report = format!("created   {shown}\n");
    report.push_str(&format!("{} to resolve, in \"$comment\"\n", counted(draft.todos, "TODO")));
    match foxapi_codegen::check(&specs.with(Source::within(&folder.shown_prefix(), &draft.name, draft.text))) {
        Ok(_) => report.push_str("`cargo xtask codegen` accepts it as is, `--check` once the TODOs are gone\n"),
        Err(diagnostics) => {
            report.push_str(&format!("before `cargo xtask codegen` accepts it, decide:\n{diagnostics}\n"));
        }
    }
    say(&report)
}
