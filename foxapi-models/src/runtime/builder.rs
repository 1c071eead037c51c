//! The builders of generated code: one macro for requests, one for the objects in them, and what both share.

/// Makes a struct the request of the page that `FACTS` are about: read and written, built, checked.
///
/// The list is that of the page. Each parameter has
/// - how it is documented at its setter;
/// - its presence, as [`object!`](crate::runtime::object) knows it: `required`, `optional` or `nullable`, and `map`
///   or `free`;
/// - what its setter takes, in parentheses;
/// - for what must be given, `-> <…>`: the builder's states after its setter;
/// - for what is required and has a default, `= …`: that default.
///
/// What ends a builder is `#[inline]`: with the slow path behind it, it is compiled for the requests that a program
/// uses, and not for all pages.
///
/// `with prompt` behind the list says which parameter [`Request::prompt`](crate::Request::prompt) is about.
///
/// `field = "name": …` gives a parameter whose name is not the field's, and `optional(…) as Box` one that
/// the field holds in a box.
macro_rules! request {
    ($(#[$doc:meta])* $Name:ident::builder() -> $Builder:ident $(<$($State:ident),+>)? { $($parameters:tt)* } $(with $prompt:ident)?) => {
        $crate::runtime::builder! { $(#[$doc])* $Name::builder() -> $Builder $(<$($State),+>)? { $($parameters)* } }

        #[allow(clippy::type_complexity, reason = "one state per required parameter")]
        impl $Builder $(<$($crate::runtime::builder!(@Given $State)),+>)? {
            /// The request, if it keeps every documented rule.
            ///
            /// # Errors
            ///
            /// Every violation, not the first alone.
            #[inline]
            pub fn build(self) -> ::core::result::Result<$Name, $crate::ValidationError> {
                $crate::Request::validate(&self.value)?;
                Ok(self.value)
            }

            /// The request as it is, for what the server takes and the documentation does not know yet.
            #[inline]
            pub fn build_unchecked(self) -> $Name {
                self.value
            }
        }

        const _: () = {
            static PAGE: $crate::Page = $crate::Page::new(FACTS);

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
                    // What is generated with the struct, not this function.
                    $Name::is_valid(self)
                }
            }

            impl $crate::runtime::Outlined for $Name {
                const OUTLINE: $crate::runtime::Outline = $crate::runtime::Outline {
                    models: FACTS.models,
                    parameters: <$Name as $crate::runtime::Named>::NAMES,
                };
            }
        };
    };
}

/// Makes a struct an object that is part of requests: read and written, and built; the request checks it.
///
/// The list is that of [`request!`].
macro_rules! value {
    ($(#[$doc:meta])* $Name:ident::builder() -> $Builder:ident $(<$($State:ident),+>)? { $($parameters:tt)* }) => {
        $crate::runtime::builder! { $(#[$doc])* $Name::builder() -> $Builder $(<$($State),+>)? { $($parameters)* } }

        #[allow(clippy::type_complexity, reason = "one state per required parameter")]
        impl $Builder $(<$($crate::runtime::builder!(@Given $State)),+>)? {
            /// What was built; the request that takes it checks it.
            #[inline]
            pub fn build(self) -> $Name {
                self.value
            }
        }
    };
}

/// The builder without the functions that end it. Required parameters are part of its type.
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
                @setter $Builder $(#[$setter])* $field ($($Argument)+) $(as $Box)? $(-> <$($Next),+>)?
            })*
        }
    };

    (@setter $Builder:ident $(#[$doc:meta])* $field:ident ($($Argument:tt)+) -> <$($Next:ident),+>) => {
        $(#[$doc])*
        pub fn $field(mut self, value: $($Argument)+) -> $Builder<$($Next),+> {
            self.value.$field = $crate::runtime::builder!(@taken value: $($Argument)+);
            $Builder { value: self.value, given: ::core::marker::PhantomData }
        }
    };
    (@setter $Builder:ident $(#[$doc:meta])* $field:ident ($($Argument:tt)+) $(as $Box:ident)?) => {
        $(#[$doc])*
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
