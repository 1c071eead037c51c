//! `cargo xtask docs fetch`: downloads the pages that have a spec, with the program `foxapi-docs-fetch`.

use std::env::{self, consts::EXE_EXTENSION};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use super::captures;
use super::specs::SpecFolder;
use crate::cli::Fetch;
use crate::error::Error;
use crate::folder::Folder;
use crate::output::{complain, say};
use crate::text::counted;

pub(crate) fn run(arguments: &Fetch, specs: &SpecFolder) -> Result<(), Error> {
    let no_client = || {
        Error::new("foxapi-docs-fetch, which downloads pages, does not run")
            .help("`cargo build --package foxapi-docs-fetch` has to work")
    };
    let asked = arguments.slugs.iter().map(|slug| specs.page(slug)).collect::<Result<Vec<_>, _>>()?;
    let asked = if asked.is_empty() { specs.specs.pages.iter().collect() } else { asked };
    let out = Folder::new(arguments.out.as_deref(), ".docs");
    out.create()?;
    let pages: String = asked.iter().map(|spec| format!("{}.md {}\n", spec.slug, spec.docs)).collect();

    let mut child = program()
        .arg(out.absolute()?)
        .args(&arguments.server)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|cause| Error::io("run", "cargo", cause))?;
    let (questions, answers) = (child.stdin.take(), child.stdout.take().ok_or_else(no_client)?);
    // A program that does not build reads nothing: its exit status says so.
    thread::spawn(move || questions.map(|mut questions| questions.write_all(pages.as_bytes())));
    let mut failed = 0;
    for broken in specs.specs.broken.iter().filter(|_| arguments.slugs.is_empty()) {
        failed += 1;
        complain(format_args!("{}: its spec has problems, so its page was not fetched\n", broken.slug));
    }
    for line in BufReader::new(answers).lines().map_while(Result::ok) {
        let (outcome, rest) = line.split_once(' ').ok_or_else(no_client)?;
        match outcome {
            "unreachable" => {
                let (address, reason) = rest.split_once(' ').unwrap_or((rest, ""));
                return Err(Error::new(format!("cannot reach {address}: {reason}"))
                    .help("without a network, copy the pages from a browser and check those"));
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
        return Err(no_client());
    }
    say(&format!("compare with `cargo xtask docs check {}`\n", out.shown().display()))?;
    if failed > 0 { Err(Error::new(format!("{} could not be fetched", counted(failed, "page")))) } else { Ok(()) }
}

/// How the program that downloads is started: by cargo, which builds it first, unless it has already been built and
/// `FOXAPI_DOCS_FETCH` says where it is.
fn program() -> Command {
    if let Some(built) = env::var_os("FOXAPI_DOCS_FETCH") {
        return Command::new(built);
    }
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--profile", "xtask"]);
    cargo.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/fetch/Cargo.toml")]);
    // It is built next to this program. The first time takes long, so cargo shows its progress.
    let is_built =
        |program: PathBuf| program.with_file_name("foxapi-docs-fetch").with_extension(EXE_EXTENSION).exists();
    match env::current_exe().is_ok_and(is_built) {
        true => cargo.arg("--quiet"),
        false => {
            complain("building foxapi-docs-fetch, which downloads pages; only the first time takes this long");
            &mut cargo
        }
    }
    .arg("--");
    cargo
}
