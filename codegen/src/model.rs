//! The checked model: what the specs say, with final names, types and order.
//!
//! Everything after it knows nothing of JSON Schema and cannot fail; everything before it knows
//! nothing of Rust tokens.

use serde_json::Value as Json;

/// All spec files of a run, in the order of their names.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) modules: Vec<Module>,
}

impl Model {
    /// The objects that are the body of a request, with their modules.
    pub(crate) fn requests(&self) -> impl Iterator<Item = (&Module, &Object, &Page)> {
        self.modules.iter().flat_map(|module| {
            module.objects().filter_map(move |object| object.page.as_ref().map(|page| (module, object, page)))
        })
    }
}

/// One spec file: one module of the generated crate.
#[derive(Debug)]
pub(crate) struct Module {
    /// Name of the Rust module.
    pub(crate) name: String,
    /// Name of the spec file, without its folder.
    pub(crate) source: String,
    pub(crate) description: String,
    pub(crate) definitions: Vec<Definition>,
    /// The page's schema with its references inlined, for requests.
    pub(crate) schema: Option<String>,
}

impl Module {
    pub(crate) fn objects(&self) -> impl Iterator<Item = &Object> {
        self.definitions.iter().filter_map(|definition| match definition {
            Definition::Object(object) => Some(object.as_ref()),
            Definition::Enumeration(_) => None,
        })
    }

    pub(crate) fn enumerations(&self) -> impl Iterator<Item = &Enumeration> {
        self.definitions.iter().filter_map(|definition| match definition {
            Definition::Enumeration(enumeration) => Some(enumeration),
            Definition::Object(_) => None,
        })
    }
}

/// A named type.
#[derive(Debug)]
pub(crate) enum Definition {
    Object(Box<Object>),
    Enumeration(Enumeration),
}

/// A closed or open set of strings.
#[derive(Clone, Debug)]
pub(crate) struct Enumeration {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) variants: Vec<Variant>,
    /// Whether unknown values are kept when reading.
    pub(crate) open: bool,
}

/// One value of an [`Enumeration`].
#[derive(Clone, Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) description: Option<String>,
}

/// A struct: a request, a part of one, or an answer.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) fields: Vec<Field>,
    /// Whether unknown properties are kept when reading (answers), instead of refused (requests).
    pub(crate) open: bool,
    /// What every field must satisfy by itself.
    pub(crate) check: Predicate,
    /// What ties fields together.
    pub(crate) rules: Vec<Rule>,
    pub(crate) page: Option<Page>,
}

impl Object {
    /// Whether any value that has the right types can still be wrong.
    pub(crate) fn is_checked(&self) -> bool {
        self.check != Predicate::Always || !self.rules.is_empty()
    }
}

/// What makes an object the request of a documentation page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) slug: String,
    pub(crate) docs: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// Model ids in the order of the page.
    pub(crate) models: Vec<String>,
    pub(crate) differences: Vec<Difference>,
}

/// A parameter, or one option of it, that only some models of a page have.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Difference {
    pub(crate) parameter: String,
    pub(crate) option: Option<Json>,
    /// The models that have it.
    pub(crate) models: Vec<String>,
}

/// A property of an object: a field of the struct.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Name on the wire.
    pub(crate) name: String,
    /// Name in Rust.
    pub(crate) ident: String,
    pub(crate) description: String,
    /// Limits, default and availability: one short sentence each.
    pub(crate) facts: Vec<String>,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) advanced: bool,
    pub(crate) ty: Type,
    pub(crate) default: Option<Literal>,
}

impl Field {
    /// Whether the field is an `Option`.
    pub(crate) fn is_optional(&self) -> bool {
        !self.required || self.nullable
    }
}

/// The Rust type of a value that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    String,
    Boolean,
    /// `f64`
    Number,
    Integer(Integer),
    Enumeration {
        name: String,
        open: bool,
    },
    Object(String),
    Array(Box<Item>),
}

impl Type {
    /// Whether the Rust type is `Copy`.
    pub(crate) fn is_copy(&self) -> bool {
        match self {
            Self::Boolean | Self::Number | Self::Integer(_) => true,
            Self::Enumeration { open, .. } => !open,
            Self::String | Self::Object(_) | Self::Array(_) => false,
        }
    }
}

/// The items of an array.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
}

/// The Rust type of an integer: unsigned where the range is, 32 bits unless the range needs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Integer {
    U32,
    U64,
    I64,
}

impl Integer {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::I64 => "i64",
        }
    }

    pub(crate) fn range(self) -> (i128, i128) {
        match self {
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
        }
    }
}

/// A constant of a Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    String(String),
    Boolean(bool),
    Integer(i128),
    Number(f64),
    Variant { enumeration: String, variant: String },
}

/// A rule that several parameters take part in: a sentence, and what must hold.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) sentence: String,
    /// Each part must hold; `if` with both `then` and `else` makes two.
    pub(crate) parts: Vec<Predicate>,
}

/// A value that a [`Predicate`] looks at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// A variable, and the fields that lead from it to the value.
    pub(crate) path: Vec<String>,
    /// Whether the variable is bound to a reference, as the items of an iterator are.
    pub(crate) reference: bool,
    pub(crate) ty: Type,
}

/// A question about a value that has the right types; true or false.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Predicate {
    Always,
    Never,
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    ExactlyOne(Vec<Predicate>),
    Not(Box<Predicate>),
    /// What an `Option` says: `none` when empty, else what `some` says of its value.
    Optional {
        place: Place,
        none: bool,
        some: Box<Predicate>,
    },
    Test {
        place: Place,
        test: Test,
    },
    /// The object at the place satisfies its own checks.
    Valid {
        place: Vec<String>,
        object: String,
    },
    /// Every item of the array satisfies the predicate.
    Every {
        place: Place,
        predicate: Box<Predicate>,
    },
    /// So many items of the array satisfy the predicate.
    Count {
        place: Place,
        predicate: Box<Predicate>,
        minimum: u64,
        maximum: Option<u64>,
    },
    /// The items' property adds up to the total.
    SumEquals {
        items: Place,
        items_optional: bool,
        property: String,
        total: Place,
        total_optional: bool,
        default: Option<i128>,
    },
    /// The arrays, each with whether it is optional, together hold at most so many items.
    CombinedMaxItems {
        arrays: Vec<(Place, bool)>,
        maximum: u64,
    },
}

/// A question about one value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    /// One of `values`; of an enumeration, `others` are all the values that are left.
    OneOf {
        values: Vec<Literal>,
        others: Vec<Literal>,
    },
    /// At least and at most, for integers.
    IntegerRange(Option<i128>, Option<i128>),
    /// Bounds for `f64`, each with whether it belongs to the range.
    NumberRange(Option<(f64, bool)>, Option<(f64, bool)>),
    MultipleOf(i128),
    MinLength(u64),
    MaxLength(u64),
    /// A URI; with schemes, one of these and a host.
    Uri(Option<Vec<String>>),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
}

impl Predicate {
    /// All of them; trivial parts vanish.
    pub(crate) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
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
    pub(crate) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
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
    pub(crate) fn exactly_one(parts: impl IntoIterator<Item = Self>) -> Self {
        let kept: Vec<_> = parts.into_iter().filter(|part| *part != Self::Never).collect();
        match kept.as_slice() {
            [] => Self::Never,
            [only] => only.clone(),
            _ => Self::ExactlyOne(kept),
        }
    }

    /// The opposite, pushed inwards as far as it goes.
    pub(crate) fn negate(self) -> Self {
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
    pub(crate) fn optional(place: Place, none: bool, some: Self) -> Self {
        match (none, &some) {
            (true, Self::Always) => Self::Always,
            (false, Self::Never) => Self::Never,
            _ => Self::Optional { place, none, some: Box::new(some) },
        }
    }
}
