//! Accepts only patterns that JSON Schema (ECMA-262) and the regex engine of the generated crate read alike.

/// Why a pattern is refused: what is wrong with it, and what to write instead.
pub(crate) struct PatternProblem {
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// Refuses a pattern that one of the two engines would not accept, or that they would read differently.
pub(crate) fn check(pattern: &str) -> Result<(), PatternProblem> {
    let mut letters = pattern.chars().peekable();
    let mut in_class = false;
    let mut repetition = Repetition::None;
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        let before = std::mem::replace(&mut repetition, Repetition::None);
        match (letter, in_class) {
            (letter, _) if letter.is_control() => {
                return refuse("an unescaped control character", "write it as \\n, \\t or \\u…");
            }
            ('\\', _) => {
                letters.next();
                check_escape(next)?;
            }
            ('.', false) => {
                return refuse(
                    "\".\" excludes different line breaks in JSON Schema and here",
                    "list the characters in brackets, such as [^\\n\\r\\u2028\\u2029]",
                );
            }
            ('(', false) if next == Some('?') => {
                letters.next();
                if letters.peek() != Some(&':') {
                    return refuse(
                        "the only supported group that begins with \"(?\" is \"(?:\"",
                        "write (?:…) or (…), without flags, names or lookaround",
                    );
                }
            }
            ('{', false) if !next.is_some_and(|next| next.is_ascii_digit()) => {
                return refuse("\"{\" is not followed by a number", "write \\{ for a brace");
            }
            ('?', false) if before == Repetition::Greedy => repetition = Repetition::Lazy,
            ('*' | '+' | '?' | '{', false) if before != Repetition::None => {
                return refuse("a repeated repetition", "write (?:…) around the first one");
            }
            ('*' | '+' | '?', false) => repetition = Repetition::Greedy,
            ('{', false) => {
                letters.by_ref().take_while(|letter| *letter != '}').for_each(drop);
                repetition = Repetition::Greedy;
            }
            ('[', false) => {
                in_class = true;
                if next == Some('^') {
                    letters.next();
                }
                if letters.peek() == Some(&']') {
                    return refuse("empty brackets", "write \\] for a bracket");
                }
            }
            ('[', true) => return refuse("\"[\" inside brackets", "write \\[ for a bracket"),
            (']', _) => in_class = false,
            ('&' | '-' | '~', true) if next == Some(letter) => {
                return refuse("a character repeated inside brackets", "write it once, or as \\-");
            }
            _ => {}
        }
    }
    match regex_lite::Regex::new(pattern) {
        Ok(_) => Ok(()),
        Err(error) => refuse(&error.to_string(), "write a pattern that every regex engine accepts"),
    }
}

/// The repetition right before the current letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Repetition {
    None,
    Greedy,
    /// A repetition followed by `?`.
    Lazy,
}

/// Checks the letter after a `\`.
fn check_escape(letter: Option<char>) -> Result<(), PatternProblem> {
    match letter {
        Some('s' | 'S') => refuse(
            "\"\\s\" matches different spaces in JSON Schema and here",
            "list the characters in brackets, such as [ \\t\\n]",
        ),
        Some('d' | 'D' | 'w' | 'W' | 'b' | 'B' | 't' | 'n' | 'r' | 'f' | 'v' | 'x' | 'u') => Ok(()),
        Some(letter) if letter.is_ascii_punctuation() && !"<>".contains(letter) => Ok(()),
        _ => refuse("\"\\\" before a letter that needs none", "leave the \\ out, or write \\\\ for the letter itself"),
    }
}

fn refuse(message: &str, help: &'static str) -> Result<(), PatternProblem> {
    Err(PatternProblem { message: message.to_owned(), help })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_are_taken() {
        for pattern in [
            "",
            "^[a-z0-9_-]{1,64}$",
            "^#(?:[0-9a-fA-F]{3}){1,2}$",
            r"^\d+x\d+$",
            r"a\.b",
            r"[\]\[\-]",
            "é+|日本",
            r"\u00e9",
            r"^\/v1\/",
            "a{2,}",
            "[^a]",
            r"\\",
            "^$",
        ] {
            assert!(check(pattern).is_ok(), "{pattern} is refused");
        }
    }

    #[test]
    fn patterns_with_two_meanings_are_refused() {
        for (pattern, because) in [
            ("a.b", "line breaks"),
            (r"\s", "different spaces"),
            (r"[\S]", "different spaces"),
            ("(?=a)", "(?:"),
            ("(?i)a", "(?:"),
            ("(?<name>a)", "(?:"),
            ("a{,3}", "not followed by a number"),
            ("[]a]", "empty brackets"),
            ("[^]", "empty brackets"),
            ("[a[b]]", "inside brackets"),
            ("[a&&b]", "repeated inside brackets"),
            (r"\A", "needs none"),
            (r"\p{L}", "needs none"),
            (r"\1", "needs none"),
            (r"a\", "needs none"),
            ("a\nb", "control character"),
            ("a(", ""),
            ("*", ""),
            ("a**", "a repeated repetition"),
            ("a{2}+", "a repeated repetition"),
            ("a+??", "a repeated repetition"),
        ] {
            assert!(check(pattern).is_err_and(|problem| problem.message.contains(because)), "{pattern}");
        }
    }
}
