//! Predicates: what values with the right types must satisfy.

use foxapi_schema::assertion::{Assertion, Bound};

use super::{Literal, Type};

/// A rule about several parameters: a sentence, and what must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The rule in words.
    pub sentence: String,
    /// The parts, all of which must hold; `if` with both `then` and `else` has two.
    pub parts: Vec<Predicate>,
}

/// A value that a [`Predicate`] looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// A variable, and the fields that lead from it to the value; those of a tuple are numbers.
    pub path: Vec<String>,
    /// Whether the variable is bound to a reference, as the items of an iterator are.
    pub reference: bool,
    /// The type of the value, when it is not null.
    pub ty: Type,
}

/// A condition on values that have the right types.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// Always true.
    Always,
    /// Always false.
    Never,
    /// All hold.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
    /// Exactly one holds.
    ExactlyOne(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// A condition on an `Option`.
    Optional {
        /// The option.
        place: Place,
        /// The result if it is `None`.
        none: bool,
        /// The condition on its value.
        some: Box<Predicate>,
    },
    /// A test of one value.
    Test {
        /// The value.
        place: Place,
        /// The test.
        test: Test,
    },
    /// The object or union satisfies its own checks.
    Valid {
        /// Where it is, as [`Place::path`].
        place: Vec<String>,
        /// The name of its type.
        object: String,
    },
    /// Every item of the array, or value of the map, satisfies the predicate.
    Every {
        /// The array or map.
        place: Place,
        /// The condition on each item, which is the variable of its places.
        predicate: Box<Predicate>,
    },
    /// The number of items of the array that satisfy the predicate is within limits.
    Count {
        /// The array.
        place: Place,
        /// The condition on each item, which is the variable of its places.
        predicate: Box<Predicate>,
        /// The minimum.
        minimum: u64,
        /// The maximum.
        maximum: Option<u64>,
    },
    /// The number of optional fields that are given is within limits.
    GivenCount {
        /// The fields, all of them an `Option`.
        fields: Vec<Place>,
        /// The minimum.
        minimum: Option<u64>,
        /// The maximum.
        maximum: Option<u64>,
    },
    /// A property of the items adds up to a total.
    Sum {
        /// The array of objects.
        items: Place,
        /// Whether the array may be left out, in which case there is nothing to add up.
        items_optional: bool,
        /// The property of each item, in Rust.
        property: String,
        /// The field with the total.
        total: Place,
        /// Whether the total may be left out.
        total_optional: bool,
        /// The total if it is left out.
        default: Option<i128>,
    },
    /// The arrays together have a limited number of items.
    Together {
        /// The arrays, each with whether it is optional.
        arrays: Vec<(Place, bool)>,
        /// The maximum.
        maximum: u64,
    },
}

/// A test of one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of some values.
    OneOf {
        /// The values.
        values: Vec<Literal>,
        /// All other values, if it is an enumeration.
        others: Vec<Literal>,
    },
    /// A number is within a lower and an upper bound. For integers, both are inclusive.
    Range(Option<Bound>, Option<Bound>),
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

impl Predicate {
    /// All of the parts; trivial ones are removed.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::All(inner) => kept.extend(inner),
                part => kept.push(part),
            }
        }
        kept.dedup();
        match kept.len() {
            0 => Self::Always,
            1 => kept.remove(0),
            _ => Self::All(kept),
        }
    }

    /// Any of the parts; trivial ones are removed.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Never => {}
                Self::Always => return Self::Always,
                Self::Any(inner) => kept.extend(inner),
                part => kept.push(part),
            }
        }
        kept.dedup();
        match kept.len() {
            0 => Self::Never,
            1 => kept.remove(0),
            _ => Self::Any(kept),
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
            Self::Optional { place, none, some } => Self::optional(place, !none, some.negate()),
            // The shorter list of the two is equivalent.
            Self::Test { place, test: Test::OneOf { values, others } } if !others.is_empty() => {
                Self::Test { place, test: Test::OneOf { values: others, others: values } }
            }
            other => Self::Not(Box::new(other)),
        }
    }

    /// A condition on an `Option`, simplified if it is trivial.
    pub fn optional(place: Place, none: bool, some: Self) -> Self {
        match (none, &some) {
            (true, Self::Always) => Self::Always,
            (false, Self::Never) => Self::Never,
            _ => Self::Optional { place, none, some: Box::new(some) },
        }
    }
}
