//! Every valid body of the tests can be written as flags, and a dry run prints it as it was.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use foxapi_schema::number::equal;
use serde_json::Value;

use crate::{body, commands, flags, request};

/// What is wrong with a body.
type Fault = String;

#[test]
fn every_valid_body_can_be_written_as_flags() {
    let mut bodies = Vec::new();
    for file in files() {
        let before = bodies.len();
        let text = fs::read_to_string(&file).expect("a file");
        for (index, line) in text.lines().enumerate() {
            let case: Value = serde_json::from_str(line).expect("JSON");
            if case["valid"] == true {
                bodies.push((format!("{}:{}", file.display(), index + 1), case["body"].clone()));
            }
        }
        assert!(bodies.len() > before, "{} has no valid body", file.display());
    }
    for model in foxapi_models::models() {
        assert!(bodies.iter().any(|(_, body)| body["model"] == model.id.as_str()), "no body of {}", model.id);
        bodies.push((format!("the example of {}", model.id), crate::example::body(model)));
    }
    let faults: Vec<Fault> = bodies
        .iter()
        .filter_map(|(place, body)| written_and_printed(body).err().map(|fault| format!("{place}: {fault}")))
        .collect();
    assert!(faults.is_empty(), "{} of {} bodies:\n{}", faults.len(), bodies.len(), faults.join("\n"));
}

/// The files of bodies that belong to the tests of the workspace.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bodies");
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "jsonl")).collect()
}

fn written_and_printed(body: &Value) -> Result<(), Fault> {
    let written = as_arguments(body)?;
    let arguments: Vec<OsString> = written.iter().map(OsString::from).collect();
    let matches = commands::program(&arguments).try_get_matches_from(&arguments).map_err(|error| error.to_string())?;
    let (id, given) = matches.subcommand().and_then(|(_, matches)| matches.subcommand()).ok_or("no model")?;
    let model = foxapi_models::model(id).ok_or("no such model")?;
    let read = body::of(given, id, Some(model)).map_err(|failure| failure.errors.join("; "))?;
    request::check(model, &read, &[], flags::as_flag)
        .map_err(|failure| format!("{}\n{written:?}", failure.errors.join("; ")))?;
    let mut printed = Vec::new();
    super::dry_run(Some(model), &read, &[], given, &mut printed).map_err(|failure| failure.errors.join("; "))?;
    let printed = String::from_utf8_lossy(&printed);
    let (address, printed) = printed.split_once('\n').ok_or("one line")?;
    if !(address.starts_with("POST http") && address.ends_with(model.endpoint.path)) {
        return Err(format!("it would be sent to {address}"));
    }
    match serde_json::from_str::<Value>(printed) {
        Ok(printed) if equal(&printed, &without_nulls(body)) => Ok(()),
        _ => Err(format!("{written:?} became {printed}, not {body}")),
    }
}

/// The body without parameters that are `null`, which is the same as leaving them out.
fn without_nulls(body: &Value) -> Value {
    let parameters = body.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    parameters.map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// A body as somebody would type it: flags for texts, numbers and lists of them, `--set` for the rest.
fn as_arguments(body: &Value) -> Result<Vec<String>, Fault> {
    let id = body.get("model").and_then(Value::as_str).ok_or("no model")?;
    let model = foxapi_models::model(id).ok_or("no such model")?;
    let mut arguments = vec!["foxapi".to_owned(), "make".to_owned(), id.to_owned()];
    let named = ["foxapi".into(), "make".into(), id.into()];
    let program = commands::program(&named);
    let command = program.find_subcommand("make").and_then(|make| make.find_subcommand(id)).ok_or("no command")?;
    for (name, value) in body.as_object().into_iter().flatten().filter(|(name, _)| *name != "model") {
        let has_flag = command.get_arguments().any(|argument| argument.get_id().as_str() == format!("/{name}"));
        let is_known = flags::parameters(model).any(|parameter| parameter.name == *name);
        let flag = name.replace('_', "-");
        match (has_flag && is_known, value) {
            (true, Value::Array(items)) if !items.is_empty() && items.iter().all(is_scalar) => {
                arguments.extend(items.iter().map(|item| format!("--{flag}={}", text(item))));
            }
            (true, value) if is_scalar(value) => arguments.push(format!("--{flag}={}", text(value))),
            (_, value) => arguments.push(format!("--set=/{}={value}", name.replace('~', "~0").replace('/', "~1"))),
        }
    }
    Ok(arguments)
}

fn is_scalar(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) if text.starts_with('@') => format!("@{text}"),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
