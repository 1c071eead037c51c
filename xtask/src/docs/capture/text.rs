//! The text that a browser copies from a page: a line each for name, type and badges, then words, labels and values.

use serde_json::Value as Json;

use super::{
    Problem,
    header::{self, TypeLine},
    label::{self, Badge, Label, Section},
    limits,
    nesting::{self, Listed},
    notes, requests,
};
use crate::docs::page::{At, Keyword, Kind, Limit, Options, Page, Parameter, Shape};

/// Lines of an example: more than any has.
const MOST_LINES: usize = 200;

/// Reads a copy that has the names of its parameters; `None` is a copy that has none.
pub(crate) fn read(text: &str) -> Result<Option<Page>, Problem> {
    let raw: Vec<&str> = text.lines().collect();
    let lines: Vec<&str> = raw.iter().map(|line| line.trim()).collect();
    let Some(body) = Body::find(&lines)? else { return Ok(None) };

    let mut page = Page::new(Shape::Text, text);
    preamble(&lines, &raw, body.start, &mut page);
    let listed: Vec<Listed> = body
        .headers
        .iter()
        .enumerate()
        .map(|(index, header)| {
            let end = body.headers.get(index + 1).map_or(body.end, |next| next.start);
            let below = lines.get(header.after..end).unwrap_or_default();
            let opens = below.iter().any(|line| label::opens_children(line));
            Listed { parameter: parameter(header, &lines, end, &mut page.unread), opens }
        })
        .collect();
    let nested = nesting::nest(&listed, &page.bodies).map_err(|twice| {
        Problem::at(
            twice.line,
            format!("the parameter `{}` stands here a second time", twice.name),
            "is this two pages in one file? check them one by one",
        )
    })?;
    page.parameters = nested.parameters;
    page.skipped.extend(nested.guesses);
    Ok(Some(page))
}

/// Where the parameters of the body are.
struct Body {
    /// The first line after the heading.
    start: usize,
    end: usize,
    headers: Vec<Header>,
}

/// Where a parameter begins.
struct Header {
    start: usize,
    /// The first line after name, type and badges.
    after: usize,
    name: String,
    typed: TypeLine,
}

impl Body {
    fn find(lines: &[&str]) -> Result<Option<Self>, Problem> {
        let mut bodies = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            match lines.get(at).and_then(|line| label::section(line)) {
                Some(Section::Body) if header_at(lines, at).is_none() => {
                    let body = Self::from(lines, at + 1);
                    at = body.end.max(at + 1);
                    bodies.push(body);
                }
                _ => at += 1,
            }
        }
        bodies.retain(|body| !body.headers.is_empty());
        if let [_, second, ..] = bodies.as_slice() {
            return Err(Problem::at(
                second.start,
                "a second request body begins here".to_owned(),
                "this is two pages in one file: check them one by one",
            ));
        }
        let body = match bodies.pop() {
            Some(body) => body,
            None => {
                let Some(body) = Self::without_heading(lines) else { return Ok(None) };
                body
            }
        };
        // Whatever page it is: after the body comes the answer.
        if let (true, Some(last)) = (body.end == lines.len(), body.headers.last()) {
            return Err(Problem::at(
                lines.len(),
                format!("the page breaks off: no response section follows after `{}`", last.name),
                "copy the page whole, to its end",
            ));
        }
        Ok(Some(body))
    }

    /// The body from a line on, to the next section.
    fn from(lines: &[&str], start: usize) -> Self {
        let mut headers: Vec<Header> = Vec::new();
        let mut at = start;
        while let Some(line) = lines.get(at) {
            if let Some(header) = header_at(lines, at) {
                at = header.after;
                headers.push(header);
            } else if label::section(line).is_some() || label::begins_answer(line) && !headers.is_empty() {
                break;
            } else {
                at += 1;
            }
        }
        Self { start, end: at.min(lines.len()), headers }
    }

    /// Some copies lose headings: then the body is what has parameters that are no headers of HTTP.
    fn without_heading(lines: &[&str]) -> Option<Self> {
        let media_type = lines.iter().position(|line| line.starts_with("application/json"));
        let first = (0..lines.len()).find(|at| {
            media_type.is_none_or(|media_type| *at > media_type)
                && header_at(lines, *at).is_some_and(|header| !header.typed.badges.contains(&Badge::Header))
        })?;
        let body = Self::from(lines, first);
        // A word and the word "string" below each other may be anything.
        (body.headers.len() > 1).then_some(body)
    }
}

/// The parameter that begins on a line, if one does.
fn header_at(lines: &[&str], at: usize) -> Option<Header> {
    let line = lines.get(at)?;
    if line.is_empty() {
        return None;
    }
    if let Some((name, typed)) = header::both(line) {
        return Some(with_badges(lines, at, at + 1, name, typed));
    }
    if let Some(name) = header::name(line)
        && let Some(next) = next_line(lines, at + 1, 2)
        && let Some(typed) = lines.get(next).and_then(|line| header::type_line(line))
    {
        return Some(with_badges(lines, at, next + 1, name, typed));
    }
    let below = lines.get(at + 1)?;
    if let (Some(name), Some(typed)) = (header::unusual_name(line), header::type_line(below)) {
        return Some(with_badges(lines, at, at + 2, name, typed));
    }
    unknown_header_at(lines, at)
}

/// The parameter of an unknown type that begins on a line: its form shows that it is one, or what stands around it.
fn unknown_header_at(lines: &[&str], at: usize) -> Option<Header> {
    let line = lines.get(at)?;
    if let Some((first, rest)) = line.split_once([' ', '\t'])
        && let Some(name) = header::name(first)
        && let Some((typed, true)) = header::unknown_type(rest.trim())
        && name.starts_with(|first: char| first.is_ascii_lowercase())
    {
        return Some(with_badges(lines, at, at + 1, name, typed));
    }
    let name = header::name(line)?;
    let (typed, has_form) = lines.get(at + 1).and_then(|below| header::unknown_type(below))?;
    let after = lines.get(at + 2).copied().unwrap_or_default();
    let has_badge = label::badges(after).is_some_and(|badges| !badges.is_empty());
    // Two words alone, each on its line: a name in small letters, and a type that begins with a capital.
    let stands_alone = after.is_empty()
        && at.checked_sub(1).and_then(|above| lines.get(above)).is_none_or(|above| above.is_empty())
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
        && lines.get(at + 1).is_some_and(|below| below.starts_with(|first: char| first.is_ascii_uppercase()));
    (has_form || has_badge || stands_alone).then(|| with_badges(lines, at, at + 2, name, typed))
}

fn with_badges(lines: &[&str], start: usize, mut after: usize, name: String, mut typed: TypeLine) -> Header {
    while let Some(next) = next_line(lines, after, 1) {
        let line = lines.get(next).copied().unwrap_or_default();
        // A parameter may be called `path` or `header`.
        let begins_another = next_line(lines, next + 1, 1)
            .and_then(|below| lines.get(below))
            .is_some_and(|below| header::type_line(below).is_some() && header::name(line).is_some());
        match label::badges(line).filter(|badges| !badges.is_empty() && !begins_another) {
            Some(badges) => typed.badges.extend(badges),
            None => break,
        }
        after = next + 1;
    }
    Header { start, after, name, typed }
}

/// The next line that has anything, over at most so many empty ones.
fn next_line(lines: &[&str], from: usize, most_empty: usize) -> Option<usize> {
    (from..=from + most_empty).find(|at| lines.get(*at).is_some_and(|line| !line.is_empty()))
}

fn parameter(header: &Header, lines: &[&str], end: usize, unread: &mut Vec<At<String>>) -> Parameter {
    let line = header.start + 1;
    let typed = &header.typed;
    let mut parameter = Parameter {
        name: header.name.clone(),
        line,
        kind: typed.kind.clone(),
        nullable: typed.nullable,
        required: typed.badges.contains(&Badge::Required),
        ..Parameter::default()
    };
    for badge in &typed.badges {
        if let Badge::Marked(mark) = badge {
            parameter.mark(line, *mark);
        }
    }
    if let Some(format) = &typed.format {
        parameter.keywords.push(Keyword { line, name: "format".to_owned(), value: format.as_str().into() });
    }
    let mut at = header.after;
    while at < end {
        let text = lines.get(at).copied().unwrap_or_default();
        let number = at + 1;
        at += 1;
        match label::label(&notes::plain(text)) {
            _ if label::is_about_children(text) => {}
            Some((Label::Example, rest)) => {
                at = examples(rest, lines, at, end, &mut parameter, unread);
            }
            Some((Label::Enumerated, rest)) => {
                at = enumerated(rest, lines, at, end, &mut parameter);
                if parameter.options == Options::None {
                    unread.push(At::new(number, format!("{}: `{text}` lists no values", parameter.name)));
                }
            }
            Some((Label::Pattern, _)) => {
                // Between quotes stands the pattern itself, with marks that are none of Markdown.
                let pattern =
                    text.split_once([':', '：']).map_or(text, |(_, rest)| rest).trim().trim_matches(['`', '"']);
                let keyword = Keyword { line: number, name: "pattern".to_owned(), value: pattern.into() };
                about_text(&mut parameter).keywords.push(keyword);
            }
            Some((Label::Listed | Label::Notes, _)) => {
                parameter.prose.push(At::new(number, text.to_owned()));
            }
            Some((label, rest)) => {
                let is_list = matches!(parameter.kind, Some(Kind::Array(_)));
                match limits::read(label, rest, is_list) {
                    Some(found) => {
                        for (limit, value) in found {
                            match limit {
                                Limit::MinLength | Limit::MaxLength => about_text(&mut parameter),
                                _ => &mut parameter,
                            }
                            .add_limit(number, limit, value);
                        }
                    }
                    None => unread.push(At::new(number, format!("{}: `{text}` cannot be read", parameter.name))),
                }
            }
            None => parameter.prose.push(At::new(number, text.to_owned())),
        }
    }
    // Null stands for leaving it out, which is no default.
    let default = typed.badges.iter().find_map(|badge| match badge {
        Badge::Default(value) => Some(value).filter(|value| !parameter.nullable || *value != "null"),
        _ => None,
    });
    parameter.default = default.map(|value| {
        let with_text = |line: &&str| line.contains(value.as_str()) && line.contains([':', '：']);
        let range = lines.get(header.start..header.after).unwrap_or_default();
        let below = range.iter().skip(1).position(with_text).map_or(0, |below| below + 1);
        At::new(line + below, literal(value, parameter.kind.as_ref()))
    });
    super::finish(&mut parameter);
    parameter
}

/// What is said of a text is said of each item, where the parameter is a list.
fn about_text(parameter: &mut Parameter) -> &mut Parameter {
    match parameter.kind {
        Some(Kind::Array(_)) => parameter.item.get_or_insert_default(),
        _ => parameter,
    }
}

/// A default as the page writes it: text without quotes, anything else as in JSON.
fn literal(text: &str, kind: Option<&Kind>) -> Json {
    let json = serde_json::from_str(text);
    match (kind, json) {
        (Some(Kind::String(_)), Ok(value @ Json::String(_))) => value,
        (Some(Kind::String(_)), _) | (_, Err(_)) => text.into(),
        (_, Ok(value)) => value,
    }
}

/// Reads the values of `Available options:`: all but the last end in a comma. Gives the line after them.
fn enumerated(rest: &str, lines: &[&str], from: usize, end: usize, parameter: &mut Parameter) -> usize {
    let mut values = Vec::new();
    let mut add = |number: usize, text: &str| {
        for word in text.split([',', '、', '，']).map(|word| word.trim().trim_matches('`')).filter(|it| !it.is_empty())
        {
            // A value that does not fit its type is compared as it stands.
            let value = notes::value(word, parameter.kind.as_ref()).unwrap_or_else(|| word.into());
            values.push(At::new(number, value));
        }
    };
    let mut at = from;
    let mut goes_on = true;
    if !rest.is_empty() {
        add(from, rest);
        goes_on = rest.ends_with([',', '、', '，']);
    }
    let mut any = !rest.is_empty();
    let mut has_commas = rest.contains([',', '、', '，']);
    while at < end {
        let text = lines.get(at).copied().unwrap_or_default();
        let is_value = !text.is_empty() && label::label(text).is_none() && !label::is_about_children(text);
        let is_word = !text.trim_end_matches(',').contains(char::is_whitespace) || text.contains(", ");
        if text.is_empty() && goes_on {
            at += 1;
            continue;
        }
        // Copies without commas have a value per line, with nothing between.
        if !is_value || !goes_on && any && (!is_word || has_commas) {
            break;
        }
        add(at + 1, text);
        any = true;
        goes_on = text.ends_with([',', '、', '，']);
        has_commas |= goes_on;
        at += 1;
    }
    parameter.options = if values.is_empty() { Options::None } else { Options::Listed(values) };
    at
}

/// Reads the values of `Example:`. Gives the line after them.
fn examples(
    rest: &str,
    lines: &[&str],
    from: usize,
    end: usize,
    parameter: &mut Parameter,
    unread: &mut Vec<At<String>>,
) -> usize {
    let mut at = from;
    if rest.is_empty() {
        while at < end && lines.get(at).is_some_and(|line| line.is_empty() || line.starts_with("```")) {
            at += 1;
        }
    }
    let first = if rest.is_empty() { at } else { from.saturating_sub(1) };
    let below = lines.get(at..end.min(at + MOST_LINES)).unwrap_or_default();
    let mut text = rest.to_owned();
    for line in below {
        if !text.is_empty() || !rest.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    let text = text.replace('`', " ");
    let mut offset = 0;
    let mut values = Vec::new();
    loop {
        let remaining = text.get(offset..).unwrap_or_default();
        let gap = remaining.len() - remaining.trim_start_matches([' ', '\n', '\t', ',', '\r']).len();
        let begins = offset + gap;
        let Some(remaining) = text.get(begins..).filter(|it| !it.is_empty()) else { break };
        let line = first + 1 + newlines(text.get(..begins).unwrap_or_default());
        let mut stream = serde_json::Deserializer::from_str(remaining).into_iter::<Json>();
        if let Some(Ok(value)) = stream.next() {
            offset = begins + stream.byte_offset();
            values.push(At::new(line, value));
        } else if let (Some((value, length)), true) = (over_lines(remaining), values.is_empty()) {
            offset = begins + length;
            values.push(At::new(line, value.into()));
        } else {
            break;
        }
    }
    if values.is_empty() {
        let Some(line) = text.lines().next().filter(|line| !line.trim().is_empty()) else { return at };
        if matches!(parameter.kind, Some(Kind::String(_)) | None) {
            parameter.examples.push(At::new(first + 1, line.trim().into()));
        } else {
            unread.push(At::new(first + 1, format!("{}: the example `{line}` cannot be read", parameter.name)));
        }
        return first + 1;
    }
    parameter.examples.extend(values);
    let used = text.get(..offset).unwrap_or_default();
    (first + newlines(used) + 1).max(from)
}

/// A text in quotes that goes over several lines, which JSON does not allow; with its length.
fn over_lines(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('"')?;
    let end = inner.find("\"\n").or_else(|| inner.ends_with('"').then(|| inner.len() - 1))?;
    Some((inner.get(..end)?.to_owned(), end + 2))
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

/// Reads what stands before the body: method, path, address and the call of curl.
fn preamble(lines: &[&str], raw: &[&str], end: usize, page: &mut Page) {
    let before = lines.get(..end).unwrap_or_default();
    for (at, line) in before.iter().enumerate() {
        if page.paths.is_empty()
            && let Some((method, path)) = endpoint(before, at)
        {
            page.methods.push(At::new(at + 1, method));
            page.paths.push(At::new(at + 1, path));
        }
        if page.address.is_none() {
            page.address = super::source(line).map(|address| At::new(at + 1, address));
        }
    }
    requests::take(raw, page);
}

/// The method and path that begin on a line: on one line, or a line for each part of the path.
fn endpoint(lines: &[&str], at: usize) -> Option<(String, String)> {
    const METHODS: [&str; 5] = ["POST", "GET", "PUT", "PATCH", "DELETE"];
    let line = lines.get(at)?;
    let (method, rest) = METHODS.iter().find_map(|method| Some((*method, line.strip_prefix(method)?.trim())))?;
    let mut path = String::new();
    if let Some(whole) = rest.split_whitespace().next() {
        whole.clone_into(&mut path);
    }
    let below = lines.get(at + 1..).unwrap_or_default().iter().filter(|line| !line.is_empty() && rest.is_empty());
    for part in below {
        let is_part = part.chars().all(|it| it.is_ascii_alphanumeric() || "{}._:-".contains(it));
        let is_whole = path.is_empty() && part.len() > 1 && (part.starts_with('/') || part.starts_with("http"));
        if !is_whole && (*part != "/" || path.ends_with('/')) && !(is_part && path.ends_with('/')) {
            break;
        }
        path.push_str(part);
        if is_whole {
            break;
        }
    }
    let path = super::path_of(&path)?;
    Some((method.to_owned(), path))
}
