//! The spec files as plain JSON, for judges and body makers that are independent of the generator.

use std::collections::BTreeMap;
use std::path::Path;

use foxapi_codegen::{ENDPOINTS_FILE, Source};
use serde_json::{Map, Value};

/// Spec files by name, such as `common.json`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Specs(BTreeMap<String, Value>);

impl Specs {
    /// Reads the spec files of a folder, except the endpoints.
    pub(crate) fn read(folder: &Path) -> Self {
        let files = foxapi_tests::spec_files(folder).expect("the spec folder").into_values();
        let files = files.filter(|path| !path.ends_with(ENDPOINTS_FILE)).map(|path| {
            let text = std::fs::read_to_string(&path).expect("a spec file");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, serde_json::from_str(&text).expect("a spec file is JSON"))
        });
        Self(files.collect())
    }

    /// The sources for the generator: these files, and an endpoint unless they include one.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let files = self.iter().map(|(file, spec)| Source::new(file, format!("{spec:#}")));
        let endpoints = (!self.0.contains_key(ENDPOINTS_FILE)).then(foxapi_tests::endpoints);
        files.chain(endpoints).collect()
    }

    /// Some of the files.
    pub(crate) fn only(&self, files: &[&str]) -> Self {
        Self(
            self.0
                .iter()
                .filter(|(file, _)| files.contains(&file.as_str()))
                .map(|(file, spec)| (file.clone(), spec.clone()))
                .collect(),
        )
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(file, spec)| (file.as_str(), spec))
    }

    pub(crate) fn get(&self, file: &str) -> Option<&Value> {
        self.0.get(file)
    }

    pub(crate) fn insert(&mut self, file: impl Into<String>, spec: Value) {
        self.0.insert(file.into(), spec);
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Value)> {
        self.0.iter_mut().map(|(file, spec)| (file.as_str(), spec))
    }

    /// The schema of a file.
    pub(crate) fn root<'s>(&'s self, file: &'s str) -> FileSchema<'s> {
        FileSchema { file, value: &self.0[file] }
    }

    /// The schema that the `$ref` of a schema leads to.
    pub(crate) fn target<'s>(&'s self, schema: FileSchema<'s>) -> Option<FileSchema<'s>> {
        let reference = schema.value.get("$ref")?.as_str()?;
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (file, root) = match file {
            "" => (schema.file, self.0.get(schema.file)?),
            file => self.0.get_key_value(file).map(|(file, root)| (file.as_str(), root))?,
        };
        Some(FileSchema { file, value: root.pointer(fragment)? })
    }

    /// A schema and all others that apply to the same value unconditionally: those it refers to, and its `allOf`.
    pub(crate) fn parts<'s>(&'s self, schema: FileSchema<'s>) -> Vec<FileSchema<'s>> {
        let mut parts = vec![schema];
        parts.extend(self.target(schema).into_iter().flat_map(|target| self.parts(target)));
        parts.extend(schema.list("allOf").flat_map(|branch| self.parts(branch)));
        parts
    }
}

/// A schema, and the file that its references start from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileSchema<'s> {
    pub(crate) file: &'s str,
    pub(crate) value: &'s Value,
}

impl<'s> FileSchema<'s> {
    pub(crate) fn get(self, keyword: &str) -> Option<&'s Value> {
        self.value.get(keyword)
    }

    pub(crate) fn inner(self, keyword: &str) -> Option<Self> {
        self.get(keyword).map(|value| Self { value, ..self })
    }

    /// The schemas that a keyword lists.
    pub(crate) fn list(self, keyword: &str) -> impl Iterator<Item = Self> {
        self.get(keyword).and_then(Value::as_array).into_iter().flatten().map(move |value| Self { value, ..self })
    }

    pub(crate) fn properties(self) -> Option<&'s Map<String, Value>> {
        self.get("properties")?.as_object()
    }
}
