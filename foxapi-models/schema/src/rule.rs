//! What a keyword asks of the properties of an object together, with all its faces; each kind has a file in `rule/`.

mod sum;
mod together;

use serde_json::{Map, Value};

use crate::keyword::Keyword;
use crate::refusal::{At, Refusal};
pub use sum::Sum;
pub use together::Together;

/// What a keyword asks of the properties of an object together.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "who enforces rules has to know all of them")]
pub enum Rule {
    /// Numbers of the items of an array add up to a total.
    Sum(Sum),
    /// Several arrays together hold a limited number of items.
    Together(Together),
}

/// The default of a property, by its name.
pub type Defaults<'d> = &'d dyn Fn(&str) -> Option<&'d Value>;

impl Rule {
    /// Reads a keyword with its value; `None` for keywords that are something else.
    ///
    /// # Errors
    ///
    /// All that is wrong with the value.
    #[must_use]
    pub fn read(name: &str, value: &Value) -> Option<Result<Self, Vec<Refusal>>> {
        match name.parse() {
            Ok(Keyword::XSumEquals) => Some(sum::read(value).map(Self::Sum)),
            Ok(Keyword::XCombinedMaxItems) => Some(together::read(value).map(Self::Together)),
            _ => None,
        }
    }

    /// The keyword that says it.
    #[must_use]
    pub fn keyword(&self) -> Keyword {
        match self {
            Self::Sum(_) => Keyword::XSumEquals,
            Self::Together(_) => Keyword::XCombinedMaxItems,
        }
    }

    /// The properties of the object that take part.
    #[must_use]
    pub fn properties(&self) -> Vec<&str> {
        match self {
            Self::Sum(Sum { items, total, .. }) => vec![items, total],
            Self::Together(Together { arrays, .. }) => arrays.iter().map(String::as_str).collect(),
        }
    }

    /// Which property of an object is to blame, and why; nothing where it holds. An absent value stands for its default.
    #[must_use]
    pub fn violation(&self, object: &Map<String, Value>, default: Defaults<'_>) -> Option<(&str, String)> {
        match self {
            Self::Sum(sum) => sum.violation(object, default),
            Self::Together(together) => together.violation(object),
        }
    }
}

/// The members that a keyword needs, and no others.
fn members<'v, const N: usize>(
    keyword: Keyword,
    value: &'v Value,
    names: [&str; N],
) -> Result<[&'v Value; N], Vec<Refusal>> {
    let Value::Object(members) = value else { return Err(vec![Refusal::expected(keyword, "an object", value)]) };
    let mut refusals = Vec::new();
    for name in members.keys().filter(|name| !names.contains(&name.as_str())) {
        let mut pointer = String::new();
        crate::pointer::push(&mut pointer, name);
        let message = format!("\"{keyword}\" has no \"{name}\"");
        let help = Some(format!("it takes {}", names.join(", ")));
        refusals.push(Refusal { at: At::Name(pointer), message, help });
    }
    let found = names.map(|name| members.get(name).ok_or(name));
    for name in found.iter().filter_map(|found| found.err()) {
        refusals.push(Refusal::of_keyword(format!("\"{keyword}\" needs \"{name}\"")));
    }
    if refusals.is_empty() { Ok(found.map(|found| found.unwrap_or(&Value::Null))) } else { Err(refusals) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusals(name: &str, value: Value) -> Vec<(At, String)> {
        let refusals = Rule::read(name, &value).and_then(Result::err).unwrap_or_default();
        refusals.into_iter().map(|refusal| (refusal.at, refusal.message)).collect()
    }

    #[test]
    fn what_a_rule_counts_is_read_whole_or_not_at_all() {
        let inside = |pointer: &str| At::Value(pointer.to_owned());
        for (name, value, at, message) in [
            ("x-sum-equals", json!([]), inside(""), "\"x-sum-equals\" takes an object, not an array"),
            ("x-sum-equals", json!({"items": "a", "property": "b"}), At::Keyword, "\"x-sum-equals\" needs \"total\""),
            (
                "x-sum-equals",
                json!({"items": "a", "property": "b", "total": 1}),
                inside("/total"),
                "\"x-sum-equals\" takes names of properties, not a number",
            ),
            (
                "x-combined-max-items",
                json!({"arrays": ["a", "b"], "maximum": 1, "min": 0}),
                At::Name("/min".to_owned()),
                "\"x-combined-max-items\" has no \"min\"",
            ),
            (
                "x-combined-max-items",
                json!({"arrays": ["a", "a"], "maximum": 1}),
                inside("/arrays/1"),
                "\"a\" stands in \"x-combined-max-items\" twice",
            ),
            (
                "x-combined-max-items",
                json!({"arrays": ["a", "b"], "maximum": -1}),
                inside("/maximum"),
                "\"maximum\" takes a count: an integer from 0",
            ),
        ] {
            assert_eq!(refusals(name, value).first(), Some(&(at, message.to_owned())));
        }
        assert!(Rule::read("maxItems", &json!(1)).is_none());
    }

    #[test]
    fn rules_hold_or_blame_a_property() {
        let sum = json!({"items": "shots", "property": "seconds", "total": "duration"});
        let together = json!({"arrays": ["images", "videos"], "maximum": 2});
        let rules = [("x-sum-equals", sum), ("x-combined-max-items", together)];
        let [Some(Ok(sum)), Some(Ok(together))] = rules.map(|(name, value)| Rule::read(name, &value)) else { return };
        let five = json!(5);
        let default = |name: &str| (name == "duration").then_some(&five);
        let blamed = |rule: &Rule, object: Value| {
            let found = rule.violation(object.as_object()?, &default);
            found.map(|(property, why)| format!("{property} {why}"))
        };
        let shots = json!({"shots": [{"seconds": 2}, {"seconds": 2}]});
        let wrong = "shots has items whose `seconds` adds up to 4, but `duration` is 5 by default";
        assert_eq!(blamed(&sum, shots).as_deref(), Some(wrong));
        assert_eq!(blamed(&sum, json!({"shots": [{"seconds": 5}]})), None);
        assert_eq!(blamed(&sum, json!({"shots": [{}], "duration": 9})), None);
        let wrong = "images `images` and `videos` together have 3 items, at most 2 are allowed";
        assert_eq!(blamed(&together, json!({"images": [1, 2], "videos": [3]})).as_deref(), Some(wrong));
        assert_eq!(blamed(&together, json!({"videos": [1, 2]})), None);
        assert_eq!([sum.properties(), together.properties()], [["shots", "duration"], ["images", "videos"]]);
    }
}
