//! Bundles the schema of a page: references are inlined, so that it is self-contained.

mod merge;

use foxapi_schema::keyword::{Role, Takes, entry};
use merge::{add_branch, flatten, merge};

use crate::raw::{Member, Node, Value};
use crate::reference::{Files, find};

/// The JSON Schema draft that other tools take the dialect for.
pub(crate) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of a page, with everything it refers to.
///
/// `files` are all there are, and `file` is that of the page.
pub(crate) fn bundle(files: &Files<'_>, file: &Node) -> Node {
    let mut bundler = Bundler { files, open: Vec::new(), recursive: Vec::new(), due: Vec::new(), size: 0, depth: 0 };
    let mut root = bundler.schema(file, file);
    while let Some((target, file)) = bundler.due.pop() {
        bundler.inlined(target, file);
    }
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
    root
}

struct Bundler<'a> {
    files: &'a Files<'a>,
    /// What is being inlined, to notice recursion.
    open: Vec<*const Node>,
    /// Definitions that stay references, because they are recursive or a limit was reached.
    recursive: Vec<Definition>,
    /// Definitions that are still to be made.
    due: Vec<(&'a Node, &'a Node)>,
    /// How many keywords there are so far, and how deep in schemas the current one is.
    size: usize,
    depth: usize,
}

/// The number of keywords from which on nothing more is inlined: references to references can multiply endlessly.
const LARGEST: usize = 20_000;

/// The depth of nested schemas from which on nothing more is inlined: JSON readers limit the depth.
const DEEPEST: usize = 24;

/// A schema under `$defs` of the bundle.
struct Definition {
    target: *const Node,
    name: String,
    schema: Option<Node>,
    /// Whether the schema is made or being made.
    is_made: bool,
}

impl<'a> Bundler<'a> {
    /// A schema without references to other files.
    fn schema(&mut self, schema: &'a Node, file: &'a Node) -> Node {
        let Value::Object(members) = &schema.value else {
            return schema.clone();
        };
        self.depth += 1;
        let mut inlined: Vec<Member> = Vec::with_capacity(members.len());
        let mut reference = None;
        for member in members.iter().filter(|member| member.name != "$defs") {
            let text = member.node.as_str().filter(|_| member.name == "$ref");
            match text.and_then(|text| Some((text, find(self.files, file, text)?))) {
                Some((text, (target_file, target))) => {
                    reference = Some((inlined.len(), self.target(text, target, target_file)));
                }
                None => {
                    let node = self.keyword(member, file);
                    inlined.push(Member { at: member.at, name: member.name.clone(), node });
                }
            }
        }
        self.size += inlined.len() + 1;
        if let Some((position, target)) = reference
            && let Some(apart) = merge(&mut inlined, position, target)
        {
            add_branch(&mut inlined, apart);
        }
        if self.depth > 1 {
            flatten(&mut inlined);
        }
        self.depth -= 1;
        Node { at: schema.at, value: Value::Object(inlined) }
    }

    /// The value of a keyword: schemas are inlined, data stays as it is, whatever it looks like.
    fn keyword(&mut self, member: &'a Member, file: &'a Node) -> Node {
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
    fn target(&mut self, reference: &str, target: &'a Node, file: &'a Node) -> Node {
        let is_open = self.open.contains(&std::ptr::from_ref(target));
        if is_open || self.size > LARGEST || self.depth > DEEPEST {
            let reference = format!("#/$defs/{}", self.name_of(reference, target));
            let is_due = |known: &&mut Definition| std::ptr::eq(known.target, target) && !known.is_made && !is_open;
            if let Some(known) = self.recursive.iter_mut().find(is_due) {
                known.is_made = true;
                self.due.push((target, file));
            }
            let node = Node { at: target.at, value: Value::String(reference) };
            let member = Member { at: target.at, name: "$ref".to_owned(), node };
            return Node { at: target.at, value: Value::Object(vec![member]) };
        }
        self.inlined(target, file)
    }

    /// A target as it stands, which is also its definition where there is one.
    fn inlined(&mut self, target: &'a Node, file: &'a Node) -> Node {
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

    /// The name of a recursive schema: its name where it is defined, with a number if that is taken.
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
        self.recursive.push(Definition {
            target,
            name: free.clone(),
            schema: None,
            is_made: self.open.contains(&std::ptr::from_ref(target)),
        });
        free
    }
}
