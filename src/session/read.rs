//! Reading one contract: text -> document -> words and facts. Everything that a question about a
//! contract needs, worked out once.

use crate::document::{self, Document};
use crate::facts::{Facts, Given};
use crate::source::{SourceFile, Span};
use crate::token::Reading;
use crate::token::words::Words;

/// One contract as it was read.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The clauses and their text.
    pub document: Document,
    /// The words in reading order.
    pub reading: Reading,
    /// Parties and kind of paper.
    pub facts: Facts,
}

impl Contract {
    /// Reads a file. `words` grows with it and must stay with the worker.
    #[must_use]
    pub fn read(source: &SourceFile, words: &mut Words, given: &Given) -> Self {
        let document = document::parse(source);
        let reading = Reading::new(&document, words);
        let facts = Facts::find(&document, &reading, given);
        Self { document, reading, facts }
    }

    /// The files that the front matter lists as parts of this contract, as written.
    pub fn schedules_in_front(&self) -> impl Iterator<Item = &str> {
        const KEY: &str = "clauselint.schedules";
        let listed = self.document.front_matter.as_ref().and_then(|front| front.get(KEY));
        listed.into_iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty())
    }

    /// The source of the tokens `start..end`. When they run from a lead-in into the item that it
    /// leads into, only the item's own words are taken: the text between is not part of the match.
    #[must_use]
    pub fn source_of(&self, start: u32, end: u32) -> Option<Span> {
        let last = end.checked_sub(1)?;
        let unit = self.reading.units.get(self.reading.unit_of(last))?;
        let first_own = if start < unit.own && last >= unit.own { unit.own } else { start };
        let last_own = if first_own < unit.own_end && last >= unit.own_end { unit.own_end - 1 } else { last };
        let from = self.reading.place(*self.reading.tokens.get(first_own as usize)?);
        let to = self.reading.place(*self.reading.tokens.get(last_own as usize)?);
        Some(self.document.source(from.start.min(to.start)..from.end.max(to.end)))
    }
}
