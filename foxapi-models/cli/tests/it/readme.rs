//! The commands of `foxapi` in the documents do what these show.

use std::fs;
use std::path::Path;

use crate::program::{Machine, Outcome};

/// A command, and what the README shows of its output.
struct Shown {
    command: Vec<String>,
    lines: Vec<String>,
}

#[test]
fn the_commands_of_the_readme_do_what_it_shows() {
    for (path, at_least) in [("README.md", 4), ("../README.md", 1), ("../../README.md", 4)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let document = fs::read_to_string(path).expect("the document can be read");
        let machine = Machine::new();
        machine.write("shots.csv", "prompt,duration\nrain,5\nsnow,10\n");
        if let Some((_, bodies)) = document.split_once("in `bodies.jsonl`\n\n```json\n") {
            machine.write("bodies.jsonl", bodies.split("```").next().expect("the bodies"));
        }
        let commands = commands(&document);
        assert!(commands.len() >= at_least, "it shows commands");
        for Shown { command, lines } in commands {
            let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            assert_eq!(arguments.first(), Some(&"foxapi"));
            let Outcome { stdout, stderr, .. } = machine.run(&arguments[1..]);
            let said = format!("{stderr}{stdout}");
            assert!(
                fits(&lines, &said.lines().collect::<Vec<_>>()),
                "{command:?} says:\n{said}\nnot:\n{}",
                lines.join("\n")
            );
        }
    }
}

fn commands(readme: &str) -> Vec<Shown> {
    let mut commands: Vec<Shown> = Vec::new();
    for block in readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()) {
        if !block.starts_with("$ foxapi ") {
            continue;
        }
        for line in block.lines() {
            match (line.strip_prefix("$ "), commands.last_mut()) {
                (Some(command), _) => {
                    let command = shlex::split(command).expect("a command line");
                    commands.push(Shown { command, lines: Vec::new() });
                }
                (None, Some(shown)) => shown.lines.push(line.to_owned()),
                (None, None) => panic!("output without a command: {line}"),
            }
        }
    }
    commands
}

/// Whether lines are as they are shown: `…` stands for any number of lines, or for the rest of one.
fn fits(shown: &[String], said: &[&str]) -> bool {
    match shown.split_first() {
        None => said.is_empty(),
        Some((any, rest)) if any == "…" => (0..=said.len()).any(|skipped| fits(rest, &said[skipped..])),
        Some((line, rest)) => said.split_first().is_some_and(|(first, further)| {
            let is_same = match line.strip_suffix('…') {
                Some(beginning) => first.starts_with(beginning.trim_end()),
                None => first == line,
            };
            is_same && fits(rest, further)
        }),
    }
}

#[test]
fn what_is_left_out_may_be_anything_and_the_rest_must_be_there() {
    let fits = |shown: &[&str], said: &[&str]| {
        let shown: Vec<String> = shown.iter().map(|line| (*line).to_owned()).collect();
        super::readme::fits(&shown, said)
    };
    assert!(fits(&["a", "…", "c"], &["a", "b", "b", "c"]));
    assert!(fits(&["a…"], &["a b c"]));
    assert!(!fits(&["a"], &["a", "b"]));
    assert!(!fits(&["…", "a"], &["b"]));
}
