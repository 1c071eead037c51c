//! Sentences that may state a rule or a limit, and that nothing was compared with: each is named.

use super::Comparer;
use crate::{
    new::{
        draft::words::{self, Rest},
        rules::Rule,
    },
    page::Parameter,
};

impl Comparer<'_> {
    /// Names the sentences that neither became a fact nor a rule.
    pub(super) fn sentences(&mut self, stated: &[Rule]) {
        let rest = Rest { page: self.page, rules: stated };
        for parameter in self.page.parameters.iter().filter(|it| self.spec.parameter(&it.name).is_some()) {
            self.left_over(&rest, &parameter.name, parameter);
        }
    }

    fn left_over(&mut self, rest: &Rest<'_>, name: &str, parameter: &Parameter) {
        for note in rest.notes(parameter).into_iter().filter(|note| note.may_be_rule) {
            let line = note.line;
            // Numbers alone are compared one by one.
            let names = parameter.name != "model" && rest.mentions(parameter, &note.words);
            let says_rule = names || words::obliges(&note.words);
            let places = [format!("line {line} "), format!("line {line})")];
            let is_named = |text: &String| places.iter().any(|place| text.contains(place));
            let is_found = self.result.findings.iter().any(|finding| finding.line == line);
            if says_rule && !is_found && !self.result.unchecked.iter().any(is_named) {
                self.skip(format!("what line {line} says of `{name}`: {}", note.words));
            }
        }
        for inner in parameter.children.iter().chain(parameter.item.as_deref()) {
            self.left_over(rest, name, inner);
        }
    }
}
