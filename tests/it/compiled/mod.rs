//! Generated code before the compiler: copies of the crate with other pages, and programs that use all that they offer.

pub(crate) mod crates;
mod expanded;
pub(crate) mod uses;
