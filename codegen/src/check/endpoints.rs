//! `endpoints.json`: declares each endpoint that pages refer to.

use super::names;
use super::schema::Name;
use crate::diagnostic::Report;
use crate::raw::{Member, Node, Value};
use crate::suggest::closest;

/// The members of an entry of the file.
const MEMBERS: [&str; 3] = ["description", "group", "response"];

/// The HTTP methods that an endpoint may have.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// An endpoint that takes the requests of some pages.
#[derive(Clone, Debug)]
pub(crate) struct DeclaredEndpoint {
    /// The method and path by which pages refer to it.
    pub(crate) name: Name,
    pub(crate) group: Name,
    /// The spec file that describes the answer.
    pub(crate) response: Option<Name>,
}

impl DeclaredEndpoint {
    pub(crate) fn method(&self) -> &str {
        self.name.text.split_once(' ').map_or("", |(method, _)| method)
    }

    pub(crate) fn path(&self) -> &str {
        self.name.text.split_once(' ').map_or("", |(_, path)| path)
    }
}

/// All endpoints, in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Endpoints(Vec<DeclaredEndpoint>);

impl Endpoints {
    pub(crate) fn get(&self, name: &str) -> Option<&DeclaredEndpoint> {
        self.0.iter().find(|endpoint| endpoint.name.text == name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &DeclaredEndpoint> {
        self.0.iter()
    }

    /// Help for a name that no endpoint has.
    pub(crate) fn help(&self, name: &str) -> String {
        match closest(name, self.0.iter().map(|endpoint| endpoint.name.text.as_str())) {
            Some(known) => format!("did you mean \"{known}\"?"),
            None => format!("declare it in {}", crate::ENDPOINTS_FILE),
        }
    }
}

/// Reads the file. Whatever is wrong with it is reported, and the rest is still read.
pub(super) fn read(root: &Node, report: &mut Report<'_>) -> Endpoints {
    if !matches!(root.value, Value::Object(_)) {
        report.error(root.at, format!("{} must contain an object of endpoints", crate::ENDPOINTS_FILE));
    }
    let entries = root.members().iter().filter(|member| member.name != "$schema");
    Endpoints(entries.filter_map(|member| endpoint(member, report)).collect())
}

fn endpoint(member: &Member, report: &mut Report<'_>) -> Option<DeclaredEndpoint> {
    let Member { at, name, node } = member;
    let form = name.split_once(' ').filter(|(method, path)| METHODS.contains(method) && path.starts_with('/'));
    if form.is_none() {
        report.error_with_help(
            *at,
            format!("{name:?} is not an endpoint"),
            format!(
                "write its method, a space and its path, such as \"POST /v1/…\"; the methods are {}",
                METHODS.join(", ")
            ),
        );
    }
    if !matches!(node.value, Value::Object(_)) {
        report.error(node.at, format!("an endpoint is an object, not {}", node.kind()));
        return None;
    }
    for unknown in node.members().iter().filter(|member| !MEMBERS.contains(&member.name.as_str())) {
        report.error_with_help(
            unknown.at,
            format!("an endpoint has no \"{}\"", unknown.name),
            format!("it takes {}", MEMBERS.join(", ")),
        );
    }
    let mut text = |name: &str, is_needed: bool| match node.get(name) {
        Some(Node { at, value: Value::String(text) }) => Some(Name { at: *at, text: text.clone() }),
        Some(other) => {
            report.error(other.at, format!("\"{name}\" takes a string, not {}", other.kind()));
            None
        }
        None => {
            if is_needed {
                report.error(*at, format!("an endpoint needs \"{name}\""));
            }
            None
        }
    };
    text("description", true);
    let (response, group) = (text("response", false), text("group", true)?);
    if !is_group(&group.text) {
        report.error_with_help(
            group.at,
            format!("{:?} cannot be the name of a group", group.text),
            "use one word of lower-case letters that is not taken in Rust: it names a folder, a module and a type",
        );
    }
    form.map(|_| DeclaredEndpoint { name: Name { at: *at, text: name.clone() }, group, response })
}

fn is_group(text: &str) -> bool {
    // `any` is taken by the type for requests of all groups.
    !text.is_empty()
        && text != "any"
        && names::is_free_module(text)
        && text.chars().all(|letter| letter.is_ascii_lowercase())
}
