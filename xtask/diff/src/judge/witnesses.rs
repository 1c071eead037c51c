//! Strings to try for patterns and formats, which lengths alone do not distinguish.

use std::collections::BTreeSet;

use foxapi_codegen::checked::Format;
use foxapi_schema::assertion::Assertion;

use crate::meaning::formula::ValueTest;
use crate::pattern::{Automata, Pattern, SearchResult};
use crate::value::Text;

/// How many patterns are distinguished in all combinations.
const PATTERNS: usize = 4;

/// Strings that some of the tests accept and others do not.
pub(super) fn witnesses(tests: &[&ValueTest], lengths: &BTreeSet<u64>) -> Vec<Text> {
    let mut texts: Vec<String> = Vec::new();
    let mut patterns: Vec<&Pattern> = Vec::new();
    for test in tests {
        match test {
            ValueTest::Asserts(Assertion::Format(format)) => {
                texts.extend(samples(*format).iter().map(|sample| (*sample).to_owned()))
            }
            ValueTest::Pattern(pattern) if !patterns.contains(&pattern) => patterns.push(pattern),
            _ => {}
        }
    }
    patterns.truncate(PATTERNS);
    if let Some(automata) = Automata::of(patterns.iter().copied()).filter(|_| !patterns.is_empty()) {
        for choice in 0..1_u32 << patterns.len() {
            let wanted: Vec<bool> = (0..patterns.len()).map(|index| choice >> index & 1 == 0).collect();
            for least in [0].iter().chain(lengths) {
                match automata.find(&wanted, *least) {
                    SearchResult::Text(text) => texts.push(text),
                    SearchResult::Nothing => break,
                    SearchResult::Unknown => {}
                }
            }
        }
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    texts.iter().filter(|text| seen.insert(text.as_str())).map(|text| Text::exact(text)).collect()
}

/// Strings of a format, short and long.
fn samples(format: Format) -> &'static [&'static str] {
    match format {
        Format::Uri => &["https://example.com/", "mailto:a@example.com", "urn:a", "https://example.com/a/b?c=d#e"],
        Format::Date => &["2024-02-29", "1999-12-31"],
        Format::Time => &["08:30:00Z", "08:30:00.5+02:00"],
        Format::DateTime => &["2024-02-29T08:30:00Z", "1999-12-31T23:59:59.25-05:00"],
        Format::Uuid => &[
            "2eb8aa08-aa98-41ea-b4aa-73b441d16380",
            "2EB8AA08-AA98-11EA-B4AA-73B441D16380",
            "00000000-0000-0000-0000-000000000000",
        ],
        Format::Email => &[
            "a@example.com",
            "someone.else@mail.example.com",
            "A-1+b_2@x9.example.com",
            // The longest local part of a mailbox.
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@mail.example.com",
        ],
    }
}
