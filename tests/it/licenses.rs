//! `deny.toml` allows exactly the licences that packages need. `cargo deny` checks more, if it is installed.

use std::process::Command;

use foxapi_tests::workspace;
use serde_json::Value;

/// Whether the allowed licences satisfy an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0`.
fn is_satisfied(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.trim();
    if let Some((one, other)) = split(expression, " OR ") {
        return is_satisfied(one, allowed) || is_satisfied(other, allowed);
    }
    if let Some((one, other)) = split(expression, " AND ") {
        return is_satisfied(one, allowed) && is_satisfied(other, allowed);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_satisfied(inner, allowed),
        None => allowed.contains(&expression),
    }
}

/// Splits at the first operator outside parentheses.
fn split<'e>(expression: &'e str, operator: &str) -> Option<(&'e str, &'e str)> {
    let at = expression.match_indices(operator).map(|(at, _)| at).find(|at| {
        let before = &expression[..*at];
        before.matches('(').count() == before.matches(')').count()
    })?;
    Some((&expression[..at], &expression[at + operator.len()..]))
}

#[test]
fn an_expression_is_satisfied_by_one_of_its_alternatives() {
    let allowed = ["MIT", "Zlib"];
    for (expression, satisfied) in [
        ("MIT", true),
        ("Apache-2.0 OR MIT", true),
        ("MIT AND Zlib", true),
        ("MIT AND ISC", false),
        ("(MIT OR ISC) AND Zlib", true),
        ("(ISC OR GPL-3.0) AND MIT", false),
        ("ISC OR (MIT AND Zlib)", true),
        ("Apache-2.0 WITH LLVM-exception", false),
    ] {
        assert_eq!(is_satisfied(expression, &allowed), satisfied, "{expression}");
    }
}

#[test]
fn the_allowed_licences_are_those_that_packages_need() {
    // Not --offline: of packages of other platforms, a first build has not fetched the manifests.
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--all-features", "--locked"])
        .current_dir(workspace())
        .output()
        .expect("cargo");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("metadata");
    let packages = metadata["packages"].as_array().expect("packages");
    let licence = |package: &Value| package["license"].as_str().unwrap_or_default().replace('/', " OR ");

    let list = std::fs::read_to_string(workspace().join("deny.toml")).expect("deny.toml");
    let (_, list) = list.split_once("\nallow = [").expect("a list");
    let (list, _) = list.split_once(']').expect("its end");
    let allowed: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert!(packages.len() > 100 && allowed.len() > 3, "{} packages, {allowed:?}", packages.len());

    for package in packages {
        assert!(is_satisfied(&licence(package), &allowed), "{}: {}", package["name"], licence(package));
    }
    for superfluous in &allowed {
        let others: Vec<&str> = allowed.iter().filter(|other| *other != superfluous).copied().collect();
        let is_needed = packages.iter().any(|package| !is_satisfied(&licence(package), &others));
        assert!(is_needed, "no package needs {superfluous}");
    }
}
