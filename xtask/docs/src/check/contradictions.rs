//! Where a page contradicts itself, or shows what the spec refuses: no spec can be right about both.

use super::bodies;
use crate::finding::{Finding, Topic};
use crate::page::{At, Capture, Limit, Parameter, lists};
use crate::sentences::hash;
use crate::spec::{Spec, shown};

/// The contradictions of a page.
pub(super) fn all(page: &Capture, spec: &Spec) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut add = |topic: Topic, pointer: &str, line: usize, message: String| {
        let hash = Some(hash(&format!("contradiction {} {pointer} {message}", topic.word())));
        let is_known =
            |it: &Finding| it.hash == hash || it.topic == Topic::Example && topic == Topic::Body && it.line == line;
        if !found.iter().any(is_known) {
            let (place, parameter) = (spec.place(pointer, ""), pointer.to_owned());
            found.push(Finding { topic, parameter, line, place, message, unstated: None, hash });
        }
    };
    for parameter in &page.request.children {
        of_parameter(parameter, &format!("/{}", parameter.name), &mut add);
    }
    for body in &page.bodies {
        for parameter in &page.request.children {
            let reason = body.value.get(&parameter.name).and_then(|value| parameter.refuses(value));
            if let Some(reason) = reason {
                let line = page.line_in(body, &parameter.name);
                add(Topic::Example, &format!("/{}", parameter.name), line, format!("in the page's request, {reason}"));
            }
        }
    }
    bodies::refused(page, spec, |parameter, line, message| add(Topic::Body, parameter, line, message));
    found
}

fn of_parameter(parameter: &Parameter, pointer: &str, add: &mut impl FnMut(Topic, &str, usize, String)) {
    if let Some(At { line, value }) = &parameter.default
        && let Some(reason) = parameter.refuses(value)
    {
        add(Topic::Default, pointer, *line, format!("the page contradicts itself: its default {reason}"));
    }
    for At { line, value } in &parameter.examples {
        if let Some(reason) = parameter.refuses(value) {
            add(Topic::Example, pointer, *line, format!("the page contradicts itself: its example {reason}"));
        }
    }
    let (words, field) = (&parameter.listed, &parameter.options);
    if let (Some(first), false) = (words.first(), field.is_empty()) {
        for (these, others, what) in [(words, field, "only its words list"), (field, words, "its words do not list")] {
            let only = these.iter().filter(|at| !lists(others, &at.value)).map(|at| shown(&at.value));
            let only = only.collect::<Vec<_>>().join(", ");
            if !only.is_empty() {
                add(Topic::Options, pointer, first.line, format!("the page contradicts itself: {what} {only}"));
            }
        }
    }
    for (least, most) in
        [(Limit::Minimum, Limit::Maximum), (Limit::MinLength, Limit::MaxLength), (Limit::MinItems, Limit::MaxItems)]
    {
        let (Some(least), Some(most)) = (parameter.limit(least), parameter.limit(most)) else { continue };
        if least.value.as_f64() > most.value.as_f64() {
            let message = format!("the page contradicts itself: at least {} and at most {}", least.value, most.value);
            add(Topic::Limit, pointer, least.line, message);
        }
    }
    for child in &parameter.children {
        of_parameter(child, &format!("{pointer}/{}", child.name), add);
    }
}
