//! Rust names for values that do not imply one: `16:9`, `720p`, and models of one page.

use foxapi_schema::words::upper_first;

/// The name of a type, after a page or parameter: `veo-3.1-extend` gives `Veo31Extend`.
pub(crate) fn type_name(text: &str) -> String {
    let name: String = text.split(|letter: char| !letter.is_ascii_alphanumeric()).map(upper_first).collect();
    match name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => name,
        false => format!("Page{name}"),
    }
}

/// The name of a value; if it implies none, it is named after what it is a value of.
pub(crate) fn value(value: &str, parameter: &str) -> String {
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    let rest = value.get(digits.len()..).unwrap_or_default();
    if digits.is_empty() {
        let name = type_name(value);
        let is_plain = value.chars().all(|it| it.is_ascii_alphanumeric() || "-_ .".contains(it));
        return if is_plain && !value.is_empty() { name } else { format!("{}{name}", type_name(parameter)) };
    }
    if !rest.is_empty() && rest.len() <= 2 && rest.chars().all(|it| it.is_ascii_alphabetic()) {
        // `480p`, `2k`: the letter first.
        return format!("{}{digits}", type_name(rest));
    }
    // `1280x720`, `2.5`, `16:9`: after the parameter; an underscore separates two numbers.
    let letters: Vec<char> = value.chars().collect();
    let mut name = type_name(parameter);
    for (at, letter) in letters.iter().enumerate() {
        let is_digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        if letter.is_ascii_alphanumeric() {
            name.push(*letter);
        } else if is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)) {
            name.push('_');
        }
    }
    name
}

/// The names of the models of one page: what distinguishes them, or the version of a single one.
pub(crate) fn models(ids: &[String]) -> Vec<String> {
    let words: Vec<Vec<&str>> = ids.iter().map(|id| id.split(['-', '_', '/', ':']).collect()).collect();
    let shared = |word: &str| words.iter().all(|other| other.contains(&word));
    let is_digit = |it: char| it.is_ascii_digit();
    let names: Vec<String> = match words.as_slice() {
        [words] => {
            let numbered = words.iter().find(|word| word.contains(is_digit));
            vec![numbered.map_or_else(|| type_name(&words.join("-")), |word| version(without_family(word)))]
        }
        several => several
            .iter()
            .map(|words| {
                let own = words.iter().filter(|word| !shared(word));
                // `v2` and `6` of `v2-6` are one number.
                let is_part = |name: &str, word: &str| name.ends_with(is_digit) && word.starts_with(is_digit);
                let name = own.fold(String::new(), |name, word| {
                    if is_part(&name, word) { format!("{name}_{word}") } else { name + &version(word) }
                });
                if name.is_empty() { "Standard".to_owned() } else { name }
            })
            .collect(),
    };
    let is_unique = names.iter().all(|name| names.iter().filter(|other| *other == name).count() == 1);
    let is_name = |name: &String| name.starts_with(|it: char| it.is_ascii_uppercase());
    if is_unique && names.iter().all(is_name) { names } else { ids.iter().map(|id| type_name(id)).collect() }
}

/// `wan2.6` is the version 2.6 of a family; `o3` and `v3` are names of versions.
fn without_family(word: &str) -> &str {
    let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
    if letters > 1 { word.get(letters..).unwrap_or(word) } else { word }
}

/// `3.1` is `V3_1`, `o3` is `O3`, `fast` is `Fast`.
fn version(word: &str) -> String {
    let name = word.replace('.', "_");
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("V{name}") } else { upper_first(&name) }
}

#[cfg(test)]
mod tests;
