//! The generator survives spec files that are wrong in every way: it reports what is wrong or does what they say, and
//! never panics, writes invalid Rust, points outside the file, or ignores a keyword.

pub(crate) mod mutation;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{LazyLock, Mutex};
use std::{iter, thread};

use foxapi_codegen::{Diagnostics, KEYWORDS, Output, generate};
use foxapi_tests::workspace;
use proptest::strategy::Strategy;
use serde_json::Value;

use crate::keywords::cases::Case;
use crate::oracle::bodies::Bodies;
use crate::oracle::choices::Choices;
use crate::oracle::judge::Judge;
use crate::oracle::runs;
use crate::oracle::specs::Specs;
use mutation::{Mutant, schemas};

/// Mutated folders of spec files per kind of mutation; `cargo xtask fuzz` tries other ones, and more.
const CASES: u32 = 300;

/// The pages of the spec folder, and those of the keyword cases.
static FOLDERS: LazyLock<Vec<Folder>> = LazyLock::new(Folder::all);

/// A page, and the files that it refers to.
struct Folder {
    specs: Specs,
    page: String,
    /// The files as bytes.
    texts: Vec<(String, Vec<u8>)>,
    output: Output,
    /// The output without comments, which determines verdicts on bodies.
    code: String,
    judge: Judge,
    samples: Vec<Value>,
}

impl Folder {
    fn new(specs: Specs, page: String) -> Self {
        let output = generate(&specs.sources()).unwrap_or_else(|problems| panic!("{page}: {problems}"));
        let (judge, samples) = (Judge::new(&specs, &page), samples(&specs, &page));
        let texts = specs.iter().map(|(file, spec)| (file.to_owned(), format!("{spec:#}").into_bytes())).collect();
        Self { specs, page, texts, code: code(&output), output, judge, samples }
    }

    fn all() -> Vec<Self> {
        let folder = Specs::read(&workspace().join("spec"));
        let pages = folder.iter().filter(|(_, spec)| spec.get("x-endpoint").is_some());
        let pages = pages.map(|(page, _)| (folder.only(&[page, "common.json", "task.json"]), page.to_owned()));
        let cases = workspace().join("tests/it/keywords");
        let common = Specs::read(&cases).only(&["keywords-common.json"]);
        let cases = Case::all(&cases.join("accepted")).into_iter().map(|case| {
            let mut specs =
                if case.spec.to_string().contains("keywords-common") { common.clone() } else { Specs::default() };
            specs.insert(case.file(), case.spec.clone());
            (specs, case.file())
        });
        at_once(pages.chain(cases).collect(), |(specs, page)| Self::new(specs, page))
    }
}

/// The results for all items, in their order, with every processor at work.
fn at_once<T: Send, R: Send>(items: Vec<T>, each: impl Fn(T) -> R + Sync) -> Vec<R> {
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().expect("no poison").next();
    let work = || iter::from_fn(next).map(|(index, item)| (index, each(item))).collect::<Vec<_>>();
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// The generated Rust without comments.
fn code(output: &Output) -> String {
    let files = output.files.iter().filter(|file| file.name.ends_with(".rs"));
    let lines = files.flat_map(|file| file.text.lines()).map(str::trim).filter(|line| !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn a_changed_spec_is_refused_or_obeyed() {
    run("changed specs", &Choices::tapes(24).prop_map(|tape| Mutant::of_values(&FOLDERS, &tape)));
}

#[test]
fn a_garbled_spec_is_refused_or_obeyed() {
    run("garbled specs", &Choices::tapes(16).prop_map(|tape| Mutant::of_bytes(&FOLDERS, &tape)));
}

/// Tries mutants of a kind, and counts those that the generator accepts.
fn run(what: &str, mutants: &impl Strategy<Value = Mutant>) {
    let (taken, all) = (Cell::new(0_u32), Cell::new(0_u32));
    runs::run(CASES, mutants, |mutant| {
        all.set(all.get() + 1);
        taken.set(taken.get() + u32::from(check(&mutant)?));
        Ok(())
    });
    runs::tried(what, all.get(), taken.get());
}

/// Whether the generator accepts a mutant, or why that is wrong.
fn check(mutant: &Mutant) -> Result<bool, String> {
    let folder = &FOLDERS[mutant.folder];
    let outcome = catch_unwind(AssertUnwindSafe(|| generate(&mutant.sources())));
    match outcome.map_err(|_| "it panicked")? {
        Ok(output) => {
            check_output(folder, &output)?;
            let specs = mutant.specs.as_ref().ok_or("text that is not JSON, or that repeats a member, was accepted")?;
            check_obeyed(folder, specs, &output).map(|()| true)
        }
        Err(problems) => check_problems(&mutant.files, &problems).map(|()| false),
    }
}

/// The output is valid Rust and JSON.
fn check_output(folder: &Folder, output: &Output) -> Result<(), String> {
    for file in output.files.iter().filter(|file| !folder.output.files.contains(file)) {
        let fault = if file.name.ends_with(".rs") {
            syn::parse_file(&file.text).err().map(|error| error.to_string())
        } else if file.name.ends_with(".json") {
            serde_json::from_str::<Value>(&file.text).err().map(|error| error.to_string())
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(format!("{}: {fault}\n{}", file.name, file.text));
        }
    }
    Ok(())
}

/// Every problem has a position inside its file.
fn check_problems(files: &[(String, Vec<u8>)], problems: &Diagnostics) -> Result<(), String> {
    for problem in problems {
        let file = files.iter().find(|(name, _)| *name == problem.path);
        let text = file.map(|(_, bytes)| String::from_utf8_lossy(bytes));
        let text = text.ok_or_else(|| format!("no file is called as in {problem}"))?;
        let line = text.split('\n').nth(problem.line.wrapping_sub(1));
        let line = line.ok_or_else(|| format!("there is no such line: {problem}"))?;
        if problem.column == 0 || problem.column > line.chars().count() + 1 {
            return Err(format!("there is no such column: {problem}"));
        }
        if problem.message.trim().is_empty() {
            return Err(format!("nothing is said: {problem}"));
        }
    }
    Ok(())
}

/// The embedded schema judges like the spec; and if the spec judges differently than before it was changed, the code is
/// different, too.
fn check_obeyed(folder: &Folder, specs: &Specs, output: &Output) -> Result<(), String> {
    let Some(embedded) = embedded(&folder.page, output) else { return Ok(()) };
    let mut bundle = Specs::default();
    bundle.insert(&folder.page, embedded);
    let (judge, bundled) = (Judge::try_new(specs, &folder.page)?, Judge::try_new(&bundle, &folder.page)?);
    let is_same_code = code(output) == folder.code;
    for body in folder.samples.iter().chain(&samples(specs, &folder.page)) {
        let (verdict, embedded) = (judge.blamed(body), bundled.blamed(body));
        if embedded != verdict {
            return Err(format!("what is embedded blames {embedded:?}, the spec {verdict:?} of {body}"));
        }
        if is_same_code && verdict.is_empty() != folder.judge.blamed(body).is_empty() {
            return Err(format!("the same code as before, and now the spec blames {verdict:?} of {body}"));
        }
    }
    Ok(())
}

/// The generated schema of a page.
fn embedded(page: &str, output: &Output) -> Option<Value> {
    let slug = page.strip_suffix(".json")?;
    let module = slug.replace(['-', '.'], "_");
    let file = output.files.iter().find(|file| file.name == format!("{module}.json"))?;
    serde_json::from_str(&file.text).ok()
}

/// A few bodies, the same each time.
fn samples(specs: &Specs, page: &str) -> Vec<Value> {
    const COUNT: u32 = 8;
    let bodies = Bodies::new(specs, page);
    let tapes = (0..COUNT).map(|seed| {
        let numbers = (0..40).scan(seed, |state: &mut u32, _| {
            *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some(*state >> 8)
        });
        numbers.collect::<Vec<u32>>()
    });
    let model = page.strip_suffix(".json").unwrap_or(page);
    tapes.filter_map(|tape| serde_json::from_str(&bodies.make(model, &tape).text).ok()).collect()
}

/// In each kind of schema: what it belongs to, and the keywords that it has.
#[test]
fn no_keyword_is_passed_over() {
    let mut seen = BTreeSet::new();
    let mut renamings = Vec::new();
    for folder in &*FOLDERS {
        let spec = folder.specs.get(&folder.page).expect("the page");
        let mut found = Vec::new();
        schemas(spec, "", "", &mut found);
        for (path, place) in found {
            let schema = spec.pointer(&path).and_then(Value::as_object).expect("a schema");
            let kind = (place, schema.keys().cloned().collect::<BTreeSet<_>>());
            let renamed = schema.keys().map(|keyword| (keyword.clone(), format!("{keyword}x")));
            let refused = ["pattern", "x-unknown", "nullable"].map(|keyword| (String::new(), keyword.to_owned()));
            for (keyword, written) in renamed.chain(refused) {
                if seen.insert((kind.clone(), keyword.clone(), written.clone())) {
                    renamings.push((folder, path.clone(), keyword, written));
                }
            }
        }
    }
    at_once(renamings, |(folder, path, keyword, written)| {
        let mut specs = folder.specs.clone();
        let mut spec = specs.get(&folder.page).expect("the page").clone();
        let schema = spec.pointer_mut(&path).and_then(Value::as_object_mut).expect("a schema");
        let value = schema.remove(&keyword).unwrap_or_default();
        schema.insert(written.clone(), value);
        specs.insert(&folder.page, spec);
        let outcome = generate(&specs.sources());
        let says = outcome.err().map(|problems| problems.to_string()).unwrap_or_default();
        assert!(says.contains(&format!("\"{written}\"")), "{} {path}: {written} is passed over: {says}", folder.page);
    });
}

/// Every keyword of the dialect is used in some spec.
#[test]
fn every_keyword_is_in_some_spec() {
    let mut unused: BTreeSet<&str> = KEYWORDS.iter().copied().collect();
    for folder in &*FOLDERS {
        for (_, spec) in folder.specs.iter() {
            let mut found = Vec::new();
            schemas(spec, "", "", &mut found);
            for (path, _) in found {
                let schema = spec.pointer(&path).and_then(Value::as_object).expect("a schema");
                unused.retain(|keyword| !schema.contains_key(*keyword));
            }
        }
    }
    assert!(unused.is_empty(), "no case has {unused:?}");
}
