//! The guides are correct: their commands are run on copies, their snippets match the files, and their
//! links lead somewhere. Their Rust code is run by the documentation tests of this crate.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use foxapi_codegen::{Output, export::Provider, generate};
use foxapi_tests::{files, sources, workspace};
use serde_json::Value;
use tempfile::TempDir;

/// Stands for omitted lines in shown output.
const LEFT_OUT: &str = "…";

/// The folder of generated files, relative to the workspace.
const GENERATED: &str = "foxapi-models/src/generated";

/// The folder of exported files, relative to the workspace.
const EXPORTED: &str = "spec/export";

/// A fenced block and the heading that it is under.
struct Block {
    section: String,
    language: String,
    text: String,
}

/// The guides for users and maintainers; no two sections have the same name.
const GUIDES: [&str; 3] = ["README.md", "spec/README.md", "foxapi-models/README.md"];

fn guides() -> String {
    let read = |name: &str| fs::read_to_string(workspace().join(name)).expect("the guide can be read");
    GUIDES.map(read).concat()
}

fn blocks() -> Vec<Block> {
    let readme = guides();
    let mut blocks = Vec::new();
    let mut section = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            let indent = line.len() - line.trim_start().len();
            let inner = lines.by_ref().take_while(|line| line.trim_start() != "```");
            let text = inner.map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect();
            blocks.push(Block { section: section.clone(), language: language.to_owned(), text });
        } else if let Some(heading) = line.strip_prefix('#') {
            section = heading.trim_start_matches('#').trim().to_owned();
        }
    }
    blocks
}

/// The blocks of a section in a language.
fn texts(section: &str, language: &str) -> Vec<String> {
    let blocks = blocks().into_iter().filter(|block| block.section == section && block.language == language);
    let texts: Vec<_> = blocks.map(|block| block.text).collect();
    assert!(!texts.is_empty(), "README.md has no {language} under {section:?}");
    texts
}

/// A command in a block, and its expected output.
struct Shown {
    command: String,
    output: String,
}

fn shown(section: &str) -> Vec<Shown> {
    let commands = texts(section, "console");
    commands
        .iter()
        .map(|text| {
            let (command, output) = text.split_once('\n').expect("a command");
            let command = command.strip_prefix("$ ").expect("a prompt").to_owned();
            Shown { command, output: output.to_owned() }
        })
        .collect()
}

impl Shown {
    /// Fails unless the command prints the output shown.
    fn check(&self, copy: &Copy) {
        let actual = copy.run(&self.command);
        assert!(
            shows(&self.output, &actual),
            "README.md shows another output of `{}`; it is\n\n{actual}\nand shown is\n\n{}",
            self.command,
            self.output
        );
    }
}

/// Whether an output matches the one shown, apart from omissions: lines, or parts of a line.
fn shows(shown: &str, actual: &str) -> bool {
    let actual: Vec<_> = actual.lines().collect();
    let shown: Vec<_> = shown.lines().collect();
    let parts: Vec<_> = shown.split(|line| *line == LEFT_OUT).collect();
    let fits = |shown: &[&str], actual: &[&str]| {
        shown.len() == actual.len() && shown.iter().zip(actual).all(|(shown, actual)| fits(shown, actual))
    };
    let Some((last, parts)) = parts.split_last() else { return false };
    let Some((first, middle)) = parts.split_first() else { return fits(last, &actual) };
    let Some((_, mut rest)) = actual.split_at_checked(first.len()).filter(|(start, _)| fits(first, start)) else {
        return false;
    };
    for part in middle.iter().filter(|part| !part.is_empty()) {
        let Some(at) = rest.windows(part.len()).position(|window| fits(part, window)) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && fits(last, &rest[rest.len() - last.len()..])
}

/// The same for one line.
fn fits(shown: &str, actual: &str) -> bool {
    let Some((first, rest)) = shown.split_once(LEFT_OUT) else { return shown == actual };
    let Some(mut actual) = actual.strip_prefix(first) else { return false };
    let mut parts = rest.split(LEFT_OUT).peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return actual.ends_with(part);
        }
        let Some(at) = actual.find(part) else { return false };
        actual = &actual[at + part.len()..];
    }
    true
}

/// A copy of the folders that the commands of the README read and write.
struct Copy {
    root: TempDir,
    /// The server of documentation pages.
    server: String,
}

impl Copy {
    fn new() -> Self {
        let copy = Self { root: TempDir::new().expect("a temporary folder"), server: String::new() };
        for folder in ["spec", GENERATED] {
            for (name, path) in files(&workspace().join(folder)).expect("the folder can be read") {
                let to = copy.path(folder).join(name);
                fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
                fs::copy(path, to).expect("the file can be copied");
            }
        }
        // The features of the crate are the families of the pages.
        fs::copy(workspace().join("foxapi-models/Cargo.toml"), copy.path("foxapi-models/Cargo.toml")).expect("a file");
        copy
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("the file can be read")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("the file can be written");
    }

    /// The output in the copy of a command that the README shows for the workspace.
    fn run(&self, command: &str) -> String {
        let mut words: Vec<_> = command.split(' ').collect();
        match words.as_slice() {
            ["cargo", "xtask", "codegen", ..] => {
                // Like the alias in .cargo/config.toml, with the folders of the copy instead of the workspace's.
                words.extend(["--spec", "spec", "--out", GENERATED]);
            }
            ["cargo", "xtask", "export", ..] => {
                // With a folder, everything would be written there.
                words.extend(["openapi", "--spec", "spec", "--to", EXPORTED]);
            }
            ["cargo", "xtask", "diff", ..] => {
                words.extend(["--spec", "spec"]);
            }
            ["cargo", "xtask", "docs", ..] => {
                let more = match words[2..] {
                    ["docs", "fetch", ..] => vec!["--out", ".docs", "--server", self.server.as_str()],
                    _ => Vec::new(),
                };
                words.extend(["--spec", "spec"].into_iter().chain(more));
            }
            _ => panic!("nothing is known of `{command}`"),
        }
        let mut xtask = crate::commands();
        xtask.args(&words[2..]).current_dir(self.root.path()).stdin(Stdio::null());
        let output = xtask.output().expect("the program can be started");
        // As in a terminal: the report, then the errors.
        let printed = [output.stdout, output.stderr].concat();
        String::from_utf8(printed).expect("text")
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git").args(arguments).current_dir(self.root.path()).output().expect("git runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn generate(&self) -> Output {
        generate(&sources(&self.path("spec")).expect("the specs can be read")).expect("the specs are right")
    }
}

/// A server of documentation pages for a number of requests: the captures of the tests, one with a longer video.
fn documentation(questions: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().take(questions) {
            let Ok(mut stream) = stream else { break };
            let mut lines = BufReader::new(stream.try_clone().expect("the stream")).lines().map_while(Result::ok);
            let question = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let slug = question.split(['/', ' ']).find_map(|part| part.strip_suffix(".md")).unwrap_or_default();
            let page = page(slug);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/markdown\r\nconnection: close\r\n";
            write!(stream, "{head}content-length: {}\r\n\r\n{page}", page.len()).expect("an answer");
        }
    });
    address
}

/// The text of a documentation page, one of which has changed.
fn page(slug: &str) -> String {
    let captures = workspace().join("tests/it/docs/captures");
    let mut files =
        fs::read_dir(captures).expect("the folder can be read").map(|entry| entry.expect("an entry").path());
    let is_of_page = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(slug));
    let page = fs::read_to_string(files.find(is_of_page).expect("a capture")).expect("the capture");
    page.replace("时长(秒),3-15", "时长(秒),3-20\n\n必填范围: 3 <= x <= 20")
}

/// Applies a diff without positions: its lines must occur exactly once in the file.
fn patch(text: &str, diff: &str) -> String {
    let side = |other: char| -> String {
        let lines = diff.lines().filter(|line| !line.starts_with(other));
        lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
    };
    let (old, new) = (side('+'), side('-'));
    assert_eq!(text.matches(&old).count(), 1, "README.md edits what the file does not have:\n{old}");
    text.replace(&old, &new)
}

/// The lines that differ, as a diff without context.
fn changed_lines(old: &str, new: &str) -> String {
    assert_eq!(old.lines().count(), new.lines().count());
    let pairs = old.lines().zip(new.lines()).filter(|(old, new)| old != new);
    pairs.map(|(old, new)| format!("-{old}\n+{new}\n")).collect()
}

/// The path in backticks in a section that ends like this.
fn named_path(section: &str, ending: &str) -> String {
    let readme = guides();
    let start = readme.find(&format!("## {section}\n")).expect("the section");
    let paths = readme[start..].split('`').filter(|text| text.ends_with(ending) && !text.contains(char::is_whitespace));
    paths.map(str::to_owned).next().expect("a path")
}

#[test]
fn the_first_command_finds_nothing_to_do() {
    let copy = Copy::new();
    let [codegen, test] = shown("I keep the specs").try_into().unwrap_or_else(|_| panic!("two commands"));
    assert_eq!(codegen.command, "cargo xtask codegen");
    codegen.check(&copy);
    // This test is part of what the second one runs.
    assert_eq!(test.command, "cargo test --workspace");
}

#[test]
fn a_changed_page_is_fetched_found_and_followed() {
    let [fetch, check, accept, again] = shown("A page changed").try_into().unwrap_or_else(|_| panic!("four commands"));
    let copy = Copy { server: documentation(1), ..Copy::new() };
    // The page has been reviewed as it is in the captures.
    fs::remove_dir_all(copy.path("spec/reviewed")).expect("the reviews");
    let capture = workspace().join("tests/it/docs/captures/kling-o3-image-to-video.zh.txt");
    copy.run(&format!("cargo xtask docs accept {}", capture.display()));
    fetch.check(&copy);
    check.check(&copy);
    let spec = named_path("Change a spec", ".json");
    let edited = patch(&copy.read(&spec), &texts("Change a spec", "diff")[0]);
    copy.write(&spec, &edited);
    accept.check(&copy);
    again.check(&copy);
}

#[test]
fn a_spec_is_changed_and_the_change_reviewed() {
    let copy = Copy::new();
    let before = copy.generate();
    let spec = named_path("Change a spec", ".json");
    let edited = patch(&copy.read(&spec), &texts("Change a spec", "diff")[0]);
    copy.write(&spec, &edited);
    shown("Change a spec")[0].check(&copy);

    let after = copy.generate();
    let [sheet, module] = texts("Review", "diff").try_into().unwrap_or_else(|_| panic!("two diffs"));
    let differing: Vec<_> = before.sheets.iter().zip(&after.sheets).filter(|(old, new)| old != new).collect();
    let [(old, new)] = differing.as_slice() else { panic!("one sheet changes") };
    assert_eq!(named_path("Review", ".snap"), format!("tests/it/snapshots/sheets/{}.snap", new.name));
    assert_eq!(sheet, changed_lines(&old.text, &new.text));

    let modules = before.files.iter().zip(&after.files).filter(|(old, _)| old.name.ends_with(".rs"));
    let differing: Vec<_> = modules.filter(|(old, new)| old != new).collect();
    let [(old, new)] = differing.as_slice() else { panic!("one module changes") };
    assert_eq!(
        named_path("Review", ".rs.snap"),
        format!("tests/it/snapshots/modules/{}.snap", new.name.rsplit('/').next().unwrap_or_default())
    );
    assert_eq!(module, changed_lines(&old.text, &new.text));
}

#[test]
fn an_edit_is_told_to_reviewers_and_to_the_changelog() {
    let copy = Copy::new();
    copy.git(&["init", "--quiet"]);
    copy.git(&["add", "--all"]);
    copy.git(&["-c", "user.name=N", "-c", "user.email=n@example.com", "commit", "--quiet", "--message", "before"]);
    let spec = named_path("Change a spec", ".json");
    for section in ["Change a spec", "What an edit means"] {
        copy.write(&spec, &patch(&copy.read(&spec), &texts(section, "diff")[0]));
    }
    let [table, markdown] = shown("What an edit means").try_into().unwrap_or_else(|_| panic!("two commands"));
    table.check(&copy);
    markdown.check(&copy);
}

#[test]
fn snapshots_are_written_anew_by_the_tests_that_are_named() {
    let update = &shown("Change a spec")[1].command;
    let filter = update.strip_prefix("INSTA_UPDATE=always cargo test --workspace --test it ");
    let filter = filter.expect("the command that writes snapshots");
    let output = Command::new(env::current_exe().expect("this program")).args([filter, "--list"]).output();
    let listed = String::from_utf8(output.expect("this program can be started").stdout).expect("text");
    for test in ["snapshots::parameter_sheets: test", "snapshots::generated_modules: test"] {
        assert!(listed.lines().any(|line| line == test), "{listed}");
    }
}

#[test]
fn a_page_is_added() {
    let copy = Copy::new();
    let [page, wrong_line, _, bodies] =
        texts("Add a page", "json").try_into().unwrap_or_else(|_| panic!("four snippets"));
    for line in bodies.lines() {
        let line: Value = serde_json::from_str(line).expect("a body as data");
        assert_eq!(line["valid"] == true, line.get("paths").is_none());
    }
    let [begin, good, bad] = shown("Add a page").try_into().unwrap_or_else(|_| panic!("three commands"));
    let capture = workspace().join("tests/it/docs/invented/lumen-2-shots.txt");
    fs::copy(capture, copy.path("lumen-2-shots.txt")).expect("the capture can be copied");
    begin.check(&copy);
    fs::remove_file(copy.path("spec/video/lumen/lumen-2-shots.json")).expect("the spec is there");
    let path = named_path("Add a page", "/example-text-to-video.json");
    copy.write(&path, &page);
    good.check(&copy);
    assert!(copy.read(&format!("{GENERATED}/requests.rs")).contains(" ExampleTextToVideo,\n"));

    let line = page.lines().find(|line| line.contains(r#""resolution":"#)).expect("the line that is replaced");
    copy.write(&path, &page.replace(&format!("{line}\n"), &wrong_line));
    bad.check(&copy);
}

#[test]
fn the_exports_are_up_to_date_and_every_provider_is_named() {
    let copy = Copy::new();
    let [export] = shown("I use another language").try_into().unwrap_or_else(|_| panic!("one command"));
    export.check(&copy);
    let providers: Vec<_> = Provider::ALL.iter().map(|provider| provider.name()).collect();
    let readme = guides();
    for provider in providers {
        assert!(readme.contains(&format!("`{provider}`")), "README.md does not name {provider}");
    }
}

#[test]
fn the_coverage_names_every_family() {
    let readme = fs::read_to_string(workspace().join("README.md")).expect("README.md can be read");
    let (_, coverage) = readme.split_once("## Coverage\n").expect("the section");
    let rows = coverage.lines().filter(|line| line.contains("| `"));
    let named: Vec<Vec<String>> =
        rows.map(|row| row.split('`').skip(1).step_by(2).map(str::to_owned).collect()).collect();
    let there = ["video", "image", "audio", "document"].map(|group| {
        let folders = fs::read_dir(workspace().join("spec").join(group)).expect("the group");
        let mut families: Vec<String> =
            folders.map(|family| family.expect("a family").file_name().to_string_lossy().into_owned()).collect();
        families.sort();
        families
    });
    assert_eq!(named, there);
}

#[test]
fn the_rule_that_is_shown_is_in_the_spec() {
    let [_, _, rule, _] = texts("Add a page", "json").try_into().unwrap_or_else(|_| panic!("four snippets"));
    let rule: Value = serde_json::from_str(&rule).expect("JSON");
    let spec = fs::read_to_string(workspace().join("spec/video/kling/kling-v3-text-to-video.json")).expect("the spec");
    let spec: Value = serde_json::from_str(&spec).expect("JSON");
    assert!(spec["allOf"].as_array().is_some_and(|rules| rules.contains(&rule)), "{rule}");
}

#[test]
fn the_client_is_had_by_features_and_examples_that_exist() {
    let manifest = fs::read_to_string(workspace().join("foxapi-models/Cargo.toml")).expect("the manifest");
    let [dependencies] = texts("The client", "toml").try_into().unwrap_or_else(|_| panic!("one snippet"));
    assert!(dependencies.contains(r#"features = ["client"]"#), "{dependencies}");
    assert!(manifest.contains("\nclient = ["), "the feature is there");
    let [commands] = texts("The client", "sh").try_into().unwrap_or_else(|_| panic!("one block"));
    let examples: Vec<_> =
        commands.lines().filter_map(|line| line.split("--example ").nth(1)?.split_whitespace().next()).collect();
    assert_eq!(examples, ["generate"]);
    for example in examples {
        assert!(workspace().join(format!("foxapi-models/examples/{example}.rs")).exists(), "{example}");
    }
}

#[test]
fn every_block_is_of_a_kind_that_a_test_reads() {
    let sections = [
        "I keep the specs",
        "Validate JSON",
        "A page changed",
        "Change a spec",
        "Review",
        "What an edit means",
        "Add a page",
        "I use another language",
    ];
    for block in blocks() {
        // These are run by the tests of the program.
        if block.text.starts_with("$ foxapi ") {
            continue;
        }
        let read = match block.language.as_str() {
            "rust" | "rust,no_run" | "rust,compile_fail" => true,
            "console" | "json" | "diff" => sections.contains(&block.section.as_str()),
            "toml" => ["I write Rust", "The client"].contains(&block.section.as_str()),
            "sh" => ["I want a video", "The client"].contains(&block.section.as_str()),
            _ => false,
        };
        assert!(read, "no test reads this {} under {:?}:\n{}", block.language, block.section, block.text);
        let commands = block.text.lines().filter(|line| line.starts_with("$ ")).count();
        assert_eq!(commands, usize::from(block.language == "console"), "one command per block:\n{}", block.text);
    }
}

/// Documents link to existing files, and name existing files in backticks.
#[test]
fn links_and_paths_lead_somewhere() {
    let documents = [
        "README.md",
        "spec/README.md",
        "foxapi-models/README.md",
        "foxapi-models/cli/README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ];
    for document in documents {
        let text = fs::read_to_string(workspace().join(document)).expect("the document can be read");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let folder = workspace().join(document).parent().map(Path::to_path_buf).unwrap_or_default();
            let file = if file.is_empty() { workspace().join(document) } else { folder.join(file) };
            let found = target.starts_with("https://")
                || file.exists() && (heading.is_empty() || headings(&file).iter().any(|it| it == heading));
            assert!(found, "{document} links to {target}");
        }
        let prose = text.split("```").step_by(2).flat_map(|prose| prose.split('`').skip(1).step_by(2));
        for path in prose.filter(|text| is_path(text)) {
            let is_invented = path.contains("example-text-to-video") || path.contains("lumen-2-shots");
            let exists = workspace().join(path).exists() || is_invented;
            assert!(exists, "{document} names {path}");
        }
    }
}

/// Whether a text in backticks is the path of a file or folder of the workspace.
fn is_path(text: &str) -> bool {
    let first = Path::new(text).iter().next().and_then(|part| part.to_str()).unwrap_or_default();
    text.contains('/')
        && ["spec", "codegen", "foxapi-models", "xtask", "tests", ".ci"].contains(&first)
        && !text.contains(['*', '<', ' '])
}

/// The headings of a document as links name them.
fn headings(document: &Path) -> Vec<String> {
    let text = fs::read_to_string(document).expect("the document can be read");
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn what_is_left_out_may_be_anything_and_the_rest_must_be_there() {
    assert!(shows("a\nb\n", "a\nb\n"));
    assert!(!shows("a\n", "a\nb\n"));
    assert!(shows("…\nb\n", "a\nb\n"));
    assert!(shows("a\n…\n", "a\nb\n"));
    assert!(shows("…\nb\n…\nd\n", "a\nb\nc\nd\n"));
    assert!(!shows("…\nd\n…\nb\n", "a\nb\nc\nd\n"));
    assert!(!shows("", "a\n"));
    assert!(shows("2 changed, … unchanged\n", "2 changed, 13 unchanged\n"));
    assert!(!shows("2 changed, … unchanged\n", "3 changed, 13 unchanged\n"));
    assert!(shows("…\n… pages\n", "a\n5 pages\n"));
}
