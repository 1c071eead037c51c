//! Rules that the words of a page state in forms that can be recognised. Each is marked to be confirmed.

use serde_json::{Value, json};

use super::json::Json;
use crate::{
    capture::{figures, notes},
    compare::text_of,
    page::{At, Kind, Options, Page, Parameter},
};

/// What denies a rule, or holds it to some cases.
const DOUBTS: [&str; 31] = [
    "no longer",
    "not ",
    "n't",
    "never",
    "neither",
    "unless",
    "except",
    "when ",
    "while ",
    "where ",
    "if ",
    "only",
    "previously",
    "formerly",
    "otherwise",
    "may ",
    "some ",
    "but ",
    "不再",
    "无需",
    "不需",
    "不必",
    "不会",
    "除非",
    "如果",
    "若",
    "仅",
    "除了",
    "可能",
    "以前",
    "当",
];

/// Conditions that say no more than that the parameter is given.
const USES: [&str; 11] = [
    "when using this parameter",
    "when this parameter is given",
    "when this parameter is used",
    "when using this field",
    "when used",
    "when provided",
    "when set",
    "使用此参数时",
    "使用该参数时",
    "传此参数时",
    "同时",
];

/// A rule, and the words that it was read from.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Every line that states it.
    pub(crate) words: Vec<At<String>>,
    /// Where the first of them stands, and about which parameter.
    pub(crate) line: usize,
    pub(crate) parameter: String,
    pub(crate) schema: Json,
}

impl Rule {
    /// The rule without its sentence, with the lists in it sorted.
    pub(crate) fn bare(&self) -> Value {
        let Json::Object(members) = &self.schema else { return Value::Null };
        let members = members.iter().filter(|(name, _)| name != "description");
        sorted(Json::Object(members.cloned().collect()).into())
    }
}

/// Lists in which the order says nothing are sorted, as they are in what is read from a schema.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let sort = |(name, value): (String, Value)| match (name.as_str(), value) {
                ("required" | "enum", Value::Array(mut items)) => {
                    items.sort_by_key(Value::to_string);
                    (name, Value::Array(items))
                }
                (_, value) => (name, sorted(value)),
            };
            Value::Object(members.into_iter().map(sort).collect())
        }
        other => other,
    }
}

/// The rules that the words of a page state.
pub(crate) fn read(page: &Page) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for parameter in &page.parameters {
        for line in &parameter.prose {
            let words = notes::plain(&line.value);
            let said = At::new(line.line, words.clone());
            let schemas = sentences(&words).into_iter().flat_map(|words| {
                let lowered = words.to_lowercase();
                Sentence { page, parameter, words, lowered }.rules()
            });
            for schema in schemas {
                match rules.iter_mut().find(|rule| rule.schema == schema) {
                    Some(rule) if !rule.words.contains(&said) => rule.words.push(said.clone()),
                    Some(_) => {}
                    None => {
                        let parameter = parameter.name.clone();
                        rules.push(Rule { words: vec![said.clone()], line: line.line, parameter, schema });
                    }
                }
            }
        }
    }
    rules
}

/// The sentences of a line: each states its rule by itself.
fn sentences(line: &str) -> Vec<&str> {
    let parts = line.split(['。', '；', ';', '！']).flat_map(|part| part.split(". "));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A sentence about a parameter.
struct Sentence<'a> {
    page: &'a Page,
    parameter: &'a Parameter,
    words: &'a str,
    lowered: String,
}

impl Sentence<'_> {
    fn rules(&self) -> Vec<Json> {
        let rule = self.exclusion().or_else(|| self.switch()).or_else(|| self.sum());
        let rule = rule.or_else(|| self.need()).or_else(|| self.one_of_several());
        rule.into_iter().chain(self.availability()).chain(self.model_values()).collect()
    }

    fn says(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.lowered.contains(phrase))
    }

    /// Whether the sentence says more than a form of words does: that it denies it, or when alone it holds.
    fn says_more_than(&self, form: &[&str]) -> bool {
        // Longest first: one phrase may hold another one.
        let mut form: Vec<&str> = form.iter().chain(&USES).copied().collect();
        form.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        let rest = form.iter().fold(self.lowered.clone(), |text, phrase| text.replace(phrase, " "));
        DOUBTS.iter().any(|doubt| rest.contains(doubt)) || rest.split(' ').any(is_when)
    }

    /// Whether the sentence is about one value of the parameter, or has a number: no rule about all of it says that.
    fn is_about_a_value(&self) -> bool {
        // Versions of models are no numbers.
        let mut models = self.models();
        models.sort_by_key(|model| std::cmp::Reverse(model.len()));
        let rest = models.iter().fold(self.words.to_owned(), |text, model| text.replace(model, " "));
        let is_named = |option: &At<Value>| has_word(&rest.to_lowercase(), &text_of(&option.value).to_lowercase());
        let has_value = matches!(&self.parameter.options, Options::Listed(options) if options.iter().any(is_named));
        has_value || !figures::numbers(&rest).is_empty()
    }

    /// Other parameters that the words name.
    fn others(&self) -> Vec<&Parameter> {
        let named = |it: &&Parameter| it.name != self.parameter.name && has_word(self.words, &it.name);
        self.page.parameters.iter().filter(named).collect()
    }

    /// The models that the words name.
    fn models(&self) -> Vec<&str> {
        let models = self.page.models.iter().map(|model| model.value.as_str());
        models.filter(|model| has_word(self.words, model)).collect()
    }

    /// `Mutually exclusive with multi_prompt`.
    fn exclusion(&self) -> Option<Json> {
        const EXCLUDES: [&str; 9] = [
            "mutually exclusive",
            "cannot be used together",
            "cannot be combined",
            "cannot be used with",
            "互斥",
            "不能与",
            "不可与",
            "不能同时",
            "二选一",
        ];
        // That one of the two must be given is more than an exclusion.
        let is_need = ["required", "must", "必传", "必填", "必须", "exactly one"];
        if !self.says(&EXCLUDES) || self.says_more_than(&EXCLUDES) || self.is_about_a_value() || self.says(&is_need) {
            return None;
        }
        let [other] = self.others().try_into().ok()?;
        // One rule for both, whichever of them states it; what must be given excludes nothing.
        let place = |name: &str| self.page.parameters.iter().position(|it| it.name == name);
        let (one, another) = if place(&self.parameter.name) < place(&other.name) {
            (self.parameter, other)
        } else {
            (other, self.parameter)
        };
        if one.required || another.required || one.known_default().is_some() || another.known_default().is_some() {
            return None;
        }
        let (first, second) = (type_of(one)?, type_of(another)?);
        let (one, another) = (&one.name, &another.name);
        Some(rule(
            &format!("`{one}` and `{another}` exclude each other."),
            json!({"required": [one], "properties": {one: {"type": first}}}),
            json!({"properties": {another: {"not": {"type": second}}}}),
        ))
    }

    /// `generate_audio must be true when using this parameter`.
    fn switch(&self) -> Option<Json> {
        const TRUE: [&str; 6] =
            ["must be true", "must be set to true", "必须为 true", "必须为true", "需为 true", "需要为 true"];
        const FALSE: [&str; 6] =
            ["must be false", "must be set to false", "必须为 false", "必须为false", "需为 false", "需要为 false"];
        let (forms, value) = if self.says(&TRUE) { (TRUE, true) } else { (FALSE, false) };
        if !self.says(&forms) || self.says_more_than(&forms) || self.is_about_a_value() {
            return None;
        }
        let others = self.others();
        let switch = others.iter().find(|it| it.kind == Some(Kind::Boolean))?;
        let (name, switch) = (&self.parameter.name, &switch.name);
        let own = type_of(self.parameter).filter(|_| self.parameter.known_default().is_none())?;
        Some(rule(
            &format!("`{name}` needs `{switch}` to be {value}."),
            json!({"required": [name], "properties": {name: {"type": own}}}),
            json!({"required": [switch], "properties": {switch: {"const": value}}}),
        ))
    }

    /// `Required when multi_shot is true`.
    fn need(&self) -> Option<Json> {
        const FORMS: [&str; 6] =
            ["required when", "required if", "must be provided when", "时必填", "时必传", "时必须"];
        let says = self.says(&FORMS) && !self.says_more_than(&FORMS);
        let (name, given) = (&self.parameter.name, self.conditions());
        if !says || given.is_empty() || self.parameter.required || self.parameter.known_default().is_some() {
            return None;
        }
        let words: Vec<String> = given.iter().map(|(name, value)| format!("`{name}` {}", text_of(value))).collect();
        // A parameter that is left out stands for its default.
        let is_default = |name: &str, value: &Value| {
            let default = self.page.parameter(name).and_then(Parameter::known_default);
            default.is_some_and(|default| default.value == *value)
        };
        let needed: Vec<&String> =
            given.iter().filter(|(name, it)| !is_default(name, it)).map(|(name, _)| name).collect();
        let constants: Vec<(&String, Value)> =
            given.iter().map(|(name, value)| (name, json!({"const": value}))).collect();
        let properties: serde_json::Map<String, Value> =
            constants.into_iter().map(|(name, it)| (name.clone(), it)).collect();
        let when = if needed.is_empty() {
            json!({"properties": properties})
        } else {
            json!({"required": needed, "properties": properties})
        };
        let sentence = format!("With {}, `{name}` is required.", words.join(" and "));
        Some(rule(&sentence, when, given_as(self.parameter)))
    }

    /// `At least one of prompt and image_urls must be given`.
    fn one_of_several(&self) -> Option<Json> {
        const FORMS: [&str; 6] = ["at least one of", "至少传", "至少需要", "至少提供", "至少填", "至少一个"];
        if !self.says(&FORMS) || self.says_more_than(&FORMS) || self.is_about_a_value() {
            return None;
        }
        let others = self.others();
        let is_free = |it: &&Parameter| !it.required && it.known_default().is_none();
        let all: Vec<&Parameter> = self
            .page
            .parameters
            .iter()
            .filter(|it| it.name == self.parameter.name || others.iter().any(|other| other.name == it.name))
            .collect();
        if all.len() < 2 || !all.iter().all(is_free) {
            return None;
        }
        let names: Vec<String> = all.iter().map(|it| format!("`{}`", it.name)).collect();
        let branches: Vec<Value> = all.iter().map(|it| given_as(it)).collect();
        Some(Json::object([
            ("description", Json::text(format!("At least one of {} is given.", names.join(", ")))),
            ("anyOf", Json::from(Value::from(branches))),
        ]))
    }

    /// `The sum of the durations of all segments must equal the total duration`.
    fn sum(&self) -> Option<Json> {
        // A sum that has a bound is no sum that has a value.
        let is_equal =
            self.says(&["sum of", "之和", "总和"]) && self.says(&["equal", "match", "add up to", "等于", "一致"]);
        let is_bound =
            self.says(&["exceed", "less", "at most", "at least", "more than", "up to", "超过", "小于", "大于", "以内"]);
        if !is_equal || is_bound || self.says_more_than(&[]) || !matches!(self.parameter.kind, Some(Kind::Array(_))) {
            return None;
        }
        let others = self.others();
        let total = others.iter().find(|it| it.kind == Some(Kind::Integer))?;
        let (items, total) = (&self.parameter.name, &total.name);
        let sum = json!({"items": items, "property": total, "total": total});
        Some(Json::object([
            ("description", Json::text(format!("The `{total}` values of `{items}` add up to `{total}`."))),
            ("x-sum-equals", ordered(sum, &["items", "property", "total"])),
        ]))
    }

    /// `Only available for veo-3.1`, `Not applicable for veo-3.1-lite`.
    fn availability(&self) -> Option<Json> {
        let models = self.models();
        let own =
            type_of(self.parameter).filter(|_| self.parameter.known_default().is_none() && !self.parameter.required)?;
        const LACKS: [&str; 6] = ["not applicable", "not available", "not supported", "不适用", "不可用", "不支持"];
        const HAS: [&str; 6] = ["available for", "only available", "only supported by", "可用", "适用于", "适用"];
        let lacks = self.says(&LACKS);
        let says_has = self.says(&HAS);
        let form: Vec<&str> = LACKS.iter().chain(&HAS).chain(&["only", "仅", "只有"]).copied().collect();
        if self.says_more_than(&form) || self.is_about_a_value() {
            return None;
        }
        let has = (says_has || self.only_models_support()) && !lacks;
        if models.is_empty() || lacks == has || !self.conditions().is_empty() {
            return None;
        }
        let all = self.page.models.iter().map(|model| model.value.as_str());
        let without: Vec<&str> = all.filter(|model| models.contains(model) == lacks).collect();
        if without.is_empty() {
            return None;
        }
        let name = &self.parameter.name;
        Some(rule(
            &format!("`{name}` is not for {}.", listed(&without)),
            json!({"required": ["model"], "properties": {"model": one_of(&without)}}),
            json!({"properties": {name: {"not": {"type": own}}}}),
        ))
    }

    /// `Only sora-2 supports this`, which is not `sora-2 only supports this`.
    fn only_models_support(&self) -> bool {
        let models = self.models();
        let first = models.iter().filter_map(|model| self.lowered.find(model)).min();
        let Some((before, after)) = first.and_then(|first| self.lowered.split_at_checked(first)) else { return false };
        ["only", "仅", "只有"].iter().any(|word| before.contains(word))
            && ["support", "支持"].iter().any(|word| after.contains(word))
    }

    /// `veo-3.1-lite only supports 720p / 1080p`, `… at resolution=1080p only supports 8 seconds`.
    fn model_values(&self) -> Option<Json> {
        let models = self.models();
        let Options::Listed(options) = &self.parameter.options else { return None };
        let phrases = ["only supports", "only support", "仅支持", "只支持"];
        let at = phrases.iter().find_map(|phrase| self.lowered.find(phrase).map(|at| at + phrase.len()))?;
        let after = self.lowered.get(at..)?;
        let named = options.iter().filter(|option| has_word(after, &text_of(&option.value).to_lowercase()));
        let values: Vec<&Value> = named.map(|option| &option.value).collect();
        if models.is_empty() || values.is_empty() || values.len() == options.len() || self.parameter.name == "model" {
            return None;
        }
        let read: Vec<&str> = phrases.iter().chain(&["at "]).copied().collect();
        if self.says_more_than(&read) {
            return None;
        }
        let mut properties = vec![("model".to_owned(), one_of(&models))];
        let mut when = String::new();
        for (name, value) in self.conditions() {
            when.push_str(&format!("With `{name}` {}, ", text_of(&value)));
            properties.push((name, json!({"const": value})));
        }
        let name = &self.parameter.name;
        let shown: Vec<String> = values.iter().map(|value| text_of(value)).collect();
        let then = match values.as_slice() {
            [value] => json!({"const": value}),
            values => json!({"enum": values}),
        };
        let models = listed(&models);
        let verb = if models.contains(" and ") { "take" } else { "takes" };
        Some(Json::object([
            ("description", Json::text(format!("{when}{models} {verb} the `{name}` {} only.", shown.join(" or ")))),
            (
                "if",
                Json::object([
                    ("required", Json::texts(["model"])),
                    ("properties", Json::Object(properties.into_iter().map(|(name, it)| (name, it.into())).collect())),
                ]),
            ),
            ("then", json!({"properties": {name: then}}).into()),
        ]))
    }

    /// `resolution=1080p`, `multi_shot is true`, `shot_type 为 multi`: the parameters that the words give a value.
    fn conditions(&self) -> Vec<(String, Value)> {
        let is_end = |it: char| it.is_whitespace() || matches!(it, ',' | '，' | '、' | '。' | ';' | '；');
        let words: Vec<&str> = self.words.split(is_end).filter(|word| !word.is_empty()).collect();
        let value_of = |name: &str, value: &str| {
            let parameter = self.page.parameter(name)?;
            let value = value.trim_end_matches(['.', '。', '时']).trim_matches(['`', '"', '“', '”']);
            let value = notes::value(value, parameter.kind.as_ref())?;
            Some((name.to_owned(), value))
        };
        let mut conditions = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let joined = word.split_once('=').or_else(|| word.split_once('为'));
            let apart = || match (words.get(at + 1), words.get(at + 2)) {
                (Some(&("is" | "=" | "为" | "是")), Some(value)) => Some((*word, *value)),
                _ => None,
            };
            let found = joined.or_else(apart).and_then(|(name, value)| value_of(name, value));
            conditions.extend(found.filter(|(name, _)| *name != self.parameter.name));
        }
        conditions
    }
}

/// That a parameter is given; null is as good as leaving it out.
fn given_as(parameter: &Parameter) -> Value {
    let name = &parameter.name;
    match type_of(parameter).filter(|_| parameter.nullable) {
        Some(own) => json!({"required": [name], "properties": {name: {"type": own}}}),
        None => json!({"required": [name]}),
    }
}

/// A branch of `allOf`, its members in the order in which people read them.
fn rule(description: &str, when: Value, then: Value) -> Json {
    let order = ["required", "properties"];
    Json::object([
        ("description", Json::text(description)),
        ("if", ordered(when, &order)),
        ("then", ordered(then, &order)),
    ])
}

/// An object whose members are put into this order.
fn ordered(value: Value, order: &[&str]) -> Json {
    let Value::Object(mut members) = value else { return value.into() };
    let members = order.iter().filter_map(|name| Some(((*name).to_owned(), members.remove(*name)?.into())));
    Json::Object(members.collect())
}

fn one_of(models: &[&str]) -> Value {
    match models {
        [model] => json!({"const": model}),
        models => json!({"enum": models}),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(models: &[&str]) -> String {
    match models.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// The JSON type of a parameter that is there.
fn type_of(parameter: &Parameter) -> Option<&'static str> {
    Some(match parameter.kind.as_ref()? {
        Kind::String(_) => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Object => "object",
        Kind::Array(_) => "array",
        Kind::Other(_) => return None,
    })
}

/// Whether words make a condition of what stands before them: `传入图片时`, not `时长`.
pub(crate) fn is_when(words: &str) -> bool {
    // A length, a time or an hour is no condition.
    words.match_indices('时').any(|(at, it)| {
        let after = words.get(at + it.len()..).and_then(|rest| rest.chars().next());
        let before = words.get(..at).and_then(|rest| rest.chars().next_back());
        after.is_none_or(|it| !it.is_alphabetic()) && !matches!(before, Some('小' | '同' | '及' | '实' | '临'))
    })
}

/// Whether a text has a word, and not as a part of a longer one.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let part = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
    text.match_indices(word).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let after = rest.get(word.len()..).unwrap_or_default();
        let dotted = after.strip_prefix('.').is_some_and(|it| part(it.chars().next()));
        !part(before.chars().next_back()) && !part(after.chars().next()) && !dotted
    })
}
