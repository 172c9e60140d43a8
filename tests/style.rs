//! House rules that no linter knows, and a README whose every line is true.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The longest file, in lines, its tests at the foot left out.
const LONGEST: usize = 500;

/// Files that are longer, with the reason. An entry that is no longer needed fails the test.
const LONGER: [(&str, &str); 1] =
    [("tests/cli.rs", "a test for each thing that users see, over shared helpers")];

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
        let text = read(&path);
        let code = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let (name, lines) = (name(&path), code.lines().count());
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
    let mute: Vec<String> = rust_files()
        .iter()
        .filter(|path| !read(path).starts_with("//! ") && !path.ends_with("tests.rs"))
        .map(|path| name(path))
        .collect();
    assert!(mute.is_empty(), "these do not open with what lives in them: {}", mute.join(", "));
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

/// A block of the README between fences.
struct Fence {
    kind: String,
    lines: Vec<String>,
}

/// The README as plain lines and fenced blocks, in order.
fn fences(readme: &str) -> Vec<Result<String, Fence>> {
    let mut parts = Vec::new();
    let mut open: Option<Fence> = None;
    for line in readme.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(kind), None) => open = Some(Fence { kind: kind.to_owned(), lines: Vec::new() }),
            (Some(_), Some(_)) => parts.extend(open.take().map(Err)),
            (None, Some(fence)) => fence.lines.push(line.to_owned()),
            (None, None) => parts.push(Ok(line.to_owned())),
        }
    }
    parts
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

/// What a command of the README prints; `None` for one that builds, installs or tests the project,
/// which CI runs itself.
fn printed(command: &str) -> Option<String> {
    let words = words(command);
    let ours = words.iter().position(|word| word == "--").map(|at| at + 1);
    let start = match (words.first().map(String::as_str), ours) {
        (Some("clauselint"), _) => 1,
        (Some("cargo"), Some(at)) => at,
        (Some("cargo" | "git" | "cd"), None) => return None,
        _ => panic!("the README shows a command that this test does not know: {command}"),
    };
    let output = Command::new(env!("CARGO_BIN_EXE_clauselint"))
        .args(&words[start..])
        .current_dir(root())
        .output()
        .expect("the program runs");
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{command} ended with {code:?}");
    Some(String::from_utf8_lossy(&output.stdout).lines().map(str::trim_end).collect::<Vec<_>>().join("\n"))
}

/// A console block as it must be: a command that shows output shows all of it.
fn console(fence: &Fence) -> Vec<String> {
    let mut lines = Vec::new();
    for part in fence.lines.join("\n").split("$ ").skip(1) {
        let (command, shown) = part.split_once('\n').unwrap_or((part, ""));
        lines.push(format!("$ {command}"));
        let output = printed(command);
        if !shown.trim().is_empty() {
            lines.extend(output.unwrap_or_default().trim_end().lines().map(str::to_owned));
        }
    }
    lines
}

/// An excerpt of the report that the README runs first, as it must be: whole findings, picked by
/// their codes, and the summary.
fn excerpt(fence: &Fence, report: &str) -> Vec<String> {
    let findings: Vec<&str> = report.split("\n\n").collect();
    let mut kept: Vec<String> = Vec::new();
    for shown in fence.lines.join("\n").split("\n\n") {
        let code = shown.split(']').next().unwrap_or("").split('[').nth(1);
        let real = match code {
            Some(code) => {
                let mark = format!("[{code}]: ");
                findings
                    .iter()
                    .find(|finding| finding.lines().next().is_some_and(|line| line.contains(&mark)))
            }
            None => findings.last(),
        };
        kept.push(
            (*real.unwrap_or_else(|| panic!("the report has no such finding any more: {shown}")))
                .trim()
                .to_owned(),
        );
    }
    kept.join("\n\n").lines().map(str::to_owned).collect()
}

/// Run with UPDATE_README=1 to write the real outputs into the README.
#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = root().join("README.md");
    let readme = read(&path);
    let report = printed("clauselint check fixtures/contracts/lakeside-support.md").unwrap_or_default();
    let shown = |files: &[&str]| -> String { files.iter().map(|file| read(&root().join(file))).collect() };
    let data = shown(&[
        "fixtures/rules/step-in.toml",
        "fixtures/profiles/outsourcing.toml",
        "fixtures/config/suppliers/clauselint.toml",
    ]);
    let front = shown(&["fixtures/papers/named-in-front.md"]);
    let mut real = String::new();
    for part in fences(&readme) {
        let fence = match part {
            Ok(line) => {
                real.push_str(&format!("{line}\n"));
                continue;
            }
            Err(fence) => fence,
        };
        let lines = match fence.kind.as_str() {
            "console" => console(&fence),
            "text" => excerpt(&fence, &report),
            kind @ ("toml" | "yaml") => {
                let real = if kind == "toml" { &data } else { &front };
                for line in &fence.lines {
                    assert!(real.lines().any(|real| real == line), "in no fixture: {line}");
                }
                fence.lines
            }
            "sh" => {
                let story = read(&root().join("tests/story.rs"));
                for line in &fence.lines {
                    let command = line.split(" #").next().unwrap_or(line).trim();
                    let arguments: Vec<String> =
                        words(command).iter().skip(1).map(|word| format!("\"{word}\"")).collect();
                    let story = story.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(story.contains(&arguments.join(", ")), "no test plays: {command}");
                }
                fence.lines
            }
            "markdown" => {
                let story = read(&root().join("tests/story.rs"));
                for line in &fence.lines {
                    assert!(story.contains(line), "no test writes: {line}");
                }
                fence.lines
            }
            kind => panic!("the README has a block of a kind that nothing checks: {kind}"),
        };
        real.push_str(&format!("```{}\n{}\n```\n", fence.kind, lines.join("\n")));
    }
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, &real).expect("the README can be written");
    } else {
        assert_eq!(readme, real, "UPDATE_README=1 cargo test --test style brings it up to date");
    }
}

#[test]
fn every_path_of_the_readme_exists() {
    let prose: Vec<String> = fences(&read(&root().join("README.md"))).into_iter().flatten().collect();
    let readme = prose.join("\n");
    let quoted = readme.split('`').skip(1).step_by(2);
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_path = |word: &&str| {
        ["src/", "fixtures/", "clause-rules/", "tests/", "benches/", ".ci/"]
            .iter()
            .any(|top| word.starts_with(top))
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
