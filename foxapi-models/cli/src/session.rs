//! The client of this program, and the runtime that it uses.

use std::future::Future;

use foxapi_models::Client;
use foxapi_models::client::{ClientBuilder, ClientError, ErrorKind};

use crate::credentials;
use crate::failure::Failure;

/// The user agent of this program.
const USER_AGENT: &str = concat!("foxapi/", env!("CARGO_PKG_VERSION"));

/// A client with the stored key, for the address in the environment.
pub(crate) fn client() -> Result<Client, Failure> {
    let (key, _) = credentials::key()?;
    let builder = ClientBuilder::from_env().api_key(key).user_agent(USER_AGENT);
    builder.build().map_err(|error| Failure::usage(error.to_string()))
}

/// The address of the API, as a client would use it, for commands that send nothing and need no key.
pub(crate) fn base_url() -> Result<String, Failure> {
    ClientBuilder::from_env().checked_base_url().map_err(|error| Failure::usage(error.to_string()))
}

/// Runs the asynchronous part of a command.
pub(crate) fn run<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Failure::failed(format!("the runtime cannot be started: {error}")))?.block_on(work)
}

/// The failure for an error of the client, with what to do about it.
pub(crate) fn failure(error: &ClientError) -> Failure {
    if matches!(error.kind(), ErrorKind::InvalidTaskId) {
        return Failure::usage(error.to_string()).help("`foxapi tasks` lists the tasks that were submitted from here");
    }
    let failure = Failure::failed(error.to_string());
    if error.is_authentication() {
        failure.help("`foxapi auth login` stores another key; `foxapi auth status` says which one is used")
    } else if error.is_insufficient_quota() {
        failure.help("`foxapi credits` shows what is left")
    } else {
        failure
    }
}

/// A word of a command line, quoted for a shell if necessary.
pub(crate) fn quoted(word: &str) -> String {
    shlex::try_quote(word).map_or_else(|_| format!("{word:?}"), std::borrow::Cow::into_owned)
}
