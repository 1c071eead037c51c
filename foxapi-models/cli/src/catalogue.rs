//! Looks up models in the catalogue, reading only those that are needed.

use clap_complete::CompletionCandidate;
use foxapi_models::{Model, Page, Request};
use foxapi_schema::suggest::closest;

use crate::failure::Failure;

/// Any request that the crate knows.
pub(crate) use foxapi_models::AnyRequest;

/// The IDs of all models, page by page. Reads no schema.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    AnyRequest::pages().iter().flat_map(|page| page.models).copied()
}

/// The page of a model.
pub(crate) fn page(id: &str) -> Option<&'static Page> {
    AnyRequest::pages().iter().find(|page| page.models.contains(&id)).copied()
}

/// The model that an argument names, with its page.
pub(crate) fn find(id: &str) -> Result<(&'static Model, &'static Page), Failure> {
    foxapi_models::model(id).zip(page(id)).ok_or_else(|| unknown(id))
}

/// The failure for a name that is not a model's, with those that may be meant.
pub(crate) fn unknown(id: &str) -> Failure {
    /// Nobody would read more.
    const SHOWN: usize = 8;

    let failure = Failure::usage(format!("there is no model {id:?}"));
    let known: Vec<&str> = ids().collect();
    let alike: Vec<&str> = known.iter().copied().filter(|known| id.len() > 2 && known.contains(id)).collect();
    match (alike.as_slice(), closest(id, &known)) {
        ([meant], _) => failure.help(format!("did you mean `{meant}`?")),
        ([], Some(meant)) => failure.help(format!("did you mean `{meant}`?")),
        ([], None) => failure.help("`foxapi models` lists the models"),
        (alike, _) if alike.len() <= SHOWN => failure.help(format!("similar models: {}", alike.join(", "))),
        (alike, _) => {
            let (shown, further) = alike.split_at(SHOWN);
            failure.help(format!(
                "similar models: {} and {} more; `foxapi models` lists them",
                shown.join(", "),
                further.len()
            ))
        }
    }
}

/// The IDs of all models, for a shell to complete.
pub(crate) fn candidates() -> Vec<CompletionCandidate> {
    ids().map(CompletionCandidate::new).collect()
}
