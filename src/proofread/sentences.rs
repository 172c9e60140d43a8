//! Sentences of the contract as text, found by a place in the prose; a row of a table is one.

use std::ops::Range;

use super::Proof;
use crate::document::{BlockId, BlockKind, ClauseId, LabelKind};
use crate::facts::sought::Sought;
use crate::source::Span;
use crate::token::Quantity;

/// One sentence without what leads into it.
#[derive(Clone, Debug)]
pub(super) struct Sentence<'a> {
    pub(super) block: BlockId,
    /// Its bytes in the prose.
    pub(super) range: Range<u32>,
    /// Its words.
    pub(super) text: &'a str,
    /// Its words in lower case (ASCII), of the same length.
    pub(super) lower: String,
    /// Its tokens, counted from 0 in the reading.
    pub(super) tokens: Range<u32>,
}

impl<'a> Sentence<'a> {
    /// The sentence that holds a byte of the prose.
    pub(super) fn at(proof: &'a Proof<'_>, place: u32) -> Option<Self> {
        let blocks = &proof.document.blocks;
        let index = blocks.partition_point(|block| block.text.start <= place).checked_sub(1)?;
        let id = BlockId::new(u32::try_from(index).ok()?);
        let unit = proof.reading.units.binary_search_by_key(&id, |unit| unit.block).ok()?;
        Self::in_unit(proof, unit, |token| proof.reading.tokens[token as usize].start <= place)
    }

    /// The sentence that holds a token.
    pub(super) fn of(proof: &'a Proof<'_>, token: u32) -> Option<Self> {
        let unit = proof.reading.unit_of(token);
        let place = proof.reading.units.get(unit)?;
        // A lead-in is read again in front of each item; it has a sentence of its own.
        (place.own..place.own_end).contains(&token).then_some(())?;
        Self::in_unit(proof, unit, |other| other <= token)
    }

    fn in_unit(proof: &'a Proof<'_>, unit: usize, before: impl Fn(u32) -> bool) -> Option<Self> {
        let reading = proof.reading;
        let unit = reading.units.get(unit)?;
        let block = proof.document.block(unit.block);
        let row = matches!(block.kind, BlockKind::TableRow | BlockKind::TableHeader);
        let (mut first, mut last) = (unit.own, unit.own_end);
        let mut range = block.text.clone();
        if !row {
            let from = reading.sentences.partition_point(|&start| start <= unit.own);
            for &start in reading.sentences[from..].iter().take_while(|&&start| start < unit.own_end) {
                if before(start) {
                    first = start;
                } else {
                    last = start;
                    break;
                }
            }
            if first > unit.own {
                range.start = reading.tokens[first as usize].start;
            }
            if last < unit.own_end {
                range.end = reading.tokens[last as usize].start;
            }
        }
        if range.start >= range.end {
            return None;
        }
        let text = proof.document.prose.slice(range.clone());
        let end = text.trim_end().len();
        let range = range.start..range.start + u32::try_from(end).ok()?;
        let text = &text[..end];
        let lower = text.to_ascii_lowercase();
        Some(Self { block: unit.block, range, text, lower, tokens: first..last })
    }

    /// The source of a part of the text.
    pub(super) fn span(&self, proof: &Proof<'_>, part: Range<usize>) -> Span {
        let place = |at: usize| self.range.start + u32::try_from(at).unwrap_or(0);
        proof.document.source(place(part.start)..place(part.end))
    }

    /// Whether one of the words (in lower case) stands in it, as it is or as part of another.
    pub(super) fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.lower.contains(word))
    }

    /// The quantities in it, those of a table's header left out.
    pub(super) fn quantities<'b>(
        &self,
        proof: &'b Proof<'_>,
    ) -> impl Iterator<Item = &'b Quantity> + use<'b> {
        let (all, tokens, range) = (&proof.reading.quantities, self.tokens.clone(), self.range.clone());
        let reading = proof.reading;
        let from = all.partition_point(|quantity| quantity.start < tokens.start);
        all[from..]
            .iter()
            .take_while(move |quantity| quantity.start < tokens.end)
            .filter(move |quantity| range.contains(&reading.tokens[quantity.start as usize].start))
    }

    /// The bytes of a quantity in the text.
    pub(super) fn place(&self, proof: &Proof<'_>, quantity: &Quantity) -> Range<usize> {
        let tokens = &proof.reading.tokens;
        let first = tokens[quantity.start as usize].start.saturating_sub(self.range.start) as usize;
        let start =
            self.text.get(..first).map_or(first, |front| front.trim_end_matches(['$', '€', '£']).len());
        let last = quantity.end.saturating_sub(1).max(quantity.start) as usize;
        let mut end = proof.reading.end(tokens[last]).saturating_sub(self.range.start) as usize;
        let end_of = self.text.len();
        end = end.min(end_of);
        if self.text[end..].starts_with('%') {
            end += 1;
        }
        start.min(end)..end
    }

    /// The clause that it stands in.
    pub(super) fn clause(&self, proof: &Proof<'_>) -> ClauseId {
        proof.document.block(self.block).clause
    }

    /// The schedule or exhibit that it stands in; the document itself when it is in none.
    pub(super) fn paper(&self, proof: &Proof<'_>) -> ClauseId {
        let mut at = Some(self.clause(proof));
        while let Some(id) = at {
            let clause = proof.document.clause(id);
            if proof.document.label(clause).is_some_and(|label| label.kind == LabelKind::Attachment) {
                return id;
            }
            at = clause.parent;
        }
        ClauseId::default()
    }
}

/// The sentences that hold one of some words, in order and each once. None of the words holds a stop
/// or a line end, so those that overlap stand in one sentence.
pub(super) fn with<'a>(proof: &'a Proof<'_>, sought: &Sought) -> impl Iterator<Item = Sentence<'a>> {
    let mut last = 0..0;
    sought.places(&proof.document.prose.text).filter_map(move |(place, _)| {
        let place = u32::try_from(place.start).unwrap_or(u32::MAX);
        if last.contains(&place) {
            return None;
        }
        let found = Sentence::at(proof, place).filter(|sentence| sentence.range.contains(&place))?;
        last = found.range.clone();
        Some(found)
    })
}
