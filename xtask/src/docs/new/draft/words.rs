//! The words of a page: what they state as limits, what may hide a rule, and what is left for the description.

use serde_json::Value;

use super::{Schema, Writer};
use crate::docs::{
    capture::{advises_against, notes, says_default},
    new::rules,
    page::{At, Kind, Limit, Options, Parameter},
};

impl Writer<'_> {
    /// Takes down the words that are not read yet: those that may hide a rule are to be decided.
    pub(super) fn notes(&self, parameter: &Parameter, schema: &mut Schema) {
        let mut in_options = false;
        for line in &parameter.prose {
            let words = notes::plain(&line.value);
            let item = notes::item(&words);
            if let Some((_, rest)) =
                words.split_once([':', '：']).filter(|(label, _)| label.len() < 40 && item.is_none())
            {
                in_options = is_options_label(&words);
                if rest.trim().is_empty() || in_options && parameter.options != Options::None {
                    continue;
                }
            }
            let is_list_read = parameter.options != Options::None;
            let is_row = matches!(parameter.options, Options::Rows(_)) || notes::is_row(&line.value);
            if in_options && is_list_read && item.is_none() && is_row {
                continue;
            }
            let is_option = in_options && is_list_read && item.is_some() && !self.mentions(parameter, &words);
            if words.is_empty() || advises_against(&words) || is_option {
                continue;
            }
            let is_read = self.rules.iter().any(|rule| rule.words.contains(&words));
            let words = item.unwrap_or(&words).to_owned();
            let says_default = parameter.default.is_some() && says_default(&words) && words.chars().count() < 40;
            if is_read || says_limit(parameter, &words) || says_default {
                continue;
            }
            if self.may_be_rule(parameter, &words) {
                schema.todo(format!("the page says: {words}"));
            } else {
                schema.words.push(words);
            }
        }
    }

    /// Whether words have what rules have: numbers, other parameters, models, or words of obligation.
    fn may_be_rule(&self, parameter: &Parameter, words: &str) -> bool {
        const OBLIGATION: [&str; 30] = [
            "must",
            "only",
            "cannot",
            "can not",
            "can't",
            "not ",
            "required",
            "mutually",
            "exclusive",
            "at most",
            "at least",
            "maximum",
            "minimum",
            "up to",
            "limit",
            "if ",
            "when ",
            "unless",
            "depends",
            "exactly",
            "fixed",
            "必须",
            "仅",
            "只",
            "不能",
            "互斥",
            "最多",
            "至少",
            "不支持",
            "固定",
        ];
        let lowered = words.to_lowercase();
        let is_introduction =
            parameter.name == "model" && self.page.models.iter().any(|it| words.starts_with(&it.value));
        let obliges = OBLIGATION.iter().any(|word| lowered.contains(word));
        obliges || !is_introduction && (!notes::numbers(words).is_empty() || self.mentions(parameter, words))
    }

    /// Whether words name another parameter, or a model.
    fn mentions(&self, parameter: &Parameter, words: &str) -> bool {
        let others = self.page.parameters.iter().filter(|it| it.name != parameter.name).map(|it| it.name.as_str());
        let models = self.page.models.iter().map(|model| model.value.as_str());
        others.chain(models).any(|name| rules::has_word(words, name) && name.contains(['_', '-']))
    }
}

fn is_options_label(words: &str) -> bool {
    let line = [At::new(1, words.to_owned()), At::new(2, "• x".to_owned())];
    notes::read(&line, None).options != Options::None
}

/// Whether words say no more than the limits that are read.
fn says_limit(parameter: &Parameter, words: &str) -> bool {
    let numbers = notes::numbers(words);
    let is_limit = |number: &String| parameter.limits.iter().any(|at| at.value.1.to_string() == *number);
    !numbers.is_empty() && numbers.iter().all(is_limit) && words.chars().count() < 40
}

/// `enable_audio` as words: `Enable audio`.
pub(super) fn sentence(name: &str) -> String {
    let words = name.replace(['_', '-', '.'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// What a parameter is, by its name.
pub(super) fn placeholder(name: &str) -> String {
    for (ending, words) in
        [("_urls", "Addresses of the"), ("_url", "Address of the"), ("_ids", "Ids of the"), ("_id", "Id of the")]
    {
        if let Some(rest) = name.strip_suffix(ending) {
            let plural = if ending.ends_with('s') { "s" } else { "" };
            return format!("{words} {}{plural}.", rest.replace('_', " "));
        }
    }
    format!("{}.", sentence(name))
}

pub(super) fn words(parameter: &Parameter) -> String {
    let lines: Vec<&str> = parameter.prose.iter().map(|line| line.value.as_str()).collect();
    lines.join("\n")
}

/// Limits that only words state: `3-15` of a number, `Maximum 2500 characters`, `up to 5 images`.
pub(super) fn limits_in_words(parameter: &Parameter, kind: &Kind) -> Vec<(Limit, Value)> {
    let number = |text: &str| text.parse().ok().map(Value::Number);
    let mut limits = Vec::new();
    let lines = parameter.prose.iter().map(|line| notes::plain(&line.value).to_lowercase());
    match kind {
        Kind::Integer | Kind::Number if parameter.options == Options::None => {
            let ranges: Vec<_> = lines.flat_map(|line| notes::ranges(&line)).collect();
            if let [(least, most)] = ranges.as_slice() {
                limits.extend(number(least).map(|it| (Limit::Minimum, it)));
                limits.extend(number(most).map(|it| (Limit::Maximum, it)));
            }
        }
        Kind::String(_) | Kind::Array(_) => {
            let (limit, units): (_, &[&str]) = match kind {
                Kind::String(_) => (Limit::MaxLength, &["character", "字符", "个字"]),
                // Whatever is counted.
                _ => (Limit::MaxItems, &[""]),
            };
            let most = ["maximum", "at most", "up to", "no more than", "最多", "最长", "最大", "不超过", "上限"];
            for line in lines {
                let numbers = notes::numbers(&line);
                let is_limit =
                    most.iter().any(|word| line.contains(word)) && units.iter().any(|unit| line.contains(unit));
                // Sizes and lengths are about what is in the list, not about the list.
                let is_other = limit == Limit::MaxItems
                    && ["mb", "px", "second", "秒", "kb", "fps", "像素", "each", "每", "characters", "字符"]
                        .iter()
                        .any(|unit| line.contains(unit));
                if let ([only], true, false) = (numbers.as_slice(), is_limit, is_other) {
                    limits.extend(number(only).map(|it| (limit, it)));
                }
            }
        }
        _ => {}
    }
    limits.dedup_by_key(|(limit, _)| *limit);
    limits
}
