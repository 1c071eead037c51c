//! The cargo features of families, in the manifest of the crate that the generated code belongs to.

/// The comment above the features of families, which end at the next empty line.
const MARKER: &str = "Written by `cargo xtask codegen`";

/// The manifest with a feature for each family; `None` if it has no place for them.
pub(super) fn with_families(manifest: &str, families: &[String]) -> Option<String> {
    let marker = manifest.find(MARKER)?;
    let begin = marker + manifest.get(marker..)?.find('\n')? + 1;
    let rest = manifest.get(begin..)?;
    let end = begin + rest.find("\n\n").map_or(rest.len(), |line| line + 1);
    Some(format!("{}{}{}", manifest.get(..begin)?, features(families), manifest.get(end..)?))
}

/// A feature for all families, then one for each. There is a line per family, so that adding one is a one-line diff.
fn features(families: &[String]) -> String {
    let names: String = families.iter().map(|family| format!("    \"{family}\",\n")).collect();
    let each: String = families.iter().map(|family| format!("{family} = []\n")).collect();
    let all = if families.is_empty() { "families = []\n".to_owned() } else { format!("families = [\n{names}]\n") };
    format!("{all}{each}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_features_of_families_take_the_place_of_earlier_ones_and_nothing_else_changes() {
        let before =
            "[features]\ntls = []\n# Written by `cargo xtask codegen`.\nfamilies = [\"a\"]\na = []\n\n[dependencies]\n";
        let after = with_families(before, &["b".to_owned(), "gpt-image".to_owned()]);
        let wanted = "[features]\ntls = []\n# Written by `cargo xtask codegen`.\nfamilies = [\n    \"b\",\n    \"gpt-image\",\n]\nb = []\ngpt-image = []\n\n[dependencies]\n";
        assert_eq!(after.as_deref(), Some(wanted));
        assert_eq!(with_families(wanted, &["b".to_owned(), "gpt-image".to_owned()]).as_deref(), Some(wanted));
    }

    #[test]
    fn they_may_be_the_last_lines() {
        let before = "# Written by `cargo xtask codegen`.\nfamilies = []\n";
        let wanted = "# Written by `cargo xtask codegen`.\nfamilies = [\n    \"b\",\n]\nb = []\n";
        assert_eq!(with_families(before, &["b".to_owned()]).as_deref(), Some(wanted));
    }

    #[test]
    fn a_manifest_without_a_place_for_them_has_none() {
        assert_eq!(with_families("[features]\n", &["b".to_owned()]), None);
    }
}
