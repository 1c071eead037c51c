//! Rust expressions that know when they need parentheses.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::types::integer;

/// How tightly the outermost operator of an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binding {
    Or,
    And,
    Comparison,
    Unary,
}

/// An expression, and how tightly it binds.
pub(super) struct Expression {
    pub(super) tokens: TokenStream,
    binding: Binding,
}

impl Expression {
    pub(super) fn new(binding: Binding, tokens: TokenStream) -> Self {
        Self { tokens, binding }
    }

    /// The expression as an operand of an operator that binds as tightly as `binding`.
    pub(super) fn within(self, binding: Binding) -> TokenStream {
        let tokens = self.tokens;
        if self.binding < binding { quote!((#tokens)) } else { tokens }
    }
}

pub(super) fn comparison(left: &TokenStream, operator: &TokenStream, right: &TokenStream) -> Expression {
    Expression::new(Binding::Comparison, quote!(#left #operator #right))
}

/// A count that is not below one bound and not above the other.
pub(super) fn bounded(count: &TokenStream, minimum: Option<u64>, maximum: Option<u64>) -> Expression {
    let [minimum, maximum] = [minimum, maximum].map(|bound| bound.map(|bound| integer(bound.into())));
    match (minimum, maximum) {
        (None, None) => Expression::new(Binding::Unary, quote!(true)),
        (Some(minimum), None) => comparison(count, &quote!(>=), &minimum),
        (None, Some(maximum)) => comparison(count, &quote!(<=), &maximum),
        (Some(minimum), Some(maximum)) => {
            Expression::new(Binding::Unary, quote!((#minimum..=#maximum).contains(&#count)))
        }
    }
}
