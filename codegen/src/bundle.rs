//! The schema of a page as one self-contained JSON text: references inlined, one line per parameter
//! and rule.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::check::{SpecFile, find_target};
use crate::raw::{Member, Node, Value};

/// What tools outside this workspace know the dialect as.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a page, with everything it refers to.
pub(crate) fn bundle(files: &[SpecFile], file: &SpecFile) -> String {
    let mut bundler = Bundler { files, open: Vec::new(), recursive: BTreeMap::new() };
    let mut root = bundler.inline(&file.raw, file);
    if let Value::Object(members) = &mut root.value {
        members.retain(|member| member.name != "$defs");
        for member in members.iter_mut().filter(|member| member.name == "$schema") {
            member.node.value = Value::String(DRAFT.to_owned());
        }
        if !bundler.recursive.is_empty() {
            let at = root.at;
            let definitions = bundler
                .recursive
                .into_iter()
                .filter_map(|(name, node)| Some(Member { at, name, node: node? }))
                .collect();
            members.push(Member { at, name: "$defs".to_owned(), node: Node { at, value: Value::Object(definitions) } });
        }
    }
    let mut text = String::new();
    write_root(&root, &mut text);
    text.push('\n');
    text
}

struct Bundler<'a> {
    files: &'a [SpecFile],
    /// What is being inlined, to notice recursion: file and reference target.
    open: Vec<*const Node>,
    /// Recursive definitions, which stay references.
    recursive: BTreeMap<String, Option<Node>>,
}

impl<'a> Bundler<'a> {
    fn inline(&mut self, node: &'a Node, file: &'a SpecFile) -> Node {
        let value = match &node.value {
            Value::Object(members) => Value::Object(self.members(members, file)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.inline(item, file)).collect()),
            other => other.clone(),
        };
        Node { at: node.at, value }
    }

    fn members(&mut self, members: &'a [Member], file: &'a SpecFile) -> Vec<Member> {
        let mut inlined: Vec<Member> = Vec::with_capacity(members.len());
        for member in members {
            let target = (member.name == "$ref").then(|| member.node.as_str()).flatten();
            let target = target.and_then(|reference| Some((reference, find_target(self.files, file, reference)?)));
            match target {
                Some((reference, (target_file, target))) => {
                    let own: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
                    inlined.extend(self.target(member, reference, target, target_file, &own));
                }
                None => {
                    let node =
                        if holds_data(&member.name) { member.node.clone() } else { self.inline(&member.node, file) };
                    inlined.push(Member { at: member.at, name: member.name.clone(), node });
                }
            }
        }
        inlined
    }

    /// The members of a reference's target, beside the reference's own neighbours.
    fn target(
        &mut self,
        member: &Member,
        reference: &str,
        target: &'a Node,
        file: &'a SpecFile,
        own: &[&str],
    ) -> Vec<Member> {
        let name = reference.rsplit(['/', '#']).next().filter(|name| !name.is_empty()).unwrap_or("Root").to_owned();
        if self.open.contains(&std::ptr::from_ref(target)) {
            self.recursive.entry(name.clone()).or_insert(None);
            let node = Node { at: member.at, value: Value::String(format!("#/$defs/{name}")) };
            return vec![Member { at: member.at, name: "$ref".to_owned(), node }];
        }
        self.open.push(target);
        let inlined = self.inline(target, file);
        self.open.pop();
        if let Some(definition) = self.recursive.get_mut(&name) {
            *definition = Some(inlined.clone());
        }
        let Value::Object(members) = inlined.value else {
            let node = Node { at: member.at, value: Value::Array(vec![inlined]) };
            return vec![Member { at: member.at, name: "allOf".to_owned(), node }];
        };
        let documents =
            |name: &str| matches!(name, "title" | "description" | "default" | "examples" | "$comment" | "x-advanced");
        let (documentation, assertions): (Vec<_>, Vec<_>) = members
            .into_iter()
            .filter(|member| member.name != "$defs" && member.name != "$schema" && member.name != "$id")
            .partition(|member| documents(&member.name));
        let mut kept: Vec<Member> =
            documentation.into_iter().filter(|member| !own.contains(&member.name.as_str())).collect();
        if assertions.iter().any(|assertion| own.contains(&assertion.name.as_str())) {
            // The same keyword on both sides: both must hold, so the target stays a schema of its own.
            let node = Node { at: member.at, value: Value::Object(assertions) };
            let branch = Node { at: member.at, value: Value::Array(vec![node]) };
            let name = if own.contains(&"allOf") { "anyOf" } else { "allOf" };
            kept.push(Member { at: member.at, name: name.to_owned(), node: branch });
        } else {
            kept.extend(assertions);
        }
        kept
    }
}

/// Keywords whose value is data, not a schema: nothing in it is a reference.
fn holds_data(keyword: &str) -> bool {
    matches!(keyword, "const" | "enum" | "default" | "examples")
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

fn write_node(node: &Node, text: &mut String) {
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
