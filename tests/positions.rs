//! Positions: the tier that a contract's figure meets, what was read, and what to propose.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const OPENING: &str = "# Services Agreement\n\nThis Services Agreement is made between Marlow Foods Ltd (the \"Customer\") \
                       and Tern Hosting Ltd (the \"Supplier\"). The Supplier shall perform the Services and the Customer \
                       shall pay for them.\n\n";

fn run(arguments: &[&str], text: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clauselint"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("standard input is a pipe").write_all(text.as_bytes()).expect("it reads");
    child.wait_with_output().expect("the program ends")
}

/// The findings on positions in a contract with this clause, as level, code and headline.
fn told(clause: &str) -> Vec<String> {
    let text = format!("{OPENING}{clause}");
    let rules = ["check", "--rules", "fixtures/positions", "--format", "json", "-"];
    let output = run(&rules, &text);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let all = report["findings"].as_array().expect("findings").clone();
    let ours = all
        .iter()
        .filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with("position-")));
    ours.map(|one| format!("{}[{}]: {}", text(&one["level"]), text(&one["code"]), text(&one["message"])))
        .collect()
}

#[test]
fn a_figure_meets_one_of_three_tiers() {
    let incident = |time: &str| told(&format!("1. The Supplier shall report every incident {time}.\n"));
    assert!(incident("within 24 hours").is_empty());
    assert!(incident("within one day").is_empty());
    assert_eq!(
        incident("within two (2) days"),
        [
            "note[position-tell-of-incidents.clock]: time to tell of an incident of two (2) days meets the fallback \
          only, preferred at most 24 hours"
        ]
    );
    assert_eq!(
        incident("within five days"),
        [
            "warning[position-tell-of-incidents.clock]: time to tell of an incident of five days is not acceptable: \
          fallback at most 72 hours, preferred at most 24 hours"
        ]
    );
    assert!(incident("without delay").is_empty(), "where no figure stands there is none to judge");
}

#[test]
fn the_best_figure_counts_and_only_one_on_the_matter() {
    let best = "1. The Supplier shall report every incident within 20 hours, and on each incident again within 9 days.\n";
    assert!(told(best).is_empty(), "{:?}", told(best));
    let other = "1. The Supplier shall report every incident.\n\n   It shall send invoices within 9 days.\n";
    assert!(told(other).is_empty(), "{:?}", told(other));
}

#[test]
fn built_in_positions_read_availability_and_the_exit_period() {
    let levels = |percent: &str| {
        told(&format!(
            "## 3. Service levels\n\n3.1 The Supplier shall keep the Platform available {percent}% of the time in each month.\n"
        ))
    };
    assert!(levels("99.95").is_empty());
    assert_eq!(
        levels("99.5"),
        [
            "note[position-sla-metrics.target]: availability of 99.5% meets the fallback only, preferred at least 99.9%"
        ]
    );
    assert_eq!(levels("98").len(), 1);
    let exit = |period: &str| {
        told(&format!(
            "## 9. Exit\n\n9.1 On termination the Supplier shall assist in the transfer of the Services to a successor for a \
             period of {period}.\n\n9.2 The Supplier shall return all Customer Data within 30 days after termination.\n"
        ))
    };
    assert!(exit("twelve months").is_empty() && exit("one year").is_empty());
    assert_eq!(
        exit("180 days"),
        [
            "note[position-exit-transition.period]: exit period of 180 days meets the fallback only, preferred at least 12 months"
        ]
    );
    assert!(exit("three months")[0].contains("three months is not acceptable"), "{:?}", exit("three months"));
}

#[test]
fn a_finding_shows_what_was_read_and_proposes_a_fallback() {
    let text = format!("{OPENING}1. The Supplier shall report every incident within five days.\n");
    let output = run(&["check", "--rules", "fixtures/positions", "-"], &text);
    let shown = String::from_utf8(output.stdout).expect("it is UTF-8");
    let finding = shown.split("\n\n").find(|part| part.contains("[position-")).expect("there is a finding");
    insta::assert_snapshot!("not_acceptable", finding);
    let page = run(&["explain", "--rules", "fixtures/positions", "tell-of-incidents"], "");
    let page = String::from_utf8(page.stdout).expect("it is UTF-8");
    assert!(
        page.contains("asked:   time to tell of an incident at most 24 hours, fallback at most 72 hours"),
        "{page}"
    );
}

#[test]
fn coverage_says_which_tier_a_figure_meets() {
    let text = format!("{OPENING}1. The Supplier shall report every incident within two (2) days.\n");
    let table = run(&["coverage", "--rules", "fixtures/positions", "-"], &text);
    let table = String::from_utf8(table.stdout).expect("it is UTF-8");
    let line = "  time to tell of an incident: two (2) days in 1: the fallback, preferred at most 24 hours\n";
    assert!(table.contains(line), "{table}");
    let json = run(&["coverage", "--rules", "fixtures/positions", "--format", "json", "-"], &text);
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("it is JSON");
    let schema: serde_json::Value =
        serde_json::from_slice(&run(&["schema", "coverage"], "").stdout).expect("it is JSON");
    assert!(jsonschema::validator_for(&schema).expect("the schema is one").is_valid(&report));
    let clauses = report["contracts"][0]["clauses"].as_array().expect("clauses").clone();
    let clause =
        clauses.iter().find(|clause| clause["id"] == "tell-of-incidents").expect("the clause is there");
    let figure = &clause["elements"][1]["figure"];
    assert_eq!((&figure["tier"], &figure["text"]), (&"fallback".into(), &"two (2) days".into()));
}

#[test]
fn a_position_with_a_mistake_is_told_with_its_place() {
    let output = run(&["rules", "list", "--rules", "fixtures/positions-broken"], "");
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("mistakes", String::from_utf8(output.stderr).expect("it is UTF-8"));
}
