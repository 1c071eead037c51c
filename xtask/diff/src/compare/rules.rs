//! Compares rules between parameters, matched by meaning, then by their sentences.

use serde_json::Value as JsonValue;

use super::StateComparer;
use super::code::ChangeDraft;
use super::scope::Scope;
use super::unexplained::clean;
use crate::change::Class;
use crate::meaning::formula::Formula;
use crate::meaning::{Clause, Meaning, Slot};
use crate::value::Value;
use crate::{Kind, Verdict};

impl<'c, 'm> StateComparer<'c, 'm> {
    pub(super) fn rules(&mut self, scope: &Scope<'c, 'm>) {
        let mut before: Vec<&Clause<'m>> = scope.from.rules.iter().collect();
        let mut after: Vec<&Clause<'m>> = scope.to.rules.iter().collect();
        self.rule_order(scope);
        let written = WrittenRules::of(self, scope);
        pairs(&mut before, &mut after, |old, new| {
            old.sentence == new.sentence && self.same(old, new) && written.is_same(new.sentence)
        });
        let rewritten = pairs(&mut before, &mut after, |old, new| {
            old.sentence == new.sentence && (self.same(old, new) || self.agree(scope, old, new))
        });
        let reworded = pairs(&mut before, &mut after, |old, new| self.same(old, new));
        let changed = pairs(&mut before, &mut after, |old, new| old.sentence == new.sentence);
        for (_, new) in rewritten.into_iter().filter(|(_, new)| !written.is_same(new.sentence)) {
            // Rules are compared by the values that each state has, so this one may mean more for new values.
            let is_about_news = new.parts.iter().flat_map(Formula::properties).any(|name| self.has_news(scope, name));
            let what = if is_about_news { "also covers what is new" } else { "written in another way" };
            let fine = "requires the same as before";
            self.rule(scope, Kind::RuleReworded, new.sentence, what.to_owned(), Verdict::safe(fine));
        }
        for (old, new) in reworded {
            let what = format!("new wording: “{}”", new.sentence);
            self.rule(scope, Kind::RuleReworded, old.sentence, what, Verdict::safe("requires the same as before"));
        }
        for (old, new) in changed {
            let verdict = self.ask(scope, &all(new), "what it requires now follows from what was required before");
            let is_of_sums = new.parts.iter().flat_map(Formula::parts).any(|part| matches!(part, Formula::Sum { .. }));
            if verdict.class == Class::Safe && !is_of_sums && written.is_same(new.sentence) {
                // It requires the same as before of old values; new values are reported elsewhere.
                continue;
            }
            let what = self.asks(scope, old, &verdict);
            self.rule(scope, Kind::RuleChanged, new.sentence, what.to_owned(), verdict);
        }
        // A rule about the same parameters, with another sentence.
        let about = |rule: &Clause<'m>| {
            let mut names: Vec<String> = rule.parts.iter().flat_map(Formula::properties).map(str::to_owned).collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        let is_single = |rules: &[&Clause<'m>], rule: &Clause<'m>| {
            rules.iter().filter(|other| about(other) == about(rule)).count() == 1
        };
        let (olds, news) = (before.clone(), after.clone());
        let replaced = pairs(&mut before, &mut after, |old, new| {
            about(old) == about(new) && is_single(&olds, old) && is_single(&news, new)
        });
        for (old, new) in replaced {
            let verdict = self.ask(scope, &all(new), "what it requires now follows from what was required before");
            let asks = self.asks(scope, old, &verdict);
            let what = format!("now “{}”: {asks}", new.sentence);
            self.rule(scope, Kind::RuleChanged, old.sentence, what, verdict);
        }
        for old in before {
            self.rule(
                scope,
                Kind::RuleRemoved,
                old.sentence,
                "rule removed".to_owned(),
                Verdict::safe("less is required"),
            );
        }
        for new in after {
            let verdict = self.ask(scope, &all(new), "follows from what was required before");
            self.rule(scope, Kind::RuleAdded, new.sentence, "new rule".to_owned(), verdict);
        }
    }

    /// Says how a rule compares with what it was, by the verdict on bodies and whether it still implies the old rule.
    fn asks(&self, scope: &Scope<'c, 'm>, old: &Clause<'m>, bodies: &Verdict) -> &'static str {
        match (bodies.class, self.judge.follows_now(scope.subject(), &all(old))) {
            (Class::Safe, false) => "requires less",
            (Class::Safe, true) => "requires the same",
            (Class::Breaking | Class::Risky, true) => "requires more",
            (Class::Breaking | Class::Risky, false) => "requires something else",
        }
    }

    /// Whether a property allows values that it did not allow before.
    fn has_news(&self, scope: &Scope<'c, 'm>, name: &str) -> bool {
        let (Some(old), Some(new)) = (scope.from.slot(name), scope.to.slot(name)) else { return true };
        let options = |meaning: &Meaning<'m>, slot: &Slot<'m>| -> Vec<Value> {
            slot.field.ty.mentioned().into_iter().flat_map(|name| meaning.options(name)).collect()
        };
        let known = options(self.from, old);
        options(self.to, new).iter().any(|option| !known.contains(option))
    }

    /// Compares the order of rules, which is that of violations and documentation.
    fn rule_order(&mut self, scope: &Scope<'c, 'm>) {
        let common = |rules: &'c [Clause<'m>], others: &'c [Clause<'m>]| -> Vec<&'m str> {
            let sentences = rules.iter().map(|rule| rule.sentence);
            sentences.filter(|sentence| others.iter().any(|other| other.sentence == *sentence)).collect()
        };
        if common(&scope.from.rules, &scope.to.rules) != common(&scope.to.rules, &scope.from.rules) {
            let subject = if scope.models.is_some() { "" } else { &scope.to.object.name };
            let (what, bodies) = ("rules in another order", Verdict::safe("all of them still apply"));
            let draft = ChangeDraft::new(Kind::OrderChanged, scope.pages.clone(), subject, what, bodies);
            let code = Verdict::safe("documentation and violations follow the new order");
            self.drafts.push(draft.describes(scope.described_objects()).code(code));
        }
    }

    /// Whether two rules are the same, including their wording.
    fn same(&self, old: &Clause<'m>, new: &Clause<'m>) -> bool {
        old.parts == new.parts && new.parts.iter().all(|part| self.judge.refers_to_unchanged_types(part))
    }

    /// Whether two rules are equivalent, however they are written.
    fn agree(&self, scope: &Scope<'c, 'm>, old: &Clause<'m>, new: &Clause<'m>) -> bool {
        let are_unchanged = old.parts.iter().chain(&new.parts).all(|part| self.judge.refers_to_unchanged_types(part));
        are_unchanged && self.judge.agree(scope.subject(), &old.parts, &new.parts)
    }

    fn rule(&mut self, scope: &Scope<'c, 'm>, kind: Kind, sentence: &str, what: String, bodies: Verdict) {
        let draft = ChangeDraft::new(kind, scope.pages.clone(), format!("“{sentence}”"), what, bodies);
        let code = Verdict::safe("rules are checked when the program runs");
        self.drafts.push(draft.describes(scope.described_objects()).code(code));
    }
}

/// The rules of pages as they are written: only there does it show what they mean for new values.
struct WrittenRules {
    before: Vec<JsonValue>,
    after: Vec<JsonValue>,
}

impl WrittenRules {
    fn of(comparer: &StateComparer<'_, '_>, scope: &Scope<'_, '_>) -> Self {
        let rules = |meaning: &Meaning<'_>| {
            let mut rules = Vec::new();
            for (_, shape) in meaning.pages().filter(|(page, _)| scope.pages.contains(&page.slug)) {
                shape.module.schema.iter().for_each(|schema| collect(&schema.to_json(), &mut rules));
            }
            rules
        };
        Self { before: rules(comparer.from), after: rules(comparer.to) }
    }

    /// Whether the rules with a sentence are written as before.
    fn is_same(&self, sentence: &str) -> bool {
        let under = |rules: &[JsonValue]| -> Vec<String> {
            let rules =
                rules.iter().filter(|rule| rule.get("description").and_then(JsonValue::as_str) == Some(sentence));
            let mut texts: Vec<String> = rules.map(JsonValue::to_string).collect();
            texts.sort();
            texts.dedup();
            texts
        };
        under(&self.before) == under(&self.after)
    }
}

/// Collects the branches of every `allOf`, without notes.
fn collect(schema: &JsonValue, rules: &mut Vec<JsonValue>) {
    match schema {
        JsonValue::Array(items) => items.iter().for_each(|item| collect(item, rules)),
        JsonValue::Object(members) => {
            for (name, value) in members {
                if let ("allOf", JsonValue::Array(branches)) = (name.as_str(), value) {
                    rules.extend(branches.iter().cloned().map(|mut branch| {
                        clean(&mut branch);
                        branch
                    }));
                }
                collect(value, rules);
            }
        }
        _ => {}
    }
}

/// Removes and returns pairs of rules that belong together.
fn pairs<'r, 'm>(
    before: &mut Vec<&'r Clause<'m>>,
    after: &mut Vec<&'r Clause<'m>>,
    is_match: impl Fn(&Clause<'m>, &Clause<'m>) -> bool,
) -> Vec<(&'r Clause<'m>, &'r Clause<'m>)> {
    let mut pairs = Vec::new();
    before.retain(|old| match after.iter().position(|new| is_match(old, new)) {
        Some(at) => {
            pairs.push((*old, after.remove(at)));
            false
        }
        None => true,
    });
    pairs
}

fn all(rule: &Clause<'_>) -> Formula {
    Formula::all(rule.parts.iter().cloned())
}
