//! Decides what each change means for code: which items of the surface it removed or changed.

use crate::change::{Change, Class, Kind, Verdict};
use crate::surface::{Ability, Loss, PublicItem};

/// A change whose meaning for code is not known yet.
#[derive(Clone, Debug)]
pub(super) struct ChangeDraft {
    pub(super) kind: Kind,
    pub(super) pages: Vec<String>,
    pub(super) subject: String,
    pub(super) what: String,
    pub(super) bodies: Verdict,
    /// What it reports, so that it is not reported twice.
    pub(super) describes: Described,
    /// The items that the change may be to blame for.
    pub(super) affects: Affected,
    /// What it means for code if no item is lost.
    pub(super) code: Verdict,
}

impl ChangeDraft {
    pub(super) fn new(
        kind: Kind,
        pages: Vec<String>,
        subject: impl Into<String>,
        what: impl Into<String>,
        bodies: Verdict,
    ) -> Self {
        let code = Verdict::safe("types stay as they are");
        let (subject, what) = (subject.into(), what.into());
        Self { kind, pages, subject, what, bodies, describes: Described::default(), affects: Affected::none(), code }
    }

    pub(super) fn describes(self, describes: Described) -> Self {
        Self { describes, ..self }
    }

    pub(super) fn affects(self, affects: Affected) -> Self {
        Self { affects, ..self }
    }

    pub(super) fn code(self, code: Verdict) -> Self {
        Self { code, ..self }
    }
}

/// Types and properties that a change reports, by their names in both states.
#[derive(Clone, Debug, Default)]
pub(super) struct Described {
    types: Vec<String>,
    /// Each with the object that has it.
    properties: Vec<(String, String)>,
}

impl Described {
    pub(super) fn ty(mut self, name: &str) -> Self {
        self.types.push(name.to_owned());
        self
    }

    pub(super) fn property(mut self, object: &str, name: &str) -> Self {
        self.properties.push((object.to_owned(), name.to_owned()));
        self
    }

    /// Whether it is about a property itself.
    pub(super) fn has_property(&self, object: &str, name: &str) -> bool {
        self.properties.iter().any(|(owner, known)| (owner.as_str(), known.as_str()) == (object, name))
    }

    /// Whether it is about a type, or about something that the type has.
    pub(super) fn has_type(&self, name: &str) -> bool {
        self.types.iter().chain(self.properties.iter().map(|(owner, _)| owner)).any(|known| known == name)
    }
}

/// Attributes each loss to the changes that affect it. A loss that no change affects becomes a separate change.
pub(super) fn attribute(drafts: Vec<ChangeDraft>, losses: &[Loss]) -> Vec<Change> {
    let is_attributed = |loss: &&Loss| drafts.iter().any(|draft| draft.affects.has(&loss.item));
    let orphans: Vec<&Loss> = losses.iter().filter(|loss| !is_attributed(loss)).collect();
    let changes: Vec<Change> = drafts
        .into_iter()
        .map(|draft| {
            let own: Vec<&Loss> = losses.iter().filter(|loss| draft.affects.has(&loss.item)).collect();
            let code = verdict(&own, draft.code);
            let ChangeDraft { kind, pages, subject, what, bodies, .. } = draft;
            Change { kind, pages, subject, what, bodies, code }
        })
        .collect();
    let mut changes = merged(changes);
    changes.extend(orphans.into_iter().map(|loss| Change {
        kind: Kind::ItemChanged,
        pages: vec![place(&loss.item)],
        subject: name(&loss.item),
        what: "public item".to_owned(),
        bodies: Verdict::safe("only about code"),
        code: verdict(&[loss], Verdict::safe("")),
    }));
    changes
}

/// Merges the changes of several parameters of a page that changed in the same way.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::with_capacity(changes.len());
    for change in changes {
        let is_alike = |other: &&mut Change| {
            let about = |change: &Change| (change.kind, change.bodies.class, change.code.clone());
            change.kind == Kind::LimitChanged
                && about(other) == about(&change)
                && (&other.pages, &other.what) == (&change.pages, &change.what)
        };
        match merged.iter_mut().find(is_alike) {
            Some(other) => other.subject = format!("{}, {}", other.subject, change.subject),
            None => merged.push(change),
        }
    }
    merged
}

/// The verdict on the worst of the losses, or `otherwise` if that is at least as bad.
fn verdict(losses: &[&Loss], otherwise: Verdict) -> Verdict {
    let Some(class) = losses.iter().map(|loss| class(loss)).max().filter(|class| *class > otherwise.class) else {
        return otherwise;
    };
    // Only one loss is described; the others, such as the setter of a field, go with it.
    let mut worst: Vec<&&Loss> = losses.iter().filter(|loss| self::class(loss) == class).collect();
    worst.sort_by_key(|loss| rank(&loss.item));
    let why = worst.first().map(|loss| describe(loss)).unwrap_or_default();
    let more = worst.len().saturating_sub(1);
    let more = match more {
        0 => String::new(),
        1 => " (and 1 item that goes with it)".to_owned(),
        more => format!(" (and {more} items that go with it)"),
    };
    Verdict::new(class, format!("{why}{more}"))
}

fn class(loss: &Loss) -> Class {
    match loss.item {
        // Few name the type of an unfinished builder; those who do have to rewrite it.
        PublicItem::States(_) if loss.is.is_some() => Class::Risky,
        _ => Class::Breaking,
    }
}

fn rank(item: &PublicItem) -> u8 {
    match item {
        PublicItem::Type(_) => 0,
        PublicItem::Member { .. } | PublicItem::Variant { .. } => 1,
        PublicItem::Associated { .. } | PublicItem::Ability { .. } => 2,
        PublicItem::Home { .. } => 3,
        PublicItem::Module(_) => 4,
        PublicItem::States(_) => 5,
    }
}

fn describe(loss: &Loss) -> String {
    let name = name(&loss.item);
    match (&loss.item, &loss.is) {
        (PublicItem::States(builder), Some(_)) => {
            format!("code that names the type `{builder}<…>` must be rewritten: its parameters changed")
        }
        (PublicItem::Type(_) | PublicItem::Home { .. }, Some(is)) => {
            format!("`{name}` is now `{is}`, was `{}`", loss.was)
        }
        (PublicItem::Ability { owner, ability }, None) => lost(owner, *ability),
        (PublicItem::Member { .. } | PublicItem::Variant { .. } | PublicItem::Associated { .. }, Some(is))
            if !is.is_empty() && !loss.was.is_empty() =>
        {
            format!("`{name}` is `{is}`, was `{}`", loss.was)
        }
        (_, Some(_)) => format!("`{name}` is different"),
        (_, None) => format!("`{name}` is gone"),
    }
}

/// Describes what a type loses with the macro that implemented it.
fn lost(owner: &str, ability: Ability) -> String {
    match ability {
        Ability::OpenEnumeration => format!("`{owner}` no longer has `Unknown`"),
        Ability::Enumeration => format!("`{owner}` is no longer `Copy`, and may be `Unknown`"),
        Ability::Request => format!("`{owner}` is no longer a request"),
        Ability::Value => format!("`{owner}` no longer has a builder"),
        Ability::Answer => format!("`{owner}` is no longer an answer"),
        Ability::Union => format!("`{owner}` is implemented differently"),
    }
}

fn name(item: &PublicItem) -> String {
    match item {
        PublicItem::Module(name) | PublicItem::Type(name) | PublicItem::States(name) => name.clone(),
        PublicItem::Home { module, family, name } => format!("{}::{name}", family.as_ref().unwrap_or(module)),
        PublicItem::Member { owner, name } => format!("{owner}.{name}"),
        PublicItem::Ability { owner, .. } => owner.clone(),
        PublicItem::Variant { owner, name } | PublicItem::Associated { owner, name } => format!("{owner}::{name}"),
    }
}

fn place(item: &PublicItem) -> String {
    match item {
        PublicItem::Module(name) => name.clone(),
        PublicItem::Home { module, .. } => module.clone(),
        _ => "generated code".to_owned(),
    }
}

/// The items that a change may be to blame for.
#[derive(Clone, Debug, Default)]
pub(super) struct Affected {
    items: Vec<PublicItem>,
    /// Types, including everything that goes with them.
    types: Vec<String>,
    modules: Vec<String>,
}

impl Affected {
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// The field and the setter of a property.
    pub(super) fn property(mut self, object: &str, ident: &str) -> Self {
        let builder = format!("{object}Builder");
        self.items.push(PublicItem::Member { owner: object.to_owned(), name: ident.to_owned() });
        self.items.push(PublicItem::Associated { owner: builder, name: ident.to_owned() });
        self
    }

    /// The constant with the default of a property.
    pub(super) fn default_of(mut self, object: &str, ident: &str) -> Self {
        let name = foxapi_codegen::default_constant(ident);
        self.items.push(PublicItem::Associated { owner: object.to_owned(), name });
        self
    }

    /// The states of the builder: which parameters must be given, in their order.
    pub(super) fn states(mut self, object: &str) -> Self {
        self.items.push(PublicItem::States(format!("{object}Builder")));
        self
    }

    pub(super) fn variant(mut self, enumeration: &str, name: &str) -> Self {
        self.items.push(PublicItem::Variant { owner: enumeration.to_owned(), name: name.to_owned() });
        self
    }

    /// Whether unknown values are kept, and everything that goes with it.
    pub(super) fn openness(mut self, enumeration: &str) -> Self {
        for ability in [Ability::OpenEnumeration, Ability::Enumeration] {
            self.items.push(PublicItem::Ability { owner: enumeration.to_owned(), ability });
        }
        self.variant(enumeration, "Unknown")
    }

    pub(super) fn ty(mut self, name: &str) -> Self {
        self.types.push(name.to_owned());
        self
    }

    pub(super) fn module(mut self, name: &str) -> Self {
        self.modules.push(name.to_owned());
        self
    }

    /// Whether it is about the whole type.
    pub(super) fn has_type(&self, name: &str) -> bool {
        self.types.iter().any(|known| known == name)
    }

    pub(super) fn has_module(&self, name: &str) -> bool {
        self.modules.iter().any(|known| known == name)
    }

    fn has(&self, item: &PublicItem) -> bool {
        let is_of = |owner: &str| {
            let owner = owner
                .strip_suffix("Builder")
                .filter(|name| self.types.iter().any(|known| known == name))
                .unwrap_or(owner);
            self.types.iter().any(|known| known == owner)
        };
        self.items.contains(item)
            || match item {
                PublicItem::Type(owner) | PublicItem::States(owner) => is_of(owner),
                PublicItem::Home { module, name, .. } => is_of(name) || self.modules.contains(module),
                PublicItem::Member { owner, .. }
                | PublicItem::Variant { owner, .. }
                | PublicItem::Associated { owner, .. }
                | PublicItem::Ability { owner, .. } => is_of(owner),
                PublicItem::Module(name) => self.modules.contains(name),
            }
    }
}
