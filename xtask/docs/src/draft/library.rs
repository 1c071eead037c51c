//! What the present specs have that a new one can use: shared types, names of values, answers.

use std::collections::BTreeMap;

use foxapi_codegen::model::Definition;

use crate::spec::Specs;
use crate::tree::{self, Node};

/// The present specs, as material.
pub(crate) struct Library {
    /// The files that pages share, by their names.
    files: Vec<(String, Node)>,
    /// Names of types that are taken.
    types: Vec<String>,
    /// Names that values have elsewhere.
    values: BTreeMap<String, String>,
    /// Endpoints with their groups.
    endpoints: Vec<(String, String)>,
    families: Vec<String>,
}

impl Library {
    pub(crate) fn new(specs: &Specs) -> Self {
        let mut types = Vec::new();
        let mut values = BTreeMap::new();
        let modules = || specs.models.iter().flat_map(|model| &model.modules);
        for definition in modules().flat_map(|module| &module.definitions) {
            match definition {
                Definition::Object(object) => types.push(object.name.clone()),
                Definition::Union(union) => types.push(union.name.clone()),
                Definition::Enumeration(set) => {
                    types.push(set.name.clone());
                    for variant in &set.variants {
                        values.entry(variant.value.clone()).or_insert_with(|| variant.name.clone());
                    }
                }
            }
        }
        let files = specs.shared().into_iter().filter_map(|source| {
            let root = tree::json(std::str::from_utf8(source.bytes()).ok()?).ok()?;
            Some((source.file_name().to_owned(), root))
        });
        let endpoints = specs.models.iter().flat_map(|model| &model.endpoints);
        let endpoints = endpoints.map(|endpoint| (endpoint.name.clone(), endpoint.group.clone()));
        let families = specs.models.iter().flat_map(|model| model.families());
        let families = families.map(|family| family.name.to_owned());
        Self { files: files.collect(), types, values, endpoints: endpoints.collect(), families: families.collect() }
    }

    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.types.iter().any(|taken| taken == name || format!("{taken}Builder") == name)
    }

    /// The name that a value has in another spec.
    pub(crate) fn value(&self, value: &str) -> Option<&str> {
        self.values.get(value).map(String::as_str)
    }

    /// A reference to the shared type that has exactly these values.
    pub(crate) fn enumeration(&self, values: &[String]) -> Option<String> {
        self.definition(|schema| {
            let options = schema.get("oneOf").or_else(|| schema.get("enum"));
            let options = options.into_iter().flat_map(|options| options.items());
            let texts = options.filter_map(|option| option.get("const").unwrap_or(option).as_str().map(str::to_owned));
            let texts: Vec<String> = texts.collect();
            !texts.is_empty() && texts.len() == values.len() && values.iter().all(|value| texts.contains(value))
        })
    }

    /// A reference to the shared type of addresses.
    pub(crate) fn address(&self) -> Option<String> {
        self.definition(|schema| schema.text("format") == Some("uri"))
    }

    fn definition<'s>(&'s self, fits: impl Fn(&Node) -> bool) -> Option<String> {
        let defined = |(file, root): &'s (String, Node)| {
            root.get("$defs").into_iter().flat_map(Node::members).map(move |member| (file, member))
        };
        let mut defined = self.files.iter().flat_map(defined);
        let (file, member) = defined.find(|(_, member)| fits(&member.node))?;
        Some(format!("{file}#/$defs/{}", member.name))
    }

    /// The group of an endpoint; of one that is not declared, that of another.
    pub(crate) fn group(&self, endpoint: &str) -> &str {
        let declared = self.endpoints.iter().find(|(name, _)| name == endpoint).or(self.endpoints.first());
        declared.map_or("video", |(_, group)| group)
    }

    /// The family whose name that of a page begins with; else the first word of the page's name.
    pub(crate) fn family<'a>(&'a self, slug: &'a str) -> &'a str {
        let known = self.families.iter().filter(|family| {
            slug.strip_prefix(family.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        });
        let first = slug.split('-').next().unwrap_or(slug);
        known.max_by_key(|family| family.len()).map_or(first, String::as_str)
    }
}
