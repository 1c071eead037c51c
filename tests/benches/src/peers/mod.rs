//! Two pages as somebody would write them by hand: structs with the derives of serde and garde, and checks as plain
//! code.
//!
//! They keep every rule of their page, and judge URLs by the function that the crate uses.

pub mod kling_o3;
pub mod veo;

use crate::is_url;

/// A function in the form that garde calls.
fn url(text: &str, (): &()) -> garde::Result {
    if is_url(text) { Ok(()) } else { Err(garde::Error::new("is not a URL")) }
}

/// The same for a value that may be absent.
fn optional_url(text: &Option<String>, context: &()) -> garde::Result {
    text.as_deref().map_or(Ok(()), |text| url(text, context))
}

/// Fails with a sentence.
fn rule(holds: bool, sentence: &'static str) -> garde::Result {
    if holds { Ok(()) } else { Err(garde::Error::new(sentence)) }
}
