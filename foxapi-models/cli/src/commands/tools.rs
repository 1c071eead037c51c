//! `foxapi tools`: prints models as tools for a language model.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use foxapi_models::tools::{Provider, Tools};

use crate::failure::Failure;
use crate::output::Output;
use crate::{arguments, catalogue};

pub(super) fn command(command: Command) -> Command {
    command
        .long_about(
            "Print models as tool definitions for a provider of language models: the value of `tools` in a request to \
             it.\n\n\
             Models of one page are one tool, whose `model` says which. What the provider refuses is shortened, loosened \
             or left out, and said on standard error. What a language model passes to the tool is the body of a request: \
             check it with `foxapi validate`, send it with `foxapi make MODEL --body FILE`.",
        )
        .arg(
            Arg::new("provider")
                .long("for")
                .value_name("PROVIDER")
                .required(true)
                .value_parser(PossibleValuesParser::new(Provider::ALL.map(Provider::name)))
                .help("The provider of the language model"),
        )
        .arg(arguments::model().id("models").action(ArgAction::Append).num_args(1..))
}

pub(super) fn run(matches: &ArgMatches, output: Output) -> Result<(), Failure> {
    let name = matches.get_one::<String>("provider").map(String::as_str).unwrap_or_default();
    let provider = Provider::ALL.into_iter().find(|provider| provider.name() == name);
    let provider = provider.ok_or_else(|| Failure::usage(format!("there is no provider {name:?}")))?;
    let models = matches.get_many::<String>("models").into_iter().flatten().map(String::as_str);
    let tools = Tools::of(provider, models).map_err(|unknown| catalogue::unknown(&unknown.id))?;
    let mut data = output.data();
    data.write_all(tools.to_text().as_bytes())?;
    data.flush()?;
    tools.notes().iter().for_each(|note| output.note(note));
    Ok(())
}
