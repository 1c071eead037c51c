//! A spec that is being written: its schemas, what is left to decide about them, and what other specs have.

pub(crate) mod json;
mod library;
pub(crate) mod names;
pub(crate) mod trial;

use crate::{
    page::{Keyword, Page, Parameter},
    sentences,
};

pub(crate) use json::Json;
pub(crate) use library::Library;

/// Writes the parameters of one page.
pub(crate) struct Writer<'a> {
    pub(crate) page: &'a Page,
    pub(crate) title: &'a str,
    pub(crate) library: &'a Library,
    /// Types of objects in the parameters.
    pub(crate) definitions: Vec<(String, Json)>,
    /// Names of the enumerations so far.
    pub(crate) names: Vec<String>,
    /// Keywords of the objects in `definitions`, and of the request.
    pub(crate) stated: Vec<(Option<String>, Keyword)>,
    pub(crate) todos: usize,
}

/// A schema that is being written, and what is left to decide about it.
#[derive(Default)]
pub(crate) struct Schema {
    pub(crate) members: Vec<(String, Json)>,
    pub(crate) todos: Vec<String>,
}

impl Schema {
    pub(crate) fn add(&mut self, name: &str, value: impl Into<Json>) {
        self.members.push((name.to_owned(), value.into()));
    }

    pub(crate) fn todo(&mut self, todo: impl Into<String>) {
        self.todos.push(todo.into());
    }
}

impl<'a> Writer<'a> {
    pub(crate) fn new(page: &'a Page, title: &'a str, library: &'a Library) -> Self {
        Self { page, title, library, definitions: Vec::new(), names: Vec::new(), stated: Vec::new(), todos: 0 }
    }

    /// A name of a type that nothing has yet.
    pub(crate) fn type_name(&mut self, text: &str) -> String {
        let name = names::type_name(text);
        let is_taken = self.library.is_taken(&name) || self.names.contains(&name);
        let name = if is_taken { format!("{}{name}", self.title) } else { name };
        self.names.push(name.clone());
        name
    }

    /// The schema with its TODOs: what was left open, then each sentence of the page.
    pub(crate) fn finish(&mut self, parameter: &Parameter, mut schema: Schema) -> Json {
        let own = std::iter::once(parameter).chain(parameter.item.as_deref());
        let sentences = own.flat_map(|parameter| sentences::of_words("", &parameter.words));
        schema.todos.extend(sentences.map(|sentence| format!("the page says: {}", sentence.words)));
        self.todos += schema.todos.len();
        if !schema.todos.is_empty() {
            // Before what it is about.
            schema.members.insert(0, ("$comment".to_owned(), Json::text(comment(&schema.todos))));
        }
        Json::Object(schema.members)
    }
}

/// A comment of TODOs.
pub(crate) fn comment(todos: &[String]) -> String {
    let todos: Vec<String> = todos.iter().map(|todo| format!("TODO: {todo}")).collect();
    todos.join("; ")
}

/// `enable_audio` and `enableAudio` as words: `Enable audio`.
pub(crate) fn words(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push(' ');
        }
        words.push(if matches!(letter, '_' | '-' | '.') { ' ' } else { letter.to_ascii_lowercase() });
        before = letter;
    }
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}
