//! The parts of predicates, and the same predicates with other properties or other questions.

use super::{Predicate, PropertyPath, Question};

impl<T> Predicate<T> {
    /// The predicate and all its parts, except for conditions on items.
    pub fn parts(&self) -> Vec<&Self> {
        let mut found = vec![self];
        match self {
            Self::All(parts) | Self::Any(parts) | Self::ExactlyOne(parts) => {
                found.extend(parts.iter().flat_map(Self::parts));
            }
            Self::Not(inner) | Self::Optional { some: inner, .. } => found.extend(inner.parts()),
            _ => {}
        }
        found
    }

    /// The parts that must all hold for it to hold.
    pub fn conjuncts(&self) -> &[Self] {
        match self {
            Self::All(parts) => parts,
            single => std::slice::from_ref(single),
        }
    }

    /// The paths that the predicate itself looks at, not its parts.
    pub fn own_paths(&self) -> Vec<&PropertyPath> {
        match self {
            Self::Optional { path, .. }
            | Self::Test(path, _)
            | Self::Valid(path, _)
            | Self::Every(path, _)
            | Self::Count { path, .. } => vec![path],
            Self::Sum { items, total, .. } => vec![items, total],
            Self::Together { arrays: paths, .. } | Self::GivenCount { paths, .. } => paths.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The paths that the predicate looks at, except for conditions on items.
    pub fn paths(&self) -> Vec<&PropertyPath> {
        self.parts().into_iter().flat_map(Self::own_paths).collect()
    }

    /// The properties that the predicate looks at.
    pub fn properties(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.paths().into_iter().filter_map(|path| path.first().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The types whose own checks it relies on.
    pub fn types(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for part in self.parts() {
            match part {
                Self::Valid(_, name) => names.push(name.as_str()),
                Self::Every(_, item) | Self::Count { item, .. } => names.extend(item.types()),
                _ => {}
            }
        }
        names
    }
}

impl<T: Question> Predicate<T> {
    /// The same predicate with other paths, if there is one for each.
    pub fn moved(&self, to: &dyn Fn(&PropertyPath) -> Option<PropertyPath>) -> Option<Self> {
        let mut moved = self.clone();
        moved.replace(to)?;
        Some(moved)
    }

    fn replace(&mut self, to: &dyn Fn(&PropertyPath) -> Option<PropertyPath>) -> Option<()> {
        let paths = match self {
            Self::Always | Self::Never => return Some(()),
            Self::All(parts) | Self::Any(parts) | Self::ExactlyOne(parts) => {
                return parts.iter_mut().try_for_each(|part| part.replace(to));
            }
            Self::Not(inner) => return inner.replace(to),
            Self::Optional { path, some, .. } => {
                some.replace(to)?;
                vec![path]
            }
            Self::Test(path, _) | Self::Valid(path, _) | Self::Every(path, _) | Self::Count { path, .. } => vec![path],
            Self::Sum { items, total, .. } => vec![items, total],
            Self::Together { arrays: paths, .. } | Self::GivenCount { paths, .. } => paths.iter_mut().collect(),
        };
        for path in paths {
            *path = to(path)?;
        }
        Some(())
    }

    /// The same predicate with other questions.
    pub fn map<U: Question>(&self, test: &dyn Fn(&PropertyPath, &T) -> Predicate<U>) -> Predicate<U> {
        let each = |parts: &[Self]| parts.iter().map(|part| part.map(test)).collect::<Vec<_>>();
        match self {
            Self::Always => Predicate::Always,
            Self::Never => Predicate::Never,
            Self::All(parts) => Predicate::all(each(parts)),
            Self::Any(parts) => Predicate::any(each(parts)),
            Self::ExactlyOne(parts) => Predicate::exactly_one(each(parts)),
            Self::Not(inner) => inner.map(test).negate(),
            Self::Optional { path, none, some } => Predicate::optional(path.clone(), *none, some.map(test)),
            Self::Test(path, asked) => test(path, asked),
            Self::Valid(path, name) => Predicate::Valid(path.clone(), name.clone()),
            Self::Every(path, item) => Predicate::every(path.clone(), item.map(test)),
            Self::Count { path, item, minimum, maximum } => Predicate::Count {
                path: path.clone(),
                item: Box::new(item.map(test)),
                minimum: *minimum,
                maximum: *maximum,
            },
            Self::GivenCount { paths, minimum, maximum } => {
                Predicate::GivenCount { paths: paths.clone(), minimum: *minimum, maximum: *maximum }
            }
            Self::Sum { items, property, total, default } => Predicate::Sum {
                items: items.clone(),
                property: property.clone(),
                total: total.clone(),
                default: *default,
            },
            Self::Together { arrays, maximum } => Predicate::Together { arrays: arrays.clone(), maximum: *maximum },
        }
    }
}
