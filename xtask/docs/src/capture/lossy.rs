//! A copy that lost the names and types of the parameters: what is left are words, and literals run into them.

use serde_json::Value as Json;

use super::{Problem, label, literal, notes};
use crate::page::{At, Block, Options, Page, Shape};

/// Lines of a list or object: more than any example has.
const MOST_LINES: usize = 200;

/// Reads a copy without names; `None` is a text that is no page.
pub(crate) fn read(text: &str) -> Result<Option<Page>, Problem> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let begin = lines.iter().position(|line| line.starts_with("Authorization: Bearer"));
    let end = lines.iter().position(|line| label::begins_answer(line));
    let begin = match (begin, end) {
        (Some(begin), Some(end)) if begin < end => begin,
        (Some(begin), _) if lines.len() > begin + 2 => {
            return Err(Problem::at(
                lines.len(),
                "the page breaks off: what the server answers does not follow".to_owned(),
                "copy the page whole, to its end",
            ));
        }
        _ => return Ok(None),
    };
    let end = end.unwrap_or(lines.len());
    let after = lines.get(end + 1..).unwrap_or_default();
    if let Some(second) = after.iter().position(|line| label::begins_answer(line)) {
        return Err(Problem::at(
            end + second + 2,
            "a second page ends here".to_owned(),
            "this is two pages in one file: check them one by one",
        ));
    }

    let mut page = Page::new(Shape::Lossy, text);
    page.blocks = blocks(lines.get(begin + 1..end).unwrap_or_default(), begin + 2);
    let Some(first) = page.blocks.first() else { return Ok(None) };
    // The first parameter is the model: its examples are ids, and its words introduce them.
    let default = first.examples.iter().find_map(|example| example.value.as_str()).unwrap_or_default();
    for example in &first.examples {
        if let Some(id) = example.value.as_str() {
            page.models.push(At::new(example.line, id.to_owned()));
        }
    }
    for (line, id) in super::introduced(&first.text, default) {
        if page.models.iter().all(|model| model.value != id) {
            page.models.push(At::new(line, id));
        }
    }
    Ok((!page.models.is_empty()).then_some(page))
}

/// Cuts the text where literals end.
fn blocks(lines: &[&str], first: usize) -> Vec<Block> {
    let mut cutter = Cutter { blocks: Vec::new(), ended: true };
    let mut at = 0;
    let mut rest = lines.first().copied().unwrap_or_default().to_owned();
    while at < lines.len() {
        let number = first + at;
        let text = rest.trim().to_owned();
        if text.is_empty() {
            at += 1;
            lines.get(at).copied().unwrap_or_default().clone_into(&mut rest);
            continue;
        }
        let below = lines.get(at + 1..).unwrap_or_default();
        let below = below.get(..MOST_LINES).unwrap_or(below);
        if let Some((words, value, lines_used, left)) = literal_in(&text, below) {
            if !words.is_empty() {
                cutter.words(number, &words);
            }
            cutter.example(number, value);
            at += lines_used;
            rest = left;
            continue;
        }
        if let Some((values, left)) = enumerated(&text)
            && !cutter.ended
        {
            cutter.options(number, values);
            rest = left;
            continue;
        }
        cutter.words(number, &text);
        rest.clear();
    }
    let mut blocks = cutter.blocks;
    for block in &mut blocks {
        if block.options == Options::None {
            block.options = listed(&block.text);
        }
    }
    blocks
}

/// Collects blocks; one that has ended is followed by the next as soon as there are words again.
struct Cutter {
    blocks: Vec<Block>,
    ended: bool,
}

impl Cutter {
    fn block(&mut self, line: usize) -> Option<&mut Block> {
        if self.blocks.is_empty() {
            self.blocks.push(Block { line, text: Vec::new(), options: Options::None, examples: Vec::new() });
        }
        self.blocks.last_mut()
    }

    fn words(&mut self, line: usize, text: &str) {
        if self.ended {
            self.blocks.push(Block { line, text: Vec::new(), options: Options::None, examples: Vec::new() });
            self.ended = false;
        }
        // A range runs into the example behind it: `1 <= x <= 63`.
        self.ended = text.contains("<= x") || text.contains("x <=") || text.contains("x >=");
        if let Some(block) = self.block(line) {
            block.text.push(At::new(line, text.to_owned()));
        }
    }

    fn example(&mut self, line: usize, value: Json) {
        self.ended = true;
        if let Some(block) = self.block(line) {
            block.examples.push(At::new(line, value));
        }
    }

    fn options(&mut self, line: usize, values: Vec<String>) {
        self.ended = true;
        let values = values.into_iter().map(|value| At::new(line, value.into()));
        if let Some(block) = self.block(line) {
            block.options = Options::Listed(values.collect());
        }
    }
}

/// The first literal of a line: words before it, its value, how many further lines it takes, what is left of the last.
fn literal_in(text: &str, below: &[&str]) -> Option<(String, Json, usize, String)> {
    for (at, letter) in text.char_indices() {
        if !matches!(letter, '"' | '[' | '{') && at > 0 {
            continue;
        }
        let (words, start) = text.split_at_checked(at)?;
        if let Some((value, length)) = literal(start) {
            let left = start.get(length..).unwrap_or_default();
            let is_plain = value.is_number() || value.is_boolean();
            // Quoted words within a sentence are no examples; numbers stand alone on their line.
            let ends = left.trim().is_empty() || !is_plain && (words.is_empty() || value.is_array());
            if ends && !value.is_null() {
                return Some((words.trim().to_owned(), value, 0, left.to_owned()));
            }
        } else if start.len() == 1 && letter != '"' {
            // A list or object over several lines.
            let joined: String = std::iter::once(&start).chain(below).flat_map(|line| [line, "\n"]).collect();
            let (value, length) = literal(&joined)?;
            let used = joined.get(..length).unwrap_or_default().matches('\n').count();
            let left = joined.get(length..).and_then(|left| left.lines().next()).unwrap_or_default();
            return Some((words.trim().to_owned(), value, used, left.to_owned()));
        }
    }
    None
}

/// The values at the beginning of `720p, 1080p Words about the next parameter`, and the rest.
fn enumerated(text: &str) -> Option<(Vec<String>, String)> {
    let is_value = |word: &str| {
        word.starts_with(|it: char| it.is_ascii_lowercase() || it.is_ascii_digit())
            && word.chars().all(|it| it.is_ascii_alphanumeric() || "_-.:".contains(it))
    };
    let mut values = Vec::new();
    let mut rest = text;
    loop {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let value = word.trim_end_matches(',');
        if !is_value(value) {
            return None;
        }
        values.push(value.to_owned());
        rest = after;
        if !word.ends_with(',') {
            break;
        }
    }
    (values.len() > 1).then(|| (values, rest.to_owned()))
}

/// The values that words list: on the line of their label, or run together on the line below it.
fn listed(text: &[At<String>]) -> Options {
    for (at, line) in text.iter().enumerate() {
        let Some((label::Label::Listed, rest)) = label::label(&line.value) else { continue };
        if !rest.is_empty() {
            return notes::read(std::slice::from_ref(line), None).options;
        }
        if let Some(below) = text.get(at + 1) {
            return Options::Glued { line: below.line, text: below.value.clone() };
        }
    }
    Options::None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cut(text: &str) -> Vec<(usize, usize, Vec<Json>)> {
        let lines: Vec<_> = text.lines().collect();
        let blocks = blocks(&lines, 1);
        blocks
            .into_iter()
            .map(|block| (block.line, block.text.len(), block.examples.into_iter().map(|at| at.value).collect()))
            .collect()
    }

    #[test]
    fn blocks_end_with_their_literals() {
        assert_eq!(
            cut("Words\nNotes:\na2500\"text\"\nMore words\nfalse\nList[\n\"a\"\n]Last words\n5"),
            [
                (1, 3, vec![json!("text")]),
                (4, 1, vec![json!(false)]),
                (6, 1, vec![json!(["a"])]),
                (8, 1, vec![json!(5)])
            ]
        );
    }

    #[test]
    fn values_run_into_the_next_words() {
        assert_eq!(
            cut(
                "Resolution\nOptions:\n720p — SD1080p — HD\n720p, 1080p List of ids\n[\"a\"]One\n1 <= x <= 63\nTwo\ntrue"
            ),
            [(1, 3, vec![]), (4, 1, vec![json!(["a"])]), (5, 2, vec![]), (7, 1, vec![json!(true)])]
        );
    }
}
