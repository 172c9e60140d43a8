//! Every dependency has a licence that deny.toml allows and comes from crates.io.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What cargo knows of the packages in the lock file; nothing where it cannot get at them.
fn packages() -> Option<Vec<Value>> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().expect("cargo runs");
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        let _ = writeln!(std::io::stderr().lock(), "\nskipped: licences of dependencies: {why}");
        return None;
    }
    let mut found: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    Some(found["packages"].as_array_mut().map(std::mem::take).expect("there are packages"))
}

fn allowed() -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml"));
    let config: toml::Table = text.expect("it can be read").parse().expect("it is TOML");
    let allow = config["licenses"]["allow"].as_array().expect("a list");
    allow.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// Whether a licence expression (SPDX; `/` is an old way to write `OR`) leaves a choice that is allowed:
/// `OR` binds less tightly than `AND`.
fn fits(expression: &str, allowed: &[String]) -> bool {
    let plain = expression.replace('/', " OR ");
    if let Some((group, rest)) = plain.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        return match rest.trim().split_once(' ') {
            None => fits(group, allowed),
            Some(("AND", rest)) => fits(group, allowed) && fits(rest, allowed),
            Some((_, rest)) => fits(group, allowed) || fits(rest, allowed),
        };
    }
    plain.split(" OR ").any(|one| one.split(" AND ").all(|one| allowed.iter().any(|name| name == one.trim())))
}

#[test]
fn licences_are_allowed_and_sources_known() {
    let Some(packages) = packages() else { return };
    let allowed = allowed();
    assert!(packages.len() > 50, "the lock file names many packages: {}", packages.len());
    for package in &packages {
        let name = package["name"].as_str().expect("a name");
        let licence = package["license"].as_str().unwrap_or_else(|| panic!("{name} names no licence"));
        assert!(fits(licence, &allowed), "{name}: {licence}");
        assert!(
            matches!(package["source"].as_str(), None | Some(REGISTRY)),
            "{name} comes from {}",
            package["source"]
        );
    }
}

#[test]
fn a_licence_is_read_as_spdx_says() {
    let allowed = ["MIT".to_owned(), "Unicode-3.0".to_owned()];
    for (expression, fit) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("Unlicense/MIT", true),
        ("GPL-3.0-only AND MIT", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", false),
    ] {
        assert_eq!(fits(expression, &allowed), fit, "{expression}");
    }
}
