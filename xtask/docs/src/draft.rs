//! A spec that is being written: its schemas, what remains to be decided about them, and what other specs have.

mod library;
pub(crate) mod names;

use std::collections::VecDeque;

use crate::page::{Capture, Parameter};
use crate::sentences;

pub(crate) use foxapi_schema::json::{Json, Object};
use foxapi_schema::words::upper_first;
pub(crate) use library::Library;

/// Writes the parameters of one page.
pub(crate) struct Writer<'a> {
    pub(crate) page: &'a Capture,
    pub(crate) title: &'a str,
    pub(crate) library: &'a Library<'a>,
    /// Objects that parameters refer to but that are not written yet, by the names of their types.
    pub(crate) undefined: VecDeque<(String, Parameter)>,
    /// Names of the enumerations so far.
    pub(crate) names: Vec<String>,
    pub(crate) todos: usize,
}

/// A schema that is being written, and what remains to be decided about it.
#[derive(Default)]
pub(crate) struct SchemaDraft {
    pub(crate) members: Object,
    pub(crate) todos: Vec<String>,
}

impl SchemaDraft {
    pub(crate) fn add(&mut self, name: &str, value: impl Into<Json>) {
        self.members.set(name, value);
    }

    pub(crate) fn todo(&mut self, todo: impl Into<String>) {
        self.todos.push(todo.into());
    }

    /// Notes each sentence of the page about a parameter.
    pub(crate) fn quote(&mut self, parameter: &Parameter) {
        let own = std::iter::once(parameter).chain(parameter.item.as_deref());
        let sentences = own.flat_map(|parameter| sentences::of_words("", &parameter.words));
        self.todos.extend(sentences.map(|sentence| format!("the page says: {}", sentence.words)));
    }
}

impl<'a> Writer<'a> {
    pub(crate) fn new(page: &'a Capture, title: &'a str, library: &'a Library<'a>) -> Self {
        Self { page, title, library, undefined: VecDeque::new(), names: Vec::new(), todos: 0 }
    }

    /// A type name that is not taken yet.
    pub(crate) fn type_name(&mut self, text: &str) -> String {
        let name = names::type_name(text);
        let is_taken = self.library.is_taken(&name) || self.names.contains(&name);
        let name = if is_taken { format!("{}{name}", self.title) } else { name };
        self.names.push(name.clone());
        name
    }

    /// The schema, with its TODOs before what they are about.
    pub(crate) fn finish(&mut self, mut schema: SchemaDraft) -> Object {
        self.todos += schema.todos.len();
        if !schema.todos.is_empty() {
            schema.members.set_first("$comment", comment(&schema.todos));
        }
        schema.members
    }
}

/// A comment of TODOs.
pub(crate) fn comment(todos: &[String]) -> String {
    let todos: Vec<String> = todos.iter().map(|todo| format!("TODO: {todo}")).collect();
    todos.join("; ")
}

/// `enable_audio` as words: `Enable audio`.
pub(crate) fn words(name: &str) -> String {
    upper_first(&name.replace(['_', '-', '.'], " ").to_lowercase())
}
