//! Reports the errors of clap in the words and colours of this program.

use std::ffi::OsString;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::failure::Exit;
use crate::output::complain;

/// The choice of colours in the arguments, found before they are parsed, because parsing may fail.
pub(crate) fn colour(arguments: &[OsString]) -> ColorChoice {
    let mut next = arguments.iter();
    let mut found = None;
    while let Some(argument) = next.next() {
        let argument = argument.to_string_lossy();
        if argument == "--color" {
            found = next.next().map(|value| value.to_string_lossy().into_owned());
        } else if let Some(value) = argument.strip_prefix("--color=") {
            found = Some(value.to_owned());
        }
    }
    match found.as_deref() {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// The same choice, for clap.
pub(crate) fn for_clap(choice: ColorChoice) -> clap::ColorChoice {
    match choice {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => clap::ColorChoice::Always,
        ColorChoice::Never => clap::ColorChoice::Never,
        ColorChoice::Auto => clap::ColorChoice::Auto,
    }
}

/// Prints help, the version, or what is wrong with the arguments, and returns the exit code.
pub(crate) fn report(error: Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is not a failure, and nobody is left to tell about any other.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(Exit::Usage.code());
    }
    let mut help: Vec<String> = Vec::new();
    for (kind, value) in error.context() {
        match (kind, value) {
            (ContextKind::SuggestedArg | ContextKind::SuggestedSubcommand | ContextKind::SuggestedValue, value) => {
                help.extend(meant(value));
            }
            (ContextKind::Suggested, ContextValue::StyledStrs(tips)) => {
                help.extend(tips.iter().map(|tip| tip.to_string()));
            }
            _ => {}
        }
    }
    if let Some(usage) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        help.push(usage.trim_start_matches("Usage:").trim().replace("\n      ", "\n").replacen(
            "foxapi",
            "usage: foxapi",
            1,
        ));
    }
    complain(&[sentence(&error)], &help);
    ExitCode::from(Exit::Usage.code())
}

/// A suggestion of clap as a question.
fn meant(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(name) => Some(format!("did you mean `{name}`?")),
        ContextValue::Strings(names) if !names.is_empty() => Some(format!("did you mean `{}`?", names.join("` or `"))),
        _ => None,
    }
}

/// What is wrong, in one sentence.
fn sentence(error: &Error) -> String {
    let text = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("unexpected argument `{argument}`"),
        ErrorKind::InvalidSubcommand => format!("there is no command `{}`", text(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => format!("`{argument}` needs a value"),
        ErrorKind::InvalidValue => {
            format!(
                "`{}` is not a value of `{argument}`: {}",
                text(ContextKind::InvalidValue),
                text(ContextKind::ValidValue)
            )
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("`{}` is not a value of `{argument}`{reason}", text(ContextKind::InvalidValue))
        }
        ErrorKind::ArgumentConflict if text(ContextKind::PriorArg) == argument => {
            format!("`{argument}` is given twice")
        }
        ErrorKind::ArgumentConflict => format!("`{argument}` cannot be used with `{}`", text(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => format!("missing: {argument}"),
        ErrorKind::MissingSubcommand => format!("`{argument}` needs a command"),
        _ => {
            // For rare errors, the first line of clap's own message will do.
            let rendered = error.render().to_string();
            let first = rendered.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    }
}
