//! `cargo xtask docs fetch`: downloads the pages that have a spec, by the program `foxapi-docs-fetch`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::{env, thread};

use super::{captures, specs};
use crate::cli::Fetch;
use crate::error::Error;
use crate::folder::Folder;
use crate::text::{complain, counted, say};

pub(crate) fn run(arguments: &Fetch) -> Result<(), Error> {
    let folder = Folder::new(arguments.spec.as_deref(), "spec");
    let specs = specs::read(&folder)?;
    if let Some(slug) = arguments.slugs.iter().find(|slug| specs.page(slug).is_none()) {
        let known = specs.pages.iter().map(|spec| spec.slug.clone()).collect();
        return Err(Error::NoSuchPage { slug: slug.clone(), known });
    }
    let out = Folder::new(arguments.out.as_deref(), ".docs");
    out.create()?;
    let asked = specs.pages.iter().filter(|spec| arguments.slugs.is_empty() || arguments.slugs.contains(&spec.slug));
    let pages: String = asked.map(|spec| format!("{}.md {}\n", spec.slug, spec.docs)).collect();

    let mut child = program()
        .arg(out.absolute()?)
        .args(&arguments.server)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|cause| Error::io("run", "cargo", cause))?;
    let (questions, answers) = (child.stdin.take(), child.stdout.take().ok_or(Error::NoClient)?);
    // A program that does not build reads nothing: how it ends says so.
    thread::spawn(move || questions.map(|mut questions| questions.write_all(pages.as_bytes())));
    let mut failed = 0;
    for line in BufReader::new(answers).lines().map_while(Result::ok) {
        let (outcome, rest) = line.split_once(' ').ok_or(Error::NoClient)?;
        match outcome {
            "unreachable" => {
                let (address, reason) = rest.split_once(' ').unwrap_or((rest, ""));
                return Err(Error::Unreachable { address: address.to_owned(), reason: reason.to_owned() });
            }
            "refused" => {
                failed += 1;
                complain(format_args!("{rest}\n"));
            }
            outcome => {
                let shown = out.shown_file(rest);
                say(&format!("{outcome:9} {}\n", shown.display()))?;
                if let Err(problem) = captures::page(&out.absolute()?.join(rest)) {
                    failed += 1;
                    complain(captures::complaint(&shown, &problem));
                }
            }
        }
    }
    if !child.wait().is_ok_and(|status| status.success()) {
        return Err(Error::NoClient);
    }
    say(&format!("compare with `cargo xtask docs check {}`\n", out.shown().display()))?;
    if failed > 0 { Err(Error::NotFetched { pages: counted(failed, "page") }) } else { Ok(()) }
}

/// How the program that asks is started: by cargo, which builds it first, unless somebody has built it already and
/// says where in `FOXAPI_DOCS_FETCH`.
fn program() -> Command {
    if let Some(built) = env::var_os("FOXAPI_DOCS_FETCH") {
        return Command::new(built);
    }
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/fetch/Cargo.toml"), "--"]);
    cargo
}
