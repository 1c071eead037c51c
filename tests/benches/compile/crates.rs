//! Crates to compile: the real one with other generated modules, and one of what typify makes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use foxapi_benches::synthetic::{Spec, sources};
use foxapi_benches::typify;

/// The program of [`Crate::program`].
const PROGRAM: &str = r#"
use measured::{Request, kling::KlingV3TextToVideo, veo::Veo31ImageToVideo};

fn main() {
    let text = std::io::read_to_string(std::io::stdin()).unwrap_or_default();
    match (KlingV3TextToVideo::from_json(&text), Veo31ImageToVideo::from_json(&text)) {
        (Err(kling), Err(veo)) => println!("{kling}\n{veo}"),
        (kling, veo) => println!("{kling:?} {veo:?}"),
    }
}
"#;

/// A crate in its own folder.
pub(crate) struct Crate {
    folder: PathBuf,
    /// Lines of generated Rust, documentation included.
    pub(crate) lines: usize,
}

impl Crate {
    /// The crate of the workspace, with what the generator makes of these specs.
    pub(crate) fn ours(parent: &Path, specs: &[Spec]) -> Self {
        let folder = parent.join("ours");
        copy(&workspace().join("foxapi-models/src"), &folder.join("src"));
        let generated = folder.join("src/generated");
        std::fs::remove_dir_all(&generated).expect("the generated files are there");
        std::fs::create_dir(&generated).expect("a folder");
        let output = foxapi_codegen::generate(&sources(specs)).unwrap_or_else(|problems| panic!("{problems}"));
        for file in &output.files {
            let path = generated.join(&file.name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, &file.text).expect("a file");
        }
        std::fs::write(folder.join("README.md"), "").expect("a file");
        let rust = output.files.iter().filter(|file| file.name.ends_with(".rs"));
        let lines = rust.map(|file| file.text.lines().count()).sum();
        let schema = folder.join("schema");
        copy(&workspace().join("foxapi-models/schema/src"), &schema.join("src"));
        let manifest = manifest("foxapi-schema", &dependencies("foxapi-models/schema"));
        std::fs::write(schema.join("Cargo.toml"), manifest).expect("a file");
        Self::new(folder, lines, &dependencies("foxapi-models"), &output.families)
    }

    /// What typify makes of the same specs.
    pub(crate) fn typify(parent: &Path, name: &str, specs: &[Spec], with_builder: bool) -> Self {
        let folder = parent.join(name);
        std::fs::create_dir_all(folder.join("src")).expect("a folder");
        let rust = typify::rust(specs, with_builder);
        std::fs::write(folder.join("src/lib.rs"), &rust).expect("a file");
        Self::new(folder, rust.lines().count(), &["serde".to_owned(), "serde_json".to_owned()], &[])
    }

    fn new(folder: PathBuf, lines: usize, dependencies: &[String], families: &[String]) -> Self {
        let features: String = families.iter().map(|family| format!("{family} = []\n")).collect();
        let features = format!("\n[features]\ndefault = {families:?}\n{features}\n[workspace]\n");
        let manifest = manifest("measured", dependencies) + &features;
        std::fs::write(folder.join("Cargo.toml"), manifest).expect("a file");
        // The versions that the workspace has.
        std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a file");
        Self { folder, lines }
    }

    /// Compiles everything once.
    pub(crate) fn prepare(&self, arguments: &[&str]) {
        self.cargo(arguments);
    }

    /// Nanoseconds that only the crate takes: wall-clock time and processor time.
    pub(crate) fn compile(&self, arguments: &[&str]) -> [f64; 2] {
        self.compile_with("src/lib.rs", arguments)
    }

    /// As [`Crate::compile`], together with the hand-written `foxapi-schema` that it depends on.
    pub(crate) fn compile_with_schema(&self, arguments: &[&str]) -> [f64; 2] {
        self.compile_with("schema/src/lib.rs", arguments)
    }

    /// Bytes of a stripped program that reads requests of two pages and says what is wrong with them.
    pub(crate) fn program(&self, features: &[&str]) -> f64 {
        let source = self.folder.join("src/main.rs");
        std::fs::write(&source, PROGRAM).expect("a file");
        self.cargo(&[&["rustc", "--release", "--bin", "measured"], features, &["--", "-Cstrip=symbols"]].concat());
        std::fs::remove_file(source).expect("a file");
        std::fs::metadata(self.folder.join("target/release/measured")).expect("the program").len() as f64
    }

    /// Compiles the package that a file belongs to, and those that depend on it.
    fn compile_with(&self, root: &str, arguments: &[&str]) -> [f64; 2] {
        let root = self.folder.join(root);
        let text = std::fs::read(&root).expect("the root of the crate");
        std::fs::write(&root, text).expect("the root of the crate");
        let (start, before) = (Instant::now(), processor_time());
        self.cargo(arguments);
        [start.elapsed().as_secs_f64() * 1e9, processor_time() - before]
    }

    fn cargo(&self, arguments: &[&str]) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&self.folder).env("CARGO_TARGET_DIR", self.folder.join("target"));
        // Warnings about the peer's code do not matter, and nothing may be reused from the last run.
        cargo.env("RUSTFLAGS", "--cap-lints=allow").env("CARGO_INCREMENTAL", "0");
        let output = cargo.output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The required dependencies of a package of the workspace. Optional ones belong to features and are written
/// differently.
fn dependencies(package: &str) -> Vec<String> {
    let manifest = std::fs::read_to_string(workspace().join(package).join("Cargo.toml")).expect("its manifest");
    let (_, dependencies) = manifest.split_once("[dependencies]").expect("dependencies");
    let dependencies = dependencies.lines().take_while(|line| !line.starts_with('['));
    dependencies.filter_map(|line| line.strip_suffix(".workspace = true")).map(str::to_owned).collect()
}

/// A manifest that takes its dependencies as the workspace does.
fn manifest(name: &str, dependencies: &[String]) -> String {
    let workspace = std::fs::read_to_string(workspace().join("Cargo.toml")).expect("the manifest of the workspace");
    let line = |name: &String| match name.as_str() {
        "foxapi-schema" => "foxapi-schema = { path = \"schema\" }\n".to_owned(),
        name => {
            let line = workspace.lines().find(|line| line.starts_with(&format!("{name} = "))).expect("a dependency");
            format!("{line}\n")
        }
    };
    let lines: String = dependencies.iter().map(line).collect();
    format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{lines}")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a file");
        }
    }
}

/// Processor time, in nanoseconds, of the processes that this one started and waited for.
#[cfg(unix)]
fn processor_time() -> f64 {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system says");
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 * 1e3
}

/// On other systems, unknown.
#[cfg(not(unix))]
fn processor_time() -> f64 {
    f64::NAN
}
