//! Builds a [`Reading`]: the text of each block once, with copies of the tokens that lead into it,
//! name its columns or complete it.
//!
//! Of a lead-in only its last sentence is read, because that is the one left open; of a completing
//! text only the first. All copies are limited per block, so that a reading is linear in the text.
//! Copied tokens keep their own place in the prose: positions in the prose do not grow from token
//! to token.

use std::ops::Range;

use super::reading::{Reading, Token, Unit};
use super::scan::{Stretch, scan};
use super::words::Words;
use super::{implied, quantity};
use crate::document::{Block, BlockId, BlockKind, ClauseId, Document};

/// Tokens read from one lead-in at most.
const LEAD: u32 = 60;
/// So many of them from its beginning, where it is longer.
const FRONT: u32 = 24;
/// Tokens read from all lead-ins of a block at most, the nearest first.
const LEADS: u32 = 120;
/// Lead-ins of lead-ins followed at most.
const DEPTH: usize = 16;
/// Tokens read from a completing text at most.
const TAIL: u32 = 40;
/// Tokens read from a header cell for each cell below it at most.
const HEADER: u32 = 24;
/// A row with fewer tokens is one sentence.
const ROW: usize = 120;
/// A cell with fewer tokens does not end the sentence of a long row.
const SHORT_CELL: usize = 20;

pub(super) fn read(document: &Document, words: &mut Words) -> Reading {
    let text = document.prose.text.as_str();
    let mut builder = Builder {
        document,
        text,
        words,
        reading: Reading::default(),
        open: vec![0..0; document.blocks.len()],
        clause: None,
        duty: None,
    };
    // Contracts hold some 6 bytes a word; most tables and lists add little.
    builder.reading.tokens.reserve(text.len() / 5);
    for (index, block) in document.blocks.iter().enumerate() {
        builder.block(index, block);
    }
    let mut reading = builder.reading;
    reading.quantities = quantity::find(text, &reading, words);
    // They are kept as long as the contract is.
    reading.quantities.shrink_to_fit();
    reading.units.shrink_to_fit();
    reading.tokens.shrink_to_fit();
    reading.sentences.shrink_to_fit();
    reading.paragraphs.shrink_to_fit();
    reading.clauses.shrink_to_fit();
    reading.lengths = words.lengths().into();
    reading
}

struct Builder<'a> {
    document: &'a Document,
    text: &'a str,
    words: &'a mut Words,
    reading: Reading,
    /// For each block read so far the tokens of its last sentence, titles left out.
    open: Vec<Range<u32>>,
    /// The clause of the block before and the unit that it belongs to.
    clause: Option<(ClauseId, ClauseId)>,
    /// Where the words of duty stand that items without a verb are read with, once one was met.
    duty: Option<Option<Range<u32>>>,
}

impl Builder<'_> {
    fn block(&mut self, index: usize, block: &Block) {
        if block.kind == BlockKind::Furniture {
            return;
        }
        let start = self.reading.len();
        let mut led = self.copy_leads(block);
        if implied::is_owed(self.document, block) {
            led |= self.copy_duty(led);
        }
        let own = self.reading.len();
        match block.kind {
            BlockKind::Heading => {
                self.scan(block.text.clone(), Stretch { heading: true, splits: false, ..Stretch::BODY })
            }
            BlockKind::TableRow | BlockKind::TableHeader if !block.cells.is_empty() => self.row(block, led),
            _ => self.running(block, led),
        }
        let own_end = self.reading.len();
        if own_end == own {
            self.undo(start);
            return;
        }
        self.open[index] = self.last_sentence(own, own_end);
        self.copy_tail(block);
        self.close(
            BlockId::new(u32::try_from(index).unwrap_or(u32::MAX)),
            block.clause,
            [start, own, own_end],
        );
    }

    fn scan(&mut self, range: Range<u32>, how: Stretch) {
        scan(self.text, range, how, self.words, &mut self.reading.tokens, &mut self.reading.sentences);
    }

    /// Takes back what was read of a block that turned out to have no words.
    fn undo(&mut self, start: u32) {
        self.reading.tokens.truncate(start as usize);
        let kept = self.reading.sentences.partition_point(|&sentence| sentence < start);
        self.reading.sentences.truncate(kept);
    }

    fn close(&mut self, block: BlockId, clause: ClauseId, [start, own, own_end]: [u32; 3]) {
        let unit = match self.clause {
            Some((known, unit)) if known == clause => unit,
            _ => self.document.unit_of(clause),
        };
        self.clause = Some((clause, unit));
        if self.reading.clauses.last().is_none_or(|&(_, last)| last != unit) {
            self.reading.clauses.push((start, unit));
        }
        self.reading.paragraphs.push(start);
        self.reading.units.push(Unit { block, start, own, own_end, end: self.reading.len() });
    }

    /// A paragraph or item: its run-in title, then its sentences.
    fn running(&mut self, block: &Block, led: bool) {
        let mut body = block.text.clone();
        let mut joins = led;
        if let Some(title) = block.run_in() {
            // Behind a lead-in the title stays in the sentence, which it would cut in two.
            self.scan(title.clone(), Stretch { heading: true, joins: led, splits: false, ..Stretch::BODY });
            body.start = title.end.clamp(body.start, body.end);
            joins = led;
        }
        self.scan(body, Stretch { joins, ..Stretch::BODY });
    }

    /// A row: each cell behind the words of its column's header.
    fn row(&mut self, block: &Block, led: bool) {
        let (start, first) = (self.reading.len(), self.reading.sentences.len());
        let mut joins = led;
        for cell in &block.cells {
            let before = self.reading.tokens.len();
            if let Some(header) = cell.header.clone().filter(|_| !cell.text.is_empty()) {
                self.scan(header, Stretch { joins, splits: false, limit: HEADER, ..Stretch::BODY });
                joins |= self.reading.tokens.len() > before;
            }
            self.scan(cell.text.clone(), Stretch { joins, ..Stretch::BODY });
            let read = self.reading.tokens.len() - before;
            joins = read < SHORT_CELL && (joins || read > 0);
        }
        if self.reading.tokens.len() - (start as usize) < ROW {
            self.reading.sentences.truncate(first);
            if !led && self.reading.len() > start {
                self.reading.sentences.push(start);
            }
        }
    }

    /// Copies what leads into a block, outermost first; says whether there was anything.
    fn copy_leads(&mut self, block: &Block) -> bool {
        if block.kind == BlockKind::Heading {
            return false;
        }
        let (mut leads, mut left) = (Vec::new(), LEADS);
        let mut next = block.lead;
        while let Some(id) = next.filter(|_| left > 0 && leads.len() < 2 * DEPTH) {
            let lead = self.document.block(id);
            if lead.kind == BlockKind::Heading {
                break;
            }
            let open = self.open[id.index()].clone();
            let taken = (open.end - open.start).min(LEAD).min(left);
            // Of a long one who owes what stands in front, and how the items hang on it at the end.
            let front = if taken < open.end - open.start { taken.min(FRONT) } else { 0 };
            leads.push(open.end - (taken - front)..open.end);
            leads.push(open.start..open.start + front);
            left -= taken;
            next = lead.lead;
        }
        let start = self.reading.tokens.len();
        for lead in leads.into_iter().rev() {
            self.reading.tokens.extend_from_within(lead.start as usize..lead.end as usize);
        }
        let led = self.reading.tokens.len() > start;
        if led {
            self.reading.sentences.push(u32::try_from(start).unwrap_or(u32::MAX));
        }
        led
    }

    /// Copies the contract's own words of duty in front of an item that is owed without a verb; says
    /// whether there were any.
    fn copy_duty(&mut self, led: bool) -> bool {
        let text = self.text;
        let Some(duty) = self.duty.get_or_insert_with(|| implied::words_of_duty(text)).clone() else {
            return false;
        };
        self.scan(duty, Stretch { joins: led, splits: false, ..Stretch::BODY });
        true
    }

    /// Reads the first sentence of the text that completes a block into the block's last sentence.
    fn copy_tail(&mut self, block: &Block) {
        let Some(tail) = block.tail.map(|id| self.document.block(id)) else { return };
        let from = tail.run_in().map_or(tail.text.start, |title| title.end);
        let how = Stretch { joins: true, first_sentence: true, limit: TAIL, ..Stretch::BODY };
        self.scan(from..tail.text.end, how);
    }

    /// The tokens of the last sentence of the tokens `own..end`, titles left out.
    fn last_sentence(&self, own: u32, end: u32) -> Range<u32> {
        let mut start = self.reading.sentences.last().copied().unwrap_or(own).max(own);
        let heading = |token: u32| {
            self.reading.tokens.get(token as usize).is_some_and(|token: &Token| token.is_heading())
        };
        while start < end && heading(start) {
            start += 1;
        }
        start..end
    }
}
