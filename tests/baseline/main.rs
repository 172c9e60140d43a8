//! Baselines and `--changed-since` as a team uses them: with the program, in real repositories.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod changed;
mod folder;
#[path = "../program/mod.rs"]
mod program;

use std::fs;

use folder::{BASELINE, Folder, last_line};
use program::{code, err, out, run};

const QUAYSIDE: &str = include_str!("../../fixtures/baseline/quayside-msa.md");
const LAKESIDE: &str = include_str!("../../fixtures/contracts/lakeside-support.md");
const HARBOUR: &str = include_str!("../../fixtures/contracts/harbour-msa.md");

/// The clause that says the service level, with another figure.
fn weakened(text: &str) -> String {
    let weak = text.replace(
        "97.0% of each month, measured by the Supplier's monitoring tool and reported",
        "95.0% of each month, reported",
    );
    assert_ne!(weak, text);
    weak
}

fn two_contracts() -> Folder {
    Folder::new(&[("contracts/quayside.md", QUAYSIDE), ("contracts/lakeside.md", LAKESIDE)])
}

#[test]
fn known_findings_are_hidden_and_new_ones_fail() {
    let folder = two_contracts();
    let written = folder.run(&["baseline", "write", "contracts"]);
    assert_eq!(code(&written), 0);
    assert!(err(&written).starts_with("check does not go by it yet: write baseline ="), "{}", err(&written));
    assert_eq!(out(&written), "clauselint-baseline.jsonl: 72 known findings in 2 contracts\n");
    let (exit, line) = folder.check(&["contracts", "--fail-on", "note"]);
    assert_eq!(exit, 0, "{line}");
    assert!(line.ends_with(": no findings; 0 contracts clean; 72 known findings hidden"), "{line}");

    folder.write("contracts/quayside.md", &weakened(QUAYSIDE));
    let told = folder.told(&["contracts", "--baseline", BASELINE]);
    assert_eq!(told, ["contracts/quayside.md position-sla-metrics.target"]);
    assert_eq!(folder.check(&["contracts", "--fail-on", "note"]).0, 1);

    folder.write("contracts/new.md", LAKESIDE);
    let told = folder.told(&["contracts", "--baseline", BASELINE]);
    assert_eq!(told.iter().filter(|line| line.starts_with("contracts/new.md")).count(), 31);
    assert_eq!(folder.check(&["contracts"]).0, 1);
}

#[test]
fn paths_lead_from_the_folder_of_the_baseline_wherever_the_program_runs() {
    let folder = two_contracts();
    folder.write("ci/.keep", "");
    folder.run(&["baseline", "write", "contracts", "--output", "ci/known.jsonl"]);
    let written = folder.read("ci/known.jsonl");
    assert!(written.contains("{\"path\":\"../contracts/lakeside.md\",\"code\":"), "{written}");
    let mut elsewhere = folder.command(&["check", "../contracts", "--baseline", "known.jsonl"]);
    let output = elsewhere.current_dir(folder.path().join("ci")).output().expect("the program runs");
    assert_eq!((code(&output), err(&output)), (0, String::new()), "{}", out(&output));
    assert!(last_line(&output).contains(": no findings;"));
}

#[test]
fn a_baseline_that_is_there_is_not_overwritten_unless_forced() {
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    let before = folder.read(BASELINE);
    folder.remove("contracts/quayside.md");
    let again = folder.run(&["baseline", "write", "contracts"]);
    assert_eq!(code(&again), 2);
    insta::assert_snapshot!(err(&again), @r"
    error[usage]: clauselint-baseline.jsonl is there already, and is left as it is
     = help: clauselint baseline update takes out what is gone; --force writes the file anew
    ");
    assert_eq!(folder.read(BASELINE), before);
    let forced = folder.run(&["baseline", "write", "contracts", "--force"]);
    assert_eq!(out(&forced), "clauselint-baseline.jsonl: 31 known findings in 1 contract\n");
}

#[test]
fn an_update_takes_out_what_is_gone_and_new_findings_only_when_asked() {
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    let mended = weakened(QUAYSIDE).replace("thirty (45) days", "forty-five (45) days");
    folder.write("contracts/quayside.md", &mended);
    let (_, line) = folder.check(&["contracts"]);
    assert!(line.ends_with("; 70 known findings hidden, 1 gone (run clauselint baseline update)"), "{line}");
    let update = folder.run(&["baseline", "update", "contracts"]);
    assert_eq!((code(&update), err(&update)), (0, String::new()));
    insta::assert_snapshot!(out(&update), @r"
    gone: contracts/quayside.md: number-mismatch
    not taken in: 1 new finding (--accept-new takes them in)
    clauselint-baseline.jsonl: 71 known findings in 2 contracts
    ");
    // The figure that was known stays known, as it was.
    folder.write("contracts/quayside.md", &mended.replace("95.0%", "97.0%"));
    let (exit, line) = folder.check(&["contracts", "--fail-on", "note"]);
    assert_eq!(exit, 0, "{line}");
    assert!(line.ends_with("; 71 known findings hidden"), "{line}");

    folder.write("contracts/quayside.md", &mended);
    let update = folder.run(&["baseline", "update", "contracts", "--accept-new"]);
    insta::assert_snapshot!(out(&update), @r"
    taken in: 1 new finding
    clauselint-baseline.jsonl: 71 known findings in 2 contracts
    ");
    assert_eq!(folder.check(&["contracts", "--fail-on", "note"]).0, 0);
    let before = folder.read(BASELINE);
    folder.run(&["baseline", "update", "contracts"]);
    assert_eq!(folder.read(BASELINE), before);
}

#[test]
fn a_run_over_one_file_says_nothing_about_the_others() {
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    let (_, line) = folder.check(&["contracts/lakeside.md"]);
    assert!(line.ends_with("; 31 known findings hidden"), "{line}");
    let before = folder.read(BASELINE);
    folder.run(&["baseline", "update", "contracts/lakeside.md"]);
    assert_eq!(folder.read(BASELINE), before);
    // Neither when the other has been taken away, unless its folder was read as a whole.
    folder.remove("contracts/quayside.md");
    assert!(folder.check(&["contracts/lakeside.md"]).1.ends_with("; 31 known findings hidden"));
    assert!(folder.check(&["contracts"]).1.contains("; 31 known findings hidden, 41 gone"));
}

#[test]
fn a_contract_that_is_moved_and_numbered_anew_stays_known() {
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    folder.remove("contracts/quayside.md");
    let front = "## 1. Background\n\n1.1 The Customer moves freight.\n\n";
    let mut text = QUAYSIDE.to_owned();
    for number in (1..=8).rev() {
        text = text.replace(&format!("## {number}."), &format!("## {}.", number + 1));
        text = text.replace(&format!("\n{number}."), &format!("\n{}.", number + 1));
    }
    let text =
        text.replace("clauses 2.1", "clauses 3.1").replace("clause 3.1 is missed", "clause 4.1 is missed");
    folder.write(
        "contracts/freight/master.md",
        &text.replace("## 2. Definitions", &format!("{front}## 2. Definitions")),
    );
    let (exit, line) = folder.check(&["contracts", "--fail-on", "note"]);
    assert_eq!(exit, 0, "{line}");
    assert!(line.ends_with("; 72 known findings hidden"), "{line}");
    let update = folder.run(&["baseline", "update", "contracts"]);
    assert!(
        out(&update).starts_with("moved: contracts/quayside.md -> contracts/freight/master.md\n"),
        "{}",
        out(&update)
    );
    assert!(!folder.read(BASELINE).contains("quayside.md"));
}

#[test]
fn another_contract_on_the_same_form_takes_nothing_over() {
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    folder.remove("contracts/quayside.md");
    let other = QUAYSIDE.replace("Quayside Freight plc", "Torvale Foods plc");
    folder.write("contracts/torvale.md", &other);
    let (exit, line) = folder.check(&["contracts"]);
    assert_eq!(exit, 1);
    assert!(line.contains("; 31 known findings hidden, 41 gone"), "{line}");
}

#[test]
fn what_cannot_be_read_is_never_a_baseline() {
    let folder = two_contracts();
    let output = folder.run(&["baseline", "write", "contracts", "nowhere.md"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).ends_with("clauselint-baseline.jsonl is not written\n"), "{}", err(&output));
    assert!(!folder.path().join(BASELINE).exists());
    folder.run(&["baseline", "write", "contracts"]);
    let before = folder.read(BASELINE);
    assert_eq!(code(&folder.run(&["baseline", "update", "contracts", "nowhere.md"])), 2);
    assert_eq!(folder.read(BASELINE), before);
}

#[test]
fn a_baseline_with_mistakes_is_shown_and_nothing_else() {
    let folder = two_contracts();
    folder.write(
        BASELINE,
        "{\"clauselint\":\"baseline\",\"version\":1}\n{\"path\":\"a.md\",\"code\":\"missing-exit\"}\nok\n",
    );
    let output = folder.run(&["check", "contracts", "--baseline", BASELINE]);
    assert_eq!(code(&output), 2);
    insta::assert_snapshot!(format!("{}---\n{}", err(&output), out(&output)), @r#"
    error[baseline]: missing field `id`
      ┌─ clauselint-baseline.jsonl:2:1
      │
    2 │ {"path":"a.md","code":"missing-exit"}
      │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      │
      = help: take the line out, or write the file anew with clauselint baseline write --force

    error[baseline]: this line is no JSON: expected value
      ┌─ clauselint-baseline.jsonl:3:1
      │
    3 │ ok
      │ ^^
      │
      = help: take the line out, or write the file anew with clauselint baseline write --force

    ---
    0 contracts, 0 clauses read, 0 rules: no findings; 2 failures on standard error
    "#);
    let update = folder.run(&["baseline", "update", "contracts"]);
    assert_eq!(code(&update), 2);
    let output = folder.run(&["check", "contracts", "--baseline", "nowhere.jsonl"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).starts_with("error[baseline]: no such baseline: nowhere.jsonl\n"));
}

#[test]
fn every_line_fits_the_schema() {
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    let schema = serde_json::from_str(&out(&run(&["schema", "baseline"]))).expect("it is JSON");
    let valid = jsonschema::validator_for(&schema).expect("it is a schema");
    for line in folder.read(BASELINE).lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert!(valid.is_valid(&line), "{line}");
    }
    assert!(!valid.is_valid(&serde_json::json!({"path": "a.md", "code": "missing-exit"})));
}

#[test]
fn two_branches_that_take_in_other_contracts_merge() {
    let folder = Folder::repository(&[("a.md", LAKESIDE)]);
    folder.run(&["baseline", "write"]);
    folder.write(".gitattributes", "clauselint-baseline.jsonl merge=union\n");
    folder.commit();
    folder.git(&["checkout", "--quiet", "-b", "other"]);
    folder.write("b.md", QUAYSIDE);
    folder.run(&["baseline", "update", "--accept-new"]);
    folder.commit();
    folder.git(&["checkout", "--quiet", "main"]);
    folder.write("c.md", &QUAYSIDE.replace("Quayside Freight plc", "Torvale Foods plc"));
    folder.run(&["baseline", "update", "--accept-new"]);
    folder.commit();
    folder.git(&["merge", "--quiet", "--no-edit", "other"]);
    let (exit, line) = folder.check(&[".", "--fail-on", "note"]);
    assert_eq!(exit, 0, "{line}");
    assert!(line.ends_with("; 113 known findings hidden"), "{line}");
}

#[test]
#[cfg(unix)]
fn a_written_file_has_the_rights_of_any_file_and_a_link_stays_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = two_contracts();
    folder.run(&["baseline", "write", "contracts"]);
    folder.write("other", "");
    let mode = |path: &str| {
        fs::metadata(folder.path().join(path)).expect("it is there").permissions().mode() & 0o777
    };
    assert_eq!(mode(BASELINE), mode("other"));
    folder.rename(BASELINE, "kept.jsonl");
    std::os::unix::fs::symlink("kept.jsonl", folder.path().join(BASELINE)).expect("a link can be made");
    folder.write("contracts/quayside.md", &weakened(QUAYSIDE));
    folder.run(&["baseline", "update", "contracts", "--accept-new"]);
    let link = fs::symlink_metadata(folder.path().join(BASELINE)).expect("it is there");
    assert!(link.file_type().is_symlink());
    assert_eq!(folder.check(&["contracts"]).0, 0);
}
