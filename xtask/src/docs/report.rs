//! Findings in words for people, and as data for programs.

use std::path::{Path, PathBuf};

use foxapi_docs::{Comparison, Page, Problem, Shape, Spec};
use serde_json::{Value as Json, json};

use crate::text::counted;

/// A capture that was compared.
pub(crate) struct Checked<'a> {
    pub(crate) path: &'a Path,
    pub(crate) page: &'a Page,
    pub(crate) spec: &'a Spec,
    pub(crate) comparison: &'a Comparison,
}

/// A heading for each page, a line for each finding.
pub(crate) fn text(checked: &[Checked<'_>]) -> String {
    let mut report = String::new();
    let mut findings = 0;
    for Checked { path, page, spec, comparison } in checked {
        let path = path.display();
        report.push_str(&format!("{path}: {} ({})\n", spec.slug, page.shape()));
        for finding in &comparison.findings {
            let about = if finding.parameter.is_empty() { String::new() } else { format!("{}: ", finding.parameter) };
            report.push_str(&format!("{path}:{}: {about}{} ({})\n", finding.line, finding.message, finding.place));
        }
        for unchecked in &comparison.unchecked {
            report.push_str(&format!("  not checked: {unchecked}\n"));
        }
        if comparison.findings.is_empty() {
            report.push_str("  no findings\n");
        }
        report.push('\n');
        findings += comparison.findings.len();
    }
    report.push_str(&format!("{}, {}\n", counted(checked.len(), "page"), counted(findings, "finding")));
    report
}

/// An object for each page, and for each capture that is none.
pub(crate) fn json(checked: &[Checked<'_>], refused: &[(PathBuf, Problem)]) -> String {
    let mut pages: Vec<Json> = checked
        .iter()
        .map(|Checked { path, page, spec, comparison }| {
            let findings: Vec<Json> = comparison
                .findings
                .iter()
                .map(|finding| {
                    json!({
                        "topic": finding.topic.word(),
                        "parameter": finding.parameter,
                        "message": finding.message,
                        "line": finding.line,
                        "spec": {
                            "file": finding.place.file,
                            "line": finding.place.line,
                            "column": finding.place.column,
                        },
                    })
                })
                .collect();
            let shape = match page.shape() {
                Shape::Text => "text",
                Shape::Lossy => "lossy",
                Shape::Markdown => "markdown",
                Shape::OpenApi => "openapi",
                _ => "other",
            };
            json!({
                "capture": path.display().to_string(),
                "page": spec.slug,
                "shape": shape,
                "findings": findings,
                "not_checked": comparison.unchecked,
            })
        })
        .collect();
    pages.extend(refused.iter().map(|(path, problem)| {
        json!({
            "capture": path.display().to_string(),
            "error": { "line": problem.line, "message": problem.message, "help": problem.help },
        })
    }));
    format!("{:#}\n", Json::from(pages))
}
