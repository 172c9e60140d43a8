//! The rules that ship, a user's own, and broken ones: loaded, held to what a rule must have, and
//! tested by their own examples.

#![expect(clippy::expect_used, reason = "a test may stop where its fixture is not as it must be")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clauselint::finding::Finding;
use clauselint::rule::{RuleSet, SchemaName, Status, schema};
use clauselint::selftest;
use clauselint::source::Sources;

fn read(path: &str) -> (String, String) {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    (path.to_owned(), fs::read_to_string(full).expect("the fixture is there"))
}

/// Each finding with its place and the words that it underlines.
fn told(findings: &[Finding], sources: &Sources) -> String {
    let mut out = String::new();
    for finding in findings {
        let span = finding.anchor.span().expect("a mistake in a rule file has a place");
        let file = sources.get(span.file()).expect("the file was added");
        let at = file.position(span.start());
        let words: String = file.slice(span).chars().take(60).collect();
        let (severity, message) = (finding.severity, &finding.message);
        let _ = writeln!(out, "{}:{}:{}: {severity}: {message}", file.path, at.line, at.column);
        let _ = writeln!(out, "    {words:?} {}", finding.anchor_message);
        for note in finding.notes.iter().chain(&finding.help) {
            let _ = writeln!(out, "    = {note}");
        }
    }
    out
}

fn mistakes(paths: &[&str]) -> String {
    load(paths.iter().map(|path| read(path)).collect()).1
}

/// Loads a user's files over the built-in rules, and what is wrong with the user's files; with no
/// such file, what is wrong with the built-in ones.
fn load(files: Vec<(String, String)>) -> (RuleSet, String) {
    let paths: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let mut sources = Sources::new();
    let (rules, mut findings) = RuleSet::load(&mut sources, files);
    findings.retain(|finding| {
        let file = finding.anchor.span().and_then(|span| sources.get(span.file()));
        paths.is_empty() || file.is_some_and(|file| paths.contains(&file.path))
    });
    (rules, told(&findings, &sources))
}

fn failures(report: &selftest::SelfTest) -> String {
    let mut out = String::new();
    for trial in report.failures() {
        let (path, number, outcome) = (&trial.path, trial.number, trial.outcome);
        let (got, expected) = (trial.got.name(), trial.expected.name());
        let _ = writeln!(out, "{path} example {number}: {outcome:?}, {got} instead of {expected}");
        let _ = writeln!(out, "    lost {:?}; extra {:?} {:?}", trial.lost, trial.extra, trial.extra_words);
    }
    for trial in report.check_failures() {
        let _ = writeln!(out, "{} example {}: {:?}", trial.path, trial.number, trial.outcome);
        let _ = writeln!(out, "    lost {:?}; extra {:?}", trial.lost, trial.extra);
    }
    out
}

#[test]
fn built_in_rules_load_without_a_mistake() {
    assert_eq!(mistakes(&[]), "");
    assert!(!RuleSet::builtin().rules.is_empty());
}

#[test]
fn built_in_rules_say_what_people_need() {
    let mut lacking = String::new();
    for rule in &RuleSet::builtin().rules {
        let mut want = |there: bool, what: &str| {
            if !there {
                let _ = writeln!(lacking, "{} has no {what}", rule.path);
            }
        };
        want(!rule.summary.is_empty(), "summary");
        want(rule.why.split_whitespace().count() >= 15, "reason worth reading");
        want(rule.remedy.split_whitespace().count() >= 15, "remedy worth reading");
        // No law or guide asks for some of the wider clauses.
        want(rule.pack != "core" || !rule.references.is_empty(), "reference");
        want(rule.heading.is_some(), "heading pattern");
        let model = rule.model.as_deref().unwrap_or_default();
        want(model.contains('['), "model clause with placeholders");
        want(rule.elements.iter().all(|element| !element.advice.is_empty()), "advice on each element");
        for status in [Status::Strong, Status::Weak, Status::Missing] {
            let count = rule.examples.iter().filter(|example| example.status == status).count();
            let enough = if rule.pack == "core" || status != Status::Weak { 2 } else { 1 };
            want(count >= enough, &format!("{enough} {} examples", status.name()));
        }
    }
    assert_eq!(lacking, "");
}

#[test]
fn built_in_rules_and_checks_pass_their_own_examples() {
    let report = selftest::run(&RuleSet::builtin(), |_| true);
    assert_eq!(failures(&report), "");
    assert!(report.check_trials.len() >= 2 * report.checks && report.checks >= 21);
}

#[test]
fn a_users_rule_loads_beside_the_built_in_ones_and_passes_its_examples() {
    let (rules, wrong) = load(vec![read("fixtures/rules/step-in.toml")]);
    assert_eq!(wrong, "");
    assert_eq!(rules.rules.len(), RuleSet::builtin().rules.len() + 1);
    let report = selftest::run(&rules, |path| path.ends_with("/step-in.toml"));
    assert_eq!(report.trials.len(), 4);
    assert_eq!(failures(&report), "");
}

#[test]
fn a_users_rule_replaces_the_built_in_one_of_its_name() {
    let builtin = RuleSet::builtin();
    let name = &builtin.rules[0].id;
    let (_, text) = read("fixtures/rules/step-in.toml");
    let (rules, wrong) = load(vec![(format!("house/{name}.toml"), text)]);
    assert_eq!(wrong, "");
    assert_eq!(rules.rules.len(), builtin.rules.len());
    assert_eq!(rules.get(name).map(|rule| rule.title.as_str()), Some("Step-in"));
}

#[test]
fn each_mistake_in_a_rule_file_has_its_place_and_advice() {
    insta::assert_snapshot!("keys", mistakes(&["fixtures/rules-broken/keys.toml"]));
    insta::assert_snapshot!("patterns", mistakes(&["fixtures/rules-broken/patterns.toml"]));
    insta::assert_snapshot!("formulas", mistakes(&["fixtures/rules-broken/formulas.toml"]));
    insta::assert_snapshot!("toml", mistakes(&["fixtures/rules-broken/toml.toml"]));
    insta::assert_snapshot!("name", mistakes(&["fixtures/rules-broken/Step_In.toml"]));
    insta::assert_snapshot!("vocabulary", mistakes(&["fixtures/rules-broken/lists/vocabulary.toml"]));
}

#[test]
fn two_files_of_one_name_are_a_mistake_and_not_a_silent_choice() {
    let (path, text) = read("fixtures/rules/step-in.toml");
    let (rules, wrong) = load(vec![(path, text.clone()), ("b/step-in.toml".to_owned(), text)]);
    assert!(wrong.starts_with("b/step-in.toml:1:1: error: two rule files are called step-in"), "{wrong}");
    assert!(rules.get("step-in").is_some());
}

#[test]
fn the_schema_accepts_what_the_loader_accepts() {
    let validator = jsonschema::validator_for(&schema(SchemaName::Rule)).expect("the schema is one");
    let (_, text) = read("fixtures/rules/step-in.toml");
    let value: serde_json::Value = toml::from_str(&text).expect("the fixture is TOML");
    assert!(validator.is_valid(&value));
    let (_, text) = read("fixtures/rules-broken/keys.toml");
    let value: serde_json::Value = toml::from_str(&text).expect("the fixture is TOML");
    assert!(!validator.is_valid(&value));
}
