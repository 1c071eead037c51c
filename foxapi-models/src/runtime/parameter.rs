//! The argument of an optional parameter's setter: a value, or an `Option` of one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A value for an optional parameter of type `T`: the value itself, something that converts into it without
/// loss, or an `Option` of either. `None` leaves the parameter unset, and unset parameters are not sent.
///
/// ```
/// use foxapi_models::veo::Veo31ImageToVideo;
/// use foxapi_models::Resolution;
///
/// let wanted: Option<u32> = std::env::args().nth(1).and_then(|seconds| seconds.parse().ok());
///
/// let request = Veo31ImageToVideo::builder()
///     .prompt("a light wind passes through the petals")
///     .image_url("https://example.com/photo.jpg")
///     .resolution(Resolution::P720) // a value
///     .duration(wanted) // or perhaps one
///     .build()?;
/// # Ok::<(), foxapi_models::ValidationError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a parameter of type `{T}`",
    note = "a setter takes `{T}` or an `Option<{T}>`; a `String` may be given as `&str`, a `Vec` as an array or a slice"
)]
pub trait IntoParameter<T> {
    /// The value, or `None` to leave the parameter unset.
    fn into_parameter(self) -> Option<T>;
}

impl<T> IntoParameter<T> for T {
    fn into_parameter(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoParameter<T> for Option<T> {
    fn into_parameter(self) -> Option<T> {
        self
    }
}

/// Implements [`IntoParameter`] for a type that converts and for an `Option` of it.
macro_rules! convert {
    ($([$($generics:tt)*] $From:ty => $Into:ty: |$value:ident| $converted:expr;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoParameter<$Into> for $From {
            fn into_parameter(self) -> Option<$Into> {
                let $value = self;
                Some($converted)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<$($generics)*> IntoParameter<$Into> for Option<$From> {
            fn into_parameter(self) -> Option<$Into> {
                self.map(|$value| $converted)
            }
        }
    )+};
}

convert! {
    [] &str => String: |text| text.into();
    [] &String => String: |text| text.into();
    [] Cow<'_, str> => String: |text| text.into();
    [] Box<str> => String: |text| text.into();
    [] Vec<&str> => Vec<String>: |texts| texts.into_iter().map(Into::into).collect();
    [T, U: Into<T>, const N: usize] [U; N] => Vec<T>: |items| items.into_iter().map(Into::into).collect();
    [T, U: Clone + Into<T>, const N: usize] &[U; N] => Vec<T>: |items| items.iter().cloned().map(Into::into).collect();
    [T, U: Clone + Into<T>] &[U] => Vec<T>: |items| items.iter().cloned().map(Into::into).collect();
    [T, K: Into<String>, U: Into<T>, const N: usize] [(K, U); N] => BTreeMap<String, T>: |entries| entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    [K: Into<String>, U: Into<Value>, const N: usize] [(K, U); N] => Map<String, Value>: |entries| entries.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
    [T, U: Clone + Into<T>] &Vec<U> => Vec<T>: |items| items.iter().cloned().map(Into::into).collect();
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::IntoParameter;

    fn number(value: impl IntoParameter<u32>) -> Option<u32> {
        value.into_parameter()
    }

    fn text(value: impl IntoParameter<String>) -> Option<String> {
        value.into_parameter()
    }

    fn texts(value: impl IntoParameter<Vec<String>>) -> Option<Vec<String>> {
        value.into_parameter()
    }

    #[test]
    fn value_or_option_is_taken() {
        assert_eq!(number(5), Some(5));
        assert_eq!(number(Some(5)), Some(5));
        assert_eq!(number(None), None);
        assert_eq!(text(None::<String>), None);
    }

    #[test]
    fn every_kind_of_string_is_taken() {
        let owned = String::from("x");
        let expected = Some(owned.clone());
        assert_eq!(text("x"), expected);
        assert_eq!(text(&owned), expected);
        assert_eq!(text(Some("x")), expected);
        assert_eq!(text(Some(&owned)), expected);
        assert_eq!(text(Cow::Borrowed("x")), expected);
        assert_eq!(text(Box::<str>::from("x")), expected);
        assert_eq!(text(owned), expected);
    }

    #[test]
    fn every_kind_of_list_is_taken() {
        let list = vec!["a".to_owned(), "b".to_owned()];
        let expected = Some(list.clone());
        assert_eq!(texts(["a", "b"]), expected);
        assert_eq!(texts(vec!["a", "b"]), expected);
        assert_eq!(texts(["a", "b"].as_slice()), expected);
        assert_eq!(texts(&list), expected);
        assert_eq!(texts(Some(["a", "b"])), expected);
        assert_eq!(texts(Some(list.as_slice())), expected);
        assert_eq!(texts(list), expected);
        assert_eq!(texts(None::<Vec<String>>), None);
    }
}
