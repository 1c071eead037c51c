//! `foxapi models`: which models there are, and which of them take what somebody is looking for.

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches, Command};
use comfy_table::{ContentArrangement, Table, presets};
use foxapi_models::{Model, Parameter, ParameterKind, models};
use foxapi_schema::suggest::closest;
use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;
use crate::output::Output;
use crate::{arguments, flags, words};

pub(super) fn command() -> Command {
    Command::new("models")
        .about("List the models, or those that take what you are looking for")
        .arg(
            Arg::new("having")
                .long("having")
                .value_name("PARAMETER[=VALUE]")
                .action(ArgAction::Append)
                .help("Only models with this parameter, and with this value of it; repeat it for more"),
        )
        .arg(arguments::json("Print a JSON array with an object per model"))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let wanted: Vec<Wanted<'_>> =
        matches.get_many::<String>("having").into_iter().flatten().map(|text| Wanted::of(text)).collect();
    let mut found: Vec<&Model> = models().collect();
    for wanted in &wanted {
        found.retain(|model| wanted.parameter(model).is_some_and(|parameter| wanted.is_taken(parameter)));
        wanted.explain()?;
    }
    let mut data = output.data();
    if matches.get_flag("json") {
        let rows: Vec<Row<'_>> = found.iter().map(|model| Row::of(model)).collect();
        serde_json::to_writer(&mut data, &rows)?;
        data.write_all(b"\n")?;
    } else {
        for line in table(&found, &wanted, output.width()).lines() {
            writeln!(data, "{}", line.trim_end())?;
        }
        if found.is_empty() {
            output.note("no model takes all of this");
        }
    }
    Ok(data.flush()?)
}

/// What a model must take.
struct Wanted<'a> {
    /// The name as it was given.
    found: &'a str,
    /// The name as the documentation writes it.
    parameter: String,
    value: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn of(text: &'a str) -> Self {
        let (found, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        Self { found, parameter: found.trim_start_matches('-').replace('-', "_"), value }
    }

    fn parameter<'m>(&self, model: &'m Model) -> Option<&'m Parameter> {
        flags::parameters(model).find(|parameter| parameter.name == self.parameter)
    }

    /// Whether the parameter takes the value, as far as it can be said of the parameter by itself.
    fn is_taken(&self, parameter: &Parameter) -> bool {
        let Some(value) = self.value else {
            return true;
        };
        let options = words::options(parameter);
        if !options.is_empty() {
            return options.iter().any(|choice| words::plain(&choice.value) == value);
        }
        match &parameter.kind {
            ParameterKind::Integer | ParameterKind::Number => {
                value.parse().is_ok_and(|number| is_within(parameter, number))
            }
            ParameterKind::Boolean => matches!(value, "true" | "false"),
            _ => true,
        }
    }

    /// An error where no model has the parameter, or none takes the value.
    fn explain(&self) -> Result<(), Failure> {
        let having: Vec<&Parameter> = models().filter_map(|model| self.parameter(model)).collect();
        if having.is_empty() {
            let mut names: Vec<&str> = models().flat_map(flags::parameters).map(|it| it.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let failure = Failure::usage(format!("no model has a parameter {:?}", self.found));
            return Err(match closest(&self.parameter, &names) {
                Some(meant) => failure.help(format!("did you mean `{meant}`?")),
                None => failure.help(format!("there are: {}", names.join(", "))),
            });
        }
        if having.iter().any(|parameter| self.is_taken(parameter)) {
            return Ok(());
        }
        let value = self.value.unwrap_or_default();
        let mut options: Vec<String> = Vec::new();
        for choice in having.iter().flat_map(|parameter| words::options(parameter)) {
            let option = words::plain(&choice.value);
            if !choice.value.is_null() && !options.contains(&option) {
                options.push(option);
            }
        }
        let failure = Failure::usage(format!("no model takes {value:?} as `{}`", self.parameter));
        let known: Vec<&str> = options.iter().map(String::as_str).collect();
        Err(match closest(value, &known) {
            Some(meant) => failure.help(format!("did you mean `{}={meant}`?", self.parameter)),
            None if known.is_empty() => {
                failure.help(format!("`foxapi models --having {}` shows what they take", self.parameter))
            }
            None => failure.help(format!("there are: {}", known.join(", "))),
        })
    }
}

fn is_within(parameter: &Parameter, number: f64) -> bool {
    let bound = |bound: &Option<serde_json::Number>| bound.as_ref().and_then(serde_json::Number::as_f64);
    bound(&parameter.minimum).is_none_or(|low| number >= low)
        && bound(&parameter.maximum).is_none_or(|high| number <= high)
        && bound(&parameter.exclusive_minimum).is_none_or(|low| number > low)
        && bound(&parameter.exclusive_maximum).is_none_or(|high| number < high)
}

/// A row per model: what it is, what it needs, and what it takes of what was asked for.
fn table(found: &[&Model], wanted: &[Wanted<'_>], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    match width {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    let mut header = vec!["MODEL".to_owned(), "MAKES".to_owned(), "NEEDS".to_owned()];
    header.extend(wanted.iter().map(|wanted| wanted.parameter.to_uppercase()));
    table.set_header(header);
    for model in found {
        let mut row = vec![model.id.clone(), words::first_paragraph(&model.description), required(model).join(", ")];
        row.extend(wanted.iter().map(|wanted| wanted.parameter(model).map(taken).unwrap_or_default()));
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.to_string()
}

/// What a parameter takes, in a few words.
fn taken(parameter: &Parameter) -> String {
    let options = words::options(parameter).iter().filter(|choice| !choice.value.is_null());
    let options: Vec<String> = options.map(|choice| words::plain(&choice.value)).collect();
    if !options.is_empty() {
        return options.join(", ");
    }
    let mut taken = words::kind(parameter);
    if let (Some(low), Some(high)) = (&parameter.minimum, &parameter.maximum) {
        taken = format!("{low} to {high}");
    }
    taken
}

fn required(model: &Model) -> Vec<&str> {
    flags::parameters(model).filter(|parameter| parameter.required).map(|parameter| parameter.name.as_str()).collect()
}

/// A model in a list for programs; `describe --json` has the rest.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    docs: &'a str,
    required: Vec<&'a str>,
    /// The default of each parameter that has one, and null for the others.
    parameters: std::collections::BTreeMap<&'a str, Option<&'a Value>>,
}

impl<'a> Row<'a> {
    fn of(model: &'a Model) -> Self {
        let parameters =
            flags::parameters(model).map(|parameter| (parameter.name.as_str(), parameter.default.as_ref()));
        Self {
            id: &model.id,
            title: &model.title,
            description: &model.description,
            docs: model.docs,
            required: required(model),
            parameters: parameters.collect(),
        }
    }
}
