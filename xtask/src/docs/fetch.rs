//! `cargo xtask docs fetch`: downloads the pages that have a spec.

mod client;
mod stored;

use client::{Answer, Client};
use stored::Stored;

use super::specs;
use crate::{
    cli::Fetch,
    error::Error,
    folder::Folder,
    text::{complain, counted, say},
};

pub(crate) fn run(arguments: &Fetch) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let specs = specs::read(&folder)?;
    if let Some(slug) = arguments.slugs.iter().find(|slug| specs.page(slug).is_none()) {
        let known = specs.pages.iter().map(|spec| spec.slug.clone()).collect();
        return Err(Error::NoSuchPage { slug: slug.clone(), known });
    }
    let out = Folder::new(arguments.out.as_deref(), ".docs");
    out.create()?;
    let mut stored = Stored::read(&out)?;
    let mut client = Client::start(arguments.server.as_deref())?;
    let mut failed = 0;
    for spec in specs.pages.iter().filter(|spec| arguments.slugs.is_empty() || arguments.slugs.contains(&spec.slug)) {
        let name = format!("{}.md", spec.slug);
        let known = stored.of(&name).filter(|_| out.contains(&name));
        match client.page(&spec.docs, known)? {
            Answer::Page { text, mark } => {
                let problem = foxapi_docs::read(text.as_bytes()).err();
                out.write(&name, &text)?;
                stored.put(&out, &name, mark)?;
                say(&format!("fetched   {}\n", out.shown_file(&name).display()))?;
                if let Some(problem) = problem {
                    failed += 1;
                    complain(format_args!("{}: {problem}\n", out.shown_file(&name).display()));
                }
            }
            Answer::Unchanged => say(&format!("unchanged {}\n", out.shown_file(&name).display()))?,
            Answer::Refused { reason } => {
                failed += 1;
                complain(format_args!("{}: {reason}\n", spec.slug));
            }
        }
    }
    say(&format!("compare with `cargo xtask docs check {}`\n", out.shown().display()))?;
    if failed > 0 { Err(Error::NotFetched { pages: counted(failed, "page") }) } else { Ok(()) }
}
