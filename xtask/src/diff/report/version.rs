//! The version after a step.

use foxapi_diff::VersionStep;

/// The version of this workspace.
pub(super) const NOW: &str = env!("CARGO_PKG_VERSION");

/// The version after a step. Below 1.0.0, following Cargo, a breaking change increases the second number and any other
/// change the third.
pub(super) fn next(version: &str, step: VersionStep) -> Option<String> {
    let plain = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<u64> = plain.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [major, minor, patch] = numbers.as_slice() else { return None };
    Some(match (step, major) {
        (VersionStep::None, _) => return None,
        (VersionStep::Major, 0) => format!("0.{}.0", minor.saturating_add(1)),
        (VersionStep::Minor | VersionStep::Patch, 0) => format!("0.{minor}.{}", patch.saturating_add(1)),
        (VersionStep::Major, major) => format!("{}.0.0", major.saturating_add(1)),
        (VersionStep::Minor, major) => format!("{major}.{}.0", minor.saturating_add(1)),
        (VersionStep::Patch, major) => format!("{major}.{minor}.{}", patch.saturating_add(1)),
    })
}

/// The step and the versions before and after it: `major: 0.1.0 → 0.2.0`.
pub(super) fn advice(step: VersionStep) -> String {
    match next(NOW, step) {
        Some(next) => format!("{step}: {NOW} → {next}"),
        None => step.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn below_one_the_second_number_stands_for_what_breaks() {
        assert_eq!(next("0.1.3", VersionStep::Major).as_deref(), Some("0.2.0"));
        assert_eq!(next("0.1.3", VersionStep::Minor).as_deref(), Some("0.1.4"));
        assert_eq!(next("0.1.3", VersionStep::Patch).as_deref(), Some("0.1.4"));
    }

    #[test]
    fn from_one_on_each_step_has_its_number() {
        assert_eq!(next("1.2.3", VersionStep::Major).as_deref(), Some("2.0.0"));
        assert_eq!(next("1.2.3", VersionStep::Minor).as_deref(), Some("1.3.0"));
        assert_eq!(next("1.2.3-rc.1", VersionStep::Patch).as_deref(), Some("1.2.4"));
    }

    #[test]
    fn no_step_leads_nowhere() {
        assert_eq!(next("1.2.3", VersionStep::None), None);
        assert_eq!(next("1.2", VersionStep::Major), None);
    }
}
