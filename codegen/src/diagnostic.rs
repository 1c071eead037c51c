//! Diagnostics: problems in spec files, with their position and what to do about them.

use std::fmt;

use crate::span::Span;

/// One problem in a spec file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The spec file, as named in its [`Source`](crate::Source).
    pub path: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Column, counted from 1 in Unicode code points.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it, if known.
    pub help: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path, self.line, self.column, self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

/// Every problem of a run, in the order of files and positions; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// The number of problems.
    #[allow(clippy::len_without_is_empty, reason = "there is always at least one")]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The diagnostic for structs that could not be made: a problem of the generator, not of one place in the specs.
    pub(crate) fn of_structs(sources: &[crate::Source], reason: String) -> Self {
        let path = sources.first().map(|source| source.path.clone()).unwrap_or_default();
        let help = Some("no spec should get here: please report it with the spec files".to_owned());
        Self(vec![Diagnostic {
            path,
            line: 1,
            column: 1,
            message: format!("typify refused the structs: {reason}"),
            help,
        }])
    }

    /// The problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Collects problems while the specs are read and checked.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    sources: &'a [crate::Source],
    problems: Vec<(Span, String, Option<String>)>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(sources: &'a [crate::Source]) -> Self {
        Self { sources, problems: Vec::new() }
    }

    pub(crate) fn error(&mut self, at: Span, message: impl Into<String>) {
        self.problems.push((at, message.into(), None));
    }

    pub(crate) fn error_with_help(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push((at, message.into(), Some(help.into())));
    }

    /// The number of problems so far, to tell whether a step found more.
    pub(crate) fn count(&self) -> usize {
        self.problems.len()
    }

    /// `path:line:column` of a place, for messages that point to a second one.
    pub(crate) fn describe(&self, at: Span) -> String {
        format!("{}:{}:{}", self.path(at.file), at.line, at.column)
    }

    /// All problems, sorted by place and without duplicates.
    pub(crate) fn into_diagnostics(mut self) -> Option<Diagnostics> {
        self.problems.sort_by_key(|(at, ..)| *at);
        self.problems.dedup();
        let problems = std::mem::take(&mut self.problems);
        let diagnostics: Vec<_> = problems
            .into_iter()
            .map(|(Span { file, line, column }, message, help)| Diagnostic {
                path: self.path(file).to_owned(),
                line,
                column,
                message,
                help,
            })
            .collect();
        (!diagnostics.is_empty()).then_some(Diagnostics(diagnostics))
    }

    /// The name of a file.
    fn path(&self, file: usize) -> &str {
        self.sources.get(file).map_or("", |source| source.path.as_str())
    }
}
