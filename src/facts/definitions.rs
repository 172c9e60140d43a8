//! The terms that a contract defines and where it uses them: `"Fees" means ...`, `(the "Fees")`,
//! `Fees: ...` in a definitions clause, a table of terms. Says what is defined where and used
//! where; whether a term should have been defined or used is a question for `proofread`.

mod lexis;
mod scope;
mod sites;
#[cfg(test)]
mod tests;
mod text;
mod uses;

use std::ops::Range;

use crate::document::{BlockId, ClauseId, Document};
use crate::source::Span;
use crate::token::Reading;
use crate::token::words::Words;

/// How a definition is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `"Fees" means ...`, with or without marks.
    Means,
    /// `... (the "Fees")`, `... hereinafter called the "Fees"`.
    Bracket,
    /// `Fees: ...` or `"Fees" ...` in a definitions clause.
    Entry,
    /// A row of a table of terms.
    Row,
}

/// One place where a term is given its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The term as written, without quotes: "Service Credits".
    pub written: String,
    /// The term's words.
    pub span: Span,
    /// The term's words in bytes of the prose.
    pub text: Range<u32>,
    /// The text that says what it means, in bytes of the prose: for a bracket the sentence in front.
    pub meaning: Range<u32>,
    /// The block that it stands in.
    pub block: BlockId,
    /// The clause that it stands in.
    pub clause: ClauseId,
    /// How it is written.
    pub form: Form,
    /// Whether it only points to where the meaning stands ("has the meaning given in clause 3").
    pub refers: bool,
    /// Whether it holds for a part of the contract only ("for the purposes of this clause").
    pub local: bool,
    /// Which instrument of the file it belongs to, counted from 0: a schedule, and a form of
    /// agreement that is attached, define terms of their own.
    pub instrument: u32,
    /// The terms of one bracket or sentence that are names for one thing share this number.
    pub group: u32,
    /// The term that it defines, as an index into [`Definitions::terms`].
    pub term: usize,
}

/// A term with its definitions and uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term as its first definition writes it.
    pub name: String,
    /// Whether it is written without a capital ("control").
    pub lower: bool,
    /// Its definitions, as indices into [`Definitions::definitions`].
    pub definitions: Vec<usize>,
    /// Where it is used, definitions left out.
    pub uses: Vec<Use>,
}

/// How a use is written, beside its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// With the capitals of the term.
    Same,
    /// All in lower case.
    Lower,
    /// All in capitals.
    Caps,
    /// Some words with a capital and some without.
    Mixed,
}

/// One use of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The words, in bytes of the prose.
    pub text: Range<u32>,
    /// The block that it stands in.
    pub block: BlockId,
    /// How it is written.
    pub written: Written,
    /// Whether its number is not the term's ("Service Credit" for "Service Credits").
    pub plural: bool,
    /// Whether it is part of the name of a longer term ("Service Credit" in "Service Credit Cap").
    pub inner: bool,
    /// Whether it stands in a heading or a run-in title.
    pub heading: bool,
}

/// The defined terms of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definitions {
    /// The definitions in the order of the text.
    pub definitions: Vec<Definition>,
    /// The terms, in the order of their first definitions.
    pub terms: Vec<Term>,
    /// The clause that defines terms, if there is one.
    pub clause: Option<ClauseId>,
}

/// The definitions of a document and the uses of their terms. Linear in the text for a bounded
/// number of terms that begin with the same word.
#[must_use]
pub fn find(document: &Document, reading: &Reading, words: &Words) -> Definitions {
    let (definitions, clause) = sites::find(document);
    let mut found = Definitions { definitions, terms: Vec::new(), clause };
    uses::find(document, reading, words, &mut found);
    found
}

impl Definitions {
    /// The definitions of a term.
    pub fn of<'a>(&'a self, term: &'a Term) -> impl Iterator<Item = &'a Definition> {
        term.definitions.iter().map(|&at| &self.definitions[at])
    }
}
