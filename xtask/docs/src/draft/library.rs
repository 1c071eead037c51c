//! What existing specs have that a new one can use: shared types, names of values, answers.

use foxapi_codegen::checked::Module;
use foxapi_codegen::raw::Node;

use crate::spec::Specs;

/// The existing specs, as material.
pub(crate) struct Library<'a> {
    specs: &'a Specs,
    /// The files that pages share, by name.
    files: Vec<(String, Node)>,
}

impl<'a> Library<'a> {
    pub(crate) fn new(specs: &'a Specs) -> Self {
        let shared = specs.shared().into_iter();
        let files = shared.filter_map(|source| Some((source.file_name().to_owned(), source.json()?)));
        Self { specs, files: files.collect() }
    }

    fn modules(&self) -> impl Iterator<Item = &'a Module> {
        self.specs.checked.iter().flat_map(|specs| &specs.modules)
    }

    /// Whether a type or its builder has the name.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        let mut types = self.modules().flat_map(|module| &module.definitions).map(|it| it.name());
        types.any(|taken| taken == name || name.strip_suffix("Builder") == Some(taken))
    }

    /// The name that a value has in another spec.
    pub(crate) fn value(&self, value: &str) -> Option<&'a str> {
        let mut variants = self.modules().flat_map(Module::enumerations).flat_map(|it| &it.variants);
        variants.find(|variant| variant.value == value).map(|variant| variant.name.as_str())
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

    /// A reference to the shared type of URLs.
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

    /// The group of an endpoint; if the endpoint is not declared, that of another one.
    pub(crate) fn group(&self, endpoint: &str) -> &'a str {
        let mut endpoints = self.specs.checked.iter().flat_map(|specs| &specs.endpoints);
        let first = endpoints.clone().next();
        endpoints.find(|it| it.name == endpoint).or(first).map_or("video", |endpoint| &endpoint.group)
    }

    /// The family whose name the page's name begins with; otherwise the first word of the page's name.
    pub(crate) fn family<'s>(&self, slug: &'s str) -> &'s str {
        let is_its = |family: &str| slug.strip_prefix(family).is_some_and(|it| it.is_empty() || it.starts_with('-'));
        let families = self.specs.checked.iter().flat_map(|specs| specs.families()).map(|family| family.name);
        let longest = families.filter(|family| is_its(family)).map(str::len).max();
        let first = slug.split('-').next().unwrap_or(slug);
        longest.and_then(|length| slug.get(..length)).unwrap_or(first)
    }
}
