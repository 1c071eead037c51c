//! The Rust types of integers.

use foxapi_schema::assertion::Side;

use super::listed::{listed_values, value_beside_range};
use crate::check::Checker;
use crate::check::schema::SpecSchema;
use crate::checked::Integer;

impl<'a> Checker<'a, '_, '_> {
    /// The Rust type of an integer, from its limits or its list of values.
    pub(super) fn integer(&self, schema: &SpecSchema) -> Integer {
        match bounds(schema) {
            (Some(lower), Some(upper)) if lower >= 0.0 && upper > f64::from(u32::MAX) => Integer::U64,
            (Some(lower), _) if lower >= 0.0 => Integer::U32,
            _ => Integer::I64,
        }
    }
}

/// The least and the greatest value, if limited.
fn bounds(schema: &SpecSchema) -> (Option<f64>, Option<f64>) {
    let listed: Vec<i128> = listed_values(schema)
        .map(|values| values.iter().filter_map(|(value, _)| value.as_integer()).collect())
        .unwrap_or_default();
    if let (Some(least), Some(most)) = (listed.iter().min(), listed.iter().max()) {
        return (Some(*least as f64), Some(*most as f64));
    }
    let bound = |side, strict| schema.bound(side, strict).and_then(serde_json::Number::as_f64);
    let lower = bound(Side::AtLeast, false).or_else(|| bound(Side::AtLeast, true).map(|bound| bound + 1.0));
    let upper = bound(Side::AtMost, false).or_else(|| bound(Side::AtMost, true));
    let (lowers, uppers): (Vec<_>, Vec<_>) =
        value_beside_range(schema).unwrap_or_default().into_iter().map(bounds).unzip();
    let least = lowers.into_iter().collect::<Option<Vec<f64>>>().and_then(|all| all.into_iter().reduce(f64::min));
    let most = uppers.into_iter().collect::<Option<Vec<f64>>>().and_then(|all| all.into_iter().reduce(f64::max));
    (lower.or(least), upper.or(most))
}
