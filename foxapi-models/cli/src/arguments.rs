//! Arguments that several commands have.

use clap::{Arg, ArgAction};

/// The argument that names a model.
pub(crate) fn model() -> Arg {
    Arg::new("model")
        .value_name("MODEL")
        .required(true)
        .help("ID of a model; `foxapi models` lists them")
        .add(clap_complete::ArgValueCandidates::new(crate::catalogue::candidates))
}

/// `--json`.
pub(crate) fn json(help: &'static str) -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help(help)
}
