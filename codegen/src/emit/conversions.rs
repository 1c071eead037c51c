//! Conversions between sets of values.

use std::collections::BTreeSet;

use super::imports::{family_module, wrapped};
use crate::checked::{Conversion, Module, SpecSet};
use crate::render;

/// The text of `conversions.rs`:
///
/// ```text
/// conversions! {
///     CompactResolution { P480, P720 } => SeedanceResolution;
///     #[cfg(feature = "sora")]
///     AspectRatio, SoraAspectRatio;
/// }
/// ```
pub(super) fn text(specs: &SpecSet) -> String {
    let conversions = specs.conversions();
    let lines: String = conversions.iter().map(line).collect();
    let body = if lines.is_empty() { String::new() } else { format!("\nconversions! {{\n{lines}}}\n") };
    [
        render::header("spec/").as_str(),
        "//! Conversions between the sets of values that parameters of the same name take on different models.\n\n",
        "#![allow(unused_imports, reason = \"unused where a family is disabled\")]\n",
        &uses(&conversions),
        &body,
    ]
    .concat()
}

fn uses(conversions: &[Conversion<'_>]) -> String {
    if conversions.is_empty() {
        return String::new();
    }
    let sets = conversions.iter().flat_map(|conversion| [conversion.from, conversion.to]);
    let families: BTreeSet<&str> = sets.filter_map(|set| set.module.family()).collect();
    let families = families.into_iter();
    let families =
        families.map(|family| format!("{}use super::{}::*;\n", condition(&[family], 0), family_module(family)));
    format!("\nuse crate::runtime::conversions;\nuse super::*;\n{}", families.collect::<String>())
}

fn line(conversion: &Conversion<'_>) -> String {
    let Conversion { from, to, is_held } = conversion;
    let mut families: Vec<&str> = [from, to].into_iter().filter_map(|set| Module::family(set.module)).collect();
    families.sort_unstable();
    families.dedup();
    let condition = condition(&families, 4);
    let (one, other) = (&from.values.name, &to.values.name);
    if *is_held {
        let variants: Vec<&str> = from.values.variants.iter().map(|variant| variant.name.as_str()).collect();
        let line = format!("    {one} {{ {} }} => {other};\n", variants.join(", "));
        let fits = line.len() <= 100;
        let line = if fits { line } else { format!("    {one} {{\n{}    }} => {other};\n", wrapped(&variants, 8)) };
        format!("{condition}{line}")
    } else {
        format!("{condition}    {one}, {other};\n")
    }
}

/// The attribute that leaves an item out unless all these families are enabled.
fn condition(families: &[&str], indent: usize) -> String {
    let features: Vec<String> = families.iter().map(|family| format!("feature = \"{family}\"")).collect();
    let margin = " ".repeat(indent);
    match features.as_slice() {
        [] => String::new(),
        [one] => format!("{margin}#[cfg({one})]\n"),
        all => format!("{margin}#[cfg(all({}))]\n", all.join(", ")),
    }
}
