//! The reading order: tokens with lead-ins, table headers, sentences, paragraphs and units.

use std::ops::Range;
use std::sync::Arc;

use super::build;
use super::quantity::Quantity;
use super::words::{WordId, Words};
use crate::document::{BlockId, ClauseId, Document};

/// One word in reading order. A contract has one for each six bytes, so it holds no more than it must:
/// where it ends, its reading knows ([`Reading::end`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte in the prose.
    pub start: u32,
    /// The number of the word twice, and one more in a heading: no worker meets two thousand million
    /// distinct words.
    tagged: u32,
}

const _: () = assert!(size_of::<Token>() <= 8);

impl Token {
    /// A word that begins at a byte of the prose; `heading` says whether it stands in a heading or a
    /// run-in title.
    #[must_use]
    pub const fn new(word: WordId, start: u32, heading: bool) -> Self {
        Self { start, tagged: word.0 << 1 | heading as u32 }
    }

    /// The word, in the [`Words`] that the reading was built with.
    #[must_use]
    pub const fn word(self) -> WordId {
        WordId(self.tagged >> 1)
    }

    /// The byte of the prose after the last one, where its word is one of these.
    pub(crate) fn end(self, words: &Words) -> u32 {
        self.start + words.length(self.word())
    }

    /// Whether it stands in a heading or a run-in title.
    #[must_use]
    pub const fn is_heading(self) -> bool {
        self.tagged & 1 == 1
    }
}

/// What was read for one block: its lead-in, its own words, and what completes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The block whose words these are.
    pub block: BlockId,
    /// First token, counted from 0.
    pub start: u32,
    /// The first token that is the block's own and not its lead-in's.
    pub own: u32,
    /// The token after the block's own last one; from here on stands the text that completes it.
    pub own_end: u32,
    /// The token after the last one.
    pub end: u32,
}

/// The tokens of a document in reading order and the boundaries in that order. All positions are
/// token indices counted from 0; each list of starts is sorted and begins with 0 when there are
/// tokens.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The words.
    pub tokens: Vec<Token>,
    /// First token of each sentence. A heading is a sentence, a run-in title too.
    pub sentences: Vec<u32>,
    /// First token of each paragraph: a [`Unit`] is a paragraph.
    pub paragraphs: Vec<u32>,
    /// First token of each stretch of one clause unit ([`Document::unit_of`]), with that unit.
    pub clauses: Vec<(u32, ClauseId)>,
    /// The units in order; furniture has none.
    pub units: Vec<Unit>,
    /// The quantities, by first token.
    pub quantities: Vec<Quantity>,
    /// How many bytes each word has.
    pub(crate) lengths: Arc<[u32]>,
}

impl Reading {
    /// Reads a document. Linear: a lead-in or a completing text gives at most a fixed number of
    /// tokens to each item.
    #[must_use]
    pub fn new(document: &Document, words: &mut Words) -> Self {
        build::read(document, words)
    }

    /// The byte of the prose after the last one of a token of this reading.
    #[must_use]
    pub fn end(&self, token: Token) -> u32 {
        token.start + self.lengths.get(token.word().0 as usize).copied().unwrap_or(0)
    }

    /// The bytes of the prose that a token of this reading takes.
    #[must_use]
    pub fn place(&self, token: Token) -> Range<u32> {
        token.start..self.end(token)
    }

    /// How many words there were when it was read, those of other readings counted: each token's number
    /// is less.
    pub(crate) fn words(&self) -> usize {
        self.lengths.len()
    }

    /// The index of the sentence that holds a token, counted from 0.
    #[must_use]
    pub fn sentence_of(&self, token: u32) -> usize {
        self.sentences.partition_point(|&start| start <= token).saturating_sub(1)
    }

    /// The index of the unit (paragraph) that holds a token, counted from 0.
    #[must_use]
    pub fn unit_of(&self, token: u32) -> usize {
        self.units.partition_point(|unit| unit.start <= token).saturating_sub(1)
    }

    /// The tokens of a sentence.
    #[must_use]
    pub fn sentence(&self, index: usize) -> Range<u32> {
        let end = self.sentences.get(index + 1).copied().unwrap_or(self.len());
        self.sentences.get(index).copied().unwrap_or(end)..end
    }

    /// How many tokens there are.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.tokens.len()).unwrap_or(u32::MAX)
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }
}

#[cfg(test)]
pub(crate) mod tests;
