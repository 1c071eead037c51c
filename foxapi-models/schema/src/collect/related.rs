//! Which parameters take part in a rule.

use super::Collector;
use crate::rule::Rule;
use crate::subschema::{Keywords, Subschema};

impl<'a> Collector<'a> {
    /// The parameters that take part in the current rule, apart from the one that is blamed.
    pub(super) fn related(&self) -> Vec<String> {
        let mut names = Vec::from_iter(self.needing);
        if let Some(rule) = self.rule {
            involved(rule, &mut names);
        }
        let blamed = self.path.name_after(self.rule_at);
        let others = names.into_iter().filter(|name| blamed != Some(*name));
        others.map(|name| self.path.beside(self.rule_at, name)).collect()
    }
}

/// Collects the properties that a schema mentions, each once.
fn involved<'s>(schema: &'s Keywords, names: &mut Vec<&'s str>) {
    let before = [&schema.condition, &schema.not].into_iter().flatten();
    for subschema in before.filter_map(Subschema::keywords) {
        involved(subschema, names);
    }
    let tied = schema.rules.iter().flat_map(Rule::properties);
    let listed = schema.required.iter().map(String::as_str).chain(tied);
    let dependent = schema
        .dependent_required
        .iter()
        .flat_map(|(name, needed)| std::iter::once(name).chain(needed.iter().map(String::as_str)));
    for name in schema.properties.names().chain(listed).chain(dependent).chain(schema.dependent_schemas.names()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let branches = [&schema.all_of, &schema.any_of, &schema.one_of].into_iter().flatten();
    let after = [&schema.consequence, &schema.alternative].into_iter().flatten();
    let dependent = schema.dependent_schemas.iter().map(|(_, subschema)| subschema);
    for subschema in branches.chain(after).chain(dependent).filter_map(Subschema::keywords) {
        involved(subschema, names);
    }
}
