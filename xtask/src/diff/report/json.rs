//! The report as JSON, for programs: complete, with whole bodies as examples.

use foxapi_diff::{Differences, VersionStep};
use serde::Serialize;

use super::{Report, version};

#[derive(Serialize)]
struct Document<'r> {
    from: &'r str,
    to: &'r str,
    version: Version,
    #[serde(flatten)]
    differences: &'r Differences,
}

/// The version of the workspace, and the version after the step.
#[derive(Serialize)]
struct Version {
    now: &'static str,
    next: Option<String>,
}

impl Report<'_> {
    pub(in crate::diff) fn json(&self) -> String {
        let step: VersionStep = self.differences.step;
        let version = Version { now: version::NOW, next: version::next(version::NOW, step) };
        let document = Document { from: &self.from, to: &self.to, version, differences: self.differences };
        // Nothing in it can fail to serialise.
        serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
    }
}
