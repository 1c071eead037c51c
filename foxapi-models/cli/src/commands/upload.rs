//! `foxapi upload FILE…`: turns local files into addresses for requests.

use std::io::Write;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use serde_json::json;

use crate::failure::Failure;
use crate::output::{self, Output, clean};
use crate::progress::Progress;
use crate::{arguments, journal, session};

pub(super) fn command(command: Command) -> Command {
    command
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .required(true)
                .action(ArgAction::Append)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("Files to upload; their URLs are printed in this order"),
        )
        .arg(arguments::json("Print a JSON array with an object per file"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let files: Vec<&PathBuf> = matches.get_many::<PathBuf>("files").into_iter().flatten().collect();
    if let Some(missing) = files.iter().find(|file| !file.is_file()) {
        return Err(Failure::usage(format!("{} is not a file", missing.display())));
    }
    let client = session::client()?;
    let path = journal::path()?;
    let progress = Progress::new(output);
    let mut data = output.data();
    let mut uploads = Vec::new();
    session::run(async {
        let journal = journal::open(&path).await?;
        for file in files {
            let uploaded = journal::upload(&journal, &client, file, &progress).await?;
            if !matches.get_flag("json") {
                writeln!(data, "{}", clean(&uploaded.url))?;
                data.flush()?;
            }
            uploads.push(json!({"file": file, "url": uploaded.url}));
        }
        Ok(())
    })?;
    if matches.get_flag("json") {
        output::json(&mut data, &uploads)?;
    }
    Ok(data.flush()?)
}
