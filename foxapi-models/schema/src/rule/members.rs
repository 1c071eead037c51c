//! Rules take an object: reads its members.

use serde_json::Value;

use crate::invalid_keyword::{InvalidKeyword, KeywordPart};
use crate::keyword::Keyword;
use crate::pointer;

/// Reads the members that a keyword takes, all of them required; anything wrong is added to `problems`.
pub(super) fn members<'v, const N: usize>(
    keyword: Keyword,
    value: &'v Value,
    names: [&str; N],
    problems: &mut Vec<InvalidKeyword>,
) -> [Option<&'v Value>; N] {
    let Value::Object(members) = value else {
        problems.push(InvalidKeyword::expected(keyword, "an object", value));
        return [None; N];
    };
    for name in members.keys().filter(|name| !names.contains(&name.as_str())) {
        let mut pointer = String::new();
        pointer::push(&mut pointer, name);
        let message = format!("\"{keyword}\" does not take \"{name}\"");
        let help = Some(format!("it takes {}", names.join(", ")));
        problems.push(InvalidKeyword { at: KeywordPart::Name(pointer), message, help });
    }
    for name in names.into_iter().filter(|name| !members.contains_key(*name)) {
        problems.push(InvalidKeyword::of_keyword(format!("\"{keyword}\" needs \"{name}\"")));
    }
    names.map(|name| members.get(name))
}
