//! What the present specs have that a new one can use: shared types, names of values, wording, answers.

use std::{collections::BTreeMap, rc::Rc};

use foxapi_codegen::{
    Source,
    model::{Definition, Model},
};

use super::json::Json;
use crate::{
    capture,
    node::{self, Node},
    page::{At, Kind, Options, Parameter},
};

/// The present specs, as material.
pub(crate) struct Library {
    files: Vec<File>,
    /// Names of types that are taken.
    types: Vec<String>,
    /// Names that values have elsewhere.
    values: BTreeMap<String, String>,
    /// Endpoints with their groups.
    endpoints: Vec<(String, String)>,
    families: Vec<String>,
}

/// A spec file.
struct File {
    name: String,
    root: Rc<Node>,
    is_page: bool,
    parameters: Vec<Parameter>,
}

impl Library {
    pub(crate) fn new(model: &Model, sources: &[Source]) -> Self {
        let mut types = Vec::new();
        let mut values = BTreeMap::new();
        for definition in model.modules.iter().flat_map(|module| &module.definitions) {
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
        let files = sources.iter().filter_map(|source| {
            let name = source.path().rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let root = node::json(std::str::from_utf8(source.bytes()).ok()?).ok()?;
            let module = model.modules.iter().find(|module| module.source == name)?;
            let schema = module.schema.as_ref().and_then(|schema| node::json(schema).ok());
            let parameters = schema.map(|schema| capture::parameters(&schema, &schema)).unwrap_or_default();
            Some(File { is_page: root.get("x-endpoint").is_some(), name, root, parameters })
        });
        let endpoints = model.endpoints.iter().map(|endpoint| (endpoint.name.clone(), endpoint.group.clone()));
        let families = model.families().into_iter().map(|family| family.name.to_owned());
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
        self.definition(|schema| schema.get("format").and_then(|node| node.as_str()) == Some("uri"))
    }

    fn definition(&self, fits: impl Fn(&Node) -> bool) -> Option<String> {
        let shared = self.files.iter().filter(|file| !file.is_page);
        shared
            .flat_map(|file| file.root.at(&["$defs"]).into_iter().flat_map(|it| it.members()).map(move |it| (file, it)))
            .find(|(_, member)| fits(&member.node))
            .map(|(file, member)| format!("{}#/$defs/{}", file.name, member.name))
    }

    /// How the page that is most like this one describes a parameter of the same name and type, in its first sentence.
    pub(crate) fn description(&self, parameter: &Parameter, models: &[At<String>]) -> Option<String> {
        let likeness = |file: &File| {
            let words = file.name.trim_end_matches(".json").split('-');
            let is_shared = |word: &&str| models.iter().any(|model| model.value.split('-').any(|it| it == *word));
            words.filter(is_shared).count()
        };
        let (_, other) = self.parameters(parameter).max_by_key(|(file, _)| likeness(file))?;
        let first = other.prose.first()?.value.trim();
        (!first.is_empty()).then(|| first.to_owned())
    }

    /// What another page has as the items of a list of objects of this name, and which page.
    pub(crate) fn items<'a>(&'a self, parameter: &'a Parameter) -> Option<(Json, &'a str)> {
        let (file, _) = self.parameters(parameter).next()?;
        let items = file.root.at(&["properties", &parameter.name, "items"])?;
        Some((Json::of_spec(items, &file.name), &file.name))
    }

    /// Parameters of this name and type on other pages.
    fn parameters<'a>(&'a self, parameter: &'a Parameter) -> impl Iterator<Item = (&'a File, &'a Parameter)> {
        self.files.iter().flat_map(|file| file.parameters.iter().map(move |it| (file, it))).filter(|(_, it)| {
            let same_kind = match (&it.kind, &parameter.kind) {
                (Some(one), Some(another)) => one.is_same_as(another),
                (_, None) => true,
                _ => false,
            };
            it.name == parameter.name && same_kind
        })
    }

    /// The type that other pages give to a parameter of this name.
    pub(crate) fn kind(&self, name: &str) -> Option<Kind> {
        let mut parameters = self.files.iter().flat_map(|file| &file.parameters);
        parameters.find(|it| it.name == name)?.kind.clone()
    }

    /// Whether a parameter of this name and type has a closed set of values elsewhere.
    pub(crate) fn has_one_value(&self, parameter: &Parameter) -> Option<String> {
        let (_, other) = self.parameters(parameter).next()?;
        match &other.options {
            Options::Listed(values) => match values.as_slice() {
                [value] => value.value.as_str().map(str::to_owned),
                _ => None,
            },
            _ => None,
        }
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

    /// The addresses of the present pages.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|file| {
            let address = file.root.get("x-docs")?.as_str()?;
            Some((file.name.trim_end_matches(".json"), address))
        })
    }
}
