//! A flag for each parameter of a model, made from the catalogue.

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::Error;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use foxapi_models::{Model, Parameter, ParameterKind, Violation};
use foxapi_schema::pointer;

use crate::words;

/// The parameters that a flag can set: all but the model itself, which the command names.
pub(crate) fn parameters(model: &Model) -> impl Iterator<Item = &Parameter> {
    model.parameters.iter().filter(|parameter| parameter.name != "model")
}

/// The command with a flag for each parameter of the model, followed by the program's own flags. A parameter with the
/// name of one of those has no flag, and can be set with `--set`.
pub(crate) fn add(command: Command, model: &Model, own: Vec<Arg>) -> Command {
    let of_model = parameters(model).filter_map(|parameter| {
        let flag = name(parameter);
        let is_taken = matches!(flag.as_str(), "help" | "color" | "quiet")
            || own.iter().any(|argument| argument.get_long() == Some(&flag));
        (!is_taken).then(|| argument(parameter, flag))
    });
    let of_model: Vec<Arg> = of_model.collect();
    command.args(of_model).args(own)
}

/// The flag of a parameter, without its dashes: `image_url` is `image-url`.
fn name(parameter: &Parameter) -> String {
    parameter.name.replace('_', "-")
}

/// The ID of a parameter's flag in clap: its JSON Pointer, which cannot be the ID of any other flag.
fn id(parameter: &Parameter) -> String {
    let mut id = String::new();
    pointer::push(&mut id, &parameter.name);
    id
}

/// What the flags of a parameter were given, if any.
pub(crate) fn values<'m>(matches: &'m ArgMatches, parameter: &Parameter) -> Option<impl Iterator<Item = &'m str>> {
    let values = matches.try_get_many::<String>(&id(parameter)).ok().flatten()?;
    Some(values.map(String::as_str))
}

fn argument(parameter: &Parameter, flag: String) -> Arg {
    let argument = Arg::new(id(parameter))
        .help(help(parameter))
        .long_help(long_help(parameter))
        .help_heading(heading(parameter))
        .value_name(value_name(parameter))
        .value_parser(AnyText::of(parameter))
        .value_hint(hint(parameter))
        .action(if is_list(parameter) { ArgAction::Append } else { ArgAction::Set });
    // The documentation writes parameters with underscores, and so do many people.
    let argument = if flag == parameter.name { argument } else { argument.alias(parameter.name.clone()) };
    let argument = argument.long(flag);
    match parameter.kind {
        ParameterKind::Boolean => argument.num_args(0..=1).default_missing_value("true"),
        ParameterKind::Integer | ParameterKind::Number => argument.allow_negative_numbers(true),
        _ => argument,
    }
}

fn is_list(parameter: &Parameter) -> bool {
    matches!(parameter.kind, ParameterKind::Array { .. })
}

fn heading(parameter: &Parameter) -> &'static str {
    match (parameter.required, parameter.advanced) {
        (true, _) => "Required parameters",
        (false, false) => "Parameters",
        (false, true) => "Parameters to leave out unless you need them",
    }
}

fn value_name(parameter: &Parameter) -> &'static str {
    match &parameter.kind {
        ParameterKind::String => "TEXT|@FILE",
        ParameterKind::Url => "URL|FILE",
        ParameterKind::Integer | ParameterKind::Number => "NUMBER",
        ParameterKind::Boolean => "true|false",
        ParameterKind::Enumeration => "OPTION",
        ParameterKind::Array { items, .. } => value_name(items),
        ParameterKind::Union { .. } => "VALUE|JSON|@FILE",
        _ => "JSON|@FILE",
    }
}

fn hint(parameter: &Parameter) -> ValueHint {
    match &parameter.kind {
        ParameterKind::Url => ValueHint::FilePath,
        ParameterKind::Array { items, .. } => hint(items),
        _ => ValueHint::Other,
    }
}

fn help(parameter: &Parameter) -> String {
    let mut help = words::first_paragraph(&parameter.description);
    for fact in words::facts(parameter).iter().filter(|_| !parameter.advanced) {
        help.push(' ');
        help.push_str(fact);
    }
    if is_list(parameter) {
        help.push_str(" Repeat the flag for more items.");
    }
    help
}

fn long_help(parameter: &Parameter) -> String {
    let mut help = parameter.description.clone();
    let mut facts = words::facts(parameter);
    if is_list(parameter) {
        facts.push("Repeat the flag for more items.".to_owned());
    }
    if !facts.is_empty() {
        help.push_str("\n\n");
        help.push_str(&facts.join(" "));
    }
    help
}

/// A parameter written as a flag: `--image-url`.
pub(crate) fn as_flag(parameter: &Parameter) -> String {
    format!("--{}", name(parameter))
}

/// A parameter written as a column of a table: `image_url`.
pub(crate) fn as_column(parameter: &Parameter) -> String {
    parameter.name.clone()
}

/// A violation with parameters as the user wrote them: `--image-url: is required`.
pub(crate) fn explain(model: &Model, violation: &Violation, written: fn(&Parameter) -> String) -> String {
    let path = violation.path.trim_start_matches('/');
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let property = pointer::name(first);
    let mut place = match parameters(model).find(|parameter| parameter.name == property) {
        Some(parameter) => written(parameter),
        None if violation.path.is_empty() => "the request".to_owned(),
        None => format!("{property:?} in the body"),
    };
    if let Some(rest) = rest {
        place.push_str(&format!(" at /{rest}"));
    }
    format!("{place}: {}", violation.message)
}

/// Accepts any text, which is checked with everything else. Has the options for help and completion.
#[derive(Clone)]
struct AnyText {
    options: Vec<PossibleValue>,
}

impl AnyText {
    fn of(parameter: &Parameter) -> Self {
        let choices = words::options(parameter).iter().filter(|choice| !choice.value.is_null());
        let options = choices.map(|choice| {
            let value = PossibleValue::new(words::plain(&choice.value));
            match &choice.description {
                Some(description) => value.help(words::first_paragraph(description)),
                None => value,
            }
        });
        Self { options: options.collect() }
    }
}

impl TypedValueParser for AnyText {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &std::ffi::OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        (!self.options.is_empty()).then(|| Box::new(self.options.iter().cloned()) as Box<_>)
    }
}
