//! Slips that a careful reader finds without knowing the law: a reference to a clause that is not
//! there, a figure that its words contradict, a blank left open.
//!
//! Each check is a file here and a file of data in `clause-rules/proofread/` with its level, its
//! reasons and its examples. A check finds slips; what they are called and how loud they are is
//! data. Clauses that are missing or weak are `assess`'s business.

mod broken_reference;
mod circular_definition;
mod conflict;
mod date_order;
mod double_definition;
mod duplicate_heading;
mod identity;
mod impossible_date;
mod inconsistent_term;
mod labels;
mod links;
mod list_order;
mod lost;
mod missing_schedule;
mod missing_signature_block;
mod misspelt;
mod names;
mod number_mismatch;
mod numbering;
mod one_sided;
mod party_name_drift;
mod placeholder;
mod sentences;
mod siblings;
mod sla_arithmetic;
#[cfg(test)]
mod tests;
mod unbalanced;
mod undefined_term;
mod unit_conflict;
mod unused_definition;
mod weak_modal;

use std::cell::OnceCell;

use crate::document::{ClauseId, Document};
use crate::facts::Facts;
use crate::facts::dates::{self, NamedDay};
use crate::facts::definitions::{self, Definitions};
use crate::facts::references::{self, Reference};
use crate::finding::{Anchor, Code, Finding, Fix, Severity};
use crate::rule::Check;
use crate::rule::spelling::{join, nearest};
use crate::source::{SourceFile, Span};
use crate::token::Reading;
use crate::token::words::{WordId, Words};

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
    definitions: Definitions,
    references: Vec<Reference>,
    labels: Labels,
    days: Vec<NamedDay>,
    catalogue: Vec<ClauseId>,
    /// The links to files that are not there, by their places.
    lost_links: Vec<Span>,
    distinct: Vec<Distinct>,
    /// The folded words, by number, that stand somewhere without a capital: the others are names.
    common: Vec<bool>,
    /// Where sentences begin that give a period of notice; found when first asked for.
    notices: OnceCell<Vec<u32>>,
}

/// A written form of a word with its place in the contract.
#[derive(Clone, Copy, Debug)]
struct Distinct {
    word: WordId,
    /// How often it stands there.
    count: u32,
    /// The token at which it stands first.
    first: u32,
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
    /// A change that would settle it.
    pub fix: Option<Fix>,
}

/// Finds the slips of one kind, in the order of the text.
type Find = fn(&Proof<'_>) -> Vec<Slip>;

/// The checks by id.
const CHECKS: [(&str, Find); 22] = [
    ("broken-reference", broken_reference::find),
    ("circular-definition", circular_definition::find),
    ("conflict", conflict::find),
    ("date-order", date_order::find),
    ("double-definition", double_definition::find),
    ("duplicate-heading", duplicate_heading::find),
    ("impossible-date", impossible_date::find),
    ("inconsistent-term", inconsistent_term::find),
    ("list-order", list_order::find),
    ("missing-schedule", missing_schedule::find),
    ("missing-signature-block", missing_signature_block::find),
    ("number-mismatch", number_mismatch::find),
    ("numbering", numbering::find),
    ("one-sided", one_sided::find),
    ("party-name-drift", party_name_drift::find),
    ("placeholder", placeholder::find),
    ("sla-arithmetic", sla_arithmetic::find),
    ("unbalanced", unbalanced::find),
    ("undefined-term", undefined_term::find),
    ("unit-conflict", unit_conflict::find),
    ("unused-definition", unused_definition::find),
    ("weak-modal", weak_modal::find),
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
        let days = dates::find(document);
        let definitions = definitions::find(document, reading, words);
        let distinct = distinct(reading, words);
        Self {
            source,
            document,
            reading,
            words,
            facts,
            definitions,
            references,
            labels,
            days,
            catalogue: Vec::new(),
            lost_links: Vec::new(),
            common: common(&distinct, words),
            distinct,
            notices: OnceCell::new(),
        }
    }

    /// Names the clauses of the contract that hold what the catalogue asks for; without them nothing is
    /// said of the wording of duties.
    #[must_use]
    pub fn with_catalogue(mut self, clauses: impl IntoIterator<Item = ClauseId>) -> Self {
        self.catalogue = clauses.into_iter().collect();
        self.catalogue.sort_unstable();
        self.catalogue.dedup();
        self
    }

    /// Names the links of the contract that lead to files which are not there; without them nothing is said
    /// of links to files.
    #[must_use]
    pub fn with_lost_links(mut self, links: Vec<Span>) -> Self {
        self.lost_links = links;
        self
    }

    /// Whether a folded word stands somewhere without a capital.
    fn is_common(&self, folded: &str) -> bool {
        self.words.fold_number(folded).is_some_and(|number| self.common[number as usize])
    }

    /// Whether the paper changes another one, where its terms are defined and used.
    fn amends(&self) -> bool {
        const HEAD: usize = 600;
        let text = &self.document.prose.text;
        let end = (0..=HEAD.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let head = text[..end].to_lowercase();
        head.match_indices("amend").any(|(at, _)| {
            let word = head[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            matches!(word, "amendment" | "amend" | "amending")
        })
    }
}

/// The distinct words of a contract in the order of their first places: it repeats few of them very
/// often.
fn distinct(reading: &Reading, words: &Words) -> Vec<Distinct> {
    let mut place_of = vec![u32::MAX; words.len()];
    let mut distinct: Vec<Distinct> = Vec::new();
    for (first, token) in (0..).zip(&reading.tokens) {
        let place = &mut place_of[token.word().0 as usize];
        if let Some(known) = distinct.get_mut(*place as usize) {
            known.count += 1;
        } else {
            *place = u32::try_from(distinct.len()).unwrap_or(u32::MAX);
            distinct.push(Distinct { word: token.word(), count: 1, first });
        }
    }
    distinct
}

/// Whether a folded word is written without a capital somewhere, by its number.
fn common(distinct: &[Distinct], words: &Words) -> Vec<bool> {
    let mut common = vec![false; words.len()];
    for form in distinct.iter().map(|one| words.form(one.word)).filter(|form| form.small) {
        common[form.fold as usize] = true;
    }
    common
}

/// The findings of the checks on a contract, given by its files, the master's first.
#[must_use]
pub fn proofread_files(proofs: &[Proof<'_>], checks: &[Check]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, proof) in proofs.iter().enumerate() {
        let others: Vec<&Proof<'_>> =
            proofs.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, proof)| proof).collect();
        findings.extend(of_file(proof, checks, |check, slip| {
            !others.is_empty() && siblings::settle(check, slip, proof, &others, at == 0)
        }));
    }
    findings
}

/// The findings of the checks on a contract of one file.
#[must_use]
pub fn proofread(proof: &Proof<'_>, checks: &[Check]) -> Vec<Finding> {
    of_file(proof, checks, |_, _| false)
}

/// The findings on one file without those that are settled elsewhere.
fn of_file(proof: &Proof<'_>, checks: &[Check], is_settled: impl Fn(&str, &Slip) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let blocks = identity::Blocks::new(proof.document);
    for check in checks {
        let Some(level) = check.level else { continue };
        let Some((_, find)) = CHECKS.iter().find(|(id, _)| *id == check.id) else { continue };
        for slip in find(proof).into_iter().filter(|slip| !is_settled(&check.id, slip)) {
            let code = Code::Slip(check.id.clone());
            let mut finding = Finding::new(code, level, slip.message, Anchor::Span(slip.span)).at(slip.label);
            for (span, message) in slip.others {
                finding = finding.label(span, message);
            }
            if !slip.help.is_empty() {
                finding = finding.help(slip.help);
            }
            finding.fix = slip.fix;
            finding.fingerprint = identity::of(&check.id, slip.span, proof, &blocks);
            findings.push(finding);
        }
    }
    findings
}

/// Data of checks for which there is no code: it would be left aside in silence.
#[must_use]
pub fn without_code(checks: &[Check]) -> Vec<Finding> {
    let known = |id: &str| CHECKS.iter().any(|(known, _)| *known == id);
    let strange = checks.iter().filter(|check| !known(&check.id));
    strange
        .map(|check| {
            let message = format!("no proofreading check is called {}", check.id);
            let finding = Finding::new(Code::RuleFile, Severity::Error, message, Anchor::Span(check.place));
            let ids: Vec<&str> = CHECKS.iter().map(|(id, _)| *id).collect();
            finding.help(match nearest(&check.id, ids.iter().copied()) {
                Some(near) => format!("did you mean {near}? the file's name is the check's id"),
                None => format!("the file's name is the check's id; the checks are {}", join(&ids, "and")),
            })
        })
        .collect()
}
