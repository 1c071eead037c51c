//! The words of a page: which of them are read already, which may hide a rule, and which are left for the description.

use super::{Schema, Writer};
use crate::{
    capture::{advises_against, bounds, figures, notes, says_default},
    compare::text_of,
    new::rules::{self, Rule},
    page::{At, Options, Page, Parameter},
};

/// Words of a condition or an obligation.
const OBLIGATION: [&str; 47] = [
    "must",
    "only",
    "cannot",
    "can not",
    "can't",
    "not ",
    "require",
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
    "depend",
    "exactly",
    "fixed",
    "either",
    "otherwise",
    "ignore",
    "instead",
    "except",
    "need",
    "together with",
    "必须",
    "必填",
    "仅",
    "只",
    "不能",
    "不可",
    "互斥",
    "最多",
    "至少",
    "不支持",
    "固定",
    "与",
    "如果",
    "若",
    "否则",
    "除非",
    "忽略",
    "需",
    "当",
];

/// Words about a parameter that are read as no fact.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) line: usize,
    pub(crate) words: String,
    /// They have what rules and limits have.
    pub(crate) may_be_rule: bool,
}

/// What is left of the words of a page when its facts and rules are read.
pub(crate) struct Rest<'a> {
    pub(crate) page: &'a Page,
    pub(crate) rules: &'a [Rule],
}

impl Writer<'_> {
    /// Takes down the words that are not read yet: those that may hide a rule are to be decided.
    pub(super) fn notes(&self, parameter: &Parameter, schema: &mut Schema) {
        for note in (Rest { page: self.page, rules: self.rules }).notes(parameter) {
            if note.may_be_rule {
                schema.todo(format!("the page says: {}", note.words));
            } else {
                schema.words.push(note.words);
            }
        }
    }
}

impl Rest<'_> {
    /// The words about a parameter that no fact and no rule has.
    pub(crate) fn notes(&self, parameter: &Parameter) -> Vec<Note> {
        let mut found = Vec::new();
        let mut in_options = false;
        // A heading belongs to the items below it: `Duration at 1080p:`.
        let mut heading: Option<At<String>> = None;
        for line in &parameter.prose {
            let text = without_advice(&notes::plain(&line.value));
            let item = notes::item(&text);
            if item.is_none() && !text.is_empty() {
                found.extend(self.left(heading.take(), parameter));
            }
            if let Some((label, rest)) =
                text.split_once([':', '：']).filter(|(label, _)| label.len() < 80 && item.is_none())
            {
                in_options = is_options_label(&text);
                let is_read = in_options && parameter.options != Options::None;
                if rest.trim().is_empty() && !in_options && !notes::is_known_label(&text) {
                    heading = Some(At::new(line.line, label.to_owned()));
                }
                if rest.trim().is_empty() || is_read {
                    continue;
                }
            }
            let is_list_read = parameter.options != Options::None;
            let is_row = matches!(parameter.options, Options::Rows(_)) || notes::is_row(&line.value);
            let is_read_row = in_options && is_list_read && item.is_none() && is_row;
            let is_option = is_list_read
                && item
                    .is_some_and(|item| (in_options || is_value(parameter, item)) && !self.hides_fact(parameter, item));
            let is_frame = text.chars().all(|it| "|-: \t".contains(it));
            if is_frame
                || is_read_row
                || is_option
                || self.is_read(parameter, &At::new(line.line, text.clone()), item.unwrap_or(&text))
            {
                continue;
            }
            let words = item.unwrap_or(&text);
            let is_rule = self.may_be_rule(parameter, words) || listed_values(&line.value) > 1;
            let is_rule =
                is_rule || item.is_some() && heading.as_ref().is_some_and(|it| self.may_be_rule(parameter, &it.value));
            let words = match heading.take_if(|_| item.is_some()) {
                Some(heading) => format!("{}: {words}", heading.value),
                None => words.to_owned(),
            };
            found.push(Note { line: line.line, words, may_be_rule: is_rule });
        }
        found.extend(self.left(heading, parameter));
        found
    }

    /// A heading below which no item stands may say something by itself.
    fn left(&self, heading: Option<At<String>>, parameter: &Parameter) -> Option<Note> {
        let heading = heading.filter(|heading| self.may_be_rule(parameter, &heading.value))?;
        Some(Note { line: heading.line, words: heading.value, may_be_rule: true })
    }

    /// Whether a rule, a limit or the default has all that a line says.
    fn is_read(&self, parameter: &Parameter, line: &At<String>, words: &str) -> bool {
        let in_rule = self.rules.iter().any(|rule| rule.words.contains(line));
        let is_default =
            parameter.known_default().is_some() && says_default(words) && words.chars().count() < 40 && !obliges(words);
        let is_default = is_default && figures::numbers(words).iter().all(|number| is_of_default(parameter, number));
        in_rule || is_default || says_limit(parameter, words)
    }

    /// Whether the words about a listed value say more than what it is.
    fn hides_fact(&self, parameter: &Parameter, item: &str) -> bool {
        let (value, rest) = notes::head(item);
        let of_value = figures::numbers(&digits(value));
        let numbers = figures::numbers(rest);
        obliges(rest) || self.mentions(parameter, rest) || numbers.iter().any(|number| !of_value.contains(number))
    }

    /// Whether words have what rules have: numbers, other parameters, models, or words of obligation.
    fn may_be_rule(&self, parameter: &Parameter, words: &str) -> bool {
        let is_introduction =
            parameter.name == "model" && self.page.models.iter().any(|it| words.starts_with(&it.value));
        obliges(words) || !is_introduction && (!figures::numbers(words).is_empty() || self.mentions(parameter, words))
    }

    /// Whether words name another parameter, or a model.
    pub(crate) fn mentions(&self, parameter: &Parameter, words: &str) -> bool {
        self.page.names(&parameter.name).iter().any(|name| rules::has_word(words, name) && name.contains(['_', '-']))
    }
}

/// Whether an item is about one of the listed values.
fn is_value(parameter: &Parameter, item: &str) -> bool {
    let (value, _) = notes::head(item);
    matches!(&parameter.options, Options::Listed(values) if values.iter().any(|it| text_of(&it.value) == value))
}

/// A line without the sentences that advise to leave the parameter unset.
fn without_advice(line: &str) -> String {
    if !advises_against(line) {
        return line.to_owned();
    }
    let sentences = line.split_inclusive(['。', '!', '！']).flat_map(|part| part.split_inclusive(". "));
    sentences.filter(|sentence| !advises_against(sentence)).collect::<String>().trim().to_owned()
}

/// Whether words state a condition or an obligation.
pub(crate) fn obliges(words: &str) -> bool {
    let lowered = words.to_lowercase();
    rules::is_when(&lowered) || OBLIGATION.iter().any(|word| lowered.contains(word))
}

/// How many values words may list: `16:9、9:16`, `std / pro`.
fn listed_values(line: &str) -> usize {
    let is_ratio =
        |word: &str| word.split_once([':', 'x', '×']).is_some_and(|(one, other)| is_number(one) && is_number(other));
    let words = line.split([' ', '、', '/', ',', '，', '；', '(', ')', '（', '）', '。']);
    let ratios = words.map(|word| word.trim_matches('`')).filter(|word| is_ratio(word)).count();
    let list = notes::plain(line.rsplit([':', '：']).next().unwrap_or(line));
    let parts: Vec<&str> = list.split(['、', '/', ',', '，']).map(str::trim).collect();
    let is_word = |part: &&str| !part.is_empty() && part.len() <= 20 && part.is_ascii() && !part.contains(' ');
    let words = if parts.iter().all(is_word) { parts.len() } else { 0 };
    ratios.max(words).max(line.matches('`').count() / 2)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|it| it.is_ascii_digit())
}

/// The digits of a value as words of their own: `1080p` has 1080, `16:9` has 16 and 9.
fn digits(value: &str) -> String {
    value.chars().map(|it| if it.is_ascii_digit() || it == '.' { it } else { ' ' }).collect()
}

fn is_of_default(parameter: &Parameter, number: &str) -> bool {
    parameter.known_default().is_some_and(|default| digits(&text_of(&default.value)).split(' ').any(|it| it == number))
}

fn is_options_label(words: &str) -> bool {
    let line = [At::new(1, words.to_owned()), At::new(2, "• x".to_owned())];
    notes::read(&line, None).options != Options::None
}

/// Whether words say no more than the limits that are read.
fn says_limit(parameter: &Parameter, words: &str) -> bool {
    const MORE: [&str; 13] =
        ["random", "mean", "disable", "auto", "unlimited", "if ", "when", "随机", "表示", "代表", "自动", "不限", "="];
    let numbers = figures::numbers(words);
    let is_limit = |number: &String| parameter.limits.iter().any(|at| at.value.1.to_string() == *number);
    let lowered = words.to_lowercase();
    let says_more = MORE.iter().any(|word| lowered.contains(word)) || obliges(&bounds::without_bounds(&lowered));
    !numbers.is_empty() && numbers.iter().all(is_limit) && words.chars().count() < 40 && !says_more
}

/// `enable_audio` and `enableAudio` as words: `Enable audio`.
pub(super) fn sentence(name: &str) -> String {
    let mut words = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_ascii_lowercase() {
            words.push(' ');
        }
        words.push(if matches!(letter, '_' | '-' | '.') { ' ' } else { letter.to_ascii_lowercase() });
        before = letter;
    }
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
