//! The result of a comparison: changes, each with its meaning for bodies and for code.

use std::fmt;

use serde::Serialize;
use serde_json::Value as JsonValue;

/// The severity of a change; a greater class is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "there are no other verdicts")]
pub enum Class {
    /// Everything that was right before still is.
    Safe,
    /// It depends: a person must look.
    Risky,
    /// Something that was right before is now wrong.
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

/// What a change means for bodies or for code, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// The severity.
    pub class: Class,
    /// The reason, as the rest of a sentence.
    pub why: String,
    /// A request body that was valid before and no longer is, if there is one to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<JsonValue>,
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

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are self-explanatory")]
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
    /// Other models than before have a parameter, or an option of it.
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
    /// Rust code can no longer name something, for a reason that is not among the others.
    ItemChanged,
}

/// One difference between two states of the specs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The kind of change.
    pub kind: Kind,
    /// The pages that it is about, or the spec file if it has no page.
    pub pages: Vec<String>,
    /// The parameter, type or rule that changed; empty for the page itself.
    pub subject: String,
    /// What changed, in a few words.
    pub what: String,
    /// What it means for request bodies that were valid before, or for answers that were read before.
    pub bodies: Verdict,
    /// What it means for Rust code that compiled before.
    pub code: Verdict,
}

impl Change {
    /// The worse of both classes.
    #[must_use]
    pub fn class(&self) -> Class {
        self.bodies.class.max(self.code.class)
    }
}

/// The version step that changes require by Semantic Versioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "Semantic Versioning has no others")]
pub enum VersionStep {
    /// Nothing to release.
    None,
    /// Only documentation changed.
    Patch,
    /// Something is new, or a person must look at the effect on bodies.
    Minor,
    /// Something breaks, or code may behave differently.
    Major,
}

impl fmt::Display for VersionStep {
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
pub struct Differences {
    /// The version step that they require.
    pub step: VersionStep,
    /// The changes, by page; those of several pages come first.
    pub changes: Vec<Change>,
}

impl Differences {
    /// The worst class among the changes, if there are any.
    #[must_use]
    pub fn worst(&self) -> Option<Class> {
        self.changes.iter().map(Change::class).max()
    }
}
