//! Turns the arguments of `make` into the body of a request.
//!
//! Nothing is checked here: a text that is not a number stays a text, so that the validator finds it together with
//! everything else that is wrong.

mod set;
mod text;
pub(crate) mod uploads;

use clap::ArgMatches;
use foxapi_models::{Model, Parameter, ParameterKind};
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::flags;

pub(crate) use text::json;

/// The body that the arguments describe: `--body`, then the flags, then each `--set`.
pub(crate) fn of(matches: &ArgMatches, id: &str, model: Option<&Model>) -> Result<Value, Failure> {
    let mut body = match matches.get_one::<String>("body") {
        Some(path) => read(path, id)?,
        None => Map::new(),
    };
    body.insert("model".to_owned(), id.into());
    for parameter in model.into_iter().flat_map(flags::parameters) {
        if let Some(texts) = flags::values(matches, parameter) {
            body.insert(parameter.name.clone(), text::value(parameter, texts)?);
        }
    }
    let mut body = Value::Object(body);
    for assignment in matches.get_many::<String>("set").into_iter().flatten() {
        set::apply(&mut body, assignment)?;
    }
    Ok(body)
}

/// The value of a parameter in a cell of a table. A list is written as JSON, or has a single item.
pub(crate) fn cell(parameter: &Parameter, cell: &str) -> Result<Value, Failure> {
    if matches!(parameter.kind, ParameterKind::Array { .. })
        && let Ok(list @ Value::Array(_)) = json(cell)
    {
        return Ok(list);
    }
    text::value(parameter, std::iter::once(cell))
}

/// The object in a file or in standard input.
fn read(path: &str, id: &str) -> Result<Map<String, Value>, Failure> {
    let name = if path == "-" { "standard input" } else { path };
    let text = text::file(path)?;
    let body = json(&text).map_err(|error| Failure::usage(format!("--body: {name} {error}")))?;
    let Value::Object(body) = body else {
        return Err(Failure::usage(format!("--body: {name} does not contain a JSON object")));
    };
    match body.get("model") {
        Some(other) if other != id => {
            let failure = Failure::usage(format!("--body: {name} is for the model {other}, not for {id:?}"));
            Err(failure.help("take the property `model` out of the body, or name that model"))
        }
        _ => Ok(body),
    }
}
