//! What a shell completes.

use crate::program::{Machine, Outcome};

/// What bash is offered for the last word.
fn offered(machine: &Machine, words: &[&str]) -> Vec<String> {
    let last = words.len() - 1;
    let mut command = machine.command(&[&["--"], words].concat());
    let command = command.env("COMPLETE", "bash").env("_CLAP_IFS", "\n").env("_CLAP_COMPLETE_INDEX", last.to_string());
    let outcome = Outcome::of(command.output().expect("the program"));
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    outcome.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn every_shell_has_a_script() {
    let machine = Machine::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(machine.ok(&["completions", shell]).stdout.contains("foxapi"), "{shell}");
    }
    machine.fails(2, &["completions", "dos"]);
}

#[test]
fn models_flags_and_options_are_offered() {
    let machine = Machine::new();
    assert!(offered(&machine, &["foxapi", "mo"]).contains(&"models".to_owned()));
    for model in foxapi_models::models() {
        assert!(offered(&machine, &["foxapi", "make", &model.id]).contains(&model.id), "{}", model.id);
    }
    assert!(offered(&machine, &["foxapi", "describe", "veo-"]).iter().any(|id| id == "veo-3.1-image-to-video"));
    let flags = offered(&machine, &["foxapi", "make", "veo-3.1-lite-image-to-video", "--"]);
    assert!(flags.iter().any(|flag| flag == "--image-url"), "{flags:?}");
    assert!(!flags.iter().any(|flag| flag == "--safety-tolerance"), "only of this model: {flags:?}");
    let options = offered(&machine, &["foxapi", "make", "veo-3.1-lite-image-to-video", "--resolution", ""]);
    assert_eq!(options, ["720p", "1080p"]);
}
