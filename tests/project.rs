//! Settings at work: what a `clauselint.toml` says comes out in `check` and `coverage`, for the files
//! that it holds for and no others.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use program::{code, command, err, out, run};
use tempfile::TempDir;

/// A folder with files of its own; contracts are fixtures by name.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (path, text) in files {
            let text = match text.strip_prefix("fixture:") {
                Some(name) => {
                    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name))
                        .expect("the fixture can be read")
                }
                None => (*text).to_owned(),
            };
            let path = folder.0.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
            fs::write(path, text).expect("the file can be written");
        }
        folder
    }

    fn lint(&self, arguments: &[&str]) -> Output {
        command(arguments).current_dir(self.0.path()).output().expect("the program runs")
    }

    /// The findings, a line each, and the exit code.
    fn findings(&self, arguments: &[&str]) -> (Vec<String>, i32) {
        let output = self.lint(&[&["check", "--format", "concise"], arguments].concat());
        (out(&output).lines().map(str::to_owned).collect(), code(&output))
    }
}

const WEAK: &str = "fixture:contracts/lakeside-support.md";
const STRONG: &str = "fixture:contracts/harbour-msa.md";

fn has(findings: &[String], words: &str) -> bool {
    findings.iter().any(|line| line.contains(words))
}

#[test]
fn levels_and_what_is_ignored_come_out_and_the_lowest_level_fails() {
    let folder = Folder::new(&[
        ("a.md", WEAK),
        (
            "clauselint.toml",
            "ignore = [\"insurance\", \"group:proofread\"]\nfail-on = \"never\"\n\
             [levels]\nmissing-exit-transition = \"note\"\ntechnology-refresh = \"error\"\nbusiness-continuity = \"off\"\n",
        ),
    ]);
    let (findings, exit) = folder.findings(&["a.md"]);
    assert_eq!(exit, 0, "fail-on never: {findings:?}");
    assert!(has(&findings, "note[missing-exit-transition]"), "{findings:?}");
    assert!(
        has(&findings, "error[missing-technology-refresh]"),
        "the profile does not ask for it: {findings:?}"
    );
    assert!(!has(&findings, "insurance") && !has(&findings, "business-continuity"), "{findings:?}");
    assert_eq!(folder.findings(&["a.md", "--fail-on", "error"]).1, 1, "the command line goes first");
    let (plain, exit) = folder.findings(&["a.md", "--no-config"]);
    assert!(has(&plain, "error[missing-exit-transition]") && has(&plain, "missing-insurance"), "{plain:?}");
    assert_eq!(exit, 1);
}

#[test]
fn the_nearest_file_holds_and_overrides_hold_for_their_globs() {
    let folder = Folder::new(&[
        (
            "clauselint.toml",
            "select = [\"exit-transition\"]\n[[overrides]]\nfiles = [\"old/*.md\"]\nselect = [\"insurance\"]\n",
        ),
        ("a.md", WEAK),
        ("old/b.md", WEAK),
        ("near/clauselint.toml", "select = [\"audit-and-access\"]\n"),
        ("near/c.md", WEAK),
    ]);
    let (findings, _) = folder.findings(&["."]);
    let codes = |file: &str| -> Vec<&str> {
        let of_file = findings.iter().filter(|line| line.starts_with(file));
        of_file.filter_map(|line| line.split('[').nth(1)?.split(']').next()).collect()
    };
    assert_eq!(codes("a.md:"), ["missing-exit-transition"], "{findings:?}");
    assert_eq!(codes("old/b.md:"), ["missing-insurance"], "{findings:?}");
    assert_eq!(codes("near/c.md:"), ["missing-audit-and-access"], "{findings:?}");
    let (given, _) = folder.findings(&["near/c.md", "--config", "clauselint.toml"]);
    assert!(given.len() == 1 && has(&given, "missing-exit-transition"), "{given:?}");
}

#[test]
fn profiles_packs_sides_parties_and_rules_of_the_project_are_used() {
    let rule = "fixture:rules/step-in.toml";
    let folder = Folder::new(&[
        (
            "clauselint.toml",
            "profile = \"all\"\npacks = [\"gdpr-art28\"]\nfor = \"supplier\"\nrules = [\"house\"]\n",
        ),
        ("house/step-in.toml", rule),
        ("a.md", STRONG),
    ]);
    let output = folder.lint(&["check", "a.md"]);
    let report = out(&output);
    assert!(report.contains("profile all (the configuration says so)"), "{report}");
    assert!(report.contains("for the supplier") && report.contains("gdpr-art28/"), "{report}");
    let listed = out(&folder.lint(&["explain", "step-in"]));
    assert!(
        listed.contains("the customer may run the services itself while the supplier cannot"),
        "{listed}"
    );
}

#[test]
fn thresholds_of_the_project_judge_figures() {
    let folder = Folder::new(&[
        ("clauselint.toml", "select = [\"position\"]\n[thresholds]\nminimum-availability = \"99.99%\"\n"),
        ("a.md", STRONG),
    ]);
    let (findings, _) = folder.findings(&["a.md"]);
    assert!(
        has(&findings, "warning[position-sla-metrics.target]: availability of 99.9% is not acceptable"),
        "{findings:?}"
    );
}

#[test]
fn under_settings_that_cannot_be_read_nothing_is_checked() {
    let folder = Folder::new(&[("sub/clauselint.toml", "[levels\n"), ("sub/a.md", WEAK), ("b.md", WEAK)]);
    let output = folder.lint(&["check", "--format", "concise", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("until it can be read"), "{}", err(&output));
    let told = out(&output);
    assert!(told.contains("b.md:") && !told.contains("a.md:"), "known findings might be told as new: {told}");
}

#[test]
fn declared_contracts_are_one_and_what_is_excluded_is_not_read() {
    let master = "# Services Agreement\n\nThis Services Agreement is made between Elm Bank plc (the \"Customer\") and \
                  Fir Systems Ltd (the \"Supplier\").\n\n1. The Supplier shall run the payment system.\n";
    let folder = Folder::new(&[
        (
            "clauselint.toml",
            "exclude = [\"drafts\"]\n[[contract]]\nname = \"Elm\"\nfiles = [\"elm/master.md\", \"elm/parts/*.md\"]\n",
        ),
        ("elm/master.md", master),
        ("elm/parts/levels.md", "fixture:sets/kestrel/schedules/service-levels.md"),
        ("drafts/new.md", WEAK),
        ("other.md", STRONG),
    ]);
    let coverage = out(&folder.lint(&["coverage", "--format", "json", "."]));
    let coverage: serde_json::Value = serde_json::from_str(&coverage).expect("it is JSON");
    let files: Vec<String> = coverage["contracts"]
        .as_array()
        .expect("contracts")
        .iter()
        .map(|contract| contract["files"].to_string())
        .collect();
    assert_eq!(files, ["[\"elm/master.md\",\"elm/parts/levels.md\"]", "[\"other.md\"]"]);
    // A part by itself brings its contract along; a file that is left out does not come back by name.
    let (part, _) = folder.findings(&["elm/parts/levels.md"]);
    assert!(has(&part, "elm/master.md:") && !has(&part, "sla-metrics"), "{part:?}");
    let named = folder.lint(&["check", "drafts/new.md"]);
    assert!(err(&named).contains("exclude"), "{}", err(&named));
    assert!(out(&named).contains("0 contracts"), "{}", out(&named));
}

#[test]
fn text_on_standard_input_has_the_settings_of_the_file_that_it_stands_for() {
    let folder = Folder::new(&[("near/clauselint.toml", "select = [\"exit-transition\"]\n")]);
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts/lakeside-support.md"),
    )
    .expect("the fixture can be read");
    let mut child = command(&["check", "--format", "concise", "--stdin-filename", "near/a.md", "-"])
        .current_dir(folder.0.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it reads").write_all(text.as_bytes()).expect("it takes the text");
    let output = child.wait_with_output().expect("it ends");
    let lines: Vec<String> = out(&output).lines().map(str::to_owned).collect();
    assert!(lines.len() == 1 && lines[0].starts_with("near/a.md:"), "{lines:?}");
}

#[test]
fn mistakes_in_settings_are_told_and_the_rest_is_used() {
    let folder = Folder::new(&[
        ("clauselint.toml", "profle = \"all\"\nselect = [\"exit-transition\", \"insurence\"]\n"),
        ("a.md", WEAK),
    ]);
    let output = folder.lint(&["check", "--format", "concise", "a.md"]);
    assert_eq!(code(&output), 2);
    let mistakes = err(&output);
    assert!(mistakes.contains("profle") && mistakes.contains("insurence"), "{mistakes}");
    assert!(out(&output).contains("missing-exit-transition"), "{}", out(&output));
    assert_eq!(
        mistakes.matches("insurence").count(),
        mistakes.lines().filter(|line| line.contains("insurence")).count()
    );
    assert_eq!(code(&run(&["schema", "config"])), 0);
}

#[test]
fn rules_are_listed_and_tested_by_the_configuration_that_is_named_or_by_none() {
    let folder = Folder::new(&[("other/house.toml", "rules = [\"rules\"]\n"), ("clauselint.toml", "")]);
    let rules = folder.0.path().join("other/rules");
    let made = folder.lint(&["rules", "new", "exit-transition", "--output", &rules.to_string_lossy()]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    fs::write(folder.0.path().join("clauselint.toml"), "rules = [\"other/rules\"]\n").expect("it is written");
    let tested = |arguments: &[&str]| out(&folder.lint(&[&["rules", "test"], arguments].concat()));
    assert!(tested(&[]).starts_with("1 rule, "), "{}", tested(&[]));
    assert_eq!(tested(&["--config", "other/house.toml"]), tested(&[]));
    assert!(tested(&["--no-config"]).starts_with(&out(&run(&["rules", "test"]))), "the built-in rules alone");
    let listed = folder.lint(&["rules", "list", "--no-config"]);
    assert_eq!(out(&listed), out(&run(&["rules", "list"])));
}
