//! What the contract says, typed and cited: who the parties are and which of them is customer and
//! which supplier, and what kind of paper this is and in which language. Queries only; nothing here knows a rule.

pub mod dates;
pub mod definitions;
mod language;
pub mod paper;
pub mod parties;
pub mod references;
pub(crate) mod sought;

pub use paper::{Paper, PaperKind};
pub use parties::{Parties, Party, Role};

use crate::document::Document;
use crate::token::Reading;

/// The facts of one contract.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Who contracts with whom, and in which role.
    pub parties: Parties,
    /// What kind of paper it is, and why it was taken for that.
    pub paper: Paper,
    /// Whether it is in English, the language that the rules read; a very short text counts as such.
    pub english: bool,
}

/// What the user says about a contract, which the text cannot overrule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Names of the customer.
    pub customer: Vec<String>,
    /// Names of the supplier.
    pub supplier: Vec<String>,
}

impl Facts {
    /// Works out the facts of a document from its tokens, its front matter and what the user said.
    #[must_use]
    pub fn find(document: &Document, reading: &Reading, given: &Given) -> Self {
        let parties = parties::find(document, reading, given);
        let paper = paper::find(document, reading, &parties);
        Self { parties, paper, english: language::is_english(document, reading) }
    }
}
