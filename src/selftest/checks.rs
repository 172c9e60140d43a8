//! Runs the examples of proofreading checks: the words that a check points at must be those that
//! the example names, in order.

use super::Outcome;
use crate::assess::{self, Workspace};
use crate::facts::Given;
use crate::finding::Severity;
use crate::proofread::{Proof, proofread};
use crate::rule::{Check, CheckExample, RuleSet};
use crate::source::{FileId, SourceFile, Span};

/// One example of a check and how it came out.
#[derive(Clone, Debug)]
pub struct CheckTrial {
    /// The check's id.
    pub check: String,
    /// The check's file.
    pub path: String,
    /// Which example of the check, counted from 1.
    pub number: usize,
    /// Where the example stands in the check's file.
    pub place: Span,
    /// Words that the example names and the check does not point at.
    pub lost: Vec<String>,
    /// Words that the check points at and the example does not name.
    pub extra: Vec<String>,
    /// How it came out: noisy with extra words only, missed with lost words only, elsewhere with
    /// both or in another order.
    pub outcome: Outcome,
}

/// Runs the examples of one check.
pub(super) fn trials(check: &Check, rules: &RuleSet, workspace: &mut Workspace) -> Vec<CheckTrial> {
    // A level of "off" silences the findings of contracts; the examples still tell what is found.
    let loud = Check { level: Some(check.level.unwrap_or(Severity::Warning)), ..check.clone() };
    let numbered = check.examples.iter().zip(1..);
    numbered.map(|(example, number)| trial(&loud, number, example, rules, workspace)).collect()
}

fn trial(
    check: &Check,
    number: usize,
    example: &CheckExample,
    rules: &RuleSet,
    workspace: &mut Workspace,
) -> CheckTrial {
    let got = found(check, &example.text, rules, workspace);
    let lost = without(&example.found, &got);
    let extra = without(&got, &example.found);
    let outcome = match (lost.is_empty(), extra.is_empty()) {
        (true, true) if got == example.found => Outcome::AsExpected,
        (true, false) => Outcome::Noisy,
        (false, true) => Outcome::Missed,
        _ => Outcome::Elsewhere,
    };
    CheckTrial {
        check: check.id.clone(),
        path: check.path.clone(),
        number,
        place: example.place,
        lost,
        extra,
        outcome,
    }
}

/// The words that a check points at in a text, in order.
fn found(check: &Check, text: &str, rules: &RuleSet, workspace: &mut Workspace) -> Vec<String> {
    let source = SourceFile::new(FileId::default(), "example.md", text);
    let read = assess::read(&source, &Given::default(), rules, workspace);
    let proof = Proof::new(&source, &read.document, &read.reading, &workspace.words, &read.facts)
        .with_catalogue(read.coverage.homes(&read.document));
    let findings = proofread(&proof, std::slice::from_ref(check));
    let spans = findings.iter().filter_map(|finding| finding.anchor.span());
    spans.map(|span| source.slice(span).to_owned()).collect()
}

/// What `words` holds beyond `others`; a word that stands there twice counts twice.
fn without(words: &[String], others: &[String]) -> Vec<String> {
    let mut beyond = words.to_vec();
    for other in others {
        if let Some(at) = beyond.iter().position(|word| word == other) {
            beyond.remove(at);
        }
    }
    beyond
}
