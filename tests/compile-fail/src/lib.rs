//! What must not compile: a package that depends on the types of two families only, so that trybuild, which checks the
//! dependencies of its package once more, has little to check.

/// Each case does not compile with any compiler; `tests/compiler.rs` compares what one says.
#[cfg(doctest)]
mod compile_fail {
    macro_rules! does_not_compile {
        ($($Case:ident $file:literal)*) => {$(
            #[doc = concat!("```compile_fail\n", include_str!(concat!("../cases/", $file)), "```")]
            struct $Case;
        )*};
    }

    does_not_compile! {
        MatchWithoutWildcard "match_without_wildcard.rs"
        MissingRequiredParameter "missing_required_parameter.rs"
        StructLiteral "struct_literal.rs"
        ValueOfAnotherModel "value_of_another_model.rs"
        ValueTheModelLacks "value_the_model_lacks.rs"
        WrongType "wrong_type.rs"
    }
}
