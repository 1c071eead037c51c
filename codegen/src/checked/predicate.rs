//! What must hold for values of the right types: questions about properties, and their algebra.
//!
//! A predicate names properties as JSON does. Which field of which struct a property is, only `emit` knows.

pub(crate) mod simplify;
#[cfg(test)]
mod tests;
mod walk;

use foxapi_schema::assertion::{Assertion, Bound};

use super::Literal;

/// The names of the properties that lead from an object, or from an item of an array, to a value inside it; the items
/// of a tuple have numbers. If empty, it is the object or the item itself.
pub type PropertyPath = Vec<String>;

/// A rule about several parameters: a sentence, and what must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectRule {
    /// The rule in words.
    pub sentence: String,
    /// The parts, all of which must hold; `if` with both `then` and `else` has two.
    pub parts: Vec<Predicate>,
}

/// A true-or-false question about a value of the right type. The questions about single values are a parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate<T = Test> {
    /// Always true.
    Always,
    /// Always false.
    Never,
    /// All hold.
    All(Vec<Self>),
    /// At least one holds.
    Any(Vec<Self>),
    /// Exactly one holds.
    ExactlyOne(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// A condition on a value that may be left out or null.
    Optional {
        /// The value.
        path: PropertyPath,
        /// The result if there is no value.
        none: bool,
        /// The condition on the value; its paths begin where this one does.
        some: Box<Self>,
    },
    /// A condition on one value.
    Test(PropertyPath, T),
    /// The object or union of this name satisfies its own checks.
    Valid(PropertyPath, String),
    /// Every item of the array, or value of the map, satisfies the predicate, whose paths begin at the item.
    Every(PropertyPath, Box<Self>),
    /// A limited number of items of the array satisfy the predicate.
    Count {
        /// The array.
        path: PropertyPath,
        /// The condition on each item, where its paths begin.
        item: Box<Self>,
        /// The minimum.
        minimum: u64,
        /// The maximum.
        maximum: Option<u64>,
    },
    /// A limited number of the optional properties are present.
    GivenCount {
        /// The properties.
        paths: Vec<PropertyPath>,
        /// The minimum.
        minimum: Option<u64>,
        /// The maximum.
        maximum: Option<u64>,
    },
    /// The items' property adds up to the total; if the array is left out, there is nothing to add up.
    Sum {
        /// The array of objects.
        items: PropertyPath,
        /// The property of each item.
        property: String,
        /// The property that holds the total.
        total: PropertyPath,
        /// The total if it is left out.
        default: Option<i128>,
    },
    /// The arrays together have a limited number of items.
    Together {
        /// The arrays.
        arrays: Vec<PropertyPath>,
        /// The maximum.
        maximum: u64,
    },
}

/// A test of one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The value is one of several.
    OneOf {
        /// The values.
        values: Vec<Literal>,
        /// All other values, if it is an enumeration.
        others: Vec<Literal>,
    },
    /// A number is within a lower and an upper bound. For integers, both are inclusive.
    Range(Option<Bound>, Option<Bound>),
    /// A number is neither infinite nor NaN.
    Finite,
    /// The assertion of a keyword holds.
    Asserts(Assertion),
    /// A union has one of these forms.
    Form {
        /// The name of the union.
        union: String,
        /// The names of the forms.
        forms: Vec<String>,
    },
}

/// What a [`Predicate`] may ask of single values.
pub trait Question: Clone + PartialEq {
    /// The opposite, if a question of this kind expresses it.
    fn opposite(&self) -> Option<Self> {
        None
    }
}

impl Question for Test {
    fn opposite(&self) -> Option<Self> {
        match self {
            Self::OneOf { values, others } if !others.is_empty() => {
                Some(Self::OneOf { values: others.clone(), others: values.clone() })
            }
            _ => None,
        }
    }
}

impl<T: Question> Predicate<T> {
    /// All of the parts; trivial ones are removed.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(parts, [Self::Always, Self::Never], Self::All, |part| match part {
            Self::All(inner) => inner,
            part => vec![part],
        })
    }

    /// Any of the parts; trivial ones are removed.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(parts, [Self::Never, Self::Always], Self::Any, |part| match part {
            Self::Any(inner) => inner,
            part => vec![part],
        })
    }

    /// Of the two constants, one has no effect among other parts, and one makes all others irrelevant.
    fn joined(
        parts: impl IntoIterator<Item = Self>,
        [neutral, decisive]: [Self; 2],
        join: fn(Vec<Self>) -> Self,
        inner: fn(Self) -> Vec<Self>,
    ) -> Self {
        let mut kept: Vec<Self> = parts.into_iter().filter(|part| *part != neutral).flat_map(inner).collect();
        kept.dedup();
        match kept.len() {
            _ if kept.contains(&decisive) => decisive,
            0 => neutral,
            1 => kept.remove(0),
            _ => join(kept),
        }
    }

    /// Exactly one of the parts.
    pub fn exactly_one(parts: impl IntoIterator<Item = Self>) -> Self {
        let kept: Vec<_> = parts.into_iter().filter(|part| *part != Self::Never).collect();
        match kept.as_slice() {
            [] => Self::Never,
            [only] => only.clone(),
            _ => Self::ExactlyOne(kept),
        }
    }

    /// The opposite, pushed inwards as far as possible.
    pub fn negate(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::All(parts) => Self::any(parts.into_iter().map(Self::negate)),
            Self::Any(parts) => Self::all(parts.into_iter().map(Self::negate)),
            Self::Not(inner) => *inner,
            Self::Optional { path, none, some } => Self::optional(path, !none, some.negate()),
            Self::Test(path, test) => match test.opposite() {
                Some(opposite) => Self::Test(path, opposite),
                None => Self::Not(Box::new(Self::Test(path, test))),
            },
            other => Self::Not(Box::new(other)),
        }
    }

    /// The condition on a value that may be left out, if there is one.
    pub fn optional(path: PropertyPath, none: bool, some: Self) -> Self {
        match (none, &some) {
            (true, Self::Always) => Self::Always,
            (false, Self::Never) => Self::Never,
            _ => Self::Optional { path, none, some: Box::new(some) },
        }
    }

    /// The condition on every item of an array, or value of a map, if there is one.
    pub fn every(path: PropertyPath, item: Self) -> Self {
        match item {
            Self::Always => Self::Always,
            item => Self::Every(path, Box::new(item)),
        }
    }

    /// The condition that a value is neither left out nor null.
    pub fn given(path: PropertyPath) -> Self {
        Self::optional(path, false, Self::Always)
    }
}
