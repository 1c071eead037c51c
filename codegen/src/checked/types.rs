//! The Rust types of values, and constants of them.

use serde_json::{Number, Value as JsonValue};

use super::Variant;

/// The Rust type of a value that is not null.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `String`
    String,
    /// `bool`
    Boolean,
    /// `f64`
    Number,
    /// An integer of this width.
    Integer(Integer),
    /// A generated `enum` of strings.
    Enumeration {
        /// Its name in Rust.
        name: String,
        /// Whether unknown values are kept when reading.
        open: bool,
    },
    /// A generated struct of this name.
    Object(String),
    /// A generated `enum` of this name, with a variant for each form of the value.
    Union(String),
    /// `Vec`
    Array(Box<Item>),
    /// A tuple: an array with a fixed number of items, each with its own type.
    Tuple(Vec<Item>),
    /// `BTreeMap`: an object whose property names are not known in advance.
    Map(Box<Item>),
    /// `Map` of serde_json: an object with any properties of any type.
    FreeObject,
}

impl Type {
    /// The generated types that it is or contains.
    pub fn mentioned(&self) -> Vec<&str> {
        match self {
            Self::Enumeration { name, .. } | Self::Object(name) | Self::Union(name) => vec![name],
            Self::Array(item) | Self::Map(item) => item.ty.mentioned(),
            Self::Tuple(items) => items.iter().flat_map(|item| item.ty.mentioned()).collect(),
            Self::String | Self::Boolean | Self::Number | Self::Integer(_) | Self::FreeObject => Vec::new(),
        }
    }

    /// Whether the Rust type is `Copy`.
    pub fn is_copy(&self) -> bool {
        match self {
            Self::Boolean | Self::Number | Self::Integer(_) => true,
            Self::Enumeration { open, .. } => !open,
            Self::String
            | Self::Object(_)
            | Self::Union(_)
            | Self::Array(_)
            | Self::Tuple(_)
            | Self::Map(_)
            | Self::FreeObject => false,
        }
    }

    /// Whether it is a free object, or a list of them.
    pub fn is_free(&self) -> bool {
        match self {
            Self::FreeObject => true,
            Self::Array(item) => item.ty.is_free(),
            _ => false,
        }
    }
}

/// The items of an array, one of a tuple, or the values of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its type when it is not null.
    pub ty: Type,
    /// Whether it may be null.
    pub nullable: bool,
}

/// The Rust type of an integer: unsigned if the range allows it, and 32 bits unless the range needs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integer {
    /// 0 to 2³² - 1
    U32,
    /// 0 to 2⁶⁴ - 1
    U64,
    /// -2⁶³ to 2⁶³ - 1
    I64,
}

impl Integer {
    /// Its name in Rust.
    pub fn name(self) -> &'static str {
        match self {
            Self::U32 => "u32",
            Self::U64 => "u64",
            Self::I64 => "i64",
        }
    }

    /// The least and the greatest value.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
        }
    }
}

/// A constant of a Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Of `String`.
    String(String),
    /// Of `bool`.
    Boolean(bool),
    /// Of any integer.
    Integer(i128),
    /// Of `f64`.
    Number(f64),
    /// Of a generated `enum` of forms.
    Form {
        /// Name of the `enum` in Rust.
        union: String,
        /// Name of the variant in Rust.
        variant: String,
        /// The value of the variant.
        value: Box<Literal>,
    },
    /// Of a generated `enum`.
    Variant {
        /// Name of the `enum` in Rust.
        enumeration: String,
        /// Name of the variant in Rust.
        variant: String,
        /// The string on the wire.
        value: String,
    },
}

impl Literal {
    /// What it is on the wire.
    pub fn to_json(&self) -> JsonValue {
        match self {
            Self::String(text) | Self::Variant { value: text, .. } => text.as_str().into(),
            Self::Boolean(flag) => (*flag).into(),
            Self::Integer(value) => Number::from_i128(*value).map_or(JsonValue::Null, JsonValue::Number),
            Self::Number(value) => (*value).into(),
            Self::Form { value, .. } => value.to_json(),
        }
    }
}

impl Variant {
    /// It as a constant of its enumeration.
    pub fn constant(&self, enumeration: &str) -> Literal {
        let Self { name, value, .. } = self.clone();
        Literal::Variant { enumeration: enumeration.to_owned(), variant: name, value }
    }
}
