//! What is tried for a property.

use crate::value::Value;

/// Values to try, the plainest first.
#[derive(Clone, Debug)]
pub(in crate::judge) struct Candidates {
    pub(in crate::judge) values: Vec<Value>,
    /// Whether rules that do not look inside cannot distinguish any other value from all of these.
    pub(in crate::judge) complete: bool,
    /// Values that the documentation shows.
    pub(in crate::judge) samples: Vec<Value>,
}

impl Candidates {
    /// Values besides which no other makes a difference.
    pub(in crate::judge) fn complete(values: Vec<Value>) -> Self {
        Self { values, complete: true, samples: Vec::new() }
    }

    /// Keeps one array of each length and one object of each size; the others differ only in their contents.
    pub(in crate::judge) fn forget_contents(&mut self) {
        let mut known: Vec<(bool, usize)> = Vec::new();
        self.values.retain(|value| {
            let size = match value {
                Value::List(items) => (true, items.len()),
                Value::Object(members) => (false, members.len()),
                _ => return true,
            };
            let is_new = !known.contains(&size);
            known.push(size);
            is_new
        });
    }
}
