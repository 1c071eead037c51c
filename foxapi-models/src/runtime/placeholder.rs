//! Keeps track of the required parameters of a builder: with markers in its type and placeholders in its value.

use std::collections::BTreeMap;

/// Marks a required parameter that a builder does not have yet.
///
/// A builder has one type parameter per required parameter; `build` exists once all of them are [`Given`].
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Missing;

/// Marks a required parameter that a builder has.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Given;

/// A placeholder for a required parameter until it is given; no request ever contains it.
pub(crate) trait Placeholder {
    fn placeholder() -> Self;
}

/// [`Placeholder::placeholder`] of the inferred type.
pub(crate) fn placeholder<T: Placeholder>() -> T {
    T::placeholder()
}

macro_rules! default_is_placeholder {
    ($($Type:ty),*) => {$(
        impl Placeholder for $Type {
            fn placeholder() -> Self {
                Self::default()
            }
        }
    )*};
}

default_is_placeholder!(String, bool, u32, u64, i32, i64, f64, serde_json::Value, serde_json::Map<String, serde_json::Value>);

macro_rules! tuple_of_placeholders {
    ($($Item:ident)*) => {
        impl<$($Item: Placeholder),*> Placeholder for ($($Item,)*) {
            fn placeholder() -> Self {
                ($($Item::placeholder(),)*)
            }
        }
    };
}

tuple_of_placeholders!(A);
tuple_of_placeholders!(A B);
tuple_of_placeholders!(A B C);
tuple_of_placeholders!(A B C D);
tuple_of_placeholders!(A B C D E);
tuple_of_placeholders!(A B C D E F);
tuple_of_placeholders!(A B C D E F G);
tuple_of_placeholders!(A B C D E F G H);

impl<T> Placeholder for BTreeMap<String, T> {
    fn placeholder() -> Self {
        Self::new()
    }
}

impl<T> Placeholder for Vec<T> {
    fn placeholder() -> Self {
        Self::new()
    }
}

impl<T> Placeholder for Option<T> {
    fn placeholder() -> Self {
        None
    }
}

impl<T: Placeholder> Placeholder for Box<T> {
    fn placeholder() -> Self {
        Self::new(T::placeholder())
    }
}
