//! Where in a reading each term stands, coarsely: one bit for each zone.
//!
//! A zone is a sentence; in a very long reading it is a run of sentences, so that a row of bits
//! has a bounded length. Rows answer "can these two meet at all?" for many sentences at once,
//! which spares `eval` most of its merges. They may say yes in vain, never no in vain.

use super::eval::Interval;
use super::terms::TermId;
use crate::token::{QuantityKind, Reading};

/// The most zones of a reading; few in tests, so that they see long readings too.
const MOST: usize = if cfg!(test) { 80 } else { 4096 };
/// A term without a row.
const NONE: u32 = u32::MAX;
/// How many rows of parties and of quantities there are.
const OTHERS: usize = 3 + 5;

/// The zones of a reading and the rows of bits over them.
#[derive(Clone, Debug)]
pub(super) struct Zones {
    /// A zone holds two to this power sentences.
    shift: u32,
    /// How many words of 64 bits a row has.
    pub(super) width: usize,
    /// First token of each sentence.
    sentences: Vec<u32>,
    /// The zones that hold text, and those that hold headings.
    pub(super) body: Vec<u64>,
    pub(super) headings: Vec<u64>,
    /// Where the row of each term begins in `rows`.
    of_term: Vec<u32>,
    rows: Vec<u64>,
    /// Rows of customer, supplier and any party, then those of the kinds of quantities.
    others: Vec<u64>,
    /// For each zone the first and the last zone of the paragraphs that touch it.
    pub(super) paragraphs: Vec<(u32, u32)>,
    /// The same for stretches of one clause unit.
    pub(super) clauses: Vec<(u32, u32)>,
}

impl Zones {
    /// The zones of a reading, with no row yet.
    pub(super) fn new(reading: &Reading, terms: usize) -> Self {
        let count = reading.sentences.len();
        let mut shift = 0;
        while count.div_ceil(1 << shift) > MOST {
            shift += 1;
        }
        let width = count.div_ceil(1 << shift).div_ceil(64);
        let mut zones = Self {
            shift,
            width,
            sentences: reading.sentences.clone(),
            body: vec![0; width],
            headings: vec![0; width],
            of_term: vec![NONE; terms],
            rows: Vec::new(),
            others: vec![0; OTHERS * width],
            paragraphs: Vec::new(),
            clauses: Vec::new(),
        };
        zones.paragraphs = zones.stretches(&reading.paragraphs, reading.len());
        zones
    }

    /// The zone of a sentence.
    pub(super) const fn zone(&self, sentence: usize) -> usize {
        sentence >> self.shift
    }

    /// The zone of a sentence as a bit of a row: which word, and which bit of it.
    pub(super) const fn spot(&self, sentence: usize) -> (usize, u64) {
        let zone = sentence >> self.shift;
        (zone / 64, 1 << (zone % 64))
    }

    /// Notes whether a sentence holds text and whether it holds a heading: one behind a lead-in may
    /// hold both, a run-in title and what follows.
    pub(super) fn mark_kinds(&mut self, (at, bit): (usize, u64), has_text: bool, has_heading: bool) {
        self.body[at] |= if has_text { bit } else { 0 };
        self.headings[at] |= if has_heading { bit } else { 0 };
    }

    /// Notes that a term stands at a spot.
    pub(super) fn mark(&mut self, term: TermId, (at, bit): (usize, u64)) {
        let row = &mut self.of_term[term as usize];
        if *row == NONE {
            *row = u32::try_from(self.rows.len()).unwrap_or(NONE);
            self.rows.resize(self.rows.len() + self.width, 0);
        }
        self.rows[*row as usize + at] |= bit;
    }

    /// Notes where the parties are named and the quantities stand, and the stretches of clauses.
    pub(super) fn note(&mut self, parties: &[Vec<Interval>; 3], reading: &Reading, clauses: &[u32]) {
        for (row, places) in parties.iter().enumerate() {
            self.mark_all(row, places.iter().copied());
        }
        let mut sentence = 0;
        for quantity in &reading.quantities {
            let place = Interval { start: quantity.start, end: quantity.end };
            sentence = self.mark_from(sentence, 3 + quantity.kind as usize, place);
        }
        self.clauses = self.stretches(clauses, reading.len());
    }

    fn mark_all(&mut self, row: usize, places: impl Iterator<Item = Interval>) {
        let mut sentence = 0;
        for place in places {
            sentence = self.mark_from(sentence, row, place);
        }
    }

    /// Marks the sentences of a place, none of which lies before `from`; the first of them.
    fn mark_from(&mut self, from: usize, row: usize, place: Interval) -> usize {
        let first = self.sentence_from(from, place.start);
        let last = self.sentence_from(first, place.end.saturating_sub(1).max(place.start));
        for sentence in first..=last {
            let (at, bit) = self.spot(sentence);
            self.others[row * self.width + at] |= bit;
        }
        first
    }

    /// The sentence of a token that does not stand before the sentence `from`.
    fn sentence_from(&self, from: usize, token: u32) -> usize {
        super::join::gallop(&self.sentences, from, |&start| start <= token).saturating_sub(1).max(from)
    }

    /// For each zone the zones of the stretches that touch it, from first to last.
    fn stretches(&self, starts: &[u32], tokens: u32) -> Vec<(u32, u32)> {
        let count = self.sentences.len().div_ceil(1 << self.shift);
        let number = |zone: usize| u32::try_from(zone).unwrap_or(u32::MAX);
        let mut ranges: Vec<(u32, u32)> = (0..count).map(|zone| (number(zone), number(zone))).collect();
        let mut sentence = 0;
        for (at, &start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(tokens);
            sentence = self.sentence_from(sentence, start);
            let first = sentence >> self.shift;
            sentence = self.sentence_from(sentence, end.saturating_sub(1).max(start));
            let last = sentence >> self.shift;
            for range in ranges.get_mut(first..=last).into_iter().flatten() {
                *range = (range.0.min(number(first)), range.1.max(number(last)));
            }
        }
        ranges
    }

    /// The zone that holds a sentence.
    pub(super) const fn zone_of(&self, sentence: usize) -> usize {
        sentence >> self.shift
    }

    /// The first sentence of a zone.
    pub(super) const fn first_sentence(&self, zone: usize) -> usize {
        zone << self.shift
    }

    /// How many zones there are.
    pub(super) const fn count(&self) -> usize {
        self.paragraphs.len()
    }

    /// The first token of a zone; that of the zone behind the last one is the end.
    pub(super) fn first_token(&self, zone: usize, tokens: u32) -> u32 {
        self.sentences.get(zone << self.shift).copied().unwrap_or(tokens)
    }

    /// The row of a term, if it occurs.
    pub(super) fn term(&self, term: TermId) -> Option<&[u64]> {
        let row = self.of_term.get(term as usize).copied().filter(|&row| row != NONE)? as usize;
        self.rows.get(row..row + self.width)
    }

    /// The row of a party: 0 customer, 1 supplier, 2 any.
    pub(super) fn party(&self, party: usize) -> &[u64] {
        self.others.get(party * self.width..(party + 1) * self.width).unwrap_or(&[])
    }

    /// The row of a kind of quantity.
    pub(super) fn quantity(&self, kind: QuantityKind) -> &[u64] {
        self.party(3 + kind as usize)
    }
}

/// The first zone of a row that is not before `from`.
pub(super) fn next_zone(row: &[u64], from: usize) -> Option<usize> {
    let mut at = from / 64;
    let mut bits = row.get(at)? & (u64::MAX << (from % 64));
    while bits == 0 {
        at += 1;
        bits = *row.get(at)?;
    }
    Some(at * 64 + bits.trailing_zeros() as usize)
}

/// Whether a row holds a zone.
pub(super) fn has(row: &[u64], zone: usize) -> bool {
    row.get(zone / 64).is_some_and(|bits| bits >> (zone % 64) & 1 == 1)
}

/// Whether a row holds one of the zones from `first` to `last`.
pub(super) fn meets(row: &[u64], first: usize, last: usize) -> bool {
    next_zone(row, first).is_some_and(|zone| zone <= last)
}

/// Adds the zones from `first` to `last` to a row.
pub(super) fn fill(row: &mut [u64], first: usize, last: usize) {
    let (from, to) = (first / 64, last / 64);
    for (at, bits) in row.iter_mut().enumerate().take(to + 1).skip(from) {
        let low = if at == from { u64::MAX << (first % 64) } else { u64::MAX };
        let high = if at == to { u64::MAX >> (63 - last % 64) } else { u64::MAX };
        *bits |= low & high;
    }
}
