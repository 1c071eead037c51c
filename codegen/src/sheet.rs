//! Parameter sheets for reviewers: each page with one line per parameter, rule and difference between models.

use std::collections::HashMap;
use std::fmt::Write;

use crate::File;
use crate::checked::{Enumeration, FactTopic, Field, Module, Object, RequestPage, SpecSet, Type};

/// The values of all enumerations by type, and of those in unions.
type Enumerations<'m> = HashMap<&'m str, Vec<&'m Enumeration>>;

/// The sheet of every page, named after it.
pub(crate) fn sheets(specs: &SpecSet) -> Vec<File> {
    let enumerations = specs.modules.iter().flat_map(Module::enumerations);
    let mut enumerations: Enumerations<'_> = enumerations.map(|set| (set.name.as_str(), vec![set])).collect();
    for union in specs.modules.iter().flat_map(Module::unions) {
        let types = union.forms.iter().flat_map(|form| form.ty.mentioned());
        let sets = types.filter_map(|name| enumerations.get(name)).flatten().copied().collect();
        enumerations.insert(&union.name, sets);
    }
    let requests = specs.requests();
    let sheets = requests.map(|(module, object, page)| File {
        name: page.slug.clone(),
        text: sheet(&enumerations, module, object, page),
    });
    sheets.collect()
}

/// The sheet of a page.
fn sheet(enumerations: &Enumerations<'_>, module: &Module, object: &Object, page: &RequestPage) -> String {
    let mut text = format!("{}  {} {}\n{}\n", object.name, page.method, page.path, page.docs);
    if let Some(origin) = page.origin.sentence() {
        let _ = writeln!(text, "{origin}");
    }
    section(&mut text, "models", page.models.iter().cloned());
    section(&mut text, "parameters", rows(enumerations, &object.fields));
    let parts = module.objects().filter(|part| part.page.is_none());
    for part in parts {
        section(&mut text, &part.name, rows(enumerations, &part.fields));
    }
    section(&mut text, "rules", object.rules.iter().map(|rule| rule.sentence.clone()));
    let availability = object.availability.iter().map(|available| {
        let options: String = available.options.iter().map(|option| format!(" {option}")).collect();
        format!("{}{options}: only {}", available.parameter, available.models.join(", "))
    });
    section(&mut text, "model differences", availability);
    text
}

fn section(text: &mut String, title: &str, lines: impl IntoIterator<Item = String>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() {
        let _ = writeln!(text, "\n{title}");
    }
    for line in lines {
        let _ = writeln!(text, "  {}", line.trim_end());
    }
}

/// Rows of columns: name, type, whether required and nullable, then limits, default and the rest.
fn rows(enumerations: &Enumerations<'_>, fields: &[Field]) -> Vec<String> {
    let rows: Vec<[String; 3]> =
        fields.iter().map(|field| [field.name.clone(), type_name(&field.ty), presence(field).to_owned()]).collect();
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    let row = |([name, ty, presence], field): (&[String; 3], &Field)| {
        let [first, second, third] = widths;
        let sentences = field.facts.iter().filter_map(|fact| match fact.topic {
            FactTopic::Required => None,
            FactTopic::Advice => Some("[advanced]".to_owned()),
            FactTopic::Limit | FactTopic::Default(_) | FactTopic::Models => Some(fact.sentence.clone()),
        });
        let facts = options(enumerations, field).into_iter().chain(sentences).collect::<Vec<_>>().join(" ");
        format!("{name:first$}  {ty:second$}  {presence:third$}  {facts}")
    };
    rows.iter().zip(fields).map(row).collect()
}

/// The values of an enumeration, or of the enumerations among the forms of a union.
fn options(enumerations: &Enumerations<'_>, field: &Field) -> Option<String> {
    let (Type::Enumeration { name, .. } | Type::Union(name)) = &field.ty else { return None };
    // The facts already list the values of a narrowed enumeration.
    let enumerations = Some(enumerations).filter(|_| field.options.is_empty())?;
    let variants = enumerations.get(name.as_str())?.iter().flat_map(|set| &set.variants);
    let values: Vec<_> = variants.map(|variant| format!("`{}`", variant.value)).collect();
    (!values.is_empty()).then(|| format!("{}.", values.join(" | ")))
}

fn presence(field: &Field) -> &'static str {
    match (field.required, field.nullable) {
        (true, false) => "required",
        (true, true) => "required|null",
        (false, false) => "optional",
        (false, true) => "optional|null",
    }
}

fn type_name(ty: &Type) -> String {
    match ty {
        Type::String => "string".to_owned(),
        Type::Boolean => "boolean".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Integer(integer) => integer.name().to_owned(),
        Type::Enumeration { name, .. } | Type::Object(name) | Type::Union(name) => name.clone(),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| type_name(&item.ty) + if item.nullable { "|null" } else { "" });
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Type::FreeObject => "{string: any}".to_owned(),
        Type::Map(value) => {
            format!("{{string: {}{}}}", type_name(&value.ty), if value.nullable { "|null" } else { "" })
        }
        Type::Array(item) => format!("{}{}[]", type_name(&item.ty), if item.nullable { "|null" } else { "" }),
    }
}
