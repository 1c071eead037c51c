//! `x-combined-max-items`: several arrays together hold a limited number of items.

use serde_json::{Map, Value};

use super::members;
use crate::keyword::Keyword;
use crate::refusal::{Refusal, names};
use crate::{message, words};

/// The arrays hold at most so many items together.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "who enforces rules has to know all of it")]
pub struct Together {
    pub arrays: Vec<String>,
    pub maximum: u64,
}

pub(super) fn read(value: &Value) -> Result<Together, Vec<Refusal>> {
    const KEYWORD: Keyword = Keyword::XCombinedMaxItems;

    let [arrays, maximum] = members(KEYWORD, value, ["arrays", "maximum"])?;
    let mut refusals = Vec::new();
    let arrays = names(KEYWORD, arrays, "/arrays", &mut refusals);
    if arrays.len() < 2 && refusals.is_empty() {
        refusals.push(Refusal::of_keyword(format!("\"{KEYWORD}\" needs at least two arrays")));
    }
    match maximum.as_u64() {
        Some(maximum) if refusals.is_empty() => return Ok(Together { arrays, maximum }),
        Some(_) => {}
        None => {
            let why = Refusal::new("\"maximum\" takes a count: an integer from 0".to_owned());
            refusals.push(why.inside("/maximum".to_owned()));
        }
    }
    Err(refusals)
}

impl Together {
    pub(super) fn violation(&self, object: &Map<String, Value>) -> Option<(&str, String)> {
        let Self { arrays, maximum } = self;
        let lengths = arrays.iter().filter_map(|name| object.get(name)?.as_array()).map(|items| items.len() as u64);
        let found = lengths.fold(0, u64::saturating_add);
        let first = arrays.first().filter(|_| found > *maximum)?;
        let names = words::names(arrays);
        Some((first, format!("{names} together have {found} items, {}", message::limit("at most", maximum))))
    }
}
