//! Unions: values with several forms, each of a different JSON type.

use foxapi_schema::json_type::JsonType;
use foxapi_schema::words::{list, lower_first, upper_first};
use serde_json::Value as JsonValue;

use super::listed::is_null;
use crate::check::schema::SpecSchema;
use crate::check::{Checker, FoundForm, FoundUnion, names};
use crate::checked::{Literal, Type};

/// The forms, without null, of an `anyOf` of schemas that are not all constants, if there is no `type` next to it.
pub(super) fn forms(schema: &SpecSchema) -> Option<Vec<&SpecSchema>> {
    let branches: Vec<&SpecSchema> = schema.any_of.iter().flatten().filter(|branch| !is_null(branch)).collect();
    let is_constant = |branch: &&SpecSchema| branch.constant.is_some() && branch.types.is_none();
    // Without any title it is more likely a mistake, for which other messages are better.
    let is_titled = branches.iter().any(|branch| branch.title.is_some());
    let is_union = schema.types.is_none() && branches.len() > 1 && !branches.iter().all(is_constant);
    (is_union && is_titled).then_some(branches)
}

/// The JSON type of a type's values; integers are numbers.
fn json_type(ty: &Type) -> JsonType {
    match ty {
        Type::String | Type::Enumeration { .. } => JsonType::String,
        Type::Boolean => JsonType::Boolean,
        Type::Integer(_) | Type::Number => JsonType::Number,
        Type::Array(_) | Type::Tuple(_) => JsonType::Array,
        Type::Object(_) | Type::Map(_) | Type::FreeObject | Type::Union(_) => JsonType::Object,
    }
}

impl<'a> Checker<'a, '_, '_> {
    pub(super) fn union_type(
        &mut self,
        schema: &'a SpecSchema,
        branches: &[&'a SpecSchema],
        name: &dyn Fn() -> String,
        file: usize,
    ) -> Option<Type> {
        if let Some(known) = self.unions.get(&schema.at) {
            return Some(Type::Union(known.name.clone()));
        }
        let name = self.declare(schema, name)?;
        let mut forms: Vec<FoundForm<'a>> = Vec::with_capacity(branches.len());
        for branch in branches {
            let form = self.form(branch, &name, file)?;
            self.check_form(&form, &forms);
            forms.push(form);
        }
        let types: Vec<JsonType> = forms.iter().map(|form| json_type(&form.ty)).collect();
        if types.contains(&JsonType::Number) && types.contains(&JsonType::Object) {
            self.report.error_with_help(
                schema.at,
                "the generator cannot tell numbers from objects in one value",
                "keep the form that the documentation names first",
            );
        }
        self.union_spans.insert(name.clone(), schema.at);
        self.unions.insert(schema.at, FoundUnion { name: name.clone(), file, schema, forms });
        Some(Type::Union(name))
    }

    /// One form: its title names the variant.
    fn form(&mut self, branch: &'a SpecSchema, union: &str, file: usize) -> Option<FoundForm<'a>> {
        let Some(title) = &branch.title else {
            self.report.error_with_help(
                branch.at,
                "this form of the value has no name",
                "add a \"title\" in UpperCamelCase: it names the variant",
            );
            return None;
        };
        if !names::is_type_name(&title.text) {
            let help = names::type_name(&title.text).map_or_else(
                || "write it in UpperCamelCase, beginning with a letter".to_owned(),
                |name| format!("did you mean {name:?}?"),
            );
            let message = format!("the title {:?} cannot be the name of a form", title.text);
            self.report.error_with_help(title.at, message, help);
            return None;
        }
        let is_listed = branch.enumeration.is_some() || branch.one_of.is_some() || branch.constant.is_some();
        if branch.reference.is_none() && (is_listed || !branch.properties.is_empty()) {
            self.report.error_with_help(
                branch.at,
                "a form that has its own type needs a name for that type, in addition to the title",
                "define it under \"$defs\", and refer to it with \"$ref\"",
            );
            return None;
        }
        let slot = self.slot(branch, &|| format!("{union}{}", title.text), file)?;
        if slot.nullable {
            self.report.error_with_help(branch.at, "a form cannot be null", "add {\"type\": \"null\"} to the forms");
        }
        Some(FoundForm { name: title.text.clone(), schema: branch, ty: slot.ty })
    }

    fn check_form(&mut self, form: &FoundForm<'a>, earlier: &[FoundForm<'a>]) {
        let at = form.schema.at;
        if earlier.iter().any(|other| other.name == form.name) {
            self.report.error(at, format!("two forms of one value cannot both be called `{}`", form.name));
        }
        let own = json_type(&form.ty);
        if let Some(other) = earlier.iter().find(|other| json_type(&other.ty) == own) {
            let message = format!("`{}` and `{}` cannot be told apart: both are a JSON {own}", other.name, form.name);
            self.report.error_with_help(at, message, "merge them into one form");
        }
        if matches!(form.ty, Type::Map(_) | Type::Union(_)) || form.ty.is_free() {
            self.report.error_with_help(
                at,
                "an object with arbitrary property names cannot be one form of several",
                "define the object with \"properties\"",
            );
        }
        if let Type::Enumeration { open: true, .. } = form.ty {
            self.report.error(at, "an extensible enumeration cannot be one form of several");
        }
    }

    /// The forms of a union, by its name.
    pub(in crate::check) fn forms(&self, union: &str) -> &[FoundForm<'a>] {
        let found = self.union_spans.get(union).and_then(|at| self.unions.get(at));
        found.map(|found| found.forms.as_slice()).unwrap_or_default()
    }

    /// A JSON value as a constant of a union. A constant cannot own a string.
    pub(in crate::check) fn form_literal(&self, value: &JsonValue, union: &str) -> Option<Literal> {
        self.forms(union).iter().find_map(|form| match self.literal_of(value, &form.ty)? {
            Literal::String(_) => None,
            value => {
                Some(Literal::Form { union: union.to_owned(), variant: form.name.clone(), value: Box::new(value) })
            }
        })
    }

    /// Reports unions that contain themselves other than in an array: such a type would have infinite size.
    pub(in crate::check) fn check_unions_inside_themselves(&mut self) {
        let mut endless = Vec::new();
        for (at, found) in &self.unions {
            let mut open: Vec<&Type> = found.forms.iter().map(|form| &form.ty).collect();
            let mut seen: Vec<&str> = Vec::new();
            while let Some(ty) = open.pop() {
                match ty {
                    Type::Union(name) if *name == found.name => endless.push((*at, found.name.clone())),
                    Type::Object(name) | Type::Union(name) if !seen.contains(&name.as_str()) => {
                        seen.push(name);
                        open.extend(self.fields.get(name).into_iter().flatten().map(|field| &field.ty));
                        open.extend(self.forms(name).iter().map(|form| &form.ty));
                    }
                    _ => {}
                }
            }
        }
        for (at, name) in endless {
            let message = format!("`{name}` holds a `{name}` inside itself, so its size would be infinite");
            self.report.error_with_help(at, message, "put the inner one into an array");
        }
    }

    /// A sentence with the forms that a field accepts, if there are several.
    pub(super) fn forms_fact(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Union(name) => {
                let forms: Vec<String> = self.forms(name).iter().map(|form| in_words(&form.ty)).collect();
                Some(format!("{}.", upper_first(&list(&forms, "or"))))
            }
            Type::Array(item) => Some(format!("Each item: {}", lower_first(&self.forms_fact(&item.ty)?))),
            _ => None,
        }
    }
}

/// The type of a form with an article: `an array`.
fn in_words(ty: &Type) -> String {
    match ty {
        Type::Enumeration { name, .. } | Type::Object(name) | Type::Union(name) => {
            let article = if name.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" };
            format!("{article} `{name}`")
        }
        Type::String => "a string".to_owned(),
        Type::Boolean => "a boolean".to_owned(),
        Type::Integer(_) => "an integer".to_owned(),
        Type::Number => "a number".to_owned(),
        Type::Array(_) | Type::Tuple(_) => "an array".to_owned(),
        Type::Map(_) | Type::FreeObject => "an object".to_owned(),
    }
}
