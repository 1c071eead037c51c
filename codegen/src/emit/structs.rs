//! The structs, as typify makes them: object schemas in, struct definitions out.
//!
//! typify sees a lowered schema: types only, no constraints and no defaults, with every optional
//! value nullable, so that what is not set stays apart from what is. Names are neutral on the way
//! through, because typify respells them; [`super::object`] puts order, attributes and
//! documentation right.

use std::collections::HashMap;

use schemars08::schema::Schema;
use serde_json::{Value as Json, json};
use syn::visit_mut::{VisitMut, visit_path_mut};
use typify::{TypeSpace, TypeSpaceSettings};

use super::types::ident;
use crate::model::{Field, Integer, Model, Object, Type};

/// The struct of every object, by type name.
pub(super) struct Structs(HashMap<String, syn::ItemStruct>);

impl Structs {
    /// Has typify make the structs of all objects.
    ///
    /// # Errors
    ///
    /// What typify says of schemas that it refuses. The lowered schemas give it no reason to.
    pub(super) fn of(model: &Model) -> Result<Self, String> {
        let objects: Vec<&Object> = model.modules.iter().flat_map(|module| module.objects()).collect();
        let sets = model.modules.iter().flat_map(|module| module.enumerations()).map(|set| set.name.as_str());
        let names: Vec<&str> = objects.iter().map(|object| object.name.as_str()).chain(sets).collect();
        let lowering = Lowering::new(&names);
        let made = typify(&lowering, &objects, &names).map_err(|error| error.to_string())?;
        let mut respell =
            Respell { names: lowering.neutral.iter().map(|(name, neutral)| (neutral.clone(), *name)).collect() };
        let mut structs = HashMap::with_capacity(objects.len());
        for item in made {
            let syn::Item::Struct(mut item) = item else { continue };
            respell.visit_item_struct_mut(&mut item);
            item.fields.iter_mut().for_each(|field| box_inside(&mut field.ty));
            structs.insert(item.ident.to_string(), item);
        }
        match objects.iter().find(|object| !structs.contains_key(&object.name)) {
            Some(missing) => Err(format!("no struct was made of {}", missing.name)),
            None => Ok(Self(structs)),
        }
    }

    /// The field that typify made of a property.
    pub(super) fn field(&self, object: &Object, field: &Field) -> Option<&syn::Field> {
        self.0.get(&object.name)?.fields.iter().find(|made| property_of(made).as_deref() == Some(field.name.as_str()))
    }

    /// Whether an optional field holds its value in a `Box`, as a type that contains itself must.
    pub(super) fn is_boxed(&self, object: &Object, field: &Field) -> bool {
        let made = self.field(object, field).and_then(|made| argument(&made.ty, "Option"));
        made.is_some_and(|value| argument(value, "Box").is_some())
    }
}

fn typify(
    lowering: &Lowering<'_>,
    objects: &[&Object],
    names: &[&str],
) -> Result<Vec<syn::Item>, Box<dyn std::error::Error>> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    let mut definitions: Vec<(String, Schema)> = Vec::with_capacity(names.len());
    for object in objects {
        definitions.push((lowering.neutral_name(&object.name), serde_json::from_value(lowering.object(object))?));
    }
    // Enumerations are ours: typify only mentions them.
    for name in names.iter().skip(objects.len()) {
        let neutral = lowering.neutral_name(name);
        settings.with_replacement(&neutral, &neutral, std::iter::empty());
        definitions.push((neutral, Schema::Bool(true)));
    }
    let mut space = TypeSpace::new(&settings);
    space.add_ref_types(definitions)?;
    Ok(syn::parse2::<syn::File>(space.to_stream())?.items)
}

/// Schemas with nothing but types.
struct Lowering<'m> {
    neutral: HashMap<&'m str, String>,
}

impl<'m> Lowering<'m> {
    fn new(names: &[&'m str]) -> Self {
        Self { neutral: names.iter().enumerate().map(|(index, name)| (*name, format!("T{index}"))).collect() }
    }

    fn neutral_name(&self, name: &str) -> String {
        self.neutral.get(name).cloned().unwrap_or_default()
    }

    fn object(&self, object: &Object) -> Json {
        let properties: serde_json::Map<String, Json> =
            object.fields.iter().map(|field| (field.name.clone(), self.slot(&field.ty, field.is_optional()))).collect();
        let required: Vec<&str> =
            object.fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    fn slot(&self, ty: &Type, nullable: bool) -> Json {
        let schema = match ty {
            Type::String => json!({ "type": "string" }),
            Type::Boolean => json!({ "type": "boolean" }),
            Type::Number => json!({ "type": "number", "format": "double" }),
            Type::Integer(integer) => {
                let format = match integer {
                    Integer::U32 => "uint32",
                    Integer::U64 => "uint64",
                    Integer::I64 => "int64",
                };
                json!({ "type": "integer", "format": format })
            }
            Type::Enumeration { name, .. } | Type::Object(name) => {
                json!({ "$ref": format!("#/definitions/{}", self.neutral_name(name)) })
            }
            Type::Array(item) => json!({ "type": "array", "items": self.slot(&item.ty, item.nullable) }),
            Type::Tuple(items) => {
                let slots: Vec<Json> = items.iter().map(|item| self.slot(&item.ty, item.nullable)).collect();
                json!({ "type": "array", "items": slots, "minItems": items.len(), "maxItems": items.len() })
            }
            Type::Map(value) => {
                json!({ "type": "object", "additionalProperties": self.slot(&value.ty, value.nullable) })
            }
        };
        if nullable { json!({ "anyOf": [schema, { "type": "null" }] }) } else { schema }
    }
}

/// `Box<Option<T>>` as `Option<Box<T>>`: typify gives either, depending on the type that it meets first.
fn box_inside(ty: &mut syn::Type) {
    let Some(option) = argument(ty, "Box").filter(|inner| argument(inner, "Option").is_some()) else { return };
    if let Some(value) = argument(option, "Option").cloned() {
        *ty = syn::parse_quote!(Option<Box<#value>>);
    }
}

/// The argument of a generic type of this name.
fn argument<'t>(ty: &'t syn::Type, name: &str) -> Option<&'t syn::Type> {
    let last = last_segment(ty).filter(|last| last.ident == name)?;
    match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(syn::GenericArgument::Type(inner)) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

fn last_segment(ty: &syn::Type) -> Option<&syn::PathSegment> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The property that a field stands for: `rename` says it where the names differ.
fn property_of(field: &syn::Field) -> Option<String> {
    let mut renamed = None;
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(syn::parse::ParseBuffer::parse::<syn::Lit>);
            if let (true, Ok(syn::Lit::Str(name))) = (meta.path.is_ident("rename"), value) {
                renamed = Some(name.value());
            }
            Ok(())
        });
    }
    renamed.or_else(|| field.ident.as_ref().map(ToString::to_string))
}

/// Gives types their own names back, and shortens paths to what the prelude has.
struct Respell<'m> {
    names: HashMap<String, &'m str>,
}

impl VisitMut for Respell<'_> {
    fn visit_ident_mut(&mut self, name: &mut syn::Ident) {
        if let Some(own) = self.names.get(&name.to_string()) {
            *name = ident(own);
        }
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        if path.leading_colon.is_some()
            && let Some(last) = path.segments.pop()
        {
            path.leading_colon = None;
            path.segments.clear();
            path.segments.push(last);
        }
        visit_path_mut(self, path);
    }
}
