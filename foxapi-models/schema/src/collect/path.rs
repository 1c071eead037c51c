//! The position of a walk. Its steps become a JSON Pointer only when there is something to report.

use crate::pointer;

/// One step down a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// To a member of an object.
    Name(&'a str),
    /// To an item of an array.
    Index(usize),
}

impl Step<'_> {
    pub(super) fn append_to(self, path: &mut String) {
        match self {
            Self::Name(name) => pointer::push(path, name),
            Self::Index(index) => pointer::push(path, &index.to_string()),
        }
    }
}

/// The steps from the body to the current value.
#[derive(Debug, Default)]
pub(super) struct Path<'a>(Vec<Step<'a>>);

impl<'a> Path<'a> {
    pub(super) fn push(&mut self, step: Step<'a>) {
        self.0.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// The number of steps.
    pub(super) fn depth(&self) -> usize {
        self.0.len()
    }

    /// The name of the member that the step after the first `depth` steps leads to, if it leads to one.
    pub(super) fn name_after(&self, depth: usize) -> Option<&'a str> {
        match self.0.get(depth) {
            Some(Step::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// The pointer to the value.
    pub(super) fn pointer(&self) -> String {
        pointer_of(self.0.iter().copied())
    }

    /// The pointer to a member of the object that the first `depth` steps lead to.
    pub(super) fn beside(&self, depth: usize, name: &'a str) -> String {
        pointer_of(self.0.iter().take(depth).copied().chain([Step::Name(name)]))
    }
}

fn pointer_of<'a>(steps: impl Iterator<Item = Step<'a>>) -> String {
    // Most paths are shorter and need not grow.
    let mut path = String::with_capacity(32);
    steps.for_each(|step| step.append_to(&mut path));
    path
}
