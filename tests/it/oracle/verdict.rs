//! The verdict on a body by the judge and the list of deviations together.

use std::collections::BTreeSet;

use serde_json::Value;

use super::bodies::Body;
use super::deviations::beyond_type;
use super::judge::Judge;
use super::specs::{FileSchema, Specs};

/// The JSON Pointers of violations; empty for a valid body.
pub(crate) type Paths = BTreeSet<String>;

/// The expected verdict on a body.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The paths that must be blamed.
    pub(crate) blamed: Paths,
    /// Paths that may be blamed as well, and are enough to refuse the body.
    pub(crate) beyond: Paths,
}

impl Verdict {
    fn of_path(path: &str) -> Self {
        Self { blamed: Paths::from([path.to_owned()]), beyond: Paths::new() }
    }

    /// With names that occur twice.
    fn and(mut self, repeated: &[String]) -> Self {
        self.blamed.extend(repeated.iter().cloned());
        self
    }

    pub(crate) fn is_valid(&self) -> bool {
        self.blamed.is_empty() && self.beyond.is_empty()
    }

    /// Whether the paths that our validators blame agree with it.
    pub(crate) fn agrees(&self, ours: &Paths) -> bool {
        let all: Paths = self.blamed.union(&self.beyond).cloned().collect();
        ours.is_empty() == self.is_valid() && self.blamed.is_subset(ours) && ours.is_subset(&all)
    }
}

/// A page as the judge sees it.
pub(crate) struct Reference<'s> {
    specs: &'s Specs,
    root: FileSchema<'s>,
    judge: Judge,
    models: Vec<String>,
}

impl<'s> Reference<'s> {
    pub(crate) fn new(specs: &'s Specs, file: &'s str, models: Vec<String>) -> Self {
        Self { specs, root: specs.root(file), judge: Judge::new(specs, file), models }
    }

    pub(crate) fn of_value(&self, body: &Value) -> Verdict {
        let mut beyond = Vec::new();
        beyond_type(self.specs, self.root, body, "", &mut beyond);
        Verdict { blamed: self.judge.blamed(body), beyond: beyond.into_iter().collect() }
    }

    /// For readers that know which page the body is for.
    pub(crate) fn of_body(&self, body: &Body) -> Verdict {
        match serde_json::from_str(&body.text) {
            Ok(value) => self.of_value(&value).and(&body.repeated),
            Err(_) => Verdict::of_path(""),
        }
    }

    /// For readers that accept the body of any page: deviation 5.
    pub(crate) fn of_any_body(&self, body: &Body) -> Verdict {
        match serde_json::from_str(&body.text) {
            Ok(Value::Object(members)) => match members.get("model").and_then(Value::as_str) {
                Some(model) if self.models.iter().any(|known| known == model) => self.of_body(body),
                _ => Verdict::of_path("/model").and(&body.repeated),
            },
            Ok(_) => Verdict::of_path("").and(&body.repeated),
            Err(_) => Verdict::of_path(""),
        }
    }
}
