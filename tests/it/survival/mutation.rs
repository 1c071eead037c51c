//! Mutates spec files, as editors and people do with JSON and with schemas.

use std::fmt;

use foxapi_codegen::{KEYWORDS, Source};
use serde_json::Value;

use super::Folder;
use crate::oracle::choices::Choices;
use crate::oracle::specs::Specs;
use crate::oracle::text::Json;

/// A folder with one changed file.
#[derive(Clone)]
pub(super) struct Mutant {
    /// The index of the folder it was made from.
    pub(super) folder: usize,
    /// Files by name, as bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The files as JSON, if the changed file is still JSON without duplicate members.
    pub(super) specs: Option<Specs>,
    changed: String,
    /// The previous contents of the changed file.
    before: Vec<u8>,
}

impl Mutant {
    /// A file with other values, members and names.
    pub(super) fn of_values(folders: &[Folder], tape: &[u32]) -> Self {
        Self::new(folders, tape, |folder, changed, choices| {
            let mut json = Json::of(folder.specs.get(changed).expect("a file"));
            for _ in 0..=choices.below(3) {
                change(&mut json, folders, choices);
            }
            let mut repeated = Vec::new();
            json.repeated("", &mut repeated);
            (written(&json).into_bytes(), repeated.is_empty())
        })
    }

    /// A file with other bytes.
    pub(super) fn of_bytes(folders: &[Folder], tape: &[u32]) -> Self {
        Self::new(folders, tape, |folder, changed, choices| {
            let text = folder.texts.iter().find(|(file, _)| file == changed);
            let mut bytes = text.map(|(_, bytes)| bytes.clone()).expect("a file");
            change_bytes(&mut bytes, choices);
            (bytes, true)
        })
    }

    /// `change` returns the bytes of a file, and whether it has no duplicate members.
    fn new(
        folders: &[Folder],
        tape: &[u32],
        change: impl FnOnce(&Folder, &str, &mut Choices<'_>) -> (Vec<u8>, bool),
    ) -> Self {
        let mut choices = Choices::new(tape);
        let folder = choices.below(folders.len());
        let Folder { specs, page, texts, .. } = &folders[folder];
        let changed = if choices.once_in(4) { &choices.of(texts).0 } else { page };
        let (bytes, is_unique) = change(&folders[folder], changed, &mut choices);
        let specs = serde_json::from_slice(&bytes).ok().filter(|_| is_unique).map(|spec| {
            let mut specs = specs.clone();
            specs.insert(changed, spec);
            specs
        });
        let mut files = texts.clone();
        let mut before = Vec::new();
        for (_, text) in files.iter_mut().filter(|(name, _)| name == changed) {
            before = std::mem::replace(text, bytes.clone());
        }
        Self { folder, files, specs, changed: changed.clone(), before }
    }

    pub(super) fn sources(&self) -> Vec<Source> {
        self.files.iter().map(|(name, bytes)| Source::new(name, bytes.clone())).collect()
    }
}

/// Shows the changed lines.
impl fmt::Debug for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.files.iter().find(|(name, _)| *name == self.changed);
        let now = String::from_utf8_lossy(file.map(|(_, bytes)| bytes.as_slice()).unwrap_or_default());
        let (now, before) = (pretty(&now), pretty(&String::from_utf8_lossy(&self.before)));
        write!(f, "in {}:", self.changed)?;
        for (sign, lines, others) in [('-', &before, &now), ('+', &now, &before)] {
            let others: Vec<&str> = others.lines().collect();
            for line in lines.lines().filter(|line| !others.contains(line)) {
                write!(f, "\n{sign} {line}")?;
            }
        }
        Ok(())
    }
}

/// Formats a text in the usual way, if it is JSON.
fn pretty(text: &str) -> String {
    serde_json::from_str::<Value>(text).map_or_else(|_| text.to_owned(), |value| format!("{value:#}"))
}

/// The text, with a line for each member.
fn written(json: &Json) -> String {
    let mut text = String::new();
    json.write(false, &mut text);
    text.replace(":{", ":\n{").replace(",\"", ",\n\"")
}

/// Changes one thing.
fn change(json: &mut Json, folders: &[Folder], choices: &mut Choices<'_>) {
    let count = size(json);
    let at = choices.below(count);
    match choices.below(10) {
        0 => edit_object(json, at, |members| {
            if !members.is_empty() {
                let index = choices.below(members.len());
                members.remove(index);
            }
        }),
        1 => edit_object(json, at, |members| {
            if let Some(member) = members.first().cloned() {
                members.insert(choices.below(members.len()), member);
            }
        }),
        2 => edit_object(json, at, |members| {
            if !members.is_empty() {
                let index = choices.below(members.len());
                members[index].0 = name(choices, &members[index].0);
            }
        }),
        3..=5 => edit_object(json, at, |members| {
            let (keyword, value) = choices.of(PLAUSIBLE);
            let value = parse(value);
            match members.iter_mut().find(|(known, _)| known == keyword) {
                Some((_, known)) => *known = value,
                None => members.push(((*keyword).to_owned(), value)),
            }
        }),
        6 => {
            let value = parse(choices.of::<&str>(ODD));
            edit(json, at, |node| *node = value);
        }
        7 => {
            let other = &folders[choices.below(folders.len())];
            let mut other = Json::of(other.specs.get(&other.page).expect("a page"));
            let from = choices.below(size(&other));
            let mut taken = Json::Null;
            edit(&mut other, from, |node| taken = node.clone());
            edit(json, at, |node| *node = taken);
        }
        8 => {
            let mut taken = Json::Null;
            edit(json, at, |node| taken = node.clone());
            let to = choices.below(count);
            edit(json, to, |node| std::mem::swap(node, &mut taken));
        }
        _ => edit(json, at, |node| match node {
            Json::Number(number) => {
                *number = choices.of(&["0", "-1", "1.5", "1e30", "4294967296", "1e400"]).to_string()
            }
            Json::String(text) => *text = name(choices, text),
            Json::Bool(flag) => *flag = !*flag,
            Json::Array(items) => items.extend(items.first().cloned()),
            node => *node = Json::Null,
        }),
    }
}

/// The number of values in a value, including itself.
fn size(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(size).sum(),
        Json::Object(members) => members.iter().map(|(_, value)| size(value)).sum::<usize>(),
        _ => 0,
    }
}

/// Edits the value with this index, counted from the outside in.
fn edit(json: &mut Json, at: usize, edit: impl FnOnce(&mut Json)) {
    if let Some(node) = nth(json, &mut { at }) {
        edit(node);
    }
}

/// Edits the object with this index, or the next one.
fn edit_object(json: &mut Json, at: usize, edit: impl FnOnce(&mut Vec<(String, Json)>)) {
    let count = size(json);
    for at in (at..count).chain(0..at) {
        if let Some(Json::Object(members)) = nth(json, &mut { at }) {
            return edit(members);
        }
    }
}

fn nth<'j>(json: &'j mut Json, left: &mut usize) -> Option<&'j mut Json> {
    if *left == 0 {
        return Some(json);
    }
    *left -= 1;
    match json {
        Json::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Json::Object(members) => members.iter_mut().find_map(|(_, value)| nth(value, left)),
        _ => None,
    }
}

/// Another name: of a keyword, misspelt, of something else, or of something elsewhere.
fn name(choices: &mut Choices<'_>, known: &str) -> String {
    const NAMES: &[&str] = &[
        "",
        "x",
        "A",
        "type",
        "self",
        "模型",
        "a b",
        "#",
        "#/$defs/Element",
        "common.json#/$defs/WebUrl",
        "common.json",
        "../common.json#/$defs/Resolution",
        "other.json#/$defs/X",
        "#/$defs/CommonTree",
        "#/$defs/RecursiveTree",
        "string",
        "integer",
        "null",
        "object",
        "\u{202e}",
        "Self",
        "VideoRequest",
        "a\"b\\",
        "*/",
        "`",
        "// x\r",
        "{}",
    ];
    match choices.below(4) {
        0 => (*choices.of(KEYWORDS)).to_owned(),
        1 => format!("{known}s"),
        2 => known.chars().skip(1).collect(),
        _ => (*choices.of(NAMES)).to_owned(),
    }
}

/// Keywords with values that they could have.
const PLAUSIBLE: &[(&str, &str)] = &[
    ("type", "\"string\""),
    ("type", "[\"string\", \"null\"]"),
    ("type", "\"integer\""),
    ("type", "[\"integer\", \"null\"]"),
    ("type", "\"number\""),
    ("type", "\"array\""),
    ("type", "\"object\""),
    ("type", "\"null\""),
    ("const", "\"std\""),
    ("const", "5"),
    ("const", "null"),
    ("const", "true"),
    ("enum", "[\"std\", \"pro\"]"),
    ("enum", "[5, 10]"),
    ("enum", "[null]"),
    ("enum", "[false]"),
    ("minLength", "2"),
    ("maxLength", "1"),
    ("format", "\"uri\""),
    ("x-uri-schemes", "[\"https\"]"),
    ("minimum", "2"),
    ("maximum", "3"),
    ("exclusiveMinimum", "2"),
    ("exclusiveMaximum", "4.5"),
    ("multipleOf", "3"),
    ("minItems", "2"),
    ("maxItems", "1"),
    ("uniqueItems", "true"),
    ("items", "{\"type\": \"string\", \"maxLength\": 1}"),
    ("items", "{\"type\": \"integer\"}"),
    ("items", "false"),
    ("contains", "{\"const\": \"x\"}"),
    ("contains", "{\"minimum\": 2}"),
    ("minContains", "2"),
    ("maxContains", "1"),
    ("not", "{\"type\": \"string\"}"),
    ("not", "{\"const\": 5}"),
    ("not", "{\"required\": [\"model\"]}"),
    ("not", "{}"),
    ("if", "{\"minLength\": 1}"),
    ("if", "true"),
    ("then", "{\"maxLength\": 2}"),
    ("then", "false"),
    ("else", "{\"required\": [\"prompt\"]}"),
    ("allOf", "[{\"description\": \"d\", \"required\": [\"prompt\"]}]"),
    ("allOf", "[{\"maxLength\": 1}]"),
    ("allOf", "[{\"minimum\": 2}]"),
    ("anyOf", "[{\"type\": \"string\"}, {\"type\": \"null\"}]"),
    ("anyOf", "[{\"maxLength\": 1}, {\"minLength\": 3}]"),
    ("anyOf", "[{\"const\": \"std\"}, {\"const\": \"pro\"}]"),
    ("oneOf", "[{\"const\": \"std\"}, {\"const\": \"pro\", \"maxLength\": 2}]"),
    ("oneOf", "[{\"const\": \"std\"}, {\"const\": null}]"),
    ("oneOf", "[{\"minimum\": 2}, {\"maximum\": 3}]"),
    ("required", "[\"prompt\"]"),
    ("required", "[\"prompt\", \"duration\"]"),
    ("additionalProperties", "true"),
    ("additionalProperties", "{\"type\": \"string\"}"),
    ("dependentRequired", "{\"prompt\": [\"duration\"]}"),
    ("dependentSchemas", "{\"prompt\": {\"required\": [\"duration\"]}}"),
    ("properties", "{\"prompt\": {\"description\": \"d\", \"type\": \"string\", \"maxLength\": 1}}"),
    ("x-sum-equals", "{\"items\": \"multi_prompt\", \"property\": \"duration\", \"total\": \"duration\"}"),
    ("x-combined-max-items", "{\"arrays\": [\"elements\", \"image_urls\"], \"maximum\": 1}"),
    ("x-extensible", "true"),
    ("default", "5"),
    ("default", "null"),
    ("examples", "[\"x\"]"),
    ("title", "\"Video\""),
    ("description", "\"d\""),
    ("$ref", "\"common.json#/$defs/PromptSegment\""),
    ("$ref", "\"#\""),
    ("$ref", "\"#/$defs/Element\""),
    ("$defs", "{\"Element\": {\"type\": \"string\"}}"),
    ("pattern", "\"x\""),
];

/// Values that belong nowhere in particular.
const ODD: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e308",
    "\"\"",
    "\"x\"",
    "[]",
    "[[]]",
    "[null]",
    "{}",
    "{\"\": {}}",
    "[{}]",
    "\"\\u0000\"",
];

fn parse(text: &str) -> Json {
    Json::of(&serde_json::from_str(text).expect("JSON"))
}

fn change_bytes(bytes: &mut Vec<u8>, choices: &mut Choices<'_>) {
    for _ in 0..=choices.below(3) {
        let at = choices.below(bytes.len().max(1));
        match choices.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at.min(bytes.len()), *choices.of(b"\0\xff\"{}[],:\\\n\r/*e-0\xe2")),
            2 if at < bytes.len() => drop(bytes.remove(at)),
            3 if at < bytes.len() => bytes[at] ^= 1 << choices.below(8),
            _ => bytes.extend_from_within(at..),
        }
    }
}

/// The JSON Pointers of all schemas in a schema, each with the keyword it belongs to.
pub(crate) fn schemas(schema: &Value, path: &str, keyword: &str, found: &mut Vec<(String, String)>) {
    let Some(members) = schema.as_object() else { return };
    found.push((path.to_owned(), keyword.to_owned()));
    for (keyword, value) in members {
        let path = format!("{path}/{keyword}");
        match (keyword.as_str(), value) {
            ("not" | "if" | "then" | "else" | "items" | "contains", value) => schemas(value, &path, keyword, found),
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                for (index, branch) in branches.iter().enumerate() {
                    schemas(branch, &format!("{path}/{index}"), keyword, found);
                }
            }
            ("properties" | "$defs" | "dependentSchemas", Value::Object(named)) => {
                for (name, value) in named {
                    schemas(value, &format!("{path}/{}", crate::oracle::text::step(name)), keyword, found);
                }
            }
            _ => {}
        }
    }
}
