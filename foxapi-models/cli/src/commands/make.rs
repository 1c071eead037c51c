//! `foxapi make MODEL`: makes something with a model, with a flag for each parameter.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use foxapi_models::Model;
use serde_json::json;

use crate::body;
use crate::body::uploads;
use crate::catalogue;
use crate::failure::Failure;
use crate::finish::{Finish, destination_flags, timeout_flag};
use crate::output::{self, Output, clean};
use crate::progress::Progress;
use crate::submission::PendingSubmission;
use crate::{arguments, flags, journal, request, session, words};

pub(super) fn command(command: Command, named: &[&str]) -> Command {
    let models = catalogue::ids().map(|id| {
        let known = named.contains(&id).then(|| foxapi_models::model(id)).flatten();
        known.map_or_else(|| Command::new(id), of_model)
    });
    command
        .after_help("`foxapi make MODEL --help` shows the parameters of a model; `foxapi models` says what each makes.")
        .subcommand_value_name("MODEL")
        .subcommand_help_heading("Models")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        // An unknown model is explained here or, with `--unchecked`, sent to the server anyway.
        .allow_external_subcommands(true)
        .subcommands(models)
}

/// The command of a model, with a flag for each of its parameters.
fn of_model(model: &'static Model) -> Command {
    let mut usage = format!("foxapi make {}", model.id);
    for parameter in flags::parameters(model).filter(|parameter| parameter.required) {
        usage.push_str(&format!(" --{} …", parameter.name.replace('_', "-")));
    }
    let mut further = String::new();
    if !model.rules.is_empty() {
        further.push_str("Rules:\n");
        for rule in &model.rules {
            further.push_str(&format!("  - {}\n", rule.replace('\n', " ")));
        }
        further.push('\n');
    }
    further.push_str(model.docs);
    let command = Command::new(model.id.as_str()).about(words::purpose(model)).after_help(further);
    flags::add(command, model, own_flags()).override_usage(format!("{usage} [OPTIONS]"))
}

/// The flags for any request.
fn own_flags() -> Vec<Arg> {
    let of_request = [
        Arg::new("set")
            .long("set")
            .value_name("PATH=JSON")
            .action(ArgAction::Append)
            .help("Set a value at any place of the body, such as shots.0.duration=3; repeat it for more"),
        Arg::new("body")
            .long("body")
            .value_name("FILE|-")
            .value_hint(ValueHint::FilePath)
            .help("Start from a JSON body in a file or in standard input"),
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Check the request and print it, but send nothing"),
        Arg::new("unchecked")
            .long("unchecked")
            .action(ArgAction::SetTrue)
            .help("Send the request unchecked, and leave that to the server"),
    ];
    let of_result = destination_flags().into_iter().chain([
        timeout_flag(),
        Arg::new("no-wait")
            .long("no-wait")
            .action(ArgAction::SetTrue)
            .conflicts_with_all(["output", "force"])
            .help("Print the ID of the task and do not wait for it"),
        arguments::json("Print one JSON object"),
    ]);
    let of_request = of_request.into_iter().map(|argument| argument.help_heading("Request"));
    of_request.chain(of_result.map(|argument| argument.help_heading("Result"))).collect()
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let Some((id, given)) = matches.subcommand() else {
        return Err(Failure::usage("which model?").help("`foxapi models` lists the models"));
    };
    let Some(model) = foxapi_models::model(id) else {
        return unknown_model(id, given, output);
    };
    make(id, Some(model), given, output)
}

/// Handles a model that the catalogue lacks but the server may know.
fn unknown_model(id: &str, given: &ArgMatches, output: Output) -> Result<(), Failure> {
    let words = given.get_many::<std::ffi::OsString>("").into_iter().flatten();
    let command = Command::new("foxapi").args(own_flags()).no_binary_name(true);
    match command.try_get_matches_from(words) {
        Ok(given) if given.get_flag("unchecked") => make(id, None, &given, output),
        _ => Err(catalogue::unknown(id)
            .help("`--unchecked` with `--set` or `--body` asks the server for a model that is new")),
    }
}

fn make(id: &str, model: Option<&Model>, given: &ArgMatches, output: Output) -> Result<(), Failure> {
    let body = body::of(given, id, model)?;
    let files = request::local_files(model, &body);
    if let Some(model) = model.filter(|_| !given.get_flag("unchecked")) {
        request::check(model, &body, &files, flags::as_flag)?;
    }
    if given.get_flag("dry-run") {
        return dry_run(model, &body, &files, given, output.data());
    }
    let finish = Finish::of(given)?;
    let client = session::client()?;
    let path = journal::path()?;
    let progress = Progress::new(output);
    session::run(async {
        let journal = journal::open(&path).await?;
        let work = uploads::work(&body, &files)?;
        let body = journal::with_addresses(&journal, &client, &body, &files, &progress).await?;
        let submission = PendingSubmission { work: &work, body: &body, checked: !given.get_flag("unchecked") };
        let id = submission.send(&journal, &client, &finish, &progress).await?;
        if given.get_flag("no-wait") {
            return print_id(&id, given, output);
        }
        progress.note(&format!("task {id} (if this is interrupted: {})", finish.again(&id)));
        finish.wait(&client, Some(&journal), &id, &progress, output).await
    })
}

/// Prints the ID of a task without waiting for it.
fn print_id(id: &str, given: &ArgMatches, output: Output) -> Result<(), Failure> {
    let mut data = output.data();
    if given.get_flag("json") {
        output::json(&mut data, &json!({"task": {"id": id}}))?;
    } else {
        writeln!(data, "{}", clean(id))?;
    }
    Ok(data.flush()?)
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]
mod tests;

/// Prints the request without sending it.
fn dry_run(
    model: Option<&Model>,
    body: &serde_json::Value,
    files: &[uploads::LocalFile],
    given: &ArgMatches,
    mut data: impl Write,
) -> Result<(), Failure> {
    let base = session::base_url()?;
    let method = model.map_or("POST", |model| model.endpoint.method);
    let path = model.map_or("/v1/videos/generations", |model| model.endpoint.path);
    let url = format!("{}{path}", base.trim_end_matches('/'));
    let body = uploads::with(body, files, |local| format!("<the URL of {}>", local.file.display()));
    if given.get_flag("json") {
        output::json(&mut data, &json!({"method": method, "url": url, "body": body}))?;
    } else {
        writeln!(data, "{method} {url}")?;
        writeln!(data, "{}", request::pretty(&body)?)?;
    }
    Ok(data.flush()?)
}
