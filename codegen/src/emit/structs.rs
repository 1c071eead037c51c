//! The structs, as typify makes them: object schemas in, struct definitions out.
//!
//! typify sees a lowered schema: only types, no constraints or defaults, and every optional value is
//! nullable, so that a missing value is distinguishable. Names are neutral on the way through,
//! because typify respells them; [`super::object`] then fixes order, attributes and
//! documentation.

use std::collections::{BTreeSet, HashMap};

use schemars08::schema::Schema;
use serde_json::{Value as JsonValue, json};
use syn::visit_mut::{VisitMut, visit_path_mut};
use typify::{TypeSpace, TypeSpaceSettings};

use super::cycles;
use super::types::ident;
use crate::checked::{Field, Integer, Object, SpecSet, Type};

/// The types of the fields of every struct, by type name and property.
pub(super) struct Structs(HashMap<String, HashMap<String, syn::Type>>);

impl Structs {
    /// Has typify make the structs of all objects.
    ///
    /// # Errors
    ///
    /// The error of typify for schemas that it refuses. The lowered schemas give it no reason to.
    pub(super) fn of(specs: &SpecSet) -> Result<Self, String> {
        let objects: Vec<&Object> = specs.modules.iter().flat_map(|module| module.objects()).collect();
        let sets = specs.modules.iter().flat_map(|module| module.enumerations()).map(|set| set.name.as_str());
        let unions = specs.modules.iter().flat_map(|module| module.unions()).map(|union| union.name.as_str());
        let names: Vec<&str> = objects.iter().map(|object| object.name.as_str()).chain(sets).chain(unions).collect();
        let lowering = Lowering::new(&names);
        let mut respell =
            Respell { names: lowering.neutral.iter().map(|(name, neutral)| (neutral.clone(), *name)).collect() };
        let mut structs = HashMap::with_capacity(objects.len());
        for group in cycles::groups(&objects) {
            for item in typify(&lowering, &group).map_err(|error| error.to_string())? {
                let syn::Item::Struct(mut item) = item else { continue };
                respell.visit_item_struct_mut(&mut item);
                let name = item.ident.to_string();
                let fields = item.fields.into_iter().filter_map(|mut field| {
                    box_inside(&mut field.ty);
                    Some((property_of(&field)?, field.ty))
                });
                structs.insert(name, fields.collect());
            }
        }
        match objects.iter().find(|object| !structs.contains_key(&object.name)) {
            Some(missing) => Err(format!("no struct was made of {}", missing.name)),
            None => Ok(Self(structs)),
        }
    }

    /// The type that typify gave a property.
    pub(super) fn ty(&self, object: &Object, field: &Field) -> Option<&syn::Type> {
        self.0.get(&object.name)?.get(&field.name)
    }

    /// Whether an optional field has its value in a `Box`, as a type that contains itself must.
    pub(super) fn is_boxed(&self, object: &Object, field: &Field) -> bool {
        let made = self.ty(object, field).and_then(|made| argument(made, "Option"));
        made.is_some_and(|value| argument(value, "Box").is_some())
    }
}

/// Has typify make a few structs at a time, since the code of all of them would take too much memory.
fn typify(lowering: &Lowering<'_>, objects: &[&Object]) -> Result<Vec<syn::Item>, Box<dyn std::error::Error>> {
    let mut settings = TypeSpaceSettings::default();
    settings.with_map_type("::std::collections::BTreeMap");
    let mut definitions: Vec<(String, Schema)> = Vec::new();
    for object in objects {
        definitions.push((lowering.neutral_name(&object.name), serde_json::from_value(lowering.object(object))?));
    }
    // Types that are made elsewhere are only mentioned.
    let mentioned: BTreeSet<&str> =
        objects.iter().flat_map(|object| &object.fields).flat_map(|field| field.ty.mentioned()).collect();
    for name in mentioned.into_iter().filter(|name| !objects.iter().any(|object| object.name == *name)) {
        let neutral = lowering.neutral_name(name);
        settings.with_replacement(&neutral, &neutral, std::iter::empty());
        definitions.push((neutral, Schema::Bool(true)));
    }
    let mut space = TypeSpace::new(&settings);
    space.add_ref_types(definitions)?;
    Ok(syn::parse2::<syn::File>(space.to_stream())?.items)
}

/// Lowers schemas to nothing but types.
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

    fn object(&self, object: &Object) -> JsonValue {
        let properties: serde_json::Map<String, JsonValue> =
            object.fields.iter().map(|field| (field.name.clone(), self.slot(&field.ty, field.is_optional()))).collect();
        let required: Vec<&str> =
            object.fields.iter().filter(|field| field.required).map(|field| field.name.as_str()).collect();
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
    }

    fn slot(&self, ty: &Type, nullable: bool) -> JsonValue {
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
            Type::Enumeration { name, .. } | Type::Object(name) | Type::Union(name) => {
                json!({ "$ref": format!("#/definitions/{}", self.neutral_name(name)) })
            }
            Type::Array(item) => json!({ "type": "array", "items": self.slot(&item.ty, item.nullable) }),
            Type::Tuple(items) => {
                let slots: Vec<JsonValue> = items.iter().map(|item| self.slot(&item.ty, item.nullable)).collect();
                json!({ "type": "array", "items": slots, "minItems": items.len(), "maxItems": items.len() })
            }
            Type::FreeObject => json!({ "type": "object", "additionalProperties": true }),
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

/// The property that a field stands for: taken from `rename` if the names differ.
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

/// Gives types their original names back, and shortens paths to what is in the prelude.
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
