//! The schema of a page as one self-contained JSON text: references inlined, one line per parameter
//! and rule.

use std::collections::HashMap;
use std::fmt::Write;

use foxapi_schema::keyword::{Role, Takes, entry};

use crate::check::{SpecFile, find_target};
use crate::raw::{Member, Node, Value};

/// What tools outside this workspace know the dialect as.
pub(crate) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a page, with everything it refers to.
///
/// `files` are all there are, by name.
pub(crate) fn bundle(files: &HashMap<&str, &SpecFile>, file: &SpecFile) -> String {
    let mut bundler = Bundler { files, open: Vec::new(), recursive: Vec::new() };
    let mut root = bundler.schema(&file.raw, file);
    if let Value::Object(members) = &mut root.value {
        for member in members.iter_mut().filter(|member| member.name == "$schema") {
            member.node.value = Value::String(DRAFT.to_owned());
        }
        let at = root.at;
        let definitions = bundler.recursive.into_iter();
        let definitions: Vec<Member> = definitions
            .filter_map(|definition| Some(Member { at, name: definition.name, node: definition.schema? }))
            .collect();
        if !definitions.is_empty() {
            members.push(Member { at, name: "$defs".to_owned(), node: Node { at, value: Value::Object(definitions) } });
        }
    }
    let mut text = String::new();
    write_root(&root, &mut text);
    text.push('\n');
    text
}

struct Bundler<'a> {
    files: &'a HashMap<&'a str, &'a SpecFile>,
    /// What is being inlined, to notice recursion.
    open: Vec<*const Node>,
    /// What refers to itself, and so stays a reference.
    recursive: Vec<Definition>,
}

/// A schema under `$defs` of the bundle.
struct Definition {
    target: *const Node,
    name: String,
    schema: Option<Node>,
}

impl<'a> Bundler<'a> {
    /// A schema without references to other files.
    fn schema(&mut self, schema: &'a Node, file: &'a SpecFile) -> Node {
        let Value::Object(members) = &schema.value else {
            return schema.clone();
        };
        let mut inlined: Vec<Member> = Vec::with_capacity(members.len());
        let mut apart = None;
        let mut listed = None;
        for member in members.iter().filter(|member| member.name != "$defs") {
            let reference = member.node.as_str().filter(|_| member.name == "$ref");
            match reference.and_then(|reference| Some((reference, find_target(self.files, file, reference)?))) {
                Some((reference, (target_file, target))) => {
                    let mut target = self.target(reference, target, target_file);
                    listed = listed_beside(&mut target, members);
                    apart = merge(target, members, &mut inlined);
                }
                None => {
                    let node = self.keyword(member, file);
                    inlined.push(Member { at: member.at, name: member.name.clone(), node });
                }
            }
        }
        if let Some(listed) = listed
            && let Some(own) = inlined.iter_mut().find(|member| member.name == LISTED)
        {
            own.node.value = Value::Array(narrowed(&own.node, &listed));
        }
        if let Some(apart) = apart {
            add_branch(&mut inlined, apart);
        }
        Node { at: schema.at, value: Value::Object(inlined) }
    }

    /// The value of a keyword: schemas are inlined, data stays as it is, whatever it looks like.
    fn keyword(&mut self, member: &'a Member, file: &'a SpecFile) -> Node {
        let Node { at, value } = &member.node;
        let takes = entry(&member.name).map_or(Takes::Value, |entry| entry.takes);
        let value = match (takes, value) {
            (Takes::Schema, _) => return self.schema(&member.node, file),
            (Takes::Schemas, Value::Array(items)) => {
                Value::Array(items.iter().map(|item| self.schema(item, file)).collect())
            }
            (Takes::Named, Value::Object(members)) => {
                let named = members.iter().map(|Member { at, name, node }| Member {
                    at: *at,
                    name: name.clone(),
                    node: self.schema(node, file),
                });
                Value::Object(named.collect())
            }
            (_, data) => data.clone(),
        };
        Node { at: *at, value }
    }

    /// What a reference points to, without what only a file has; a reference again where it is inside of itself.
    fn target(&mut self, reference: &str, target: &'a Node, file: &'a SpecFile) -> Node {
        if self.open.contains(&std::ptr::from_ref(target)) {
            let reference = format!("#/$defs/{}", self.name_of(reference, target));
            let node = Node { at: target.at, value: Value::String(reference) };
            let member = Member { at: target.at, name: "$ref".to_owned(), node };
            return Node { at: target.at, value: Value::Object(vec![member]) };
        }
        self.open.push(target);
        let mut inlined = self.schema(target, file);
        self.open.pop();
        if let Value::Object(members) = &mut inlined.value {
            members.retain(|member| entry(&member.name).is_none_or(|entry| entry.role != Role::Identity));
        }
        let known = self.recursive.iter_mut().find(|definition| std::ptr::eq(definition.target, target));
        if let Some(definition) = known {
            definition.schema = Some(inlined.clone());
        }
        inlined
    }

    /// What a recursive schema is called: as where it is defined, with a number where that name is taken.
    fn name_of(&mut self, reference: &str, target: &'a Node) -> String {
        if let Some(known) = self.recursive.iter().find(|definition| std::ptr::eq(definition.target, target)) {
            return known.name.clone();
        }
        let name = reference.rsplit(['/', '#']).next().filter(|name| !name.is_empty()).unwrap_or("Root");
        let mut free = name.to_owned();
        let mut number = 1;
        while self.recursive.iter().any(|definition| definition.name == free) {
            number += 1;
            free = format!("{name}{number}");
        }
        self.recursive.push(Definition { target, name: free.clone(), schema: None });
        free
    }
}

/// Puts the keywords of a reference's target in its place, among its neighbours.
///
/// What must stay a schema of its own, because a neighbour says something of the same kind, is given back.
fn merge(target: Node, neighbours: &[Member], inlined: &mut Vec<Member>) -> Option<Node> {
    let Node { at, value } = target;
    let Value::Object(members) = value else {
        return Some(Node { at, value });
    };
    let documents = |name: &str| entry(name).is_some_and(|it| matches!(it.role, Role::Annotation | Role::Note));
    let is_beside = |name: &str| name != "$ref" && neighbours.iter().any(|neighbour| neighbour.name == name);
    let (documentation, assertions): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| documents(&member.name));
    inlined.extend(documentation.into_iter().filter(|member| !is_beside(&member.name)));
    let clashes = |assertion: &Member| match assertion.name.as_str() {
        // The one is about what the other does not name.
        "properties" | "additionalProperties" => is_beside("properties") || is_beside("additionalProperties"),
        name => is_beside(name),
    };
    if assertions.iter().any(clashes) {
        return Some(Node { at, value: Value::Object(assertions) });
    }
    inlined.extend(assertions);
    None
}

/// The keyword that lists constants with what they mean.
const LISTED: &str = "oneOf";

/// Takes a list of constants out of a reference's target where there is one beside the reference, too.
fn listed_beside(target: &mut Node, neighbours: &[Member]) -> Option<Node> {
    let is_listing = |member: &Member| member.name == LISTED && constants(&member.node).is_some();
    let Value::Object(members) = &mut target.value else { return None };
    let at = members.iter().position(is_listing).filter(|_| neighbours.iter().any(is_listing))?;
    Some(members.remove(at).node)
}

/// A list of constants with what another list, of the same value, says of them; those that only one list has are gone.
fn narrowed(own: &Node, listed: &Node) -> Vec<Node> {
    let known = constants(listed).unwrap_or_default();
    let mut branches = Vec::new();
    for branch in own.items() {
        let value = branch.get("const").map(Node::to_json);
        let Some((_, same)) = known.iter().find(|(constant, _)| Some(constant) == value.as_ref()) else { continue };
        let mut members = branch.members().to_vec();
        members.extend(same.members().iter().filter(|member| branch.get(&member.name).is_none()).cloned());
        branches.push(Node { at: branch.at, value: Value::Object(members) });
    }
    branches
}

/// The constants of a list that has nothing else.
fn constants(list: &Node) -> Option<Vec<(serde_json::Value, &Node)>> {
    list.items().iter().map(|branch| Some((branch.get("const")?.to_json(), branch))).collect()
}

/// Adds a branch to `allOf`.
fn add_branch(members: &mut Vec<Member>, branch: Node) {
    let branches = members.iter_mut().find(|member| member.name == "allOf");
    if let Some(Member { node: Node { value: Value::Array(branches), .. }, .. }) = branches {
        branches.push(branch);
        return;
    }
    let at = branch.at;
    members.push(Member { at, name: "allOf".to_owned(), node: Node { at, value: Value::Array(vec![branch]) } });
}

/// The top of the schema: a line per keyword, and per parameter and rule.
fn write_root(root: &Node, text: &mut String) {
    text.push_str("{\n");
    let members = root.members();
    for (index, member) in members.iter().enumerate() {
        let _ = write!(text, "  {}: ", quoted(&member.name));
        match (member.name.as_str(), &member.node.value) {
            ("properties" | "$defs", Value::Object(properties)) if !properties.is_empty() => {
                write_lines(text, ["{", "}"], properties.iter(), |text, property| {
                    let _ = write!(text, "{}: ", quoted(&property.name));
                    write_node(&property.node, text);
                });
            }
            ("allOf", Value::Array(rules)) if !rules.is_empty() => {
                write_lines(text, ["[", "]"], rules.iter(), |text, rule| write_node(rule, text));
            }
            _ => write_node(&member.node, text),
        }
        text.push_str(if index + 1 < members.len() { ",\n" } else { "\n" });
    }
    text.push('}');
}

fn write_lines<T>(
    text: &mut String,
    [open, close]: [&str; 2],
    items: impl ExactSizeIterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    let count = items.len();
    let _ = writeln!(text, "{open}");
    for (index, item) in items.enumerate() {
        text.push_str("    ");
        write(text, item);
        text.push_str(if index + 1 < count { ",\n" } else { "\n" });
    }
    let _ = write!(text, "  {close}");
}

pub(crate) fn write_node(node: &Node, text: &mut String) {
    match &node.value {
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                write_node(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, member) in members.iter().enumerate() {
                text.push_str(if index > 0 { ", " } else { "" });
                let _ = write!(text, "{}: ", quoted(&member.name));
                write_node(&member.node, text);
            }
            text.push('}');
        }
        _ => {
            let _ = write!(text, "{}", node.to_json());
        }
    }
}

fn quoted(name: &str) -> serde_json::Value {
    name.into()
}
