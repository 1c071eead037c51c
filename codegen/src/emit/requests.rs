//! The types for any request of a group, and for any request at all.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;

use super::docs;
use super::imports::family_module;
use crate::checked::{Object, RequestPage, SpecSet};
use crate::render::{self, wrap};

/// The requests of a group by family; the name is empty for requests without a family.
type Families<'m> = BTreeMap<&'m str, Vec<(&'m Object, &'m RequestPage)>>;

/// The text of `requests.rs`.
pub(super) fn text(specs: &SpecSet) -> String {
    let mut groups: BTreeMap<&str, Families<'_>> = BTreeMap::new();
    for (module, object, page) in specs.requests() {
        let families = groups.entry(&page.group).or_default();
        families.entry(module.family().unwrap_or_default()).or_default().push((object, page));
    }
    let top = groups.values().flat_map(|families| families.get("")).flatten();
    let top: Vec<&str> = top.map(|(object, _)| object.name.as_str()).collect();
    let mut uses = "use crate::runtime::{any_request, requests};\n".to_owned();
    for family in specs.families() {
        uses.push_str(&format!(
            "#[cfg(feature = \"{}\")]\nuse super::{}::*;\n",
            family.name,
            family_module(family.name)
        ));
    }
    if !top.is_empty() {
        uses.push_str(&super::imports::line("super", top));
    }
    let enumerations: String = groups.iter().map(|(group, families)| enumeration(group, families)).collect();
    [
        render::header("spec/").as_str(),
        "//! Enumerations of the requests: one per group, and one of all.\n\n",
        &uses,
        &enumerations,
        &any(groups.keys().copied()),
    ]
    .concat()
}

fn any<'g>(groups: impl Iterator<Item = &'g str>) -> String {
    let variants: String = groups
        .map(|group| {
            let name = group.to_upper_camel_case();
            format!("        /// A request of the group `{group}`.\n        {name}({name}Request),\n")
        })
        .collect();
    format!(
        "\nany_request! {{\n    /// Any documented request, of any group; when reading, `model` decides which.\n    AnyRequest {{\n{variants}    }}\n}}\n"
    )
}

fn enumeration(group: &str, families: &Families<'_>) -> String {
    let families: String = families.iter().map(|(family, requests)| variants(family, requests)).collect();
    let name = group.to_upper_camel_case();
    format!(
        "\nrequests! {{\n    /// Any documented {group} request; when reading, `model` decides which.\n    {name}Request as {name} {{\n{families}    }}\n}}\n"
    )
}

fn variants(family: &str, requests: &[(&Object, &RequestPage)]) -> String {
    let condition = if family.is_empty() { "all()".to_owned() } else { format!("feature = \"{family}\"") };
    let variants: String = requests.iter().map(|(object, page)| variant(object, page)).collect();
    format!("        #[cfg({condition})] {{\n{variants}        }}\n")
}

/// A request as a variant: what it does, and its models.
fn variant(object: &Object, page: &RequestPage) -> String {
    let models: Vec<_> = page.models.iter().map(|model| format!("`{model}`")).collect();
    let summary = docs::paragraphs(&object.description).next().unwrap_or_default();
    let lines = wrap(&format!("{summary} Models: {}.", models.join(", ")), 84);
    let doc: String = lines.iter().map(|line| format!("            /// {line}\n")).collect();
    format!("{doc}            {},\n", object.name)
}
