//! Reads the values of keywords that JSON Schema does not have.

use foxapi_schema::format::is_date;

use super::SourceKeyword;
use super::read::Reader;
use crate::checked::Origin;
use crate::raw::Node;

impl<'n> Reader<'_, '_, 'n> {
    pub(super) fn source(&mut self) -> Option<SourceKeyword> {
        let at = self.member.at;
        let [kind, seen] = self.fields(["kind", "seen"], &["seen"])?;
        let kind = self.name(kind?, "strings")?;
        let seen = seen.and_then(|seen| self.name(seen, "strings"));
        match (kind.text.as_str(), seen) {
            ("page", None) => Some(SourceKeyword { at, origin: Origin::Page }),
            ("index", Some(seen)) if is_date(&seen.text) => {
                Some(SourceKeyword { at, origin: Origin::Index { seen: seen.text } })
            }
            ("page", Some(seen)) => {
                self.report.error_with_help(seen.at, "\"seen\" is only for an index", "leave it out");
                None
            }
            ("index", Some(seen)) => {
                let message = format!("\"{}\" is not a date", seen.text);
                self.report.error_with_help(seen.at, message, "write it as year-month-day: \"2026-08-04\"");
                None
            }
            ("index", None) => {
                self.report.error(at, "\"x-source\" needs \"seen\": the date on which the index was seen");
                None
            }
            (other, _) => {
                let message = format!("\"{other}\" is not a source of a page: use \"page\" or \"index\"");
                self.report.error(kind.at, message);
                None
            }
        }
    }

    /// The members of an `x-` keyword's object. All are required unless `optional`; any other is reported.
    fn fields<const N: usize>(&mut self, names: [&str; N], optional: &[&str]) -> Option<[Option<&'n Node>; N]> {
        let node = self.node();
        let members = self.object(node);
        for member in members.iter().filter(|member| !names.contains(&member.name.as_str())) {
            let message = format!("\"{}\" does not take \"{}\"", self.member.name, member.name);
            self.report.error_with_help(member.at, message, format!("it takes {}", names.join(", ")));
        }
        for name in names.into_iter().filter(|name| !optional.contains(name) && node.get(name).is_none()) {
            self.report.error(self.member.at, format!("\"{}\" needs \"{name}\"", self.member.name));
        }
        Some(names.map(|name| node.get(name)))
    }
}
