//! `foxapi models`: lists the models, or those that accept given parameters.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};
use foxapi_models::{Keyword, Model, Parameter};
use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::filter::{Filter, Wanted};
use crate::output::{self, Output};
use crate::{arguments, flags, table, words};

pub(super) fn command(command: Command) -> Command {
    command
        .arg(
            Arg::new("having")
                .long("having")
                .value_name("PARAMETER[=VALUE]")
                .action(ArgAction::Append)
                .help("Only models with this parameter, and with this value of it; repeat it for more"),
        )
        .arg(
            Arg::new("group")
                .long("group")
                .value_name("GROUP")
                .help("Only models that make this kind of thing, such as video"),
        )
        .arg(arguments::json("Print a JSON array with an object per model"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let having: Vec<&str> = matches.get_many::<String>("having").into_iter().flatten().map(String::as_str).collect();
    let filter = Filter::of(matches.get_one::<String>("group").map(String::as_str), &having);
    let found = filter.models()?;
    let mut data = output.data();
    if matches.get_flag("json") {
        let rows: Vec<ListedModel<'_>> = found.iter().map(|model| ListedModel::of(model)).collect();
        output::json(&mut data, &rows)?;
    } else {
        for line in lines(&found, filter.wanted(), output.width()) {
            writeln!(data, "{line}")?;
        }
        if found.is_empty() {
            output.note("no model takes all of this");
        }
    }
    Ok(data.flush()?)
}

/// A line per model: what it is, what it requires, and what it accepts for the given parameters.
fn lines(found: &[&Model], wanted: &[Wanted<'_>], width: Option<u16>) -> Vec<String> {
    let mut header = vec!["MODEL".to_owned(), "WHAT IT DOES".to_owned(), "NEEDS".to_owned()];
    header.extend(wanted.iter().map(|wanted| wanted.parameter.to_uppercase()));
    let rows = found.iter().map(|model| {
        let mut row = vec![model.id.clone(), words::purpose(model), required(model).join(", ")];
        row.extend(wanted.iter().map(|wanted| wanted.parameter(model).map(taken).unwrap_or_default()));
        row
    });
    table::lines(header, rows, width)
}

/// The values that a parameter accepts, in a few words.
fn taken(parameter: &Parameter) -> String {
    let options = words::options(parameter).iter().filter(|choice| !choice.value.is_null());
    let options: Vec<String> = options.map(|choice| words::plain(&choice.value)).collect();
    if !options.is_empty() {
        return options.join(", ");
    }
    match [Keyword::Minimum, Keyword::Maximum].map(|side| parameter.limits.get(side)) {
        [Some(low), Some(high)] => format!("{low} to {high}"),
        _ => words::kind(parameter),
    }
}

fn required(model: &Model) -> Vec<&str> {
    flags::parameters(model).filter(|parameter| parameter.required).map(|parameter| parameter.name.as_str()).collect()
}

/// A model in a list for programs; `describe --json` has the rest.
#[derive(Serialize)]
struct ListedModel<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    summary: &'a str,
    group: &'a str,
    family: &'a str,
    docs: &'a str,
    required: Vec<&'a str>,
    /// The default of each parameter that has one, and null for the others.
    parameters: std::collections::BTreeMap<&'a str, Option<&'a Value>>,
}

impl<'a> ListedModel<'a> {
    fn of(model: &'a Model) -> Self {
        let parameters =
            flags::parameters(model).map(|parameter| (parameter.name.as_str(), parameter.default.as_ref()));
        Self {
            id: &model.id,
            title: &model.title,
            description: &model.description,
            summary: &model.summary,
            group: model.group,
            family: model.family,
            docs: model.docs,
            required: required(model),
            parameters: parameters.collect(),
        }
    }
}
