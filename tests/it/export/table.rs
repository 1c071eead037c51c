//! The capability table: it has every model and parameter, and what each model can do.

use foxapi_tests::{spec_file, workspace};

use super::{Page, exported, sentences};

/// The part of a family.
fn part<'t>(table: &'t str, family: &str) -> &'t str {
    let part = table.split(&format!("\n## {family}\n")).nth(1).and_then(|rest| rest.split("\n## ").next());
    part.unwrap_or_else(|| panic!("no part of {family}"))
}

/// The cells of the rows that begin with a given cell.
fn rows(table: &str, family: &str, first: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut last = String::new();
    let lines =
        part(table, family).lines().skip_while(|line| !line.starts_with("| Parameter | Values | Default | Models |"));
    for line in lines.take_while(|line| line.starts_with('|')) {
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

/// The family of a page.
fn family(page: &Page) -> String {
    let file = spec_file(&workspace().join("spec"), &page.file);
    let folder = file.parent().and_then(|folder| folder.file_name()).expect("a folder");
    folder.to_string_lossy().into_owned()
}

#[test]
fn every_model_parameter_and_rule_is_there() {
    let whole = exported().table();
    for page in Page::real() {
        let table = part(&whole, &family(page));
        let anchor = page.spec()["title"].as_str().expect("a title").to_lowercase();
        for model in &page.models {
            assert!(whole.contains(&format!("[`{model}`](#{anchor})")), "{model} is not in the index");
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
    let table = exported().table();
    let of = |family: &str, model: &str, name: &str| {
        let model = format!("`{model}`");
        rows(&table, family, name).into_iter().find(|row| row[3].split(", ").any(|known| known == model))
    };
    let resolution = |family, model| of(family, model, "`resolution`").expect("a row");
    assert_eq!(resolution("veo", "veo-3.1-lite-image-to-video")[1], "`720p`, `1080p`");
    assert_eq!(resolution("veo", "veo-3.1-fast-image-to-video")[1], "`720p`, `1080p`, `4k`");
    assert_eq!(resolution("veo", "veo-3.1-fast-image-to-video")[2], "`1080p`");
    assert_eq!(resolution("kling", "kling-v3-text-to-video")[2], "`720p`");
    let tolerance = |model| of("veo", model, "`safety_tolerance`");
    let row = tolerance("veo-3.1-image-to-video").expect("a row");
    assert_eq!(row[1..3], ["integer, 1 to 6", ""]);
    assert_eq!(tolerance("veo-3.1-fast-image-to-video"), Some(row));
    assert_eq!(tolerance("veo-3.1-lite-image-to-video"), None);
}

#[test]
fn a_model_that_every_row_leaves_out_is_seen() {
    // Each model is in as many rows as it has parameters, apart from `model` and the contents of objects.
    let table = exported().table();
    for page in Page::real() {
        let family = family(page);
        let is_only = part(&table, &family).matches("| Parameter | ").count() == 1;
        if is_only && page.models.len() == 1 {
            // A family of one model has nothing to compare.
            continue;
        }
        let properties = page.spec()["properties"].as_object().expect("parameters");
        for (name, property) in properties.iter().filter(|(name, _)| *name != "model") {
            let is_available =
                property["x-models"].as_array().is_none_or(|only| only.contains(&page.models[0].as_str().into()));
            let rows = rows(&table, &family, &format!("`{name}`"));
            let model = format!("`{}`", page.models[0]);
            let of_model = rows.iter().filter(|row| row[3] == "all" || row[3].split(", ").any(|known| known == model));
            assert_eq!(of_model.count(), usize::from(is_available), "{name} of {model}");
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
