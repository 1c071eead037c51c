//! Pairs of specs: a page, and the same page after an edit of the kind that people make.

use std::fmt;

use foxapi_codegen::check;
use foxapi_tests::workspace;
use serde_json::{Value, json};

use crate::keywords::cases::Case;
use crate::oracle::choices::Choices;
use crate::oracle::specs::Specs;
use crate::survival::mutation::schemas;

/// A page with the files that it refers to.
#[derive(Clone)]
pub(super) struct Folder {
    pub(super) specs: Specs,
    pub(super) page: String,
    /// The files that are edited.
    files: Vec<String>,
}

impl Folder {
    /// The pages of the spec folder, and those of the keyword cases, by themselves: without the answer, and without
    /// examples, which edits would have to follow.
    pub(super) fn all() -> Vec<Self> {
        let folder = Specs::read(&workspace().join("spec"));
        let pages = pages(&folder).map(|page| {
            let specs = folder.only(&[page, "common.json"]);
            Self::new(specs, page.to_owned(), vec![page.to_owned(), page.to_owned(), "common.json".to_owned()])
        });
        pages.chain(Self::cases()).collect()
    }

    /// The pages of the keyword cases only.
    pub(super) fn cases() -> Vec<Self> {
        let cases = workspace().join("tests/it/keywords");
        let common = Specs::read(&cases).only(&["keywords-common.json"]);
        let cases = Case::all(&cases.join("accepted")).into_iter().map(|case| {
            let refers = case.spec.to_string().contains("keywords-common");
            let mut specs = if refers { common.clone() } else { Specs::default() };
            specs.insert(case.file(), case.spec.clone());
            Self::new(specs, case.file(), vec![case.file()])
        });
        cases.collect()
    }

    /// The folders whose page has rules, as few edits of the others are about rules.
    pub(super) fn with_rules() -> Vec<Self> {
        let has_rules = |folder: &Self| {
            folder.specs.iter().any(|(name, spec)| name == folder.page && spec["allOf"].as_array().is_some())
        };
        Self::all().into_iter().filter(has_rules).collect()
    }

    fn new(mut specs: Specs, page: String, files: Vec<String>) -> Self {
        for (_, spec) in specs.iter_mut() {
            without_examples(spec);
        }
        Self { specs, page, files }
    }
}

/// The files of pages.
fn pages(folder: &Specs) -> impl Iterator<Item = &str> {
    folder.iter().filter(|(_, spec)| spec.get("x-endpoint").is_some()).map(|(page, _)| page)
}

fn without_examples(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_examples),
        Value::Object(members) => {
            members.remove("examples");
            members.values_mut().for_each(without_examples);
        }
        _ => {}
    }
}

/// A page before and after.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) page: String,
    pub(super) from: Specs,
    pub(super) to: Specs,
    edits: Vec<String>,
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.page, self.edits.join("; "))
    }
}

impl Pair {
    /// The pair that a tape stands for, if both sides are valid.
    pub(super) fn new(folders: &[Folder], tape: &[u32]) -> Option<Self> {
        let mut choices = Choices::new(tape);
        let folder = choices.of(folders);
        let mut to = folder.specs.clone();
        let mut edits = Vec::new();
        for _ in 0..=choices.below(2) {
            let file = choices.of(&folder.files).clone();
            let spec = to.get(&file).expect("a file").clone();
            // An edit that the generator refuses is not made.
            for _ in 0..6 {
                let mut edited = spec.clone();
                let Some(what) = edit(&mut edited, &mut choices) else { continue };
                let mut tried = to.clone();
                tried.insert(file.clone(), edited);
                if tried.get(&file) != Some(&spec) && check(&tried.sources()).is_ok() {
                    to = tried;
                    edits.push(format!("{file}{what}"));
                    break;
                }
            }
        }
        let pair = Self { page: folder.page.clone(), from: folder.specs.clone(), to, edits };
        (!pair.edits.is_empty()).then_some(pair)
    }

    /// The same without the edits.
    pub(super) fn before(&self) -> Self {
        Self { page: self.page.clone(), from: self.from.clone(), to: self.from.clone(), edits: Vec::new() }
    }

    pub(super) fn models(specs: &Specs, page: &str) -> Vec<String> {
        let model = &specs.get(page).expect("the page")["properties"]["model"];
        let options = model["oneOf"].as_array().expect("models");
        options.iter().map(|option| option["const"].as_str().expect("an ID").to_owned()).collect()
    }
}

/// Makes one edit somewhere, and says which.
fn edit(spec: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    let mut places = Vec::new();
    schemas(spec, "", "", &mut places);
    let containers = places.clone();
    for (path, _) in containers {
        let Some(schema) = spec.pointer(&path) else { continue };
        let items = schema["prefixItems"].as_array().map_or(0, Vec::len);
        places.extend((0..items).map(|index| (format!("{path}/prefixItems/{index}"), String::new())));
        if schema["additionalProperties"].is_object() {
            places.push((format!("{path}/additionalProperties"), String::new()));
        }
    }
    let edits: &[Edit] = &[
        limit, limit, limit, listed, listed, required, null, property, property, rule, rule, rule, default, no_default,
        kind, words, text, text, step,
    ];
    let edit = *choices.of(edits);
    let start = choices.below(places.len());
    // The first place from here on where the edit fits.
    for (path, _) in places.iter().cycle().skip(start).take(places.len()) {
        let schema = spec.pointer_mut(path).filter(|schema| schema.is_object())?;
        if let Some(what) = edit(schema, choices) {
            return Some(format!("{path}: {what}"));
        }
    }
    None
}

type Edit = fn(&mut Value, &mut Choices<'_>) -> Option<String>;

fn has_type(schema: &Value, name: &str) -> bool {
    schema["type"] == name || schema["type"].as_array().is_some_and(|types| types.iter().any(|it| it == name))
}

/// Another limit, one more, or one less.
fn limit(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    const OF: &[(&str, &[&str])] = &[
        ("string", &["minLength", "maxLength"]),
        ("integer", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
        ("array", &["minItems", "maxItems"]),
        ("object", &["minProperties", "maxProperties"]),
    ];
    if has_type(schema, "object") && !schema["additionalProperties"].is_object() {
        return None;
    }
    let (_, keywords) = OF.iter().find(|(name, _)| has_type(schema, name))?;
    let keyword = *choices.of(keywords);
    match (schema.get(keyword).and_then(Value::as_f64), choices.below(4)) {
        (Some(_), 0) => {
            schema.as_object_mut()?.remove(keyword);
            Some(format!("no {keyword}"))
        }
        (Some(value), _) => {
            let step = *choices.of(&[-1.0, 1.0, 2.0, 5.0, -3.0, 4_294_967_296.0]);
            let value = value + step;
            schema[keyword] = if value.fract() == 0.0 { json!(value as i64) } else { json!(value) };
            Some(format!("{keyword} {value}"))
        }
        (None, _) => {
            let value = *choices.of(&[0, 1, 2, 5, 12, 2000]);
            schema[keyword] = json!(value);
            Some(format!("{keyword} {value}"))
        }
    }
}

/// Another pattern or format, one more, or one less.
fn text(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    const PATTERNS: &[&str] = &["^[a-z]", "^[a-z]*$", "a", "^#", "^[a-z]{1,3}$", "\\d", "^(?:a|fox)", "[^é]$"];
    const FORMATS: &[&str] = &["uri", "date", "time", "date-time", "uuid", "email"];
    if !has_type(schema, "string") {
        return None;
    }
    let (keyword, values) = *choices.of(&[("pattern", PATTERNS), ("pattern", PATTERNS), ("format", FORMATS)]);
    if schema.get(keyword).is_some() && choices.once_in(3) {
        schema.as_object_mut()?.remove(keyword);
        schema.as_object_mut()?.remove("x-uri-schemes");
        return Some(format!("no {keyword}"));
    }
    let value = *choices.of(values);
    schema[keyword] = value.into();
    schema.as_object_mut()?.remove("x-uri-schemes");
    Some(format!("{keyword} {value}"))
}

/// Another step of numbers.
fn step(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    if !has_type(schema, "number") {
        return None;
    }
    let value = *choices.of(&[0.5, 0.25, 0.1, 0.05]);
    schema["multipleOf"] = json!(value);
    Some(format!("multipleOf {value}"))
}

/// An option more, fewer, renamed, or in another place.
fn listed(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    let keyword = ["enum", "oneOf", "anyOf"].into_iter().find(|keyword| schema[keyword].is_array())?;
    let options = schema[keyword].as_array_mut()?;
    if keyword != "enum" && !options.iter().any(|option| option.get("const").is_some()) {
        return None;
    }
    let at = choices.below(options.len());
    match choices.below(4) {
        0 if options.len() > 1 => {
            options.remove(at);
        }
        1 => {
            let mut new = options[at].clone();
            let value = if keyword == "enum" { &mut new } else { &mut new["const"] };
            *value = match &*value {
                Value::String(_) => "added".into(),
                Value::Number(_) => json!(7),
                other => other.clone(),
            };
            if new.get("title").is_some() {
                new["title"] = "Added".into();
            }
            options.push(new);
        }
        2 if options[at].get("const").is_some_and(Value::is_string) => options[at]["title"] = "Renamed".into(),
        _ => options.reverse(),
    }
    Some(format!("{keyword} {}", Value::from(options.clone())))
}

fn required(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    // Not in a rule, where it means something else.
    schema.get("additionalProperties")?;
    let names: Vec<String> = schema["properties"].as_object()?.keys().cloned().collect();
    let name = choices.of(&names).clone();
    if schema.get("required").is_none() {
        schema["required"] = json!([]);
    }
    let required = schema["required"].as_array_mut()?;
    match required.iter().position(|known| *known == name) {
        Some(at) => drop(required.remove(at)),
        None => required.push(name.clone().into()),
    }
    Some(format!("required {name} or not"))
}

fn null(schema: &mut Value, _: &mut Choices<'_>) -> Option<String> {
    let types = match &schema["type"] {
        Value::String(name) if name != "null" => json!([name, "null"]),
        Value::Array(types) if types.len() == 2 => types[0].clone(),
        _ => return None,
    };
    schema["type"] = types.clone();
    Some(format!("type {types}"))
}

/// A property that goes, comes, is renamed, or moves.
fn property(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    schema.get("additionalProperties")?;
    let properties = schema["properties"].as_object_mut()?;
    let names: Vec<String> = properties.keys().filter(|name| *name != "model").cloned().collect();
    if names.is_empty() {
        return None;
    }
    let name = choices.of(&names).clone();
    let what = match choices.below(4) {
        0 => {
            properties.remove(&name);
            format!("no {name}")
        }
        1 => {
            properties.insert(
                "fresh".to_owned(),
                json!({ "description": "Something new.", "type": "integer", "minimum": 1, "maximum": 9 }),
            );
            "fresh".to_owned()
        }
        2 => {
            let property = properties.remove(&name)?;
            properties.insert("renamed".to_owned(), property);
            format!("{name} renamed")
        }
        _ => {
            // A copy under another name, with another title if it is a type.
            let mut copy = properties.get(&name)?.clone();
            if copy.get("title").is_some() {
                copy["title"] = "CopiedType".into();
            }
            properties.insert("copied".to_owned(), copy);
            format!("{name} copied")
        }
    };
    Some(what)
}

/// A rule that goes, comes, moves, or says something else.
fn rule(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    schema.get("additionalProperties")?;
    let properties = schema["properties"].as_object()?;
    let names: Vec<String> = properties.keys().filter(|name| *name != "model").cloned().collect();
    let arrays: Vec<String> =
        properties.iter().filter(|(_, property)| has_type(property, "array")).map(|(name, _)| name.clone()).collect();
    if names.is_empty() {
        return None;
    }
    let given = |name: &str| json!({ "required": [name], "properties": { name: { "not": { "type": "null" } } } });
    let (one, other) = (choices.of(&names).clone(), choices.of(&names).clone());
    let new = match choices.below(5) {
        0 => json!({ "if": given(&one), "then": given(&other) }),
        1 => json!({ "not": { "allOf": [given(&one), given(&other)] } }),
        2 => json!({ "anyOf": [given(&one), given(&other)] }),
        3 if arrays.len() > 1 => {
            json!({ "x-combined-max-items": { "arrays": [arrays[0], arrays[1]], "maximum": 3 } })
        }
        _ => {
            let constant = match properties.get(&one).and_then(|property| property.get("default")) {
                Some(default) => default.clone(),
                None => json!(5),
            };
            json!({ "if": { "properties": { one.clone(): { "const": constant } } }, "then": given(&other) })
        }
    };
    if schema.get("allOf").is_none() {
        schema["allOf"] = json!([]);
    }
    let rules = schema["allOf"].as_array_mut()?;
    let sentence = format!("{one} and {other} go together.");
    let what = match choices.below(6) {
        0 if !rules.is_empty() => {
            let at = choices.below(rules.len());
            rules.remove(at);
            "a rule less".to_owned()
        }
        1 if !rules.is_empty() => {
            rules.reverse();
            "rules reversed".to_owned()
        }
        2 if !rules.is_empty() => {
            let at = choices.below(rules.len());
            rules[at]["description"] = "In other words.".into();
            "a rule reworded".to_owned()
        }
        3 if !rules.is_empty() => {
            let at = choices.below(rules.len());
            let sentence = rules[at]["description"].clone();
            rules[at] = new;
            rules[at]["description"] = sentence;
            format!("rule {at} is now {}", rules[at])
        }
        4 if rules.iter().any(|rule| rule.get("then").is_some()) => {
            // The same condition with the consequence of another rule.
            let donor = rules.iter().find_map(|rule| rule.get("then")).cloned()?;
            let rule = rules.iter_mut().rev().find(|rule| rule.get("then").is_some())?;
            rule["then"] = donor;
            format!("a rule is now {rule}")
        }
        _ => {
            let mut new = new;
            new["description"] = sentence.into();
            let what = format!("a rule more: {new}");
            rules.push(new);
            what
        }
    };
    if rules.is_empty() {
        schema.as_object_mut()?.remove("allOf");
    }
    Some(what)
}

fn default(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    let constants: Vec<Value> = ["oneOf", "anyOf"]
        .iter()
        .flat_map(|keyword| schema[keyword].as_array().into_iter().flatten())
        .filter_map(|option| option.get("const").cloned())
        .chain(schema["enum"].as_array().into_iter().flatten().cloned())
        .filter(|constant| !constant.is_null())
        .collect();
    let value = match constants.as_slice() {
        [] if has_type(schema, "boolean") => json!(choices.once_in(2)),
        [] if has_type(schema, "integer") => json!(*choices.of(&[1, 3, 5])),
        [] if has_type(schema, "string") && schema.get("format").is_none() => json!("a"),
        [] => return None,
        constants => choices.of(constants).clone(),
    };
    schema["default"] = value.clone();
    Some(format!("default {value}"))
}

/// Removes a default.
fn no_default(schema: &mut Value, _: &mut Choices<'_>) -> Option<String> {
    if schema["oneOf"].as_array().is_some_and(|options| options.len() == 1) {
        return None;
    }
    schema.as_object_mut()?.remove("default").map(|default| format!("no default {default}"))
}

/// Another type of value.
fn kind(schema: &mut Value, choices: &mut Choices<'_>) -> Option<String> {
    let now = ["integer", "number", "string", "boolean"].into_iter().find(|name| has_type(schema, name))?;
    let then = *choices.of(&["number", "integer", "string", "boolean"]);
    let members = schema.as_object_mut()?;
    members.retain(|keyword, _| ["description", "type", "minimum", "maximum", "title"].contains(&keyword.as_str()));
    if !["integer", "number"].contains(&then) || !["integer", "number"].contains(&now) {
        members.retain(|keyword, _| !["minimum", "maximum"].contains(&keyword.as_str()));
    }
    match &mut schema["type"] {
        Value::Array(types) => types[0] = then.into(),
        single => *single = then.into(),
    }
    Some(format!("{now} → {then}"))
}

fn words(schema: &mut Value, _: &mut Choices<'_>) -> Option<String> {
    schema.get("description")?;
    schema["description"] = "Said otherwise.".into();
    Some("reworded".to_owned())
}
