//! Walks along two states and lists what differs. What a difference means is asked of the [judge](crate::judge) for
//! bodies, and read off the [surface](crate::surface) for code.

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

use code::Draft;
use enumerations::Use;
use scope::Scope;

use crate::change::{Class, Comparison, Step};
use crate::judge::Judge;
use crate::meaning::Meaning;
use crate::{Kind, State};

/// See [`compare`](crate::compare).
pub(crate) fn compare(from: &State, to: &State) -> Comparison {
    let (old, new) = (Meaning::of(&from.model), Meaning::of(&to.model));
    let mut comparer = Comparer {
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
    comparer.unexplained(&from.model, &to.model);
    let mut changes = code::settle(comparer.drafts, &from.surface.losses(&to.surface));
    changes.sort_by(|left, right| {
        let key = |pages: &Vec<String>| (pages.len() < 2, pages.clone());
        key(&left.pages).cmp(&key(&right.pages))
    });
    let step = match changes.iter().map(crate::Change::class).max() {
        None => Step::None,
        Some(Class::Breaking) => Step::Major,
        // Code that compiles and does something else, or that only some have written.
        Some(Class::Risky) if changes.iter().any(|change| change.code.class == Class::Risky) => Step::Major,
        // A body that is perhaps refused now.
        Some(Class::Risky)
            if changes.iter().any(|change| change.bodies.class == Class::Risky && change.kind.limits()) =>
        {
            Step::Major
        }
        Some(Class::Risky) => Step::Minor,
        Some(Class::Safe) if to.surface.grew_from(&from.surface) => Step::Minor,
        Some(Class::Safe) if changes.iter().any(|change| change.kind.adds()) => Step::Minor,
        Some(Class::Safe) => Step::Patch,
    };
    Comparison { step, changes }
}

impl Kind {
    /// Whether bodies may be refused for it, where that is not known. What a default becomes, and what answers and
    /// addresses are, refuses none.
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

    /// Whether callers can do something that they could not, where nothing breaks.
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
struct Comparer<'c, 'm> {
    from: &'c Meaning<'m>,
    to: &'c Meaning<'m>,
    judge: Judge<'c, 'm>,
    drafts: Vec<Draft>,
    /// Objects inside of requests that are still to be compared.
    open: Vec<Scope<'c, 'm>>,
    /// Objects that are or were to be compared: names before and now.
    parts: Vec<(String, String)>,
    /// Where enumerations are used on both sides.
    uses: Vec<Use<'c, 'm>>,
}
