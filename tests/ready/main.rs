//! What is ready to use: completions, manual pages, the pre-commit hooks, the GitHub action, and the
//! recipes for GitLab and editors. What can be run here is run; a tool that is not there is said so on
//! standard error, past the test harness.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod action;
mod editors;
mod hooks;
mod manual;
#[path = "../program/mod.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use saphyr::{LoadableYamlNode as _, YamlOwned};

/// A contract with findings of every level, and one without errors.
const WEAK: &str = "fixtures/contracts/lakeside-support.md";
const STRONG: &str = "fixtures/contracts/harbour-msa.md";

/// The text of a file of the package.
fn text_of(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file is there")
}

/// A YAML file of the package.
fn yaml(file: &str) -> YamlOwned {
    let mut documents = YamlOwned::load_from_str(&text_of(file)).expect("it is YAML");
    assert_eq!(documents.len(), 1, "{file} is one document");
    documents.remove(0)
}

/// The text at a key; nothing when there is none.
fn string<'a>(node: &'a YamlOwned, key: &str) -> Option<&'a str> {
    node.as_mapping_get(key).and_then(YamlOwned::as_str)
}

/// An empty folder of one test.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ready").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// Whether a program can be started here.
fn is_there(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success())
}

/// Says why a test cannot run here, for all to see.
fn skipped(what: &str, why: &str) {
    let _ = writeln!(std::io::stderr().lock(), "\nskipped: {what}: {why}");
}
