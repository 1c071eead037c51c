//! `foxapi describe MODEL`: shows everything that is documented about a model.

use std::io::{self, Write};

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use foxapi_models::{Model, Page, PageSource, Parameter, ParameterKind};

use crate::failure::Failure;
use crate::output::{self, Output, STRONG};
use crate::{arguments, catalogue, example, flags, words};

/// The length of a readable line, unless the terminal is narrower.
const WIDTH: usize = 100;

/// A writer of text in lines of a width.
struct WrappedText<W> {
    data: W,
    /// In characters.
    width: usize,
}

pub(super) fn command(command: Command) -> Command {
    let form = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).group("form").help(help)
    };
    command
        .arg(arguments::model())
        .arg(form("json", "Print the model as JSON"))
        .arg(form("schema", "Print the JSON Schema of its requests"))
        .arg(form("example", "Print a valid body"))
        .group(ArgGroup::new("form").multiple(false))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    if matches.get_flag("schema") {
        return super::schema::run(matches, output);
    }
    let (model, page) = catalogue::find(matches.get_one::<String>("model").map(String::as_str).unwrap_or_default())?;
    let mut data = output.data();
    if matches.get_flag("json") {
        output::json(&mut data, model)?;
    } else if matches.get_flag("example") {
        data.write_all(crate::request::pretty(&example::body(model))?.as_bytes())?;
        data.write_all(b"\n")?;
    } else {
        let width = output.width().map_or(WIDTH, |width| usize::from(width).min(WIDTH));
        describe(&mut WrappedText { data: &mut data, width }, model, page)?;
    }
    Ok(data.flush()?)
}

fn describe(text: &mut WrappedText<impl Write>, model: &Model, page: &Page) -> io::Result<()> {
    writeln!(text.data, "{STRONG}{}{STRONG:#}", model.id)?;
    text.paragraphs(&words::purpose(model), "  ")?;
    writeln!(text.data)?;
    writeln!(text.data, "  {} {}", model.endpoint.method, model.endpoint.path)?;
    writeln!(text.data, "  {}", model.docs)?;
    writeln!(text.data, "  {}", source(model.source))?;
    for parameter in flags::parameters(model) {
        writeln!(text.data)?;
        describe_parameter(text, parameter, "")?;
    }
    if !model.rules.is_empty() {
        writeln!(text.data, "\n{STRONG}Rules{STRONG:#}")?;
        for rule in &model.rules {
            text.bullet(rule, "  ")?;
        }
    }
    let lacking = lacking(model, page);
    if !lacking.is_empty() {
        writeln!(text.data, "\n{STRONG}Only other models{STRONG:#}")?;
        for line in lacking {
            text.bullet(&line, "  ")?;
        }
    }
    Ok(())
}

/// The source of the data, so that nobody takes a guess for a fact.
fn source(source: PageSource) -> String {
    match source {
        PageSource::Page => "From the page itself.".to_owned(),
        PageSource::Index { seen, .. } => {
            format!("From an index of the documentation, read on {seen}; limits may be missing.")
        }
        _ => "From another source than the page.".to_owned(),
    }
}

/// What other models of the page accept, and this one does not.
fn lacking(model: &Model, page: &Page) -> Vec<String> {
    let mut lacking = Vec::new();
    let others = page.models.iter().filter(|id| **id != model.id).filter_map(|id| foxapi_models::model(id));
    for parameter in others.flat_map(flags::parameters) {
        let mut lines = Vec::new();
        match flags::parameters(model).find(|own| own.name == parameter.name) {
            None => lines.push(format!("{}: {}", parameter.name, parameter.models.join(", "))),
            Some(_) => {
                let options = parameter.options.iter().filter(|choice| !choice.models.is_empty());
                let options = options.filter(|choice| !choice.models.contains(&model.id));
                lines.extend(options.map(|choice| {
                    format!("{}={}: {}", parameter.name, words::plain(&choice.value), choice.models.join(", "))
                }));
            }
        }
        for line in lines {
            if !lacking.contains(&line) {
                lacking.push(line);
            }
        }
    }
    lacking
}

fn describe_parameter(text: &mut WrappedText<impl Write>, parameter: &Parameter, indent: &str) -> io::Result<()> {
    let mut kind = words::kind(parameter);
    if parameter.required {
        kind.push_str(", required");
    }
    writeln!(text.data, "{indent}{STRONG}{}{STRONG:#} ({kind})", parameter.name)?;
    let inner = format!("{indent}  ");
    text.paragraphs(&parameter.description, &inner)?;
    let facts = words::facts(parameter).join(" ");
    if !facts.is_empty() {
        text.paragraphs(&facts, &inner)?;
    }
    for choice in words::options(parameter).iter().filter(|choice| !choice.value.is_null()) {
        let value = words::plain(&choice.value);
        match &choice.description {
            Some(description) => text.bullet(&format!("{value}: {}", words::first_paragraph(description)), &inner)?,
            None => text.bullet(&value, &inner)?,
        }
    }
    for property in properties(parameter) {
        describe_parameter(text, property, &inner)?;
    }
    Ok(())
}

/// The properties of an object, or of the objects in a list.
fn properties(parameter: &Parameter) -> &[Parameter] {
    match &parameter.kind {
        ParameterKind::Object { properties, .. } => properties,
        ParameterKind::Array { items, .. } => properties(items),
        ParameterKind::Map { values, .. } => properties(values),
        ParameterKind::Union { forms, .. } => {
            forms.iter().map(properties).find(|it| !it.is_empty()).unwrap_or_default()
        }
        _ => &[],
    }
}

impl<W: Write> WrappedText<W> {
    fn paragraphs(&mut self, text: &str, indent: &str) -> io::Result<()> {
        for paragraph in text.split('\n').filter(|paragraph| !paragraph.is_empty()) {
            self.wrap(paragraph, indent, indent)?;
        }
        Ok(())
    }

    fn bullet(&mut self, text: &str, indent: &str) -> io::Result<()> {
        self.wrap(&text.replace('\n', " "), &format!("{indent}- "), &format!("{indent}  "))
    }

    /// Wraps words into lines, with prefixes for the first line and the further ones. A longer word has its own line.
    fn wrap(&mut self, text: &str, first: &str, further: &str) -> io::Result<()> {
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in text.split(' ') {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > self.width {
                writeln!(self.data, "{line}")?;
                line = further.to_owned();
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        writeln!(self.data, "{line}")
    }
}
