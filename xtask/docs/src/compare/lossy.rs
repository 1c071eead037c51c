//! A copy without names: its blocks are set against the parameters in order, and what is left in them is compared.

use serde_json::Value as Json;

use super::{Comparer, facts::is_same, options};
use crate::{
    capture::figures,
    finding::Topic,
    page::{Block, Kind, Limit, Options, Parameter},
    spec::shown,
};

/// How well a block and a parameter go together, at the least for being set against each other.
const FITS: i32 = 1;

impl Comparer<'_> {
    pub(super) fn blocks(&mut self) {
        self.result.unchecked.push(
            "names, types, `| null`, required and defaults of the parameters: this copy has lost them".to_owned(),
        );
        let parameters = &self.spec.parameters;
        let pairs = align(&self.page.blocks, parameters);
        for (at, block) in self.page.blocks.iter().enumerate() {
            match pairs.get(at).copied().flatten().and_then(|place| parameters.get(place)) {
                Some(parameter) => self.block(block, parameter),
                None => {
                    let words = block.text.first().map_or("", |line| line.value.as_str());
                    let words: String = words.chars().take(60).collect();
                    let message = format!("the spec has no parameter that fits {words:?}");
                    self.find(Topic::MissingInSpec, "", "properties", block.line, message);
                }
            }
        }
        self.swapped(&pairs);
        // Where it is missing: after what stands before it in the spec.
        let mut before = self.page.blocks.first().map_or(1, |block| block.line);
        for (place, parameter) in parameters.iter().enumerate() {
            if let Some(block) =
                pairs.iter().position(|pair| *pair == Some(place)).and_then(|at| self.page.blocks.get(at))
            {
                before = block.line;
                continue;
            }
            let pointer = format!("/{}", parameter.name);
            // Without an example nothing marks where its words end.
            if parameter.examples.is_empty() {
                self.result.unchecked.push(format!("`{}`: it has no example by which to find it", parameter.name));
            } else {
                let message = format!("nothing on the page fits `{}`", parameter.name);
                self.find(Topic::MissingOnPage, &pointer, "", before, message);
            }
        }
    }

    /// Two neighbours that fit better the other way round have changed places.
    fn swapped(&mut self, pairs: &[Option<usize>]) {
        let blocks = &self.page.blocks;
        for (at, pair) in pairs.windows(2).enumerate() {
            let (Some(one), Some(another)) = (blocks.get(at), blocks.get(at + 1)) else { continue };
            let parameter = |place: Option<usize>| self.spec.parameters.get(place?);
            let [Some(first), Some(second)] = [pair.first(), pair.get(1)].map(|it| parameter(it.copied().flatten()))
            else {
                continue;
            };
            let as_listed = fit(one, first) + fit(another, second);
            if fit(one, second) + fit(another, first) > as_listed {
                let message = format!("`{}` and `{}` seem to have changed places", first.name, second.name);
                self.find(Topic::Order, &format!("/{}", first.name), "", one.line, message);
            }
        }
    }

    fn block(&mut self, block: &Block, parameter: &Parameter) {
        let pointer = format!("/{}", parameter.name);
        if parameter.name != "model" {
            let values = values(parameter);
            let words: Vec<&str> = block.text.iter().map(|line| line.value.as_str()).collect();
            let words = words.join("\n");
            match (&block.options, values.is_empty()) {
                (Options::None, false) if parameter.kind != Some(Kind::Boolean) => {
                    for value in values.iter().filter(|it| !words.contains(it.as_str())) {
                        let message = format!("the spec has {value:?}, the page does not mention it");
                        self.find(Topic::Options, &pointer, "oneOf", block.line, message);
                    }
                }
                (Options::None, _) => {}
                (_, true) => {
                    let message = "the page lists values; the spec takes any".to_owned();
                    self.find(Topic::Options, &pointer, "", block.line, message);
                }
                (listed, false) => {
                    for (line, message) in options::differences(listed, &values) {
                        self.find(Topic::Options, &pointer, "oneOf", line, message);
                    }
                }
            }
            self.lost_limits(block, &words, parameter, &pointer);
            self.figures(&parameter.name, &block.text);
        }
        self.lost_examples(block, parameter, &pointer);
        let advises = block.text.iter().any(|line| crate::capture::advises_against(&line.value));
        if advises && parameter.advanced.is_none() {
            let message = "the page advises to leave it unset, the spec has no \"x-advanced\"".to_owned();
            self.find(Topic::Advice, &pointer, "", block.line, message);
        } else if !advises && parameter.advanced.is_some() {
            self.skip(format!(
                "whether the page advises to leave `{}` unset: its words do not say so here",
                parameter.name
            ));
        }
    }

    /// Numbers survive, but run into what stands beside them.
    fn lost_limits(&mut self, block: &Block, words: &str, parameter: &Parameter, pointer: &str) {
        let line_of = |needle: &str| block.text.iter().find(|line| line.value.contains(needle)).map(|line| line.line);
        let runs: Vec<&str> = words.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
        let range = block.text.iter().find(|line| line.value.contains("<= x"));
        for at in &parameter.limits {
            let (limit, number) = &at.value;
            let text = number.to_string();
            let digits = text.trim_start_matches('-');
            let is_said = match (limit, range) {
                (Limit::Minimum, Some(range)) => range.value.starts_with(&format!("{text} <= x")),
                (Limit::Maximum, Some(range)) => {
                    let end = range.value.rsplit("x <= ").next().unwrap_or_default();
                    let examples = parameter.examples.iter().map(|example| format!("{text}{}", example.value));
                    examples.chain([text.clone()]).any(|it| it == end)
                }
                _ => runs.contains(&digits),
            };
            if !is_said {
                let keyword = limit.keyword();
                let line = line_of("<= x").unwrap_or(block.line);
                let message = format!("{keyword} is {number} in the spec, the page does not say so");
                self.find(Topic::Limit, pointer, keyword, line, message);
            }
        }
        if parameter.limits.is_empty()
            && let Some(range) = range
        {
            let message = "the page states a range, the spec has none".to_owned();
            self.find(Topic::Limit, pointer, "", range.line, message);
        }
    }

    fn lost_examples(&mut self, block: &Block, parameter: &Parameter, pointer: &str) {
        let is_closed =
            parameter.options != Options::None || parameter.kind.as_ref().is_some_and(|kind| !kind.is_free());
        if !is_closed || parameter.examples.is_empty() {
            let shown =
                Parameter { name: parameter.name.clone(), examples: block.examples.clone(), ..Parameter::default() };
            return self.other_examples(&shown, parameter);
        }
        for example in &block.examples {
            if parameter.examples.iter().all(|other| !is_same(&other.value, &example.value)) {
                let message = format!("the page has the example {}, the spec has not", shown(&example.value));
                self.find(Topic::Example, pointer, "examples", example.line, message);
            }
        }
        for example in parameter.examples.iter().filter(|_| !block.examples.is_empty()) {
            if block.examples.iter().all(|other| !is_same(&other.value, &example.value)) {
                let message = format!("the spec has the example {}, the page has not", shown(&example.value));
                self.find(Topic::Example, pointer, "examples", block.line, message);
            }
        }
    }
}

fn values(parameter: &Parameter) -> Vec<String> {
    match &parameter.options {
        Options::Listed(values) => values.iter().map(|value| options::text(&value.value)).collect(),
        _ => Vec::new(),
    }
}

/// For each block the place of its parameter: in order, with the best fit over all.
pub(crate) fn align(blocks: &[Block], parameters: &[Parameter]) -> Vec<Option<usize>> {
    // best[b][p]: the best fit of the blocks from b on with the parameters from p on.
    let (rows, columns) = (blocks.len(), parameters.len());
    let mut best = vec![vec![0_i32; columns + 1]; rows + 1];
    let fit = |b: usize, p: usize| match (blocks.get(b), parameters.get(p)) {
        (Some(block), Some(parameter)) => fit(block, parameter),
        _ => 0,
    };
    let cell = |best: &Vec<Vec<i32>>, b: usize, p: usize| best.get(b).and_then(|row| row.get(p)).copied().unwrap_or(0);
    for b in (0..rows).rev() {
        for p in (0..columns).rev() {
            let pair = fit(b, p);
            let with = if pair >= FITS { pair + cell(&best, b + 1, p + 1) } else { i32::MIN };
            let without = cell(&best, b + 1, p).max(cell(&best, b, p + 1));
            if let Some(cell) = best.get_mut(b).and_then(|row| row.get_mut(p)) {
                *cell = with.max(without);
            }
        }
    }
    let mut pairs = vec![None; rows];
    let (mut b, mut p) = (0, 0);
    while b < rows && p < columns {
        let pair = fit(b, p);
        if pair >= FITS && cell(&best, b, p) == pair + cell(&best, b + 1, p + 1) {
            if let Some(place) = pairs.get_mut(b) {
                *place = Some(p);
            }
            (b, p) = (b + 1, p + 1);
        } else if cell(&best, b, p) == cell(&best, b, p + 1) {
            p += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// How well a block fits a parameter: by the types of its examples, then by the values.
fn fit(block: &Block, parameter: &Parameter) -> i32 {
    let mut fit = 0;
    for example in &block.examples {
        let fits = match (&parameter.kind, &example.value) {
            (Some(Kind::String(_)), Json::String(_))
            | (Some(Kind::Boolean), Json::Bool(_))
            | (Some(Kind::Integer | Kind::Number), Json::Number(_))
            | (Some(Kind::Object), Json::Object(_)) => true,
            (Some(Kind::Array(item)), Json::Array(values)) => values.iter().all(|value| {
                matches!((item.as_deref(), value), (Some(Kind::Object), Json::Object(_)))
                    || !matches!(item.as_deref(), Some(Kind::Object)) && !value.is_object()
            }),
            _ => false,
        };
        if !fits {
            return 0;
        }
        let is_known = parameter.examples.iter().any(|other| is_same(&other.value, &example.value));
        let is_address = |value: &Json| value.as_str().is_some_and(|text| text.starts_with("http"));
        let takes_addresses = parameter.kind.as_ref().is_some_and(|kind| kind.format().is_some());
        let first = example.value.as_array().and_then(|values| values.first()).unwrap_or(&example.value);
        fit = fit.max(
            4 + 4 * i32::from(is_known) + 3 * i32::from(first.is_string() && is_address(first) == takes_addresses),
        );
    }
    let listed = values(parameter);
    let has_list = block.options != Options::None;
    if block.examples.is_empty() {
        // A list of values, or words alone.
        fit = if has_list && !listed.is_empty() { 3 } else { i32::from(parameter.examples.is_empty() || !has_list) };
    }
    if has_list && !listed.is_empty() {
        fit += if options::differences(&block.options, &listed).is_empty() { 6 } else { 2 };
    }
    let words: Vec<String> = block.text.iter().map(|line| line.value.to_lowercase()).collect();
    let words = words.join(" ");
    let in_name = parameter.name.split('_').filter(|word| word.len() > 2 && words.contains(&word.to_lowercase()));
    let numbers = figures::numbers(&words);
    let limits = parameter.limits.iter().filter(|at| numbers.contains(&at.value.1.to_string()));
    fit + i32::try_from(in_name.count() + limits.count()).unwrap_or(0)
}
