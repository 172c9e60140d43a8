//! The examples of the checks come out as they say.

use super::*;
use crate::assess::{self, Workspace};
use crate::facts::Given;
use crate::rule::RuleSet;
use crate::source::FileId;

/// The words that a check finds in a text.
fn found(check: &Check, text: &str, rules: &RuleSet) -> Vec<String> {
    let source = SourceFile::new(FileId::default(), "example.md", text);
    let mut work = Workspace::default();
    let read = assess::read(&source, &Given::default(), rules, &mut work);
    let proof = Proof::new(&source, &read.document, &read.reading, &work.words, &read.facts)
        .with_catalogue(read.coverage.homes(&read.document));
    let findings = proofread(&proof, std::slice::from_ref(check));
    findings
        .iter()
        .filter_map(|finding| finding.anchor.span())
        .map(|span| source.slice(span).to_owned())
        .collect()
}

#[test]
fn examples_come_out_as_they_say() {
    let rules = RuleSet::builtin();
    let mut wrong = Vec::new();
    for check in &rules.checks {
        for example in &check.examples {
            let got = found(check, &example.text, &rules);
            if got != example.found {
                wrong.push(format!(
                    "{}: found {got:?}, not {:?} in\n{}",
                    check.id, example.found, example.text
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_check_has_data_and_examples_of_both_kinds() {
    let rules = RuleSet::builtin();
    for (id, _) in CHECKS {
        let check = rules.checks.iter().find(|check| check.id == id);
        let check = check.unwrap_or_else(|| panic!("clause-rules/proofread/{id}.toml lacks"));
        assert!(check.examples.iter().any(|example| example.found.is_empty()), "{id} has no clean example");
        assert!(
            check.examples.iter().any(|example| !example.found.is_empty()),
            "{id} has no example of a slip"
        );
        assert!(!check.why.is_empty() && !check.remedy.is_empty(), "{id} gives no reason");
    }
    assert_eq!(without_code(&rules.checks), []);
}
