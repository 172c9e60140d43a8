//! Whatever comes in: the fixtures, cut and torn ones too, and everything that the fuzzer has kept go
//! through the properties that the fuzz targets hold. Deterministic, and short.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod properties;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files below a folder with one of the endings, in order.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().and_then(|of| of.to_str()).is_some_and(|of| endings.contains(&of)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).expect("the file can be read")
}

/// What the fuzzer has kept for one target. A package holds no fuzzer: then this is skipped, visibly.
fn kept(target: &str, property: fn(&[u8])) {
    let folder = root("fuzz/corpus").join(target);
    let Ok(inputs) = fs::read_dir(&folder) else {
        let _ = writeln!(
            std::io::stderr().lock(),
            "\nskipped: what the fuzzer has kept for {target}: it is not there"
        );
        return;
    };
    let mut inputs: Vec<PathBuf> = inputs.flatten().map(|entry| entry.path()).collect();
    inputs.sort();
    assert!(!inputs.is_empty(), "the fuzzer has kept something for {target}");
    for input in inputs {
        property(&bytes(&input));
    }
}

/// The text, and its first and last parts: contracts that end in the middle of something.
fn torn(text: &[u8]) -> [&[u8]; 3] {
    let middle = text.len() / 2;
    [text, &text[..middle], &text[middle..]]
}

#[test]
fn documents() {
    for path in files(&root("fixtures"), &["md", "toml"]) {
        torn(&bytes(&path)).into_iter().for_each(properties::document);
    }
    kept("document", properties::document);
}

#[test]
fn rule_files() {
    for path in files(&root("fixtures"), &["toml"]).into_iter().chain(files(&root("clause-rules"), &["toml"]))
    {
        let folder = path.parent().and_then(Path::file_name).and_then(|of| of.to_str()).unwrap_or_default();
        let folder =
            ["packs", "profiles", "proofread"].iter().find(|name| **name == folder).unwrap_or(&"core");
        let name = path.file_name().and_then(|of| of.to_str()).expect("it has a name");
        let head = format!("{folder}/{name}\n");
        properties::rule_file(&[head.as_bytes(), &bytes(&path)].concat());
    }
    kept("rule_file", properties::rule_file);
}

#[test]
fn configurations() {
    for path in files(&root("fixtures"), &["toml"]) {
        torn(&bytes(&path)).into_iter().for_each(properties::configuration);
    }
    kept("configuration", properties::configuration);
}

#[test]
fn waivers() {
    for path in files(&root("fixtures"), &["md"]) {
        properties::waivers(&bytes(&path));
    }
    kept("waivers", properties::waivers);
}

#[test]
fn baselines() {
    for path in files(&root("tests"), &["jsonl", "json", "snap"]) {
        torn(&bytes(&path)).into_iter().for_each(properties::baseline);
    }
    kept("baseline", properties::baseline);
}

#[test]
fn whole_checks() {
    for path in files(&root("fixtures/contracts"), &["md"])
        .into_iter()
        .chain(files(&root("fixtures/styles"), &["md"]))
    {
        properties::check(&bytes(&path));
    }
    kept("check", properties::check);
}

/// Pieces that contracts and their marks are made of, and what a hostile hand adds.
fn piece() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "# ",
        "## 4. ",
        "1.1 ",
        "(a) ",
        "- ",
        "> ",
        "| a | b |\n|---|---|\n",
        "```\n",
        "<!-- ",
        " -->",
        "<!-- clauselint: allow(missing-exit-transition) agreed -->",
        "---\n",
        "**",
        "_",
        "`",
        "[",
        "](",
        ")",
        "<br>",
        "</td>",
        "&amp;",
        "&#x1b;",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{0}",
        "\u{feff}",
        "\r",
        "\r\n",
        "\n\n",
        "\n",
        "\t",
        "::error::x\n",
        "]]>",
        "{{",
        "}}",
        "[***]",
        "____",
        "\u{2028}",
        "99.9%",
        "thirty (60) days",
        "EUR 5",
        "31 February 2026",
        "clause 99.9",
        "Schedule 7",
        "the \"Services\" means ",
        "“",
        "”",
    ]);
    let words = prop::sample::select(vec![
        "The Supplier shall ",
        "the Customer ",
        "provide the Services ",
        "service credits ",
        "on termination ",
        "return all data ",
        "within 30 days ",
        "shall not ",
        "may ",
        "Agreement between Acme Ltd and Helix Ltd ",
    ]);
    prop_oneof![2 => marks.prop_map(str::to_owned), 3 => words.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_contract_holds(pieces in prop::collection::vec(piece(), 0..60)) {
        properties::check(pieces.concat().as_bytes());
    }

    #[test]
    fn bytes_that_are_no_text(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        properties::check(&bytes);
        properties::document(&bytes);
        properties::waivers(&bytes);
        properties::baseline(&bytes);
        properties::configuration(&bytes);
        properties::rule_file(&bytes);
    }
}
