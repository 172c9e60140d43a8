//! (Document, Facts, RuleSet) -> Coverage: which clauses the contract holds, how strong each is,
//! and the proof of every verdict. Levels, wording of findings and files live further on.

use crate::document::ClauseId;
use crate::facts::Paper;
use crate::facts::Parties;
pub use crate::rule::Status;
use crate::source::{FileId, Span};

/// What one contract says on each clause of a rule set.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The file.
    pub file: FileId,
    /// What kind of paper it is.
    pub paper: Paper,
    /// Its parties.
    pub parties: Parties,
    /// How many clauses of the contract were read.
    pub clauses_read: usize,
    /// One assessment a rule, in the order of the rule set.
    pub assessments: Vec<Assessment>,
}

/// The verdict on one clause.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The rule's id: `exit-transition`.
    pub clause: String,
    /// The verdict.
    pub status: Status,
    /// The clause of the contract that carries most of the evidence; none when missing.
    pub home: Option<Place>,
    /// The elements, in the order of the rule.
    pub elements: Vec<ElementResult>,
    /// Wording that empties a duty: which soft pattern, where.
    pub soft: Vec<SoftHit>,
    /// For a missing clause: the closest text and what it lacks, and where a clause would go.
    pub nearest: Option<NearMiss>,
    /// Where a missing clause would go in: an empty span.
    pub insert_at: Span,
}

/// A clause of the contract with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The clause in the document.
    pub clause: ClauseId,
    /// Its title line or first words.
    pub head: Span,
    /// As a reader cites it: "12.3(b)"; empty when nothing is labelled.
    pub citation: String,
}

/// Whether an element is there, with the proof.
#[derive(Clone, Debug)]
pub struct ElementResult {
    /// The element's id: `assistance`.
    pub id: String,
    /// Whether it is there.
    pub present: bool,
    /// The best places that show it, best first; empty when it is not there.
    pub evidence: Vec<Evidence>,
    /// Whether all the evidence stands under wording that empties it.
    pub soft: bool,
    /// When it is not there: the closest text.
    pub nearest: Option<NearMiss>,
}

/// Words that show an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The words.
    pub span: Span,
    /// The clause that they stand in, as a reader cites it.
    pub citation: String,
}

/// Text that comes close and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The text.
    pub span: Span,
    /// The clause that it stands in, as a reader cites it.
    pub citation: String,
    /// What it lacks: "nothing here binds the supplier"; lower case, no full stop.
    pub lacks: String,
}

/// Wording that empties a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoftHit {
    /// The soft pattern's name in the rule.
    pub name: String,
    /// The words.
    pub span: Span,
    /// Why they empty the duty.
    pub message: String,
}
