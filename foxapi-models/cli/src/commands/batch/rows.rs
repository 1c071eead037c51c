//! Reads the rows of the file: valid bodies, or every reason why one is not.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use foxapi_models::Model;
use foxapi_models::journal::Key;
use foxapi_schema::words::count;
use serde_json::{Map, Value};

use super::names;
use crate::body;
use crate::body::uploads::{self, LocalFile};
use crate::failure::Failure;
use crate::{flags, request};

/// More problems than this are counted, not listed.
const LISTED: usize = 50;

/// The longest file, in bytes.
const LONGEST: u64 = 1 << 30;

/// One request of the file.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its place in the file: `shots.csv:3`.
    pub(super) place: String,
    pub(super) body: Value,
    pub(super) files: Vec<LocalFile>,
    /// Its identity, wherever it is in the file.
    pub(super) key: Key,
    /// The name of its results, without an extension.
    pub(super) stem: String,
}

/// Reads and checks the whole file.
pub(super) fn read(path: &Path, model: &Model) -> Result<Vec<Row>, Failure> {
    let unreadable = |error: std::io::Error| Failure::usage(format!("{} cannot be read: {error}", path.display()));
    let mut text = Vec::new();
    File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut text)).map_err(unreadable)?;
    if text.len() as u64 > LONGEST {
        return Err(Failure::usage(format!("{} is longer than a gigabyte", path.display())));
    }
    // Spreadsheet programs write a byte order mark.
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let mut reader =
        Reader { path, model, rows: Vec::new(), problems: Vec::new(), has_no_json: false, seen: HashMap::new() };
    match is_csv {
        true => reader.csv(text),
        false => reader.jsonl(text),
    }
    let help = reader.has_no_json.then_some("a file is read as a table if its name ends in .csv");
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
    failure.help.extend(help.map(str::to_owned));
    Err(failure)
}

struct Reader<'a> {
    path: &'a Path,
    model: &'a Model,
    rows: Vec<Row>,
    problems: Vec<String>,
    /// Whether a line that should be JSON is not.
    has_no_json: bool,
    /// The keys found so far, with their places.
    seen: HashMap<Key, String>,
}

impl Reader<'_> {
    fn csv(&mut self, text: &[u8]) {
        let place = |line: u64| format!("{}:{line}", self.path.display());
        let text = match std::str::from_utf8(text) {
            // The reader counts lines by line feeds, and is one line behind if a record begins with one.
            Ok(text) => text.replace("\r\n", "\n"),
            Err(error) => {
                let before = text.get(..error.valid_up_to()).unwrap_or_default();
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count() as u64;
                return self.problems.push(format!("{}: is not UTF-8", place(line)));
            }
        };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).flexible(true).from_reader(text.as_bytes());
        let columns = match reader.headers() {
            Ok(columns) => columns.clone(),
            Err(error) => return self.problems.push(format!("{}: {error}", self.path.display())),
        };
        let first = place(columns.position().map_or(1, csv::Position::line));
        if columns.len() == 1 && columns.iter().any(|column| column.contains([';', '\t'])) {
            return self.problems.push(format!("{first}: has one column, because only a comma separates columns"));
        }
        for (index, column) in columns.iter().enumerate() {
            if columns.iter().take(index).any(|before| before == column) {
                self.problems.push(format!("{first}: there are two columns {column:?}"));
            }
        }
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => return self.problems.push(format!("{}: {error}", self.path.display())),
            };
            let place = format!("{}:{}", self.path.display(), record.position().map_or(0, csv::Position::line));
            if record.len() != columns.len() {
                let (cells, columns) = (count(record.len(), "value"), count(columns.len(), "column"));
                self.problems.push(format!("{place}: has {cells}, but there are {columns}"));
                continue;
            }
            let cells = columns.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
            match cells.map(|(column, cell)| self.cell(column, cell)).collect() {
                Ok(body) => self.row(place, body),
                Err(failure) => self.refuse(&place, failure),
            }
        }
    }

    /// A parameter and its value, from a column and a cell. Columns may be named like flags.
    fn cell(&self, column: &str, cell: &str) -> Result<(String, Value), Failure> {
        let name = column.trim_start_matches('-').replace('-', "_");
        match flags::parameters(self.model).find(|parameter| parameter.name == name) {
            Some(parameter) => Ok((name, body::cell(parameter, cell)?)),
            // The check reports that there is no such parameter.
            None => Ok((column.to_owned(), cell.into())),
        }
    }

    fn jsonl(&mut self, text: &[u8]) {
        for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
            let place = format!("{}:{}", self.path.display(), index + 1);
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match std::str::from_utf8(line).map_err(|_| "is not UTF-8".to_owned()).and_then(body::json) {
                Ok(Value::Object(body)) => self.row(place, body),
                Ok(_) => self.problems.push(format!("{place}: is not a JSON object")),
                Err(error) => {
                    self.has_no_json = true;
                    self.problems.push(format!("{place}: {error}"));
                }
            }
        }
    }

    fn row(&mut self, place: String, mut body: Map<String, Value>) {
        if let Some(other) =
            body.insert("model".to_owned(), self.model.id.clone().into()).filter(|it| *it != *self.model.id)
        {
            self.problems.push(format!("{place}: is for the model {other}"));
        }
        let body = Value::Object(body);
        let files = uploads::find(self.model, &body);
        if let Err(failure) = request::check(self.model, &body, &files, flags::as_column) {
            return self.refuse(&place, failure);
        }
        let work = match uploads::work(&body, &files) {
            Ok(work) => work,
            Err(failure) => return self.refuse(&place, failure),
        };
        let key = Key::of_json(&self.model.id, &work);
        if let Some(before) = self.seen.insert(key.clone(), place.clone()) {
            return self
                .problems
                .push(format!("{place}: is the same as {before}; remove one of them, or give them different seeds"));
        }
        let stem = names::stem(self.model, &body, key.as_str());
        self.rows.push(Row { place, body, files, key, stem });
    }

    fn refuse(&mut self, place: &str, failure: Failure) {
        self.problems.extend(failure.errors.into_iter().map(|error| format!("{place}: {error}")));
    }
}
