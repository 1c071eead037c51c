//! Second stage: turns spec files as written into the [`SpecSet`], collecting every problem on the way.

mod availability;
mod endpoints;
mod facts;
mod keyword;
mod names;
mod page;
pub(crate) mod pattern;
mod predicate;
mod refs;
mod rules;
mod schema;
mod sets;
mod types;
mod unfolding;
mod values;

use std::collections::{BTreeMap, HashMap, HashSet};

use foxapi_schema::validator::Validator;

use endpoints::Endpoints;
pub(crate) use names::constant;
use schema::SpecSchema;

use crate::bundle::bundle;
use crate::checked::{
    self, Enumeration, Field, Form, Module, NamedType, Object, Predicate, SpecSet, Type, Union, simplify,
};
use crate::diagnostic::Report;
use crate::raw::{Node, Span};
use crate::reference::Files;
use crate::{DIALECT_FILE, ENDPOINTS_FILE, Source, raw};

/// A spec file after reading.
pub(crate) struct SpecFile {
    /// The file name without folder and `.json`.
    pub(crate) stem: String,
    /// The file name without folder.
    pub(crate) file_name: String,
    /// The folder, relative to that of all files; `None` if not known.
    folder: Option<String>,
    pub(crate) raw: Node,
    schema: SpecSchema,
}

impl SpecFile {
    /// The last part of its folder, if it is in one.
    fn family(&self) -> Option<&str> {
        self.folder.as_deref()?.rsplit('/').next().filter(|family| !family.is_empty())
    }
}

/// All files of a run.
#[derive(Default)]
pub(crate) struct SpecFiles {
    /// The files that contain schemas.
    pub(crate) specs: Vec<SpecFile>,
    endpoints: Endpoints,
}

/// Reads and checks all spec files. Whatever is wrong goes into the report.
pub(crate) fn check(sources: &[Source], report: &mut Report<'_>) -> SpecSet {
    check_files(&read(sources, report), report)
}

/// The schemas of checked files, to check bodies against. Made once for all files, as any may refer to any other.
pub(crate) struct Bodies<'a>(values::Schemas<'a>);

impl<'a> Bodies<'a> {
    pub(crate) fn new(files: &'a [SpecFile]) -> Self {
        Self(values::Schemas::of(files))
    }

    /// What checks bodies against the schema of a page. Making it takes longer than using it.
    pub(crate) fn validator(&self, page: &SpecFile) -> Validator<'_> {
        self.0.validator(&page.schema)
    }
}

/// Checks files that have been read.
pub(crate) fn check_files(files: &SpecFiles, report: &mut Report<'_>) -> SpecSet {
    let mut checker = Checker::new(files, report);
    checker.index_definitions();
    checker.check_files();
    if checker.check_unfolding().is_err() || checker.check_references().is_err() {
        // The following steps follow references and would never end.
        return SpecSet { modules: Vec::new(), endpoints: Vec::new() };
    }
    checker.discover_types();
    checker.check_endless();
    checker.check_unions_inside_themselves();
    let objects = checker.check_objects();
    checker.check_equal_sets(&objects);
    let unions = checker.check_unions();
    checker.into_specs(objects, unions)
}

/// Reads spec files. Whatever is not JSON goes into the report.
pub(crate) fn read(sources: &[Source], report: &mut Report<'_>) -> SpecFiles {
    let mut files = SpecFiles::default();
    let mut first: HashMap<&str, &Source> = HashMap::new();
    for (index, source) in sources.iter().enumerate() {
        let file_name = source.file_name().to_owned();
        if file_name == DIALECT_FILE {
            continue;
        }
        if let Some(other) = first.insert(source.file_name(), source) {
            report.error_with_help(
                Span { file: index, ..Span::default() },
                format!("{} is also called {file_name}", other.path()),
                "references name files without folders: give each file a unique name",
            );
            continue;
        }
        let Some(raw) = raw::read(index, source, report) else { continue };
        if file_name == ENDPOINTS_FILE {
            files.endpoints = endpoints::read(&raw, report);
            continue;
        }
        let schema = schema::read(&raw, report);
        let stem = file_name.strip_suffix(".json").unwrap_or(&file_name).to_owned();
        files.specs.push(SpecFile { stem, file_name, folder: source.folder.clone(), raw, schema });
    }
    files
}

/// A named type that was found, before its fields are checked.
struct FoundObject<'a> {
    name: String,
    file: usize,
    schema: &'a SpecSchema,
}

/// A union that was found, before its forms are checked.
struct FoundUnion<'a> {
    name: String,
    file: usize,
    schema: &'a SpecSchema,
    forms: Vec<FoundForm<'a>>,
}

/// A form of a union.
#[derive(Clone)]
struct FoundForm<'a> {
    name: String,
    schema: &'a SpecSchema,
    ty: Type,
}

/// State of the second stage.
struct Checker<'a, 'r, 's> {
    files: &'a [SpecFile],
    endpoints: &'a Endpoints,
    report: &'r mut Report<'s>,
    schemas: values::Schemas<'a>,
    /// Schemas that a `$ref` can point to, by file name and name under `$defs` (empty for the file itself).
    targets: HashMap<(&'a str, &'a str), &'a SpecSchema>,
    /// The position of a file in `files`, by the index of its source.
    file_of_source: HashMap<usize, usize>,
    /// Where each name of a type or builder first occurs.
    type_names: BTreeMap<String, Span>,
    /// Types without a description that have not been reported as a property.
    undescribed: Vec<(Span, String)>,
    enumerations: BTreeMap<Span, (usize, Enumeration)>,
    /// Enumerations by type name.
    enumeration_spans: HashMap<String, Span>,
    /// Enumerations with a refused value.
    incomplete: HashSet<String>,
    objects: BTreeMap<Span, FoundObject<'a>>,
    unions: BTreeMap<Span, FoundUnion<'a>>,
    /// Unions by type name.
    union_spans: HashMap<String, Span>,
    /// Objects whose fields are still to be checked.
    pending: Vec<Span>,
    /// Fields of each object, by type name.
    fields: HashMap<String, Vec<Field>>,
    /// Objects by type name.
    object_spans: HashMap<String, Span>,
    /// References that are being followed to compile a rule.
    following: Vec<Span>,
}

impl<'a, 'r, 's> Checker<'a, 'r, 's> {
    fn new(files: &'a SpecFiles, report: &'r mut Report<'s>) -> Self {
        let SpecFiles { specs: files, endpoints } = files;
        let file_of_source = files.iter().enumerate().map(|(index, file)| (file.raw.at.file, index)).collect();
        Self {
            files,
            endpoints,
            report,
            schemas: values::Schemas::of(files),
            targets: HashMap::new(),
            file_of_source,
            type_names: BTreeMap::new(),
            undescribed: Vec::new(),
            enumerations: BTreeMap::new(),
            enumeration_spans: HashMap::new(),
            incomplete: HashSet::new(),
            objects: BTreeMap::new(),
            unions: BTreeMap::new(),
            union_spans: HashMap::new(),
            pending: Vec::new(),
            fields: HashMap::new(),
            object_spans: HashMap::new(),
            following: Vec::new(),
        }
    }

    /// Checks every object found: its predicates, rules and page.
    fn check_objects(&mut self) -> BTreeMap<Span, (usize, Object)> {
        let found: Vec<_> =
            self.objects.iter().map(|(at, found)| (*at, found.name.clone(), found.file, found.schema)).collect();
        let mut objects = BTreeMap::new();
        for (at, name, file, schema) in found {
            let fields = self.fields.get(&name).cloned().unwrap_or_default();
            let is_root = self.files.get(file).is_some_and(|file| file.schema.at == at);
            let page = if is_root { self.page(schema, &fields) } else { None };
            let models = page.as_ref().map(|page| page.models.as_slice()).unwrap_or_default();
            let availability = self.availability(schema, &fields, models);
            let check = self.own_check(schema, &name);
            let rules = self.rules(schema, &name);
            let description = schema.description.as_ref().map_or_else(String::new, |name| name.text.clone());
            let object =
                Object { name, description, fields, open: schema.extensible, check, availability, rules, page };
            objects.insert(at, (file, object));
        }
        self.check_model_ids(&objects);
        objects
    }

    /// Checks every union found, with its forms.
    fn check_unions(&mut self) -> BTreeMap<Span, (usize, Union)> {
        let found: Vec<_> = self
            .unions
            .iter()
            .map(|(at, found)| (*at, found.name.clone(), found.file, found.schema, found.forms.clone()))
            .collect();
        let mut unions = BTreeMap::new();
        for (at, name, file, schema, found) in found {
            self.check_limits_fit(schema, &Type::Union(name.clone()));
            let mut forms = Vec::with_capacity(found.len());
            for FoundForm { name, schema, ty } in found {
                let check = self.form_check(schema, &ty);
                let description = self.chain(schema).into_iter().find_map(|part| part.description.as_ref());
                let description = description.map_or_else(String::new, |name| name.text.clone());
                forms.push(Form { name, description, facts: self.limit_facts(schema), ty, check });
            }
            let description = schema.description.as_ref().map_or_else(String::new, |name| name.text.clone());
            unions.insert(at, (file, Union { name, description, forms }));
        }
        unions
    }

    fn into_specs(
        self,
        mut objects: BTreeMap<Span, (usize, Object)>,
        mut unions: BTreeMap<Span, (usize, Union)>,
    ) -> SpecSet {
        drop_empty_checks(&mut objects, &mut unions);
        facts::complete(&mut objects);
        let written: Files<'_> = self.files.iter().map(|file| (file.file_name.as_str(), &file.raw)).collect();
        let mut modules: Vec<Module> = self
            .files
            .iter()
            .map(|file| Module {
                name: names::module(&file.stem),
                source: file.file_name.clone(),
                folder: file.folder.clone().unwrap_or_default(),
                description: file.schema.description.as_ref().map_or_else(String::new, |name| name.text.clone()),
                definitions: Vec::new(),
                schema: file.schema.endpoint.as_ref().map(|_| bundle(&written, &file.raw)),
            })
            .collect();
        // Types are in the order of the spec file.
        let mut definitions: Vec<(Span, usize, NamedType)> = Vec::new();
        definitions
            .extend(objects.into_iter().map(|(at, (file, object))| (at, file, NamedType::Object(Box::new(object)))));
        definitions
            .extend(self.enumerations.into_iter().map(|(at, (file, set))| (at, file, NamedType::Enumeration(set))));
        definitions.extend(unions.into_iter().map(|(at, (file, union))| (at, file, NamedType::Union(union))));
        definitions.sort_by_key(|(at, ..)| *at);
        for (_, file, definition) in definitions {
            if let Some(module) = modules.get_mut(file) {
                module.definitions.push(definition);
            }
        }
        modules.sort_by(|left, right| left.name.cmp(&right.name));
        let endpoints = self.endpoints.iter();
        let endpoints = endpoints
            .map(|endpoint| checked::Endpoint { name: endpoint.name.text.clone(), group: endpoint.group.text.clone() });
        SpecSet { modules, endpoints: endpoints.collect() }
    }
}

/// Removes calls to the checks of objects and unions that have nothing to check.
///
/// Finding those that have is a least fixed point, because types may refer to each other: an object is checked if it
/// tests anything itself or contains an object that is checked.
fn drop_empty_checks(objects: &mut BTreeMap<Span, (usize, Object)>, unions: &mut BTreeMap<Span, (usize, Union)>) {
    let mut checked: HashSet<String> = HashSet::new();
    let mut holders: HashMap<String, Vec<String>> = HashMap::new();
    let mut news: Vec<String> = Vec::new();
    let of_objects = objects.values().map(|(_, object)| {
        let rules = object.rules.iter().flat_map(|rule| &rule.parts);
        (&object.name, rules.chain([&object.check]).collect::<Vec<_>>())
    });
    let of_unions =
        unions.values().map(|(_, union)| (&union.name, union.forms.iter().map(|form| &form.check).collect()));
    for (name, predicates) in of_objects.chain(of_unions) {
        if predicates.iter().any(|predicate| simplify::tests_something(predicate, &HashSet::new())) {
            news.push(name.clone());
        }
        for held in predicates.iter().flat_map(|predicate| predicate.types()) {
            holders.entry(held.to_owned()).or_default().push(name.clone());
        }
    }
    while let Some(name) = news.pop() {
        if checked.insert(name.clone()) {
            news.extend(holders.remove(&name).unwrap_or_default());
        }
    }
    let drop_empty = |predicate: &mut Predicate| {
        let settled = std::mem::replace(predicate, Predicate::Always);
        *predicate = settled.without_calls(&|name| checked.contains(name));
    };
    for (_, object) in objects.values_mut() {
        drop_empty(&mut object.check);
        object.rules.iter_mut().flat_map(|rule| &mut rule.parts).for_each(drop_empty);
    }
    unions.values_mut().flat_map(|(_, union)| &mut union.forms).for_each(|form| drop_empty(&mut form.check));
}
