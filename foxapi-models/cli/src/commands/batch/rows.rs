//! The rows of the file: bodies that are right, or every reason why one is not.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use foxapi_models::Model;
use foxapi_models::journal::Key;
use serde_json::{Map, Value};

use super::names;
use crate::body;
use crate::body::uploads::{self, Upload};
use crate::failure::Failure;
use crate::{flags, request};

/// More problems than this are counted, not listed.
const LISTED: usize = 50;

/// One request of the file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Where it stands: `shots.csv:3`.
    pub(super) place: String,
    pub(super) body: Value,
    pub(super) uploads: Vec<Upload>,
    /// What it is, wherever it stands.
    pub(super) key: Key,
    /// The name of its results, without an ending.
    pub(super) stem: String,
}

/// Reads and checks the whole file.
pub(super) fn read(path: &Path, model: &Model) -> Result<Vec<Row>, Failure> {
    let unreadable = |error: std::io::Error| Failure::usage(format!("{} cannot be read: {error}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let mut reader = Reader { path, model, rows: Vec::new(), problems: Vec::new(), seen: HashMap::new() };
    if is_csv {
        reader.csv(file);
    } else {
        reader.jsonl(BufReader::new(file)).map_err(unreadable)?;
    }
    let Reader { rows, mut problems, .. } = reader;
    if problems.is_empty() && rows.is_empty() {
        problems.push(format!("{} has no rows", path.display()));
    }
    if problems.is_empty() {
        return Ok(rows);
    }
    let further = problems.len().saturating_sub(LISTED);
    problems.truncate(LISTED);
    if further > 0 {
        problems.push(format!("and {further} more"));
    }
    let mut failure =
        Failure::usage(String::new()).help("nothing was sent; `foxapi batch … --dry-run` checks the file again");
    failure.errors = problems;
    Err(failure)
}

struct Reader<'a> {
    path: &'a Path,
    model: &'a Model,
    rows: Vec<Row>,
    problems: Vec<String>,
    /// The keys so far, with their places.
    seen: HashMap<Key, String>,
}

impl Reader<'_> {
    fn csv(&mut self, file: File) {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(file);
        let columns = match reader.headers() {
            Ok(columns) => columns.clone(),
            Err(error) => return self.problems.push(format!("{}: {error}", self.path.display())),
        };
        for (index, column) in columns.iter().enumerate() {
            if columns.iter().take(index).any(|before| before == column) {
                self.problems.push(format!("{}:1: there are two columns {column:?}", self.path.display()));
            }
        }
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => return self.problems.push(format!("{}: {error}", self.path.display())),
            };
            let line = record.position().map_or(0, csv::Position::line);
            let place = format!("{}:{line}", self.path.display());
            let cells = columns.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
            match cells.map(|(column, cell)| self.cell(column, cell)).collect() {
                Ok(body) => self.row(place, body),
                Err(failure) => self.refuse(&place, failure),
            }
        }
    }

    /// A parameter and its value, from a column and a cell. Columns may be named as flags are.
    fn cell(&self, column: &str, cell: &str) -> Result<(String, Value), Failure> {
        let name = column.trim_start_matches('-').replace('-', "_");
        match flags::parameters(self.model).find(|parameter| parameter.name == name) {
            Some(parameter) => Ok((name, body::cell(parameter, cell)?)),
            // The check says that there is no such parameter.
            None => Ok((column.to_owned(), cell.into())),
        }
    }

    fn jsonl(&mut self, mut input: impl BufRead) -> std::io::Result<()> {
        let mut text = Vec::new();
        let mut line = 0;
        while input.read_until(b'\n', &mut text)? > 0 {
            line += 1;
            let place = format!("{}:{line}", self.path.display());
            let trimmed = text.trim_ascii();
            if !trimmed.is_empty() {
                match serde_json::from_slice::<Map<String, Value>>(trimmed) {
                    Ok(body) => self.row(place, body),
                    Err(error) => self.problems.push(format!("{place}: is not a JSON object: {error}")),
                }
            }
            text.clear();
        }
        Ok(())
    }

    fn row(&mut self, place: String, mut body: Map<String, Value>) {
        if let Some(other) =
            body.insert("model".to_owned(), self.model.id.clone().into()).filter(|it| *it != *self.model.id)
        {
            self.problems.push(format!("{place}: is for the model {other}"));
        }
        let body = Value::Object(body);
        let uploads = uploads::find(self.model, &body);
        if let Err(failure) = request::check(self.model, &body, &uploads, flags::as_column) {
            return self.refuse(&place, failure);
        }
        let work = match uploads::work(&body, &uploads) {
            Ok(work) => work,
            Err(failure) => return self.refuse(&place, failure),
        };
        let key = Key::of_json(&self.model.id, &work);
        if let Some(before) = self.seen.insert(key.clone(), place.clone()) {
            return self.problems.push(format!(
                "{place}: is the same as {before}; take one of them out, or tell them apart with a seed"
            ));
        }
        let stem = names::stem(self.model, &body, key.as_str());
        self.rows.push(Row { place, body, uploads, key, stem });
    }

    fn refuse(&mut self, place: &str, failure: Failure) {
        self.problems.extend(failure.errors.into_iter().map(|error| format!("{place}: {error}")));
    }
}
