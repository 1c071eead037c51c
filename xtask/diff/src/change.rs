//! What a comparison says: changes, each with what it means for bodies and for code.

use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

/// How much a change hurts; a greater one hurts more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "these three are what there is to say")]
pub enum Class {
    /// Nobody who did right before does wrong now.
    Safe,
    /// It depends: a person must look.
    Risky,
    /// Something that was right before is wrong now.
    Breaking,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Safe => "safe",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        })
    }
}

/// What a change means for somebody, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// How much it hurts.
    pub class: Class,
    /// The reason, in words, as the rest of a sentence.
    pub why: String,
    /// A request body that was valid before and is not any more, where there is one to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Json>,
}

impl Verdict {
    pub(crate) fn new(class: Class, why: impl Into<String>) -> Self {
        Self { class, why: why.into(), example: None }
    }

    pub(crate) fn safe(why: impl Into<String>) -> Self {
        Self::new(Class::Safe, why)
    }

    pub(crate) fn risky(why: impl Into<String>) -> Self {
        Self::new(Class::Risky, why)
    }

    pub(crate) fn breaking(why: impl Into<String>) -> Self {
        Self::new(Class::Breaking, why)
    }
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Kind {
    PageAdded,
    PageRemoved,
    PageRenamed,
    EndpointChanged,
    DocsAddressChanged,
    ModelAdded,
    ModelRemoved,
    ModelMoved,
    /// Other models have a parameter, or an option of it.
    AvailabilityChanged,
    ParameterAdded,
    ParameterRemoved,
    ParameterRenamed,
    TypeChanged,
    BecameRequired,
    BecameOptional,
    NullRefused,
    NullAllowed,
    OptionAdded,
    OptionRemoved,
    OptionRenamed,
    LimitChanged,
    DefaultAdded,
    DefaultChanged,
    DefaultRemoved,
    RuleAdded,
    RuleRemoved,
    RuleChanged,
    RuleReworded,
    AdviceChanged,
    OrderChanged,
    WordingChanged,
    /// Rust code can no longer name something, for none of the other reasons.
    ItemChanged,
}

/// One difference between two states of the specs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What kind of change it is.
    pub kind: Kind,
    /// The pages, or the spec file without a page, that it is about.
    pub pages: Vec<String>,
    /// The parameter, type or rule that changed; empty where it is the page itself.
    pub subject: String,
    /// What changed, in a few words.
    pub what: String,
    /// What it means for request bodies that were valid before; of answers: for those that were read before.
    pub bodies: Verdict,
    /// What it means for Rust code that compiled before.
    pub code: Verdict,
}

impl Change {
    /// The worse of both.
    #[must_use]
    pub fn class(&self) -> Class {
        self.bodies.class.max(self.code.class)
    }
}

/// The version step that changes ask for, by Semantic Versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "Semantic Versioning has no others")]
pub enum Step {
    /// Nothing to release.
    None,
    /// Nothing but documentation.
    Patch,
    /// Something new, or bodies that a person must look at.
    Minor,
    /// Something breaks, or code may do something else.
    Major,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// All differences between two states of the specs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Comparison {
    /// The version step that they ask for.
    pub step: Step,
    /// The changes, by page; those of several pages come first.
    pub changes: Vec<Change>,
}

impl Comparison {
    /// The worst class among the changes, if there are any.
    #[must_use]
    pub fn worst(&self) -> Option<Class> {
        self.changes.iter().map(Change::class).max()
    }
}
