//! The capability table: it has every model and parameter, and what each can do.

use serde_json::Value;

use super::{Page, exported, sentences};

/// The cells of the rows that begin with a cell.
fn rows(first: &str) -> Vec<Vec<String>> {
    let table = exported().table();
    let mut rows = Vec::new();
    let mut last = String::new();
    let section = table.split("## By parameter").nth(1).and_then(|rest| rest.split("## By request").next());
    for line in section.expect("the section").lines().filter(|line| line.starts_with("| ")) {
        let mut cells: Vec<_> = line.split('|').skip(1).map(|cell| cell.trim().to_owned()).take(4).collect();
        if cells[0].is_empty() {
            cells[0].clone_from(&last);
        }
        last.clone_from(&cells[0]);
        rows.push(cells);
    }
    rows.retain(|cells| cells[0] == first);
    rows
}

#[test]
fn every_model_parameter_and_rule_is_there() {
    let table = exported().table();
    for page in Page::real() {
        for model in &page.models {
            assert!(table.contains(&format!("\n| `{model}` | ")), "{model}");
        }
        for name in page.spec()["properties"].as_object().expect("parameters").keys() {
            assert!(table.contains(&format!("\n| `{name}` | ")), "{name}");
        }
        for sentence in sentences(page.spec()) {
            assert!(table.contains(&format!("\n- {sentence}\n")), "{sentence}");
        }
    }
}

#[test]
fn models_that_differ_have_rows_of_their_own() {
    let resolutions = rows("`resolution`");
    let of = |model: &str| {
        let model = format!("`{model}`");
        resolutions.iter().find(|row| row[3].split(", ").any(|known| known == model)).expect("a row")
    };
    assert_eq!(of("veo-3.1-lite-image-to-video")[1], "`720p`, `1080p`");
    assert_eq!(of("veo-3.1-fast-image-to-video")[1], "`720p`, `1080p`, `4k`");
    assert_eq!(of("veo-3.1-fast-image-to-video")[2], "`1080p`");
    assert_eq!(of("kling-v3-text-to-video")[2], "`720p`");
    let tolerance = rows("`safety_tolerance`");
    let having = |model: &str| tolerance.iter().find(|row| row[3].split(", ").any(|known| known == model));
    let row = having("`veo-3.1-image-to-video`").expect("a row");
    assert_eq!(row[1..3], ["integer, 1 to 6", ""]);
    assert_eq!(having("`veo-3.1-fast-image-to-video`"), Some(row));
    assert_eq!(having("`veo-3.1-lite-image-to-video`"), None);
}

#[test]
fn a_model_that_every_row_leaves_out_is_seen() {
    // Each model takes part in as many rows as it has parameters, apart from `model` and what objects hold.
    for page in Page::real() {
        let parameters = page.spec()["properties"].as_object().expect("parameters");
        let takes = |parameter: &Value| {
            parameter["x-models"].as_array().is_none_or(|models| models.iter().any(|model| *model == page.models[0]))
        };
        for (name, parameter) in parameters.iter().filter(|(name, _)| *name != "model") {
            let rows = rows(&format!("`{name}`"));
            let model = format!("`{}`", page.models[0]);
            let of_model = rows.iter().filter(|row| row[3] == "all" || row[3].split(", ").any(|known| known == model));
            assert_eq!(of_model.count(), usize::from(takes(parameter)), "{name} of {model}");
        }
    }
}

#[test]
fn every_table_is_narrow_and_regular() {
    let table = exported().table();
    for line in table.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(line.replace(r"\|", "").matches('|').count(), 5, "four columns: {line}");
    }
}
