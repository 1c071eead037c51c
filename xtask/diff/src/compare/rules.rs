//! Rules between parameters: matched by what they say, then by their sentence.

use super::Comparer;
use super::code::{Draft, Owns};
use super::scope::Scope;
use crate::meaning::Clause;
use crate::meaning::formula::Formula;
use crate::{Kind, Verdict};

impl<'c, 'm> Comparer<'c, 'm> {
    pub(super) fn rules(&mut self, scope: &Scope<'c, 'm>) {
        let mut before: Vec<&Clause<'m>> = scope.from.rules.iter().collect();
        let mut after: Vec<&Clause<'m>> = scope.to.rules.iter().collect();
        // The same rules in another order are the same rules.
        pairs(&mut before, &mut after, |old, new| old.sentence == new.sentence && self.same(old, new));
        pairs(&mut before, &mut after, |old, new| old.sentence == new.sentence && self.agree(scope, old, new));
        let reworded = pairs(&mut before, &mut after, |old, new| self.same(old, new));
        let changed = pairs(&mut before, &mut after, |old, new| old.sentence == new.sentence);
        for (old, new) in reworded {
            let what = format!("worded anew: “{}”", new.sentence);
            self.rule(scope, Kind::RuleReworded, old.sentence, what, Verdict::safe("asks what it asked before"));
        }
        for (_, new) in changed {
            let verdict = self.ask(scope, &all(new), "what it asks now follows from what was asked before");
            self.rule(scope, Kind::RuleChanged, new.sentence, "asks something else".to_owned(), verdict);
        }
        for old in before {
            self.rule(
                scope,
                Kind::RuleRemoved,
                old.sentence,
                "rule removed".to_owned(),
                Verdict::safe("less is asked"),
            );
        }
        for new in after {
            let verdict = self.ask(scope, &all(new), "follows from what was asked before");
            self.rule(scope, Kind::RuleAdded, new.sentence, "new rule".to_owned(), verdict);
        }
    }

    /// Whether two rules ask the same in the same words.
    fn same(&self, old: &Clause<'m>, new: &Clause<'m>) -> bool {
        old.parts == new.parts && new.parts.iter().all(|part| self.judge.is_settled(part))
    }

    /// Whether two rules ask the same, however they are written.
    fn agree(&self, scope: &Scope<'c, 'm>, old: &Clause<'m>, new: &Clause<'m>) -> bool {
        let are_settled = old.parts.iter().chain(&new.parts).all(|part| self.judge.is_settled(part));
        are_settled && self.judge.agree(scope.subject(), &old.parts, &new.parts)
    }

    fn rule(&mut self, scope: &Scope<'c, 'm>, kind: Kind, sentence: &str, what: String, bodies: Verdict) {
        self.drafts.push(Draft {
            kind,
            pages: scope.pages.clone(),
            subject: format!("“{sentence}”"),
            what,
            bodies,
            owns: Owns::nothing(),
            code: Verdict::safe("rules are checked when the program runs"),
        });
    }
}

/// Takes out the rules that belong together, each with at most one other.
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
