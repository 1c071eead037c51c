//! Walks two states side by side and lists the differences. The [judge](crate::judge) decides what a difference means
//! for bodies, the [surface](crate::surface) what it means for code.

mod answers;
mod availability;
mod code;
mod defaults;
mod enumerations;
mod limits;
mod pages;
mod properties;
mod renames;
mod rules;
mod scope;
mod unexplained;
mod unions;
mod words;

use code::ChangeDraft;
use enumerations::Use;
use scope::Scope;

use crate::change::{Class, Differences, VersionStep};
use crate::judge::Judge;
use crate::meaning::Meaning;
use crate::{Kind, State};

/// See [`compare`](crate::compare).
pub(crate) fn compare(from: &State, to: &State) -> Differences {
    let (old, new) = (Meaning::of(&from.specs), Meaning::of(&to.specs));
    let mut comparer = StateComparer {
        from: &old,
        to: &new,
        judge: Judge::new(&old, &new),
        drafts: Vec::new(),
        open: Vec::new(),
        parts: Vec::new(),
        uses: Vec::new(),
    };
    comparer.pages();
    comparer.parts_of_requests();
    comparer.unused_objects();
    comparer.parts_of_requests();
    comparer.enumerations();
    comparer.answers();
    comparer.unexplained(&from.specs, &to.specs);
    let mut changes = code::attribute(comparer.drafts, &from.surface.losses(&to.surface));
    changes.sort_by(|left, right| {
        let key = |pages: &Vec<String>| (pages.len() < 2, pages.clone());
        key(&left.pages).cmp(&key(&right.pages))
    });
    let step = match changes.iter().map(crate::Change::class).max() {
        None => VersionStep::None,
        Some(Class::Breaking) => VersionStep::Major,
        // Code that compiles but behaves differently, or code that only few have written.
        Some(Class::Risky) if changes.iter().any(|change| change.code.class == Class::Risky) => VersionStep::Major,
        // A body that may be refused now.
        Some(Class::Risky)
            if changes.iter().any(|change| change.bodies.class == Class::Risky && change.kind.limits()) =>
        {
            VersionStep::Major
        }
        Some(Class::Risky) => VersionStep::Minor,
        Some(Class::Safe) if to.surface.grew_from(&from.surface) => VersionStep::Minor,
        Some(Class::Safe) if changes.iter().any(|change| change.kind.adds()) => VersionStep::Minor,
        Some(Class::Safe) => VersionStep::Patch,
    };
    Differences { step, changes }
}

impl Kind {
    /// Whether a change of this kind may refuse bodies. Changes of defaults, answers and addresses never do.
    fn limits(self) -> bool {
        matches!(
            self,
            Self::AvailabilityChanged
                | Self::BecameRequired
                | Self::LimitChanged
                | Self::NullRefused
                | Self::OptionRemoved
                | Self::ParameterRemoved
                | Self::RuleAdded
                | Self::RuleChanged
                | Self::TypeChanged
        )
    }

    /// Whether a safe change of this kind lets callers do something new.
    fn adds(self) -> bool {
        matches!(
            self,
            Self::AvailabilityChanged
                | Self::BecameOptional
                | Self::LimitChanged
                | Self::ModelAdded
                | Self::NullAllowed
                | Self::OptionAdded
                | Self::PageAdded
                | Self::ParameterAdded
                | Self::RuleChanged
                | Self::RuleRemoved
                | Self::TypeChanged
        )
    }
}

/// The state of a comparison.
struct StateComparer<'c, 'm> {
    from: &'c Meaning<'m>,
    to: &'c Meaning<'m>,
    judge: Judge<'c, 'm>,
    drafts: Vec<ChangeDraft>,
    /// Objects inside requests that are still to be compared.
    open: Vec<Scope<'c, 'm>>,
    /// All objects that are to be compared or have been: names before and now.
    parts: Vec<(String, String)>,
    /// Where enumerations are used on both sides.
    uses: Vec<Use<'c, 'm>>,
}
