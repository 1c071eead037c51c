//! What must hold of values that have the right types.

use foxapi_schema::assertion::{Assertion, Bound};

use super::{Literal, Type};

/// A rule that several parameters take part in: a sentence, and what must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it says, for people.
    pub sentence: String,
    /// Each part must hold; `if` with both `then` and `else` makes two.
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

/// A question about a value that has the right types; true or false.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// True of everything.
    Always,
    /// True of nothing.
    Never,
    /// All hold.
    All(Vec<Predicate>),
    /// At least one holds.
    Any(Vec<Predicate>),
    /// One holds, and no other.
    ExactlyOne(Vec<Predicate>),
    /// It does not hold.
    Not(Box<Predicate>),
    /// What an `Option` says.
    Optional {
        /// The option.
        place: Place,
        /// The verdict when it is empty.
        none: bool,
        /// The verdict on its value.
        some: Box<Predicate>,
    },
    /// What one value says.
    Test {
        /// The value.
        place: Place,
        /// The question.
        test: Test,
    },
    /// The object or union satisfies its own checks.
    Valid {
        /// Where it is, as [`Place::path`].
        place: Vec<String>,
        /// Name of its type.
        object: String,
    },
    /// Every item of the array, or value of the map, satisfies the predicate.
    Every {
        /// The array or map.
        place: Place,
        /// What is said of each item, which is the variable of its places.
        predicate: Box<Predicate>,
    },
    /// So many items of the array satisfy the predicate.
    Count {
        /// The array.
        place: Place,
        /// What is said of each item, which is the variable of its places.
        predicate: Box<Predicate>,
        /// At least so many.
        minimum: u64,
        /// At most so many.
        maximum: Option<u64>,
    },
    /// So many of the optional fields are given.
    GivenCount {
        /// The fields, all of them an `Option`.
        fields: Vec<Place>,
        /// At least so many.
        minimum: Option<u64>,
        /// At most so many.
        maximum: Option<u64>,
    },
    /// The items' property adds up to the total.
    Sum {
        /// The array of objects.
        items: Place,
        /// Whether the array may be left out; then there is nothing to add up.
        items_optional: bool,
        /// The property of each item, in Rust.
        property: String,
        /// The field with the total.
        total: Place,
        /// Whether the total may be left out.
        total_optional: bool,
        /// What the total is when it is left out.
        default: Option<i128>,
    },
    /// The arrays together hold at most so many items.
    Together {
        /// The arrays, each with whether it is optional.
        arrays: Vec<(Place, bool)>,
        /// At most so many.
        maximum: u64,
    },
}

/// A question about one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One of some values.
    OneOf {
        /// Of these.
        values: Vec<Literal>,
        /// Of an enumeration: all the values that are left.
        others: Vec<Literal>,
    },
    /// Of a number: no less than the one, no more than the other; of an integer, both belong to the range.
    Range(Option<Bound>, Option<Bound>),
    /// What a keyword asks.
    Asserts(Assertion),
    /// Of a union: one of these forms.
    Form {
        /// Name of the union.
        union: String,
        /// Names of the forms.
        forms: Vec<String>,
    },
}

impl Predicate {
    /// All of them; trivial parts vanish.
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

    /// Any of them; trivial parts vanish.
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

    /// Exactly one of them.
    pub fn exactly_one(parts: impl IntoIterator<Item = Self>) -> Self {
        let kept: Vec<_> = parts.into_iter().filter(|part| *part != Self::Never).collect();
        match kept.as_slice() {
            [] => Self::Never,
            [only] => only.clone(),
            _ => Self::ExactlyOne(kept),
        }
    }

    /// The opposite, pushed inwards as far as it goes.
    pub fn negate(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::All(parts) => Self::any(parts.into_iter().map(Self::negate)),
            Self::Any(parts) => Self::all(parts.into_iter().map(Self::negate)),
            Self::Not(inner) => *inner,
            Self::Optional { place, none, some } => Self::optional(place, !none, some.negate()),
            // A shorter list says the same.
            Self::Test { place, test: Test::OneOf { values, others } } if !others.is_empty() => {
                Self::Test { place, test: Test::OneOf { values: others, others: values } }
            }
            other => Self::Not(Box::new(other)),
        }
    }

    /// What an `Option` says, when it says anything.
    pub fn optional(place: Place, none: bool, some: Self) -> Self {
        match (none, &some) {
            (true, Self::Always) => Self::Always,
            (false, Self::Never) => Self::Never,
            _ => Self::Optional { place, none, some: Box::new(some) },
        }
    }
}
