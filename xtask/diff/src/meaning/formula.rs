//! Checks and rules in terms of JSON bodies, without Rust names, so that two states of the specs can be compared.

use foxapi_codegen::model;
use foxapi_schema::assertion::{Assertion, Bound, Measure, Side};

use crate::pattern::Pattern;
use crate::value::Value;

/// The names that lead from an object or item to a value inside it. The items of a tuple are numbers.
pub(crate) type Path = Vec<String>;

/// A condition on a body.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Formula {
    Always,
    Never,
    All(Vec<Formula>),
    Any(Vec<Formula>),
    ExactlyOne(Vec<Formula>),
    Not(Box<Formula>),
    /// The value is present, perhaps as null.
    Present(Path),
    /// The value is present and not null.
    Given(Path),
    /// A test of the value; it has no effect on one that is not given.
    Test(Path, Test),
    /// Every item, or value of a map, satisfies the formula, whose paths start at the item.
    Every(Path, Box<Formula>),
    /// The number of items that satisfy the formula, whose paths start at the item, is within limits.
    Count {
        path: Path,
        item: Box<Formula>,
        minimum: u64,
        maximum: Option<u64>,
    },
    /// The numbers that the items have under `property` add up to the total.
    Sum {
        items: Path,
        property: String,
        total: Path,
        default: Option<i128>,
    },
    /// The arrays together have at most `maximum` items.
    Together {
        arrays: Vec<Path>,
        maximum: u64,
    },
    /// The number of values that are present is within limits.
    Written {
        paths: Vec<Path>,
        minimum: Option<u64>,
        maximum: Option<u64>,
    },
    /// An object of this type satisfies its own checks and rules.
    Valid(Path, String),
}

/// A test of one value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Kind(Kind),
    OneOf(Vec<Value>),
    /// A number is within a lower and an upper bound.
    Range(Option<Bound>, Option<Bound>),
    /// The assertion of a keyword other than `pattern`.
    Asserts(Assertion),
    Pattern(Pattern),
}

/// A kind of JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Boolean,
    /// An integer between the least and the greatest that its Rust type can represent.
    Integer(i128, i128),
    Number,
    Text,
    List,
    Object,
}

impl Formula {
    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for part in parts {
            match part {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::All(parts) => kept.extend(parts),
                part => kept.push(part),
            }
        }
        match (kept.pop(), kept.is_empty()) {
            (None, _) => Self::Always,
            (Some(only), true) => only,
            (Some(last), false) => {
                kept.push(last);
                Self::All(kept)
            }
        }
    }

    pub(crate) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for part in parts {
            match part {
                Self::Never => {}
                Self::Always => return Self::Always,
                Self::Any(parts) => kept.extend(parts),
                part => kept.push(part),
            }
        }
        match (kept.pop(), kept.is_empty()) {
            (None, _) => Self::Never,
            (Some(only), true) => only,
            (Some(last), false) => {
                kept.push(last);
                Self::Any(kept)
            }
        }
    }

    pub(crate) fn negate(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// A formula that has no effect if the value is not given.
    pub(crate) fn if_given(path: &Path, then: Self) -> Self {
        match then {
            Self::Always => Self::Always,
            then => Self::any([Self::Given(path.clone()).negate(), then]),
        }
    }

    /// The formula and all of its parts, except parts about items.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        let mut found = vec![self];
        match self {
            Self::All(parts) | Self::Any(parts) | Self::ExactlyOne(parts) => {
                found.extend(parts.iter().flat_map(Self::parts));
            }
            Self::Not(inner) => found.extend(inner.parts()),
            _ => {}
        }
        found
    }

    /// The paths that the formula looks at, except inside items.
    pub(crate) fn paths(&self) -> Vec<&Path> {
        self.parts().into_iter().flat_map(Self::own_paths).collect()
    }

    /// The paths that the formula itself looks at, without those of its parts.
    pub(crate) fn own_paths(&self) -> Vec<&Path> {
        match self {
            Self::Present(path)
            | Self::Given(path)
            | Self::Test(path, _)
            | Self::Every(path, _)
            | Self::Count { path, .. }
            | Self::Valid(path, _) => vec![path],
            Self::Sum { items, total, .. } => vec![items, total],
            Self::Together { arrays, .. } => arrays.iter().collect(),
            Self::Written { paths, .. } => paths.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The properties that the formula looks at.
    pub(crate) fn properties(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.paths().into_iter().filter_map(|path| path.first().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The same formula about a property of this name.
    pub(crate) fn under(&self, name: &str) -> Option<Self> {
        self.moved(&|path| Some(std::iter::once(name.to_owned()).chain(path.iter().cloned()).collect()))
    }

    /// The same formula with other paths, if there is one for each.
    pub(crate) fn moved(&self, to: &dyn Fn(&Path) -> Option<Path>) -> Option<Self> {
        let all = |parts: &[Self]| parts.iter().map(|part| part.moved(to)).collect::<Option<Vec<Self>>>();
        let paths = |paths: &[Path]| paths.iter().map(to).collect::<Option<Vec<Path>>>();
        Some(match self {
            Self::Always => Self::Always,
            Self::Never => Self::Never,
            Self::All(parts) => Self::All(all(parts)?),
            Self::Any(parts) => Self::Any(all(parts)?),
            Self::ExactlyOne(parts) => Self::ExactlyOne(all(parts)?),
            Self::Not(inner) => Self::Not(Box::new(inner.moved(to)?)),
            Self::Present(path) => Self::Present(to(path)?),
            Self::Given(path) => Self::Given(to(path)?),
            Self::Test(path, test) => Self::Test(to(path)?, test.clone()),
            Self::Every(path, item) => Self::Every(to(path)?, item.clone()),
            Self::Count { path, item, minimum, maximum } => {
                Self::Count { path: to(path)?, item: item.clone(), minimum: *minimum, maximum: *maximum }
            }
            Self::Sum { items, property, total, default } => {
                Self::Sum { items: to(items)?, property: property.clone(), total: to(total)?, default: *default }
            }
            Self::Together { arrays, maximum } => Self::Together { arrays: paths(arrays)?, maximum: *maximum },
            Self::Written { paths: written, minimum, maximum } => {
                Self::Written { paths: paths(written)?, minimum: *minimum, maximum: *maximum }
            }
            Self::Valid(path, object) => Self::Valid(to(path)?, object.clone()),
        })
    }

    /// Whether the other formula obviously follows: both are the same, or both are limits and this one is stricter.
    pub(crate) fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Test(path, stricter), Self::Test(other, test)) => path == other && stricter.implies(test),
            (this, Self::All(parts)) => parts.iter().all(|part| this.implies(part)),
            (Self::All(parts), other) => parts.iter().any(|part| part.implies(other)),
            (Self::Every(path, stricter), Self::Every(other, item)) => path == other && stricter.implies(item),
            // Without a default, there is no requirement on a total that is left out.
            (
                Self::Sum { items, property, total, .. },
                Self::Sum { items: others, property: theirs, total: sum, default: None },
            ) => (items, property, total) == (others, theirs, sum),
            (this, other) => this == other,
        }
    }

    /// Whether it is a sum whose total is this property, in which case the default of the property counts.
    pub(crate) fn adds_up_to(&self, property: &str) -> bool {
        self.parts().iter().any(|part| matches!(part, Self::Sum { total, .. } if total.as_slice() == [property]))
    }

    /// The formulas that must all hold for it to hold.
    pub(crate) fn conjuncts(&self) -> &[Self] {
        match self {
            Self::All(parts) => parts,
            single => std::slice::from_ref(single),
        }
    }

    /// The types whose checks it refers to.
    pub(crate) fn objects(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for part in self.parts() {
            match part {
                Self::Valid(_, name) => names.push(name.as_str()),
                Self::Every(_, item) | Self::Count { item, .. } => names.extend(item.objects()),
                _ => {}
            }
        }
        names
    }
}

impl Test {
    fn implies(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Range(low, high), Self::Range(least, most)) => {
                let reaches = |bound: &Option<Bound>, limit: &Option<Bound>| {
                    limit.as_ref().is_none_or(|limit| bound.as_ref().is_some_and(|bound| bound.implies(limit)))
                };
                reaches(low, least) && reaches(high, most)
            }
            (Self::Pattern(stricter), Self::Pattern(pattern)) => stricter.implies(pattern),
            (Self::Asserts(stricter), Self::Asserts(asked)) if stricter.implies(asked) => true,
            (_, Self::Asserts(Assertion::Bound(bound))) if bound.measure == Measure::Length => self.keeps_length(bound),
            (this, other) => this == other,
        }
    }

    /// Whether no string that it accepts has a length that a bound refuses.
    fn keeps_length(&self, bound: &Bound) -> bool {
        match (self, bound.side) {
            (Self::Pattern(pattern), Side::AtLeast) => {
                pattern.shortest().is_some_and(|least| bound.keeps(&least.into()))
            }
            (Self::Pattern(pattern), Side::AtMost) => {
                bound.limit.as_u64().is_some_and(|most| pattern.is_never_longer(most))
            }
            (Self::Asserts(Assertion::Format(format)), Side::AtLeast) => bound.keeps(&lengths(*format).0.into()),
            (Self::Asserts(Assertion::Format(format)), Side::AtMost) => {
                lengths(*format).1.is_some_and(|most| bound.keeps(&most.into()))
            }
            _ => false,
        }
    }
}

/// The least and the greatest length of a string with a format.
fn lengths(format: model::Format) -> (u64, Option<u64>) {
    match format {
        model::Format::Uri => (2, None),
        model::Format::Date => (10, Some(10)),
        model::Format::Time => (9, None),
        model::Format::DateTime => (20, None),
        model::Format::Uuid => (36, Some(36)),
        model::Format::Email => (3, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrower_range_implies_a_wider_one_and_not_the_other_way_round() {
        let range = |low: Option<i128>, high: Option<i128>| {
            let bound = |side, limit: Option<i128>| limit.map(|limit| Bound::of_integers(side, limit));
            let test = Test::Range(bound(Side::AtLeast, low), bound(Side::AtMost, high));
            Formula::Test(vec!["n".to_owned()], test)
        };
        let narrow = range(Some(3), Some(5));
        for wide in [range(Some(3), None), range(None, Some(6))] {
            assert!(narrow.implies(&wide) && narrow.implies(&narrow), "{wide:?}");
            assert!(!wide.implies(&narrow), "{wide:?}");
        }
        let elsewhere = narrow.moved(&|_| Some(vec!["m".to_owned()]));
        assert!(!elsewhere.is_some_and(|elsewhere| elsewhere.implies(&narrow)));
    }
}
