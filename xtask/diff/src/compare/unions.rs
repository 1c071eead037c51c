//! Compares unions: they are the same if each form is, matched by name.

use foxapi_codegen::checked::Form;

use super::StateComparer;
use super::code::Described;
use super::properties::TypeRelation;
use super::scope::Scope;
use crate::meaning::formula::PropertyPath;

impl<'c, 'm> StateComparer<'c, 'm> {
    /// Compares two unions. If they differ in more than wording, the claim is about all forms together.
    pub(super) fn union(&mut self, scope: &Scope<'c, 'm>, old: &str, new: &str, path: &PropertyPath) -> TypeRelation {
        let (Some((_, before)), Some((_, after))) = (self.from.unions.get(old), self.to.unions.get(new)) else {
            return TypeRelation::Different;
        };
        let mut types = TypeRelation::Same;
        for form in &before.forms {
            let same = after.forms.iter().find(|other| other.name == form.name && other.check == form.check);
            if same.is_none_or(|other| self.types(scope, &form.ty, &other.ty, path) == TypeRelation::Different) {
                types = TypeRelation::Different;
            }
        }
        if old != new || before.forms.len() != after.forms.len() {
            return TypeRelation::Different;
        }
        let words = |form: &Form| (form.name.clone(), form.description.clone());
        let is_reworded =
            before.description != after.description || before.forms.iter().map(words).ne(after.forms.iter().map(words));
        if is_reworded && types == TypeRelation::Same {
            self.reworded(scope.pages.clone(), new, &[format!("`{new}`")], Described::default().ty(new));
        }
        types
    }
}
