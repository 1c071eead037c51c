//! Checks what makes a spec file a documentation page: its address, endpoint and models.

use std::collections::BTreeMap;

use foxapi_schema::json_type::JsonType;
use heck::ToUpperCamelCase;

use super::schema::{Name, SpecSchema};
use super::types::branch_constants;
use super::{Checker, SpecFile, names};
use crate::checked::{Field, Object, Origin, RequestPage, Type};
use crate::raw::{Node, Span};

impl<'a> Checker<'a, '_, '_> {
    /// Checks the file-level keywords of every file.
    pub(super) fn check_files(&mut self) {
        self.check_endpoints();
        let mut modules: BTreeMap<String, &str> = BTreeMap::new();
        for file in self.files {
            let schema = &file.schema;
            let at = schema.at;
            if schema.boolean.is_some() {
                self.report.error(at, "a spec file must be an object");
            }
            match &schema.id {
                Some(id) if id.text != file.stem => {
                    let message = format!("\"$id\" is {:?}, but the file is called {:?}", id.text, file.stem);
                    self.report.error_with_help(
                        id.at,
                        message,
                        "give both the same name: the last part of the page's address",
                    );
                }
                _ => {}
            }
            if !names::is_file_stem(&file.stem) {
                self.report.error_with_help(
                    at,
                    format!("{:?} cannot be the name of a spec file", file.file_name),
                    "use lower-case letters, digits, `-` and `.`, and begin with a letter or digit",
                );
            }
            if let Some(other) = modules.insert(names::module(&file.stem), &file.file_name) {
                self.report.error(
                    at,
                    format!(
                        "{other} and {} would both become the module `{}`",
                        file.file_name,
                        names::module(&file.stem)
                    ),
                );
            }
            if let Some(endpoint) = &schema.endpoint {
                self.check_page(schema);
                self.check_place(file, endpoint);
            } else {
                let page_only = [
                    ("x-docs", schema.docs.as_ref().map(|docs| docs.at)),
                    ("x-source", schema.source.as_ref().map(|source| source.at)),
                ];
                for (keyword, at) in page_only.into_iter().filter_map(|(keyword, at)| Some((keyword, at?))) {
                    self.report.error_with_help(
                        at,
                        format!("\"{keyword}\" needs \"x-endpoint\""),
                        "say which endpoint takes this request",
                    );
                }
            }
            self.check_nested(schema, true);
            self.refuse_stray_models(schema);
        }
    }

    fn check_endpoints(&mut self) {
        for endpoint in self.endpoints.iter() {
            let group = endpoint.group.text.to_upper_camel_case();
            self.type_names.insert(format!("{group}Request"), endpoint.group.at);
            if self.is_shared(&endpoint.group.text) {
                self.report.error_with_help(
                    endpoint.group.at,
                    format!("{:?} cannot be the name of a group", endpoint.group.text),
                    "a file at the top of the folder becomes a module of this name: rename one of them",
                );
            }
            if let Some(response) = &endpoint.response
                && !self.targets.contains_key(&(response.text.as_str(), ""))
            {
                self.report.error_with_help(
                    response.at,
                    format!("there is no spec file {}", response.text),
                    "name the spec file that describes the answer",
                );
            }
        }
    }

    /// Whether a top-level module has this name.
    fn is_shared(&self, module: &str) -> bool {
        let top = self.files.iter().filter(|file| file.folder.as_deref() == Some(""));
        top.into_iter().any(|file| names::module(&file.stem) == module)
    }

    /// Checks that a page is in the folder of its group and family.
    fn check_place(&mut self, file: &'a SpecFile, endpoint: &'a Name) {
        let Some(declared) = self.endpoints.get(&endpoint.text) else {
            return self.report.error_with_help(
                endpoint.at,
                format!("no endpoint is called {:?}", endpoint.text),
                self.endpoints.help(&endpoint.text),
            );
        };
        let Some(folder) = &file.folder else { return };
        let group = &declared.group.text;
        match folder.split('/').collect::<Vec<_>>().as_slice() {
            [own, family] if own == group => {
                let is_group = self.endpoints.iter().any(|endpoint| endpoint.group.text == *family);
                if !names::is_family(family) || is_group || self.is_shared(&family.replace('-', "_")) {
                    self.report.error_with_help(
                        file.schema.at,
                        format!("{family:?} cannot be the name of a family"),
                        "it becomes a module and a cargo feature: use lower-case letters, digits and `-`, begin with a \
                         letter, and avoid names that Rust or this crate already uses, including groups and files at \
                         the top of the folder",
                    );
                }
            }
            _ => self.report.error_with_help(
                file.schema.at,
                format!("a page of {} does not belong in the folder {folder:?}", endpoint.text),
                format!("move it to {group}/<family>/{}", file.file_name),
            ),
        }
    }

    fn check_page(&mut self, schema: &'a SpecSchema) {
        match &schema.docs {
            Some(docs) if !docs.text.starts_with("https://") => {
                self.report.error(docs.at, format!("{:?} is not the address of a page", docs.text));
            }
            Some(_) => {}
            None => self.report.error_with_help(
                schema.at,
                "a page needs \"x-docs\"",
                "give the address of the documentation page",
            ),
        }
        if schema.types.as_deref() != Some(&[JsonType::Object]) || schema.reference.is_some() {
            self.report.error_with_help(
                schema.at,
                "a page must describe an object, without a reference",
                "give it \"type\": \"object\" and \"properties\", without \"$ref\"",
            );
        }
        if schema.description.is_none() {
            self.report.error_with_help(
                schema.at,
                "a page needs a \"description\"",
                "describe in a sentence what the request does",
            );
        }
        if schema.extensible {
            self.report.error(schema.at, "a request cannot be extensible: the API refuses unknown properties");
        }
    }

    /// Reports keywords that belong only at the top of a file.
    fn check_nested(&mut self, schema: &'a SpecSchema, is_top: bool) {
        if !is_top {
            if let Some(endpoint) = &schema.endpoint {
                self.report.error(endpoint.at, "\"x-endpoint\" belongs only at the top of a file");
            }
            if let Some(source) = &schema.source {
                self.report.error(source.at, "\"x-source\" belongs only at the top of a file");
            }
            if let Some(docs) = &schema.docs {
                self.report.error(docs.at, "\"x-docs\" belongs only at the top of a file");
            }
            for (keyword, name) in [("$id", &schema.id), ("$schema", &schema.dialect)] {
                if let Some(name) = name {
                    self.report.error(name.at, format!("\"{keyword}\" belongs only at the top of a file"));
                }
            }
        }
        let properties = schema.definitions.iter().chain(&schema.properties).map(|property| &property.schema);
        for part in properties.chain(schema.in_place()).chain(schema.items.as_deref()).chain(schema.contains.as_deref())
        {
            self.check_nested(part, false);
        }
    }

    /// The page of a file with an endpoint.
    pub(super) fn page(&mut self, schema: &'a SpecSchema, fields: &[Field]) -> Option<RequestPage> {
        let endpoint = self.endpoints.get(&schema.endpoint.as_ref()?.text)?;
        let slug = self.file_at(schema.at)?.stem.clone();
        let docs = schema.docs.as_ref()?.text.clone();
        let models = self.models(schema, fields)?;
        Some(RequestPage {
            slug,
            docs,
            origin: schema.source.as_ref().map_or(Origin::Page, |source| source.origin.clone()),
            group: endpoint.group.text.clone(),
            method: endpoint.method().to_owned(),
            path: endpoint.path().to_owned(),
            response: endpoint.response.as_ref().map(|file| file.text.clone()),
            models,
        })
    }

    fn models(&mut self, schema: &'a SpecSchema, fields: &[Field]) -> Option<Vec<String>> {
        let help = "list the model IDs: \"model\": {\"oneOf\": [{\"const\": \"…\", \"title\": \"…\"}]}";
        let Some(property) = schema.property("model") else {
            self.report.error_with_help(schema.at, "a page needs the property \"model\"", help);
            return None;
        };
        let field = fields.iter().find(|field| field.name == "model")?;
        let Type::Enumeration { name, .. } = &field.ty else {
            self.report.error_with_help(property.at, "\"model\" must list the model IDs", help);
            return None;
        };
        if field.is_optional() {
            self.report.error_with_help(
                property.at,
                "\"model\" must be required and not null",
                "add it to \"required\"",
            );
            return None;
        }
        Some(self.variants(name).iter().map(|variant| variant.value.clone()).collect())
    }

    /// Checks that no two pages have the same model ID.
    pub(super) fn check_model_ids(&mut self, objects: &BTreeMap<Span, (usize, Object)>) {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for (at, (_, object)) in objects {
            for model in object.page.iter().flat_map(|page| &page.models) {
                let here = self.model_span(*at, model).unwrap_or(*at);
                match first.get(model.as_str()) {
                    Some(other) => {
                        let other = self.report.describe(*other);
                        self.report.error_with_help(
                            here,
                            format!("the model ID {model:?} is listed twice; the other is at {other}"),
                            "a model has one page: when reading, \"model\" alone decides which request it is",
                        );
                    }
                    None => drop(first.insert(model, here)),
                }
            }
        }
    }

    fn model_span(&self, object: Span, model: &str) -> Option<Span> {
        let property = self.objects.get(&object)?.schema.property("model")?;
        let chain = self.chain(property);
        let mut listed = chain.iter().flat_map(|part| {
            let constants = branch_constants(part).unwrap_or_default().into_iter().map(|(value, _)| value);
            constants.chain(part.enumeration.iter().flatten()).chain(&part.constant).collect::<Vec<&Node>>()
        });
        listed.find(|node| node.as_str() == Some(model)).map(|node| node.at)
    }
}
