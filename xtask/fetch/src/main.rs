//! Fetches documentation pages and stores them: `foxapi-docs-fetch FOLDER [SERVER]`.
//!
//! A separate program, because an HTTP client takes long to build and `cargo xtask codegen` must not wait for it.
//!
//! Standard input names the pages, one per line: the name of the file and the address. Standard output has the result
//! for each: `fetched NAME`, `unchanged NAME`, `refused NAME: WHY`; or `unreachable ADDRESS WHY`, which ends the run.
//! If a server is given, it is used instead of the servers that the addresses name.

mod client;
mod stored;

use std::error::Error;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use client::{Answer, Client};
use stored::Stored;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("which folder?")?);
    let server = arguments.next().map(|server| server.to_string_lossy().trim_end_matches('/').to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = Client::new()?;
    let mut stored = Stored::read(folder);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (name, address) = line.split_once(' ').ok_or("a line is a name and an address")?;
        let address = server.as_ref().map_or_else(|| address.to_owned(), |server| format!("{server}{}", path(address)));
        let answer = match runtime.block_on(client.page(&address, stored.of(name))) {
            Ok(Answer::Page { text, version }) => {
                stored.put(name, &text, version)?;
                format!("fetched {name}")
            }
            Ok(Answer::Unchanged) => format!("unchanged {name}"),
            Ok(Answer::Refused { reason }) => format!("refused {name}: {reason}"),
            // The next request would fail as well.
            Err(error) => format!("unreachable {} {}", error.address, error.reason),
        };
        let mut out = io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
        if answer.starts_with("unreachable") {
            break;
        }
    }
    Ok(())
}

/// The path of an address.
fn path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default()
}
