//! Contracts of several files: what a schedule says counts for the master, findings stand where the
//! words are, and files that are not bound to each other stay apart.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::Path;

use program::{code, err, out, run};
use serde_json::Value;

/// The contracts of a coverage report.
fn contracts(arguments: &[&str]) -> Vec<Value> {
    let mut all = vec!["coverage", "--format", "json"];
    all.extend(arguments);
    let report: Value = serde_json::from_str(&out(&run(&all))).expect("the report is JSON");
    report["contracts"].as_array().expect("it lists contracts").clone()
}

fn status<'a>(contract: &'a Value, clause: &str) -> &'a str {
    let clauses = contract["clauses"].as_array().expect("it lists clauses");
    let found = clauses.iter().find(|of| of["id"] == clause).expect("the clause is in the catalogue");
    found["status"].as_str().expect("it has a status")
}

#[test]
fn what_linked_schedules_say_counts_for_the_master() {
    for named in ["fixtures/sets/kestrel", "fixtures/sets/kestrel/agreement.md"] {
        let contracts = contracts(&[named]);
        assert_eq!(contracts.len(), 1, "{named} is one contract");
        let contract = &contracts[0];
        assert_eq!(contract["path"], "fixtures/sets/kestrel/agreement.md");
        assert_eq!(
            contract["files"],
            serde_json::json!([
                "fixtures/sets/kestrel/agreement.md",
                "fixtures/sets/kestrel/schedules/service-levels.md",
                "fixtures/sets/kestrel/schedules/leaving.md"
            ])
        );
        assert_eq!(status(contract, "sla-metrics"), "strong");
        assert_eq!(status(contract, "exit-transition"), "strong");
        assert_eq!(status(contract, "dispute-resolution"), "strong");
        assert_eq!(status(contract, "ip-licensing"), "missing");
    }
}

#[test]
fn evidence_names_the_file_that_it_stands_in() {
    let contracts = contracts(&["fixtures/sets/kestrel"]);
    let clauses = contracts[0]["clauses"].as_array().expect("it lists clauses");
    let levels = clauses.iter().find(|of| of["id"] == "sla-metrics").expect("it is in the catalogue");
    let evidence = &levels["elements"][0]["evidence"][0];
    assert_eq!(evidence["path"], "fixtures/sets/kestrel/schedules/service-levels.md");
    assert_eq!(evidence["citation"], "1 of service-levels.md");
}

#[test]
fn the_front_matter_may_list_the_schedules() {
    let contracts = contracts(&["fixtures/sets/orrery/frame.md"]);
    assert_eq!(contracts.len(), 1);
    assert_eq!(status(&contracts[0], "sla-metrics"), "strong");
}

#[test]
fn files_that_nothing_binds_stay_apart() {
    let contracts = contracts(&["fixtures/sets/apart"]);
    let paths: Vec<&str> = contracts.iter().filter_map(|of| of["path"].as_str()).collect();
    assert_eq!(paths, ["fixtures/sets/apart/one.md", "fixtures/sets/apart/two.md"]);
    assert_eq!(status(&contracts[0], "exit-transition"), "missing");
    assert_ne!(status(&contracts[1], "exit-transition"), "missing");
}

#[test]
fn a_report_shows_findings_in_their_own_files_and_counts_one_contract() {
    let output = run(&["check", "fixtures/sets/kestrel"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    insta::assert_snapshot!("kestrel", out(&output));
}

#[test]
fn a_file_that_the_front_matter_names_in_vain_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let master = folder.path().join("master.md");
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sets/orrery/frame.md"))
            .expect("the fixture can be read");
    fs::write(folder.path().join("secret.txt"), "Not for reports.").expect("it can be written");
    // What is not there, what lies outside and what is no Markdown: the text may be the other side's.
    for named in ["absent.md", "../levels.md", "secret.txt"] {
        fs::write(&master, text.replace("levels.md", named)).expect("it can be written");
        let output = run(&["check", master.to_str().expect("the path is UTF-8")]);
        assert_eq!(code(&output), 2);
        let told = format!(
            "the front matter names {named}, and there is no such Markdown file beside this one or below"
        );
        assert!(err(&output).contains(&told), "{}", err(&output));
        assert!(!out(&output).contains("Not for reports"), "{}", out(&output));
    }
}
