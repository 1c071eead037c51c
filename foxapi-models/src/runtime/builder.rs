//! The builders of generated code: one macro for requests, one for the objects in them, and their common parts.

use foxapi_schema::ValidationError;

use crate::Request;

/// Makes a struct the request of the page that `FACTS` describe: with reading, writing, building and checking.
///
/// The list is in the order of the page. Each parameter has
/// - the documentation of its setter;
/// - its presence, as in [`object!`](crate::runtime::object): `required`, `optional` or `nullable`, and `map` or
///   `free`;
/// - the argument type of its setter, in parentheses;
/// - if it must be given, `-> <…>`: the builder's states after its setter;
/// - if it is required and has a default, `= …`: that default.
///
/// The functions that end a builder are `#[inline]`: including the slow path behind them, they are compiled only for
/// the requests that a program uses, not for all pages.
///
/// `with prompt` after the list names the parameter that [`Request::prompt`](crate::Request::prompt) returns.
///
/// `field = "name": …` is a parameter whose name differs from the field's, and `optional(…) as Box` one whose
/// value is in a box.
macro_rules! request {
    ($(#[$doc:meta])* $Name:ident::builder() -> $Builder:ident $(<$($State:ident),+>)? { $($parameters:tt)* } $(with $prompt:ident)?) => {
        $crate::runtime::builder! { $(#[$doc])* $Name::builder() -> $Builder $(<$($State),+>)? { $($parameters)* } }

        #[allow(clippy::type_complexity, reason = "one state per required parameter")]
        impl $Builder $(<$($crate::runtime::builder!(@Given $State)),+>)? {
            /// Returns the request, if it satisfies every documented rule.
            ///
            /// # Errors
            ///
            /// Every violation, not only the first.
            #[inline]
            pub fn build(self) -> ::core::result::Result<$Name, $crate::ValidationError> {
                $crate::runtime::checked(self.value)
            }

            /// Returns the request unchecked, for anything that the server accepts but the documentation does not list yet.
            #[inline]
            pub fn build_unchecked(self) -> $Name {
                self.value
            }
        }

        const _: () = {
            static PAGE: $crate::Page = $crate::Page::new(FACTS, &$crate::generated::OUTLINES);

            impl $crate::Request for $Name {
                fn pages() -> &'static [&'static $crate::Page] {
                    static PAGES: &[&$crate::Page] = &[&PAGE];
                    PAGES
                }

                fn page(&self) -> &'static $crate::Page {
                    &PAGE
                }

                fn model(&self) -> &'static str {
                    self.model.as_str()
                }

                $(
                    fn prompt(&self) -> Option<&str> {
                        $crate::runtime::Text::text(&self.$prompt)
                    }
                )?

                fn is_valid(&self) -> bool {
                    // The generated function of the struct, not this one.
                    $Name::is_valid(self)
                }
            }

            impl $crate::runtime::Outlined for $Name {
                const OUTLINE: $crate::runtime::Outline = $crate::runtime::Outline {
                    models: FACTS.models,
                    parameters: <$Name as $crate::runtime::Object>::NAMES,
                };
            }
        };
    };
}

/// Makes a struct a part of requests: with reading, writing and building. The request checks it.
///
/// The list is like that of [`request!`].
macro_rules! value {
    ($(#[$doc:meta])* $Name:ident::builder() -> $Builder:ident $(<$($State:ident),+>)? { $($parameters:tt)* }) => {
        $crate::runtime::builder! { $(#[$doc])* $Name::builder() -> $Builder $(<$($State),+>)? { $($parameters)* } }

        #[allow(clippy::type_complexity, reason = "one state per required parameter")]
        impl $Builder $(<$($crate::runtime::builder!(@Given $State)),+>)? {
            /// Returns the value. The request that it becomes a part of checks it.
            #[inline]
            pub fn build(self) -> $Name {
                self.value
            }
        }
    };
}

/// Makes the builder without the functions that end it. Required parameters are part of its type.
macro_rules! builder {
    (
        $(#[$doc:meta])*
        $Name:ident::builder() -> $Builder:ident $(<$($State:ident),+>)? {
            $(
                $(#[$setter:meta])*
                $field:ident $(= $name:literal)?: $presence:ident $($kind:ident)? ($($Argument:tt)+) $(as $Box:ident)? $(-> <$($Next:ident),+>)? $(= $default:expr)?
            ),* $(,)?
        }
    ) => {
        $crate::runtime::object! { $Name { $($field $(= $name)?: $presence $($kind)?),* } }

        impl $Name {
            $(#[$doc])*
            #[allow(clippy::type_complexity, reason = "one state per required parameter")]
            #[inline]
            pub fn builder() -> $Builder $(<$($crate::runtime::builder!(@Missing $State)),+>)? {
                $Builder {
                    value: Self { $($field: $crate::runtime::builder!(@start $($default)?)),* },
                    given: ::core::marker::PhantomData,
                }
            }
        }

        #[doc = concat!("Builder of [`", stringify!($Name), "`].")]
        #[derive(Clone, Debug)]
        #[must_use]
        #[allow(clippy::type_complexity, reason = "one state per required parameter")]
        pub struct $Builder $(<$($State),+>)? {
            value: $Name,
            given: ::core::marker::PhantomData<($($($State,)+)?)>,
        }

        #[allow(clippy::type_complexity, reason = "one state per required parameter")]
        impl $(<$($State),+>)? $Builder $(<$($State),+>)? {
            $($crate::runtime::builder! {
                @setter $Name $Builder $(#[$setter])* $field ($($Argument)+) $(as $Box)? $(-> <$($Next),+>)?
            })*
        }
    };

    (@setter $Name:ident $Builder:ident $(#[$doc:meta])* $field:ident ($($Argument:tt)+) -> <$($Next:ident),+>) => {
        $(#[$doc])*
        #[doc = concat!("\n\nSee [`", stringify!($Name), "::", stringify!($field), "`].")]
        pub fn $field(mut self, value: $($Argument)+) -> $Builder<$($Next),+> {
            self.value.$field = $crate::runtime::builder!(@taken value: $($Argument)+);
            $Builder { value: self.value, given: ::core::marker::PhantomData }
        }
    };
    (@setter $Name:ident $Builder:ident $(#[$doc:meta])* $field:ident ($($Argument:tt)+) $(as $Box:ident)?) => {
        $(#[$doc])*
        #[doc = concat!("\n\nSee [`", stringify!($Name), "::", stringify!($field), "`].")]
        pub fn $field(mut self, value: $($Argument)+) -> Self {
            self.value.$field = $crate::runtime::builder!(@taken value: $($Argument)+)$(.map($Box::new))?;
            self
        }
    };

    (@taken $value:ident: impl IntoParameter $($of:tt)+) => { $crate::IntoParameter::into_parameter($value) };
    (@taken $value:ident: impl IntoIterator $($of:tt)+) => { $value.into_iter().map(Into::into).collect() };
    (@taken $value:ident: impl Into $($of:tt)+) => { $value.into() };
    (@taken $value:ident: $($Type:tt)+) => { $value };

    (@start) => { $crate::runtime::placeholder() };
    (@start $default:expr) => { ::core::convert::Into::into($default) };

    (@Given $State:ident) => { $crate::Given };
    (@Missing $State:ident) => { $crate::Missing };
}

pub(crate) use {builder, request, value};

/// The request, if it is valid.
#[inline]
pub(crate) fn checked<R: Request>(request: R) -> Result<R, ValidationError> {
    request.validate().map(|()| request)
}
