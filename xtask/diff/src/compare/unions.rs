//! Compares unions: they are the same if each form is, matched by name.

use foxapi_codegen::checked::Form;

use super::Comparer;
use super::code::Told;
use super::properties::Types;
use super::scope::Scope;
use crate::meaning::formula::PropertyPath;

impl<'c, 'm> Comparer<'c, 'm> {
    /// Compares two unions. If they differ in more than wording, the claim is about all forms together.
    pub(super) fn union(&mut self, scope: &Scope<'c, 'm>, old: &str, new: &str, path: &PropertyPath) -> Types {
        let (Some((_, before)), Some((_, after))) = (self.from.unions.get(old), self.to.unions.get(new)) else {
            return Types::Different;
        };
        let mut types = Types::Same;
        for form in &before.forms {
            let same = after.forms.iter().find(|other| other.name == form.name && other.check == form.check);
            if same.is_none_or(|other| self.types(scope, &form.ty, &other.ty, path) == Types::Different) {
                types = Types::Different;
            }
        }
        if old != new || before.forms.len() != after.forms.len() {
            return Types::Different;
        }
        let words = |form: &Form| (form.name.clone(), form.description.clone());
        let is_reworded =
            before.description != after.description || before.forms.iter().map(words).ne(after.forms.iter().map(words));
        if is_reworded && types == Types::Same {
            self.reworded(scope.pages.clone(), new, &[format!("`{new}`")], Told::default().ty(new));
        }
        types
    }
}
