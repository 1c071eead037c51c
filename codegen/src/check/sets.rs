//! Finds equal sets of values, which should share one type, so that a value of one model fits another.

use std::collections::{BTreeMap, HashSet};

use super::Checker;
use crate::checked::{Object, Type};
use crate::raw::Span;

impl Checker<'_, '_, '_> {
    /// Reports each set that has the same values as an earlier one, under the same names.
    ///
    /// Sets of two files can be merged only if there is a common file to define them in.
    pub(super) fn check_equal_sets(&mut self, objects: &BTreeMap<Span, (usize, Object)>) {
        // Models that are listed twice have been reported elsewhere.
        let pages = objects.values().map(|(_, object)| object).filter(|object| object.page.is_some());
        let of_models: HashSet<&str> = pages
            .flat_map(|page| &page.fields)
            .filter(|field| field.name == "model")
            .filter_map(|field| if let Type::Enumeration { name, .. } = &field.ty { Some(name.as_str()) } else { None })
            .collect();
        let has_common = self.targets.contains_key(&("common.json", ""));
        let mut first: BTreeMap<Vec<(&str, &str)>, (Span, &str)> = BTreeMap::new();
        for (&at, (_, set)) in &self.enumerations {
            if set.open || of_models.contains(set.name.as_str()) || self.incomplete.contains(&set.name) {
                continue;
            }
            let mut values: Vec<_> =
                set.variants.iter().map(|variant| (variant.value.as_str(), variant.name.as_str())).collect();
            values.sort_unstable();
            if let Some((other, name)) = first.get(&values) {
                if other.file != at.file && !has_common {
                    continue;
                }
                let place = if other.file == at.file { "of this file" } else { "of common.json" };
                self.report.error_with_help(
                    at,
                    format!("`{}` has the values of `{name}`, at {}", set.name, self.report.describe(*other)),
                    format!(
                        "define the set once, under \"$defs\" {place}, and refer to it with \"$ref\" from both; values \
                         with different meanings need different names: give each a \"title\""
                    ),
                );
            } else {
                first.insert(values, (at, &set.name));
            }
        }
    }
}
