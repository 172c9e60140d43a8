//! House rules that no linter knows, and a README whose every line is true.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The longest file, in lines.
const LONGEST: usize = 500;

/// Files that are longer, with the reason. An entry that is no longer needed fails the test.
const LONGER: [(&str, &str); 0] = [];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(below: &str, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn rust_files() -> Vec<PathBuf> {
    ["src", "tests", "benches"].iter().flat_map(|folder| files(folder, "rs")).collect()
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[test]
fn files_stay_short() {
    let mut wrong = Vec::new();
    for path in rust_files() {
        let (name, lines) = (name(&path), read(&path).lines().count());
        let excused = LONGER.iter().any(|(file, _)| *file == name);
        if lines > LONGEST && !excused {
            wrong.push(format!("{name} has {lines} lines: split it, or say in LONGER why not"));
        }
        if lines <= LONGEST && excused {
            wrong.push(format!("{name} has {lines} lines and needs no entry in LONGER"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_say_what_lives_in_them() {
    for path in rust_files() {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} does not open with what lives in it", name(&path));
    }
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    for path in rust_files() {
        let name = name(&path);
        for word in ["util", "helper", "manager", "misc", "common"] {
            assert!(!name.contains(word), "{name}: name it after what it holds");
        }
    }
}

/// Commands with the output that the README shows under them.
fn console(readme: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| inside) {
            commands.push((command.to_owned(), String::new()));
        } else if inside && let Some((_, output)) = commands.last_mut() {
            output.push_str(line);
            output.push('\n');
        }
    }
    commands
}

/// Splits a command at blanks outside single quotes.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn every_command_of_the_readme_does_what_it_shows() {
    let commands = console(&read(&root().join("README.md")));
    assert!(commands.len() >= 4, "the README shows how to use the program");
    let mut ran = 0;
    for (command, shown) in commands {
        let words = words(&command);
        let ours = words.iter().position(|word| word == "--").map(|at| at + 1);
        let start = match (words.first().map(String::as_str), ours) {
            (Some("clauselint"), _) => 1,
            (Some("cargo"), Some(at)) => at,
            // What builds, installs or tests the project is run by CI itself.
            (Some("cargo" | "git" | "cd"), None) => continue,
            _ => panic!("the README shows a command that this test does not know: {command}"),
        };
        let output = Command::new(env!("CARGO_BIN_EXE_clauselint"))
            .args(&words[start..])
            .current_dir(root())
            .output()
            .expect("the program runs");
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1)), "{command} ended with {code:?}");
        let printed = String::from_utf8_lossy(&output.stdout);
        let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        if !shown.is_empty() {
            assert_eq!(trimmed(&shown).trim_end(), trimmed(&printed).trim_end(), "the README shows other output for {command}");
        }
        ran += 1;
    }
    assert!(ran >= 2, "some commands were run");
}

#[test]
fn every_path_of_the_readme_exists() {
    let readme = read(&root().join("README.md"));
    let quoted = readme.split('`').skip(1).step_by(2);
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_path = |word: &&str| {
        ["src/", "fixtures/", "clause-rules/", "tests/", "benches/", ".ci/"].iter().any(|top| word.starts_with(top))
            || (word.ends_with(".md") && !word.contains("://"))
    };
    for path in quoted.chain(links).flat_map(str::split_whitespace).filter(is_path) {
        let exists = root().join(path.trim_end_matches([',', '.'])).exists();
        assert!(exists, "the README names {path}, which does not exist");
    }
}

#[test]
fn ci_tests_as_the_readme_says() {
    let readme = read(&root().join("README.md"));
    let ci = read(&root().join(".ci/run"));
    assert!(readme.contains("$ cargo test\n"), "the README says how to run all tests");
    assert!(ci.contains("\ncargo test\n"), "CI runs the same command");
}
