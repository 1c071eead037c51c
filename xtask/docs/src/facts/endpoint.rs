//! The method and path of the request.

use crate::{
    comparison::Comparer,
    draft::{Json, Library},
    finding::Topic,
    page::{At, Page},
};

pub(crate) fn differ(comparer: &mut Comparer<'_>) {
    let (page, spec) = (comparer.page, comparer.spec);
    for (of_page, of_spec, name) in [(&page.methods, &spec.method, "method"), (&page.paths, &spec.path, "path")] {
        for at in of_page.iter().filter(|at| at.value != *of_spec) {
            let message = format!("the {name} is {} on the page and {of_spec} in the spec", at.value);
            comparer.find(Topic::Endpoint, "", &format!("x-endpoint/{name}"), at.line, message);
        }
        if of_page.is_empty() {
            comparer.skip(format!("the {name} of the endpoint: the page does not show it"));
        }
    }
}

pub(crate) fn write(page: &Page, library: &Library) -> Json {
    let first =
        |found: &[At<String>], other: &str| found.first().map_or_else(|| other.to_owned(), |at| at.value.clone());
    let path = first(&page.paths, "/v1/videos/generations");
    let mut members = vec![
        ("method".to_owned(), Json::text(first(&page.methods, "POST"))),
        ("path".to_owned(), Json::text(path.clone())),
    ];
    members.extend(library.response(&path).map(|file| ("response".to_owned(), Json::text(file))));
    Json::Object(members)
}
