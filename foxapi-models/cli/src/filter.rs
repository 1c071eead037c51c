//! Filters models by what they accept: `resolution=4k`, `generate_audio`.

use foxapi_models::{Keyword, Model, Parameter, ParameterKind, models};
use foxapi_schema::suggest::closest;

use crate::failure::Failure;
use crate::{flags, words};

/// Conditions that the models must all satisfy.
pub(crate) struct Filter<'a> {
    group: Option<&'a str>,
    wanted: Vec<Wanted<'a>>,
}

impl<'a> Filter<'a> {
    pub(crate) fn of(group: Option<&'a str>, having: &[&'a str]) -> Self {
        Self { group, wanted: having.iter().map(|text| Wanted::of(text)).collect() }
    }

    /// The wanted parameters.
    pub(crate) fn wanted(&self) -> &[Wanted<'a>] {
        &self.wanted
    }

    /// The models that satisfy the filter; an error if no model is in the group, has a parameter, or accepts its value.
    pub(crate) fn models(&self) -> Result<Vec<&'static Model>, Failure> {
        let mut found: Vec<&Model> = models().collect();
        if let Some(group) = self.group {
            found.retain(|model| model.group == group);
            if found.is_empty() {
                return Err(unknown_group(group));
            }
        }
        for wanted in &self.wanted {
            found.retain(|model| wanted.parameter(model).is_some_and(|parameter| wanted.is_taken(parameter)));
            wanted.explain()?;
        }
        Ok(found)
    }
}

/// The failure for a group that no model is in.
fn unknown_group(group: &str) -> Failure {
    let mut groups: Vec<&str> = models().map(|model| model.group).collect();
    groups.sort_unstable();
    groups.dedup();
    let failure = Failure::usage(format!("there is no group {group:?}"));
    match closest(group, &groups) {
        Some(meant) => failure.help(format!("did you mean `{meant}`?")),
        None => failure.help(format!("the groups are: {}", groups.join(", "))),
    }
}

/// A parameter that a model must have, perhaps with a value.
pub(crate) struct Wanted<'a> {
    /// The name as given.
    found: &'a str,
    /// The name as the documentation writes it.
    pub(crate) parameter: String,
    value: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    fn of(text: &'a str) -> Self {
        let (found, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        Self { found, parameter: found.trim_start_matches('-').replace('-', "_"), value }
    }

    pub(crate) fn parameter<'m>(&self, model: &'m Model) -> Option<&'m Parameter> {
        flags::parameters(model).find(|parameter| parameter.name == self.parameter)
    }

    /// Whether the parameter accepts the value, judging only by the parameter.
    fn is_taken(&self, parameter: &Parameter) -> bool {
        let Some(value) = self.value else {
            return true;
        };
        let options = words::options(parameter);
        if !options.is_empty() {
            return options.iter().any(|choice| words::plain(&choice.value) == value);
        }
        match &parameter.kind {
            ParameterKind::Integer | ParameterKind::Number => {
                value.parse().is_ok_and(|number| is_within(parameter, number))
            }
            ParameterKind::Boolean => matches!(value, "true" | "false"),
            _ => true,
        }
    }

    /// Fails if no model has the parameter, or none accepts the value.
    fn explain(&self) -> Result<(), Failure> {
        let having: Vec<&Parameter> = models().filter_map(|model| self.parameter(model)).collect();
        if having.is_empty() {
            let mut names: Vec<&str> = models().flat_map(flags::parameters).map(|it| it.name.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            let failure = Failure::usage(format!("no model has a parameter {:?}", self.found));
            return Err(match closest(&self.parameter, &names) {
                Some(meant) => failure.help(format!("did you mean `{meant}`?")),
                None => failure.help(format!("the parameters are: {}", names.join(", "))),
            });
        }
        if having.iter().any(|parameter| self.is_taken(parameter)) {
            return Ok(());
        }
        let value = self.value.unwrap_or_default();
        let mut options: Vec<String> = Vec::new();
        for choice in having.iter().flat_map(|parameter| words::options(parameter)) {
            let option = words::plain(&choice.value);
            if !choice.value.is_null() && !options.contains(&option) {
                options.push(option);
            }
        }
        let failure = Failure::usage(format!("no model takes {value:?} as `{}`", self.parameter));
        let known: Vec<&str> = options.iter().map(String::as_str).collect();
        Err(match closest(value, &known) {
            Some(meant) => failure.help(format!("did you mean `{}={meant}`?", self.parameter)),
            None if known.is_empty() => {
                failure.help(format!("`foxapi models --having {}` shows what they take", self.parameter))
            }
            None => failure.help(format!("the options are: {}", known.join(", "))),
        })
    }
}

fn is_within(parameter: &Parameter, number: f64) -> bool {
    let bound = |keyword| parameter.limits.number(keyword);
    bound(Keyword::Minimum).is_none_or(|low| number >= low)
        && bound(Keyword::Maximum).is_none_or(|high| number <= high)
        && bound(Keyword::ExclusiveMinimum).is_none_or(|low| number > low)
        && bound(Keyword::ExclusiveMaximum).is_none_or(|high| number < high)
}
