//! Compares options, once per enumeration, and judges them wherever it is used.

use foxapi_codegen::checked::{Enumeration, Variant};

use super::code::{Affected, ChangeDraft, Described};
use super::scope::Scope;
use super::{StateComparer, words};
use crate::change::Class;
use crate::meaning::Shape;
use crate::meaning::formula::{Formula, PropertyPath, ValueTest, if_given};
use crate::value::{Text, Value};
use crate::{Kind, Verdict};

/// A property that is one of some strings on both sides.
pub(super) struct Use<'c, 'm> {
    scope: Scope<'c, 'm>,
    old: String,
    new: String,
    /// The property; an empty name stands for each item.
    path: PropertyPath,
}

impl<'c, 'm> Use<'c, 'm> {
    pub(super) fn new(scope: Scope<'c, 'm>, old: &str, new: &str, path: &PropertyPath) -> Self {
        Self { scope, old: old.to_owned(), new: new.to_owned(), path: path.clone() }
    }

    /// The claim that the property does not have this value.
    fn without(&self, value: &str) -> Formula {
        let (place, items) = match self.path.iter().position(String::is_empty) {
            Some(at) => (self.path.get(..at).unwrap_or_default().to_vec(), self.path.len() - at),
            None => (self.path.clone(), 0),
        };
        let at = |root: &PropertyPath| {
            let test = Formula::Test(root.clone(), ValueTest::OneOf(vec![Value::Text(Text::exact(value))]));
            if_given(root, test.negate())
        };
        let root = PropertyPath::new();
        match items {
            0 => at(&place),
            items => {
                let inner = (1..items).fold(at(&root), |inner, _| Formula::Every(root.clone(), Box::new(inner)));
                Formula::Every(place, Box::new(inner))
            }
        }
    }

    /// Whether the description of the enumeration is that of the property, before and now.
    fn has_words_of(&self, old: &Enumeration, new: &Enumeration) -> bool {
        let has_words = |shape: &Shape<'m>, set: &Enumeration| {
            shape.slot(self.property()).is_some_and(|slot| slot.field.description == set.description)
        };
        has_words(self.scope.from, old) && has_words(self.scope.to, new)
    }

    fn property(&self) -> &str {
        self.path.first().map(String::as_str).unwrap_or_default()
    }
}

impl<'c, 'm> StateComparer<'c, 'm> {
    pub(super) fn enumerations(&mut self) {
        let mut uses = std::mem::take(&mut self.uses);
        uses.sort_by(|left, right| (&left.old, &left.new).cmp(&(&right.old, &right.new)));
        for group in uses.chunk_by(|left, right| (&left.old, &left.new) == (&right.old, &right.new)) {
            let Some(first) = group.first() else { continue };
            let (Some((_, old)), Some((_, new))) =
                (self.from.enumerations.get(first.old.as_str()), self.to.enumerations.get(first.new.as_str()))
            else {
                continue;
            };
            self.enumeration(old, new, group);
        }
    }

    fn enumeration(&mut self, old: &'m Enumeration, new: &'m Enumeration, uses: &[Use<'c, 'm>]) {
        let mut pages: Vec<String> = uses.iter().flat_map(|usage| usage.scope.pages.clone()).collect();
        pages.sort();
        pages.dedup();
        let subject = match uses {
            [only] => only.scope.name(only.property()),
            _ => new.name.clone(),
        };
        let described = uses.iter().fold(Described::default().ty(&old.name).ty(&new.name), |described, usage| {
            described.property(&usage.scope.to.object.name, usage.property())
        });
        let draft = |kind, what: String, bodies, affected, code: &str| {
            let draft = ChangeDraft::new(kind, pages.clone(), subject.clone(), what, bodies);
            draft.describes(described.clone()).affects(affected).code(Verdict::safe(code))
        };
        // The IDs of models are compared with the page.
        let is_model = uses.iter().any(|usage| usage.scope.models.is_some() && usage.property() == "model");
        let mut drafts = Vec::new();
        if old.name != new.name {
            let what = format!("type `{}` → `{}`", old.name, new.name);
            let affected = uses.iter().fold(Affected::none(), |affected, usage| {
                let object = usage.scope.from.object;
                let field = object.fields.iter().find(|field| field.name == usage.property());
                let ident = field.map_or("", |field| &field.ident);
                affected.property(&object.name, ident).default_of(&object.name, ident)
            });
            // If the name is now that of another type, what is left under it does not belong to this type.
            let affected = match self.to.enumerations.contains_key(old.name.as_str()) {
                true => {
                    old.variants.iter().fold(affected, |affected, variant| affected.variant(&old.name, &variant.name))
                }
                false => affected.ty(&old.name),
            };
            let bodies = Verdict::safe("names of types are not in bodies");
            drafts.push(draft(Kind::TypeChanged, what, bodies, affected, "types stay as they are"));
        }
        let find = |set: &'m Enumeration, value: &str| set.variants.iter().find(|variant| variant.value == value);
        for variant in &old.variants {
            match find(new, &variant.value) {
                None if is_model => {}
                None => {
                    let affected = Affected::none().variant(&old.name, &variant.name);
                    let bodies = self.without(&variant.value, uses);
                    let what = format!("option \"{}\" removed", variant.value);
                    let mut draft = draft(Kind::OptionRemoved, what, bodies, affected, "the type is another one");
                    if new.variants.iter().any(|other| other.name == variant.name) {
                        draft.code =
                            Verdict::risky(format!("compiles, and `{}` stands for another value", variant.name));
                    }
                    drafts.push(draft);
                }
                Some(renamed) if renamed.name != variant.name => {
                    let what = format!("\"{}\" in Rust: `{}` → `{}`", variant.value, variant.name, renamed.name);
                    let affected = Affected::none().variant(&old.name, &variant.name);
                    let bodies = Verdict::safe("the value is the same");
                    let mut draft = draft(Kind::OptionRenamed, what, bodies, affected, "the type is another one");
                    if new.variants.iter().any(|other| other.name == variant.name) {
                        draft.code =
                            Verdict::risky(format!("compiles, and `{}` stands for another value", variant.name));
                    }
                    drafts.push(draft);
                }
                Some(_) => {}
            }
        }
        for variant in new.variants.iter().filter(|variant| find(old, &variant.value).is_none() && !is_model) {
            let what = format!("new option \"{}\"", variant.value);
            let bodies = Verdict::safe("more is allowed");
            drafts.push(draft(Kind::OptionAdded, what, bodies, Affected::none(), "enumerations may grow"));
        }
        self.drafts.extend(drafts);
        // A type that a parameter defines itself has the description of the parameter, which is compared there.
        let is_own = uses.iter().any(|usage| usage.has_words_of(old, new));
        self.enumeration_words(old, new, pages, &subject, is_own);
    }

    /// Judges the loss of an option wherever it was used.
    fn without(&self, value: &str, uses: &[Use<'c, 'm>]) -> Verdict {
        let verdicts = uses.iter().map(|usage| {
            let broken = "bodies that have it are refused";
            self.ask_of_structure(&usage.scope, &usage.without(value), "no valid body had it", broken)
        });
        let worst = verdicts.reduce(|worst, verdict| if verdict.class > worst.class { verdict } else { worst });
        worst.unwrap_or_else(|| Verdict::new(Class::Safe, "nothing uses it"))
    }

    /// Compares descriptions and order. The description of the type itself may be reported elsewhere.
    pub(super) fn enumeration_words(
        &mut self,
        old: &Enumeration,
        new: &Enumeration,
        pages: Vec<String>,
        subject: &str,
        is_described: bool,
    ) {
        let words = |variant: &Variant| (variant.value.clone(), variant.description.clone());
        let before: Vec<_> = old.variants.iter().map(words).collect();
        let mut reworded: Vec<String> = Vec::new();
        if old.description != new.description && !is_described {
            reworded.push(format!("`{}`", new.name));
        }
        for (value, description) in new.variants.iter().map(words) {
            if before.iter().any(|(known, words)| *known == value && *words != description) {
                reworded.push(words::value(&Value::Text(Text::exact(&value))));
            }
        }
        let described = Described::default().ty(&new.name);
        self.reworded(pages.clone(), subject, &reworded, described.clone());
        let order = |set: &Enumeration, other: &Enumeration| -> Vec<String> {
            let common = |value: &&Variant| other.variants.iter().any(|known| known.value == value.value);
            set.variants.iter().filter(common).map(|variant| variant.value.clone()).collect()
        };
        if order(old, new) != order(new, old) {
            let (what, bodies) = ("options in another order", Verdict::safe("their order has no meaning"));
            let draft = ChangeDraft::new(Kind::OrderChanged, pages, subject, what, bodies);
            self.drafts.push(draft.describes(described).code(Verdict::safe("`ALL` has them in the new order")));
        }
    }
}
