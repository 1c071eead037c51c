//! A first spec from a page: what its structure states, and a TODO for each sentence.

use std::path::Path;

use foxapi_schema::words::list;

use crate::draft::{Json, Library, Object, SchemaDraft, Writer, comment, names};
use crate::facts;
use crate::identify::{is_slug, slug_of};
use crate::page::Capture;
use crate::problem::Problem;
use crate::spec::Specs;

/// The beginning of a spec.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Draft {
    /// The path of the file in the spec folder, according to its group and family.
    pub name: String,
    /// The text of the file.
    pub text: String,
    /// How many TODOs it has.
    pub todos: usize,
}

/// Begins the spec of the page called `slug`; `docs` is the address of the page.
///
/// It goes into the folder of `family`; without one, into that of the pages whose names begin alike, or into one
/// named after the first word of the page's name.
///
/// # Errors
///
/// Why no spec can be begun from this page.
pub fn draft(
    page: &Capture,
    slug: &str,
    docs: Option<&str>,
    family: Option<&str>,
    specs: &Specs,
) -> Result<Draft, Problem> {
    if page.models.is_empty() {
        return Err(Problem::whole("the page names no model", "a spec describes requests that name their model"));
    }
    let models: Vec<String> = page.models.iter().map(|model| format!("`{}`", model.value)).collect();
    if let Some(family) = family.filter(|family| !is_slug(family) || family.contains('.')) {
        let message = format!("{family:?} cannot be the name of a family");
        return Err(Problem::whole(message, "use lower-case letters, digits and `-` with --family"));
    }
    let library = Library::new(specs);
    let title = names::type_name(slug);
    let title = if library.is_taken(&title) { format!("{title}Request") } else { title };
    let mut writer = Writer::new(page, &title, &library);

    let mut todos = todos(page);
    let address = docs.map(|docs| docs.trim_end_matches(".md").to_owned()).unwrap_or_else(|| {
        todos.push("the capture does not give the address of its page; x-docs is a guess".to_owned());
        let host = page.host.as_ref().map_or("example.com", |host| host.value.trim_start_matches("api."));
        format!("https://docs.{host}/{slug}")
    });
    let members = Object::new()
        .with("$schema", "../../dialect.schema.json")
        .with("$id", slug)
        .with("title", title.as_str())
        .with("description", format!("A request to {}.", list(&models, "or")))
        .with("$comment", "")
        .with("x-docs", address)
        .with("x-endpoint", facts::endpoint(page))
        .with("x-source", Object::new().with("kind", "page"));
    let mut spec = SchemaDraft { members, todos };
    let mut request = page.request.clone();
    // A spec describes requests that name their model.
    request.children.iter_mut().filter(|it| it.name == "model").for_each(|model| model.required = true);
    spec.quote(&request);
    facts::write(&mut writer, &request, &mut spec);
    let definitions = facts::write_definitions(&mut writer);
    spec.add("$comment", comment(&spec.todos));
    if !definitions.is_empty() {
        spec.add("$defs", definitions);
    }
    let family = family.unwrap_or_else(|| library.family(slug));
    let name = format!("{}/{family}/{slug}.json", library.group(&facts::endpoint(page)));
    Ok(Draft { text: Json::from(spec.members).to_file(), todos: writer.todos + spec.todos.len(), name })
}

/// What remains to be decided about the request as a whole.
fn todos(page: &Capture) -> Vec<String> {
    let mut todos = vec!["say what the request makes".to_owned()];
    todos.extend(page.skipped.iter().map(|skipped| format!("not read from the page: {skipped}")));
    todos.extend(page.unread.iter().map(|unread| format!("line {} of the page: {}", unread.line, unread.value)));
    todos
}

/// The name of a page: from its address `docs`, the file that it is made from, its capture, or its first model.
#[must_use]
pub fn slug(page: &Capture, capture: &Path, docs: Option<&str>) -> String {
    if let Some(named) = docs.or(page.file.as_deref()) {
        return slug_of(Path::new(named));
    }
    let named = slug_of(capture);
    // A name such as `page.txt` says nothing; pages are named after what they are about.
    let says_something = named.contains(['-', '.']) && is_slug(&named);
    let first = page.models.first().map(|model| model.value.clone());
    if says_something { named } else { first.filter(|model| is_slug(model)).unwrap_or(named) }
}
