//! Limits the size of a schema once its references are followed, and with it all work on the schema.

use std::collections::HashMap;

use foxapi_schema::json_type::JsonType;

use super::Checker;
use super::schema::SpecSchema;
use crate::raw::Span;

/// The most schemas that one value may have to satisfy.
const MOST: u64 = 20_000;

/// The longest chain of nested schemas.
const LONGEST: u64 = 400;

/// The number of schemas that a schema consists of, and the longest path through them.
#[derive(Clone, Copy, Default)]
struct Unfolded {
    count: u64,
    depth: u64,
}

/// The error for a schema that is too large to follow.
pub(super) struct TooMuch;

impl<'a> Checker<'a, '_, '_> {
    /// Reports the first schema that references make too large. No further check can run after that.
    pub(super) fn check_unfolding(&mut self) -> Result<(), TooMuch> {
        let mut known = HashMap::new();
        for file in self.files {
            let definitions = file.schema.definitions.iter().chain(&file.schema.properties);
            for schema in definitions.map(|property| &property.schema).chain(file.schema.in_place()) {
                let Unfolded { count, depth } = self.unfolded(schema, 0, &mut known);
                let message = match (count > MOST, depth > LONGEST) {
                    (false, false) => continue,
                    (true, _) => {
                        format!("with its references followed, this is more than {MOST} schemas for one value")
                    }
                    (_, true) => format!("more than {LONGEST} schemas lead from one to the next here"),
                };
                self.report.error_with_help(schema.at, message, "use fewer references");
                return Err(TooMuch);
            }
        }
        Ok(())
    }

    /// `depth` is the length of the path so far. A cycle is counted once, and reported elsewhere.
    fn unfolded(&self, schema: &'a SpecSchema, depth: u64, known: &mut HashMap<Span, Unfolded>) -> Unfolded {
        if let Some(known) = known.get(&schema.at) {
            return *known;
        }
        if depth > LONGEST {
            return Unfolded { count: 1, depth: LONGEST };
        }
        known.insert(schema.at, Unfolded::default());
        let target = schema.reference.as_ref().and_then(|reference| self.target(reference));
        // An object has its own type, which is looked at separately.
        let target =
            target.filter(|target| !target.types.as_ref().is_some_and(|types| types.contains(&JsonType::Object)));
        let properties = schema.properties.iter().map(|property| &property.schema);
        let mut whole = Unfolded { count: 1, depth: 0 };
        for part in target.into_iter().chain(schema.in_place()).chain(schema.inside()).chain(properties) {
            let part = self.unfolded(part, depth + 1, known);
            whole.count = whole.count.saturating_add(part.count);
            whole.depth = whole.depth.max(part.depth);
        }
        whole.depth += 1;
        known.insert(schema.at, whole);
        whole
    }
}
