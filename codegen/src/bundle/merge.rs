//! Merges two schemas of the same value: the target of a reference and the keywords next to the reference.
//!
//! Code that describes a value reads only one schema, so both are combined into one. What cannot be combined stays
//! a branch of `allOf`.

use foxapi_schema::assertion::Assertion;
use foxapi_schema::keyword::{About, Role, Takes, entry};
use foxapi_schema::number::equal;

use crate::raw::{Member, Node, Value};

/// Merges a target into the keywords next to its reference, inserting new ones at a position.
///
/// Documentation next to the reference wins. Returns what has to stay a separate schema.
pub(super) fn merge(own: &mut Vec<Member>, position: usize, target: Node) -> Option<Node> {
    let Node { at, value } = target;
    let Value::Object(members) = value else { return Some(Node { at, value }) };
    let documents = |name: &str| entry(name).is_some_and(|it| matches!(it.role, Role::Annotation | Role::Note));
    let is_own = |own: &[Member], name: &str| own.iter().any(|member| member.name == name);
    let (documentation, mut assertions): (Vec<_>, Vec<_>) =
        members.into_iter().partition(|member| documents(&member.name));
    let mut added: Vec<Member> = documentation.into_iter().filter(|member| !is_own(own, &member.name)).collect();
    if !fits_properties(own, &assertions) {
        insert(own, position, added);
        return Some(Node { at, value: Value::Object(assertions) });
    }
    filter_listed(&mut assertions, own);
    filter_listed(own, &mut assertions);
    let (mut apart, assertions): (Vec<_>, Vec<_>) = {
        let all = assertions.clone();
        assertions.into_iter().partition(|member| is_of_shared_group(&member.name, own, &all))
    };
    for member in assertions {
        match own.iter_mut().find(|known| known.name == member.name) {
            None => added.push(member),
            Some(known) => match intersection(&member.name, &known.node, &member.node) {
                Some(value) => known.node.value = value,
                None => apart.push(member),
            },
        }
    }
    insert(own, position, added);
    (!apart.is_empty()).then_some(Node { at, value: Value::Object(apart) })
}

/// Merges the branches of `allOf` into the schema, except for objects, where they are rules with a sentence each.
pub(super) fn flatten(members: &mut Vec<Member>) {
    let is_object = members.iter().any(|member| match (member.name.as_str(), &member.node.value) {
        ("properties" | "additionalProperties", _) => true,
        ("type", Value::String(name)) => name == "object",
        ("type", Value::Array(names)) => names.iter().any(|name| name.as_str() == Some("object")),
        _ => false,
    });
    let Some(at) = members.iter().position(|member| member.name == "allOf" && !is_object) else { return };
    let branches = members.remove(at).node.items().to_vec();
    for branch in branches {
        let end = members.len();
        if let Some(apart) = merge(members, end, branch) {
            add_branch(members, apart);
        }
    }
}

fn insert(own: &mut Vec<Member>, position: usize, added: Vec<Member>) {
    let position = position.min(own.len());
    own.splice(position..position, added);
}

/// Whether properties can be merged: `additionalProperties` applies to whatever the same schema does not name.
fn fits_properties(own: &[Member], target: &[Member]) -> bool {
    let get =
        |members: &[Member], name: &str| members.iter().find(|known| known.name == name).map(|it| it.node.clone());
    let named = |members: &[Member]| -> Vec<String> {
        let properties = get(members, "properties");
        properties.iter().flat_map(Node::members).map(|member| member.name.clone()).collect()
    };
    let covers = |outer: &[Member], inner: &[Member]| {
        get(outer, "additionalProperties").is_none() || named(inner).iter().all(|name| named(outer).contains(name))
    };
    covers(own, target) && covers(target, own)
}

/// Keywords that only have a meaning together; `items` applies to what `prefixItems` leaves over.
const GROUPS: [&[&str]; 3] =
    [&["if", "then", "else"], &["contains", "minContains", "maxContains"], &["prefixItems", "items"]];

/// Whether a keyword of the target belongs to a group that also has a keyword next to the reference.
fn is_of_shared_group(keyword: &str, own: &[Member], target: &[Member]) -> bool {
    let has = |members: &[Member], group: &[&str]| members.iter().any(|member| group.contains(&member.name.as_str()));
    let is_plain = |members: &[Member]| !has(members, &["prefixItems"]);
    GROUPS.iter().filter(|group| group.contains(&keyword)).any(|group| {
        let are_items = keyword == "items" && is_plain(own) && is_plain(target);
        !are_items && has(own, group)
    })
}

/// Filters constants with titles by the plain list of the other schema, and drops that list.
fn filter_listed(listing: &mut [Member], plain: &mut Vec<Member>) {
    let Some(listed) = listing.iter_mut().find(|member| member.name == "oneOf") else { return };
    let Some(constants) = constants(&listed.node) else { return };
    let Some(at) = plain.iter().position(|member| matches!(member.name.as_str(), "enum" | "const")) else { return };
    let member = plain.remove(at);
    let values: Vec<_> = match member.name.as_str() {
        "const" => vec![member.node.to_json()],
        _ => member.node.items().iter().map(Node::to_json).collect(),
    };
    let kept = constants.into_iter().filter(|(constant, _)| values.iter().any(|value| equal(value, constant)));
    listed.node.value = Value::Array(kept.map(|(_, branch)| branch.clone()).collect());
}

/// A value of a keyword that is equivalent to two values together, if there is one.
fn intersection(keyword: &str, own: &Node, target: &Node) -> Option<Value> {
    if own.to_json() == target.to_json() {
        return Some(own.value.clone());
    }
    if let Some(own_is_tighter) = is_tighter(keyword, own, target) {
        return Some(if own_is_tighter { own.value.clone() } else { target.value.clone() });
    }
    match (&own.value, &target.value) {
        (Value::Array(left), Value::Array(right)) => match keyword {
            "required" | "allOf" => {
                let is_new = |item: &&Node| !left.iter().any(|known| known.to_json() == item.to_json());
                Some(Value::Array(left.iter().chain(right.iter().filter(is_new)).cloned().collect()))
            }
            _ if is_choice(keyword) => {
                let is_common = |item: &&Node| right.iter().any(|known| equal(&known.to_json(), &item.to_json()));
                let common: Vec<Node> = left.iter().filter(is_common).cloned().collect();
                (!common.is_empty()).then_some(Value::Array(common))
            }
            "oneOf" => narrowed(own, target).map(Value::Array),
            _ => None,
        },
        // The intersection of a single type and a list is the single type.
        (Value::String(single), Value::Array(several)) | (Value::Array(several), Value::String(single))
            if keyword == "type" =>
        {
            let is_common = several.iter().any(|name| name.as_str() == Some(single));
            is_common.then(|| Value::String(single.clone()))
        }
        (Value::Object(left), Value::Object(_)) => match keyword {
            "properties" => {
                let mut properties = left.clone();
                for member in target.members() {
                    match properties.iter_mut().find(|known| known.name == member.name) {
                        Some(known) => known.node = joined(&known.node, &member.node),
                        None => properties.push(member.clone()),
                    }
                }
                Some(Value::Object(properties))
            }
            "items" => Some(joined(own, target).value),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a keyword lists what is allowed, so that two lists allow only what they have in common.
fn is_choice(keyword: &str) -> bool {
    entry(keyword).is_some_and(|entry| {
        let are_options = matches!(entry.takes, Takes::Values | Takes::Types) && entry.role != Role::Annotation;
        are_options || entry.takes == Takes::Names && entry.about == About::Strings
    })
}

/// Whether the first of two limits of a keyword implies the second; `None` if neither implies the other.
fn is_tighter(keyword: &str, own: &Node, target: &Node) -> Option<bool> {
    let read = |node: &Node| Assertion::read(keyword, &node.to_json())?.ok();
    match (read(own)?, read(target)?) {
        (None, _) => Some(false),
        (Some(own), Some(target)) if own.implies(&target) => Some(true),
        (Some(own), Some(target)) => target.implies(&own).then_some(false),
        (Some(_), None) => Some(true),
    }
}

/// Joins two schemas, with a branch in `allOf` for what has to stay separate.
fn joined(own: &Node, target: &Node) -> Node {
    let Value::Object(members) = &own.value else {
        return Node { at: own.at, value: Value::Object(vec![branches(own.at, vec![own.clone(), target.clone()])]) };
    };
    let mut members = members.clone();
    let position = members.len();
    if let Some(apart) = merge(&mut members, position, target.clone()) {
        add_branch(&mut members, apart);
    }
    Node { at: own.at, value: Value::Object(members) }
}

fn branches(at: crate::raw::Span, branches: Vec<Node>) -> Member {
    Member { at, name: "allOf".to_owned(), node: Node { at, value: Value::Array(branches) } }
}

/// Adds a branch to `allOf`.
pub(super) fn add_branch(members: &mut Vec<Member>, branch: Node) {
    match members.iter_mut().find(|member| member.name == "allOf") {
        Some(Member { node: Node { value: Value::Array(branches), .. }, .. }) => branches.push(branch),
        _ => members.push(branches(branch.at, vec![branch])),
    }
}

/// The constants that two lists for the same value have in common, with the documentation of both.
fn narrowed(own: &Node, listed: &Node) -> Option<Vec<Node>> {
    let (own, known) = (constants(own)?, constants(listed)?);
    let mut branches = Vec::new();
    for (value, branch) in own {
        let Some((_, same)) = known.iter().find(|(constant, _)| equal(constant, &value)) else { continue };
        let mut members = branch.members().to_vec();
        members.extend(same.members().iter().filter(|member| branch.get(&member.name).is_none()).cloned());
        branches.push(Node { at: branch.at, value: Value::Object(members) });
    }
    Some(branches)
}

/// The constants of a list, if it has nothing else.
fn constants(list: &Node) -> Option<Vec<(serde_json::Value, &Node)>> {
    list.items().iter().map(|branch| Some((branch.get("const")?.to_json(), branch))).collect()
}
