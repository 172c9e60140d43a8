//! The layers: a room imports only from lower rooms, and only the rooms named here import the
//! crates that they wrap. Reads the source text, so it holds for code that no test runs.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the ground up. Rooms on one line do not know each other.
const LAYERS: [&[&str]; 14] = [
    &["source"],
    &["finding", "document"],
    &["token"],
    &["facts"],
    &["pattern"],
    &["rule"],
    &["assess", "proofread", "settings"],
    &["checklist", "position"],
    &["lint", "selftest"],
    &["triage"],
    &["fix"],
    &["render"],
    &["session"],
    &["cli"],
];

/// Crates that only some files may name, with those files' prefixes below `src/`.
const WRAPPED: [(&str, &[&str]); 11] = [
    ("pulldown_cmark", &["document"]),
    ("codespan_reporting", &["render/text/drawing.rs"]),
    ("std::fs", &["session", "cli", "settings", "build.rs"]),
    ("clap", &["cli"]),
    ("std::env", &["cli", "build.rs"]),
    ("std::process::Command", &["session/changed.rs"]),
    ("rayon", &["session"]),
    ("toml::", &["rule", "settings"]),
    ("quick_xml", &["render/junit.rs"]),
    ("percent_encoding", &["render/sarif", "proofread/links.rs"]),
    ("indicatif", &["cli/progress.rs"]),
];

fn layer(room: &str) -> Option<usize> {
    LAYERS.iter().position(|rooms| rooms.contains(&room))
}

/// Every source file with its path below `src/` and its text without tests and comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of src can be read") {
            let path: PathBuf = entry.expect("an entry of src can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name =
                    path.strip_prefix(&root).expect("it lies in src").to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&path).expect("a source file can be read");
                files.push((name, code(&text)));
            }
        }
    }
    files.sort();
    files
}

fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The room of a file: its folder, or its own name at the top.
fn room(name: &str) -> &str {
    name.split('/').next().unwrap_or(name).trim_end_matches(".rs")
}

/// The rooms that a text names as `crate::room`.
fn imports(text: &str) -> Vec<&str> {
    let after = text.split("crate::").skip(1);
    let names = after.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""));
    let single = names.filter(|name| !name.is_empty());
    single.collect()
}

#[test]
fn rooms_import_only_from_below() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        if ["lib.rs", "main.rs", "build.rs"].contains(&name.as_str()) || name.ends_with("/tests.rs") {
            continue;
        }
        let here = room(&name);
        let own = layer(here).unwrap_or_else(|| panic!("{name}: the room {here} has no layer"));
        for import in imports(&text) {
            match layer(import) {
                Some(theirs) if theirs < own || import == here => {}
                Some(_) => {
                    wrong.push(format!("src/{name} imports {import}, which does not lie below {here}"))
                }
                None => wrong.push(format!("src/{name} imports {import}, which has no layer")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_never_grouped_under_crate() {
    // `use crate::{a, b}` would hide rooms from the test above.
    for (name, text) in sources() {
        assert!(!text.contains("crate::{"), "src/{name} groups imports under crate::");
    }
}

#[test]
fn wrapped_crates_are_named_in_their_rooms_only() {
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (wrapped, allowed) in WRAPPED {
            let inside = allowed.iter().any(|prefix| name.starts_with(prefix));
            if !inside && !name.ends_with("tests.rs") && text.contains(wrapped) {
                wrong.push(format!("src/{name} names {wrapped}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_in_the_library() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("lib.rs is there");
    for room in LAYERS.iter().copied().flatten() {
        assert!(lib.contains(&format!("pub mod {room};")), "{room} is no module of the library");
    }
}
