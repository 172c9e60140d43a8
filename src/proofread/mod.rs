//! Slips that a careful reader finds without knowing the law: a reference to a clause that is not
//! there, a figure that its words contradict, a blank left open.
//!
//! Each check is a file here and a file of data in `clause-rules/proofread/` with its level, its
//! reasons and its examples. A check finds slips; what they are called and how loud they are is
//! data. Clauses that are missing or weak are `assess`'s business.

mod broken_reference;
mod conflict;
mod labels;
mod one_sided;
mod sentences;
mod sla_arithmetic;
#[cfg(test)]
mod tests;
mod unit_conflict;

use crate::document::Document;
use crate::facts::Facts;
use crate::facts::references::{self, Reference};
use crate::finding::{Anchor, Code, Finding, Fingerprint};
use crate::rule::Check;
use crate::source::{SourceFile, Span};
use crate::token::Reading;
use crate::token::fold::Words;

use labels::Labels;

/// One contract laid out for the checks.
pub struct Proof<'a> {
    /// The text that it was read from.
    pub source: &'a SourceFile,
    /// The tree of clauses.
    pub document: &'a Document,
    /// The words in reading order.
    pub reading: &'a Reading,
    /// The words by number.
    pub words: &'a Words,
    /// What the contract says of itself.
    pub facts: &'a Facts,
    references: Vec<Reference>,
    labels: Labels,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The words that are wrong.
    pub span: Span,
    /// The headline: stands alone, lower case, no full stop.
    pub message: String,
    /// What to see at the words.
    pub label: String,
    /// The other places that it concerns, with what to see there.
    pub others: Vec<(Span, String)>,
    /// What to write.
    pub help: String,
}

/// Finds the slips of one kind, in the order of the text.
type Find = fn(&Proof<'_>) -> Vec<Slip>;

/// The checks by id.
const CHECKS: [(&str, Find); 5] = [
    ("broken-reference", broken_reference::find),
    ("conflict", conflict::find),
    ("one-sided", one_sided::find),
    ("sla-arithmetic", sla_arithmetic::find),
    ("unit-conflict", unit_conflict::find),
];

impl<'a> Proof<'a> {
    /// Lays a contract out.
    #[must_use]
    pub fn new(
        source: &'a SourceFile,
        document: &'a Document,
        reading: &'a Reading,
        words: &'a Words,
        facts: &'a Facts,
    ) -> Self {
        let (references, labels) = (references::find(document), Labels::find(document));
        Self { source, document, reading, words, facts, references, labels }
    }
}

/// The findings of the checks on one contract.
#[must_use]
pub fn proofread(proof: &Proof<'_>, checks: &[Check]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in checks {
        let Some(level) = check.level else { continue };
        let Some((_, find)) = CHECKS.iter().find(|(id, _)| *id == check.id) else { continue };
        for slip in find(proof) {
            let code = Code::Slip(check.id.clone());
            let mut finding = Finding::new(code, level, slip.message, Anchor::Span(slip.span)).at(slip.label);
            for (span, message) in slip.others {
                finding = finding.label(span, message);
            }
            if !slip.help.is_empty() {
                finding = finding.help(slip.help);
            }
            let words = proof.source.slice(slip.span);
            finding.fingerprint = Fingerprint::of(&[&check.id, words, &finding.message]);
            findings.push(finding);
        }
    }
    findings
}

/// Whether a check of this id exists.
#[must_use]
pub fn is_known(id: &str) -> bool {
    CHECKS.iter().any(|(known, _)| *known == id)
}
